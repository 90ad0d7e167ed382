"""llama.cpp's server, ``llama-server -m MODEL.gguf --jinja``, with a reasoning model that is still being loaded.

Sources, and what each says:

- https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md: the 503 "Loading model";
  ``reasoning_content``; .../server-http.cpp (middleware_server_state): the 503 for every path until it is loaded.
- https://github.com/ggml-org/llama.cpp/blob/master/tools/server/server-common.cpp: the error's form and the type of
  each status; ``response_format`` json_schema and json_object (with ``schema``), any other type is a 400; unknown
  fields are taken as the server's own; parts of a content other than text are a 400.
- https://github.com/ggml-org/llama.cpp/blob/master/tools/server/tests/unit/test_chat_completion.py: the answer's
  fields; the model's name is not reflected; a fingerprint that begins with "b".
- https://github.com/ggml-org/llama.cpp/issues/13700: ``max_completion_tokens`` does not bound the answer.
- https://github.com/ggml-org/llama.cpp/pull/15780, https://github.com/oobabooga/textgen/issues/7257 and
  https://github.com/continuedev/continue/issues/9797: a prompt that does not fit is a 400
  ``exceed_context_size_error`` with ``n_prompt_tokens`` and ``n_ctx``, "…, try increasing it".
- https://github.com/ggml-org/llama.cpp/issues/27087: a string of at most 2000 characters makes a grammar that does
  not compile; https://github.com/ggml-org/llama.cpp/issues/26596: the 400 for it, which names neither.
- https://github.com/pnotisdev/rp/issues/5: thinking counts into ``max_tokens``.
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
    subschemas,
    usage,
)
from tests.support.endpoint import Reply, Request, Script

MODEL = "qwen3-8b-q4_k_m.gguf"
PATH = "/v1"
SETTINGS: Json = {"model": "qwen3-8b"}

#: Tokens of reasoning before each answer.
THINKING = 2_400
#: A repetition of so many rules does not compile.
_THRESHOLD = 2_000


def script(n_ctx: int = 16_384, thinking: int = THINKING) -> Script:
    """Return a server of `n_ctx` tokens that is still loading at the first chat request."""
    loading = [True]

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return document(200, models(MODEL, created=1763769600, owned_by="llamacpp"))
        if loading[0]:
            loading[0] = False
            return _refusal(503, "Loading model", "unavailable_error")
        objection = refused(request, _format, _parts, _grammar, lambda asked: _too_long(asked, n_ctx))
        return objection if objection is not None else _answer(request, n_ctx, thinking)

    return reply


def _refusal(status: int, words: str, kind: str = "invalid_request_error", **fields: int) -> Reply:
    return document(status, {"error": {"code": status, "message": words, "type": kind, **fields}})


def _format(request: Request) -> Reply | None:
    kind = response_format(request)["type"]
    words = f'response_format type must be one of "text" or "json_object", but got: {kind}'
    return None if kind in ("text", "json_object", "json_schema") else _refusal(400, words)


def _parts(request: Request) -> Reply | None:
    contents = [said.get("content") for said in request.body["messages"]]
    parts = [part for content in contents if isinstance(content, list) for part in content]
    known = all(part.get("type") == "text" for part in parts)
    return None if known else _refusal(400, "unsupported content[].type")


def _grammar(request: Request) -> Reply | None:
    constrained = [f["parameters"] for f in functions(request)]
    if response_format(request)["type"] == "json_schema":
        constrained.append(request.body["response_format"]["json_schema"]["schema"])
    lengths = [inner.get("maxLength") for schema in constrained for _, inner in subschemas(schema)]
    words = "Failed to initialize samplers: failed to parse grammar"
    return _refusal(400, words) if _THRESHOLD in lengths else None


def _too_long(request: Request, n_ctx: int) -> Reply | None:
    sent = prompt_tokens(request)
    if sent < n_ctx:
        return None
    words = f"request ({sent} tokens) exceeds the available context size ({n_ctx} tokens), try increasing it"
    return _refusal(400, words, "exceed_context_size_error", n_prompt_tokens=sent, n_ctx=n_ctx)


def _answer(request: Request, n_ctx: int, thinking: int) -> Reply:
    sent = prompt_tokens(request)
    limit = min(request.body.get("max_tokens") or n_ctx, n_ctx - sent)
    made = generate(written(request), thinking, limit)
    said = {**message(request, made.answer), "reasoning_content": made.reasoning or None}
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    timings = {
        "cache_n": 0,
        "prompt_n": sent,
        "prompt_ms": 812.0,
        "predicted_n": made.tokens,
        "predicted_ms": 9_310.0,
    }
    over = {"model": MODEL, "system_fingerprint": "b7139-a1b2c3d", "timings": timings}
    return document(200, completion(said, reason, usage(sent, made.tokens), **over))
