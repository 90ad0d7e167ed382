"""Lists of Chinese words, which no spaces part, as ends of a phrase and by their place."""

import re
from bisect import bisect_left
from collections.abc import Iterable

__all__ = ["Endings", "Spots"]


class Endings:
    """Words that a phrase may end with."""

    __slots__ = ("_longest", "_sizes", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._longest = max(map(len, self._words), default=0)
        self._sizes: dict[str, list[int]] = {}  # by the last character, the longest first
        for last, size in sorted({(word[-1], len(word)) for word in self._words}, reverse=True):
            self._sizes.setdefault(last, []).append(size)

    def of(self, text: str) -> int:
        """Return how long the longest of the words is that `text` ends with, 0 for none."""
        for size in self._sizes.get(text[-1:], ()):
            if text[-size:] in self._words and size <= len(text):
                return size
        return 0

    def latest(self, text: str, low: int, high: int) -> int:
        """Return where the last of the words in ``text[low:high]`` ends, `low` without any."""
        for at in range(high, low, -1):
            if text[at - 1] in self._sizes and self.of(text[max(low, at - self._longest) : at]):
                return at
        return low


class Spots:
    """Where a pattern matches in an article: read once, so that a clause without it costs no search."""

    __slots__ = ("_starts",)

    def __init__(self, pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> None:
        self._starts = [match.start() for match in pattern.finditer(text, start, len(text) if end is None else end)]

    def within(self, low: int, high: int) -> bool:
        """Tell whether the pattern begins to match in ``text[low:high]``."""
        at = bisect_left(self._starts, low)
        return at < len(self._starts) and self._starts[at] < high
