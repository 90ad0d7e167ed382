"""SGLang, ``python -m sglang.launch_server --model-path MODEL --reasoning-parser qwen3``.

Sources, and what each says:

- https://github.com/sgl-project/sglang/blob/main/python/sglang/srt/entrypoints/openai/protocol.py: the fields,
  ``max_tokens`` and ``max_completion_tokens``; ``reasoning_effort`` with "none" for no thinking; the error without
  ``error`` around it; ``usage.reasoning_tokens``; ``/models`` with ``max_model_len``; a role in any case.
- https://github.com/sgl-project/sglang/blob/main/python/sglang/srt/entrypoints/openai/serving_base.py: a wrong
  request is a 400 of the type "BadRequestError".
- https://github.com/sgl-project/sglang/blob/main/python/sglang/srt/managers/tokenizer_manager.py: prompt alone or
  prompt and answer limit together may not reach the context length; both messages.
- https://github.com/sgl-project/sglang/issues/14821: a whole answer, with ``reasoning_content`` and
  ``matched_stop``; with thinking turned off the constrained answer stood in ``reasoning_content``, ``content`` null.
"""

from tests.providers.generation import Generation, generate, limit_of, written
from tests.providers.protocol import Json, completion, document, functions, message, models, prompt_tokens, usage
from tests.support.endpoint import Reply, Request, Script

MODEL = "Qwen/Qwen3-8B"
PATH = "/v1"
SETTINGS: Json = {"model": MODEL}

#: Tokens of reasoning before each answer.
THINKING = 2_400


def script(context_length: int = 40_960, thinking: int = THINKING) -> Script:
    """Return a server that takes `context_length` tokens."""

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            fields = {"owned_by": "sglang", "root": MODEL, "parent": None, "max_model_len": context_length}
            return document(200, models(MODEL, created=1763769600, **fields))
        if (words := _too_long(request, context_length)) is not None:
            body = {"object": "error", "message": words, "type": "BadRequestError", "param": None, "code": 400}
            return document(400, body)
        off = request.body.get("reasoning_effort") == "none"
        limit = limit_of(request, "max_completion_tokens", "max_tokens")
        return _completed(request, generate(written(request), 0 if off else thinking, limit), misplaced=off)

    return reply


def _too_long(request: Request, window: int) -> str | None:
    sent = prompt_tokens(request)
    if sent >= window:
        return f"The input ({sent} tokens) is longer than the model's context length ({window} tokens)."
    limit = limit_of(request, "max_completion_tokens", "max_tokens") or 0
    if sent + limit < window:
        return None
    return (
        f"Requested token count exceeds the model's maximum context length of {window} tokens. You requested a total "
        f"of {sent + limit} tokens: {sent} tokens from the input messages and {limit} tokens for the completion. "
        "Please reduce the number of tokens in the input messages or the completion to fit within the limit."
    )


def _completed(request: Request, made: Generation, *, misplaced: bool) -> Reply:
    said = {"tool_calls": None, **message(request, made.answer)}
    content = said["content"] or None
    said |= {"content": content, "reasoning_content": made.reasoning or None}
    if misplaced and not functions(request):
        said |= {"content": None, "reasoning_content": content}
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    details = {"prompt_tokens_details": None, "reasoning_tokens": made.reasoning_tokens}
    counted = usage(prompt_tokens(request), made.tokens, **details)
    body = completion(said, reason, counted, id="9885652d373b4300a317f20a8b8e4fb8", model=request.body["model"])
    body["choices"][0].update(logprobs=None, matched_stop=151645 if made.finish_reason == "stop" else None)
    return document(200, body)
