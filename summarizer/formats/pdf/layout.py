"""A page as pieces of lines with their places, and what is made of them."""

import unicodedata
from dataclasses import dataclass

__all__ = ["Line", "Page", "Paragraph", "is_wide"]


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
