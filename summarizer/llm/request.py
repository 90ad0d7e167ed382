"""The body of a request: one question in the dialect of the endpoint that it goes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from summarizer.llm import schema
from summarizer.llm.dialect import SCHEMA_IN_MESSAGE, Dialect
from summarizer.llm.endpoint import Endpoint

__all__ = ["Request", "build"]

_WRITTEN = (
    "Answer with one JSON object and nothing else, neither explanation nor code fence. "
    "It must fit this JSON schema:\n{schema}"
)
_CALL = "Give your answer by calling the function."


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent.

    Attributes:
        body: the JSON body.
        limit: bound on the answer, in tokens.
    """

    body: Mapping[str, Any]
    limit: int

    @property
    def texts(self) -> list[str]:
        """The text of each message."""
        return [message["content"] for message in self.body["messages"]]

    @property
    def names(self) -> frozenset[str]:
        """What in it may be left out, should the endpoint refuse it: fields, schema keywords, ``system``."""
        strict = self.body.get("response_format", {}).get("json_schema", {}).get("strict")
        system = self.body["messages"][0]["role"] == "system"
        shapes = [self.body.get("response_format"), self.body.get("tools")]
        marks = ({"strict"} if strict else set()) | ({"system"} if system else set())
        return frozenset({*self.body, *schema.keywords(shapes), *marks})


def build(
    endpoint: Endpoint,
    dialect: Dialect,
    messages: Sequence[Mapping[str, Any]],
    into: type[BaseModel],
    limit: int,
) -> Request:
    """Return the request that asks for a value of type `into`.

    Args:
        endpoint: who is asked; its extras win over everything here.
        dialect: what it was found to accept.
        messages: the conversation so far.
        into: shape of the answer; `tight` in it has the embedded model write it without blanks.
        limit: bound on the answer and what is thought before it, in tokens.
    """
    body: dict[str, Any] = {"model": endpoint.model, "messages": _messages(messages, dialect, into)}
    if dialect.limit_name:
        body[dialect.limit_name] = limit
    if "temperature" not in dialect.refused:
        body["temperature"] = 0.0
    effort = endpoint.reasoning_effort or ("low" if dialect.reasons else None)
    if effort and "reasoning_effort" not in dialect.refused:
        body["reasoning_effort"] = effort
    return Request(body | _asked(endpoint, dialect, into) | dict(endpoint.extras.body), limit)


def _messages(messages: Sequence[Mapping[str, Any]], dialect: Dialect, into: type[BaseModel]) -> list[dict[str, Any]]:
    made = [dict(message) for message in messages]
    question = next(i for i, message in enumerate(made) if message["role"] == "user")
    if dialect.form in SCHEMA_IN_MESSAGE:
        made[question]["content"] += f"\n\n{_WRITTEN.format(schema=schema.written(into))}"
    elif dialect.form == "tools" and "tool_choice" in dialect.refused:
        made[question]["content"] += f"\n\n{_CALL}"
    if "system" in dialect.refused and made[0]["role"] == "system":
        rules = made.pop(0)["content"]
        made[question - 1]["content"] = f"{rules}\n\n{made[question - 1]['content']}"
    return made


def _asked(endpoint: Endpoint, dialect: Dialect, into: type[BaseModel]) -> dict[str, Any]:
    """Return the fields that ask for the shape of an answer."""
    if endpoint.embedded and getattr(into, "tight", False):
        return {"grammar": schema.grammar(into)}
    if dialect.form == "text":
        return {}
    if dialect.form == "json_object":
        return {"response_format": {"type": "json_object"}}
    shape = schema.sent(
        into,
        dialect.refused,
        bounded_strings=endpoint.bounded_strings,
        reduced=dialect.form == "reduced_schema",
    )
    if dialect.form == "tools":
        function = {"name": into.__name__, "description": "Give the answer.", "parameters": shape}
        choice = {"tool_choice": {"type": "function", "function": {"name": into.__name__}}}
        tools = {"tools": [{"type": "function", "function": function}]}
        return tools if "tool_choice" in dialect.refused else tools | choice
    strict = {"strict": True} if dialect.form == "json_schema" and "strict" not in dialect.refused else {}
    asked = {"name": into.__name__, "schema": shape, **strict}
    return {"response_format": {"type": "json_schema", "json_schema": asked}}
