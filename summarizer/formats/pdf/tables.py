"""Rows of a table that stands across columns of prose: figures, or cells where no column begins."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.formats.pdf.layout import Line, would_have_fit

__all__ = ["across_columns"]

_BASE_PT = 1.0  # what stands on one line differs by so much at most
_MOST_CELLS = 50
_SET_IN = 1.0  # in ems: so far from a column's edge begins the first line of a paragraph


def across_columns(pieces: Sequence[Line], gutter: float) -> frozenset[Line]:
    """Return the pieces of two columns that are no lines of them but a table's cells, two rows of it or more.

    Args:
        pieces: what stands in the columns.
        gutter: where the second column begins.
    """
    found: set[Line] = set()
    run: list[list[Line]] = []
    rows = list(_rows(pieces))
    prose = (each.right for row in rows if not _is_off(row, gutter) for each in row if each.right < gutter)
    edge = max(prose, default=gutter)
    for row in (*rows, []):
        if run and not _is_below(run[-1], row, gutter):
            found.update(_cells(run, edge, gutter))
            run = []
        if _is_off(row, gutter):
            run.append(row)
    return frozenset(found)


def _rows(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield what stands on one line, from top to bottom."""
    row: list[Line] = []
    for piece in sorted(pieces, key=lambda each: (each.middle, each.left)):
        if row and piece.middle - row[0].middle > _BASE_PT:
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _is_off(row: Sequence[Line], gutter: float) -> bool:
    """Tell whether pieces of a row stand in the second column, and are figures or begin where its lines do not."""
    right = [each for each in row if each.left > gutter - 2]
    if not 1 < len(row) < _MOST_CELLS or not right:
        return False
    letters = any(char.isalpha() for each in right for char in each.text)
    return not letters or min(each.left for each in right) > gutter + _SET_IN * row[0].size


def _is_below(row: Sequence[Line], below: Sequence[Line], gutter: float) -> bool:
    """Tell whether each cell of the one of two rows that has fewer stands under or over one of the other's alone."""
    if not below or not _is_off(below, gutter):
        return False
    fewer, more = sorted((row, below), key=len)
    return all(sum(_is_over(cell, other) for other in more) == 1 for cell in fewer)


def _is_over(cell: Line, other: Line) -> bool:
    return cell.left < other.right and other.left < cell.right


def _cells(run: Sequence[Sequence[Line]], edge: float, gutter: float) -> Iterator[Line]:
    """Yield the pieces of rows that are a table's: what stands in the first column has ended there on purpose."""
    first = [row[0] for row in run if row[0].left < gutter - 2]
    ended = sum(would_have_fit(above, below, edge) for above, below in pairwise(first))
    if len(run) > 1 and len(first) > 1 and 2 * ended >= len(first) - 1:
        for row in run:
            yield from row
