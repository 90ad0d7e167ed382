"""What a translated line may add to its source's figures, or leave to the words around them.

A dateline gives the month of *the 25th*, another figure of the line its unit, a weekday its day.
"""

from collections.abc import Iterable, Sequence

from summarizer.figures.figure import Figure
from summarizer.figures.iso import Parts, parts
from summarizer.figures.side import Side

__all__ = ["by_weekday", "dated", "day_after", "fuller", "loosely", "says_less", "told_apart"]

_DAYS = range(1, 32)


def loosely(figure: Figure, source: Side) -> Figure | None:
    """What says the same with less: 25日 for July 25th, 27.25亿 for 2.725 billion yuan."""
    return next((known for known in source.figures if says_less(known, figure, source)), None)


def says_less(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether a figure of a line says what an output's does, but for the unit or a part of the date."""
    return source.line and (fuller(known, figure, source) or _bare(known, figure, source))


def fuller(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether a date has what its source has, and more that the source leaves open: the dateline gives it."""
    wanted = parts(figure.value) if isinstance(figure.value, str) and source.line else None
    own = _day(known)
    if wanted is None or own is None:
        return False
    slots = [(getattr(own, name), getattr(wanted, name), name) for name in ("year", "month", "day")]
    if not any(a == b is not None for a, b, _ in slots):
        return False
    every = list(dated(source.figures))
    return all(a == b or (a is None and _open(name, b, every)) for a, b, name in slots if b is not None)


def day_after(figure: Figure, held: Sequence[Figure], side: Side) -> bool:
    """Tell whether words for the next day stand for a date, of which the figures have the day before."""
    own = _day(figure) if side.next_day else None
    if own is None or own.day is None:
        return False
    days = (_day(each) for each in held)
    return any(known is not None and known.day == own.day - 1 for known in days)


def by_weekday(figure: Figure, source: Side, output: Side) -> bool:
    """Tell whether a translation may say Wednesday for a day of the month."""
    day = isinstance(figure.value, str) and figure.value.startswith("---")
    return day and _weekday(output) and not _weekday(source)


def _weekday(side: Side) -> bool:
    return any(isinstance(figure.value, str) and figure.value.startswith("-W-") for figure in side.figures)


def _day(figure: Figure) -> Parts | None:
    """The parts of a date; a bare number may be a day of a month (24日至25日)."""
    if isinstance(figure.value, str):
        return parts(figure.value)
    bare = figure.kind == "number" and figure.unit is None and figure.value in _DAYS
    return Parts(None, None, int(figure.value)) if bare and figure.value is not None else None


def _open(name: str, value: int, every: Sequence[Parts]) -> bool:
    """Tell whether a part of a date is one that the source gives elsewhere, or gives nowhere."""
    given = {part for each in every if (part := getattr(each, name)) is not None}
    return not given or value in given


def _bare(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether one of two equal figures leaves its unit to other words.

    The output may (4 consecutive months); the source may leave it to another of its figures (nine days, once five).
    """
    if known.value != figure.value or not known.kind == figure.kind == "number":
        return False
    if known.unit and not figure.unit:
        return True
    return not known.unit and any(other.unit == figure.unit for other in source.figures)


def told_apart(figure: Figure, source: Side, output: Side) -> Figure | None:
    """A share of which the source gives the two numbers apart."""
    held = output.members.get(figure)
    if not held:
        return None
    given = [known for known in source.figures if known.value in held]
    return given[0] if {known.value for known in given} == held else None


def dated(figures: Iterable[Figure]) -> Iterable[Parts]:
    """Return the parts of those figures that are dates."""
    return filter(None, (parts(figure.value) for figure in figures if isinstance(figure.value, str)))
