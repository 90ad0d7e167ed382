"""What the words around a figure say of it: about how much, and up or down."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from summarizer.figures.attach import Reading
from summarizer.figures.figure import Direction
from summarizer.figures.fold import fold
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.phrases import past
from summarizer.languages.figures import SpacedFigures
from summarizer.languages.wordlist import any_of

__all__ = ["WAYS", "approximate", "directions", "qualifier", "turns"]

#: How far, in code points, a word for up or down may stand from its figure: about a clause. Han is denser.
_BEFORE, _AFTER = 70, 36
_DENSITY, _BARE = 0.35, 0.3
WAYS: Mapping[str, Direction] = {"up": "up", "down": "down"}
_STOP = re.compile(r"[.!?;:。！？；：\n](?:\s|$|(?<=[。！？；：]))|\n")
_CLAUSE = re.compile(r"[,.!?;:，。！？；：、()（）\n]")
_GAP = re.compile(r"[^\S\n]{0,2}")
_PLUS = re.compile(r"\+(?!\s?\d)")


def approximate(text: str, reading: Reading, lex: Lexicon) -> bool:
    """Tell whether words say that a figure is not exact: about, more than, 左右."""
    if reading.approximate or lex.before.ending(text, reading.start) is not None:
        return True
    ends = {reading.end, reading.reach} | ({reading.numeral.end} if reading.numeral else set())
    return any(_PLUS.match(text, end) or lex.after.at(text, past(_GAP, text, end)) for end in ends)


def qualifier(text: str, start: int, language: str) -> int | None:
    """Return where the words begin that say of the figure at `start` that it is about or over so much, if any do.

    Args:
        text: as printed.
        start: of the figure.
        language: of the text; it has a folder.
    """
    found = lexicon(language).before.ending(fold(text), start)
    return found and found[0]


def turns(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and sense of the words for up and down; some (up, 增) turn only what stands beside them."""
    before, after = _beside(lex.code)
    for start, end, way in lex.direction.all(text):
        if (
            text[start:end] not in lex.table.direction.beside
            or before.match(text, end)
            or after.search(text, max(0, start - 24), start)
        ):
            yield start, end, way


@cache
def _beside(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What must follow such a word, or else stand before it: up by about 5 %, two hours higher."""
    table = lexicon(language).table
    numbers = (
        any_of(table.cardinals)
        if isinstance(table, SpacedFigures)
        else f"[几数半{''.join((*table.digits, *table.places))}]"
    )
    joint, about = any_of(table.direction.joints), any_of(table.approximate.before)
    number = rf"(?:[^\w\s]?\d|{numbers})"
    return (
        re.compile(rf"[^\S\n]?(?:{joint}[^\S\n]?)?(?:{about}[^\S\n]?)?{number}"),
        re.compile(rf"(?<!\w){number}[\d.,]*[^\S\n]?(?:%|[^\W\d_]+)?[^\S\n]$"),
    )


def directions(text: str, readings: Sequence[Reading], lex: Lexicon) -> list[Direction | None]:
    """Return for each figure whether the words of its clause say that it went up or down.

    The word right after the figure counts first (a 7.6 % increase), then the nearest before it in the same
    sentence (rose by 7.6 %). A bare count needs it close by: in most clauses it is not what changes.
    """
    counted = {place for reading in readings for place in range(reading.end, reading.reach)}  # 1.5升至2升 are litres
    words = [word for word in turns(text, lex) if word[0] not in counted]
    starts = [start for start, _, _ in words]
    found: list[Direction | None] = []
    for reading in readings:
        if reading.kind not in {"percent", "money", "number"}:
            found.append(None)
            continue
        scale = (1 if lex.spaced else _DENSITY) * (1 if reading.kind != "number" else _BARE)
        place = bisect_left(starts, reading.end)
        way = _following(text, reading, words[place], scale) if place < len(words) else None
        place = bisect_left(starts, reading.start) - 1
        if place >= 0:
            way = _preceding(text, reading, words[place], scale, way) or way
        found.append(WAYS.get(way or ""))
    return found


def _following(text: str, reading: Reading, word: tuple[int, int, str], scale: float) -> str | None:
    start, _, way = word
    near = start - reading.reach <= _AFTER * scale
    return way if near and way in WAYS and not _CLAUSE.search(text, reading.reach, start) else None


def _preceding(
    text: str, reading: Reading, word: tuple[int, int, str], scale: float, following: str | None
) -> str | None:
    _, end, way = word
    if reading.start - end > _BEFORE * scale or _STOP.search(text, end, reading.start):
        return None
    return None if following and _CLAUSE.search(text, end, reading.start) else way
