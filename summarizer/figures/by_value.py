"""Compare the figures of two texts by their values alone, where one of them is read by its digits alone.

Words say numbers there that nobody reads: a small or round one may be missing on either side, and a unit, a direction
or a currency says nothing. What one text has in digits must stand in the other in some reading of it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import permutations

from summarizer.figures.equal import rounded
from summarizer.figures.figure import Figure
from summarizer.figures.fold import fold
from summarizer.figures.iso import parts
from summarizer.figures.known import known, values
from summarizer.figures.measure import MEASURES, converted
from summarizer.figures.pairing import pairs
from summarizer.figures.side import Side

__all__ = ["changed", "unlike"]

#: Up to this a number is often told in words, and so is one of a single digit that is not nought (20, 300, 5000); up
#: to the other a word for it counts nothing.
_SMALL, _FEW = 12, 2
_DIGIT = re.compile(r"\d")
_ROUND = re.compile(r"[1-9]0*(?:\.0*)?")
#: A measure told in another one is rounded: to this share of it.
_SLACK = Decimal("0.03")
_HALF_DAY = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
#: Measures that stand for one another in print differ by less than this.
_LEAST = Decimal("0.2")
_DEGREES = ("°C", "°F")
#: The least power of ten that a word for a magnitude stands for.
_HUNDRED = 2

Pair = tuple[Figure, Figure]


def unlike(source: Side, output: Side) -> tuple[list[Figure], list[Pair], list[Figure]]:
    """Return what the output has alone, what contradicts the source, and what the output lacks.

    A number that may stand in words counts only where the other side has another one in digits.
    """
    alone = [
        figure for figure in output.figures if _counts(figure, output) and not _told(figure, output, source, _rounds)
    ]
    missing = [
        figure
        for figure in source.figures
        if _counts(figure, source) and not _told(figure, source, output, _rounded_by)
    ]
    contradicted = [pair for pair in _paired(missing, alone) if any(map(_printed, pair))]
    paired = {figure for pair in contradicted for figure in pair}
    return (
        [figure for figure in alone if figure not in paired and not _worded(figure)],
        contradicted,
        [figure for figure in missing if figure not in paired and not _worded(figure)],
    )


def _paired(missing: Sequence[Figure], alone: Sequence[Figure]) -> list[Pair]:
    """Pair what one text has and the other lacks, whatever unit or currency was read on one side alone."""
    ours, theirs = ({_bare(figure): figure for figure in held} for held in (missing, alone))
    return [(ours[printed], theirs[given]) for printed, given in pairs(list(ours), list(theirs))]


def _bare(figure: Figure) -> Figure:
    counts = figure.kind in {"number", "money", "ordinal"}
    return replace(figure, kind="number", unit=None, currency=None, direction=None) if counts else figure


def changed(printed: Figure, found: Figure) -> bool:
    """Tell whether one of two contradicting figures cannot stand for the other, whatever words stand beside it."""
    if printed.unit != found.unit or {"ordinal", "date"} & {printed.kind, found.kind}:
        return False
    if printed.currency and found.currency and printed.currency != found.currency:
        return False
    kinds = {printed.kind, found.kind} - {"money"}
    same_kind = len(kinds) < 2 and not _worded(printed) and not _worded(found)
    return same_kind and not (
        _scaled(printed.number, found.number)
        or _rounds(found.number, printed.number)
        or (printed.kind == "number" and _convertible(printed.number, found.number))
    )


def _counts(figure: Figure, side: Side) -> bool:
    """Tell whether a figure is worth a look: one and two in words are articles and pronouns."""
    few = not figure.date and abs(figure.number) <= _FEW
    return not figure.suspect and figure not in side.names and (_printed(figure) or not few)


def _printed(figure: Figure) -> bool:
    return _DIGIT.search(figure.text) is not None


def _worded(figure: Figure) -> bool:
    """Tell whether words often say a figure: a small or round number, a place in a row, a date without its year."""
    if not _printed(figure) or figure.kind == "ordinal":
        return True
    if figure.date.startswith("T"):
        return figure.date.endswith(":00")
    if figure.date:
        date = parts(figure.date)
        return date is None or date.year is None
    value = abs(figure.number)
    return value <= _SMALL or _ROUND.fullmatch(f"{value:f}") is not None


def _told(figure: Figure, own: Side, other: Side, rounds: Callable[[Decimal, Decimal], bool]) -> bool:
    """Tell whether some reading of the other text gives a figure; `rounds` tells it of one given about."""
    given = _given(other)
    if figure.date:
        return all(not given.isdisjoint(numbers) for numbers in _parts(figure))
    number = figure.number
    if not given.isdisjoint(values(figure)) or _short_year(figure, given):
        return True
    if any(_scaled(number, value) for value in (given if number in own.scaled else other.scaled)):
        return True
    about = figure.approximate or any(known.approximate for known in other.figures)
    return (about and any(rounds(number, value) for value in given)) or _converted(figure, other)


def _short_year(figure: Figure, given: frozenset[Decimal]) -> bool:
    """Tell whether two digits may stand for a year that the other text gives in four: 27年."""
    years = (year for year in given if _FIRST_YEAR <= year < _LAST_YEAR)
    return len(figure.text) == 2 and any(year % 100 == figure.value for year in years)


def _given(side: Side) -> frozenset[Decimal]:
    implied = frozenset(value for value, _ in side.implied)
    return _readings(side.text, tuple(side.figures), side.digits) | implied | side.guessed


@lru_cache(maxsize=256)
def _readings(text: str, figures: tuple[Figure, ...], digits: bool) -> frozenset[Decimal]:  # noqa: FBT001 - cached
    """Return what a text gives; of one read by digits a number is not also what stands before its magnitude."""
    signs = frozenset(Decimal(str(unicodedata.numeric(c))) for c in text if c.isnumeric() and not c.isdecimal())
    if digits:
        for figure in (f for f in figures if not f.date and not f.suspect):
            if figure.value not in known(figure.text, ()):
                text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return known(text, figures) | signs


def _parts(figure: Figure) -> Iterator[frozenset[Decimal]]:
    """Yield the numbers of a date or time that its text has in digits, each with what may stand for it."""
    value, printed = figure.date, frozenset(_DIGITS.findall(fold(figure.text)))
    numbers = [Decimal(number) for number in _DIGITS.findall(value)]
    if value.startswith("T"):
        hour, minute = numbers
        yield frozenset({hour, (hour + _HALF_DAY) % 24, hour + 24 * (hour == 0)})
        numbers = [minute] if minute else []
    elif printed:
        numbers = [number for number in numbers if number in map(Decimal, printed)]
    years = frozenset(number for number in numbers if _FIRST_YEAR <= number < _LAST_YEAR)
    yield from (frozenset({number, number % 100 if number in years else number}) for number in numbers)


_DIGITS = re.compile(r"\d+")


def _scaled(one: Decimal, other: Decimal) -> bool:
    """Tell whether one value is the other in hundreds, thousands or more."""
    if not one or not other:
        return False
    ratio = (max(one, other) / min(one, other)).normalize()
    return ratio.as_tuple().digits == (1,) and ratio.adjusted() >= _HUNDRED


def _rounds(shown: Decimal, exact: Decimal) -> bool:
    """Tell whether a value is another one with fewer digits."""
    return len(shown.normalize().as_tuple().digits) < len(exact.normalize().as_tuple().digits) and rounded(
        exact, shown
    )


def _rounded_by(exact: Decimal, shown: Decimal) -> bool:
    return _rounds(shown, exact)


def _convertible(one: Decimal, other: Decimal) -> bool:
    """Tell whether a value may be another one in some other measure, whose words nobody reads: 85 mph, 137 km/h."""
    degrees = (converted(one, unit, into) for unit, into in permutations(_DEGREES, 2))
    values = (*(one * factor for factor in _factors()), *(value for value in degrees if value is not None))
    return any(abs(other - value) <= abs(value) * _SLACK for value in values)


@cache
def _factors() -> frozenset[Decimal]:
    """Return by how much one measure differs from another of its kind, time and powers of ten left out."""
    held = permutations(MEASURES.values(), 2)
    ratios = (one / other for (kind, one), (same, other) in held if kind == same != "time")
    return frozenset(ratio for ratio in ratios if _LEAST < ratio < 1 / _LEAST and not _scaled(ratio, Decimal(1)))


def _converted(figure: Figure, other: Side) -> bool:
    """Tell whether the other text gives a measure in another unit."""
    if not figure.unit:
        return any(known.unit and _converted(known, Side([figure], text=figure.text)) for known in other.figures)
    into = _DEGREES if figure.unit in (*_DEGREES, "deg") else MEASURES
    if MEASURES.get(figure.unit, ("",))[0] == "time":  # ages and terms are not told in another one
        return False
    unit = "°F" if figure.unit == "deg" else figure.unit
    told = [value for each in into if (value := converted(figure.number, unit, each)) is not None]
    return any(abs(own - value) <= abs(value) * _SLACK for value in told for own in _given(other))
