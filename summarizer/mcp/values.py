"""What the tools take and give: one model for each, from which the schemas that clients see are made."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from summarizer import languages
from summarizer.digest import ArticleRecord, FigureRecord, FindingRecord, Quote

__all__ = ["Checked", "Figures", "Given", "Held", "Quotes", "Wanted"]


class _Taken(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Given(_Taken):
    """An article: exactly one of text, path and address."""

    text: str | None = Field(default=None, description="the article itself: plain text, Markdown or HTML")
    path: str | None = Field(
        default=None, description="a file of one article, in a folder that this server may read (--root)"
    )
    address: str | None = Field(
        default=None, description="where it is on the web, http or https, if this server may fetch it (--fetch)"
    )
    language: str | None = Field(
        default=None, description="BCP 47 code of the article's language; default: found out"
    )


class Wanted(Given):
    """An article, exactly one of text, path and address, and the languages of its briefs."""

    to: tuple[str, ...] = Field(
        default=(),
        description=f"languages of the briefs: {', '.join(languages.available())}; any other by its BCP 47 code, "
        "with fewer checks; the article's is skipped",
    )


class Held(_Taken):
    """A digest: exactly one of digest and id."""

    digest: dict[str, Any] | None = Field(default=None, description="a digest as summarize gave it")
    id: str | None = Field(
        default=None,
        description="of a digest that this server keeps: article.id in it, or what stands behind "
        "summarizer://digests/ in its address",
    )


class _Made(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Checked(_Made):
    """What a digest can be objected to; with an error it must not go out as it is."""

    article: str = Field(description="SHA-256 of the article's text")
    errors: int = Field(ge=0, description="findings of severity error")
    warnings: int = Field(ge=0, description="findings of severity warning")
    findings: tuple[FindingRecord, ...]


class Quotes(_Made):
    """Every quotation that the rules find; offsets count code points of article.text."""

    article: ArticleRecord
    quotes: tuple[Quote, ...]
    findings: tuple[FindingRecord, ...] = Field(description="about the article and these quotes")


class Figures(_Made):
    """Every figure that the rules find; offsets count code points of article.text."""

    article: ArticleRecord
    figures: tuple[FigureRecord, ...]
    findings: tuple[FindingRecord, ...] = Field(description="about the article and these figures")
