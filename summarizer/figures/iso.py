"""Dates with parts left out, as ISO 8601 writes them (the forms are listed in `figure.Figure`)."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

__all__ = ["NUMERIC", "Parts", "iso", "latest", "numeric", "parts"]

#: A date in three numbers, the year first or last.
NUMERIC = (
    r"(?<![\d./-])(?:(?P<y>\d{4})(?P<s1>[-/.])(?P<m>\d{1,2})(?P=s1)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<z>\d{4}))(?![\d/]|[.-]\d)"
)
_SHAPE = re.compile(r"---(\d{2})|(?:(\d{4})|--)(?:-?(\d{2}))?(?:-(\d{2}))?")


class Parts(NamedTuple):
    """Year, month and day of a date, None where it does not give them."""

    year: int | None
    month: int | None
    day: int | None


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """Write a date of which parts may be missing; None when there is no such day or nothing is given."""
    if not _possible(year, month, day):
        return None
    if year is None and month is None:
        return f"---{day:02d}"
    head = "-" if year is None else f"{year:04d}"
    tail = "" if day is None else f"-{day:02d}"
    return f"{head}-{month:02d}{tail}" if month is not None else head


def _possible(year: int | None, month: int | None, day: int | None) -> bool:
    if year is month is day is None or (day is not None and month is None and year is not None):
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    longest = 31 if month is None else monthrange(year or 2024, month)[1]
    return 1 <= day <= longest


def numeric(groups: Mapping[str, str], *, month_first: bool) -> str | None:
    """Read the groups of a `NUMERIC` date; in the other order where that alone is one."""
    if "y" in groups:
        return iso(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    first, second, year = int(groups["a"]), int(groups["b"]), int(groups["z"])
    month, day = (first, second) if month_first else (second, first)
    return iso(year, month, day) or iso(year, day, month)


def parts(value: str) -> Parts | None:
    """Read a date written by `iso`; None for the other forms (weekday, decade, quarter, time)."""
    match = _SHAPE.fullmatch(value)
    if match is None:
        return None
    only, year, month, day = (None if part is None else int(part) for part in match.groups())
    return Parts(year, month, only if day is None else day)


def latest(value: str, dateline: date) -> str:
    """Resolve a date without year, month or week to the latest one not after `dateline`.

    A date that already has its year, and a form without a day, come back as they are.
    """
    if value.startswith("-W-"):
        back = (dateline.isoweekday() - int(value[3:])) % 7
        return (dateline - timedelta(days=back)).isoformat()
    known = parts(value)
    if known is None or known.year is not None:
        return value
    if known.month is not None:
        month, day = known.month, known.day
        year = dateline.year - ((month, day or 1) > (dateline.month, dateline.day))
        return iso(year, month, day) or value
    year, month = dateline.year, dateline.month
    if known.day is not None and known.day > dateline.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return iso(year, month, known.day) or value
