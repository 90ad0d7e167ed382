"""Anthropic's OpenAI-compatible endpoint.

Sources:
- https://platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk (base URL ``/v1/``, which fields are
  ignored, system messages hoisted, `strict` of a function ignored)
- https://github.com/FoundationAgents/OpenManus/issues/746 (an error here: OpenAI's form, the native error's type as
  `code`)
- https://github.com/interviewstreet/hiring-agent/pull/421 (`response_format` is read after all: `json_object`
  refused, `strict` required and true, `additionalProperties` false everywhere, bounds refused; each message)
- https://github.com/ogx-ai/ogx/issues/6020, https://github.com/chrisvel/tududi/issues/1383 (`strict` likewise)
- https://github.com/agentjido/req_llm/pull/707 and /issues/302,
  https://github.com/ghostlobster/memorize-everything/issues/93 (bounds of lists and numbers: the words; `minItems` 0
  and 1 are accepted)
- https://github.com/The-PR-Agent/pr-agent/issues/2456, https://github.com/sipeed/picoclaw/pull/2948 (`temperature`
  refused from claude-opus-4-7 on, through this endpoint too)
- https://github.com/abi/screenshot-to-code/issues/272 (a wrong key)
Left out: `GET /v1/models`, documented for the native API and its own headers only.
"""

from collections.abc import Iterator
from typing import Any

from tests.providers.protocol import (
    KEY,
    Json,
    Service,
    bearer,
    completion,
    document,
    finished,
    message,
    prompt_tokens,
    refusal,
    response_format,
    subschemas,
    usage,
    written,
)
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/v1"
SETTINGS: dict[str, Any] = {"model": "claude-opus-4-8"}

_BOUNDS = ("minimum", "maximum", "multipleOf", "minLength", "maxLength", "maxItems")


def script() -> Script:
    """Return a fresh service."""
    return Service(PATH, _key, None, (_temperature, _format), _answer)


def _answer(request: Request) -> Reply:
    made = written(request, said(request))
    counted = usage(prompt_tokens(request), made.visible)
    body = completion(message(request, made.text), finished(request, made), counted, model=request.body["model"])
    return document(200, body)


def _key(request: Request) -> Reply | None:
    wrong = refusal(401, "invalid x-api-key", "invalid_request_error", code="authentication_error")
    return None if bearer(request) == KEY else wrong


def _temperature(request: Request) -> Reply | None:
    return None if request.body.get("temperature") is None else _wrong("`temperature` is deprecated for this model.")


def _format(request: Request) -> Reply | None:
    asked = response_format(request)
    if asked["type"] == "text":
        return None
    if asked["type"] != "json_schema":
        return _wrong("response_format.type: Input should be 'json_schema'")
    if "strict" not in asked["json_schema"]:
        return _wrong("response_format.json_schema.strict: Field required")
    if asked["json_schema"]["strict"] is not True:
        return _wrong("response_format.json_schema.strict: Input should be True")
    fault = next(_faults(asked["json_schema"]["schema"]), None)
    return _wrong(f"output_format.schema: {fault}") if fault else None


def _faults(schema: Json) -> Iterator[str]:
    for _, node in subschemas(schema):
        kind = node.get("type")
        if kind == "object" and node.get("additionalProperties") is not False:
            yield "For 'object' type, 'additionalProperties' must be explicitly set to false"
        if node.get("minItems", 0) > 1:
            yield "For 'array' type, 'minItems' values other than 0 or 1 are not supported"
        for keyword in _BOUNDS:
            if keyword in node:
                yield f"For '{kind}' type, property '{keyword}' is not supported"


def _wrong(message: str) -> Reply:
    return refusal(400, message, "invalid_request_error", code="invalid_request_error")
