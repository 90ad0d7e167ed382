"""Mistral's API, models without reasoning (mistral-small-latest).

Sources:
- https://docs.mistral.ai/api/endpoint/chat, https://github.com/mistralai/client-python,
  src/mistralai/models/chatcompletionrequest.py, and https://docs.rs/crate/mistral-openapi-client (path, Bearer key,
  the fields of a request; what the endpoint has gained since, such as `reasoning_effort`, from the page below)
- https://docs.mistral.ai/capabilities/reasoning/ (`reasoning_effort`; what reasons answers with a list of chunks)
- https://github.com/editor-code-assistant/eca/issues/231, https://github.com/mistralai/platform-docs-public/issues/7
  (fields that the API does not have are refused with 422, `max_completion_tokens` too; the message is an object)
- https://github.com/mnfst/modelparams.dev/pull/233 (a strict `json_schema` works on every model)
- https://github.com/mistralai/client-ts/issues/138 (a `$ref` without its definition: 400, type, code "3300")
- https://github.com/agent0ai/agent-zero/issues/539 (a wrong key)
"""

from typing import Any

from tests.providers.protocol import (
    KEY,
    Json,
    Service,
    Written,
    bearer,
    completion,
    document,
    finished,
    functions,
    message,
    models,
    prompt_tokens,
    response_format,
    subschemas,
    usage,
    written,
)
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/v1"
SETTINGS: dict[str, Any] = {"model": "mistral-small-latest"}

_FIELDS = frozenset(
    [
        "model",
        "messages",
        "temperature",
        "top_p",
        "max_tokens",
        "stream",
        "stop",
        "random_seed",
        "response_format",
        "tools",
        "tool_choice",
        "presence_penalty",
        "frequency_penalty",
        "n",
        "safe_prompt",
        "prediction",
        "parallel_tool_calls",
        "prompt_mode",
        "reasoning_effort",
        "metadata",
    ]
)
_THOUGHTS = 2_400


def script() -> Script:
    """Return a fresh service."""
    listing = models("mistral-small-latest", "magistral-medium-latest", created=1763769600, owned_by="mistralai")
    return Service(PATH, _key, listing, (_unknown, _definitions), _answer)


def _answer(request: Request) -> Reply:
    reasons = request.body["model"].startswith("magistral") or request.body.get("reasoning_effort") == "high"
    made = written(request, said(request), _THOUGHTS if reasons else 0)
    told = message(request, made.text, **({} if functions(request) else {"tool_calls": None}))
    if reasons and not functions(request):
        told["content"] = _chunks(made)
    counted = usage(prompt_tokens(request), made.hidden + made.visible)
    body = completion(told, finished(request, made), counted, model=request.body["model"])
    return document(200, body)


def _chunks(made: Written) -> list[Json]:
    """Return the content of a model that reasons: a thinking chunk, then the answer's text."""
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "Okay, the article says this. " * 100}]}
    return [thinking, {"type": "text", "text": made.text}] if made.text else [thinking]


def _key(request: Request) -> Reply | None:
    return None if bearer(request) == KEY else document(401, {"detail": "Unauthorized"})


def _unknown(request: Request) -> Reply | None:
    told = [_extra(name, request.body[name]) for name in sorted(set(request.body) - _FIELDS)]
    body = {"object": "error", "message": {"detail": told}, "type": "invalid_request_error", "param": None}
    return document(422, {**body, "code": None}) if told else None


def _extra(name: str, value: Any) -> Json:
    told = {"type": "extra_forbidden", "loc": ["body", name], "msg": "Extra inputs are not permitted"}
    return {**told, "input": value}


def _definitions(request: Request) -> Reply | None:
    schema = (response_format(request).get("json_schema") or {}).get("schema", {})
    named = [node["$ref"].rpartition("/")[2] for _, node in subschemas(schema) if "$ref" in node]
    lost = next((name for name in named if name not in schema.get("$defs", {})), None)
    told = {"object": "error", "message": f"Did not find definition for reference `{lost}`", "param": None}
    return document(400, {**told, "type": "invalid_request_json_schema", "code": "3300"}) if lost else None
