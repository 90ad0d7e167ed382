"""Flags that several commands have, each once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options

__all__ = ["BaseUrl", "Config", "ContextTokens", "Debug", "Fetch", "Glossaries", "HeadlineChars", "HeadlineWords",
           "Language", "Length", "Listed", "Listing", "Model", "Points", "Prompts", "Quiet", "ReasoningEffort",
           "Request", "Sentences", "Style", "Tasks", "Timeout", "placed"]  # fmt: skip


class Listing(StrEnum):
    """How findings are listed."""

    text = "text"
    json = "json"


Model = Annotated[str | None, options.model(help="Model name at the endpoint, or a GGUF file.")]
BaseUrl = Annotated[str | None, options.model(help="OpenAI-compatible endpoint, ending in /v1.")]
Config = Annotated[Path | None, typer.Option(help="Settings file; default: summarizer.toml.")]
Timeout = Annotated[float | None, options.model(help="Seconds for one request.")]
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
Prompts = Annotated[
    Path | None, options.house(metavar="DIR", help="Templates of yours, in the place of the standard ones.")
]
Style = Annotated[
    Path | None, options.house(metavar="FILE", help="House style; default: style.md beside the templates.")
]
Tasks = Annotated[
    list[Path] | None,
    options.house(
        "--task",
        metavar="FILE",
        help="Fields of yours, a section of the digest: TOML, agreements or figures; may be repeated.",
    ),
]
Length = Annotated[str | None, options.house(help="How long a digest is: short, medium or long.")]
Sentences = Annotated[int | None, options.house(help="Sentences of the abstract.")]
Points = Annotated[int | None, options.house(help="Key points at most.")]
HeadlineWords = Annotated[int | None, options.house(help="Words of a headline at most.")]
HeadlineChars = Annotated[int | None, options.house(help="Characters of a headline at most.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in this program an article failed.")]


def placed(tasks: list[Path] | None) -> list[str] | None:
    """Return where task files are, from whatever folder they are read later; names of those that ship stay names."""
    return [str(path.resolve() if path.exists() else path) for path in tasks] if tasks else None
