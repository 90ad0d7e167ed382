"""Sections of an office's own as tables: a row each, its fields in the order in which they were asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.digest import Digest, Row, Section, Value
from summarizer.render import words

__all__ = ["NOTHING", "Cell", "Table", "tables"]

NOTHING = "nothing found"


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
        title: its heading.
        columns: the titles of its fields; those that no row has are left out.
        rows: a cell for each column.
        place: the JSON pointer of the section.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    place: str


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
    return Table(words.text(section.title), tuple(words.text(f.title) for f in shown), rows, place)


def _cell(digest: Digest, row: Row, name: str, place: str) -> Cell:
    own = list(_numbered(row, name))
    evidence = [span for _, value in own for span in value.evidence]
    told = "; ".join(words.text(value.text) for _, value in own)
    return Cell(told, words.cited(digest, evidence), tuple(f"{place}/values/{i}" for i, _ in own))


def _numbered(row: Row, name: str) -> Iterator[tuple[int, Value]]:
    yield from ((i, value) for i, value in enumerate(row.values) if value.field == name)
