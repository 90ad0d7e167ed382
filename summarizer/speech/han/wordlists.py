"""Lists of Chinese words, which no spaces part, as patterns, as ends of a phrase and by their place."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby

__all__ = ["Endings", "Spots", "any_of"]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words, the longest first, as a tree: a look at one character rules most out."""
    listed = sorted(set(words))
    first = "".join(sorted({re.escape(word[0]) for word in listed}))
    return f"(?=[{first}]){_tree(listed)}"


def _tree(words: Sequence[str]) -> str:
    """Return ``市(?:场|长)?`` for 市场, 市长 and 市."""
    branches = [
        re.escape(char) + (_tree(rest) if (rest := [word[1:] for word in group]) != [""] else "")
        for char, group in ((c, list(g)) for c, g in groupby(filter(None, words), key=lambda word: word[0]))
    ]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in words else "")


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
        reach = self._sizes[0]
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
