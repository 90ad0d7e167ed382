"""Words of a line that was stretched to fill its column, and stand far apart → whole lines."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from summarizer.formats.pdf.layout import Line, is_wide

__all__ = ["whole_lines"]

_SHARED = 3  # so many lines that end at one place to a hair are made to end there
_SAME_PT = 1.0
_EQUAL, _ALIKE = 1.05, 1.3  # spaces of one line; so much wider some programs make one after a full stop


def whole_lines(pieces: Sequence[Line]) -> tuple[Line, ...]:
    """Return the pieces of a page in the order in which they were drawn, the words of a stretched line as one piece.

    Its spaces are all of one width. A table's cells may stand as far from one another; but most of them are figures,
    or they do not end where others are made to end.
    """
    starts, ends = _shared([each.left for each in pieces]), _shared([each.right for each in pieces])
    made: list[Line] = []
    for row in _parted(pieces, lambda before, piece: not _follows(before, piece)):
        runs = (
            [row]
            if _is_stretched(row, ends)
            else _parted(row, lambda before, piece: round(before.right) in ends and round(piece.left) in starts)
        )
        for run in runs:
            made.extend([_joined(run)] if _is_stretched(run, ends) else run)
    return tuple(made)


def _shared(places: Sequence[float]) -> frozenset[int]:
    """Return the places, in whole points, that several lines share."""
    counts = Counter(map(round, places))
    return frozenset(near for at, count in counts.items() if count >= _SHARED for near in (at - 1, at, at + 1))


def _parted(pieces: Sequence[Line], is_end: Callable[[Line, Line], bool]) -> Iterator[list[Line]]:
    """Part pieces where something tells of two of them that one ends there."""
    run: list[Line] = []
    for piece in pieces:
        if run and is_end(run[-1], piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _follows(before: Line, piece: Line) -> bool:
    return abs(before.middle - piece.middle) < _SAME_PT and piece.left > before.right


def _is_stretched(run: Sequence[Line], ends: frozenset[int]) -> bool:
    """Tell whether pieces are the words of a stretched line; where they are few, it ends where others do."""
    gaps = [after.left - before.right for before, after in pairwise(run)]
    if not gaps or any(" " in piece.text for piece in run):
        return False
    words = sum(any(map(str.isalpha, piece.text)) for piece in run)
    if 2 * words < len(run):
        return False
    if len(gaps) > 2:
        return max(gaps) < _ALIKE * min(gaps)
    return round(run[-1].right) in ends and max(gaps) < _EQUAL * min(gaps)


def _joined(run: Sequence[Line]) -> Line:
    text = run[0].text
    for piece in run[1:]:
        text += piece.text if is_wide(text[-1]) or is_wide(piece.text[0]) else f" {piece.text}"
    longest = max(run, key=lambda each: len(each.text))
    return replace(longest, text=text, left=run[0].left, right=run[-1].right)
