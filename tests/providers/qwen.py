"""Qwen at Alibaba's DashScope (Model Studio), compatible mode, without thinking.

Sources:
- https://www.alibabacloud.com/help/en/model-studio/qwen-structured-output (qwen-plus takes a strict `json_schema`;
  JSON mode wants the word "json": the error's words)
- https://www.alibabacloud.com/help/en/model-studio/deep-thinking (`enable_thinking`, off by default for qwen-plus;
  `reasoning_content`)
- https://github.com/agno-agi/agno/pull/5317 (form and code of an error, `id` and `request_id` beside it)
- https://github.com/infiniflow/ragflow/issues/8972, https://github.com/QuantumNous/new-api/pull/1109 (open Qwen3
  models think unless told otherwise, and refuse that without streaming)
- https://github.com/Aider-AI/aider/issues/4712 (a wrong key)
Left out: `GET /models`, for want of a source.
"""

from typing import Any

from tests.providers.protocol import (
    KEY,
    Service,
    Written,
    bearer,
    completion,
    document,
    finished,
    message,
    prompt_tokens,
    response_format,
    text_of,
    usage,
    written,
)
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/compatible-mode/v1"
SETTINGS: dict[str, Any] = {"model": "qwen-plus"}

#: Models that think unless `enable_thinking` is false, and then only stream.
_OPEN_MODELS = frozenset({"qwen3-235b-a22b", "qwen3-32b"})


def script() -> Script:
    """Return a fresh service."""
    return Service(PATH, key, None, (_streaming, json_word), _answer)


def key(request: Request) -> Reply | None:
    """Refuse a wrong key."""
    told = "Incorrect API key provided. For details, see: "
    told += "https://www.alibabacloud.com/help/en/model-studio/error-code#apikey-error"
    return None if bearer(request) == KEY else refused(told, 401, "invalid_api_key")


def json_word(request: Request) -> Reply | None:
    """Refuse JSON mode where nothing says "json"."""
    if response_format(request)["type"] != "json_object":
        return None
    if any("json" in text_of(m).lower() for m in request.body["messages"]):
        return None
    told = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
    return refused(f"<400> InternalError.Algo.InvalidParameter: {told}")


def refused(message: str, status: int = 400, code: str = "invalid_parameter_error") -> Reply:
    """Return DashScope's error document."""
    error = {"code": code, "param": None, "message": message, "type": "invalid_request_error"}
    return document(status, {"error": error, "id": "chatcmpl-1", "request_id": "1"})


def answered(request: Request, made: Written, **fields: Any) -> Reply:
    """Return the document in which DashScope sends what a model wrote; `fields` go into the message."""
    details = {"completion_tokens_details": {"reasoning_tokens": made.hidden}} if made.hidden else {}
    counted = usage(prompt_tokens(request), made.hidden + made.visible, **details)
    told = message(request, made.text, **fields)
    return document(200, completion(told, finished(request, made), counted, model=request.body["model"]))


def _streaming(request: Request) -> Reply | None:
    thinks = request.body["model"] in _OPEN_MODELS and request.body.get("enable_thinking") is not False
    if not thinks or request.body.get("stream"):
        return None
    return refused("parameter.enable_thinking must be set to false for non-streaming calls")


def _answer(request: Request) -> Reply:
    return answered(request, written(request, said(request)))
