"""A glossary as a value: what an office calls things, people and bodies in each language, and never calls them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from summarizer import languages
from summarizer.languages.hant import is_traditional

__all__ = ["KINDS", "Entry", "Glossary", "Kind", "Words", "spoken"]

Kind = Literal["term", "person", "body"]
KINDS: tuple[str, ...] = get_args(Kind)

#: BCP 47 code → phrases, the first of them the one to be written.
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is called so and so.

    Attributes:
        kind: ``term``, whose words are inflected; ``person``, whose name is fixed; ``body``, whose name is fixed but
            for its number.
        sources: what a text may call it, by language.
        renderings: what a translation calls it, by language; any of several will do.
        forbidden: what no translation may call it, by language.
        titles: of a person: what they are called beside the name, by language.
        note: for whoever writes; empty where there is none.
    """

    kind: Kind
    sources: Words
    renderings: Words
    forbidden: Words = field(default_factory=dict)
    titles: Words = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)  # no slots: its hash is reckoned once
class Glossary:
    """Entries of one or several files; no entries where nobody gave any."""

    entries: tuple[Entry, ...] = ()

    def __hash__(self) -> int:
        """Return the same for what says the same."""
        return hash(self.hash)

    def __bool__(self) -> bool:
        """Tell whether there are any entries."""
        return bool(self.entries)

    @cached_property
    def hash(self) -> str:
        """SHA-256 (64 hexadecimal digits) of what the entries say, wherever they were read; empty without entries."""
        if not self.entries:
            return ""
        told = [
            [e.kind, e.note, *(_plain(words) for words in (e.sources, e.renderings, e.forbidden, e.titles))]
            for e in self.entries
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def over(self, other: "Glossary") -> "Glossary":
        """Return both as one; what this one has an entry for, the other has none for."""
        known = {name for entry in self.entries for name in _called(entry)}
        kept = (entry for entry in other.entries if known.isdisjoint(_called(entry)))
        return Glossary((*kept, *self.entries))


def spoken(words: Words, language: str) -> tuple[str, ...]:
    """Return the phrases of a language: of Chinese those of its script, else those that name none."""
    own = [(tag, said) for tag, said in words.items() if languages.base(tag) == languages.base(language)]
    wanted = is_traditional(language)
    same = [said for tag, said in own if is_traditional(tag) == wanted]
    return tuple(dict.fromkeys(phrase for said in same or [s for tag, s in own if "-" not in tag] for phrase in said))


def _plain(words: Words) -> dict[str, list[str]]:
    return {tag: list(said) for tag, said in words.items()}


def _called(entry: Entry) -> Iterable[tuple[str, str]]:
    return [(tag.lower(), phrase.casefold()) for tag, said in entry.sources.items() for phrase in said]
