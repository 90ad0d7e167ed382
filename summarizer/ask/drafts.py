"""What the model is asked to return. Docstrings and descriptions here are read by the model.

Short lists, bounded strings and numbers in place of copied text: what helps a small model serves a large
one too. The bounds depend on the article, so each draft is made to measure.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator
from pydantic.json_schema import model_json_schema
from pydantic_core import PydanticCustomError

from summarizer.llm.extraction import DoubledKeyError, object_text
from summarizer.tasks import Task
from summarizer.tasks import field as tasks

__all__ = [
    "MAX_HEADLINE_CHARS",
    "MAX_NAME_CHARS",
    "MAX_QUOTE_CHARS",
    "MAX_STATEMENT_CHARS",
    "Bound",
    "ChoiceDraft",
    "ChosenQuoteDraft",
    "DifferenceDraft",
    "DigestDraft",
    "LineDraft",
    "LinesDraft",
    "MendDraft",
    "ProposedQuoteDraft",
    "ReviewDraft",
    "RowDraft",
    "SectionDraft",
    "StatementDraft",
    "SummaryDraft",
    "TranslationDraft",
    "choice",
    "digest",
    "mend",
    "quotes",
    "review",
    "section",
    "summary",
    "translation",
]

#: Room for any sensible statement: a grammar stops a string here in the middle of a word (`summary.cut`).
MAX_STATEMENT_CHARS = 480
#: The same for headlines, by script: three times what the prompt asks for.
MAX_HEADLINE_CHARS: Mapping[str, int] = MappingProxyType({"latin": 160, "han": 75})
MAX_NAME_CHARS = 120
#: Room for the words of a quote, which may also be given by its first and last ones.
MAX_QUOTE_CHARS = 720
MAX_REASON_CHARS = 240
#: Sent and not held to: a line that is empty or too long is no reason to lose the others.
_LINE: dict[str, Any] = {"minLength": 1, "maxLength": 2 * MAX_STATEMENT_CHARS}

#: What holds for one line: its number, the JSON Schema keyword, the keyword's value.
Bound = tuple[int, str, str | int]


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

    candidate: int
    speaker: Annotated[str, Field(max_length=MAX_NAME_CHARS)] = Field(
        description="who said it, named as in the article"
    )

    @model_validator(mode="before")
    @classmethod
    def _lean(cls, data: Any) -> Any:
        """Take what is left out, or null, for nothing: no answer is asked for again for want of an empty string."""
        if not isinstance(data, dict):
            return data
        empty = {name: "" if field.annotation is str else 0 for name, field in cls.model_fields.items()}
        return {**empty, **{name: value for name, value in data.items() if value is not None}}


class ProposedQuoteDraft(ChosenQuoteDraft):
    """One of the numbered quotes, a part of one, or another passage of the article."""

    sentence: int
    words: str = Field(
        description="exact words, or the first and last ones with … between",
        json_schema_extra={"maxLength": MAX_QUOTE_CHARS},  # longer words are cut, they are no reason to ask again
    )


class DigestDraft(SummaryDraft):
    """The summary of an article, in the article's own language, and its most important quotes."""

    quotes: tuple[ChosenQuoteDraft, ...]


class ChoiceDraft(_Draft):
    """The most important quotes."""

    quotes: tuple[ChosenQuoteDraft, ...]


class LineDraft(_Draft):
    """The translation of one numbered line, put right or defended."""

    text: Annotated[str, Field(json_schema_extra=_LINE)]
    reason: Annotated[str, Field(max_length=MAX_REASON_CHARS)] = Field(
        description="why the last translation is right as it stands; empty where it was changed"
    )

    @model_validator(mode="before")
    @classmethod
    def _lean(cls, data: Any) -> Any:
        """Take a line alone for one that was changed, and what is left out, or null, for an empty string."""
        told = data if isinstance(data, dict) else {"text": data}
        return {"text": "", "reason": "", **{name: value for name, value in told.items() if value is not None}}


class LinesDraft(_Draft):
    """The translation of each line, by its number."""

    @model_validator(mode="before")
    @classmethod
    def _numbered(cls, data: Any) -> Any:
        """Take a line that is left out, or null, for an empty one, and let go of one that nobody asked for."""
        if not isinstance(data, dict):
            return data
        return {number: "" if data.get(number) is None else data[number] for number in cls.model_fields}


class TranslationDraft(_Draft):
    """The translations of all numbered lines, by language."""

    #: A model that is held to a grammar writes no blanks between the parts: they are a quarter of the answer. (Of a
    #: summary without them it also writes less.)
    tight: ClassVar[bool] = True

    def lines(self, target: str) -> dict[int, LineDraft]:
        """Return the lines in one language by number; empty where there is no translation."""
        read = ((int(number), line) for number, line in getattr(self, target))
        return {number: LineDraft(text=line, reason="") if isinstance(line, str) else line for number, line in read}


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


class SectionDraft(_Draft):
    """The rows of a section, most important first; empty where the article has none."""

    @model_validator(mode="before")
    @classmethod
    def _lean(cls, data: Any) -> Any:
        """Take null for no rows."""
        return {"rows": data.get("rows") or []} if isinstance(data, dict) else data

    def told(self) -> Iterator[Mapping[str, tuple[Any, ...]]]:
        """Yield what each row says: the numbers of its sentences, and the values of each field."""
        rows: tuple[BaseModel, ...] = getattr(self, "rows")  # noqa: B009 - each draft has its own rows
        for row in rows:
            given = row.model_dump(by_alias=True)
            yield {name: told if isinstance(told, tuple) else (told,) for name, told in given.items()}


class RowDraft(_Draft):
    """One row; what the article does not say is empty."""

    sentences: tuple[int, ...] = Field(description="numbers of the source sentences that say it")

    @model_validator(mode="before")
    @classmethod
    def _lean(cls, data: Any) -> Any:
        """Take what is left out, or null, for nothing, one for a list of one; let go of what nobody asked for."""
        if not isinstance(data, dict):
            return data
        shape = {field.alias or name: field.annotation is str for name, field in cls.model_fields.items()}
        return {name: _shaped(data.get(name), single=single) for name, single in shape.items()}


def _shaped(given: Any, *, single: bool) -> Any:
    if given is None:
        return "" if single else ()
    return given if single or isinstance(given, list) else (given,)


@lru_cache(maxsize=64)
def section(task: Task, first: int, last: int) -> type[SectionDraft]:
    """Return the draft for the rows of a task, said by sentences `first` … `last`."""
    # under names of our own: a field may be called as something that a model has
    fields: dict[str, Any] = {f"field_{i}": _column(field) for i, field in enumerate(task.fields)}
    row = create_model("RowDraft", __base__=RowDraft, sentences=(_some(first, last), ...), **fields)
    rows: dict[str, Any] = {
        "rows": (Annotated[tuple[row, ...], Field(json_schema_extra={"maxItems": task.most})], ...)
    }
    return create_model("SectionDraft", __base__=SectionDraft, **rows)


def _column(field: tasks.Field) -> Any:
    """Return the field of a row, type and default; its bounds are sent and not held to."""
    told: dict[str, Any] = {"enum": ["", *field.choices]} if field.choices else {"maxLength": field.room}
    value = Annotated[str, Field(json_schema_extra=told)]
    if not field.many:
        return value, Field(alias=field.name)
    return Annotated[tuple[value, ...], Field(json_schema_extra={"maxItems": field.most})], Field(alias=field.name)


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
        key_points=(
            Annotated[tuple[statement, ...], Field(min_length=1, max_length=key_points)],
            ...,
        ),
    )


def digest(told: type[SummaryDraft], said: Any) -> Any:
    """Return the draft that asks for a summary and quotes at once: a summary's draft, and the field of `quotes`."""
    fields: dict[str, Any] = {"quotes": said}
    return create_model("DigestDraft", __base__=told, **fields)


@lru_cache(maxsize=256)
def choice(candidates: int, most: int, sentences: tuple[int, int] | None = None) -> type[ChoiceDraft]:
    """Return the draft that chooses at most `most` quotes; see `quotes`."""
    return create_model("ChoiceDraft", __base__=ChoiceDraft, quotes=quotes(candidates, most, sentences))


def quotes(candidates: int, most: int, sentences: tuple[int, int] | None = None) -> Any:
    """Return the field, type and default, of at most `most` of `candidates` numbered quotes.

    It is for `create_model`: the choice may be asked for alone or beside other fields in one draft.

    Args:
        candidates: how many quotes are numbered.
        most: bound on the list.
        sentences: first and last number of the sentences that a quote of the model's own may stand in; None where
            it may only choose.
    """
    if sentences is None:
        quote = create_model("ChosenQuoteDraft", __base__=ChosenQuoteDraft, candidate=(_number(1, candidates), ...))
        return Annotated[tuple[quote, ...], Field(max_length=most)], ...
    own = create_model(
        "ProposedQuoteDraft",
        __base__=ProposedQuoteDraft,
        candidate=(_number(0, candidates), ...),
        sentence=(_number(0, sentences[1]), ...),
    )
    return Annotated[tuple[own, ...], Field(max_length=most)], ...


def translation(
    targets: Sequence[str], lines: int, bounds: Sequence[Bound] = (), *, defended: bool = False
) -> type[TranslationDraft]:
    """Return the draft for `lines` translated lines in each of the languages `targets`.

    `bounds` are what a grammar-based endpoint keeps single lines to, in the words of JSON Schema; `defended` lines
    come with the reason why one that was objected to is right.
    """
    return _translation(tuple(targets), lines, tuple(bounds), defended=defended)


@lru_cache(maxsize=256)
def _translation(
    targets: tuple[str, ...], lines: int, bounds: tuple[Bound, ...], *, defended: bool
) -> type[TranslationDraft]:
    def line(number: int) -> Any:
        own: dict[str, Any] = {keyword: value for bound, keyword, value in bounds if bound == number}
        return (LineDraft if defended else Annotated[str, Field(json_schema_extra=own or _LINE)]), ...

    fields: dict[str, Any] = {str(number): line(number) for number in range(1, lines + 1)}
    each = create_model("LinesDraft", __base__=LinesDraft, **fields)
    blocks: dict[str, Any] = dict.fromkeys(targets, (each, ...))
    return create_model("TranslationDraft", __base__=TranslationDraft, **blocks)


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


def _some(first: int, last: int) -> Any:
    """Return the type of a few such numbers, as many as there are: those of one row weigh less than the row."""
    number = Field(json_schema_extra={"minimum": first, "maximum": last})
    few: dict[str, Any] = {"minItems": 1, "maxItems": 3}
    return Annotated[tuple[Annotated[int, number], ...], Field(json_schema_extra=few)]
