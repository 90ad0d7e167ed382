"""Lines in reading order → paragraphs, whole over columns and pages, with the words that a line's end parted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from summarizer.formats.pdf.columns import LINES, columns, is_prose, runs_on
from summarizer.formats.pdf.layout import ENDED, Line, Page, Paragraph, is_wide, right_edge, would_have_fit

__all__ = ["paragraphs"]

_NARROW = 0.85  # lines that end before so much of the width stand beside something, or beside nothing
_BULLET = re.compile(r"[•●▪■◦‣·*□]\s|(?:\d{1,2}[.)]|\(?[a-z]\))\s")
_HYPHEN = re.compile(r"([^\W\d_]+)[\u00ad\u2010-]\Z")
_LONGEST = 100  # letters of a word
_PARTED = 40  # of so many lines one ends with a hyphen at least, where words are parted there
#: The number of a note.
_NUMBER = re.compile(r"[(\[]?(\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[)\]]?(?![\d.,])")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def paragraphs(pages: Sequence[Page]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of all pages in reading order; one that goes on in the next column or page is whole."""
    blocks = [(number, at, block) for number, page in enumerate(pages) for at, block in enumerate(columns(page))]
    spelling = _spelling([line.text for _, _, block in blocks for line in block])
    made: list[_Open] = []
    for number, at, block in blocks:
        for lines in _parted(block):
            _add(made, _Open(tuple(lines), right_edge(_like(lines[-1], block)), number, at))
    return tuple(Paragraph(_text(each.lines, spelling), each.lines[-1].size, each.page) for each in made)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How often a document has each word, and whether it parts words at the ends of lines."""

    words: Counter[str]
    parts: bool


def _spelling(lines: Sequence[str]) -> _Spelling:
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
    return _Spelling(words, _PARTED * sum(_parted_word(line) is not None for line in lines) >= len(lines))


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
    if not moved or abs(last.size - first.size) > 0.05 * last.size or ENDED.search(last.text) or last.cells > 1:
        return False
    short = last.right < before.edge - 0.15 * (before.edge - last.left)
    if (short and would_have_fit(last, first, before.edge)) or _BULLET.match(first.text):
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
    ends = {size: right_edge(_like(each, block)) for size, each in one_each.items()}
    edges = [ends[round(each.size)] for each in block]
    narrow = [each.right < left + _NARROW * (edge - left) for each, edge in zip(block, edges, strict=True)]
    for is_narrow, places in groupby(range(len(block)), key=narrow.__getitem__):
        span = list(places)
        first, last = span[0], span[-1] + 1
        if first and ENDED.search(block[first].text):
            first += 1  # the end of the wide paragraph above
        if is_narrow and _is_column(lines := block[first:last]):
            edges[first:last] = [right_edge(lines)] * len(lines)
    return edges


def _like(line: Line, block: Sequence[Line]) -> list[Line]:
    """Return the lines of a block in a line's size of font."""
    return [each for each in block if round(each.size) == round(line.size)]


def _is_column(lines: Sequence[Line]) -> bool:
    """Tell whether lines that all end early are prose: most are full, and the next one goes on with the sentence."""
    return len(lines) >= LINES and is_prose(lines) and runs_on(lines)


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
    marked = _BULLET.match(line.text) is not None or outdented or _is_next_note(paragraph, line)
    return marked or _is_indented(before, line, after) or would_have_fit(before, line, edge)


def _is_next_note(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether a line begins with the number after the one that a paragraph begins with, which has ended."""
    first, second = _NUMBER.match(paragraph[0].text), _NUMBER.match(line.text)
    if not first or not second or not ENDED.search(paragraph[-1].text):
        return False
    return int(second[1].translate(_LOWERED)) == int(first[1].translate(_LOWERED)) + 1


def _is_set_apart(before: Line, line: Line, pitch: dict[int, float]) -> bool:
    """Tell whether a line is of another size than the one before it, farther away than usual, or a table's row."""
    if max(before.size, line.size) > 1.15 * min(before.size, line.size):
        return True
    if line.middle - before.middle > 1.25 * max(pitch.get(round(line.size), 0.0), line.size):
        return True
    row = line.cells > 1
    return (row and before.cells > 1) or (row != (before.cells > 1) and ENDED.search(before.text) is not None)


def _is_indented(before: Line, line: Line, after: Line | None) -> bool:
    """Tell whether a line is set in, and the next one is not: a list's second lines are all set in."""
    centred = abs(line.left + line.right - before.left - before.right) < 1
    if centred or line.left < before.left + 0.7 * line.size:
        return False
    alone = after is None or after.left < line.left - 0.5 * line.size
    return alone or ENDED.search(before.text) is not None


def _text(lines: Iterable[Line], spelling: _Spelling) -> str:
    """Return lines as one: words that were parted are whole, and Chinese has no space where a line ended."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts[-1] = _ended(parts[-1], line.text, spelling)
        parts.append(line.text)
    return "".join(parts).replace("\u00ad", "")


def _ended(line: str, after: str, spelling: _Spelling) -> str:
    """Return a line as it stands before the next one: with a space, or without its hyphen."""
    parted = _parted_word(line)
    if parted and after[0].isalpha():
        return line[:-1] + ("-" if _keeps_hyphen(parted, after, spelling) else "")
    if re.search(r"\w[-\u2010\u2011]\Z", line) or is_wide(line[-1]) or is_wide(after[0]):
        return line
    return f"{line} "


def _parted_word(line: str) -> re.Match[str] | None:
    """Return the word with a hyphen at a line's end: to search a hostile line of letters only would take too long."""
    return _HYPHEN.search(line[-_LONGEST:])


def _keeps_hyphen(parted: re.Match[str], more: str, spelling: _Spelling) -> bool:
    """Tell whether a hyphen at a line's end is the word's own: as the document writes the word elsewhere.

    Where it does not, it is in a document that hardly ever has one there: a program that parts words parts many.
    """
    words = spelling.words
    first, rest = parted[1].casefold(), (_WORD.match(more) or re.match(r"\w+", more) or [more])[0].casefold()
    if not more[0].islower():
        return True
    if words[first + rest]:
        return False
    apart = min(len(first), len(rest)) > 2 and words[first] > 1 and words[rest] > 0
    return not spelling.parts or apart or words[f"{first}-{rest}"] > 0
