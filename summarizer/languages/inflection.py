"""How words of a language change: the comments in ``inflection.toml`` say what each list holds."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from summarizer.languages import tables

__all__ = ["Inflection", "forms", "inflection"]

#: What is left of a word without its ending has so many letters: *via* is no form of *vie* by a rule that holds.
_LEAST_STEM = 2


class Inflection(NamedTuple):
    """Endings that stand for one another, a row for each kind of word, and what stands before an infinitive."""

    nouns: tuple[tuple[str, ...], ...] = ()
    agreeing: tuple[tuple[str, ...], ...] = ()
    verbs: tuple[tuple[str, ...], ...] = ()
    infinitive: str = ""


@cache
def inflection(code: str) -> Inflection:
    """Return the endings of a language; none of one that has no such file, or does not inflect.

    Raises:
        ConfigurationError: its file is not as it must be.
    """
    if not resources.files("summarizer.languages").joinpath(code, "inflection.toml").is_file():
        return Inflection()
    found: Inflection = tables.file(code, "inflection", Inflection)
    return found


@lru_cache(maxsize=8192)
def forms(word: str, code: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms of a word in small letters, the word itself among them, longest first.

    Args:
        word: any form of it.
        code: primary subtag of its language.
        kinds: as which kinds of word it may change: names of the fields of `Inflection`.
    """
    own = inflection(code)
    found = {word, *(form for kind in kinds for form in _changed(word, getattr(own, kind)))}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _changed(word: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    fit = [(row, end) for row in rows for end in row if word.endswith(end) and len(word) - len(end) >= _LEAST_STEM]
    longest = max((len(end) for _, end in fit), default=0)
    for row, end in fit:
        if len(end) == longest:
            stem = word[: len(word) - len(end)]
            yield from (stem + other for other in row)
