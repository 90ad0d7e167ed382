"""Tables of a language's files as frozen typed values: an unknown key, a missing one or a wrong type is an error.

The classes of this package say which keys a table has; one with a default may be left out. Most are named tuples,
which are made in a seventh of a dataclass's time. A file is cut at its headers and parsed table by table: it is long,
and no article needs all of it.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType, UnionType
from typing import Any, Literal, NewType, get_args, get_origin

from summarizer.errors import ConfigurationError
from summarizer.languages.wordlist import expand

__all__ = ["available", "bare", "file", "is_record", "keys", "table"]

_HEADER = re.compile(r"^\[([a-z_]+(?:\.[a-z_]+)*)\][ \t]*(?:#.*)?$", re.MULTILINE)
#: The tables of the files that are read table by table.
_TITLES = {
    "language": {"words", "sentences", "marks", "dateline", "page", "letter"},
    "checks": {
        "negation", "contrasts", "contraries", "offices", "rates", "countries", "places", "cities", "refusal",
        "instructions",
    },
}  # fmt: skip
_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


@cache
def available() -> tuple[str, ...]:
    """Return the codes (ISO 639-1) of the languages that have a folder, sorted."""
    folders = resources.files("summarizer.languages").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("language.toml").is_file()))


@cache
def file(code: str, name: str, kind: Any) -> Any:
    """Return a whole file of a language as the class `kind`.

    Raises:
        ConfigurationError: the file is missing or not as `kind` says.
    """
    if code not in available():
        return _nothing(kind)
    place = f"languages/{code}/{name}.toml"
    return _typed(_parsed(_text(code, name), place), kind, place)


@cache
def table(code: str, name: str, title: str, kind: Any) -> Any:
    """Return one table of a file as the type `kind`; with an empty title what stands before all tables.

    Raises:
        ConfigurationError: the file or the table is missing or not as `kind` says.
    """
    if code not in available():
        return _nothing(kind)
    place = f"languages/{code}/{name}.toml"
    own = "".join(part for at, part in _parts(code, name) if at.split(".", 1)[0] == title)
    found = _parsed(own, place)
    if title and title not in found:
        raise ConfigurationError(f"{place} has no table [{title}]; docs/new-language.md has the tables of each file")
    return _typed(found[title] if title else found, kind, f"{place}: [{title}]" if title else place)


def bare(kind: Any, **known: Any) -> Any:
    """Return a table of a language that has no folder: what is `known` of it, and nothing in every other field."""
    return kind(
        **{field: known[field] if field in known else _nothing(own) for field, own in _annotated(kind).items()}
    )


def keys(kind: Any) -> Mapping[str, str]:
    """Return the keys of a table → its fields: ``and`` is ``and_``, for `and` is no name in Python."""
    return {name.rstrip("_"): name for name in _annotated(kind)}


def is_record(kind: Any) -> bool:
    """Tell whether a type (or a value of it) stands for a table with fields."""
    return is_dataclass(kind) or hasattr(kind, "_fields")


def _annotated(kind: Any) -> dict[str, Any]:
    """Return the fields of a class and of those that it is derived from, with their types."""
    bases = [base for base in reversed(kind.__mro__) if "__annotations__" in vars(base)]
    return {name: own for base in bases for name, own in vars(base)["__annotations__"].items()}


def _nothing(kind: Any) -> Any:
    """Return the value of a field that says nothing: no words, no text, no."""
    origin, args = get_origin(kind), get_args(kind)
    if type(None) in args:
        return None
    if is_record(kind):
        return bare(kind)
    if origin is tuple:
        return () if args[-1] is ... else tuple(map(_nothing, args))
    if origin is Mapping:
        return MappingProxyType({})
    return args[0] if origin is Literal else _plain(kind)()


@cache
def _text(code: str, name: str) -> str:
    path = resources.files("summarizer.languages").joinpath(code, f"{name}.toml")
    if not path.is_file():
        raise ConfigurationError(f"languages/{code}/{name}.toml is missing; copy it from another language")
    return path.read_text(encoding="utf-8")


@cache
def _parts(code: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return a file cut at its headers, as (title, text).

    A header is a line that holds nothing else but ``[title]`` or ``[title.of.a.table.inside]``.
    """
    text, place = _text(code, name), f"languages/{code}/{name}.toml"
    places = [0, *(header.start() for header in _HEADER.finditer(text)), len(text)]
    parts = (text[start:end] for start, end in pairwise(places))
    cut = tuple((header[1] if (header := _HEADER.match(part)) else "", part) for part in parts)
    for title in (title.split(".", 1)[0] for title, _ in cut if title):
        if title not in _TITLES[name]:
            raise ConfigurationError(
                f"{place} has the unknown table [{title}]; {_hint(title, sorted(_TITLES[name]))}"
            )
    return cut


def _parsed(text: str, place: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{place} cannot be read: {error}") from error


def _typed(found: object, kind: Any, place: str) -> Any:
    """Return what was parsed as the type that a field has."""
    if type(None) in get_args(kind):  # TOML has no null: what is there is of the other type
        kind = get_args(kind)[0]
    origin = get_origin(kind)
    if is_record(kind):
        return _record(found, kind, place)
    if origin is tuple:
        return _row(found, get_args(kind), place)
    if origin is Mapping:
        return _mapping(found, get_args(kind), place)
    choices = get_args(kind) if origin in {Literal, UnionType} else ()
    known = found in choices if origin is Literal else any(_is(found, choice) for choice in choices or (kind,))
    if not known:
        raise _wrong(place, " or ".join(_NAMES.get(c, repr(c)) for c in choices or (_plain(kind),)), found)
    return found


def _record(found: object, kind: Any, place: str) -> Any:
    """Return a table with fields."""
    if not isinstance(found, dict):
        raise _wrong(place, "a table", found)
    names, kinds, defaults = keys(kind), _annotated(kind), getattr(kind, "_field_defaults", {})
    missing = [name for name, field in names.items() if name not in found and field not in defaults]
    for name in found:
        if name not in names:
            raise ConfigurationError(f"{place} has the unknown key {name!r}; {_hint(name, missing)}")
    if missing:
        raise ConfigurationError(f"{place} lacks the key {missing[0]!r}; an empty value says that there is none")
    read = ((names[name], value, _at(place, name)) for name, value in found.items())
    return kind(**{field: _typed(value, kinds[field], at) for field, value, at in read})


def _row(found: object, kinds: tuple[Any, ...], place: str) -> tuple[Any, ...]:
    """Return a list; one of words with their alternatives written out."""
    if not isinstance(found, list):
        raise _wrong(place, "a list", found)
    if kinds[-1] is not ...:
        if len(found) != len(kinds):
            raise _wrong(place, f"a list of {len(kinds)}", found)
        return tuple(_typed(value, kind, place) for value, kind in zip(found, kinds, strict=True))
    if kinds[0] is not str:
        return tuple([_typed(value, kinds[0], place) for value in found])
    for word in found:
        if not isinstance(word, str):
            raise _wrong(place, "a list of text", word)
    return tuple([word for value in found for word in (expand(value) if "{" in value else (value,))])


def _mapping(found: object, kinds: tuple[Any, ...], place: str) -> Mapping[str, Any]:
    """Return a table whose keys are words, their alternatives written out, or forms, which stay as they are."""
    if not isinstance(found, dict):
        raise _wrong(place, "a table", found)
    names = expand if kinds[0] is str else lambda name: (name,)
    values = ((name, _typed(value, kinds[1], _at(place, name))) for name, value in found.items())
    return MappingProxyType({word: value for name, value in values for word in names(name)})


def _is(found: object, kind: Any) -> bool:
    plain = _plain(kind)
    if isinstance(found, bool) or plain is bool:
        return isinstance(found, bool) and plain is bool
    return isinstance(found, (int, float) if plain is float else plain)


def _plain(kind: Any) -> Any:
    return kind.__supertype__ if isinstance(kind, NewType) else kind


def _at(place: str, name: str) -> str:
    """Return where a key stands, for a message: ``languages/it/speech.toml: cues.says``."""
    return f"{place}{' ' if place.endswith(']') else ': ' if place.endswith('.toml') else '.'}{name}"


def _hint(name: str, others: Iterable[str]) -> str:
    from difflib import get_close_matches  # for a message alone

    near = get_close_matches(name, others, n=1)
    return f"did you mean {near[0]!r}?" if near else "docs/new-language.md has the keys of each table"


def _wrong(place: str, wanted: str, found: object) -> ConfigurationError:
    return ConfigurationError(f"{place} must be {wanted}, not {found!r:.60}")
