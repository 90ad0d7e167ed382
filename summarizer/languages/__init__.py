"""What differs by language, one folder each. A new language is one new folder (docs/new-language.md).

get(language)          → the language: its traits and the words of its tables
available()            → the codes of those that have a folder
known(language)        → whether it has one, or is read by what CLDR says of it (docs/languages.md)
"""

import re
from functools import cache

from summarizer.errors import ConfigurationError
from summarizer.languages import general, hant, tables
from summarizer.languages.language import Language, Marks
from summarizer.languages.tables import available

__all__ = [
    "Language", "Marks", "available", "base", "checked", "comma", "expected_chars", "get", "known", "marks", "meant",
    "name", "names", "right_to_left", "same",
]  # fmt: skip


def get(language: str) -> Language:
    """Return a language by its BCP 47 tag.

    Raises:
        ConfigurationError: nothing is known of the language, or its ``language.toml`` is not as it must be.
    """
    return _language(base(language))


def known(language: str) -> bool:
    """Tell whether a BCP 47 tag is of a language with a folder, or of one that CLDR and the identifier know."""
    return base(language) in available() or general.knows(base(language))


def name(language: str) -> str:
    """Return the English name of a language, as prompts and messages use it; of Chinese with script and region.

    A region's form is called as CLDR calls it: ``Brazilian Portuguese``.
    """
    own = get(language)
    return hant.name(language, own.name) or _region(language, own) or own.name


def names(source: str, target: str) -> tuple[str, str]:
    """Return the English names of a text's language and of its translation's; both scripts of one that is in two."""
    own, other = get(source).name, get(target).name
    if own == other:
        return hant.name(source, own) or f"Simplified {own}", hant.name(target, own) or f"Simplified {own}"
    return own, name(target)


def checked(language: str) -> str:
    """Return the tag of a language as a digest has it: its code, with traditional print, ``zh-TW``, or a region.

    A region counts where CLDR has a name for what is written there, as for ``pt-BR`` and ``en-GB``.

    Raises:
        ConfigurationError: nothing is known of the language, or it is not known in the script asked for.
    """
    own = get(language)
    if strange := general.other_script(language, own.code):
        told = f"{language!r}: {own.name} is not known in the script {strange}"
        raise ConfigurationError(told, f"leave {strange} out for {own.name} as it is mostly written")
    if _region(language, own):
        return "-".join((own.code, *(part.upper() for part in _parts(language)[1:])))
    return own.code + hant.variant(language)


def meant(text: str) -> tuple[str, ...]:
    """Return the codes of languages written in another way: names, in English or their own, several in one text.

    Empty where a part of it is neither a code nor such a name.
    """
    parts = [part for part in re.split(r"[\s,;+/]+", text.strip()) if part]
    codes = [part if known(part) else general.called(part, available()) for part in parts]
    return tuple(code for code in codes if code) if all(codes) else ()


def comma(language: str) -> str:
    """Return what print puts between a name and what is said of it, with its space; of an unknown language ours."""
    return get(language if known(language) else "en").comma


def marks(language: str) -> Marks:
    """Return what print puts around quotations in a language, of its script or region where that has others.

    One of which nothing is known has the marks of English.
    """
    own = get(language if known(language) else "en").marks
    subtags = [*(["Hant"] if hant.is_traditional(language) else []), *(p.upper() for p in _parts(language)[1:])]
    found = next((own.elsewhere[each] for each in subtags if each in own.elsewhere), own)
    return Marks(found.outer, found.inner)


def right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left; False of one of which nothing is known."""
    return known(language) and get(language).script not in ("latin", "han") and general.right_to_left(base(language))


def same(language: str, other: str) -> bool:
    """Tell whether two tags are of one language in one script: a brief from one into the other would be a copy."""
    return base(language) == base(other) and hant.is_traditional(language) == hant.is_traditional(other)


def expected_chars(text: str, language: str, target: str) -> float:
    """Return how many characters a translation of `text` from one language into another usually has."""
    return len(text) * get(target).words.density / get(language).words.density


def base(language: str) -> str:
    """Return the code of a BCP 47 tag: the primary subtag, ``zh-Hans-CN`` → ``zh``.

    Of a language without a folder an unusual script that CLDR knows it in stays: ``sr-Latn``.
    """
    code = _parts(language)[0].lower()
    return code if code in available() else general.written(language)


def _parts(language: str) -> list[str]:
    return language.replace("_", "-").split("-")


def _region(language: str, own: Language) -> str:
    """Return what CLDR calls a region's form of a language; nothing for Chinese, which `hant` tells apart."""
    return "" if own.script == "han" else general.regional(language)


@cache
def _language(code: str) -> Language:
    if code not in available():
        if general.knows(code):
            return _general(code)
        raise ConfigurationError(
            f"language {code!r} is not supported; choose one of {', '.join(available())}, write the BCP 47 code of "
            f"another that Unicode's CLDR knows (pt, ja, ar: docs/languages.md), or add the folder languages/{code} "
            "(docs/new-language.md)"
        )
    found: Language = tables.table(code, "language", "", Language)
    if found.code != code:
        raise ConfigurationError(f"languages/{code}/language.toml: code must be {code!r}, the folder's name")
    return found


def _general(code: str) -> Language:
    """Return a language without a folder."""
    spaced = general.is_spaced(code)
    own: Language = tables.bare(
        Language,
        code=code,
        name=general.english(code),
        script=general.script(code),
        spaced=spaced,
        joint=" " if spaced or not general.full_stop(code) else "",
        full_stop=general.full_stop(code),
        comma=general.comma(code),
    )
    return own
