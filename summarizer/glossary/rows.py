"""A row of a glossary file, held to what an entry must be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from summarizer.errors import ConfigurationError
from summarizer.glossary.model import KINDS, Entry, Kind, Words
from summarizer.languages.wordlist import in_han

__all__ = ["Row", "entry", "wrong"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MOST_CHARS = 300


@dataclass(frozen=True, slots=True)
class Row:
    """What a file says of one entry.

    Attributes:
        file: its name.
        line: where the entry begins (1-based).
        term: what an article calls it; empty in a file of concepts, where `sources` has that.
        language: BCP 47 code of the term.
        kind: ``term``, ``person`` or ``body``; empty for the first.
        note: for whoever writes.
        renderings: as in `Entry`, as are the tables below.
    """

    file: str
    line: int
    term: str = ""
    language: str = ""
    kind: str = ""
    note: str = ""
    renderings: Words = field(default_factory=dict)
    forbidden: Words = field(default_factory=dict)
    titles: Words = field(default_factory=dict)
    sources: Words = field(default_factory=dict)


def entry(row: Row) -> Entry:
    """Return the entry of a row. People and bodies are known by their forms in every language.

    Raises:
        ConfigurationError: it is none.
    """
    for told, advice in _faults(row):
        raise wrong(row.file, row.line, told, advice)
    kind = cast(Kind, row.kind.lower() or "term")
    own = {} if row.sources else {row.language: (row.term,)}
    sources = row.sources or own
    if kind != "term" and not row.sources:
        known = {tag: (*own.get(tag, ()), *row.renderings.get(tag, ())) for tag in (*own, *row.renderings)}
        sources = {tag: tuple(dict.fromkeys(said)) for tag, said in known.items()}
    renderings = row.renderings if kind == "term" else {**own, **row.renderings}
    return Entry(kind, sources, renderings, row.forbidden, row.titles, row.note)


def wrong(file: str, line: int, told: str, advice: str) -> ConfigurationError:
    """Return the error about a line of a glossary."""
    return ConfigurationError(f"the glossary {file}, line {line}: {told}", advice)


def _faults(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, and what to do."""
    if not row.sources and not row.term.strip():
        yield "the term is missing", "write what an article calls it"
    if not row.sources and not _TAG.fullmatch(row.language):
        yield f"{row.language!r} is no language", "write its code, e.g. it, en or zh"
    if row.kind and row.kind.lower() not in KINDS:
        yield f"{row.kind!r} is no kind", f"choose one of {', '.join(KINDS)}"
    if row.titles and row.kind.lower() != "person":
        yield "only a person has titles", 'write kind "person", or leave them out'
    for tag, phrases in _every(row):
        if not _TAG.fullmatch(tag):
            yield f"{tag!r} is no language", "write its code, e.g. it, en or zh"
        for phrase in phrases:
            yield from _phrase(phrase)
    yield from _clashes(row)


def _clashes(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what can be found in no text with certainty, or both must and must not be written."""
    for phrase in (row.term, *(phrase for said in row.sources.values() for phrase in said)):
        if len(phrase) == 1 and in_han(phrase):
            yield f"the single character {phrase!r} is part of many words", "write each of the words that are meant"
    for tag, phrases in row.forbidden.items():
        for phrase in set(phrases) & set(row.renderings.get(tag, ())):
            yield f"{phrase!r} is a rendering and forbidden", "leave it out of one of them"


def _every(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table in (row.sources, row.renderings, row.forbidden, row.titles):
        yield from table.items()
    yield "und", (row.term or "-", row.note or "-")


def _phrase(phrase: str) -> Iterator[tuple[str, str]]:
    if not any(map(str.isalnum, phrase)) and phrase != "-":
        yield f"{phrase!r} holds no word", "leave it out"
    if len(phrase) > _MOST_CHARS:
        yield f"a phrase of {len(phrase)} characters", f"{_MOST_CHARS} is the most; a note belongs into a note"
    if any(not char.isprintable() for char in phrase):
        yield f"{phrase!r} holds a character that nobody sees", "write it anew, on one line"
