"""The JSON Schema of a row, held to what can be asked for and proved: strings and lists of them, nothing without end.

A schema comes from strangers, too. None is followed out of its file, none is executed, and there is no pattern:
what cannot be asked for is refused by its name and place. Source: JSON Schema 2020-12, json-schema.org.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.errors import TaskError
from summarizer.tasks.field import PROOFS, ROOM, SENTENCES, Field, Proof
from summarizer.tasks.words import alike, held, shown

__all__ = ["fields"]

_MOST_CHARS, _MOST_DEPTH, _MOST_FIELDS, _MOST_VALUES, _MOST_CHOICES = 16_000, 8, 12, 12, 40
_MOST_TITLE, _MOST_SAYS, _MOST_HOPS = 80, 400, 4
_VALUES = 8
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_LOCAL = re.compile(r"#/\$defs/([A-Za-z0-9_]{1,80})", re.ASCII)
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
#: What each part of a schema may say. The default of a field that is left out is always nothing.
_TELLS = frozenset({"type", "title", "description", "default"})
_ROW = _TELLS | {"$schema", "$defs", "properties", "required", "additionalProperties"}
_LIST = _TELLS | {"items", "maxItems", "proof"}
_STRING = _TELLS | {"maxLength", "enum", "const", "proof"}
_WHY: Mapping[str, str] = {
    "pattern": "a pattern can run without end on some texts, and none is needed: the proof says what a value must be",
    "patternProperties": "name each field",
    "format": 'say proof = "date" or "figure" instead',
    "$id": "a schema is one piece and is called by no address",
    "minItems": "name the field under “required” instead",
    "minLength": "name the field under “required” instead",
}


def fields(schema: Any, place: str) -> tuple[Field, ...]:
    """Return the fields of a row, in the order of its schema.

    Args:
        schema: JSON Schema of an object whose properties are strings or lists of strings, each with a ``proof``.
        place: where it stands, for messages.

    Raises:
        TaskError: it is no such schema, is too large or too deep, leads out of itself, or has what cannot be asked
            for; the message says where, what and what to do.
    """
    _bounded(schema, place)
    row = _table(schema, place)
    _only(row, _ROW, place)
    _is_row(row, place)
    properties = _table(row.get("properties", {}), f"{place}.properties")
    if not 0 < len(properties) <= _MOST_FIELDS:
        raise TaskError(f"{place}.properties: there are {len(properties)} fields", f"give 1 to {_MOST_FIELDS}")
    required = _required(row, properties, place)
    own = _table(row.get("$defs", {}), f"{place}.$defs")
    made = tuple(
        _field(name, _resolved(part, own, f"{place}.properties.{shown(name)}"), place, required=name in required)
        for name, part in properties.items()
    )
    if same := _same([field.title for field in made]):
        raise TaskError(f"{place}.properties: two fields have the title “{same}”", "no reader could tell them apart")
    return made


def _same(texts: Sequence[str]) -> str:
    """Return a text that stands there twice, to a reader; empty where none does."""
    known = [alike(text) for text in texts]
    return next((text for i, text in enumerate(texts) if alike(text) in known[:i]), "")


def _bounded(schema: Any, place: str) -> None:
    """Hold a schema to a size and a depth before anything walks through it."""
    level, depth = [schema], 0
    while level:
        depth += 1
        if depth > _MOST_DEPTH:
            raise TaskError(f"{place}: it is nested deeper than {_MOST_DEPTH} levels", "take a level out")
        inner = [each.values() if isinstance(each, Mapping) else each for each in level if _holds(each)]
        level = [one for each in inner for one in each]
        if len(level) > _MOST_CHARS:
            break
    try:
        chars = len(json.dumps(schema, ensure_ascii=False, allow_nan=False)) if len(level) <= _MOST_CHARS else None
    except (TypeError, ValueError):
        what = f"{place}: this is no JSON: it has a date, a number that is none, or one without end"
        raise TaskError(what, "use texts, whole numbers, lists and tables") from None
    if chars is None or chars > _MOST_CHARS:
        raise TaskError(f"{place}: it is longer than {_MOST_CHARS:,} characters", "make several tasks of it")


def _holds(part: Any) -> bool:
    return isinstance(part, Mapping | list | tuple)


def _table(part: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(part, Mapping) or not all(isinstance(name, str) for name in part):
        raise TaskError(f"{place}: this is no table", "write it as docs/tasks.md shows")
    return part


def _only(part: Mapping[str, Any], known: frozenset[str], place: str) -> None:
    for word in part:
        if word not in known:
            advice = _WHY.get(word, f"known here: {', '.join(sorted(known))}")
            raise TaskError(f"{place}: “{shown(word)}” cannot be asked for", advice)


def _is_row(row: Mapping[str, Any], place: str) -> None:
    if row.get("type") != "object":
        raise TaskError(f"{place}.type: a row is an object", 'write type = "object"')
    if row.get("additionalProperties", False) is not False:
        raise TaskError(f"{place}.additionalProperties: nothing proves fields without a name", "take it out")
    if row.get("$schema", _DRAFT) != _DRAFT:
        raise TaskError(f"{place}.$schema: only {_DRAFT} is read", "take it out")


def _required(row: Mapping[str, Any], properties: Mapping[str, Any], place: str) -> Sequence[str]:
    named = row.get("required", [])
    wrong = [n for n in named if n not in properties] if _are_texts(named) else ["this is no list of names"]
    if wrong:
        raise TaskError(f"{place}.required: {shown(wrong[0])}", f"name some of: {', '.join(map(shown, properties))}")
    return list(named)


def _resolved(part: Any, own: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    """Return a field's schema with what it refers to in the same file, and without the null of one left out."""
    found = dict(_table(part, place))
    for _ in range(_MOST_HOPS):
        if "anyOf" in found:
            found = _without_null(found, place)
        elif "$ref" in found:
            found = {**_referred(found["$ref"], own, place), **{k: v for k, v in found.items() if k != "$ref"}}
        else:
            return found
    raise TaskError(f"{place}: it refers to itself, or through more than {_MOST_HOPS} others", "write it out here")


def _referred(to: Any, own: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    match = _LOCAL.fullmatch(to) if isinstance(to, str) else None
    if match is None or match[1] not in own:
        what = f"{place}.$ref: {shown(to)} is not in $defs of this schema"
        raise TaskError(what, "nothing is fetched from elsewhere: write it out here")
    return _table(own[match[1]], f"{place}.$ref")


def _without_null(part: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return what ``anyOf`` has beside null: that is how a field is written that may be left out."""
    ways = part["anyOf"] if isinstance(part["anyOf"], list) else []
    left = [way for way in ways if way != {"type": "null"}]
    if len(left) != 1 or len(ways) > 2:
        raise TaskError(f"{place}.anyOf: a field is one thing, or nothing", "give one kind, and null at most")
    return {**_table(left[0], f"{place}.anyOf"), **{k: v for k, v in part.items() if k != "anyOf"}}


def _field(name: str, part: Mapping[str, Any], place: str, *, required: bool) -> Field:
    if not _NAME.fullmatch(name) or name == SENTENCES:
        what = f"{place}.properties: a field cannot be called {shown(name)}"
        raise TaskError(what, "use up to 40 small letters without accents, digits and _; “title” is what readers see")
    here = f"{place}.properties.{name}"
    many = part.get("type") == "array"
    if many:
        _only(part, _LIST, here)
    inner = _table(part.get("items"), f"{here}.items") if many else part
    _only(inner, _STRING, f"{here}.items" if many else here)
    if inner.get("type", "string") != "string":
        what = f"{here}: {shown(inner.get('type'))} cannot be asked for"
        raise TaskError(
            what, "use string, or array of string: figures and dates are given as the article prints them"
        )
    told = {**inner, **{word: part[word] for word in ("title", "description", "proof") if word in part}}
    choices = _choices(inner, here)
    proof = _proof(told, choices, here)
    title, says = (
        _text(told, word, most, here) for word, most in (("title", _MOST_TITLE), ("description", _MOST_SAYS))
    )
    if title and not any(map(str.isalnum, title)):
        raise TaskError(f"{here}.title: there is no word in it", "write what a reader is to see, or leave it out")
    if "proof" in part and inner.get("proof", part["proof"]) != part["proof"]:
        raise TaskError(f"{here}: the list and its items have two proofs", "write the proof once")
    return Field(
        name,
        proof,
        title or name.replace("_", " ").capitalize(),
        says,
        most=_number(part, "maxItems", _VALUES, _MOST_VALUES, here) if many else 1,
        many=many,
        required=required,
        choices=choices,
        room=_number(inner, "maxLength", ROOM[proof], ROOM[proof], here),
    )


def _proof(told: Mapping[str, Any], choices: tuple[str, ...], place: str) -> Proof:
    given = told.get("proof", "choice" if choices else None)
    proof = next((each for each in PROOFS if each == given), None)
    if proof is None:
        what = "it does not say how it is proved" if given is None else f"there is no proof {shown(given)}"
        raise TaskError(f"{place}: {what}", f"write proof = one of {', '.join(PROOFS)}")
    if (proof == "choice") != bool(choices):
        raise TaskError(f"{place}: proof “choice” and a list “enum” go together", "give both, or neither")
    return proof


def _choices(part: Mapping[str, Any], place: str) -> tuple[str, ...]:
    given = part.get("enum", [part["const"]] if "const" in part else [])
    here = f"{place}.enum"
    if not _are_texts(given) or ("enum" in part and not given) or {"enum", "const"} <= set(part):
        raise TaskError(f"{here}: this is no list of texts", 'write enum = ["…", "…"], and no const beside it')
    if len(given) > _MOST_CHOICES:
        raise TaskError(f"{here}: this is too long a list", f"give at most {_MOST_CHOICES} choices")
    told = tuple(dict.fromkeys(held(each, ROOM["choice"], here) for each in given))
    if not all(any(map(str.isalnum, each)) for each in told):
        raise TaskError(f"{here}: one of the choices has no word", "a field that may be empty is not required")
    if any(";" in each or len(each.splitlines()) > 1 for each in told):
        raise TaskError(f"{here}: one of the choices has a “;” or a line end", "that parts them: word it anew")
    if same := _same(told):
        raise TaskError(f"{here}: “{same}” stands there twice", "give each choice once, in capitals or not")
    return told


def _number(part: Mapping[str, Any], word: str, usual: int, most: int, place: str) -> int:
    given = part.get(word, usual)
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        raise TaskError(f"{place}.{word}: {shown(given)} is not possible", f"give a whole number from 1 to {most}")
    return given


def _text(part: Mapping[str, Any], word: str, most: int, place: str) -> str:
    return " ".join(held(part.get(word, ""), most, f"{place}.{word}").split())


def _are_texts(given: Any) -> bool:
    return isinstance(given, list | tuple) and all(isinstance(each, str) for each in given)
