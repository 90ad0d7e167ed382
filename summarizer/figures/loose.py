"""What a translated line may add to its source's figures, or leave to the words around them.

A dateline gives the month of *the 25th*, another figure of the line its unit.
"""

from collections.abc import Iterable, Sequence

from summarizer.figures.figure import Figure
from summarizer.figures.iso import Parts, parts
from summarizer.figures.side import Side

__all__ = ["dated", "day_after", "fuller", "loosely", "says_less"]

_DAYS = range(1, 32)


def loosely(figure: Figure, source: Side) -> Figure | None:
    """What says the same with less: 25日 for July 25th, 27.25亿 for 2.725 billion yuan."""
    return next((known for known in source.figures if says_less(known, figure, source)), None)


def says_less(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether a figure of a line says what an output's does, but for the unit or a part of the date."""
    return source.line and (fuller(known, figure, source) or _bare(known, figure, source))


def fuller(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether a date has what its source has, and more that the source leaves open: the dateline gives it."""
    wanted, own = parts(figure.date) if source.line else None, _day(known)
    if wanted is None or own is None or not any(a == b is not None for a, b in zip(own, wanted, strict=True)):
        return False
    every = zip(*dated(source.figures), strict=True)
    given = [set(slot) - {None} for slot in every] or [set()] * 3
    slots = zip(own, wanted, given, strict=True)
    return all(a == b or (a is None and (not held or b in held)) for a, b, held in slots if b is not None)


def day_after(figure: Figure, held: Sequence[Figure], side: Side) -> bool:
    """Tell whether words for the next day stand for a date, of which the figures have the day before."""
    own = _day(figure) if side.next_day else None
    days = (_day(each) for each in held)
    return own is not None and own.day is not None and any(known and known.day == own.day - 1 for known in days)


def _day(figure: Figure) -> Parts | None:
    """The parts of a date; a bare number may be a day of a month (24日至25日)."""
    if figure.kind == "number" and figure.unit is None and figure.value in _DAYS:
        return Parts(None, None, int(figure.number))
    return parts(figure.date)


def _bare(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether one of two equal figures leaves its unit to other words.

    The output may (4 consecutive months); the source may leave it to another of its figures (nine days, once five).
    """
    if known.value != figure.value or not known.kind == figure.kind == "number":
        return False
    if known.unit and not figure.unit:
        return True
    return not known.unit and any(other.unit == figure.unit for other in source.figures)


def dated(figures: Iterable[Figure]) -> Iterable[Parts]:
    """Return the parts of those figures that are dates."""
    return filter(None, (parts(figure.date) for figure in figures))
