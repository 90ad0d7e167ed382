"""What the scripted providers share: reading a chat-completions request, writing its answer.

Nothing here is one provider's: what a provider refuses stands in its own file beside the source of the fact.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer import languages
from tests.support.endpoint import Reply, Request, Script

Json = dict[str, Any]
#: Looks at a request and returns the provider's refusal, None when there is nothing to object to.
Check = Callable[[Request], Reply | None]

#: The only key that the scripted providers know.
KEY = "test-key-0123456789"

#: A property that only one of the drafts has → that draft.
_DRAFTS = {
    "headline": "SummaryDraft",
    "quotes": "ChoiceDraft",
    "statements": "MendDraft",
    "differences": "ReviewDraft",
}


def text_of(message: Mapping[str, Any]) -> str:
    """Return a message's text, be its content a string, a list of parts or null."""
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def question(request: Request) -> str:
    """Return what the user asks: every user message before the first answer of the model."""
    asked = []
    for message in request.body["messages"]:
        if message["role"] in ("assistant", "tool"):
            break
        if message["role"] == "user":
            asked.append(text_of(message))
    return "\n\n".join(asked)


def wanted(request: Request) -> tuple[str, Json]:
    """Return the draft's name and the schema that the request asks to be answered, wherever it stands.

    Raises:
        LookupError: no schema is in the request; a model could only guess the answer's form.
    """
    for candidate in _schemas(request.body):
        for schema in nodes(candidate):
            named = [name for key, name in _DRAFTS.items() if key in (schema.get("properties") or {})]
            named += ["TranslationDraft"] if blocks(schema) else []
            if named:
                return "DigestDraft" if named[:2] == ["SummaryDraft", "ChoiceDraft"] else named[0], schema
    raise LookupError("the request says nowhere which form the answer must have")


def blocks(schema: Json) -> dict[str, Json]:
    """Return language → the schema of its lines by number, for a translation; nothing for any other draft."""
    listed = schema.get("properties")
    if not isinstance(listed, dict) or not all(map(languages.known, listed)):
        return {}
    asked = {language: _resolved(inner, schema) for language, inner in listed.items()}
    numbers = [number for block in asked.values() for number in block.get("properties") or [""]]
    return asked if all(map(str.isdigit, numbers)) else {}


def line(schema: Json, target: str, number: str) -> Json:
    """Return the schema of one line of a translation: a string, or an object of a text and a reason."""
    return _resolved(blocks(schema)[target]["properties"][number], schema)


def _resolved(node: Json, schema: Json) -> Json:
    """Return a part of a schema, or what it refers to."""
    return schema["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def nodes(value: Any) -> Iterator[Json]:
    """Yield every object inside a JSON value, outer ones first."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def subschemas(schema: Json, context: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Yield every schema inside a schema with the way to it: ("properties", "quotes", "items")."""
    yield context, schema
    for group in ("properties", "$defs", "definitions"):
        for name, inner in schema.get(group, {}).items():
            yield from subschemas(inner, (*context, group, name))
    if isinstance(schema.get("items"), dict):
        yield from subschemas(schema["items"], (*context, "items"))
    for group in ("anyOf", "allOf", "oneOf"):
        for number, inner in enumerate(schema.get(group, [])):
            yield from subschemas(inner, (*context, group, str(number)))


def response_format(request: Request) -> Json:
    """Return ``response_format``, ``{"type": "text"}`` where there is none: the protocol's default."""
    return request.body.get("response_format") or {"type": "text"}


def functions(request: Request) -> list[Json]:
    """Return the functions of the request's tools."""
    return [tool["function"] for tool in request.body.get("tools") or [] if "function" in tool]


def tokens(text: str) -> int:
    """Return about how many tokens `text` has: one for four ASCII characters, one for each other one."""
    plain = sum(c.isascii() for c in text)
    return max(1, plain // 4 + len(text) - plain)


def prompt_tokens(request: Request) -> int:
    """Return about how many tokens the whole question has."""
    return sum(tokens(text_of(message)) for message in request.body["messages"])


def limit(request: Request) -> int | None:
    """Return how many tokens the answer may have, None where the request sets no bound."""
    return request.body.get("max_completion_tokens") or request.body.get("max_tokens")


def bearer(request: Request) -> str:
    """Return the key of the ``Authorization`` header, "" where there is none."""
    return request.header("authorization").removeprefix("Bearer ")


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote before it ended or ran into its limit.

    Attributes:
        text: the visible answer.
        finish: ``stop`` or ``length``.
        hidden: tokens of reasoning that nobody sees.
        visible: tokens of `text`.
    """

    text: str
    finish: str
    hidden: int
    visible: int


def written(request: Request, answer: str, hidden: int = 0) -> Written:
    """Return what is left of `answer` when `hidden` tokens of reasoning go off the limit first."""
    room = limit(request)
    if room is None or hidden + tokens(answer) <= room:
        return Written(answer, "stop", hidden, tokens(answer))
    if hidden >= room:
        return Written("", "length", room, 0)
    # no character has more than one token: short of the limit rather than beyond it
    return Written(answer[: room - hidden], "length", hidden, room - hidden)


def document(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """Return a reply with `body` as JSON."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    return Reply(status, json.dumps(body, ensure_ascii=False).encode(), sent)


def refusal(status: int, message: str, kind: str, param: str | None = None, code: str | None = None) -> Reply:
    """Return OpenAI's error document: message, type, param and code inside ``error``."""
    return document(status, {"error": {"message": message, "type": kind, "param": param, "code": code}})


def message(request: Request, text: str, **fields: Any) -> Json:
    """Return the assistant's message, `text` as the call of the request's tool where there is one."""
    asked = functions(request)
    if not asked or not text:
        return {"role": "assistant", "content": text, **fields}
    call = {"id": "call_1", "type": "function", "function": {"name": asked[0]["name"], "arguments": text}}
    return {"role": "assistant", "content": None, "tool_calls": [call], **fields}


def finished(request: Request, made: Written) -> str:
    """Return the ``finish_reason``: a whole answer through a tool ends with ``tool_calls``."""
    return "tool_calls" if functions(request) and made.finish == "stop" else made.finish


def usage(sent: int, received: int, **details: Any) -> Json:
    """Return token counts; `details` are further fields as the provider names them."""
    counts = {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}
    return {**counts, **details}


def completion(said: Json, finish_reason: str, counted: Json, **over: Any) -> Json:
    """Return a ``chat.completion`` document; `over` replaces or adds fields of it."""
    choice = {"index": 0, "message": said, "finish_reason": finish_reason}
    made = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1763769600}
    return {**made, "choices": [choice], "usage": counted, **over}


def models(*names: str, **fields: Any) -> Json:
    """Return the answer of ``GET /models``; `fields` are added to each entry."""
    return {"object": "list", "data": [{"id": name, "object": "model", **fields} for name in names]}


@dataclass(frozen=True, slots=True)
class Service:
    """A provider's two routes; called with a request it is a script for the loopback server.

    Attributes:
        path: what stands before ``/chat/completions`` and ``/models``.
        auth: refuses a request without the right key.
        listing: the answer of ``GET /models``, None where that is not documented.
        checks: refuse what the provider does not accept in a body, the first objection counts.
        answer: answers what passed the checks.
        lost: the answer on any other route.
    """

    path: str
    auth: Check
    listing: Json | None
    checks: Sequence[Check]
    answer: Script
    lost: Reply = field(default_factory=lambda: Reply(404))

    def __call__(self, request: Request) -> Reply:
        if refused := self.auth(request):
            return refused
        if self.listing is not None and (request.method, request.route) == ("GET", f"{self.path}/models"):
            return document(200, self.listing)
        if (request.method, request.route) != ("POST", f"{self.path}/chat/completions"):
            return self.lost
        refused = next(filter(None, (check(request) for check in self.checks)), None)
        return refused or self.answer(request)


def _schemas(body: Json) -> Iterator[Json]:
    """Yield what may hold the schema: response_format, grammar, tools, then every JSON object in a message."""
    asked = (body.get("response_format") or {}).get("json_schema")
    if asked:
        yield asked["schema"]
    yield from _written(body.get("grammar") or "")
    for tool in body.get("tools") or []:
        yield tool["function"]["parameters"]
    for told in body["messages"]:
        yield from _written(text_of(told))


def _written(text: str) -> Iterator[Json]:
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except ValueError:
            end = at + 1
        else:
            yield value
        at = text.find("{", end)
