"""Figures that belong together: dollars and cents, the two ends of a range."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from summarizer.figures.attach import Reading
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.languages.figures import HanFigures, SpacedFigures
from summarizer.languages.wordlist import any_of

__all__ = ["FIRST_YEAR", "LAST_YEAR", "ranges", "together"]

#: Four bare digits between these may be a year.
FIRST_YEAR, LAST_YEAR = 1100, 2100
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
    if first.kind != "money" or first.money is None or first.numeral is None or first.numeral.end == first.end:
        return None
    if joint.fullmatch(text, first.end, second.start) is None:
        return None
    if not (isinstance(first.value, Decimal) and isinstance(second.value, Decimal)):
        return None
    if second.kind == "money" and second.money and second.money.per_unit > first.money.per_unit:
        if second.currency not in {None, first.currency}:
            return None
        smaller = second.value
    elif second.kind == "number" and not second.unit and second.value < 100 and _closed(text, second.end):
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
        if ends and joint.fullmatch(text, first.end, second.start) and not _year(text, first, lex):
            found[index], found[index + 1] = _like(found[index], second)
    return found


def _year(text: str, reading: Reading, lex: Lexicon) -> bool:
    """Tell whether a number is the year of what follows, not the first end of a range: in 2024 to 1.34 billion."""
    shown, window = text[reading.start : reading.end], max(0, reading.start - 24)
    if reading.unit or len(shown) != 4 or not shown.isdigit() or not FIRST_YEAR <= int(shown) <= LAST_YEAR:
        return False
    named = lex.years.search(text, window, reading.start) is not None
    return named and _between(lex.code).search(text, window, reading.start) is None


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
    if first.numeral is None or second.numeral is None or first.numeral.ordinal:
        return first, second
    if not (isinstance(first.value, Decimal) and isinstance(second.value, Decimal)) or first.value < 1:
        return first, second
    if second.kind == "percent" and first.numeral.magnitude > 1:
        return first, second  # nothing is counted in millions of per cent
    magnitude = second.numeral.magnitude
    open_end = (first.kind == "number" and not first.unit) or _leading(first)
    if open_end and 1 == first.numeral.magnitude < magnitude and first.value < second.value / magnitude:
        first = replace(first, value=first.value * magnitude)
    if first.kind == "number" and not first.unit:
        if second.kind != "money" or second.start == second.numeral.start:
            first = replace(first, kind=second.kind, unit=second.unit, currency=second.currency)
    elif (
        first.kind == "money"
        and first.numeral
        and first.end == first.numeral.end
        and second.kind == "number"
        and not second.unit
    ):
        second = replace(second, kind="money", currency=first.currency)
    return first, second


def _leading(reading: Reading) -> bool:
    """Tell whether a sum has its currency in front: $5-6 million."""
    return reading.kind == "money" and reading.numeral is not None and reading.end == reading.numeral.end


def _closed(text: str, position: int) -> bool:
    """Tell whether a clause ends here."""
    return text[position : position + 1] in {"", ".", ",", ";", "!", "?"}
