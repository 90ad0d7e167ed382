"""Pieces of lines with their places on pages → lines in reading order → paragraphs.

The order is that of a recursive cut of the page (Nagy, Seth: Hierarchical representation of optically scanned
documents, 1984) at gutters between columns of prose; what stands beside one another and is no prose is a table and is
read row by row.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from statistics import median, quantiles

__all__ = ["Line", "Page", "Paragraph", "columns", "paragraphs", "without_heads"]


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line, or a whole one: points from the page's upper left corner.

    Attributes:
        size: its font's em.
        cells: how many pieces stand far apart on it: more than one make a row of a table.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    cells: int = 1

    @property
    def middle(self) -> float:
        """How far down its middle stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page's pieces in the order in which they were drawn; points."""

    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text without line ends, the em of its font, and the number of its page from 0."""

    text: str
    size: float
    page: int


#: A column of prose: so many lines, so many letters in each, and lines that fill so much of it.
_LINES, _LETTERS, _FILLED = 3, 15, 0.6
_NARROW = 0.85  # lines that end before so much of the width stand beside something, or beside nothing
_MARGIN_PT = 51.0  # 18 mm: word processors set a head's line 12.5 mm from the edge
_CELL = 0.9  # in ems, between cells of a row
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_MOST_DEPTH = 8  # columns in columns
_GUTTER = 0.5  # in ems
_ENDED = re.compile(r"[.!?。！？…:;：；][\"'”’»)）」』\]\d⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z")
_BULLET = re.compile(r"[•●▪■◦‣·*□]\s|(?:\d{1,2}[.)]|\(?[a-z]\))\s")
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:pagina|pag\.?|page|p\.|第)\s*)?\d{1,4}(?:\s*(?:/|di|of|von|/\s*共|页\s*共?)\s*\d{0,4})?\s*页?\W{0,3}",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"[\"'“‘«„「]?[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def columns(page: Page) -> tuple[tuple[Line, ...], ...]:
    """Return a page's whole lines in reading order, as blocks: a column, or a stretch over the whole width."""
    return tuple(block for block in _blocks(_with_initials(page.lines), _MOST_DEPTH) if block)


def _blocks(pieces: Sequence[Line], depth: int) -> Iterator[tuple[Line, ...]]:
    gutter = _gutter(pieces) if depth else None
    if gutter is None:
        yield tuple(_rows(pieces))
        return
    across, rest = _crossing(pieces, gutter)
    for (above, below), block in _stretches(sorted(across, key=lambda line: line.top), rest):
        left, right = _parts([each for each in rest if above <= each.middle < below], gutter)
        if _is_table(left, right):
            yield from _blocks([*left, *right], depth - 1)
        else:
            under = _under(left, right)
            for part in ([each for each in left if each not in under], right, list(under)):
                yield from _blocks(part, depth - 1)
        yield tuple(_rows(block))


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether what stands on both sides of a gutter are cells: short, and a line at the right for each."""
    sides = [list(_rows(side)) for side in (left, right)]
    if not all(sides) or all(map(_is_prose, sides)):
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


def _under(left: Sequence[Line], right: Sequence[Line]) -> frozenset[Line]:
    """Return what stands under both columns and is as wide as the page, though its lines may be short.

    A left column may be the longer one; but then none of its lines is wider than it is beside the right one.
    """
    if not left or not right:
        return frozenset()
    end = max(each.bottom for each in right)
    beside = [each for each in left if each.middle <= end]
    under = sorted((each for each in left if each.middle > end), key=lambda each: each.top)
    edge = max((each.right for each in beside), default=0.0)
    lowest = max((each.bottom for each in beside), default=0.0)
    if not any(each.right > edge + 0.5 * each.size for each in under):
        return frozenset()
    for at, each in enumerate(under):
        if each.top - lowest > 0.6 * each.size:
            return frozenset(under[at:])
        lowest = max(lowest, each.bottom)
    return frozenset()


def _crossing(pieces: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """Part what stands in both columns, and is not only a little too long for the left one, from the rest."""
    most = gutter + 0.1 * (max(each.right for each in pieces) - gutter)
    across = [each for each in pieces if each.left < gutter - 2 and each.right > most]
    rest = [each for each in pieces if each.left >= gutter - 2 or each.right <= most]
    ends = _ends(across, rest, gutter)
    return across + list(ends), [each for each in rest if each not in ends] if ends else rest


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
    if len(pieces) < 2 * _LINES:
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
    left = list(_rows([each for each in rest if each.left < at - 2]))
    right = list(_rows([each for each in rest if each.left >= at - 2]))
    if not left or not right:
        return 0
    fewest = _LINES if _alike(left, right) else 2  # a box in small print beside the text may have few
    too_long = sum(1 for each in left if each.right > at - _GUTTER * each.size)
    if min(len(left), len(right)) < fewest or too_long > 0.1 * len(left):
        return 0
    top = max(min(each.top for each in side) for side in (left, right))
    bottom = min(max(each.bottom for each in side) for side in (left, right))
    beside = [[each for each in side if top - 1 <= each.middle <= bottom + 1] for side in (left, right)]
    between = sum(1 for each in across if top <= each.middle <= bottom)
    if min(map(len, beside)) < fewest or between > 0.2 * sum(map(len, beside)):
        return 0
    if not all(map(_is_prose, beside)) or not _is_filled(beside[0], at):
        return 0
    return min(sum(_letters(each.text) for each in side) for side in beside)


def _alike(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell whether two columns are set in the same size."""
    sizes = [median(each.size for each in side) for side in (left, right) if side]
    return max(sizes) < 1.12 * min(sizes)


def _is_prose(side: Sequence[Line]) -> bool:
    """Tell whether lines are long enough for sentences, and not in capitals for the most part, as tables may be."""
    small = sum(any(char.islower() or _is_wide(char) for char in each.text) for each in side)
    return median(_letters(each.text) for each in side) >= _LETTERS and 2 * small > len(side)


def _is_filled(left: Sequence[Line], end: float) -> bool:
    begin = min(each.left for each in left)
    return median(each.right - each.left for each in left) >= _FILLED * (end - begin)


def _letters(text: str) -> int:
    """Return how many letters a text has; a Chinese character counts as two."""
    return sum(1 + _is_wide(char) for char in text if char.isalpha())


def _rows(pieces: Sequence[Line]) -> Iterator[Line]:
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
    """Return how many cells pieces on a line are; 1 where they are words of a line that was stretched to fill it."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    stretched = len(gaps) > 2 and max(gaps) < 1.3 * min(gaps) and not any(" " in piece.text for piece in row)
    return 1 if stretched else 1 + sum(gap > _CELL * row[0].size for gap in gaps)


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


def without_heads(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages without running heads and feet, and without page numbers.

    A head is what stands near a page's edge, at the same place on two pages and on a third of all at least, but for
    its digits. A number that stands alone at an edge is a page's even where there is only one, and what stands
    alone or is smaller than the text within 18 mm of the paper's edge is what a browser or an office prints there.
    """
    body = _body_size(pages)
    seen = Counter(key for page in pages for key in {_head(row, page) for row in _edges(page)})
    repeated = {key for key, count in seen.items() if count >= max(2, len(pages) / 3)}
    made = tuple(_without(page, repeated, body) for page in pages)
    # pages that say the same, a form or a slide, are no running heads for that
    return made if 2 * sum(map(_amount, made)) >= sum(map(_amount, pages)) else tuple(pages)


def _amount(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


def _without(page: Page, repeated: set[tuple[str, int]], body: float) -> Page:
    gone = [
        row
        for row in _edges(page)
        if _head(row, page) in repeated or _is_number(row, page) or _is_in_margin(row, page, body)
    ]
    lines = tuple(each for each in page.lines if not any(_is_within(each, row) for row in gone))
    return replace(page, lines=lines)


def _is_within(piece: Line, row: Line) -> bool:
    return row.top <= piece.middle <= row.bottom and row.left - 1 <= piece.left and piece.right <= row.right + 1


def _edges(page: Page) -> list[Line]:
    """Return the lines near the upper and the lower edge of a page."""
    rows = list(_rows(page.lines))
    near = [row for row in rows if row.bottom < 0.2 * page.height or row.top > 0.8 * page.height]
    return [row for row in near if row in rows[:4] or row in rows[-4:]]


def _head(row: Line, page: Page) -> tuple[str, int]:
    """Return what is the same on each page of a running head: its words, and whether it is a head or a foot."""
    words = re.sub(r"\d+", "#", re.sub(r"\W+", " ", row.text)).casefold().strip()
    return words, round(row.middle / page.height * 50)


def _is_number(row: Line, page: Page) -> bool:
    if not _NUMBER.fullmatch(row.text):
        return False
    others = [each.middle for each in page.lines if not _is_within(each, row)]
    outer = row.middle < min(others, default=0) or row.middle > max(others, default=0)
    return outer and _is_alone(row, page)


def _is_in_margin(row: Line, page: Page, body: float) -> bool:
    outside = row.bottom < _MARGIN_PT or row.top > page.height - _MARGIN_PT
    return outside and (row.size < 0.9 * body or (row.size < 1.2 * body and _is_alone(row, page)))


def _is_alone(row: Line, page: Page) -> bool:
    """Tell whether no other line stands near a line."""
    others = (each.middle for each in page.lines if not _is_within(each, row))
    return all(abs(row.middle - middle) > 2 * row.size for middle in others)


def _body_size(pages: Sequence[Page]) -> float:
    """Return the height of the font that most letters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def paragraphs(pages: Sequence[Page]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of all pages in reading order; one that goes on in the next column or page is whole."""
    words = Counter(word.casefold() for page in pages for line in page.lines for word in _WORD.findall(line.text))
    made: list[_Open] = []
    for number, page in enumerate(pages):
        for at, block in enumerate(columns(page)):
            for lines in _parted(block):
                _add(made, _Open(tuple(lines), _right_edge(_like(lines[-1], block)), number, at))
    return tuple(Paragraph(_text(each.lines, words), each.lines[-1].size, each.page) for each in made)


@dataclass(frozen=True, slots=True)
class _Open:
    """Lines of a paragraph, the right edge of its column, its page, and the number of its block on it."""

    lines: tuple[Line, ...]
    edge: float
    page: int
    block: int


def _add(made: list[_Open], new: _Open) -> None:
    """Append a paragraph, or the rest of one that the end of a column or page has parted."""
    for back in range(1, min(6, len(made)) + 1):
        before = made[-back]
        if _goes_on(before, new):
            made[-back] = replace(new, lines=before.lines + new.lines)
            return
        if before.lines[-1].size > 0.93 * new.lines[0].size:  # only notes, which are smaller, stand between
            break
    made.append(new)


def _goes_on(before: _Open, new: _Open) -> bool:
    last, first = before.lines[-1], new.lines[0]
    moved = (new.page, new.block) > (before.page, before.block)
    if not moved or abs(last.size - first.size) > 0.05 * last.size or _ENDED.search(last.text) or last.cells > 1:
        return False
    short = last.right < before.edge - 0.15 * (before.edge - last.left)
    if (short and _would_have_fit(last, first, before.edge)) or _BULLET.match(first.text):
        return False
    return len(before.lines) + len(new.lines) > 2 or first.text[0].islower()


def _parted(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the paragraphs of a block, as lines."""
    edges, pitch = _right_edges(block), _pitch(block)
    paragraph: list[Line] = []
    for at, line in enumerate(block):
        after = block[at + 1] if at + 1 < len(block) else None
        if paragraph and _begins(paragraph, line, after, (edges[at - 1], pitch)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _right_edges(block: Sequence[Line]) -> list[float]:
    """Return for each line where it could end: prose beside a picture, or in a page's one column, ends before."""
    left = min(each.left for each in block)
    one_each = {round(each.size): each for each in block}
    ends = {size: _right_edge(_like(each, block)) for size, each in one_each.items()}
    edges = [ends[round(each.size)] for each in block]
    narrow = [each.right < left + _NARROW * (edge - left) for each, edge in zip(block, edges, strict=True)]
    for is_narrow, places in groupby(range(len(block)), key=narrow.__getitem__):
        span = list(places)
        first, last = span[0], span[-1] + 1
        if first and _ENDED.search(block[first].text):
            first += 1  # the end of the wide paragraph above
        if is_narrow and _is_column(lines := block[first:last]):
            edges[first:last] = [_right_edge(lines)] * len(lines)
    return edges


def _like(line: Line, block: Sequence[Line]) -> list[Line]:
    """Return the lines of a block in a line's size of font."""
    return [each for each in block if round(each.size) == round(line.size)]


def _is_column(lines: Sequence[Line]) -> bool:
    """Tell whether lines that all end early are prose: most are full, and the next one goes on with the sentence."""
    if len(lines) < _LINES or not _is_prose(lines):
        return False
    edge, pairs = _right_edge(lines), list(pairwise(lines))
    full = sum(not _would_have_fit(above, below, edge) for above, below in pairs)
    goes_on = sum(not _ENDED.search(above.text) and not below.text[0].isupper() for above, below in pairs)
    return full >= 0.6 * len(pairs) and goes_on >= 0.4 * len(pairs)


def _right_edge(block: Sequence[Line]) -> float:
    """Return where the lines of a block end, without the few that are too long."""
    ends = [each.right for each in block]
    return quantiles(ends, n=10)[8] if len(ends) > 9 else max(ends)


def _pitch(block: Sequence[Line]) -> dict[int, float]:
    """Return for each size of font how far apart, from line to line, lines of one paragraph stand."""
    steps: dict[int, list[float]] = {}
    for above, below in pairwise(block):
        if abs(above.size - below.size) < 0.1 * above.size:
            steps.setdefault(round(below.size), []).append(below.middle - above.middle)
    return {size: sorted(each)[len(each) // 4] for size, each in steps.items()}


def _begins(paragraph: list[Line], line: Line, after: Line | None, measures: tuple[float, dict[int, float]]) -> bool:
    """Tell whether a line begins another paragraph than the one before it is of."""
    before, (edge, pitch) = paragraph[-1], measures
    if _is_set_apart(before, line, pitch):
        return True
    if before.text.endswith(("\u00ad", "-")) and line.text[0].islower():
        return False
    outdented = len(paragraph) > 1 and line.left < before.left - 0.8 * line.size
    marked = _BULLET.match(line.text) is not None or outdented
    return marked or _is_indented(before, line, after) or _would_have_fit(before, line, edge)


def _is_set_apart(before: Line, line: Line, pitch: dict[int, float]) -> bool:
    """Tell whether a line is of another size than the one before it, farther away than usual, or a table's row."""
    if max(before.size, line.size) > 1.15 * min(before.size, line.size):
        return True
    if line.middle - before.middle > 1.25 * max(pitch.get(round(line.size), 0.0), line.size):
        return True
    row = line.cells > 1
    return (row and before.cells > 1) or (row != (before.cells > 1) and _ENDED.search(before.text) is not None)


def _is_indented(before: Line, line: Line, after: Line | None) -> bool:
    """Tell whether a line is set in, and the next one is not: a list's second lines are all set in."""
    if line.left < before.left + 0.7 * line.size:
        return False
    alone = after is None or after.left < line.left - 0.5 * line.size
    return alone or _ENDED.search(before.text) is not None


def _would_have_fit(before: Line, line: Line, edge: float) -> bool:
    """Tell whether the line's first word had room on the line before it: then that one was ended on purpose."""
    if _is_wide(line.text[0]):
        need = 2 * line.size
    else:
        first = len(line.text.split(" ", 1)[0]) + 1
        need = first * (line.right - line.left) / max(1, len(line.text))
    return before.right + need < edge - 0.5 * line.size


def _text(lines: Iterable[Line], words: Counter[str]) -> str:
    """Return lines as one: words that were parted are whole, and Chinese has no space where a line ended."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts[-1] = _ended(parts[-1], line.text, words)
        parts.append(line.text)
    return "".join(parts).replace("\u00ad", "")


def _ended(line: str, after: str, words: Counter[str]) -> str:
    """Return a line as it stands before the next one: with a space, or without its hyphen."""
    parted = re.search(r"([^\W\d_]+)[\u00ad\u2010-]\Z", line)
    if parted and after[0].isalpha():
        return line[:-1] + ("-" if _keeps_hyphen(parted, after, words) else "")
    if re.search(r"\w[-\u2010\u2011]\Z", line) or _is_wide(line[-1]) or _is_wide(after[0]):
        return line
    return f"{line} "


def _keeps_hyphen(parted: re.Match[str], more: str, words: Counter[str]) -> bool:
    """Tell whether a hyphen at a line's end is the word's own: as the document writes the word elsewhere."""
    first, rest = parted[1].casefold(), (_WORD.match(more) or re.match(r"\w+", more) or [more])[0].casefold()
    if not more[0].islower():
        return True
    if words[first + rest]:
        return False
    return words[f"{first}-{rest}"] > 0 or (min(len(first), len(rest)) > 2 and words[first] > 1 and words[rest] > 0)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
