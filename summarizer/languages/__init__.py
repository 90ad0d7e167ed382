"""What differs by language, one TOML file each. A new language is one new file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
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
    return str(_file(language)["name"])


def section(language: str, title: str) -> Mapping[str, Any]:
    """Return one table of a language's file.

    Raises:
        ConfigurationError: the language has no file, or the file lacks the table.
    """
    tables = _file(language)
    if title not in tables:
        raise ConfigurationError(f"languages/{base(language)}.toml has no table [{title}]; add it as in en.toml")
    table: Mapping[str, Any] = tables[title]
    return table


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


@cache
def _file(language: str) -> Mapping[str, Any]:
    code = base(language)
    if code not in available():
        raise ConfigurationError(
            f"language {language!r} is not supported; choose one of {', '.join(available())} "
            f"or add languages/{code}.toml"
        )
    text = resources.files(__name__).joinpath(f"{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
