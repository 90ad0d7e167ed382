"""The one notation for words in the tables of languages, and lists of words as patterns.

============ ==================================================================================================
``{a,b}``    alternatives: ``prim{o,a}`` is *primo* and *prima*, ``{,s}`` an s or none; written out when read
``*``        the rest of a word: ``mayor*``
``#``        a number
``…``        up to four words of the same clause, six characters of Chinese: ``not … but``
============ ==================================================================================================

Which of the last three a table may have stands at the head of its file. Text that is a pattern of Python's ``re``
is a `Pattern`, text that is printed or filled in is a `Form`: neither is written out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, product
from typing import Generic, NewType, TypeVar

__all__ = [
    "LETTER",
    "Entries",
    "Form",
    "Pattern",
    "WordList",
    "any_of",
    "beginning",
    "either",
    "expand",
    "in_han",
    "open_word",
    "opening",
    "openings",
    "peeked",
    "stem",
    "whole_words",
]

#: A pattern of Python's `re`.
Pattern = NewType("Pattern", str)
#: Text with places to fill in, or text that is no word.
Form = NewType("Form", str)
#: Of folded text: a Han character may touch a Latin word, another letter may not.
LETTER = "a-zà-öø-ÿ"

_BRACES = re.compile(r"\{([^{}]*)\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: What an idiom may take in at its ``…``, always inside one clause.
_GAP = {True: r"[^\s，。；：！？、,.;:!?]{0,6}", False: r"(?:[^\s,.;:!?]{1,40} ){0,4}"}
#: What stands for other characters in a word of a table.
_OPEN = re.compile(r"…\s?|[*#]")
_NOTHING = r"(?!)"
_LETTERS = re.compile(r"[^\W_]+")
#: So many first letters tell most words of a language apart.
_OPENING = 4

T = TypeVar("T")


@dataclass(frozen=True)  # no slots: few lists have a word in a text, and only their patterns are compiled
class WordList:
    """Some words of a table, to be sought in small letters, with all that may stand open in them.

    Attributes:
        openings: of each word the first letters; a text whose `openings` have none of them has none of the words.
        stems: of each word the letters without which it cannot stand in a text.
        source: the pattern of all words; of none it matches nothing.
    """

    openings: tuple[str, ...]
    stems: tuple[str, ...]
    source: str

    @classmethod
    def of(cls, words: Iterable[str]) -> "WordList":
        """Return words of a table."""
        held = tuple(words)
        source = whole_words((in_han(word), open_word(word)) for word in held)
        return cls(tuple(map(opening, held)), tuple(map(stem, held)), source)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All words."""
        return re.compile(self.source)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first of the words in a text; most texts have none, which their letters tell soonest."""
        return self.pattern.search(text) if self.may_be_in(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a text that is one of the words."""
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

    words: Mapping[T, WordList]
    opened: Mapping[str, frozenset[T]]

    @classmethod
    def of(cls, words: Mapping[T, WordList]) -> "Entries[T]":
        """Return the entries of a table."""
        opened: dict[str, set[T]] = {}
        for entry, own in words.items():
            for letters in own.openings:
                opened.setdefault(letters, set()).add(entry)
        return cls(words, {letters: frozenset(own) for letters, own in opened.items()})

    def near(self, begun: frozenset[str]) -> Iterator[tuple[T, WordList]]:
        """Yield the entries of which a word begins like one of a text with these `openings`, in the table's order."""
        near = frozenset[T]().union(*(self.opened[letters] for letters in self.opened.keys() & begun))
        return ((entry, words) for entry, words in self.words.items() if entry in near)


def openings(text: str) -> frozenset[str]:
    """Return the first letters of a text's words, up to four of each, and every character; the text in small letters.

    They tell soonest which words of a table the text may hold.
    """
    words = _LETTERS.findall(text)
    return frozenset((*text, *(word[:n] for word in words for n in range(_OPENING + 1))))


def opening(word: str) -> str:
    """Return the letters that a word of a table begins with, as `openings` has them; none where it is open."""
    first = _OPEN.split(word.lower())[0]
    if in_han(word):
        return first[:1]
    letters = _LETTERS.match(first)
    return letters[0][:_OPENING] if letters else ""


def stem(word: str) -> str:
    """Return the longest run of letters that a word of a table has in every form."""
    return max(_OPEN.split(word.replace("’", "'")), key=len)


def open_word(word: str) -> str:
    """Return the pattern of one word wherever its letters stand, with all that may stand open in it."""
    body = re.escape(word.replace("’", "'")).replace(r"\*", r"[^\W\d_]*").replace(r"\#", r"\d+")
    return body.replace(r"…\ ", _GAP[False]).replace("…", _GAP[in_han(word)])


def whole_words(patterns: Iterable[tuple[bool, str]]) -> str:
    """Return the pattern of any of some words, each given with whether it is of Han; the first that fits counts.

    Letters of other scripts before or behind a word are of a longer one. They are looked for once, not for each word:
    most places of a text are inside a word. Of no words it matches nothing.
    """
    scripts = groupby(patterns, key=lambda pair: pair[0])
    found = ((han, either(pattern for _, pattern in run)) for han, run in scripts)
    return either(any_ if han else rf"(?<![^\W_])(?:{any_})(?![^\W_])" for han, any_ in found)


def in_han(word: str) -> bool:
    """Tell whether a word has Han characters, which stand without spaces."""
    return bool(_HAN.search(word))


def either(patterns: Iterable[str]) -> str:
    """Return a pattern that matches the first that fits of some patterns; of none it matches nothing."""
    return "|".join(patterns) or _NOTHING


def expand(word: str) -> tuple[str, ...]:
    """Write out a word with alternatives in braces: ``prim{o,a}`` → ``primo``, ``prima``."""
    parts = _BRACES.split(word)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    return tuple("".join(choice) for choice in product(*choices))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of `words`, sharing their beginnings.

    A word that begins or ends in a Latin letter does so at a word's edge; a word that ends in ``*`` stands
    for every word that begins so. A space matches any white space but a blank line. With no words the
    pattern matches nothing.
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(tree, "") if tree else _NOTHING


def peeked(words: Iterable[str]) -> str:
    """Return `any_of` the words behind a look at their first character, which rules most places out at once.

    For many words in the middle of a pattern; at the beginning of one `re` does so by itself.
    """
    listed = tuple(words)
    return beginning(listed) + any_of(listed)


def beginning(words: Iterable[str]) -> str:
    """Return a look at the character that any of `words` begins with; of none it matches nothing."""
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    return f"(?=[{first}])" if first else _NOTHING


def _branch(tree: Mapping[str, Mapping], last: str) -> str:  # type: ignore[type-arg]
    endings = [key for key in tree if key == ""]
    choices = [_step(key, tree[key]) for key in tree if key != ""]
    if endings:
        choices.append(f"(?![{LETTER}])" if re.match(f"[{LETTER}]", last) else "")
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _step(key: str, rest: Mapping[str, Mapping]) -> str:  # type: ignore[type-arg]
    if key == "*":
        return f"[{LETTER}]*"
    here = r"[^\S\n]*\n?[^\S\n]*" if key == " " else re.escape(key)
    return here + _branch(rest, key)
