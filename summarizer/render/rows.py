"""Sections of an office's own as tables for a spreadsheet or a data frame: the rows of all digests, task by task."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.digest import Digest, FieldRecord, Section, Value
from summarizer.errors import ConfigurationError
from summarizer.render import words
from summarizer.render.tables import about, objections

__all__ = ["Rows", "rows"]

#: What a cell with several values has between them, here and in the tables of documents.
_PARTED = "; "
_NUMBER, _SENTENCES, _LOOK_AT = "row.number", "row.sentences", "row.look_at"
_Row = Mapping[str, str | int]
#: What is read in a value of these.
_READ: Mapping[str, tuple[str, ...]] = {"figure": ("value", "unit"), "date": ("value",)}


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of one task.

    Attributes:
        columns: ``article.name`` and what else is known of the article; ``row.number``; for each field its text, what
            is read in it (``.value``, ``.unit``), its places (``.at``, half-open in code points of the article's
            text) and how it is proved, with the numbers of the sentences (``.proof``); then ``row.sentences``, what
            they say, and ``row.look_at``. No field's own name has a full stop: none hides another.
        rows: column → text or number.
    """

    columns: tuple[str, ...]
    rows: tuple[_Row, ...]


def rows(digests: Iterable[tuple[str, Digest]]) -> Mapping[str, Rows]:
    """Return the table of each task that some digest has, by its name, in the order in which they come.

    A field that only some of the digests have, since the task was changed, has its columns behind the others.

    Args:
        digests: with the names of their inputs; taken one by one.

    Raises:
        ConfigurationError: none of them has a section.
    """
    columns: dict[str, dict[str, None]] = {}
    made: dict[str, list[_Row]] = {}
    for name, digest in digests:
        facts: _Row = {f"article.{key}": str(value) for key, value in about(name, digest).items()}
        for i, section in enumerate(digest.sections):
            own = columns.setdefault(section.name, dict.fromkeys((*facts, _NUMBER)))
            own.update(dict.fromkeys(column for field in section.fields for column in _columns(field)))
            made.setdefault(section.name, []).extend(
                {**facts, **row} for row in _rows(digest, section, f"/sections/{i}")
            )
    if not columns:
        raise ConfigurationError("none of these digests has a section", "make them with: summarizer summarize --task")
    return {name: Rows((*own, _SENTENCES, _LOOK_AT), tuple(made[name])) for name, own in columns.items()}


def _columns(field: FieldRecord) -> Iterator[str]:
    yield field.name
    yield from (f"{field.name}.{each}" for each in (*_READ.get(field.proof, ()), "at", "proof"))


def _rows(digest: Digest, section: Section, place: str) -> Iterator[_Row]:
    for number, row in enumerate(section.rows):
        cited = words.cited(digest, [span for value in row.values for span in value.evidence])
        told: dict[str, str | int] = {_NUMBER: number + 1}
        for field in section.fields:
            told |= dict(_cells(digest, field, [value for value in row.values if value.field == field.name]))
        told[_SENTENCES] = " ".join(words.sentence(digest, each) for each in cited)
        told[_LOOK_AT] = objections(digest, f"{place}/rows/{number}")
        yield told


def _cells(digest: Digest, field: FieldRecord, values: Sequence[Value]) -> Iterator[tuple[str, str]]:
    yield field.name, _PARTED.join(words.text(value.text) for value in values)
    for read in _READ.get(field.proof, ()):
        found = [str(getattr(value, read) or "") for value in values]
        yield f"{field.name}.{read}", _PARTED.join(found) if any(found) else ""
    places = [f"{value.start}-{value.end}" for value in values if value.start is not None]
    yield f"{field.name}.at", _PARTED.join(places)
    yield f"{field.name}.proof", _PARTED.join(_proof(digest, field, value) for value in values)


def _proof(digest: Digest, field: FieldRecord, value: Value) -> str:
    return f"{field.proof} {', '.join(map(str, words.cited(digest, value.evidence)))}".strip()
