"""Google Gemini's OpenAI-compatible endpoint.

Sources:
- https://ai.google.dev/gemini-api/docs/openai (base URL ``/v1beta/openai``, Bearer key, structured output through
  `response_format`), quoted in https://github.com/BerriAI/litellm/pull/16548 (`reasoning_effort` "none" turns
  thinking off)
- https://typia.io/api/types/_samchon_openapi.IGeminiSchema.html (since November 2025 references and bounds are
  supported)
- https://github.com/EuroEval/EuroEval/pull/1087 (gemini-2.5-flash thinks unless told otherwise)
- https://github.com/Alishahryar1/free-claude-code/issues/542, https://github.com/MinLL/SkyrimNet-GamePlugin/issues/77
  (fields that the endpoint does not have are refused, `frequency_penalty` too; the error is a JSON *list*)
- https://github.com/continuedev/continue/issues/10530 (a wrong key is a 400: message, status, reason)
- https://github.com/BerriAI/litellm-docs/pull/559, https://github.com/vectorize-io/hindsight/issues/3365 (it thinks
  by default; thoughts count into the limit)
- https://github.com/google/adk-python/issues/1357 (exhausted: a message with a role and no content; the total counts
  the thoughts, the answer's count does not)
- https://github.com/evalstate/fast-agent/issues/184 (or a choice without any message)
- https://github.com/google-gemini/gemini-cli/issues/15184 (a prompt beyond the window)
Left out: the form of `GET models`, for want of a source; "too many states for serving" for large schemas; nothing
says where its limit lies.
"""

from typing import Any

from tests.providers.openai_rules import FIELDS
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
    prompt_tokens,
    written,
)
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/v1beta/openai"
SETTINGS: dict[str, Any] = {"model": "gemini-2.5-flash"}

_FIELDS = FIELDS - {"frequency_penalty"}
_THOUGHTS = 2_432
_WINDOW_TOKENS = 1_048_576


def script(*, bare: bool = False) -> Script:
    """Return a fresh service; where `bare`, an exhausted limit leaves a choice without a message."""

    def answer(request: Request) -> Reply:
        made = written(request, said(request), 0 if request.body.get("reasoning_effort") == "none" else _THOUGHTS)
        body = _answered(request, made)
        if bare and not made.visible:
            del body["choices"][0]["message"]
        return document(200, body)

    return Service(PATH, _key, None, (_unknown, _too_long), answer)


def _answered(request: Request, made: Written) -> Json:
    sent = prompt_tokens(request)
    total = sent + made.hidden + made.visible
    counted = {"prompt_tokens": sent, "completion_tokens": made.visible, "total_tokens": total}
    told = message(request, made.text) if made.visible else {"role": "assistant"}
    return completion(told, finished(request, made), counted, model=request.body["model"])


def _key(request: Request) -> Reply | None:
    if bearer(request) == KEY:
        return None
    reason = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
    return _refused("API key not valid. Please pass a valid API key.", [{**reason, "domain": "googleapis.com"}])


def _unknown(request: Request) -> Reply | None:
    names = sorted(set(request.body) - _FIELDS)
    told = [f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.' for name in names]
    violations = [{"description": one} for one in told]
    kind = "type.googleapis.com/google.rpc.BadRequest"
    return _refused("\n".join(told), [{"@type": kind, "fieldViolations": violations}]) if names else None


def _too_long(request: Request) -> Reply | None:
    if prompt_tokens(request) <= _WINDOW_TOKENS:
        return None
    return _refused(f"The input token count exceeds the maximum number of tokens allowed {_WINDOW_TOKENS}.", [])


def _refused(message: str, details: list[Json]) -> Reply:
    error = {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}
    return document(400, [{"error": {**error, "details": details} if details else error}])
