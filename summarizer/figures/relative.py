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

#: How dateparser keys them, and how far from now they are. Tomorrow is left out: its word is the morning's, too, in
#: German and Spanish (*am Morgen*, *esta mañana*).
_KEY = re.compile(r"(?P<count>\d) (?P<unit>day|month|year) ago|in (?P<in>\d) (?P<later>month|year)")
_WORD = re.compile(r"[^\W_]+")
_EDGES = (r"(?<!\w)", r"(?!\w)")
#: So far around words a phrase may reach that they are a part of.
_REACH = 24
_MONTHS = 12


def relative(text: str, start: int, end: int, language: str, published: date) -> str | None:
    """Return the day, month or year that words of a text name, as ISO 8601; None where they name none, or say more.

    Args:
        text: where the words stand: part of a longer phrase (*the day before yesterday*) they name nothing.
        start: of the words; nothing else may stand beside those for the time but a single letter (*l'anno scorso*).
        end: of the words.
        language: of the text.
        published: the day on which it is printed.
    """
    low = max(0, start - _REACH)
    near = fold(text[low : end + _REACH])
    for phrase, count, unit in _phrases(languages.base(language)):
        every = ((low + found.start(), low + found.end()) for found in re.finditer(phrase, near))
        if at := next((each for each in every if each[0] < end and start < each[1]), None):
            whole = start <= at[0] and at[1] <= end
            rest = _WORD.findall(f"{text[start : at[0]]} {text[at[1] : end]}") if whole else []
            return _shifted(published, count, unit) if whole and all(len(word) == 1 for word in rest) else None
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
            count, unit = int(match["in"] or -int(match["count"])), match["later"] or match["unit"]
            yield from ((_whole(fold(phrase)), count, unit) for phrase in phrases)


def _whole(phrase: str) -> str:
    """Return the pattern of a phrase; where a script parts words by spaces it stands by itself."""
    wide = [unicodedata.east_asian_width(phrase[i]) in "WF" for i in (0, -1)]
    first, last = ("" if joined else edge for joined, edge in zip(wide, _EDGES, strict=True))
    words = r"\s+".join(map(re.escape, phrase.split()))
    return f"{first}{words}{last}"


def _shifted(day: date, count: int, unit: str) -> str | None:
    if unit == "day":
        return (day + timedelta(days=count)).isoformat()
    if unit == "year":
        return iso(day.year + count, None, None)
    months = day.year * _MONTHS + day.month - 1 + count
    return iso(months // _MONTHS, months % _MONTHS + 1, None)
