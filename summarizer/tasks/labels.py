"""What a section and its fields are called in other languages: a reader of a brief sees them in the brief's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer import languages
from summarizer.errors import TaskError
from summarizer.tasks import words
from summarizer.tasks.field import Field

__all__ = ["MOST_TITLE", "Labels", "labels"]

MOST_TITLE = 80
_KNOWN = ("title", "fields")


@dataclass(frozen=True, slots=True)
class Labels:
    """The titles of a task in one language.

    Attributes:
        language: BCP 47.
        title: of the section; empty where the task has none in this language.
        fields: field → title; a field without one is left out.
    """

    language: str
    title: str
    fields: tuple[tuple[str, str], ...]


def labels(given: Any, fields: Sequence[Field], place: str) -> tuple[Labels, ...]:
    """Return the titles of a task by language: a table for each, with ``title`` and ``fields``.

    Raises:
        TaskError: a language or field is not known, a title is too long or has no word, or two are the same.
    """
    if not isinstance(given, Mapping):
        raise TaskError(f"{place}: this is no table", "write it as docs/tasks.md shows")
    return tuple(_of(code, own, fields, f"{place}.{words.shown(code)}") for code, own in given.items())


def _of(code: str, own: Any, fields: Sequence[Field], place: str) -> Labels:
    if not languages.known(code):
        raise TaskError(f"{place}: this is no language", "write its BCP 47 code: it, zh, pt")
    told = own.get("fields", {}) if isinstance(own, Mapping) else None
    if not isinstance(told, Mapping):
        raise TaskError(f"{place}: this is no table", "write it as docs/tasks.md shows")
    _only(own, _KNOWN, place)
    _only(told, [field.name for field in fields], f"{place}.fields")
    titles = tuple((name, _title(text, f"{place}.fields.{name}")) for name, text in told.items())
    whole = {field.name: field.title for field in fields} | dict(titles)
    if len({words.alike(title) for title in whole.values()}) < len(whole):
        raise TaskError(f"{place}.fields: two fields have one title", "no reader could tell them apart")
    return Labels(languages.checked(code), _title(own["title"], f"{place}.title") if "title" in own else "", titles)


def _only(part: Mapping[str, Any], known: Sequence[str], place: str) -> None:
    if unknown := [words.shown(word) for word in part if word not in known]:
        raise TaskError(f"{place}: “{unknown[0]}” is not known", f"known: {', '.join(known)}")


def _title(given: Any, place: str) -> str:
    title = " ".join(words.held(given, MOST_TITLE, place).split())
    if not any(map(str.isalnum, title)):
        raise TaskError(f"{place}: there is no word in it", "write what a reader is to see, or leave it out")
    return title
