"""OpenAI's models without reasoning (gpt-4.1, gpt-4o).

Sources, beside those of `openai_rules`:
- https://platform.openai.com/docs/api-reference/chat/create (path, answer with usage details, `GET /v1/models`;
  `max_tokens` still works here)
- https://github.com/continuedev/continue/issues/9358, https://github.com/continuedev/continue/issues/10250 (a wrong
  key: message, type, code; how much of it is echoed)
- https://github.com/openai/codex/issues/88 (the rate limit's error: message, type, code)
- https://github.com/open-webui/open-webui/issues/3743 (the `x-ratelimit-*` headers, durations such as "120ms")
- https://github.com/openai/openai-python/blob/main/src/openai/_base_client.py (`retry-after-ms`, milliseconds, looked
  at before `retry-after`)
Left out, for want of a source: the error of an unknown model, that of JSON mode without the word "json".
"""

from typing import Any

from tests.providers.openai_rules import FIELDS, strict_schema, unknown_fields
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
    usage,
    written,
)
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/v1"
SETTINGS: dict[str, Any] = {"model": "gpt-4.1-mini"}

_FIELDS = FIELDS - {"reasoning_effort"}


def script(limited: int = 0) -> Script:
    """Return a fresh service that turns its first `limited` questions away for the rate limit."""
    left = [limited]

    def rate_limit(_: Request) -> Reply | None:
        left[0] -= 1
        return _TOO_MANY if left[0] >= 0 else None

    listing = models("gpt-4.1-mini", "gpt-4o-mini", created=1744317600, owned_by="system")
    return Service(PATH, key, listing, (rate_limit, _unknown, strict_schema), _answer)


def key(request: Request) -> Reply | None:
    """Refuse a wrong key."""
    sent = bearer(request)
    if sent == KEY:
        return None
    # OpenAI hides the middle of a key that it echoes, and nothing of a short one
    echo = f"{sent[:8]}{'*' * (len(sent) - 12)}{sent[-4:]}" if len(sent) > 12 else sent
    told = f"Incorrect API key provided: {echo}. You can find your API key at https://platform.openai.com/account/api-keys."
    return refusal(401, told, "invalid_request_error", code="invalid_api_key")


def answered(request: Request, made: Written) -> Json:
    """Return the document in which OpenAI sends what a model wrote."""
    hidden = {"reasoning_tokens": made.hidden, "audio_tokens": 0, "accepted_prediction_tokens": 0}
    counted = usage(
        prompt_tokens(request),
        made.hidden + made.visible,
        prompt_tokens_details={"cached_tokens": 0, "audio_tokens": 0},
        completion_tokens_details={**hidden, "rejected_prediction_tokens": 0},
    )
    told = message(request, made.text, refusal=None, annotations=[])
    fields = {"model": request.body["model"], "service_tier": "default", "system_fingerprint": "fp_1"}
    return completion(told, finished(request, made), counted, **fields)


def _unknown(request: Request) -> Reply | None:
    return unknown_fields(request, _FIELDS)


def _answer(request: Request) -> Reply:
    return document(200, answered(request, written(request, said(request))))


_TOO_MANY = document(
    429,
    {
        "error": {
            "message": "Rate limit reached for gpt-4.1-mini in organization org-1 on tokens per min (TPM): Limit 30000, Used "
            "29937, Requested 385. Please try again in 120ms. Visit https://platform.openai.com/account/rate-limits to "
            "learn more.",
            "type": "tokens",
            "param": None,
            "code": "rate_limit_exceeded",
        }
    },
    {
        "retry-after-ms": "120",
        "retry-after": "1",
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-limit-tokens": "30000",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-requests": "120ms",
        "x-ratelimit-reset-tokens": "120ms",
    },
)
