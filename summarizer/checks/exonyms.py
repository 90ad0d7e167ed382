"""Places that two Latin scripts write alike: *an importer from Verona* is no *importatore di Vicenza*."""

import re
from functools import cache

from babel import Locale

from summarizer import languages
from summarizer.checks.negation import patterned

__all__ = ["replaced"]

_NAME = r"([A-ZÀ-Þ][a-zà-ÿ]{2,})(?![\w'’-])(?! [A-ZÀ-Þ])"
#: Forms of one name in two languages begin alike: *Barcellona*, *Barcelona*.
_ALIKE = 3


def replaced(source: str, language: str, text: str, target: str) -> tuple[str, str] | None:
    """Return a place of `text` that its source lacks, and one of the source that `text` lacks; None without both.

    Names that CLDR translates (countries, languages, large cities), other exonyms and names that begin alike
    say nothing. A place is a single capitalised word after a preposition of place, outside a longer name.
    """
    lost = [name for name in _places(source, language) if text.count(name) < source.count(name)]
    gained = [name for name in _places(text, target) if name not in source]
    return next(((new, old) for new in gained for old in lost if new[:_ALIKE] != old[:_ALIKE]), None)


def _places(text: str, language: str) -> list[str]:
    code = languages.base(language)
    pattern = _pattern(code)
    if pattern is None:
        return []
    translated = _translated(code)
    found = (m[2] for m in pattern.finditer(text) if not _in_name(m[1], code))
    return [name for name in found if name.casefold() not in translated]


def _in_name(before: str, code: str) -> bool:
    """Tell whether the word before a preposition makes one name with it (*Game of Thrones*), as no office does."""
    if not before[:1].isupper():
        return False
    offices = languages.section(code, "offices").values()
    return not any(patterned(words).fullmatch(before.lower()) for words in offices)


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    joints = languages.section(code, "places")["prepositions"]
    if not joints:
        return None
    return re.compile(rf"(?<![\w'’-])([\w'’-]*) ?(?<!\w)(?:{'|'.join(map(re.escape, joints))}) ?{_NAME}")


@cache
def _translated(code: str) -> frozenset[str]:
    """Return the words of names that the language has its own form of."""
    locale = Locale.parse(code)
    cities = (zone.get("city", "") for zone in locale.time_zones.values())
    names = " ".join((*locale.territories.values(), *locale.languages.values(), *cities)).casefold()
    calendar = " ".join((*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()))
    own = languages.section(code, "places")["exonyms"]
    return frozenset((*re.findall(r"\w+", f"{names} {calendar.casefold()}"), *own))
