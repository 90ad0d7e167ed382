"""What the words around a figure say of it: about how much, and up or down."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from summarizer.figures.attach import Reading
from summarizer.figures.figure import Direction
from summarizer.figures.lexicon import Lexicon

__all__ = ["approximate", "directions"]

#: How far, in code points, a word for up or down may stand from its figure: about a clause. Han is denser.
_BEFORE, _AFTER = 70, 36
_BEFORE_HAN, _AFTER_HAN = 24, 14
_STOP = re.compile(r"[.!?;:。！？；：\n](?:\s|$|(?<=[。！？；：]))|\n")
_CLAUSE = re.compile(r"[,.!?;:，。！？；：、()（）\n]")
_GAP = re.compile(r"[^\S\n]{0,2}")
_PLUS = re.compile(r"\+(?!\s?\d)")


def approximate(text: str, reading: Reading, lex: Lexicon) -> bool:
    """Tell whether words say that a figure is not exact: about, more than, 左右."""
    if reading.approximate or lex.before.ending(text, reading.start) is not None:
        return True
    ends = {reading.end, reading.reach} | ({reading.numeral.end} if reading.numeral else set())
    return any(_follows(text, end, lex) for end in ends)


def _follows(text: str, end: int, lex: Lexicon) -> bool:
    gap = _GAP.match(text, end)
    return _PLUS.match(text, end) is not None or lex.after.at(text, gap.end() if gap else end) is not None


def directions(text: str, readings: Sequence[Reading], lex: Lexicon) -> list[Direction | None]:
    """Return for each figure whether the words of its clause say that it went up or down.

    The word right after the figure counts first (a 7.6 % increase), then the nearest before it in the same
    sentence (rose by 7.6 %), with no other figure of its kind in between unless they form one list.
    """
    words = list(lex.direction.all(text))
    starts = [start for start, _, _ in words]
    before, after = (_BEFORE, _AFTER) if lex.spaced else (_BEFORE_HAN, _AFTER_HAN)
    found: list[Direction | None] = []
    for reading in readings:
        if reading.kind not in {"percent", "money", "number"}:
            found.append(None)
            continue
        place = bisect_left(starts, reading.end)
        following = words[place] if place < len(words) else None
        way = None
        if (
            following
            and following[0] - reading.reach <= after
            and not _CLAUSE.search(text, reading.reach, following[0])
        ):
            way = following[2]
        place = bisect_left(starts, reading.start) - 1
        if place >= 0:
            _, end, sense = words[place]
            near = reading.start - end <= before and not _STOP.search(text, end, reading.start)
            if near and (way is None or not _CLAUSE.search(text, end, reading.start)):
                way = sense
        found.append("up" if way == "up" else "down" if way == "down" else None)
    return found
