"""Lists of Chinese words, which no spaces part, as ends of a phrase and by their place."""

import re
from bisect import bisect_left
from collections.abc import Iterable

__all__ = ["Endings", "Spots"]


class Endings:
    """Words that a phrase may end with."""

    __slots__ = ("_last", "_sizes", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._last = frozenset(word[-1] for word in self._words)
        self._sizes = sorted({len(word) for word in self._words}, reverse=True)

    def of(self, text: str) -> int:
        """Return how long the longest of the words is that `text` ends with, 0 for none."""
        if text[-1:] not in self._last:
            return 0
        return next((len(word) for size in self._sizes if (word := text[-size:]) in self._words), 0)

    def latest(self, text: str, low: int, high: int) -> int:
        """Return where the last of the words in ``text[low:high]`` ends, `low` without any."""
        reach = max(self._sizes, default=0)
        for at in range(high, low, -1):
            if text[at - 1] in self._last and self.of(text[max(low, at - reach) : at]):
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
