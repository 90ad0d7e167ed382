"""OpenRouter, https://openrouter.ai/api/v1, with a reasoning model of a provider that fails now and then.

Sources, and what each says:

- https://openrouter.ai/docs/api/reference/errors-and-debugging: errors are ``{"error": {code, message,
  metadata?}}``; the status is the code's only where the request itself is wrong or the account is out of
  credits, else it is 200 and the error stands in the body; 401 for a wrong key; a ``Retry-After`` may come
  with 429 and 503.
- https://github.com/Aider-AI/aider/issues/3550 and https://github.com/open-webui/computer/issues/293: such a body
  has no ``choices``; "Provider returned error" with the upstream's words in ``metadata.raw``.
- https://openrouter.ai/docs/api-reference/overview and
  https://api.koog.ai/prompt/prompt-executor/prompt-executor-clients/prompt-executor-openrouter-client/
  (OpenRouterChoice): a choice may carry ``error`` itself, with the finish_reason "error".
- https://github.com/enricoros/big-AGI/issues/940: a whole answer: ``provider``, ``native_finish_reason``,
  ``message.reasoning``, ``cost``.
- https://openrouter.ai/docs/use-cases/reasoning-tokens: reasoning stands in ``message.reasoning`` and counts as
  output; https://github.com/thedotmack/claude-mem/issues/2995: it can use up ``max_tokens``, the content is empty.
- https://github.com/openstory-so/openstory/issues/1302: an upstream without structured outputs accepts
  ``json_schema`` and answers in JSON of its own form, without an error.
- https://github.com/block/buzz/issues/3018 and https://github.com/openstory-so/openstory/issues/1317: with
  ``provider.require_parameters`` a parameter that no upstream has, ``max_completion_tokens`` for one, is a 404.
"""

import json

from tests.providers.generation import Generation, bearer, generate, limit_of, refused, written
from tests.providers.protocol import (
    Json,
    completion,
    document,
    functions,
    message,
    models,
    prompt_tokens,
    question,
    response_format,
    usage,
)
from tests.support.endpoint import Reply, Request, Script

MODEL = "z-ai/glm-4.6"
PATH = "/api/v1"
SETTINGS: Json = {"model": MODEL}

#: Tokens of reasoning before each answer.
THINKING = 2_400
_SUPPORTED = """
    model messages max_tokens temperature top_p stop seed response_format tools tool_choice reasoning
    reasoning_effort include_reasoning provider
"""


def script() -> Script:
    """Return a server whose upstream fails at the first chat request and limits the rate at the fourth."""
    served = [0]

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return _list()
        if (objection := refused(request, _key, _parameters)) is not None:
            return objection
        served[0] += 1
        failing = {1: _failed_upstream, 4: _limited_upstream}
        return failing.get(served[0], _answer)(request)

    return reply


def unconstrained() -> Script:
    """Return a server whose upstream takes a schema and does not keep to it: only a tool makes it."""

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return _list()
        if (objection := refused(request, _key, _parameters)) is not None:
            return objection
        free = response_format(request)["type"] == "json_schema"
        text = _own_form(request) if free else written(request)
        return _completed(request, generate(text, 0, limit_of(request, "max_tokens")))

    return reply


def _list() -> Reply:
    return document(200, {"data": models(MODEL, name="Z.AI: GLM 4.6", context_length=202_752)["data"]})


def _refusal(code: int, words: str, **metadata: str) -> Json:
    return {"error": {"message": words, "code": code, **({"metadata": metadata} if metadata else {})}}


def _key(request: Request) -> Reply | None:
    words = "Invalid credentials (OAuth session expired, disabled/invalid API key)"
    return None if bearer(request) else document(401, _refusal(401, words))


def _parameters(request: Request) -> Reply | None:
    required = (request.body.get("provider") or {}).get("require_parameters")
    words = "No endpoints found that can handle the requested parameters."
    return document(404, _refusal(404, words)) if required and set(request.body) - set(_SUPPORTED.split()) else None


def _failed_upstream(_: Request) -> Reply:
    raw = "upstream connect error or disconnect/reset before headers"
    return document(200, {**_refusal(502, "Provider returned error", raw=raw, provider_name="Z.AI"), "user_id": "u1"})


def _limited_upstream(request: Request) -> Reply:
    raw = f"{MODEL} is temporarily rate-limited upstream. Please retry shortly"
    error = _refusal(429, "Provider returned error", raw=raw, provider_name="Z.AI")
    body = completion({"role": "assistant", "content": ""}, "error", usage(0, 0), model=request.body["model"])
    body["choices"][0].update(native_finish_reason=None, **error)
    return document(200, body)


def _answer(request: Request) -> Reply:
    limit = limit_of(request, "max_tokens", "max_completion_tokens")
    return _completed(request, generate(written(request), THINKING, limit))


def _own_form(request: Request) -> str:
    """Return JSON of the model's own form, as it writes it where nobody constrains it."""
    return f"```json\n{json.dumps({'result': question(request)[:80]}, ensure_ascii=False)}\n```"


def _completed(request: Request, made: Generation) -> Reply:
    said = {**message(request, made.answer), "refusal": None, "reasoning": made.reasoning or None}
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    details = {
        "cost": 0.00078,
        "is_byok": False,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": made.reasoning_tokens},
    }
    counted = usage(prompt_tokens(request), made.tokens, **details)
    body = completion(said, reason, counted, id="gen-1", provider="Z.AI", model=request.body["model"])
    body["choices"][0].update(logprobs=None, native_finish_reason=reason)
    return document(200, body)
