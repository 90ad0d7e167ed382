"""The JSON schema of an answer as it is sent: whole, without what an endpoint refused, or written out to be read."""

import copy
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

__all__ = ["BOUNDS", "KEYWORDS", "REFERENCES", "grammar", "keywords", "sent", "written"]

#: Bounds on strings: hosted strict modes refuse them, so they are sent to grammar-based servers only.
_STRINGS = frozenset({"maxLength", "minLength", "pattern"})
#: All bounds: an endpoint that refuses one of them takes none.
BOUNDS = _STRINGS | {"maxItems", "maximum", "minItems", "minimum"}
#: What a schema says beyond the shape of a value, and what may therefore be left out where an endpoint refuses it.
KEYWORDS = BOUNDS | {"additionalProperties", "description", "title"}
#: Parts of a schema kept apart; they can be written out where they are used.
REFERENCES = frozenset({"$ref", "$defs"})


@lru_cache(maxsize=512)
def sent(model: type[BaseModel], refused: frozenset[str], *, bounded_strings: bool, reduced: bool) -> dict[str, Any]:
    """Return the schema of `model` for a request; built once, so it must not be changed.

    Args:
        model: shape of the answer.
        refused: keywords to leave out; ``$ref`` or ``$defs`` among them has every reference written out.
        bounded_strings: whether bounds on strings are sent.
        reduced: only the shape: none of `KEYWORDS`, no references.
    """
    schema = copy.deepcopy(model.model_json_schema())
    if reduced or refused & REFERENCES:
        schema = _inlined(schema, schema.get("$defs", {}))
    unwanted = refused | (frozenset() if bounded_strings else _STRINGS) | (KEYWORDS if reduced else frozenset())
    made: dict[str, Any] = _without(schema, unwanted)
    return made


@lru_cache(maxsize=512)
def grammar(model: type[BaseModel]) -> str:
    """Return a llama.cpp grammar for the JSON of `model` without a blank between its parts: they are a quarter of it.

    Source: llguidance's syntax, ``%json`` and ``x-guidance`` (github.com/guidance-ai/llguidance, docs).
    """
    schema = sent(model, frozenset(), bounded_strings=True, reduced=False)
    tight = schema | {"x-guidance": {"whitespace_flexible": False}}
    return f"%llguidance {{}}\nstart: %json {json.dumps(tight, ensure_ascii=False)}"


@lru_cache(maxsize=512)
def written(model: type[BaseModel]) -> str:
    """Return the schema as it stands in a message, for a model whose endpoint does not hold it to one."""
    schema = sent(model, frozenset({"$ref", "title"}), bounded_strings=False, reduced=False)
    return json.dumps(schema, ensure_ascii=False)


def keywords(schema: Any) -> Iterator[str]:
    """Yield the names that stand in a schema, or in what holds one, and may be left out."""
    if isinstance(schema, dict):
        yield from (name for name in schema if name in KEYWORDS or name in REFERENCES)
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from keywords(inner)


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {name: _inlined(value, definitions) for name, value in node.items() if name != "$defs"}


def _without(node: Any, unwanted: frozenset[str]) -> Any:
    """Leave out keywords, but no property that happens to be called like one."""
    if isinstance(node, list):
        return [_without(item, unwanted) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {name: value for name, value in node.items() if name not in unwanted}
    return {
        name: {key: _without(inner, unwanted) for key, inner in value.items()}
        if name in ("properties", "$defs")
        else _without(value, unwanted)
        for name, value in kept.items()
    }
