"""Rows of a table that stands across columns of prose: cells beside one another, none where a column begins."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.formats.pdf.layout import Line, would_have_fit

__all__ = ["across_columns"]

_BASE_PT = 1.0  # what stands on one line differs by so much at most
_SET_IN = 1.0  # in ems: so far from a column's edge begins the first line of a paragraph


def across_columns(pieces: Sequence[Line], gutter: float) -> frozenset[Line]:
    """Return the pieces of two columns that are no lines of them but a table's cells, two rows of it or more.

    Args:
        pieces: what stands in the columns.
        gutter: where the second column begins.
    """
    found: set[Line] = set()
    run: list[list[Line]] = []
    for row in (*_rows(pieces), []):
        if run and not _is_below(run[-1], row, gutter):
            found.update(_cells(run, pieces, gutter))
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
    """Tell whether pieces of a row stand in the second column, and none where its lines begin."""
    right = [each.left for each in row if each.left > gutter - 2]
    return len(row) > 1 and bool(right) and min(right) > gutter + _SET_IN * row[0].size


def _is_below(row: Sequence[Line], below: Sequence[Line], gutter: float) -> bool:
    """Tell whether each cell of the one of two rows that has fewer stands under or over one of the other's alone."""
    if not below or not _is_off(below, gutter):
        return False
    fewer, more = sorted((row, below), key=len)
    return all(sum(_is_over(cell, other) for other in more) == 1 for cell in fewer)


def _is_over(cell: Line, other: Line) -> bool:
    return cell.left < other.right and other.left < cell.right


def _cells(run: Sequence[Sequence[Line]], pieces: Sequence[Line], gutter: float) -> Iterator[Line]:
    """Yield the pieces of rows that are a table's: what stands in the first column has ended there on purpose."""
    first = [row[0] for row in run if row[0].left < gutter - 2]
    mine = {piece for row in run for piece in row}
    edge = max((each.right for each in pieces if each.right < gutter and each not in mine), default=gutter)
    ended = sum(would_have_fit(above, below, edge) for above, below in pairwise(first))
    if len(run) > 1 and len(first) > 1 and 2 * ended >= len(first) - 1:
        yield from mine
