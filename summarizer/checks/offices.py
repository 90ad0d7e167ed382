"""Words with one counterpart in each language, put in each other's place: *mayor* for *vice mayor*, week for month.

Each language has its words for the same things under the same names: ``[offices]`` and ``[rates]`` of its file.
Countries come from CLDR, with the words that it lacks under ``[countries]``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from summarizer import languages
from summarizer.checks.negation import patterned

__all__ = ["Swap", "demoted", "same_country", "strange_country", "swapped", "unheard_country"]

#: A stem of so many letters tells a country with its adjective from others: *Japan*, *Japanese*, *giapponesi*.
_STEM = 5
_HAN = re.compile(r"[\u3400-\u9fff]")
_DEPUTY = "deputy"
_HOME = {"it": frozenset({"IT"}), "en": frozenset({"GB", "US"}), "zh": frozenset({"CN"})}
#: No countries, and countries that are also names of persons, cities or states: Jordan, Monaco, Georgia.
_OTHERS = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "JO", "MC", "GE", "TD"})


@dataclass(frozen=True, slots=True)
class Swap:
    """What a text has in the place of what its source has, both as printed (in small letters)."""

    given: str
    right: str


def swapped(source: str, language: str, text: str, target: str, table: str) -> Swap | None:
    """Return the word of a table that a text alone has, where its source has another one that the text lacks."""
    before, after = _found(source, language, table), _found(text, target, table)
    lost = [word for name, word in before.items() if name not in after and name != _DEPUTY]
    gained = [word for name, word in after.items() if name not in before and name != _DEPUTY]
    return Swap(gained[0], lost[0]) if lost and gained else None


def demoted(source: str, language: str, text: str, target: str) -> str | None:
    """Return how a text promotes a deputy or demotes a chief: *vicesindaco* as *mayor*; None when it does not.

    Both sides must name an office that they share, and only one may have any word for a deputy.
    """
    before, after = _found(source, language, "offices"), _found(text, target, "offices")
    if not (before.keys() & after.keys()) - {_DEPUTY} or (_DEPUTY in before) == (_DEPUTY in after):
        return None
    if _DEPUTY in before:
        return f"{before[_DEPUTY]!r} is lost"
    return f"{after[_DEPUTY]!r} is added"


def strange_country(source: str, language: str, text: str, target: str, article: str) -> str | None:
    """Return a country of a translation that neither its line nor its article knows, by whatever word.

    A country of the line must be missing in its translation, too: what has only one more may explain a name.
    """
    own = _near(source.casefold(), languages.base(language))
    if own <= _near(text.casefold(), languages.base(target)):
        return None
    # an article need not name the country that it is written in
    base = languages.base(language)
    known = own | _HOME.get(base, frozenset()) | _near(article.casefold(), base)
    names = _countries(languages.base(target))
    found = {code: name for code, name in names.items() if _stands(name, text)}
    strange = (name for code, name in found.items() if code not in known)
    return next((n for n in strange if not any(n != other and n in other for other in found.values())), None)


def unheard_country(statement: str, article: str, language: str) -> str | None:
    """Return a country of a Chinese statement that its article does not know; None without one.

    In the Latin scripts a country is a capitalised word, and held against the article as all of them.
    """
    base = languages.base(language)
    if base != "zh":
        return None
    known = _HOME[base] | _near(article.casefold(), base)
    found = {code: name for code, name in _countries(base).items() if name in statement}
    strange = (name for code, name in found.items() if code not in known)
    return next((n for n in strange if not any(n != other and n in other for other in found.values())), None)


def same_country(word: str, article: str, language: str) -> bool:
    """Tell whether a word is of a country that the article speaks of: *Danish* of *Denmark*."""
    base = languages.base(language)
    own = frozenset(code for code in _near(word.casefold(), base) if code not in _OTHERS)
    return bool(own) and own <= _near(article.casefold(), base)


def _found(text: str, language: str, table: str) -> Mapping[str, str]:
    plain = " ".join(text.lower().replace("’", "'").split())
    matches = ((name, p.search(plain)) for name, p in _patterns(languages.base(language), table).items())
    return {name: m[0] for name, m in matches if m}


@cache
def _patterns(code: str, table: str) -> Mapping[str, re.Pattern[str]]:
    return {name: patterned(words) for name, words in languages.section(code, table).items()}


@cache
def _countries(code: str) -> Mapping[str, str]:
    """Return territory → name, for territories that are countries."""
    names = Locale.parse(code if code != "zh" else "zh_Hans").territories
    countries = {key: name for key, name in names.items() if len(key) == 2 and key.isalpha() and len(name) > 1}
    return {key: name for key, name in countries.items() if key not in _OTHERS}


@lru_cache(maxsize=256)
def _near(text: str, code: str) -> frozenset[str]:
    """Return the territories that a text may speak of: a name's first letters, or another word for it."""
    others: Mapping[str, list[str]] = languages.section(code, "countries")
    return frozenset(
        key
        for key, name in _countries(code).items()
        if _root(name) in text or any(word in text for word in others.get(key, ()))
    )


def _root(name: str) -> str:
    plain = name.casefold()
    return plain if _HAN.search(plain) else plain[: max(4, min(_STEM, len(plain) - 1))]


def _stands(name: str, text: str) -> bool:
    return name in text if _HAN.search(name) else re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
