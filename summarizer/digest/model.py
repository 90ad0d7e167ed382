"""What is published: one digest an article, the contract with every reader (``schemas/digest.v1.schema.json``).

Offsets are half-open pairs of Unicode code points in ``article.text``. A new field has a default, so that digests
published before can still be read and checked; what cannot have one is a new ``schema_version``.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from summarizer.article.findings import Severity

__all__ = [
    "ArticleRecord",
    "Brief",
    "Change",
    "Digest",
    "FieldRecord",
    "FigureRecord",
    "FindingRecord",
    "Line",
    "Offsets",
    "Provenance",
    "Quote",
    "Review",
    "Row",
    "Section",
    "Segment",
    "Speaker",
    "Statement",
    "Summary",
    "Value",
    "schema",
]

Offsets = Annotated[
    tuple[NonNegativeInt, NonNegativeInt],
    Field(description="half-open [start, end) in code points of article.text"),
]
_T = TypeVar("_T", bound=BaseModel)
SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class ArticleRecord(_Part):
    """The article as it was read and cleaned."""

    id: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of text, UTF-8")
    source: str = Field(description="path, URL or - for standard input")
    url: str | None = Field(default=None, description="where it was published, http or https")
    author: str | None = None
    title: str | None
    language: str = Field(description="BCP 47")
    published: str | None = Field(description="ISO 8601 date or date and time")
    outlet: str | None
    text: str
    sentences: tuple[Offsets, ...]


class Statement(_Part):
    """One thing that the article says, with the sentences that say it."""

    text: str
    evidence: tuple[Offsets, ...]


class Summary(_Part):
    """The article in its own language."""

    language: str
    headline: str
    abstract: str
    key_points: tuple[Statement, ...]


class Speaker(_Part):
    """Who said it, as the article names them; start and end are the name's place, null when it has none."""

    name: str
    role: str | None
    organisation: str | None
    start: NonNegativeInt | None
    end: NonNegativeInt | None


class Quote(_Part):
    """What somebody said; text is always ``article.text[start:end]``."""

    text: str
    start: NonNegativeInt
    end: NonNegativeInt
    kind: Literal["direct", "reported", "mixed"]
    status: Literal["verified", "unverified"]
    rank: NonNegativeInt = Field(
        default=0,
        description="1 is the most important; where nobody chose, the order of the article; 0 in older digests",
    )
    speaker: Speaker | None
    translations: dict[str, str] = Field(description="language → translation, never in place of text")


class FigureRecord(_Part):
    """A number, percentage, amount, date or ordinal of the article."""

    text: str
    start: NonNegativeInt
    end: NonNegativeInt
    kind: Literal["number", "percent", "money", "date", "ordinal"]
    value: str | None = Field(description="plain decimal notation or ISO 8601 date; null when it cannot be read")
    unit: str | None
    direction: Literal["up", "down"] | None
    suspect: bool = Field(description="cannot be right as printed; never repaired")


class Line(_Part):
    """One line in both languages."""

    source: str
    target: str


class Segment(Line):
    """One sentence of a brief in both languages, with the spans that support it."""

    evidence: tuple[Offsets, ...]


class Brief(_Part):
    """The summary, sentence by sentence, in the article's language and in another."""

    source_language: str
    target_language: str
    headline: Line
    segments: tuple[Segment, ...]


class FieldRecord(_Part):
    """A field of a section: how it is called, and how its values are proved."""

    name: str
    title: str
    proof: Literal["quote", "name", "figure", "date", "choice", "text"] = Field(
        description="quote, name, figure and date: cut out of the article; choice: one of choices; text: written, "
        "and held against its evidence"
    )
    choices: tuple[str, ...] = Field(default=(), description="what a value may be; empty where that is open")
    titles: dict[str, str] = Field(default={}, description="language of the article or of a brief → title in it")


class Value(_Part):
    """One value of a row; one that has a place is always ``article.text[start:end]``."""

    field: str = Field(description="name of its field")
    text: str
    start: NonNegativeInt | None = Field(default=None, description="null where it was not cut out of the article")
    end: NonNegativeInt | None = None
    evidence: tuple[Offsets, ...] = Field(description="the sentences that it stands in, or that say it")
    value: str | None = Field(
        default=None, description="of a figure or date: plain decimal notation or ISO 8601; null where that is open"
    )
    unit: str | None = None


class Row(_Part):
    """One row of a section; a field without a value is left out."""

    values: tuple[Value, ...]


class Section(_Part):
    """What an office asked for beside: rows of fields of its own; see ``docs/tasks.md``."""

    name: str
    title: str
    fields: tuple[FieldRecord, ...]
    rows: tuple[Row, ...]
    titles: dict[str, str] = Field(default={}, description="language of the article or of a brief → title in it")

    def of(self, model: type[_T]) -> tuple[_T, ...]:
        """Return its rows as values of the pydantic model that asked for them.

        Raises:
            pydantic.ValidationError: the model wants more than its schema says, and a row does not have it.
        """
        listed = {
            name for name, part in model.model_json_schema()["properties"].items() if part.get("type") == "array"
        }
        return tuple(model.model_validate(_told(row, listed)) for row in self.rows)


def _told(row: Row, listed: Collection[str]) -> dict[str, str | list[str]]:
    """Return what a row says by field; a list where a field is one."""
    told: dict[str, list[str]] = {}
    for value in row.values:
        told.setdefault(value.field, []).append(value.text)
    return {name: texts if name in listed else texts[0] for name, texts in told.items()}


class FindingRecord(_Part):
    """Something to know before publishing; codes are listed in ``docs/findings.md``."""

    code: str
    severity: Severity
    message: str
    where: str = Field(description="JSON pointer (RFC 6901) into this digest")
    span: Offsets | None
    accepted: bool = Field(
        default=False,
        description="a person looked and lets it stand: the severity is info then, and review has what it was",
    )
    within: Offsets | None = Field(
        default=None, description="code points in the line at `where`, where the finding is about a part of it"
    )


class Provenance(_Part):
    """How the digest came about: every request counted, failed ones too."""

    model: str
    endpoint: str
    prompts: dict[str, str] = Field(description="task → version#hash of the template")
    glossary: str | None = Field(default=None, description="SHA-256 of the glossary; null where there was none")
    requests: NonNegativeInt
    input_tokens: NonNegativeInt
    cached_tokens: NonNegativeInt
    output_tokens: NonNegativeInt
    cost_usd: float | None
    seconds: float
    created: datetime


class Change(_Part):
    """One correction by a person; see ``docs/corrections.md``."""

    kind: Literal["edit", "accepted", "removed"] = Field(
        description="a line got other words; a doubt was looked at and let go; a line was taken out"
    )
    where: str = Field(
        max_length=500, description="JSON pointer (RFC 6901) into the digest as it was before it was saved with this"
    )
    before: str | FindingRecord | Statement | Segment | Quote | Speaker | Value | None = Field(
        default=None, description="what stood there: a text, or the whole finding, line, quote, speaker or value"
    )
    after: str | None = Field(default=None, description="the new words; null where nothing stands there any more")
    settled: tuple[FindingRecord, ...] = Field(
        default=(), description="what had been found about the line, and is not said of the new one"
    )


class Review(_Part):
    """What people corrected, first to last; reviewer and at are of the last time."""

    reviewer: str | None = Field(default=None, max_length=200)
    at: datetime
    changes: tuple[Change, ...]


class Digest(_Part):
    """A checked bilingual digest of one article."""

    schema_version: Literal["1"] = "1"
    article: ArticleRecord
    summary: Summary
    quotes: tuple[Quote, ...]
    figures: tuple[FigureRecord, ...]
    briefs: tuple[Brief, ...]
    findings: tuple[FindingRecord, ...]
    provenance: Provenance
    review: Review | None = Field(default=None, description="null where nobody corrected it")
    sections: tuple[Section, ...] = Field(default=(), description="one for each task of an office's own")

    def section(self, name: str) -> Section:
        """Return a section by its task's name; `KeyError` where there is none."""
        return {section.name: section for section in self.sections}[name]


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a published digest; the committed file holds exactly this."""
    body = Digest.model_json_schema(mode="serialization")
    return {"$schema": SCHEMA_ID, **body}
