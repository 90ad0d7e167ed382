"""Flags that several commands have, each once, and groups of them, of which a command takes one value."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from summarizer.cli import options

__all__ = ["Checks", "Config", "ContextTokens", "Debug", "Endpoint", "Fetch", "Format", "Glossaries", "House",
           "Language", "Listed", "Listing", "Quiet", "ReasoningEffort", "Request", "Timeout", "settings"]  # fmt: skip


class Listing(StrEnum):
    """How findings are listed."""

    text = "text"
    json = "json"


class Format(StrEnum):
    """How digests are written."""

    auto = "auto"
    markdown = "markdown"
    json = "json"
    html = "html"
    text = "text"
    docx = "docx"
    eml = "eml"


Config = Annotated[Path | None, typer.Option(help="Settings file; default: summarizer.toml.")]
Timeout = Annotated[float | None, options.model("--timeout", help="Seconds for one request.")]
ContextTokens = Annotated[int | None, options.model(help="Context window of the model.")]
ReasoningEffort = Annotated[
    str | None, options.model(help="How long a reasoning model thinks: none, minimal, low, medium, high.")
]
Request = Annotated[
    list[str] | None,
    options.model(metavar="NAME=VALUE", help="Added to each request: a body field, header or query parameter."),
]
Language = Annotated[str | None, options.article(help="Language of the articles; default: found out.")]
Listed = Annotated[Listing, typer.Option("--format", help="text: a line each; json: an object a line.")]
Glossaries = Annotated[
    list[Path] | None,
    options.checked(metavar="FILE", help="What things and people are called: TOML, CSV or TBX; may be repeated."),
]
Fetch = Annotated[bool, options.article("--fetch", help="Get articles that are given by http(s) address.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in this program an article failed.")]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who is asked."""

    model: Annotated[str | None, options.model(help="Model name at the endpoint, or a GGUF file.")] = None
    base_url: Annotated[str | None, options.model(help="OpenAI-compatible endpoint, ending in /v1.")] = None


@dataclass(frozen=True, slots=True)
class Checks:
    """How lines are held against the article."""

    trust: Annotated[
        str | None, options.checked(help="high: publish lines with a doubt beside them; low: leave them out.")
    ] = None
    review: Annotated[str | None, options.checked(help="What is read a second time: all, doubts or none.")] = None
    review_model: Annotated[str | None, options.checked(help="Model for the second reading.")] = None
    max_quotes: Annotated[int | None, options.checked(help="Key quotes at most.")] = None
    glossary: Glossaries = None


@dataclass(frozen=True, slots=True)
class House:
    """How an office wants its digests."""

    prompts: Annotated[
        Path | None, options.house(metavar="DIR", help="Templates of yours, in the place of the standard ones.")
    ] = None
    style: Annotated[
        Path | None, options.house(metavar="FILE", help="House style; default: style.md beside the templates.")
    ] = None
    task: Annotated[
        list[Path] | None,
        options.house(
            "--task",
            metavar="FILE",
            help="Fields of yours, a section of the digest: TOML, agreements or figures; may be repeated.",
        ),
    ] = None
    length: Annotated[str | None, options.house(help="How long a digest is: short, medium or long.")] = None
    sentences: Annotated[int | None, options.house(help="Sentences of the abstract.")] = None
    max_key_points: Annotated[int | None, options.house("--points", help="Key points at most.")] = None
    headline_words: Annotated[int | None, options.house(help="Words of a headline at most.")] = None
    headline_chars: Annotated[int | None, options.house(help="Characters of a headline at most.")] = None


def settings(*groups: Any) -> dict[str, Any]:
    """Return what groups were given, by the names of settings, which their fields have; None where nothing was.

    Raises:
        ConfigurationError: a field of a request that cannot be read.
    """
    given = {field.name: getattr(group, field.name) for group in groups for field in fields(group)}
    given.pop("config", None)  # where settings stand is none of them
    held: dict[str, Callable[[Any], Any]] = {"request": _requested, "task": _placed, "glossary": _resolved}
    return {name: held[name](value) if value and name in held else value for name, value in given.items()}


def _requested(fields_given: list[str]) -> dict[str, Any]:
    from summarizer.llm import extras

    return extras.parse(fields_given)


def _placed(tasks: list[Path]) -> list[str]:
    """Return where task files are, from whatever folder they are read later; names of those that ship stay names."""
    return [str(path.resolve() if path.exists() else path) for path in tasks]


def _resolved(paths: list[Path]) -> list[str]:
    return [str(path.resolve()) for path in paths]
