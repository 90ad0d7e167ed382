"""Places across languages and scripts: *Xiamen* is 厦门, and no 西安; *Verona* is no *Vicenza*, *Korea* no *Japan*.

Well-known cities have their names in each language under the same keys: ``[cities]`` of its file; the first form is
the name, the others are what may stand for it: adjectives, older names. Countries come from CLDR, with the words
that it lacks under ``[countries]``. Other places count where two Latin scripts write them alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import is_office
from summarizer.ground.text import Text
from summarizer.languages import general, hant
from summarizer.languages.hant import simplified
from summarizer.languages.wordlist import Entries, WordList, any_of, in_han, opening

__all__ = ["hinted", "named", "same_country", "strange_city", "strange_country", "swapped", "unheard"]

#: A foreign name goes on over its joints: 罗马 of 艾米利亚-罗马涅, 米兰 of 米兰达·罗西.
_JOINTS, _PART_CHARS = "·・‧-", 3
_NAME = r"([A-ZÀ-Þ][a-zà-ÿ]{2,})(?![\w'’-])(?! [A-ZÀ-Þ])"
#: Forms of one name in two languages begin alike: *Barcellona*, *Barcelona*.
_ALIKE = 3
#: A stem of so many letters tells a country with its adjective from others: *Japan*, *Japanese*, *giapponesi*.
_STEM = 5
#: No countries, and countries that are also names of persons, cities or states: Jordan, Monaco, Georgia.
_OTHERS = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "JO", "MC", "GE", "TD"})
#: Where traditional print has names of its own.
_REGIONAL = ("zh-TW", "zh-HK")


def swapped(claim: Claim) -> Iterator[Finding]:
    """Find a place of a translation that its line lacks, where it lacks one of the line.

    Names that CLDR translates (countries, languages, large cities), other exonyms and names that begin alike
    say nothing. A place is a single capitalised word after a preposition of place, outside a longer name.
    """
    line, text = claim.source.text, claim.line.text
    lost = [name for name in claim.source.once(_places) if text.count(name) < line.count(name)]
    gained = [name for name in claim.line.once(_places) if name not in line] if lost else []
    pair = next(((new, old) for new in gained for old in lost if new[:_ALIKE] != old[:_ALIKE]), None)
    if pair:
        yield Finding("brief.name", f"{text!r} names {pair[0]!r} where {line!r} has {pair[1]!r}", claim.where)


def strange_city(claim: Claim) -> Iterator[Finding]:
    """Find a city of a translation in the place of its line's.

    A city where the line has none says nothing: it stands for its country's government (*Beijing*, *Madrid*).
    """
    line, text = claim.source, claim.line
    gained = [(key, name) for key, name in text.once(_cities).items() if key not in line.once(_cities_near)]
    lost = [name for key, name in line.once(_cities).items() if key not in text.once(_cities_near)] if gained else []
    fewer = [name for key, name in line.once(_cities).items() if _rarer(key, text, line)] if gained else []
    for code, names in (("brief.place", lost), ("brief.name", fewer)):
        if names:
            message = f"{text.text!r} names {gained[0][1]!r} where {line.text!r} has {names[0]!r}"
            yield Finding(code, message, claim.where)
            return


def strange_country(claim: Claim) -> Iterator[Finding]:
    """Find a country of a translation that neither its line nor its article knows, by whatever word.

    A country of the line must be missing in its translation, too: what has only one more may explain a name.
    """
    own = claim.source.once(_countries_near)
    if own <= claim.line.once(_countries_near):
        return
    known = own | _home(claim.source) | claim.reading.text.once(_countries_near)
    if name := _outside(claim.line.once(_countries), known):
        message = f"{claim.line.text!r} names {name!r}, the source line does not"
        yield Finding("brief.name", message, claim.where)


def unheard(line: Text, article: Text) -> str | None:
    """Return a city of a statement that its article does not have, or a country; None when it has them all.

    In the Latin scripts a country is a capitalised word, and held against the article as all of them.
    """
    known = article.once(_cities_near)
    city = next((name for key, name in line.once(_cities).items() if key not in known), None)
    if city or not line.han:
        return city
    return _outside(line.once(_countries), _home(line) | article.once(_countries_near))


def same_country(word: str, article: Text) -> bool:
    """Tell whether a word is of a country that the article speaks of: *Danish* of *Denmark*."""
    own = frozenset(code for code in _countries_near(Text(word, article.language)) if code not in _OTHERS)
    return bool(own) and own <= article.once(_countries_near)


def named(text: Text) -> frozenset[str]:
    """Return the countries and cities that a text calls by their names, under keys that all languages share."""
    return frozenset((*text.once(_countries), *text.once(_cities)))


def hinted(text: Text) -> frozenset[str]:
    """Return the countries and cities that a text may speak of, by whatever word: *Danish*, for Denmark."""
    return text.once(_countries_near) | text.once(_cities_near)


def _cities(text: Text) -> Mapping[str, str]:
    """Return the cities that a text calls by their names, as printed."""
    matches = ((key, name.search(text.said)) for key, name in _city_names(text.code).near(text.openings))
    return {key: match[0] for key, match in matches if match}


def _rarer(key: str, text: Text, line: Text) -> bool:
    """Tell whether a text names a city less often than its line."""
    counts = [len(_city_forms(one.code).words[key].pattern.findall(one.plain)) for one in (text, line)]
    return counts[0] < counts[1]


def _cities_near(text: Text) -> frozenset[str]:
    """Return the cities that a text may speak of, by whatever word."""
    return frozenset(key for key, forms in _city_forms(text.code).near(text.openings) if forms.search(text.plain))


@cache
def _city_names(code: str) -> Entries[str]:
    return Entries.of({key: _city(forms[0]) for key, forms in languages.get(code).cities.items()})


@cache
def _city_forms(code: str) -> Entries[str]:
    cities = languages.get(code).cities.items()
    return Entries.of({key: WordList.of(form.lower() for form in forms) for key, forms in cities})


def _city(form: str) -> WordList:
    plain = re.escape(form.rstrip("*")).replace("'", "['’]")
    source = _inside_none(plain) if in_han(form) else rf"(?<![\w-]){plain}(?![\w-])"
    return WordList((opening(form),), (max(form.rstrip("*").split("'"), key=len),), source)


def _inside_none(name: str) -> str:
    """Return the pattern of a name in Chinese characters that is no part of a longer foreign one."""
    return rf"(?<![{_JOINTS}]){name}(?![\u3400-\u9fff]{{0,{_PART_CHARS}}}[{_JOINTS}])"


def _outside(found: Mapping[str, str], known: frozenset[str]) -> str | None:
    """Return the name of a country that is not known, and no part of another's: *Guinea*, of *Papua New Guinea*."""
    strange = (name for code, name in found.items() if code not in known)
    return next((n for n in strange if not any(n != other and n in other for other in found.values())), None)


def _home(text: Text) -> frozenset[str]:
    """Return the countries that a text need not name."""
    return frozenset(languages.get(text.code).places.home)


def _countries(text: Text) -> Mapping[str, str]:
    """Return the countries that a text calls by their names."""
    return {code: name for code, name in _names(text.code).items() if name in text.said and _stands(name, text.said)}


def _countries_near(text: Text) -> frozenset[str]:
    """Return the territories that a text may speak of: a name's first letters, or another word for it."""
    said = text.said.casefold()
    return frozenset(key for word, key in _country_words(text.code) if word in said)


@cache
def _country_words(code: str) -> Sequence[tuple[str, str]]:
    """Return (word, territory) for each word."""
    others = languages.get(code).countries
    names = [(key, name) for each in _spellings(code) for key, name in each.items()]
    words = [(key, (_root(name), *_short(name), *others.get(key, ()))) for key, name in names]
    return list(dict.fromkeys((word, key) for key, own in words for word in own))


def _spellings(code: str) -> Iterator[Mapping[str, str]]:
    """Yield the countries as each of a language's regions names them, Chinese in simplified characters: 纽西兰."""
    yield _names(code)
    for tag in _REGIONAL if languages.get(code).script == "han" else ():
        yield {key: simplified(name) for key, name in _names(hant.locale(tag)).items()}


@cache
def _names(code: str) -> Mapping[str, str]:
    """Return territory → name, for territories that are countries."""
    names = general.locale(code.replace("_", "-")).territories
    countries = {key: name for key, name in names.items() if len(key) == 2 and key.isalpha() and len(name) > 1}
    return {key: name for key, name in countries.items() if key not in _OTHERS}


def _root(name: str) -> str:
    plain = name.casefold()
    return plain if in_han(plain) else plain[: max(4, min(_STEM, len(plain) - 1))]


def _short(name: str) -> tuple[str, ...]:
    """Return what a long name in Chinese characters may be shortened to: 印尼 of 印度尼西亚."""
    return tuple(name[0] + later for later in name[2:]) if in_han(name) and len(name) > 3 else ()


def _stands(name: str, text: str) -> bool:
    return bool(in_han(name) or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _places(text: Text) -> list[str]:
    found = (m[2] for m in _place_pattern(text.code).finditer(text.text) if not _in_name(m[1], text.code))
    return [name for name in found if name.casefold() not in _translated(text.code)]


def _in_name(before: str, code: str) -> bool:
    """Tell whether the word before a preposition makes one name with it (*Game of Thrones*), as no office does."""
    return before[:1].isupper() and not is_office(before, code)


@cache
def _place_pattern(code: str) -> re.Pattern[str]:
    joints = any_of(languages.get(code).places.prepositions)
    return re.compile(rf"(?<![\w'’-])([\w'’-]*) ?(?<!\w){joints} ?{_NAME}")


@cache
def _translated(code: str) -> frozenset[str]:
    """Return the words of names that the language has its own form of."""
    locale = general.locale(code)
    cities = (zone.get("city", "") for zone in locale.time_zones.values())
    names = " ".join((*locale.territories.values(), *locale.languages.values(), *cities)).casefold()
    calendar = " ".join((*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()))
    own = languages.get(code).places.exonyms
    return frozenset((*re.findall(r"\w+", f"{names} {calendar.casefold()}"), *own))
