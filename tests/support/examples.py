"""Examples by language: `tests/languages/<code>/<name>.toml`, read strictly.

A file is a record: its keys are the sections that a test names, each a list or a table of examples. What is not as the
record says (an unknown key, a section that is missing or empty) is an error that names the file and the key.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from _pytest.mark import ParameterSet
from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer import languages

__all__ = ["FOLDER", "Record", "cases", "lacking", "read", "read_file", "sections"]

FOLDER = Path(__file__).resolve().parents[1] / "languages"
_ID_CHARS = 40


class Record(BaseModel):
    """A table of a file of examples; an unknown key is an error. `why` says what an example is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


R = TypeVar("R", bound=Record)


def read(code: str, name: str, kind: type[R]) -> R:
    """Return the examples of one kind of a language.

    Raises:
        ValueError: the file is missing or not as `kind` says.
    """
    path = FOLDER / code / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"{_place(path)} is missing: every language has examples of every kind")
    return read_file(path, kind)


def read_file(path: Path, kind: type[R]) -> R:
    """Return a file as a record.

    Raises:
        ValueError: the file is not as `kind` says.
    """
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{_place(path)}: {error}") from error
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ValueError(f"{_place(path)}: {'; '.join(wrong)}") from error


def lacking(code: str, name: str, kind: type[Record]) -> list[str]:
    """Return the sections of which a language has no example."""
    found = read(code, name, kind)
    return [section for section in type(found).model_fields if not getattr(found, section)]


def cases(name: str, kind: type[Record], section: str) -> list[ParameterSet]:
    """Return (language, example) of every language, for `pytest.mark.parametrize`.

    An example is an item of a list, or the key and the value of a table. A language without the file has none here;
    the test of what is lacking says so.
    """
    return [_case(code, section, example) for code, example in _every(name, kind, section)]


def sections(name: str, kind: type[Record], *titles: str) -> list[ParameterSet]:
    """Return (language, section, example) of several sections, as `cases` of one."""
    every = ((code, title, example) for title in titles for code, example in _every(name, kind, title))
    return [pytest.param(*case, id=_id(*case)) for case in every]


def _case(code: str, section: str, example: Any) -> ParameterSet:
    return pytest.param(code, example, id=_id(code, section, example))


def _every(name: str, kind: type[Record], section: str) -> Iterator[tuple[str, Any]]:
    for code in languages.available():
        if (FOLDER / code / f"{name}.toml").is_file():
            found = getattr(read(code, name, kind), section)
            yield from ((code, example) for example in (found.items() if isinstance(found, Mapping) else found))


def _id(code: str, section: str, example: Any) -> str:
    """Return a name with the first words of an example's text."""
    text = example if isinstance(example, str) else example[0] if isinstance(example, tuple) else example.text
    return f"{code}-{section}-{' '.join(str(text).split())[:_ID_CHARS]}"


def _place(path: Path) -> str:
    return f"tests/languages/{path.relative_to(FOLDER)}"
