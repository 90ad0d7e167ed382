"""A reply document of the chat-completions protocol: is it one, is it whole, what did it cost?

Works on bytes and plain JSON, so every oddity of an endpoint is met in one place and before the SDK.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer import languages
from summarizer.errors import ModelRefusedError, ModelRejectedError, ModelTruncatedError

__all__ = ["Reply", "clip", "read_reply"]

#: No single answer has this many tokens; a larger count is an endpoint's mistake, not a cost.
_MAX_TOKENS = 10_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """A usable reply.

    Attributes:
        document: the JSON document, with one choice.
        usage: input, cached input and output tokens; 0 where the endpoint does not tell.
        model: the model that says it answered, None when it does not.
    """

    document: dict[str, Any]
    usage: tuple[int, int, int]
    model: str | None


def read_reply(body: bytes, content_type: str) -> Reply:
    """Read a 2xx response body.

    Raises:
        ModelRejectedError: not a chat completion at all (HTML page, cut off document, no choices).
        ModelRefusedError: a refusal, or a content filter stopped the answer.
        ModelTruncatedError: the answer ran into its token limit.
    """
    document = _document(body, content_type)
    choices = document.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        told = document.get("error")
        raise ModelRejectedError(
            f"the endpoint answered without any choices{f': {clip(str(told))}' if told else ''}; "
            "check that the base URL is that of a chat-completions endpoint"
        )
    _check_finish(choices[0])
    model = document.get("model")
    return Reply(
        {**document, "choices": choices[:1]}, _usage(document), clip(model, 100) if isinstance(model, str) else None
    )


def clip(text: str, width: int = 300) -> str:
    """Return `text` on one line and at most `width` characters, without control characters, for a message."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= width else line[: width - 1] + "…"


def _document(body: bytes, content_type: str) -> dict[str, Any]:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise ModelRejectedError(
            f"the endpoint answered with something that is not a chat completion ({len(body)} bytes of "
            f"{content_type or 'no content type'}); check the base URL, or that its server is healthy"
        )
    return document


def _check_finish(choice: Mapping[str, Any]) -> None:
    message = choice.get("message")
    if not isinstance(message, dict):
        raise ModelRejectedError("the endpoint answered with a choice that holds no message")
    if refusal := message.get("refusal"):
        raise ModelRefusedError(f"the model refused: {clip(str(refusal))}")
    reason = choice.get("finish_reason")
    if reason == "content_filter":
        raise ModelRefusedError("a content filter of the endpoint stopped the answer")
    if reason == "length":
        raise ModelTruncatedError(
            "the answer ran into its token limit; use a model with a longer output, "
            "or set --context-tokens so that the article is taken in smaller sections"
        )
    content = message.get("content")
    if isinstance(content, str) and _is_refusal(content) and not message.get("tool_calls"):
        raise ModelRefusedError(f"the model refused: {clip(content)}")


def _is_refusal(content: str) -> bool:
    """Tell whether prose without any JSON opens with a phrase by which models refuse."""
    opening = content.strip().lower().replace("’", "'")[:200]
    return "{" not in content and any(phrase in opening for phrase in _refusals())


@cache
def _refusals() -> tuple[str, ...]:
    return tuple(p for code in languages.available() for p in languages.section(code, "refusal")["phrases"])


def _usage(document: Mapping[str, Any]) -> tuple[int, int, int]:
    usage = document.get("usage")
    if not isinstance(usage, dict):
        return 0, 0, 0
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    if cached is None and isinstance(document.get("timings"), dict):
        cached = document["timings"].get("cache_n")  # llama.cpp reports its prefix cache here
    sent = _count(usage.get("prompt_tokens"))
    return sent, min(_count(cached), sent), _count(usage.get("completion_tokens"))


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value <= _MAX_TOKENS else 0
