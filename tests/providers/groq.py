"""Groq, https://api.groq.com/openai/v1, with a reasoning model that has strict structured outputs.

Sources, and what each says:

- https://console.groq.com/docs/openai: the base URL; ``logprobs``, ``logit_bias``, ``top_logprobs`` and
  ``messages[].name`` are a 400.
- https://github.com/fanenr/chatbot/issues/21: any other unknown field is a 400,
  "property 'store' is unsupported, did you mean 'stop'?"; the suggestion is not imitated.
- https://github.com/chatboxai/chatbox/issues/2081: the same inside a message, with its wording.
- https://console.groq.com/docs/structured-outputs: strict mode on select models only, every object
  with ``additionalProperties: false``; it never answers with invalid JSON.
- https://github.com/Meridiona/meridian/pull/811: the 400 for an object without ``additionalProperties: false``.
- https://github.com/i-am-bee/beeai-framework/issues/1215: the 400 for ``minItems`` and ``maxItems``, with its
  wording; Lobe Chat 1.143.3 (packages/model-runtime/src/providers/groq/index.ts) lists the keywords that a
  client takes out.
- https://v0.app/chat/groq-api-integration-jJZDjObZqiy: "This model does not support response format json_schema"
  from models without it.
- https://github.com/vercel/ai/pull/7508: JSON mode wants the word "json" in a message, with its wording.
- https://github.com/thepersonalaicompany/amurex-backend/issues/38: JSON that does not come out valid is a 400
  with the code ``json_validate_failed``.
- https://github.com/Alishahryar1/free-claude-code/issues/1354: the 400 for too large an answer limit.
- https://github.com/ag5826000/resume-commentor/issues/4: the 401 for a wrong key.
- https://github.com/danielmiessler/Fabric/issues/364: the 429's body;
  https://console.groq.com/docs/rate-limits as quoted in https://github.com/Pythagora-io/gpt-pilot/issues/862:
  the headers, ``retry-after`` in seconds and only with a 429.
- https://github.com/PrinsAmbaliya/SpeechAI (groqai.py): a whole answer of a gpt-oss model, ``message.reasoning``
  and ``usage`` without token details; https://console.groq.com/docs/reasoning: reasoning is part of the output.
"""

from collections.abc import Iterator

from tests.providers.generation import bearer, generate, limit_of, refused, written
from tests.providers.protocol import (
    Json,
    completion,
    document,
    functions,
    message,
    models,
    prompt_tokens,
    response_format,
    subschemas,
    text_of,
    usage,
)
from tests.support.endpoint import Reply, Request, Script

STRICT, PLAIN = "openai/gpt-oss-120b", "llama-3.3-70b-versatile"
PATH = "/openai/v1"
SETTINGS: Json = {"model": STRICT}
#: Settings for a model that takes no schema.
PLAIN_SETTINGS: Json = {"model": PLAIN}

#: Tokens of reasoning before each answer of `STRICT`: more than a short answer's limit.
THINKING = 2_400
_MOST_TOKENS = 65_536

_FIELDS = """
    messages model frequency_penalty function_call functions include_reasoning max_completion_tokens max_tokens n
    parallel_tool_calls presence_penalty reasoning_effort reasoning_format response_format seed service_tier stop
    stream stream_options temperature tool_choice tools top_p user
"""
_KEYWORDS = """
    minItems maxItems uniqueItems minLength maxLength pattern format minimum maximum exclusiveMinimum
    exclusiveMaximum multipleOf minProperties maxProperties
"""
_LEFT = {
    "x-ratelimit-limit-requests": "14400",
    "x-ratelimit-limit-tokens": "18000",
    "x-ratelimit-remaining-requests": "14370",
    "x-ratelimit-remaining-tokens": "17997",
    "x-ratelimit-reset-requests": "2m59.56s",
    "x-ratelimit-reset-tokens": "7.66s",
}


def script() -> Script:
    """Return a server that limits the rate once, at its third chat request, and spoils the first JSON mode answer."""
    served, spoiled = [0], [False]

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return document(200, models(STRICT, PLAIN), _LEFT)
        if (objection := refused(request, _key, _fields, _messages, _limit, _format)) is not None:
            return objection
        served[0] += 1
        if served[0] == 3:
            return _limited(request)
        if response_format(request)["type"] == "json_object" and not spoiled[0]:
            spoiled[0] = True
            return _invalid_json(written(request)[:-1])
        return _answer(request)

    return reply


def _refusal(status: int, words: str, **fields: str) -> Reply:
    return document(status, {"error": {"message": words, "type": "invalid_request_error", **fields}}, _LEFT)


def _key(request: Request) -> Reply | None:
    return None if bearer(request) else _refusal(401, "Invalid API Key", code="invalid_api_key")


def _fields(request: Request) -> Reply | None:
    unknown = [name for name in request.body if name not in _FIELDS.split()]
    return _refusal(400, f"property '{unknown[0]}' is unsupported") if unknown else None


def _messages(request: Request) -> Reply | None:
    for number, said in enumerate(request.body["messages"]):
        if "name" in said:
            at = f"messages.{number}"
            reason = f"('{at}' : property 'name' is unsupported)"
            return _refusal(400, f"'{at}' : for 'role:{said['role']}' the following must be satisfied[{reason}]")
    return None


def _limit(request: Request) -> Reply | None:
    name = "max_completion_tokens"
    if (limit_of(request, name, "max_tokens") or 0) <= _MOST_TOKENS:
        return None
    words = (
        f"`{name}` must be less than or equal to `{_MOST_TOKENS}`, the maximum value for `{name}` is less than the"
    )
    return _refusal(400, f"{words} `context_window` for this model", param=name)


def _format(request: Request) -> Reply | None:
    asked = response_format(request)
    if asked["type"] == "json_object":
        told = " ".join(text_of(said) for said in request.body["messages"]).lower()
        words = (
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
        )
        return None if "json" in told else _refusal(400, words)
    if asked["type"] != "json_schema":
        return None
    if request.body["model"] != STRICT:
        return _refusal(400, "This model does not support response format json_schema")
    strict = asked["json_schema"].get("strict")
    objection = next(_objections(asked["json_schema"]["schema"]), None) if strict else None
    return objection and _refusal(400, objection)


def _objections(schema: Json) -> Iterator[str]:
    """Yield what strict mode has against a schema, in Groq's words."""
    for context, inner in subschemas(schema):
        names = [part for part in context if part not in ("properties", "$defs", "items")]
        if inner.get("type") == "object" and inner.get("additionalProperties") is not False:
            where = names[-1] if names else "root"
            rule = "additionalProperties:false must be set on every object"
            yield f"invalid JSON schema for response_format: '{where}': {rule}"
        for keyword in filter(_KEYWORDS.split().__contains__, inner):
            way = "/".join(["response_format/json_schema", *names])
            yield f"invalid schema for response format: {way}: {keyword} is not supported"


def _limited(request: Request) -> Reply:
    words = (
        f"Rate limit reached for model `{request.body['model']}` in organization `org_1` on tokens per minute (TPM): "
        f"Limit 18000, Used 17990, Requested {prompt_tokens(request)}. Please try again in 1s. "
        "Visit https://console.groq.com/docs/rate-limits for more information."
    )
    body = {"error": {"message": words, "type": "tokens", "code": "rate_limit_exceeded"}}
    return document(429, body, {**_LEFT, "retry-after": "1"})


def _invalid_json(failed: str) -> Reply:
    words = "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details."
    return _refusal(400, words, code="json_validate_failed", failed_generation=failed)


def _answer(request: Request) -> Reply:
    thinking = THINKING if request.body["model"] == STRICT else 0
    made = generate(written(request), thinking, limit_of(request, "max_completion_tokens", "max_tokens"))
    said = message(request, made.answer)
    if thinking:
        said["reasoning"] = made.reasoning
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    times = {"queue_time": 0.051, "prompt_time": 0.005, "completion_time": 0.092, "total_time": 0.097}
    body = completion(
        said,
        reason,
        usage(prompt_tokens(request), made.tokens, **times),
        model=request.body["model"],
        usage_breakdown=None,
        system_fingerprint="fp_80501ff3a1",
        x_groq={"id": "req_1"},
        service_tier="on_demand",
    )
    return document(200, body, _LEFT)
