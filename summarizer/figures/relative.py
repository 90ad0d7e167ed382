"""Words that name a day, month or year by the day on which they are printed: *yesterday*, *l'anno scorso*, 今年.

The words are CLDR's, which Babel leaves out and dateparser carries.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib import import_module

from summarizer import languages
from summarizer.figures.fold import fold
from summarizer.figures.iso import iso

__all__ = ["relative"]

#: How dateparser keys them, and how far from now they are.
_KEY = re.compile(r"(?P<in>in )?(?P<count>\d) (?P<unit>day|month|year)(?: ago)?")
_WORD = re.compile(r"[^\W_]+")
_EDGES = (r"(?<!\w)", r"(?!\w)")
_MONTHS = 12


def relative(text: str, language: str, published: date) -> str | None:
    """Return the day, month or year that words name, as ISO 8601; None where they name none, or say more.

    Args:
        text: the words; beside those for the time only small ones may stand, such as articles.
        language: of the text.
        published: the day on which it is printed.
    """
    folded = " ".join(fold(text).split())
    for phrase, count, unit in _phrases(languages.base(language)):
        if found := re.search(phrase, folded):
            rest = _WORD.findall(f"{folded[: found.start()]} {folded[found.end() :]}")
            small = languages.get(language).words.never_last
            return _shifted(published, count, unit) if all(len(w) == 1 or w in small for w in rest) else None
    return None


@cache
def _phrases(code: str) -> tuple[tuple[str, int, str], ...]:
    """Return patterns with how many days, months or years they are from now, the longest first."""
    return tuple(sorted(_read(code), key=lambda each: -len(each[0])))


def _read(code: str) -> Iterator[tuple[str, int, str]]:
    try:
        known = import_module(f"dateparser.data.date_translation_data.{code}").info["relative-type"]
    except (ImportError, KeyError):
        return
    for key, phrases in known.items():
        if match := _KEY.fullmatch(key):
            count = int(match["count"]) * (1 if match["in"] else -1)
            yield from ((_whole(fold(phrase)), count, match["unit"]) for phrase in phrases)


def _whole(phrase: str) -> str:
    """Return the pattern of a phrase; where a script parts words by spaces it stands by itself."""
    wide = [unicodedata.east_asian_width(phrase[i]) in "WF" for i in (0, -1)]
    first, last = ("" if joined else edge for joined, edge in zip(wide, _EDGES, strict=True))
    return f"{first}{re.escape(phrase)}{last}"


def _shifted(day: date, count: int, unit: str) -> str | None:
    if unit == "day":
        return (day + timedelta(days=count)).isoformat()
    if unit == "year":
        return iso(day.year + count, None, None)
    months = day.year * _MONTHS + day.month - 1 + count
    return iso(months // _MONTHS, months % _MONTHS + 1, None)
