"""Ollama, http://localhost:11434/v1, with a thinking model and the context length of a machine without a large GPU.

Sources, and what each says:

- https://docs.ollama.com/api/openai-compatibility: the fields that are read; the key is ignored.
- https://github.com/ollama/ollama/blob/main/openai/openai.go: fields that it does not name are ignored,
  ``max_completion_tokens`` and ``num_ctx`` among them; ``json_schema`` becomes the grammar; thinking stands in
  ``message.reasoning``; ``usage`` has no details; the error's form; ``reasoning_effort`` and its 400; parts of a
  content other than text and images are "invalid message format".
- https://github.com/ollama/ollama/blob/main/docs/context-length.mdx: 4k of context below 24 GiB of video memory.
- https://github.com/ollama/ollama/issues/17889 and https://github.com/ollama/ollama/issues/17427: a prompt that does
  not fit is cut to half the context in silence: 200 and 2050 ``prompt_tokens`` of a context of 4096;
  https://github.com/odysseus-dev/odysseus/pull/1055: what is kept is the end;
  https://github.com/ollama/ollama/pull/17944: the count is the only sign.
- https://github.com/ralphgrewe/TradingAgents/issues/168: prompt and answer share the context; at its end the answer
  stops ("length"); https://github.com/posit-dev/chatlas/issues/327: thinking counts into ``max_tokens``.
- https://github.com/ollama/ollama/blob/main/server/routes.go: "model '%s' not found" with a 404.
"""

import json

from tests.providers.generation import generate, refused, written
from tests.providers.protocol import (
    Json,
    completion,
    document,
    functions,
    message,
    models,
    prompt_tokens,
    question,
    refusal,
    usage,
    wanted,
)
from tests.support.endpoint import Reply, Request
from tests.support.model import answer

MODEL = "qwen3:8b"
PATH = "/v1"
SETTINGS: Json = {"model": MODEL}

#: Tokens of prompt and answer together.
NUM_CTX = 4_096
#: Tokens of thinking before each answer.
THINKING = 2_400
_EFFORTS = ("high", "medium", "low", "none")


class Ollama:
    """The server.

    Attributes:
        cut: how many prompts were cut in silence so far.
    """

    def __init__(self, thinking: int) -> None:
        self.cut = 0
        self._thinking = thinking

    def __call__(self, request: Request) -> Reply:
        """Answer one request."""
        if request.method == "GET":
            return document(200, models(MODEL, created=1763769600, owned_by="library"))
        if (objection := refused(request, _model, _effort, _parts)) is not None:
            return objection
        return self._answer(request)

    def _answer(self, request: Request) -> Reply:
        text, sent = written(request), prompt_tokens(request)
        if sent >= NUM_CTX:
            self.cut += 1
            text, sent = _from_the_end(request), NUM_CTX // 2 + 2
        thinking = 0 if _effort_of(request) == "none" else self._thinking
        limit = min(request.body.get("max_tokens") or NUM_CTX, NUM_CTX - sent)
        made = generate(text, thinking, limit)
        said = message(request, made.answer) | ({"reasoning": made.reasoning} if thinking else {})
        reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
        over = {"model": request.body["model"], "system_fingerprint": "fp_ollama"}
        return document(200, completion(said, reason, usage(sent, made.tokens), **over))


def script(thinking: int = THINKING) -> Ollama:
    """Return a server with the default context length."""
    return Ollama(thinking)


def _from_the_end(request: Request) -> str:
    """Return the answer of a model that was given only the end of the question."""
    kept = question(request)[-NUM_CTX * 2 :]
    try:
        return json.dumps(answer(kept, wanted(request)[1]), ensure_ascii=False)
    except (LookupError, TypeError):  # even the task is gone: the grammar makes JSON of nothing
        return "{}"


def _effort_of(request: Request) -> str | None:
    nested = request.body.get("reasoning")
    return nested.get("effort") if nested else request.body.get("reasoning_effort")


def _model(request: Request) -> Reply | None:
    name = request.body["model"]
    return None if name == MODEL else refusal(404, f"model '{name}' not found", "not_found_error")


def _effort(request: Request) -> Reply | None:
    effort = _effort_of(request)
    if not effort or effort in _EFFORTS:
        return None
    words = f'invalid reasoning value: \'{effort}\' (must be "high", "medium", "low", or "none")'
    return refusal(400, words, "invalid_request_error")


def _parts(request: Request) -> Reply | None:
    for said in request.body["messages"]:
        parts = said.get("content") if isinstance(said.get("content"), list) else []
        if any(part.get("type") not in ("text", "image_url") for part in parts):
            return refusal(400, "invalid message format", "invalid_request_error")
        if said.get("content") is None and not said.get("tool_calls"):
            return refusal(400, "invalid message content type: <nil>", "invalid_request_error")
    return None
