"""DeepSeek without thinking (deepseek-chat).

Sources:
- https://api-docs.deepseek.com/api/create-chat-completion (base URL without a version, Bearer key, `response_format`
  text or json_object, cache counts in the usage; ``/v1`` in the path works too: https://api-docs.deepseek.com)
- https://api-docs.deepseek.com/api/list-models (`GET /models`)
- https://github.com/llm-exe/llm-exe/issues/662, https://github.com/ItzCrazyKns/Vane/issues/969 (`json_schema`
  refused: status, message, type, code)
- https://github.com/browserbase/stagehand/issues/1204 (JSON mode wants the word "json" in the prompt: the words)
- https://github.com/deepseek-ai/DeepSeek-V3/issues/1376 (a forced tool is accepted without thinking)
- https://github.com/szczyglis-dev/py-gpt/issues/112 (a wrong key: its last four characters are echoed)
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
    message,
    models,
    prompt_tokens,
    refusal,
    response_format,
    text_of,
    usage,
    written,
)
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = ""
SETTINGS: dict[str, Any] = {"model": "deepseek-chat"}

_WRONG = "invalid_request_error"


def script() -> Script:
    """Return a fresh service."""
    return Service(PATH, key, LISTING, (answer_form,), _answer)


def key(request: Request) -> Reply | None:
    """Refuse a wrong key."""
    sent = bearer(request)
    told = f"Authentication Fails, Your api key: ****{sent[-4:]} is invalid"
    return None if sent == KEY else refusal(401, told, "authentication_error", code=_WRONG)


def answer_form(request: Request) -> Reply | None:
    """Refuse a schema, and JSON mode where nothing says "json"."""
    kind = response_format(request)["type"]
    if kind not in ("text", "json_object"):
        return refusal(400, "This response_format type is unavailable now", _WRONG, code=_WRONG)
    if kind == "json_object" and not any("json" in text_of(m).lower() for m in request.body["messages"]):
        told = "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
        return refusal(400, told, _WRONG, code=_WRONG)
    return None


def answered(request: Request, made: Written, **fields: Any) -> Json:
    """Return the document in which DeepSeek sends what a model wrote; `fields` go into the message."""
    sent = prompt_tokens(request)
    cache = {"prompt_cache_hit_tokens": 0, "prompt_cache_miss_tokens": sent}
    counted = usage(sent, made.hidden + made.visible, prompt_tokens_details={"cached_tokens": 0}, **cache)
    if made.hidden:
        counted["completion_tokens_details"] = {"reasoning_tokens": made.hidden}
    told = message(request, made.text, **fields)
    over = {"model": request.body["model"], "system_fingerprint": "fp_1"}
    return completion(told, finished(request, made), counted, **over)


def _answer(request: Request) -> Reply:
    return document(200, answered(request, written(request, said(request))))


LISTING = models("deepseek-chat", "deepseek-reasoner", owned_by="deepseek")
