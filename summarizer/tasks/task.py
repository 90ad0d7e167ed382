"""A task of an office's own: a section of the digest, with the fields of its rows and the words that ask for it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from summarizer.errors import TaskError
from summarizer.tasks import schema, words
from summarizer.tasks.field import Field
from summarizer.tasks.labels import MOST_TITLE, Labels, labels

__all__ = ["MOST_TASKS", "Task", "held"]

MOST_TASKS = 6
_MOST_ROWS, _ROWS = 20, 10
_MOST_ASK = 2_000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_KNOWN = ("name", "title", "ask", "most", "schema", "labels")


@dataclass(frozen=True, slots=True)
class Task:
    """A section that an office wants in its digests.

    Attributes:
        name: what it is called in digests, gold and messages.
        title: as a reader sees it.
        ask: what the model is told, in the office's own words.
        fields: of each row, in the order of the schema.
        most: rows at most.
        labels: what a reader sees in other languages.
    """

    name: str
    title: str
    ask: str
    fields: tuple[Field, ...]
    most: int = _ROWS
    labels: tuple[Labels, ...] = ()

    @classmethod
    def of(cls, given: Any, place: str = "task") -> "Task":
        """Return the task that a table describes: ``name``, ``title``, ``ask``, ``most``, ``schema`` and ``labels``.

        Raises:
            TaskError: something in it is unknown, missing, too large or cannot be proved; the message says where.
        """
        if not isinstance(given, Mapping):
            raise TaskError(f"{place}: this is no table", "write it as docs/tasks.md shows")
        unknown = [words.shown(word) for word in given if word not in _KNOWN]
        if unknown:
            raise TaskError(f"{place}: “{unknown[0]}” is not known", f"known: {', '.join(_KNOWN)}")
        name = _name(given.get("name"), place)
        usual = name.replace("_", " ").capitalize()
        title = " ".join(_text(given, "title", MOST_TITLE, place, usual).split())
        ask = _text(given, "ask", _MOST_ASK, place)
        fields = schema.fields(given.get("schema"), f"{place}, schema")
        most = _most(given.get("most", _ROWS), place)
        return cls(name, title, ask, fields, most, labels(given.get("labels", {}), fields, f"{place}, labels"))

    @classmethod
    def from_model(
        cls,
        model: type[BaseModel],
        ask: str = "",
        title: str = "",
        most: int = _ROWS,
        labels: Mapping[str, Any] | None = None,
    ) -> "Task":
        """Return the task of a pydantic model: each of its fields says its proof in ``json_schema_extra``.

        Args:
            model: the shape of a row; its fields are strings or lists or tuples of them.
            ask: what the model is told; without it the model's docstring.
            title: as a reader sees it; without it the model's name.
            most: rows at most.
            labels: language → ``title`` and ``fields``, what a reader sees in it.

        Raises:
            TaskError: as `of`.
        """
        spaced = _WORDS.sub(" ", model.__name__)
        told = {"name": spaced.replace(" ", "_").lower(), "title": title or spaced.capitalize()}
        asked = ask or (model.__doc__ or "").strip()
        shape = {word: part for word, part in model.model_json_schema().items() if word != "description"}
        whole = {**told, "ask": asked, "most": most, "schema": shape, "labels": labels or {}}
        return cls.of(whole, model.__name__)

    @property
    def hash(self) -> str:
        """SHA-256 of everything in it, in hex."""
        whole = [self.name, self.title, self.ask, self.most, [repr(each) for each in (*self.fields, *self.labels)]]
        return sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()

    def titles(self, field: str = "") -> dict[str, str]:
        """Return language → what the section is called in it, or one of its fields."""
        told = {each.language: dict(each.fields).get(field, "") if field else each.title for each in self.labels}
        return {language: title for language, title in told.items() if title}

    def field(self, name: str) -> Field:
        """Return a field by its name; `KeyError` where there is none."""
        return {field.name: field for field in self.fields}[name]


def held(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Return tasks that can stand in one digest.

    Raises:
        TaskError: they are too many, or two have one name.
    """
    names = [task.name for task in tasks]
    if len(names) > MOST_TASKS:
        raise TaskError(f"there are {len(names)} tasks", f"ask for at most {MOST_TASKS} at once")
    if doubled := [name for name in names if names.count(name) > 1]:
        raise TaskError(f"two tasks are called “{doubled[0]}”", "give one of them another name")
    return tuple(tasks)


def _name(given: Any, place: str) -> str:
    if not isinstance(given, str) or not _NAME.fullmatch(given):
        what = "it has no name" if given is None else "this cannot be a name"
        advice = "use up to 40 small letters without accents, digits and _, a letter first"
        raise TaskError(f"{place}, name: {what}", advice)
    return given


def _text(given: Mapping[str, Any], word: str, most: int, place: str, usual: str = "") -> str:
    text = words.held(given.get(word, usual), most, f"{place}, {word}")
    if not any(map(str.isalnum, text)):
        raise TaskError(f"{place}, {word}: there are no words here", "say in your own words what is wanted")
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _most(given: Any, place: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= _MOST_ROWS:
        raise TaskError(f"{place}, most: this is no number of rows", f"give a whole number from 1 to {_MOST_ROWS}")
    return given
