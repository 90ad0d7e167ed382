"""LM Studio, http://localhost:1234/v1, with a reasoning model.

Sources, and what each says:

- https://lmstudio.ai/docs/advanced/structured-output: ``json_schema`` as OpenAI has it.
- https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189 and
  https://github.com/whiteguo233/OpenBiliClaw/issues/12: ``json_object`` is a 400 whose ``error`` is a string.
- https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/1773 and .../1698, .../1971: with a schema a reasoning
  model's answer stands in ``reasoning_content``, ``content`` is "" and finish_reason "stop"; without one, and with
  tools, it stands where it belongs, after the thinking.
- https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/1602: the answer's further fields: ``stats``, the model
  as ``system_fingerprint``, ``tool_calls`` [].
- https://github.com/Gitlawb/openclaude/issues/353: a prompt that does not fit is a 400 whose ``error`` is a string.
- https://github.com/firecrawl/firecrawl/issues/4512: its engine is llama.cpp;
  https://github.com/pnotisdev/rp/issues/5: there thinking counts into ``max_tokens``.
"""

from tests.providers.generation import generate, refused, written
from tests.providers.protocol import (
    Json,
    completion,
    document,
    functions,
    message,
    models,
    prompt_tokens,
    response_format,
    usage,
)
from tests.support.endpoint import Reply, Request, Script

MODEL = "qwen/qwen3.5-9b"
PATH = "/v1"
SETTINGS: Json = {"model": MODEL}

#: Tokens of reasoning before an answer without a schema.
THINKING = 1_000


def script(context_length: int = 8_192) -> Script:
    """Return a server that has its model loaded with `context_length` tokens."""

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return document(200, models(MODEL))
        objection = refused(request, _format, lambda asked: _too_long(asked, context_length))
        return objection if objection is not None else _answer(request)

    return reply


def _format(request: Request) -> Reply | None:
    words = "'response_format.type' must be 'json_schema' or 'text'"
    return None if response_format(request)["type"] in ("json_schema", "text") else document(400, {"error": words})


def _too_long(request: Request, window: int) -> Reply | None:
    sent = prompt_tokens(request)
    words = (
        "The number of tokens to keep from the initial prompt is greater than the context length "
        f"(n_keep: {sent}>= n_ctx: {window}). Try to load the model with a larger context length, "
        "or provide a shorter input."
    )
    return document(400, {"error": words}) if sent >= window else None


def _answer(request: Request) -> Reply:
    constrained = response_format(request)["type"] == "json_schema"
    made = generate(written(request), 0 if constrained else THINKING, request.body.get("max_tokens"))
    said = {"tool_calls": [], **message(request, made.answer), "reasoning_content": made.reasoning}
    if constrained:
        said |= {"content": "", "reasoning_content": made.answer}
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    name = request.body["model"]
    counted = usage(prompt_tokens(request), made.tokens)
    body = completion(said, reason, counted, model=name, stats={}, system_fingerprint=name)
    body["choices"][0]["logprobs"] = None
    return document(200, body)
