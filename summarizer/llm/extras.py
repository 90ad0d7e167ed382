"""What a user adds to every request, because the endpoint wants it: body fields, headers, query parameters."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from summarizer.errors import ConfigurationError
from summarizer.llm.redaction import in_named

__all__ = ["Extras", "merged", "parse"]

#: What the program itself writes into a request: without these it could not read the answer.
_OURS = frozenset({"functions", "messages", "model", "n", "response_format", "stream", "tools"})
_TRANSPORT = frozenset(
    {"accept-encoding", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)
#: Azure's classic endpoints want this query parameter; any other name with a hyphen is a header's.
_QUERY = frozenset({"api-version"})


@dataclass(frozen=True, slots=True)
class Extras:
    """What is added to every request.

    Attributes:
        body: fields of the JSON body; they win over ours.
        headers: HTTP headers; never shown, since some hold keys.
        query: query parameters.
    """

    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What stands under a name that says that it is secret."""
        written = {name: value for name, value in self.body.items() if isinstance(value, str)}
        return *in_named(self.headers), *in_named(self.query), *in_named(written)

    @classmethod
    def of(cls, request: Mapping[str, Any]) -> "Extras":
        """Read the setting ``request``: tables ``headers``, ``query`` and ``body``; the rest is the body's, too.

        A name with a hyphen outside of the tables is a header (``api-key``), ``api-version`` a query parameter: no
        body field of the protocol is called so.

        Raises:
            ConfigurationError: a name that is the program's own, or a header that cannot be sent.
        """
        tables = {name: _table(request.get(name, {}), name) for name in ("headers", "query")}
        body: dict[str, Any] = dict(_mapping(request.get("body", {}), "body"))
        for name, value in request.items():
            if name in tables or name == "body":
                continue
            if "-" in name:
                tables["query" if name in _QUERY else "headers"][name] = _text(value)
            else:
                body[name] = value
        _check(body, tables["headers"])
        return cls(body, tables["headers"], tables["query"])


def parse(pairs: Iterable[str]) -> dict[str, Any]:
    """Read ``NAME=VALUE`` pairs; a dot in NAME leads into a table, VALUE is JSON where it can be read as such.

    Raises:
        ConfigurationError: a pair without a name or ``=``.
    """
    read: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        *tables, last = name.strip().split(".")
        if not equals or not last or not all(tables):
            # the pair itself is not repeated: its value may be a key
            raise ConfigurationError("--request wants NAME=VALUE, e.g. --request enable_thinking=false")
        inner: dict[str, Any] = {last: _value(value.strip())}
        for table in reversed(tables):
            inner = {table: inner}
        read = merged(read, inner)
    return read


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return `below` with what `above` has in its place, table by table."""
    made = dict(below)
    for name, value in above.items():
        known = made.get(name)
        made[name] = merged(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return made


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _table(value: object, name: str) -> dict[str, str]:
    return {str(key): _text(inner) for key, inner in _mapping(value, name).items()}


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"request.{name} must be a table of names and values")
    return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _check(body: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    if ours := sorted(_OURS & body.keys()):
        raise ConfigurationError(f"request: {', '.join(ours)} is written by the program itself; leave it out")
    for name, value in headers.items():
        if name.lower() in _TRANSPORT:
            raise ConfigurationError(f"request: the header {name} is written by the program itself; leave it out")
        if not name.isascii() or not value.isascii() or not value.isprintable() or any(c.isspace() for c in name):
            raise ConfigurationError(f"request: the header {name!r} has a value that cannot be sent; copy it again")
