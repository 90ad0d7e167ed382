"""A reply document of the chat-completions protocol: is it one, is it whole, what does it say, what did it cost?

Works on bytes and plain JSON, so every oddity of an endpoint is met in one place and before anybody else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer import languages
from summarizer.errors import ModelRefusedError

__all__ = [
    "BrokenReplyError",
    "EmptyReplyError",
    "ErrorReplyError",
    "Reply",
    "Usage",
    "answer_text",
    "clip",
    "read_reply",
]

#: No single answer has this many tokens; a larger count is an endpoint's mistake, not a cost.
_MAX_TOKENS = 10_000_000
_ANOTHER = "try another model with --model"


class BrokenReplyError(Exception):
    """A reply of status 200 that is no chat completion: a page, half a document, no choices; it may pass."""


class EmptyReplyError(BrokenReplyError):
    """A chat completion whose choices are null or none: some endpoints answer so to a form that they do not know."""


class ErrorReplyError(Exception):
    """An error inside a reply of status 200; `document` is what stands where the error should say what it is."""

    def __init__(self, document: Any) -> None:
        super().__init__("an error inside a reply of status 200")
        self.document = document


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one reply; 0 where the endpoint does not tell.

    Attributes:
        sent: of the prompt; `cached` of them came from a cache.
        received: of the answer and what was thought before it; `hidden` of them were thought.
    """

    sent: int = 0
    cached: int = 0
    received: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A usable reply.

    Attributes:
        content: the answer's text, wherever the endpoint put it; empty when there is none.
        usage: what it cost.
        model: the model that says it answered, None when it does not say.
        cut: whether the answer ran into its limit.
        thought: whether the model was seen to think before it answered.
    """

    content: str
    usage: Usage
    model: str | None
    cut: bool
    thought: bool

    @property
    def used_up_by_thinking(self) -> bool:
        """Whether the limit was used up before an answer could be whole."""
        return self.cut and (self.thought or not self.content.strip())


def read_reply(body: bytes, content_type: str, limit: int) -> Reply:
    """Read a 2xx response body; `limit` is the bound on the answer that was sent, in tokens.

    Raises:
        BrokenReplyError: not a chat completion at all (HTML page, cut off document, no choices).
        ErrorReplyError: the document is an error.
        ModelRefusedError: a refusal, or a content filter stopped the answer.
    """
    document = _document(body, content_type)
    choice = _choice(document)
    message = choice["message"]
    content = answer_text(message)
    _check_refusal(choice, content)
    usage = _usage(document)
    empty = not content.strip()
    return Reply(
        content=content,
        usage=usage,
        model=clip(document["model"], 100) if isinstance(document.get("model"), str) else None,
        cut=_reason(choice) in _CUT or (empty and usage.received >= limit),
        thought=usage.hidden > 0 or any(_thoughts(message)) or _thinks_aloud(content),
    )


def clip(text: str, width: int = 300) -> str:
    """Return `text` on one line and at most `width` characters, without control characters, for a message."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= width else line[: width - 1] + "…"


def _document(body: bytes, content_type: str) -> Mapping[str, Any]:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        document = None
    if isinstance(document, list) and document:
        document = document[0]  # Gemini sends its errors in a list
    if not isinstance(document, dict):
        raise BrokenReplyError(f"{len(body)} bytes of {clip(content_type, 100) or 'no content type'}")
    return document


def _choice(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first choice.

    Raises:
        BrokenReplyError, ErrorReplyError: there is none, or it holds no message.
    """
    choices = document.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    told = choice.get("error") or document.get("error") or _broken_off(choice)
    if told and not _has_answer(choice):
        raise ErrorReplyError(told)
    if not choice:
        raise _without_choices(document)
    if choice.get("message") is None and _reason(choice) in _CUT:
        return {**choice, "message": {}}  # Gemini sends none where thinking used the limit up
    if not isinstance(choice.get("message"), dict):
        raise BrokenReplyError("a choice that holds no message")
    return choice


def _without_choices(document: Mapping[str, Any]) -> Exception:
    """Return what a document without choices is: an error told in some other place, an empty answer, or neither."""
    if any(document.get(name) for name in ("base_resp", "detail", "errors", "message", "msg")):
        return ErrorReplyError(document)
    kind = EmptyReplyError if "choices" in document else BrokenReplyError
    return kind("a document without any choices")


def _broken_off(choice: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the error that a reason to end tells, and nothing else does."""
    if _reason(choice) in _TOO_LONG:
        return {"code": 400, "message": "the question exceeds the model's context window"}
    return {"message": "the server broke the answer off"} if _reason(choice) in _BROKEN_OFF else None


def _has_answer(choice: Mapping[str, Any]) -> bool:
    message = choice.get("message")
    broken = _reason(choice) in _BROKEN_OFF | _TOO_LONG
    return not broken and isinstance(message, dict) and bool(answer_text(message).strip())


def answer_text(message: Mapping[str, Any]) -> str:
    """Return the answer: a tool call's arguments, else the content, else JSON that stands among the thoughts."""
    called, said = _arguments(message), _text(message.get("content"))
    if called.strip() or said.strip():
        return called if called.strip() else said
    return next((thought for thought in _thoughts(message) if "{" in thought), "")


def _arguments(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls else {"function": message.get("function_call")}
    function = first.get("function") if isinstance(first, dict) else None
    arguments = function.get("arguments") if isinstance(function, dict) else None
    return arguments if isinstance(arguments, str) else json.dumps(arguments) if isinstance(arguments, dict) else ""


def _text(content: object) -> str:
    """Return content as text; of a list of parts those that are text, without what was thought."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return json.dumps(content)  # the answer itself, not written out
    parts = content if isinstance(content, list) else []
    texts = (part.get("text") for part in parts if isinstance(part, dict) and part.get("type") in _TEXT_PARTS)
    return "".join(text for text in texts if isinstance(text, str))


_TEXT_PARTS = frozenset({"text", "output_text", None})


def _thoughts(message: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an endpoint shows of the model's thinking."""
    names = ("reasoning_content", "reasoning", "thinking")
    yield from (text for name in names if isinstance(text := message.get(name), str) and text.strip())
    parts = message.get("content")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and part.get("type") in ("thinking", "reasoning"):
            yield json.dumps(part)


def _thinks_aloud(content: str) -> bool:
    return content.lstrip().startswith("<think") or "</think>" in content


#: Why an answer ended, in the protocol's words and in those that gateways pass on from the models behind them
#: (Gemini, Anthropic, Bedrock, GLM, vLLM), in lower case.
_CUT = frozenset({"length", "max_tokens"})
_FILTERED = frozenset(
    {"blocklist", "content_filter", "content_filtered", "guardrail_intervened", "prohibited_content", "recitation"}
    | {"safety", "sensitive", "spii"}
)
_BROKEN_OFF = frozenset({"abort", "error", "network_error"})
_TOO_LONG = frozenset({"model_context_window_exceeded"})


def _reason(choice: Mapping[str, Any]) -> str:
    return str(choice.get("finish_reason") or "").lower()


def _check_refusal(choice: Mapping[str, Any], content: str) -> None:
    message = choice["message"]
    if refusal := message.get("refusal"):
        raise ModelRefusedError(f"the model refused: {clip(str(refusal))}", _ANOTHER)
    if _reason(choice) == "refusal":
        raise ModelRefusedError("the model refused to answer about this article", _ANOTHER)
    if _reason(choice) in _FILTERED:
        raise ModelRefusedError("a content filter of the endpoint stopped the answer", _ANOTHER)
    if not message.get("tool_calls") and _is_refusal(content):
        raise ModelRefusedError(f"the model refused: {clip(content)}", _ANOTHER)


def _is_refusal(content: str) -> bool:
    """Tell whether prose without any JSON opens with a phrase by which models refuse."""
    opening = content.strip().lower().replace("’", "'")[:200]
    return "{" not in content and any(phrase in opening for phrase in _refusals())


@cache
def _refusals() -> tuple[str, ...]:
    return tuple(p for code in languages.available() for p in languages.get(code).refusal.phrases)


def _usage(document: Mapping[str, Any]) -> Usage:
    usage = document.get("usage")
    if not isinstance(usage, dict):
        return Usage()
    cached = _detail(usage, "prompt_tokens_details", "cached_tokens") or _count(usage.get("prompt_cache_hit_tokens"))
    if not cached and isinstance(document.get("timings"), dict):
        cached = _count(document["timings"].get("cache_n"))  # llama.cpp reports its prefix cache here
    sent, received = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    told = _detail(usage, "completion_tokens_details", "reasoning_tokens") or _count(usage.get("reasoning_tokens"))
    # Gemini and xAI count what was thought beside the answer and not into it
    beside = max(0, _count(usage.get("total_tokens")) - sent - received) if sent and received else 0
    return Usage(sent, min(cached, sent), received + beside, told or beside)


def _detail(usage: Mapping[str, Any], group: str, name: str) -> int:
    details = usage.get(group)
    return _count(details.get(name)) if isinstance(details, dict) else 0


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value <= _MAX_TOKENS else 0
