"""What differs by language, one folder each. A new language is one new folder (docs/new-language.md).

get(language)          → the language: its traits and the words of its tables
available()            → the codes of those that have a folder
"""

from functools import cache

from summarizer.errors import ConfigurationError
from summarizer.languages import hant, tables
from summarizer.languages.language import Language
from summarizer.languages.tables import available

__all__ = ["Language", "available", "base", "checked", "expected_chars", "get", "name", "names", "same"]


def get(language: str) -> Language:
    """Return a language by its BCP 47 tag.

    Raises:
        ConfigurationError: the language has no folder, or its ``language.toml`` is not as it must be.
    """
    return _language(base(language))


def name(language: str) -> str:
    """Return the English name of a language, as prompts and messages use it; of Chinese with script and region."""
    return hant.name(language, get(language).name) or get(language).name


def names(source: str, target: str) -> tuple[str, str]:
    """Return the English names of a text's language and of its translation's; both scripts of one that is in two."""
    own, other = get(source).name, get(target).name
    if own == other:
        return hant.name(source, own) or f"Simplified {own}", hant.name(target, own) or f"Simplified {own}"
    return own, name(target)


def checked(language: str) -> str:
    """Return the tag of a supported language: its code, and behind it what tells traditional print, ``zh-TW``.

    Raises:
        ConfigurationError: the language has no folder.
    """
    return get(language).code + hant.variant(language)


def same(language: str, other: str) -> bool:
    """Tell whether two tags are of one language in one script: a brief from one into the other would be a copy."""
    return base(language) == base(other) and hant.is_traditional(language) == hant.is_traditional(other)


def expected_chars(text: str, language: str, target: str) -> float:
    """Return how many characters a translation of `text` from one language into another usually has."""
    return len(text) * get(target).words.density / get(language).words.density


def base(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag: ``zh-Hans-CN`` → ``zh``."""
    return language.replace("_", "-").split("-", 1)[0].lower()


@cache
def _language(code: str) -> Language:
    if code not in available():
        raise ConfigurationError(
            f"language {code!r} is not supported; choose one of {', '.join(available())} "
            f"or add the folder languages/{code} (docs/new-language.md)"
        )
    found: Language = tables.table(code, "language", "", Language)
    if found.code != code:
        raise ConfigurationError(f"languages/{code}/language.toml: code must be {code!r}, the folder's name")
    return found
