"""What the model is asked to return. Docstrings and descriptions here are read by the model.

Short lists, bounded strings and numbers in place of copied text: what helps a small model serves a large
one too. The bounds depend on the article, so each draft is made to measure.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.json_schema import model_json_schema
from pydantic_core import PydanticCustomError

from summarizer.llm.extraction import DoubledKeyError, object_text

__all__ = [
    "MAX_HEADLINE_CHARS",
    "MAX_STATEMENT_CHARS",
    "ChoiceDraft",
    "DifferenceDraft",
    "LineDraft",
    "MendDraft",
    "ReviewDraft",
    "StatementDraft",
    "SummaryDraft",
    "TranslationDraft",
    "choice",
    "mend",
    "review",
    "summary",
    "translation",
]

#: Room for any sensible statement: a grammar stops a string here in the middle of a word (`summary.cut`).
MAX_STATEMENT_CHARS = 480
#: The same for headlines, by script: three times what the prompt asks for.
MAX_HEADLINE_CHARS: Mapping[str, int] = MappingProxyType({"latin": 160, "han": 75})
MAX_REASON_CHARS = 240


class _Draft(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Validate an answer, also one that stands in a code fence, behind ``<think>`` or between prose."""
        text = json_data if isinstance(json_data, str) else bytes(json_data).decode("utf-8", "replace")
        try:
            found = object_text(text)
        except DoubledKeyError:
            doubled = PydanticCustomError("doubled_key", "a key stands twice in one object")
            raise ValidationError.from_exception_data(cls.__name__, [{"type": doubled, "input": None}]) from None
        return super().model_validate_json(found, **options)

    @classmethod
    def model_json_schema(cls, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Return the schema; it is built once for each draft, so it must not be changed."""
        return _schema(cls, *arguments, **options)


@lru_cache(maxsize=512)
def _schema(draft: type[BaseModel], *arguments: Any, **options: Any) -> dict[str, Any]:
    return model_json_schema(draft, *arguments, **options)


class StatementDraft(_Draft):
    """One sentence about the article."""

    sentences: tuple[int, ...] = Field(description="numbers of the source sentences that say it")
    text: Annotated[str, Field(min_length=1, max_length=MAX_STATEMENT_CHARS)]


class SummaryDraft(_Draft):
    """The summary of an article, in the article's own language."""

    headline: Annotated[str, Field(min_length=1, max_length=MAX_HEADLINE_CHARS["latin"])]
    abstract: tuple[StatementDraft, ...]
    key_points: tuple[StatementDraft, ...]


class ChosenQuoteDraft(_Draft):
    """One of the numbered quotes."""

    number: int
    speaker: Annotated[str, Field(max_length=120)] = Field(description="who said it, named as in the article")


class ChoiceDraft(_Draft):
    """The most important quotes."""

    quotes: tuple[ChosenQuoteDraft, ...]


class LineDraft(_Draft):
    """The translation of one numbered line."""

    number: int
    text: Annotated[str, Field(min_length=1, max_length=2 * MAX_STATEMENT_CHARS)]


class TranslationDraft(_Draft):
    """The translations of all numbered lines, in order."""

    lines: tuple[LineDraft, ...]


class DefendedLineDraft(LineDraft):
    """The translation of one numbered line, put right or defended."""

    reason: Annotated[str, Field(max_length=MAX_REASON_CHARS)] = Field(
        description="why the last translation is right as it stands; empty where it was changed"
    )


class MendedDraft(_Draft):
    """One statement put right, or defended."""

    number: int
    sentences: tuple[int, ...] = Field(description="numbers of the source sentences that say it")
    text: Annotated[str, Field(max_length=MAX_STATEMENT_CHARS)]
    reason: Annotated[str, Field(max_length=MAX_REASON_CHARS)] = Field(
        description="why the statement is right as it stands; empty where it was changed"
    )


class MendDraft(_Draft):
    """The statements that were objected to, put right or defended."""

    statements: tuple[MendedDraft, ...]


class DifferenceDraft(_Draft):
    """One pair whose second line says something else than the first."""

    number: int
    first: Annotated[str, Field(max_length=MAX_STATEMENT_CHARS)] = Field(
        description="the words of the first line, copied exactly"
    )
    second: Annotated[str, Field(max_length=MAX_STATEMENT_CHARS)] = Field(
        description="the words of the second line, copied exactly"
    )
    what: Annotated[str, Field(max_length=MAX_REASON_CHARS)] = Field(description="what differs, in a short sentence")


class ReviewDraft(_Draft):
    """The pairs that differ; empty where none does."""

    differences: tuple[DifferenceDraft, ...]


@lru_cache(maxsize=256)
def summary(first: int, last: int, abstract: int, key_points: int, script: str) -> type[SummaryDraft]:
    """Return the draft for sentences `first` … `last` with at most so many statements of each sort, in one script."""
    statement = create_model(
        "StatementDraft",
        __base__=StatementDraft,
        sentences=(_numbers(first, last), ...),
    )
    return create_model(
        "SummaryDraft",
        __base__=SummaryDraft,
        headline=(Annotated[str, Field(min_length=1, max_length=MAX_HEADLINE_CHARS[script])], ...),
        abstract=(Annotated[tuple[statement, ...], Field(min_length=1, max_length=abstract)], ...),
        key_points=(Annotated[tuple[statement, ...], Field(min_length=1, max_length=key_points)], ...),
    )


@lru_cache(maxsize=256)
def choice(candidates: int, most: int) -> type[ChoiceDraft]:
    """Return the draft that chooses at most `most` of `candidates` numbered quotes."""
    quote = create_model(
        "ChosenQuoteDraft",
        __base__=ChosenQuoteDraft,
        number=(_number(1, candidates), ...),
    )
    return create_model(
        "ChoiceDraft",
        __base__=ChoiceDraft,
        quotes=(Annotated[tuple[quote, ...], Field(max_length=most)], ...),
    )


@lru_cache(maxsize=256)
def translation(lines: int, pattern: str | None = None, *, defended: bool = False) -> type[TranslationDraft]:
    """Return the draft for exactly `lines` translated lines.

    `pattern` is a regular expression that grammar-based endpoints keep each line's text to; `defended` ones come
    with the reason why a line that was objected to is right.
    """
    fields: dict[str, Any] = {"number": (_number(1, lines), ...)}
    if pattern is not None:
        fields["text"] = (Annotated[str, Field(min_length=1, json_schema_extra={"pattern": pattern})], ...)
    line = create_model("LineDraft", __base__=DefendedLineDraft if defended else LineDraft, **fields)
    return create_model(
        "TranslationDraft",
        __base__=TranslationDraft,
        lines=(Annotated[tuple[line, ...], Field(min_length=lines, max_length=lines)], ...),
    )


@lru_cache(maxsize=256)
def mend(first: int, last: int, statements: int) -> type[MendDraft]:
    """Return the draft for `statements` objected ones, whose sources are among sentences `first` … `last`."""
    mended = create_model(
        "MendedDraft",
        __base__=MendedDraft,
        number=(_number(1, statements), ...),
        sentences=(_numbers(first, last), ...),
    )
    return create_model(
        "MendDraft",
        __base__=MendDraft,
        statements=(Annotated[tuple[mended, ...], Field(min_length=statements, max_length=statements)], ...),
    )


@lru_cache(maxsize=256)
def review(pairs: int) -> type[ReviewDraft]:
    """Return the draft for the differences of `pairs` numbered pairs."""
    difference = create_model("DifferenceDraft", __base__=DifferenceDraft, number=(_number(1, pairs), ...))
    return create_model(
        "ReviewDraft",
        __base__=ReviewDraft,
        differences=(Annotated[tuple[difference, ...], Field(max_length=pairs)], ...),
    )


def _number(first: int, last: int) -> Any:
    """Return the type of a number that the schema bounds and the validation does not.

    An endpoint that keeps to the schema never breaks the bounds; of one that does not, a number out of
    range is no reason to lose the rest of the answer: grounding leaves it out.
    """
    return Annotated[int, Field(json_schema_extra={"minimum": first, "maximum": last})]


def _numbers(first: int, last: int) -> Any:
    """Return the type of one to three such numbers."""
    number = Field(json_schema_extra={"minimum": first, "maximum": last})
    return Annotated[tuple[Annotated[int, number], ...], Field(min_length=1, max_length=3)]
