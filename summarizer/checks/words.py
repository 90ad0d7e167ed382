"""Words of a language's tables, sought in a text: patterns, and what stands in another word's place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Generic, TypeVar

from summarizer import languages
from summarizer.ground.text import OPENING, Text

__all__ = [
    "DEPUTY",
    "Entries",
    "Words",
    "body",
    "entries",
    "in_han",
    "offices",
    "one_of",
    "opening",
    "rates",
    "replaced",
    "stem",
]

_HAN = re.compile(r"[\u3400-\u9fff]")
#: What an idiom may take in at its ``…``, always inside one clause.
_GAP = {True: r"[^\s，。；：！？、,.;:!?]{0,6}", False: r"(?:[^\s,.;:!?]{1,40} ){0,4}"}
#: What stands for other characters in a word of a table.
_OPEN = re.compile(r"…\s?|[*#]")
#: The entry of the offices that is none by itself: *vice*, 副.
DEPUTY = "deputy"
_LETTERS = re.compile(r"[^\W_]+")

T = TypeVar("T")


@dataclass(frozen=True)  # no slots: few of a table's words stand in a text, and only their patterns are compiled
class Words:
    """Some words of a table, to be sought in small letters: ``*`` ends a stem, ``…`` is a gap, ``#`` a number.

    Attributes:
        openings: of each word the first letters; a text without any of them among its own has none of the words.
        stems: of each word the letters without which it cannot stand in a text.
        source: the pattern of all words.
    """

    openings: tuple[str, ...]
    stems: tuple[str, ...]
    source: str

    @classmethod
    def of(cls, words: Iterable[str]) -> "Words":
        """Return words of a table."""
        held = tuple(words)
        source = one_of((in_han(word), body(word)) for word in held)
        return cls(tuple(opening(word) for word in held), tuple(stem(word) for word in held), source)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All words."""
        return re.compile(self.source)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first of the words in a text; most texts have none, which their letters tell soonest."""
        return self.pattern.search(text) if self.may_be_in(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the word that a text is."""
        return self.pattern.fullmatch(text) if self.may_be_in(text) else None

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text has the letters of any of the words."""
        return any(letters in text for letters in self.stems)


@dataclass(frozen=True, slots=True)
class Entries(Generic[T]):
    """The entries of a table, each with its words.

    Attributes:
        words: entry → its words, in the table's order.
        opened: first letters → the entries of which a word begins so.
    """

    words: Mapping[T, Words]
    opened: Mapping[str, frozenset[T]]

    @classmethod
    def of(cls, words: Mapping[T, Words]) -> "Entries[T]":
        """Return the entries of a table."""
        opened: dict[str, set[T]] = {}
        for entry, own in words.items():
            for letters in own.openings:
                opened.setdefault(letters, set()).add(entry)
        return cls(words, {letters: frozenset(own) for letters, own in opened.items()})

    def near(self, text: Text) -> Iterator[tuple[T, Words]]:
        """Yield the entries of which a word begins like a word of the text, in the table's order."""
        near = frozenset[T]().union(*(self.opened[letters] for letters in self.opened.keys() & text.openings))
        return ((entry, words) for entry, words in self.words.items() if entry in near)


def opening(word: str) -> str:
    """Return the letters that a word of a table begins with, as `Text.openings` has them; none where it is open."""
    first = _OPEN.split(word.lower())[0]
    if in_han(word):
        return first[:1]
    letters = _LETTERS.match(first)
    return letters[0][:OPENING] if letters else ""


def stem(word: str) -> str:
    """Return the longest run of letters that a word of a table has in every form."""
    return max(_OPEN.split(word.replace("’", "'")), key=len)


def body(word: str) -> str:
    """Return the pattern of one word of a table, wherever its letters stand."""
    plain = re.escape(word.replace("’", "'")).replace(r"\*", r"[^\W\d_]*").replace(r"\#", r"\d+")
    return plain.replace(r"…\ ", _GAP[False]).replace("…", _GAP[in_han(word)])


def one_of(patterns: Iterable[tuple[bool, str]]) -> str:
    """Return the pattern of any of some words, each given with whether it is of Han; the first that fits counts.

    Letters of other scripts before or behind a word are of a longer one. They are looked for once, not for each word:
    most places of a text are inside a word.
    """
    scripts = groupby(patterns, key=lambda pair: pair[0])
    found = ((han, "|".join(pattern for _, pattern in run)) for han, run in scripts)
    return "|".join(any_ if han else rf"(?<![^\W_])(?:{any_})(?![^\W_])" for han, any_ in found)


def in_han(word: str) -> bool:
    """Tell whether a word of a table is written in Han characters, which stand without spaces."""
    return bool(_HAN.search(word))


def offices(text: Text) -> Mapping[str, str]:
    """Return the offices that a text names: the key of the table → the first word for it, in small letters."""
    return text.once(_offices)


def rates(text: Text) -> Mapping[str, str]:
    """Return what figures of a text are given for (*a month*, *per head*), as `offices` does."""
    return text.once(_rates)


def replaced(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str] | None:
    """Return a word that a text alone has and one that only its source has; None without both."""
    lost = [word for name, word in before.items() if name not in after and name != DEPUTY]
    gained = [word for name, word in after.items() if name not in before and name != DEPUTY]
    return (gained[0], lost[0]) if lost and gained else None


def _offices(text: Text) -> Mapping[str, str]:
    return _found(text, "offices")


def _rates(text: Text) -> Mapping[str, str]:
    return _found(text, "rates")


def _found(text: Text, table: str) -> Mapping[str, str]:
    matches = ((name, words.search(text.plain)) for name, words in entries(text.code, table).near(text))
    return {name: m[0] for name, m in matches if m}


@cache
def entries(code: str, table: str) -> Entries[str]:
    """Return a table whose entries are lists of words."""
    return Entries.of({name: Words.of(words) for name, words in languages.section(code, table).items()})
