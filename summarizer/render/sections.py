"""Sections of an office's own as tables: a row each, its fields in the order in which they were asked for."""

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.digest import Digest, Row, Section, Value
from summarizer.render import words

__all__ = ["NOTHING", "Cell", "Table", "shares", "tables"]

NOTHING = "nothing found"
#: What stands between the same title in two languages.
_BETWEEN = " / "
#: A column wants this much; a word that is longer than that other may be broken.
_LEAST, _LONG_WORD = 4.0, 16


@dataclass(frozen=True, slots=True)
class Cell:
    """The values of one field of one row.

    Attributes:
        text: on one line, several parted by semicolons; ``""`` where there is none.
        sentences: the numbers, from 1, of the article's sentences behind them.
        places: the JSON pointer of each.
    """

    text: str
    sentences: tuple[int, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A section as it is shown.

    Attributes:
        title: its heading, in the article's language and in those of the briefs as far as its task has it.
        columns: the same of its fields; those that no row has are left out.
        rows: a cell for each column.
        place: the JSON pointer of the section.
        note: what a reader of a brief is told, who may not read the rows; empty without a brief or a row.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    place: str
    note: str

    @property
    def shares(self) -> tuple[float, ...]:
        """Which part of a line's width each column takes."""
        return shares(list(zip(self.columns, *([cell.text for cell in row] for row in self.rows), strict=True)))


def shares(columns: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return which part of a table's width each of its columns takes: a long text more than a day, no word broken.

    Args:
        columns: the texts of each, its title among them.
    """
    wanted = [max(map(_wanted, texts)) for texts in columns]
    return tuple(each / sum(wanted) for each in wanted)


def _wanted(text: str) -> float:
    """Return how much room a text wants, beside others: its longest word, the root of its length if that is more."""
    word = max(map(_width, text.split()), default=0)
    return max(math.sqrt(_width(text)), min(word, _LONG_WORD), _LEAST)


def _width(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def tables(digest: Digest) -> tuple[Table, ...]:
    """Return the sections of a digest as tables."""
    return tuple(_table(digest, section, f"/sections/{i}") for i, section in enumerate(digest.sections))


def _table(digest: Digest, section: Section, place: str) -> Table:
    used = {value.field for row in section.rows for value in row.values}
    shown = [field for field in section.fields if field.name in used]
    rows = tuple(
        tuple(_cell(digest, row, field.name, f"{place}/rows/{i}") for field in shown)
        for i, row in enumerate(section.rows)
    )
    columns = tuple(_label(digest, field.title, field.titles) for field in shown)
    return Table(_label(digest, section.title, section.titles), columns, rows, place, _note(digest, section))


def _label(digest: Digest, title: str, titles: Mapping[str, str]) -> str:
    """Return a title in each language of the digest, each once; what has none in some language has its own there."""
    codes = (digest.article.language, *(brief.target_language for brief in digest.briefs))
    told = {words.text(titles.get(code, title)): None for code in codes}
    return _BETWEEN.join(told)


def _note(digest: Digest, section: Section) -> str:
    if not section.rows or not digest.briefs:
        return ""
    return (
        f"Not translated: what stands here is in {words.language(digest.article.language)}, the article's language."
    )


def _cell(digest: Digest, row: Row, name: str, place: str) -> Cell:
    own = list(_numbered(row, name))
    evidence = [span for _, value in own for span in value.evidence]
    told = "; ".join(words.text(value.text) for _, value in own)
    return Cell(told, words.cited(digest, evidence), tuple(f"{place}/values/{i}" for i, _ in own))


def _numbered(row: Row, name: str) -> Iterator[tuple[int, Value]]:
    yield from ((i, value) for i, value in enumerate(row.values) if value.field == name)
