"""Figures that belong together: dollars and cents, the two ends of a range."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from summarizer.figures.attach import Reading
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.languages.figures import HanFigures, SpacedFigures
from summarizer.languages.wordlist import any_of

__all__ = ["named_year", "ranges", "together", "year"]

#: Four bare digits between these may be a year.
_FIRST_YEAR, _LAST_YEAR = 1100, 2100
#: Where a clause ends.
_CLOSED = re.compile(r"[.,;!?]|\Z")
_COUNTING = {"number", "percent", "money"}


def together(text: str, lex: Lexicon, readings: Sequence[Reading]) -> list[Reading]:
    """Make one amount of a sum and the cents behind it."""
    joint = _and(lex.code)
    found: list[Reading] = []
    for reading in readings:
        whole = _one(text, found[-1], reading, joint) if found else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(reading)
    return found


@cache
def _and(language: str) -> re.Pattern[str]:
    table = lexicon(language).table
    sign = table.with_ if isinstance(table, HanFigures) else r"(?!)"
    words = rf"(?:(?<!\w){any_of(table.and_)}(?!\w)|{sign})?"
    return re.compile(rf"[^\S\n]{{0,2}}{words}[^\S\n]{{0,2}}")


def _one(text: str, first: Reading, second: Reading, joint: re.Pattern[str]) -> Reading | None:
    """Dollars and cents are one amount: 6 dollars 40 cents, 20 dollars and 5, 五美元又六美分."""
    if first.money is None or _leading(first) or joint.fullmatch(text, first.end, second.start) is None:
        return None
    if isinstance(first.value, str) or isinstance(second.value, str) or first.suspect or second.suspect:
        return None
    if second.money and second.money.per_unit > first.money.per_unit:
        smaller = second.value
    elif second.kind == "number" and not second.unit and second.value < 100 and _CLOSED.match(text, second.end):
        smaller = second.value / (100 if first.money.per_unit == 1 else first.money.per_unit * 10)
    else:
        return None
    return replace(
        first, end=second.end, reach=second.reach, value=first.value + smaller, money=second.money or first.money
    )


def ranges(text: str, lex: Lexicon, readings: Sequence[Reading]) -> list[Reading]:
    """Give the first number of a range what stands behind the second: 5 to 10 per cent, 5 to 6 million dollars."""
    joint = _joint(lex.code)
    found = list(readings)
    for index, (first, second) in enumerate(pairwise(readings)):
        ends = first.kind in _COUNTING and second.kind in _COUNTING
        if ends and joint.fullmatch(text, first.end, second.start) and not _apart(text, first, lex):
            found[index], found[index + 1] = _like(found[index], second)
    return found


def year(text: str, reading: Reading) -> int | None:
    """Return the year that four bare digits may be."""
    shown = text[reading.start : reading.end]
    if reading.kind != "number" or reading.unit or len(shown) != 4 or not shown.isdigit():
        return None
    return int(shown) if _FIRST_YEAR <= int(shown) <= _LAST_YEAR else None


def named_year(text: str, reading: Reading, lex: Lexicon) -> bool:
    """Tell whether a word right before a number makes it a year: in, since."""
    return lex.years.search(text, max(0, reading.start - 24), reading.start) is not None


def _apart(text: str, reading: Reading, lex: Lexicon) -> bool:
    """Tell whether a number is the year of what follows, not the first end of a range: in 2024 to 1.34 billion."""
    if year(text, reading) is None or not named_year(text, reading, lex):
        return False
    return _between(lex.code).search(text, max(0, reading.start - 24), reading.start) is None


@cache
def _between(language: str) -> re.Pattern[str]:
    table = lexicon(language).table
    words = table.between if isinstance(table, SpacedFigures) else ()
    return re.compile(rf"(?<!\w){any_of(words)}[^\S\n]?$")


@cache
def _joint(language: str) -> re.Pattern[str]:
    return re.compile(rf"[^\S\n]?(?:[-–—~]|{any_of(lexicon(language).table.range_joints)})[^\S\n]?")


def _like(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    """Two ends of a range in the money and unit that stand with one of them, the smaller in the other's magnitude."""
    if first.numeral is None or second.numeral is None or first.suspect or second.suspect:
        return first, second
    if isinstance(first.value, str) or isinstance(second.value, str) or first.value < 1:
        return first, second
    if second.kind == "percent" and first.numeral.magnitude > 1:
        return first, second  # nothing is counted in millions of per cent
    magnitude, bare = second.numeral.magnitude, first.kind == "number" and not first.unit
    smaller = 1 == first.numeral.magnitude < magnitude and first.value < second.value / magnitude
    if (bare or _leading(first)) and smaller:
        first = replace(first, value=first.value * magnitude)
    if bare and (second.kind != "money" or second.start == second.numeral.start):
        first = replace(first, kind=second.kind, unit=second.unit, currency=second.currency)
    elif _leading(first) and second.kind == "number" and not second.unit:
        second = replace(second, kind="money", currency=first.currency)
    return first, second


def _leading(reading: Reading) -> bool:
    """Tell whether a sum has its currency in front: $5-6 million."""
    return reading.kind == "money" and reading.numeral is not None and reading.end == reading.numeral.end
