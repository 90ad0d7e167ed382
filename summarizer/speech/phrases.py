"""Words and word groups of a language, asked for at a place in a sentence."""

from collections.abc import Iterable, Sequence

__all__ = ["Phrases", "parted"]


class Phrases:
    """A set of words and word groups, asked for at a place in a list of lower-case words.

    `but` are longer ones that only begin like one of the set: 我国, where 我 is asked for.
    """

    __slots__ = ("_but", "_by_first", "beginnings")

    def __init__(self, phrases: Iterable[str], but: Iterable[str] = ()) -> None:
        by_first: dict[str, list[tuple[str, ...]]] = {}
        self._but = frozenset(map(parted, but))
        for words in (*map(parted, phrases), *self._but):
            by_first.setdefault(words[0], []).append(words)
        self.beginnings = frozenset(by_first)
        self._by_first = {first: _by_length(found) for first, found in by_first.items()}

    def at(self, words: Sequence[str], index: int) -> int:
        """Return how many words of the longest phrase stand at `index`, 0 for none and past the last word."""
        if index >= len(words):
            return 0
        for length, phrases in self._by_first.get(words[index], ()):
            if (some := tuple(words[index : index + length])) in phrases:
                return 0 if some in self._but else length
        return 0

    def within(self, words: Sequence[str], low: int, high: int) -> bool:
        """Tell whether a phrase begins in ``words[low:high]``."""
        some = words[low:high]
        if self.beginnings.isdisjoint(some):
            return False
        beginnings = self.beginnings
        return any(self.at(words, index) for index, word in enumerate(some, low) if word in beginnings)


def parted(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase; of one in Han characters, the characters."""
    return tuple(phrase.replace("'", "' ").split()) if phrase[0] < "\u2e80" else tuple(phrase)


def _by_length(phrases: Sequence[tuple[str, ...]]) -> list[tuple[int, frozenset[tuple[str, ...]]]]:
    """Group phrases by their length, the longest first, so that many with one beginning cost no more than a few."""
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    return [(length, frozenset(p for p in phrases if len(p) == length)) for length in lengths]
