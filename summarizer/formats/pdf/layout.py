"""Pieces of lines with their places on pages → lines in reading order → paragraphs.

The order is that of a recursive cut of the page (Nagy, Seth: Hierarchical representation of optically scanned
documents, 1984) at gutters between columns of prose; what stands beside one another and is no prose is a table and is
read row by row.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles

__all__ = ["Line", "Page", "Paragraph", "columns", "paragraphs", "without_heads"]


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line, or a whole one: points from the page's upper left corner.

    Attributes:
        size: its font's height.
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
    """Text without line ends, the height of its font, and the number of its page from 0."""

    text: str
    size: float
    page: int


#: A column of prose: so many lines, so many letters in each, and lines that fill so much of it.
_LINES, _LETTERS, _FILLED = 4, 12, 0.6
_CELL = 1.5  # the same, between cells of a row: justified prose has narrower gaps
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_GUTTER = 0.4  # in heights of a line
_ENDED = re.compile(r"[.!?。！？…:;：；][\"'”’»)）」』\]\d⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z")
_BULLET = re.compile(r"[•●▪■◦‣·*□]\s|(?:\d{1,2}[.)]|\(?[a-z]\))\s")
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:pagina|pag\.?|page|p\.|第)\s*)?\d{1,4}(?:\s*(?:/|di|of|von|/\s*共|页\s*共?)\s*\d{0,4})?\s*页?\W{0,3}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def columns(page: Page) -> tuple[tuple[Line, ...], ...]:
    """Return a page's whole lines in reading order, as blocks: a column, or a stretch over the whole width."""
    return tuple(block for block in _blocks(_with_initials(page.lines)) if block)


def _blocks(pieces: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    gutter = _gutter(pieces)
    if gutter is None:
        yield tuple(_rows(pieces))
        return
    across = sorted((each for each in pieces if _crosses(each, gutter, pieces)), key=lambda line: line.top)
    stretches = _stretches(across)
    rest = [each for each in pieces if not _crosses(each, gutter, pieces)]
    for above, block in stretches:
        here = [each for each in rest if above[0] <= each.middle < above[1]]
        yield from _blocks([each for each in here if each.left < gutter - 2])
        yield from _blocks([each for each in here if each.left >= gutter - 2])
        yield tuple(_rows(block))


def _stretches(across: Sequence[Line]) -> Iterator[tuple[tuple[float, float], list[Line]]]:
    """Yield the range of the page above each line that crosses a gutter, with that line; at last what is below."""
    above = float("-inf")
    for line in across:
        yield (above, line.middle), [line]
        above = line.middle
    yield (above, float("inf")), []


def _crosses(line: Line, gutter: float, pieces: Sequence[Line]) -> bool:
    """Tell whether a piece stands in both columns, and is not only a little too long for the left one."""
    end = max(each.right for each in pieces)
    return line.left < gutter - 2 and line.right > gutter + 0.1 * (end - gutter)


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
    across = [each for each in pieces if _crosses(each, at, pieces)]
    left = [each for each in pieces if each.left < at - 2 and not _crosses(each, at, pieces)]
    right = [each for each in pieces if each.left >= at - 2]
    too_long = sum(1 for each in left if each.right > at - _GUTTER * each.size)
    if min(len(left), len(right)) < _LINES or too_long > 0.1 * len(left):
        return 0
    top = max(min(each.top for each in side) for side in (left, right))
    bottom = min(max(each.bottom for each in side) for side in (left, right))
    beside = [[each for each in side if top - 1 <= each.middle <= bottom + 1] for side in (left, right)]
    between = sum(1 for each in across if top <= each.middle <= bottom)
    if min(map(len, beside)) < _LINES or between > 0.2 * sum(map(len, beside)):
        return 0
    if not all(map(_is_prose, beside)) or not _is_filled(beside[0], at):
        return 0
    return min(sum(_letters(each.text) for each in side) for side in beside)


def _is_prose(side: Sequence[Line]) -> bool:
    return median(_letters(each.text) for each in side) >= _LETTERS


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
    text, cells = row[0].text, 1
    for before, piece in pairwise(row):
        gap = piece.left - before.right
        cells += gap > _CELL * piece.size
        apart = gap > 0.15 * piece.size and not text.endswith(" ")
        text += (" " if apart else "") + (piece.text.translate(_RAISED) if _is_raised(piece, before) else piece.text)
    longest = max(row, key=lambda each: len(each.text))
    return replace(longest, text=text, left=row[0].left, right=max(each.right for each in row), cells=cells)


def _is_raised(piece: Line, before: Line) -> bool:
    """Tell whether a piece is an exponent or the number of a note, which must not lengthen the figure before it."""
    small = piece.size < 0.85 * before.size and piece.bottom < before.bottom - 0.1 * before.size
    return small and len(piece.text) < 4 and piece.left - before.right < 0.3 * before.size


def _with_initials(pieces: Sequence[Line]) -> tuple[Line, ...]:
    """Return the pieces with each initial that is set over several lines put before the word that it begins."""
    if not pieces:
        return ()
    body = median(each.size for each in pieces)
    made = list(pieces)
    for initial in [each for each in pieces if len(each.text) == 1 and each.size > 2 * body and each.text.isalpha()]:
        beside = [
            (each.top, at)
            for at, each in enumerate(made)
            if 0 <= each.left - initial.right < 2 * body and initial.top - body < each.middle < initial.bottom
        ]
        if beside and initial in made:
            at = min(beside)[1]
            made[at] = replace(made[at], text=initial.text + made[at].text)
            made.remove(initial)
    return tuple(made)


def without_heads(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages without running heads and feet, and without page numbers.

    A head is what stands near a page's edge, at the same place on two pages and on a third of all at least, but for
    its digits. A number that stands alone at an edge is a page's even where there is only one.
    """
    seen = Counter(key for page in pages for key in {_head(row, page) for row in _edges(page)})
    repeated = {key for key, count in seen.items() if count >= max(2, len(pages) / 3)}
    return tuple(_without(page, repeated) for page in pages)


def _without(page: Page, repeated: set[tuple[str, int]]) -> Page:
    gone = [row for row in _edges(page) if _head(row, page) in repeated or _is_number(row, page)]
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
    alone = all(abs(row.middle - middle) > 1.5 * row.size for middle in others)
    return alone and (row.middle < min(others, default=0) or row.middle > max(others, default=0))


def paragraphs(pages: Sequence[Page]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of all pages in reading order; one that goes on in the next column or page is whole."""
    words = Counter(word.casefold() for page in pages for line in page.lines for word in _WORD.findall(line.text))
    made: list[_Open] = []
    for number, page in enumerate(pages):
        for block in columns(page):
            for lines in _parted(block):
                _add(made, _Open(tuple(lines), max(each.right for each in block), number))
    return tuple(Paragraph(_text(each.lines, words), each.lines[-1].size, each.page) for each in made)


@dataclass(frozen=True, slots=True)
class _Open:
    """Lines of a paragraph, the right edge of its column, and its page."""

    lines: tuple[Line, ...]
    edge: float
    page: int


def _add(made: list[_Open], new: _Open) -> None:
    """Append a paragraph, or the rest of one that the end of a column or page has parted."""
    for back in range(1, min(6, len(made)) + 1):
        before = made[-back]
        if _goes_on(before, new):
            made[-back] = replace(before, lines=before.lines + new.lines, edge=new.edge)
            return
        if before.lines[-1].size > 0.93 * new.lines[0].size:  # only notes, which are smaller, stand between
            break
    made.append(new)


def _goes_on(before: _Open, new: _Open) -> bool:
    last, first = before.lines[-1], new.lines[0]
    moved = new.page > before.page or first.top < last.top
    if not moved or abs(last.size - first.size) > 0.05 * last.size or _ENDED.search(last.text):
        return False
    if last.right < before.edge - 0.15 * (before.edge - last.left) or _BULLET.match(first.text):
        return False
    return len(before.lines) + len(new.lines) > 2 or first.text[0].islower()


def _parted(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the paragraphs of a block, as lines."""
    edge, pitch = _right_edge(block), _pitch(block)
    paragraph: list[Line] = []
    for at, line in enumerate(block):
        after = block[at + 1] if at + 1 < len(block) else None
        if paragraph and _begins(paragraph, line, after, (edge, pitch)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


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
    if line.middle - before.middle > 1.25 * max(pitch.get(round(line.size), 0.0), 0.8 * line.size):
        return True
    return max(line.cells, before.cells) > 2 or min(line.cells, before.cells) > 1


def _is_indented(before: Line, line: Line, after: Line | None) -> bool:
    """Tell whether a line is set in, and the next one is not: a list's second lines are all set in."""
    if line.left < before.left + 0.7 * line.size:
        return False
    alone = after is None or after.left < line.left - 0.5 * line.size
    return alone or _ENDED.search(before.text) is not None


def _would_have_fit(before: Line, line: Line, edge: float) -> bool:
    """Tell whether the line's first word had room on the line before it: then that one was ended on purpose."""
    if _is_wide(line.text[0]):
        need = 2.2 * line.size / 1.2
    else:
        first = len(line.text.split(" ", 1)[0]) + 1
        need = first * (line.right - line.left) / max(1, len(line.text))
    return before.right + need < edge - 0.5 * line.size


def _text(lines: Iterable[Line], words: Counter[str]) -> str:
    """Return lines as one: words that were parted are whole, and Chinese has no space where a line ended."""
    text = ""
    for line in lines:
        text = _with(text, line.text, words)
    return text.replace("\u00ad", "")


def _with(text: str, more: str, words: Counter[str]) -> str:
    if not text:
        return more
    parted = re.search(r"([^\W\d_]+)[\u00ad\u2010-]\Z", text)
    if parted and more[0].isalpha():
        return text[:-1] + ("-" if _keeps_hyphen(parted, more, words) else "") + more
    if re.search(r"\w[-\u2010\u2011]\Z", text) or (_is_wide(text[-1]) or _is_wide(more[0])):
        return text + more
    return f"{text} {more}"


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
