"""vLLM, ``vllm serve MODEL``, with a reasoning model; and as it was a year before, with xgrammar alone.

Sources, and what each says:

- https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/chat_completion/protocol.py and
  .../engine/protocol.py: the fields; unknown ones are accepted; ``max_tokens`` and ``max_completion_tokens``;
  ``response_format`` and tools; the answer's further fields; ``/models`` with ``max_model_len``; the error's form.
- https://github.com/vllm-project/vllm/pull/33425: an error as it is sent, with "(parameter=…, value=…)" in the
  message, ``type`` "BadRequestError", ``param`` and the status as ``code``.
- https://github.com/vllm-project/vllm/blob/main/vllm/renderers/params.py: prompt and answer limit together must fit
  into the context; the prompt is counted only up to one token too many ("at least"); a limit above the context
  alone has a message of its own.
- https://docs.vllm.ai/en/stable/features/reasoning_outputs/: reasoning stands in ``message.reasoning``, before in
  ``message.reasoning_content``; Qwen3 reasons by default and structured outputs begin after it.
- https://github.com/vllm-project/vllm/issues/52640: a limit reached within the reasoning gives ``content`` null.
- https://github.com/vllm-project/vllm/issues/16880: v0.8.4 with ``--guided-decoding-backend xgrammar`` refuses
  ``minItems``, also where a tool is "required" (vLLM adds it itself);
  https://github.com/vllm-project/vllm/pull/17865: and ``maxItems``;
  https://github.com/vllm-project/vllm/pull/10899: and ``pattern``;
  https://github.com/ogx-ai/ogx/issues/4534: errors of that time, without ``error`` around them.
"""

from collections.abc import Callable

from tests.providers.generation import Generation, generate, limit_of, written
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
    usage,
)
from tests.support.endpoint import Reply, Request, Script

MODEL = "Qwen/Qwen3-8B"
PATH = "/v1"
SETTINGS: Json = {"model": MODEL}

#: Tokens of reasoning before each answer.
THINKING = 2_400
_UNSUPPORTED = frozenset({"minItems", "maxItems", "pattern"})


def script(max_model_len: int = 32_768, thinking: int = THINKING) -> Script:
    """Return a server of today that takes `max_model_len` tokens."""
    return _served(max_model_len, lambda request: _too_long(request, max_model_len), thinking)


def xgrammar() -> Script:
    """Return a server of v0.8.4 whose structured outputs know no bounds of lists."""
    return _served(32_768, _unsupported, 0)


def _served(max_model_len: int, check: Callable[[Request], Reply | None], thinking: int) -> Script:
    def reply(request: Request) -> Reply:
        if request.method == "GET":
            fields = {"owned_by": "vllm", "root": MODEL, "parent": None, "max_model_len": max_model_len}
            return document(200, models(MODEL, created=1763769600, **fields))
        if (objection := check(request)) is not None:
            return objection
        limit = limit_of(request, "max_completion_tokens", "max_tokens")
        left = max_model_len - prompt_tokens(request)
        return _completed(request, generate(written(request), thinking, min(limit or left, left)))

    return reply


def _refusal(words: str, parameter: str, value: int) -> Reply:
    told = f"{words} (parameter={parameter}, value={value})"
    return document(400, {"error": {"message": told, "type": "BadRequestError", "param": parameter, "code": 400}})


def _too_long(request: Request, window: int) -> Reply | None:
    name = "max_completion_tokens" if "max_completion_tokens" in request.body else "max_tokens"
    limit = request.body.get(name) or 0
    if limit > window:
        rule = f"{name}={limit}cannot be greater than max_model_len=max_total_tokens={window}. "
        return _refusal(f"{rule}Please request fewer output tokens.", name, limit)
    least = window - limit + 1
    if prompt_tokens(request) < least:
        return None
    words = (
        f"This model's maximum context length is {window} tokens. However, you requested {limit} output tokens and "
        f"your prompt contains at least {least} input tokens, for a total of at least {least + limit} tokens. "
        "Please reduce the length of the input prompt or the number of requested output tokens."
    )
    return _refusal(words, "input_tokens", least)


def _unsupported(request: Request) -> Reply | None:
    constrained = [f["parameters"] for f in functions(request)]
    if response_format(request)["type"] == "json_schema":
        constrained.append(request.body["response_format"]["json_schema"]["schema"])
    bounded = any(_UNSUPPORTED & inner.keys() for schema in constrained for _, inner in subschemas(schema))
    if not bounded and request.body.get("tool_choice") != "required":
        return None
    words = "The provided JSON schema contains features not supported by xgrammar."
    body = {"object": "error", "message": words, "type": "BadRequestError", "param": None, "code": 400}
    return document(400, body)


def _completed(request: Request, made: Generation) -> Reply:
    said = {"refusal": None, "tool_calls": [], **message(request, made.answer), "reasoning": made.reasoning or None}
    said["content"] = said["content"] or None
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    counted = usage(prompt_tokens(request), made.tokens, prompt_tokens_details=None)
    extra = {"service_tier": None, "system_fingerprint": None, "prompt_logprobs": None, "kv_transfer_params": None}
    body = completion(said, reason, counted, model=request.body.get("model") or MODEL, **extra)
    body["choices"][0].update(logprobs=None, stop_reason=None, token_ids=None)
    return document(200, body)
