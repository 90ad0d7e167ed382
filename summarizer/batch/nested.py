"""A digest as one nested row of an Arrow table, by the published schema: for whoever reads Parquet without us."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from summarizer import resources
from summarizer.batch.records import safe
from summarizer.batch.rows import need_parquet
from summarizer.digest import Digest

__all__ = ["digest", "kind", "row"]

#: A node of JSON Schema.
_Node = Mapping[str, Any]
_PLAIN = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool_"}


@cache
def kind() -> Any:
    """Return the Arrow type of a digest: a struct, field by field as ``schemas/digest.v1.schema.json`` has it.

    Objects are structs, lists lists, tables of free names maps; a date with its time is a timestamp in microseconds
    of UTC. What may be of several shapes (a correction's ``before``) has no type in Parquet: it is text, as JSON.

    Raises:
        ConfigurationError: pyarrow is not installed.
    """
    need_parquet()
    return _type(_schema())


def row(digest: Digest) -> Mapping[str, Any]:
    """Return a digest as `kind` holds it."""
    value: Mapping[str, Any] = _there(_schema(), digest.model_dump(mode="json", by_alias=True))
    return value


def digest(row: Mapping[str, Any]) -> Digest:
    """Return the digest in a row of `kind`, as pyarrow gives it.

    Raises:
        pydantic.ValidationError: it is none.
    """
    return Digest.model_validate(_back(_schema(), row))


@cache
def _schema() -> _Node:
    schema: _Node = json.loads(resources.read("schemas", "digest.v1.schema.json"))
    return schema


def _is_nothing(node: _Node) -> bool:
    return bool(node.get("type") == "null")


def _plain(node: _Node) -> _Node:
    """Return a node without the names and alternatives around it; one of several shapes stays as it is."""
    if "$ref" in node:
        return _plain(_schema()["$defs"][node["$ref"].rpartition("/")[2]])
    shapes = [each for each in node.get("anyOf", ()) if not _is_nothing(each)]
    return _plain(shapes[0]) if len(shapes) == 1 else node


def _is_map(node: _Node) -> bool:
    return isinstance(node.get("additionalProperties"), Mapping)


def _type(given: _Node) -> Any:
    import pyarrow

    node = _plain(given)
    if "anyOf" in node:
        return pyarrow.string()
    if node["type"] == "array":
        return pyarrow.list_(_type(_item(node)))
    if node["type"] == "object" and _is_map(node):
        return pyarrow.map_(pyarrow.string(), _type(node["additionalProperties"]))
    if node["type"] == "object":
        fields = [
            pyarrow.field(name, _type(inner), nullable=_may_lack(inner)) for name, inner in node["properties"].items()
        ]
        return pyarrow.struct(fields)
    if node.get("format") == "date-time":
        return pyarrow.timestamp("us", tz="UTC")
    return getattr(pyarrow, _PLAIN[node["type"]])()


def _may_lack(node: _Node) -> bool:
    return any(map(_is_nothing, node.get("anyOf", ())))


def _item(node: _Node) -> _Node:
    """Return the node of a list's items; those of a pair are alike."""
    item: _Node = node["items"] if "items" in node else node["prefixItems"][0]
    return item


def _there(given: _Node, value: Any) -> Any:
    """Return a value of JSON as Arrow takes it."""
    node = _plain(given)
    if value is None:
        return None
    if "anyOf" in node:
        return safe(json.dumps(value, ensure_ascii=False))
    if node["type"] == "array":
        return [_there(_item(node), each) for each in value]
    if node["type"] == "object":
        return _pairs_there(node, value) if _is_map(node) else _each(node, value, _there)
    if node.get("format") == "date-time":
        return datetime.fromisoformat(value)
    return safe(value) if isinstance(value, str) else value


def _pairs_there(node: _Node, value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(safe(name), _there(node["additionalProperties"], each)) for name, each in value.items()]


def _back(given: _Node, value: Any) -> Any:
    """Return a value of Arrow as JSON has it."""
    node = _plain(given)
    if value is None:
        return None
    if "anyOf" in node:
        return json.loads(value)
    if node["type"] == "array":
        return [_back(_item(node), each) for each in value]
    if node["type"] == "object":
        return dict(_pairs(value)) if _is_map(node) else _each(node, value, _back)
    return value


def _each(node: _Node, value: Mapping[str, Any], turned: Any) -> dict[str, Any]:
    return {name: turned(inner, value[name]) for name, inner in node["properties"].items()}


def _pairs(value: Mapping[str, Any] | Sequence[tuple[str, Any]]) -> Sequence[tuple[str, Any]]:
    """Return the pairs of a map: pyarrow gives them as a list, or as a dictionary where it is told to."""
    return list(value.items()) if isinstance(value, Mapping) else value
