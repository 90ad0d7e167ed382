"""Fixed phrases compiled to one regular expression, so that a thousand of them cost as little as ten."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from summarizer.languages.wordlist import LETTER, any_of, either

__all__ = ["Phrases", "past"]

T = TypeVar("T")

#: Before a phrase: no Latin letter where it begins with one.
_EDGE = rf"(?<![{LETTER}](?=[{LETTER}]))"
_AT_EDGE = re.compile(_EDGE)


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """A set of phrases with what each of them means. Texts must be folded (see ``fold.py``).

    A thousand phrases take long to compile, and few letters stand beside the numbers of an article: each letter's
    phrases are compiled when it is first met.

    Attributes:
        groups: first character → the phrases that begin so.
        meanings: phrase → meaning, white space squeezed.
        stems: (beginning, meaning) of the phrases that end in ``*``, longest first.
        lasts: the characters that phrases end in: a look at them saves most searches backwards.
        pairs: first and last characters of the phrases, ``*`` for the end of a word: few letters before a number
            begin a phrase that ends there.
        compiled: first character → what matches a phrase that begins so, as far as it was met; "" → any phrase.
    """

    groups: Mapping[str, Sequence[str]]
    meanings: Mapping[str, T]
    stems: tuple[tuple[str, T], ...]
    lasts: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    compiled: dict[str, re.Pattern[str]]

    @classmethod
    def of(cls, meanings: Mapping[str, T]) -> "Phrases[T]":
        """Compile a table of phrases."""
        stems = sorted(((k[:-1], v) for k, v in meanings.items() if k.endswith("*")), key=lambda p: -len(p[0]))
        squeezed = {_squeeze(k): v for k, v in meanings.items() if not k.endswith("*")}
        lasts = frozenset(word[-1] for word in meanings)
        pairs = frozenset((word[0], word[-1]) for word in meanings)
        return cls(_by_first(meanings), squeezed, tuple(stems), lasts, pairs, {})

    def at(self, text: str, position: int) -> tuple[int, T] | None:
        """Return the end and meaning of the phrase that begins at `position`."""
        first = text[position : position + 1]
        match = self._pattern(first).match(text, position) if first in self.groups else None
        return (match.end(), self.meaning(match.group())) if match else None

    def ending(self, text: str, position: int, reach: int = 32) -> tuple[int, T] | None:
        """Return the start and meaning of the phrase that ends at `position`, white space between them."""
        last = position - 1
        while last >= 0 and text[last] == " ":
            last -= 1
        if last < 0 or text[last] not in self.lasts or position - last > reach:
            return None
        for start in range(max(0, position - reach), last + 1):
            first = text[start]
            if self.pairs.isdisjoint(((first, text[last]), (first, "*"))) or not _AT_EDGE.match(text, start):
                continue
            if match := self._pattern(first).fullmatch(text, start, last + 1):
                return start, self.meaning(match.group())
        return None

    def all(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Yield start, end and meaning of every phrase in `text`, left to right, none overlapping."""
        if "" not in self.compiled:
            any_first = either(any_of(group) for group in self.groups.values())
            self.compiled[""] = re.compile(f"{_EDGE}(?:{any_first})")
        for match in self.compiled[""].finditer(text):
            yield match.start(), match.end(), self.meaning(match.group())

    def _pattern(self, first: str) -> re.Pattern[str]:
        """Return what matches the phrases that begin with one of the characters of `groups`."""
        if first not in self.compiled:
            self.compiled[first] = re.compile(any_of(self.groups[first]))
        return self.compiled[first]

    def meaning(self, found: str) -> T:
        """Return what a matched phrase means."""
        key = _squeeze(found)
        if key in self.meanings:
            return self.meanings[key]
        return next(meaning for stem, meaning in self.stems if key.startswith(_squeeze(stem)))


def past(gap: re.Pattern[str], text: str, position: int) -> int:
    """Return where a gap, of which a text need have none, ends."""
    match = gap.match(text, position)
    return match.end() if match else position


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return groups


def _squeeze(text: str) -> str:
    return "".join(text.split())
