"""Fixed phrases compiled to one regular expression, so that a thousand of them cost as little as ten."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

__all__ = ["Phrases", "any_of", "expand"]

T = TypeVar("T")

_LETTER = "a-zà-öø-ÿ"  # of folded text: a Han character may touch a Latin word, another letter may not
_BRACES = re.compile(r"\{([^{}]*)\}")


def expand(word: str) -> list[str]:
    """Write out a word with alternatives in braces: ``prim{o,a}`` → ``primo``, ``prima``."""
    parts = _BRACES.split(word)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    return ["".join(choice) for choice in product(*choices)]


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
    return _branch(tree, "") if tree else r"(?!)"


def _branch(tree: Mapping[str, Mapping], last: str) -> str:  # type: ignore[type-arg]
    endings = [key for key in tree if key == ""]
    choices = [_step(key, tree[key]) for key in tree if key != ""]
    if endings:
        choices.append(f"(?![{_LETTER}])" if re.match(f"[{_LETTER}]", last) else "")
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _step(key: str, rest: Mapping[str, Mapping]) -> str:  # type: ignore[type-arg]
    if key == "*":
        return f"[{_LETTER}]*"
    here = r"[^\S\n]*\n?[^\S\n]*" if key == " " else re.escape(key)
    return here + _branch(rest, key)


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """A set of phrases with what each of them means. Texts must be folded (see ``fold.py``).

    Attributes:
        here: matches a phrase at a position.
        anywhere: matches a phrase that begins a word.
        before: matches a phrase that ends at the end of the searched part, white space allowed.
        meanings: phrase → meaning, white space squeezed.
        stems: (beginning, meaning) of the phrases that end in ``*``, longest first.
        lasts: the characters that phrases end in: a look at them saves most searches backwards.
    """

    here: re.Pattern[str]
    anywhere: re.Pattern[str]
    before: re.Pattern[str]
    meanings: Mapping[str, T]
    stems: tuple[tuple[str, T], ...]
    lasts: frozenset[str]

    @classmethod
    def of(cls, meanings: Mapping[str, T]) -> "Phrases[T]":
        """Compile a table of phrases; braces are written out as in `expand`."""
        full = {word: meaning for key, meaning in meanings.items() for word in expand(key)}
        plain = any_of(full)
        pattern = rf"(?<![{_LETTER}](?=[{_LETTER}])){plain}"
        stems = sorted(((k[:-1], v) for k, v in full.items() if k.endswith("*")), key=lambda p: -len(p[0]))
        squeezed = {_squeeze(k): v for k, v in full.items() if not k.endswith("*")}
        before = re.compile(rf"{pattern}[^\S\n]*$")
        lasts = frozenset(word[-1] for word in full)
        return cls(re.compile(plain), re.compile(pattern), before, squeezed, tuple(stems), lasts)

    def at(self, text: str, position: int) -> tuple[int, T] | None:
        """Return the end and meaning of the phrase that begins at `position`."""
        match = self.here.match(text, position)
        return (match.end(), self.meaning(match.group())) if match else None

    def ending(self, text: str, position: int, reach: int = 32) -> tuple[int, T] | None:
        """Return the start and meaning of the phrase that ends at `position`, white space between them."""
        last = position - 1
        while last >= 0 and text[last] == " ":
            last -= 1
        if last < 0 or text[last] not in self.lasts or position - last > reach:
            return None
        match = self.before.search(text, max(0, position - reach), position)
        return (match.start(), self.meaning(match.group())) if match else None

    def all(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Yield start, end and meaning of every phrase in `text`, left to right, none overlapping."""
        for match in self.anywhere.finditer(text):
            yield match.start(), match.end(), self.meaning(match.group())

    def meaning(self, found: str) -> T:
        """Return what a matched phrase means."""
        key = _squeeze(found)
        if key in self.meanings:
            return self.meanings[key]
        return next(meaning for stem, meaning in self.stems if key.startswith(_squeeze(stem)))


def _squeeze(text: str) -> str:
    return "".join(text.split())
