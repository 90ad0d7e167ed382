"""What differs by language, one TOML file each. A new language is one new file."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from summarizer.errors import ConfigurationError

__all__ = ["available", "base", "checked", "expected_chars", "name", "section"]


@cache
def available() -> tuple[str, ...]:
    """Return the codes (ISO 639-1) of the languages that have a file, sorted."""
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def name(language: str) -> str:
    """Return the English name of a language, as prompts and messages use it."""
    return str(_table(_known(language), "")["name"])


def section(language: str, title: str) -> Mapping[str, Any]:
    """Return one table of a language's file.

    Raises:
        ConfigurationError: the language has no file, or the file lacks the table.
    """
    return _table(_known(language), title)


def checked(language: str) -> str:
    """Return the code of a supported language.

    Raises:
        ConfigurationError: the language has no file.
    """
    name(language)
    return base(language)


def expected_chars(text: str, language: str, target: str) -> float:
    """Return how many characters a translation of `text` from one language into another usually has."""
    return len(text) * float(section(target, "words")["density"]) / float(section(language, "words")["density"])


def base(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag: ``zh-Hans-CN`` → ``zh``."""
    return language.replace("_", "-").split("-", 1)[0].lower()


def _known(language: str) -> str:
    code = base(language)
    if code not in available():
        raise ConfigurationError(
            f"language {language!r} is not supported; choose one of {', '.join(available())} "
            f"or add languages/{code}.toml"
        )
    return code


@cache
def _table(code: str, title: str) -> Mapping[str, Any]:
    """Return one table with the tables inside it; with an empty title what stands before all tables."""
    wanted = "".join(part for name, part in _parts(code) if name.split(".", 1)[0] == title)
    if not wanted:
        raise ConfigurationError(f"languages/{code}.toml has no table [{title}]; add it as in en.toml")
    tables = tomllib.loads(wanted)
    table: Mapping[str, Any] = tables[title] if title else tables
    return table


@cache
def _parts(code: str) -> tuple[tuple[str, str], ...]:
    """Return a language's file cut at its headers, as (title, text): it is long, and no article needs all of it.

    A header is a line that holds nothing else but ``[title]`` or ``[title.of.a.table.inside]``.
    """
    text = resources.files(__name__).joinpath(f"{code}.toml").read_text(encoding="utf-8")
    places = [0, *(header.start() for header in _HEADER.finditer(text)), len(text)]
    parts = (text[start:end] for start, end in pairwise(places))
    return tuple((header[1] if (header := _HEADER.match(part)) else "", part) for part in parts)


_HEADER = re.compile(r"^\[([a-z_]+(?:\.[a-z_]+)*)\][ \t]*(?:#.*)?$", re.MULTILINE)
