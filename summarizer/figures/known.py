"""Every value that some reading of a text gives, and figures that none of them supports."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from summarizer.figures.equal import rounded
from summarizer.figures.figure import Figure
from summarizer.figures.fold import fold
from summarizer.figures.iso import parts

__all__ = ["changed", "invented", "known", "values"]

_RUN = re.compile(r"\d+(?:[.,' ]\d+)*")
_DIGITS = re.compile(r"\d")
_LONGEST = 24  # digits; longer runs are identifiers
#: Degrees of no stated scale, which languages convert.
_SCALELESS = "deg"


def known(text: str, figures: Iterable[Figure]) -> frozenset[Decimal]:
    """Return every value that some reading of a text gives.

    Args:
        text: the text.
        figures: all figures of it.

    Returns:
        The values of its figures, the numbers in its dates, and its runs of digits by both conventions for decimals,
        whole and in their parts.
    """
    runs = (value for run in _RUN.findall(fold(text)) for value in _readings(run))
    return frozenset((*runs, *(value for figure in figures for value in values(figure))))


def changed(printed: Figure, found: Figure, given: frozenset[Decimal]) -> bool:
    """Tell whether a figure cannot stand for one of its source: another value of the same measure, from nowhere.

    One that is rounded and does not say so is not right either, but no proof.

    Args:
        printed: the figure of the source.
        found: the figure put in its place.
        given: what the source gives in any reading, see `known`.
    """
    if not (_in_digits(printed) and _in_digits(found)) or found.unit == _SCALELESS:
        return False
    if (printed.kind, printed.unit, printed.currency) != (found.kind, found.unit, found.currency):
        return False
    if found.kind == "date":
        return _another_day(printed.date, found.date, given)
    return given.isdisjoint(values(found)) and not rounded(printed.number, found.number)


def invented(found: Figure, source: Sequence[Figure], given: frozenset[Decimal]) -> bool:
    """Tell whether a text gives a figure in digits in no reading, nor lets it be reckoned.

    Sums and differences of two of its figures, and one of them rounded, may be right; so may dates, whose year the
    reader of an article knows.

    Args:
        found: the figure.
        source: all figures of the text.
        given: what it gives in any reading, see `known`.
    """
    if not _in_digits(found) or found.kind == "date" or not given.isdisjoint(values(found)):
        return False
    return not _reckoned(found.number, _alike(found, source))


def _alike(found: Figure, source: Sequence[Figure]) -> frozenset[Decimal]:
    """The values of the same measure; years make ages and numbers of years."""
    measure = (found.kind, found.unit, found.currency)
    own = (f.number for f in source if f.value is not None and (f.kind, f.unit, f.currency) == measure)
    dated = (parts(f.date) for f in source if found.unit in {None, "year"})
    return frozenset((*own, *(Decimal(d.year) for d in dated if d is not None and d.year is not None)))


def _reckoned(value: Decimal, given: frozenset[Decimal]) -> bool:
    reckoned = {abs(value - one) for one in given} | {value + one for one in given}
    return not given.isdisjoint(reckoned) or any(rounded(one, value) for one in given)


def _in_digits(figure: Figure) -> bool:
    return not figure.suspect and _DIGITS.search(figure.text) is not None


def _another_day(printed: str, found: str, given: frozenset[Decimal]) -> bool:
    """Tell whether a part that both dates or times give differs, and nothing in the source has it."""
    return any(a != b and Decimal(b) not in given for a, b in _shared(printed, found))


def _shared(printed: str, found: str) -> Iterator[tuple[int, int]]:
    if printed.startswith("T") and found.startswith("T"):
        yield from zip(_numbers(printed), _numbers(found), strict=True)
    pairs = zip(parts(printed) or (), parts(found) or (), strict=False)
    yield from ((a, b) for a, b in pairs if a is not None and b is not None)


def _numbers(value: str) -> list[int]:
    return [int(run) for run in re.findall(r"\d+", value)]


def values(figure: Figure) -> frozenset[Decimal]:
    """The numbers that a figure may be read as: shares also as percentages, of dates each part."""
    if not isinstance(figure.value, Decimal):
        return frozenset(Decimal(number) for number in _numbers(figure.date.replace("X", "0")))
    size = abs(figure.value)
    share = figure.kind == "percent" or 0 < size < 1
    return frozenset({size, size / 100, size * 100} if share else {size})


def _readings(run: str) -> Iterator[Decimal]:
    """A run of digits by both conventions, and each of its parts."""
    pieces = re.split("[.,' ]", run)
    yield from (Decimal(piece) for piece in pieces if len(piece) <= _LONGEST)
    plain = re.sub("[' ]", "", run)
    for decimal, group in ((".", ","), (",", ".")):
        whole = plain.replace(group, "")
        if whole.count(decimal) <= 1 and len(whole) <= _LONGEST:
            yield Decimal(whole.replace(decimal, "."))
