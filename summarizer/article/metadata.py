"""The headline and the date that stand in a plain text itself."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit

from summarizer import languages
from summarizer.article.line import one_line
from summarizer.languages.wordlist import any_of, either

__all__ = ["address", "dateline", "headline", "is_address", "iso", "moment"]

_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_SENTENCE_END = ".。!！…;；:：,，、"
#: A sentence's end at the end of a line, quotation marks after it too, or within a line of Chinese.
_SENTENCE = re.compile(r"[.。!！…;；:：,，、][”’\"'»)）」』]*\Z|[。！][^”’»）」』]")
_HEAD = 1200  # how far into the text a label or a dateline is looked for
_YEAR = re.compile(r"\d{4}")
_ISO = r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
_EUROPEAN = r"(?P<d3>\d{1,2})[-/.](?P<m3>\d{1,2})[-/.](?P<y3>\d{4})"
_DAY_FIRST = r"(?P<d4>\d{1,2})(?:°|º|st|nd|rd|th)?\s+(?:of\s+)?(?P<n4>NAMES)\.?,?\s+(?P<y4>\d{4})"
_MONTH_FIRST = r"(?P<n5>NAMES)\.?\s+(?P<d5>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y5>\d{4})"
#: A line that is nothing but a date: a weekday may lead, a time and a source may follow.
_ALONE = (
    r"^\W{0,3}(?:[^\W\d_]{3,12},?\s+)?(?:DATE)(?:\W{0,5}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?(?:[ \t|]+[^\n.!?。]{0,40})?$"
)
#: A date that its label introduces without a colon, on a line without a sentence: there something else was published.
_OF_ITS_OWN = (
    r"(?:^\W{0,3}|[|·•–—-]\s*)(?:LABELS)\s*(?:il\b|on\b)?\s*(?:DATE)"
    r"(?=[^\n.!?。！？，]{0,60}$)"
)
#: A dateline: the place before its date; the agency, a dash or a word for the wire after it.
_WIRE = r"^[^\n.!?。！？]{0,60}?(?:DATE)\s*(?:[-–—]|/|\(|（|WIRE|\||:\s)"


def headline(text: str) -> str | None:
    """Return the first line when it is set as a heading: short, without a full stop, before a blank line."""
    line, _, rest = text.partition("\n")
    wide = sum(1 for char in line if char > "\u2e7f")
    if len(line) + wide > 200 or _SENTENCE.search(line) or not re.search(r"[^\W\d_]{2}", line):
        return None
    if rest and not rest.startswith("\n"):
        return None
    if line[0].islower() or line[0] in _SENTENCE_END or _dates(line, r"\A\W*(?:DATE)\W*\Z"):
        return None
    return line


def dateline(text: str) -> str | None:
    """Return the date, ISO 8601, that the text gives itself near its beginning, or None.

    Read are a labelled date (``Updated: 2018-06-26``), a line that is nothing but a date, and an agency's
    dateline (``BEIJING, Sept. 14, 2025 /PRNewswire/``, ``2023年12月2日电``). A date without a year is none.
    """
    head = text[:_HEAD]
    if not _YEAR.search(head):  # without one there is no date, and nothing needs to be compiled
        return None
    labels = either(map(re.escape, _labels()))
    colon, alone = rf"(?:{labels})\s*[:：]\s*(?:DATE)", _OF_ITS_OWN.replace("LABELS", labels)
    for form in (colon, alone, _ALONE, _WIRE.replace("WIRE", any_of(_wires()))):
        found = _dates(head, form)
        if found:
            return found
    return None


def iso(words: str) -> str | None:
    """Return the first date in `words` as ISO 8601, None when there is none with its year."""
    return _dates(words, "(?:DATE)")


def address(words: str) -> str | None:
    """Return what is given where it is a whole address of the web (http or https, with a host), else None."""
    try:
        parts = urlsplit(words.strip())
        host = parts.hostname
    except ValueError:
        return None
    given = one_line(words)
    return given if parts.scheme.lower() in {"http", "https"} and host and " " not in given else None


def is_address(source: str) -> bool:
    """Tell whether a source is meant to be an address of the web, and no file: it begins with http:// or https://."""
    return _WEB.match(source) is not None


def moment(words: str) -> str | None:
    """Return a machine's date and time (``2025-09-16T07:30:00+02:00``) as it is, or the date alone."""
    try:
        parsed = datetime.fromisoformat(words.strip())
    except ValueError:
        return iso(words)
    return parsed.isoformat() if "T" in words or ":" in words else parsed.date().isoformat()


def _dates(text: str, form: str) -> str | None:
    """Return the first real date in the place of ``DATE`` in the pattern `form`."""
    for pattern in _compiled(form):
        for match in pattern.finditer(text):
            found = _iso(match.groupdict())
            if found:
                return found
    return None


@cache
def _compiled(form: str) -> tuple[re.Pattern[str], ...]:
    names = either(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    named = (kind.replace("NAMES", names) for kind in (_DAY_FIRST, _MONTH_FIRST))
    kinds = (_ISO, *_written(), _EUROPEAN, *named)
    return tuple(re.compile(form.replace("DATE", kind), re.IGNORECASE | re.MULTILINE) for kind in kinds)


def _iso(parts: Mapping[str, str | None]) -> str | None:
    """Return the date that the named groups of one pattern spell, None when there is no such day."""
    values = {key[0]: value for key, value in parts.items() if value}
    month = _months()[values["n"].lower()] if "n" in values else int(values["m"])
    try:
        day = date(int(values["y"]), month, int(values["d"]))
    except ValueError:
        return None
    return day.isoformat() if 1900 <= day.year <= 2100 else None


@cache
def _months() -> dict[str, int]:
    """Return month names and abbreviations in lower case → 1 to 12, of all languages."""
    tables = (languages.get(code).dateline.months for code in languages.available())
    return {name.lower(): number for months in tables for number, names in enumerate(months, 1) for name in names}


def _written() -> tuple[str, ...]:
    return tuple(form for code in languages.available() for form in languages.get(code).dateline.written)


def _wires() -> tuple[str, ...]:
    return tuple(word for code in languages.available() for word in languages.get(code).dateline.wire)


@cache
def _labels() -> tuple[str, ...]:
    found = {label for code in languages.available() for label in languages.get(code).dateline.labels}
    return tuple(sorted(found, key=len, reverse=True))
