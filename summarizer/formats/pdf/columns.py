"""Pieces of lines → lines in reading order.

The order is that of a recursive cut of the page (Nagy, Seth: Hierarchical representation of optically scanned
documents, 1984) at gutters between columns of prose; what stands beside one another and is no prose is a table and is
read row by row.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from statistics import median

from summarizer.formats.pdf.layout import ENDED, Line, Page, is_wide, right_edge, would_have_fit
from summarizer.formats.pdf.stretched import whole_lines
from summarizer.formats.pdf.tables import across_columns

__all__ = ["LINES", "columns", "is_prose", "rows", "runs_on"]

#: A column of prose: so many lines, so many letters in each, and lines that fill so much of it.
LINES, _LETTERS, _FILLED = 3, 15, 0.6
_FEW_LETTERS = 9
_CELL = 0.9  # in ems, between cells of a row
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_MOST_DEPTH = 8  # columns in columns
_GUTTER = 0.5  # in ems
#: In ems: what stands across two columns parts both by so much, and they begin again so level.
_BAND, _LEVEL = 2.5, 0.15
_INITIAL = re.compile(r"[\"'“‘«„「]?[^\W\d_]")


def columns(page: Page) -> tuple[tuple[Line, ...], ...]:
    """Return a page's whole lines in reading order, as blocks: a column, or a stretch over the whole width."""
    pieces = _with_initials(whole_lines(page.lines))
    return tuple(block for block in _blocks(pieces, _MOST_DEPTH) if block)


def _blocks(pieces: Sequence[Line], depth: int) -> Iterator[tuple[Line, ...]]:
    gutter = _gutter(pieces) if depth else None
    if gutter is None:
        yield tuple(rows(pieces))
        return
    across, rest = _crossing(pieces, gutter)
    for (above, below), block in _stretches(sorted(across, key=lambda line: line.top), rest):
        left, right = _parts([each for each in rest if above <= each.middle < below], gutter)
        if band := _band(left, right):
            for part in _cut([*left, *right], band):
                yield from _blocks(part, depth - 1)
        elif _is_table(left, right):
            yield from _blocks([*left, *right], depth - 1)
        else:
            under = _under(left, right)
            for part in ([each for each in left if each not in under], right, list(under)):
                yield from _blocks(part, depth - 1)
        yield tuple(rows(block))


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether what stands on both sides of a gutter are cells: short, and a line at the right for each."""
    sides = [list(rows(side)) for side in (left, right)]
    if not all(sides) or all(map(is_prose, sides)):
        return False
    middles = [each.middle for each in sides[1]]
    paired = sum(_has(middles, each) for each in sides[0])
    return paired > 0.8 * max(map(len, sides))


def _stretches(across: Sequence[Line], rest: Sequence[Line]) -> Iterator[tuple[tuple[float, float], list[Line]]]:
    """Yield the range of the page above lines that cross a gutter, with those lines; at last what is below."""
    above, block = float("-inf"), []
    for at, line in enumerate(across):
        block.append(line)
        after = across[at + 1].middle if at + 1 < len(across) else float("inf")
        if at + 1 < len(across) and not any(line.middle <= each.middle < after for each in rest):
            continue
        yield (above, block[0].middle), block
        above, block = block[0].middle, []
    yield (above, float("inf")), block


def _parts(pieces: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """Part the pieces at a gutter; what stands at the right above all on the left is no column and is read first."""
    left = [each for each in pieces if each.left < gutter - 2]
    top = min((each.top for each in left), default=float("-inf"))
    right = sorted((each for each in pieces if each.left >= gutter - 2), key=lambda each: each.top)
    count = sum(1 for each in right if each.bottom < top)
    if 0 < count < len(right) and _is_near(right[count - 1], right[count]):
        count = 0  # it is the column's beginning, which stands a little higher
    return right[:count] + left, right[count:]


def _is_near(line: Line, after: Line) -> bool:
    """Tell whether a line follows another in its column, in the same paragraph or the next."""
    return abs(line.size - after.size) < 0.05 * line.size and after.middle - line.middle < 3 * line.size


def _band(left: Sequence[Line], right: Sequence[Line]) -> tuple[float, float] | None:
    """Return the range of a page where both columns stop for what stands across them, and begin again as one.

    A picture may stand there, with its caption, or lines in another size.
    """
    usual = median(each.size for each in (*left, *right)) if left and right else 0.0
    stops = sorted(_stops(right, usual), key=lambda stop: stop[1])
    for above, below in _stops(left, usual):
        at = bisect_left(stops, below - _LEVEL * usual, key=lambda stop: stop[1])
        top, bottom = stops[at] if at < len(stops) else (0.0, float("inf"))
        between = max(above, top), min(below, bottom)
        if bottom - below < _LEVEL * usual and between[1] - between[0] > _BAND * usual:
            inside = [any(between[0] < each.middle < between[1] for each in side) for side in (left, right)]
            return None if all(inside) else between
    return None


def _stops(side: Sequence[Line], size: float) -> Iterator[tuple[float, float]]:
    """Yield the ranges without a line of a size between the lines of a column."""
    lines = sorted((each for each in side if abs(each.size - size) < 0.05 * size), key=lambda each: each.top)
    bottom = lines[0].bottom if lines else 0.0
    for line in lines:
        if line.top - bottom > _BAND * size:
            yield bottom, line.top
        bottom = max(bottom, line.bottom)


def _cut(pieces: Sequence[Line], band: tuple[float, float]) -> tuple[list[Line], ...]:
    """Part pieces into those above a range of the page, within it, and below it."""
    parts: tuple[list[Line], ...] = ([], [], [])
    for each in pieces:
        parts[(each.middle > band[0]) + (each.middle > band[1])].append(each)
    return parts


def _under(left: Sequence[Line], right: Sequence[Line]) -> frozenset[Line]:
    """Return what stands under both columns, though it may be no wider than the left one.

    A left column may be the longer one; but then none of its lines is wider than it is beside the right one, and it
    goes on where that one has ended.
    """
    if not left or not right:
        return frozenset()
    end = max(each.bottom for each in right)
    beside = [each for each in left if each.middle <= end]
    under = sorted((each for each in left if each.middle > end), key=lambda each: each.top)
    last = max(beside, key=lambda each: each.bottom, default=None)
    edge = max((each.right for each in beside), default=0.0)
    wider = any(each.right > edge + 0.5 * each.size for each in under)
    for at, each in enumerate(under):
        if last is None or each.top - last.bottom > 0.6 * each.size:
            alone = last is not None and _is_level(last, end) and _is_alone(last, under[at:], right[0], edge)
            return frozenset(under[at:] if wider or alone else ())
        last = each
    return frozenset()


def _is_level(last: Line, end: float) -> bool:
    """Tell whether a column ends where another one does: a line lower, or some higher, to keep lines together."""
    return -3.5 * last.size < last.bottom - end < 1.6 * last.size


def _is_alone(last: Line, under: Sequence[Line], first: Line, edge: float) -> bool:
    """Tell whether the right column, which begins with `first`, goes on from the left one and not from what is under.

    Args:
        last: the line with which the left column ends, if what is under is not of it.
        under: the lines under it.
        first: the right column's first one.
        edge: where the left column's lines end.
    """
    if not ENDED.search(last.text) and not under[0].text[0].islower():
        return True
    set_in = under[0].left > last.left + 0.7 * last.size  # an item of a list is of its column
    ended = would_have_fit(under[-1], first, edge) and not first.text[0].islower()
    return len(under) < LINES and ended and not set_in


def _crossing(pieces: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """Part what stands in both columns, and is not only a little too long for the left one, from the rest."""
    most = gutter + 0.1 * (max(each.right for each in pieces) - gutter)
    across = [each for each in pieces if each.left < gutter - 2 and each.right > most]
    rest = [each for each in pieces if each.left >= gutter - 2 or each.right <= most]
    moved = _ends(across, rest, gutter) | across_columns(rest, gutter)
    return across + list(moved), [each for each in rest if each not in moved] if moved else rest


def _ends(across: Sequence[Line], rest: Sequence[Line], gutter: float) -> frozenset[Line]:
    """Return the short last lines of what crosses a gutter: right under it, of its size, and alone."""
    above = sorted(across, key=lambda line: line.middle)
    right = sorted(each.middle for each in rest if each.left >= gutter - 2)
    found = set()
    for each in rest:
        at = bisect_left(above, each.middle, key=lambda line: line.middle)
        if at and each.left < gutter - 2 and _is_next(above[at - 1], each) and not _has(right, each):
            found.add(each)
    return frozenset(found)


def _is_next(line: Line, after: Line) -> bool:
    """Tell whether a line stands right under another as the next one of its paragraph would."""
    alike = abs(line.size - after.size) < 0.05 * line.size and abs(line.left - after.left) < line.size
    return alike and after.middle - line.middle < 1.8 * line.size


def _has(middles: Sequence[float], line: Line) -> bool:
    """Tell whether one of sorted heights is that of a line."""
    at = bisect_left(middles, line.top)
    return at < len(middles) and middles[at] <= line.bottom


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Return where the second column begins, None where the pieces are no columns of prose."""
    if len(pieces) < 2 * LINES:
        return None
    starts = Counter(round(each.left / 2) * 2 for each in pieces)
    likely = [start for start, count in starts.most_common(12) if count >= 2]
    scored = [(score, at) for at in likely if (score := _columns_at(at - 1, pieces)) > 0]
    return max(scored)[1] - 1.0 if scored else None


def _columns_at(at: float, pieces: Sequence[Line]) -> int:
    """Return how many letters the smaller of two columns has that part at `at`; 0 where they are none."""
    across, rest = _crossing(pieces, at)
    if not across:
        return _columns_between(at, (), rest)
    ranges = [between for between, _ in _stretches(sorted(across, key=lambda line: line.top), rest)]
    parts = ([each for each in rest if above <= each.middle < below] for above, below in ranges)
    return max(_columns_between(at, across, rest), *(_columns_between(at, (), part) for part in parts))


def _columns_between(at: float, across: Sequence[Line], rest: Sequence[Line]) -> int:
    """Return the same of a stretch of a page; `across`: lines that cross both columns."""
    left = list(rows([each for each in rest if each.left < at - 2]))
    right = list(rows([each for each in rest if each.left >= at - 2]))
    if not left or not right:
        return 0
    fewest = LINES if _alike(left, right) else 2  # a box in small print beside the text may have few
    top = max(min(each.top for each in side) for side in (left, right))
    bottom = min(max(each.bottom for each in side) for side in (left, right))
    beside = [[each for each in side if top - 1 <= each.middle <= bottom + 1] for side in (left, right)]
    between = sum(1 for each in across if top <= each.middle <= bottom)
    too_long = sum(1 for each in beside[0] if each.right > at - _GUTTER * each.size)
    if min(map(len, beside)) < fewest or between > 0.2 * sum(map(len, beside)) or too_long > 0.15 * len(beside[0]):
        return 0
    if not all(map(is_prose, beside)) or not _is_filled(beside[0], at) or not _begins(beside[1], at):
        return 0
    return min(sum(_letters(each.text) for each in side) for side in beside)


def _alike(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether two columns are set in the same size."""
    sizes = [median(each.size for each in side) for side in (left, right) if side]
    return max(sizes) < 1.12 * min(sizes)


def is_prose(side: Sequence[Line]) -> bool:
    """Tell whether lines are long enough for sentences, and not in capitals for the most part, as tables may be.

    Short ones are where a sentence runs on from one to the next: a table's cells end where they like.
    """
    small = sum(any(char.islower() or is_wide(char) for char in each.text) for each in side)
    fewest = _FEW_LETTERS if len(side) > LINES and runs_on(side) else _LETTERS
    return median(_letters(each.text) for each in side) >= fewest and 2 * small > len(side)


def runs_on(lines: Sequence[Line]) -> bool:
    """Tell whether lines end where the next word had no room, and not all with a sentence.

    A line that begins with a capital may begin one: few do in most languages, more than half in German.
    """
    edge, pairs = right_edge(lines), list(pairwise(lines))
    full = sum(not would_have_fit(above, below, edge) for above, below in pairs)
    goes_on = sum(not ENDED.search(above.text) and not below.text[0].isupper() for above, below in pairs)
    return full >= 0.6 * len(pairs) and goes_on >= 0.25 * len(pairs)


def _is_filled(left: Sequence[Line], end: float) -> bool:
    begin = min(each.left for each in left)
    return median(each.right - each.left for each in left) >= _FILLED * (end - begin)


def _begins(right: Sequence[Line], at: float) -> bool:
    """Tell whether half of the lines begin right at a gutter: between words that happen to part there, few do."""
    return 2 * sum(abs(each.left - at) < 0.25 * each.size for each in right) >= len(right)


def _letters(text: str) -> int:
    """Return how many letters a text has; a Chinese character counts as two."""
    return sum(1 + is_wide(char) for char in text if char.isalpha())


def rows(pieces: Sequence[Line]) -> Iterator[Line]:
    """Yield whole lines from top to bottom: what stands beside one another on a line is one."""
    row: list[Line] = []
    for piece in sorted(pieces, key=lambda each: (each.middle, each.left)):
        if row and not row[0].top <= piece.middle <= row[0].bottom:
            yield _joined(row)
            row = []
        row.append(piece)
    if row:
        yield _joined(row)


def _joined(row: list[Line]) -> Line:
    row = sorted(row, key=lambda each: each.left)
    text = row[0].text
    for before, piece in pairwise(row):
        gap = piece.left - before.right
        apart = gap > 0.15 * piece.size and not text.endswith(" ")
        text += (" " if apart else "") + (piece.text.translate(_RAISED) if _is_raised(piece, before) else piece.text)
    longest = max(row, key=lambda each: len(each.text))
    return replace(longest, text=text, left=row[0].left, right=max(each.right for each in row), cells=_cells(row))


def _cells(row: Sequence[Line]) -> int:
    """Return how many pieces of a line stand far apart."""
    return 1 + sum(after.left - before.right > _CELL * row[0].size for before, after in pairwise(row))


def _is_raised(piece: Line, before: Line) -> bool:
    """Tell whether a piece is an exponent or the number of a note, which must not lengthen the figure before it."""
    small = piece.size < 0.85 * before.size and piece.bottom < before.bottom - 0.1 * before.size
    return small and len(piece.text) < 4 and piece.left - before.right < 0.3 * before.size


def _with_initials(pieces: Sequence[Line]) -> tuple[Line, ...]:
    """Return the pieces with each initial that is set over several lines put before the word that it begins."""
    if not pieces:
        return ()
    body = median(each.size for each in pieces)
    large = (each for each in pieces if each.size > 2 * body and _INITIAL.fullmatch(each.text))
    made = tuple(pieces)
    for initial in list(islice(large, 20)):
        made = _with_initial(initial, made, body)
    return made


def _with_initial(initial: Line, pieces: tuple[Line, ...], body: float) -> tuple[Line, ...]:
    """Put an initial before the highest of the lines at its right, and let all of them begin where it stands."""

    def is_beside(line: Line) -> bool:
        near = 0 <= line.left - initial.right < 2 * body
        return near and initial.top - body < line.middle < initial.bottom

    beside = [each for each in pieces if is_beside(each)]
    if not beside:
        return pieces
    first = min(beside, key=lambda each: each.top)
    moved = {each: replace(each, left=initial.left) for each in beside}
    moved[first] = replace(moved[first], text=initial.text + first.text)
    return tuple(moved.get(each, each) for each in pieces if each is not initial)
