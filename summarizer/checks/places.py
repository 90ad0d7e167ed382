"""Places across languages and scripts: *Xiamen* is 厦门, and no 西安; *Verona* is no *Vicenza*, *Korea* no *Japan*.

Well-known cities have their names in each language under the same keys: ``[cities]`` of its file; the first form is
the name, the others are what may stand for it: adjectives, older names. Countries come from CLDR, with the words
that it lacks under ``[countries]``. Other places count where two Latin scripts write them alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from babel import Locale

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import is_office
from summarizer.ground.text import Text
from summarizer.languages.wordlist import Entries, WordList, any_of, in_han, opening

__all__ = ["same_country", "strange_city", "strange_country", "swapped", "unheard"]

_NAME = r"([A-ZÀ-Þ][a-zà-ÿ]{2,})(?![\w'’-])(?! [A-ZÀ-Þ])"
#: Forms of one name in two languages begin alike: *Barcellona*, *Barcelona*.
_ALIKE = 3
#: A stem of so many letters tells a country with its adjective from others: *Japan*, *Japanese*, *giapponesi*.
_STEM = 5
#: No countries, and countries that are also names of persons, cities or states: Jordan, Monaco, Georgia.
_OTHERS = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "JO", "MC", "GE", "TD"})


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

    The city may be one of the article's that belongs to another line; where the line has no city at all, the
    article must not have it either.
    """
    line, text = claim.source, claim.line
    gained = [(key, name) for key, name in text.once(_cities).items() if key not in line.once(_cities_near)]
    lost = [name for key, name in line.once(_cities).items() if key not in text.once(_cities_near)] if gained else []
    if gained and lost:
        message = f"{text.text!r} names {gained[0][1]!r} where {line.text!r} has {lost[0]!r}"
        yield Finding("brief.name", message, claim.where)
    elif name := next((n for key, n in gained if key not in claim.reading.text.once(_cities_near)), None):
        yield Finding("brief.name", f"{text.text!r} names {name!r} where {line.text!r} has none", claim.where)


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


def _cities(text: Text) -> Mapping[str, str]:
    """Return the cities that a text calls by their names, as printed."""
    matches = ((key, name.search(text.text)) for key, name in _city_names(text.code).near(text.openings))
    return {key: match[0] for key, match in matches if match}


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
    source = plain if in_han(form) else rf"(?<![\w-]){plain}(?![\w-])"
    return WordList((opening(form),), (max(form.rstrip("*").split("'"), key=len),), source)


def _outside(found: Mapping[str, str], known: frozenset[str]) -> str | None:
    """Return the name of a country that is not known, and no part of another's: *Guinea*, of *Papua New Guinea*."""
    strange = (name for code, name in found.items() if code not in known)
    return next((n for n in strange if not any(n != other and n in other for other in found.values())), None)


def _home(text: Text) -> frozenset[str]:
    """Return the countries that a text need not name."""
    return frozenset(languages.get(text.code).places.home)


def _countries(text: Text) -> Mapping[str, str]:
    """Return the countries that a text calls by their names."""
    return {code: name for code, name in _names(text.code).items() if name in text.text and _stands(name, text.text)}


def _countries_near(text: Text) -> frozenset[str]:
    """Return the territories that a text may speak of: a name's first letters, or another word for it."""
    said = text.text.casefold()
    return frozenset(key for word, key in _country_words(text.code) if word in said)


@cache
def _country_words(code: str) -> Sequence[tuple[str, str]]:
    """Return (word, territory) for each word."""
    others = languages.get(code).countries
    return [(word, key) for key, name in _names(code).items() for word in (_root(name), *others.get(key, ()))]


@cache
def _names(code: str) -> Mapping[str, str]:
    """Return territory → name, for territories that are countries."""
    names = Locale.parse(code).territories
    countries = {key: name for key, name in names.items() if len(key) == 2 and key.isalpha() and len(name) > 1}
    return {key: name for key, name in countries.items() if key not in _OTHERS}


def _root(name: str) -> str:
    plain = name.casefold()
    return plain if in_han(plain) else plain[: max(4, min(_STEM, len(plain) - 1))]


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
    locale = Locale.parse(code)
    cities = (zone.get("city", "") for zone in locale.time_zones.values())
    names = " ".join((*locale.territories.values(), *locale.languages.values(), *cities)).casefold()
    calendar = " ".join((*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()))
    own = languages.get(code).places.exonyms
    return frozenset((*re.findall(r"\w+", f"{names} {calendar.casefold()}"), *own))
