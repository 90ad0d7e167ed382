"""Qwen at Alibaba's DashScope (Model Studio), compatible mode, with thinking turned on.

Sources, beside those of `qwen`:
- https://github.com/cloudwego/eino/issues/994 (a forced tool refused while it thinks: the whole request and error)
- https://github.com/presenton/presenton/issues/184 (JSON mode refused while it thinks; it was a `json_schema` that
  had been sent); the structured-output page named in `qwen` offers JSON mode for qwen3.5-plus without thinking only
- the same page: without JSON mode an answer may stand in a ```json fence
- https://github.com/Nerovix/kouhai-bot/pull/41 (`reasoning_content` beside `content`)
Left out: whether thoughts count into `max_tokens` here; no source says so for this endpoint.
"""

from typing import Any

from tests.providers.protocol import Service, Written, functions, response_format, written
from tests.providers.qwen import answered, json_word, key, refused
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/compatible-mode/v1"
SETTINGS: dict[str, Any] = {"model": "qwen3.5-plus", "request": {"body": {"enable_thinking": True}}}

_THOUGHTS = 700


def script() -> Script:
    """Return a fresh service."""
    return Service(PATH, key, None, (json_word, _json_mode, _tool_choice), _answer)


def _thinks(request: Request) -> bool:
    return request.body.get("enable_thinking") is True


def _json_mode(request: Request) -> Reply | None:
    if not _thinks(request) or response_format(request)["type"] == "text":
        return None
    told = "Json mode response is not supported when enable_thinking is true"
    return refused(f"<400> InternalError.Algo.InvalidParameter: {told}")


def _tool_choice(request: Request) -> Reply | None:
    if not _thinks(request) or request.body.get("tool_choice", "auto") in ("auto", "none"):
        return None
    told = "The tool_choice parameter does not support being set to required or object in thinking mode"
    return refused(f"<400> InternalError.Algo.InvalidParameter: {told}")


def _answer(request: Request) -> Reply:
    plain = response_format(request)["type"] == "text" and not functions(request)
    made = written(request, f"```json\n{said(request)}\n```" if plain else said(request))
    if not _thinks(request):
        return answered(request, made)
    thought = Written(made.text, made.finish, _THOUGHTS, made.visible)
    return answered(request, thought, reasoning_content="The user wants JSON. " * 100)
