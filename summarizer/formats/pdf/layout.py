"""A page as pieces of lines with their places, and what is made of them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

__all__ = ["ENDED", "Line", "Page", "Paragraph", "is_wide", "right_edge", "would_have_fit"]

#: The end of a sentence at the end of a line, a note's number with it, which a figure's decimals are not.
ENDED = re.compile(r"[.!?。！？…:;：；][\"'”’»)）」』\]⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:(?<!\d[.:])\d{1,3})?\Z")


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


def is_wide(char: str) -> bool:
    """Tell whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(char) in "WF"


def would_have_fit(before: Line, line: Line, edge: float) -> bool:
    """Tell whether the line's first word had room on the line before it: then that one was ended on purpose."""
    if is_wide(line.text[0]):
        need = 2 * line.size
    else:
        first = len(line.text.split(" ", 1)[0]) + 1
        need = first * (line.right - line.left) / max(1, len(line.text))
    return before.right + need < edge - 0.5 * line.size


def right_edge(block: Sequence[Line]) -> float:
    """Return where the lines of a block end, without the few that are too long."""
    ends = [each.right for each in block]
    return quantiles(ends, n=10)[8] if len(ends) > 9 else max(ends)
