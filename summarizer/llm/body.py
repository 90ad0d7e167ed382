"""The body of a reply as one JSON document, also where it is a stream of events that nobody asked for.

Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html; what stands in them:
https://platform.openai.com/docs/api-reference/chat-streaming. One object a line (NDJSON) is read alike.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

__all__ = ["as_document"]

_END = "[DONE]"
#: No answer has so many tokens, and an event has one at least.
_MOST_EVENTS = 200_000


def as_document(body: bytes) -> bytes:
    """Return a body that holds events as the document that they make together; any other as it is.

    Before anything else is done with it: what stands in pieces is not found in them, an echoed key least of all.
    """
    try:
        text = body.decode("utf-8-sig")
        json.loads(text)
    except UnicodeDecodeError:
        return body
    except (ValueError, RecursionError):
        made = _put_together(list(islice(_objects(text), _MOST_EVENTS)), ended=_END in text)
        return body if made is None else json.dumps(made).encode()
    return body


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON objects that stand behind one another, up to the first that is none."""
    decoder, start = json.JSONDecoder(), text.find("{")
    while start >= 0:
        try:
            found, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return
        yield found
        start = text.find("{", end)


def _put_together(events: Sequence[Mapping[str, Any]], *, ended: bool) -> Mapping[str, Any] | None:
    """Return what the events say together: an error or a whole answer among them, else their pieces."""
    whole = next((event for event in events if event.get("error") or "message" in _choice(event)), None)
    if whole is not None:
        return whole
    reasons = [reason for event in events if (reason := _choice(event).get("finish_reason"))]
    if not events or not (reasons or ended):
        return None
    deltas = [delta for event in events if isinstance(delta := _choice(event).get("delta"), dict)]
    choice = {"message": _message(deltas), "finish_reason": reasons[-1] if reasons else None}
    named = {key: value for event in events for key in ("model", "usage") if (value := event.get(key))}
    return {**named, "choices": [choice]}


def _choice(event: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else {}


def _message(deltas: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    names = ("content", "reasoning_content", "reasoning", "refusal")
    texts = {name: "".join(t for d in deltas if isinstance(t := d.get(name), str)) for name in names}
    arguments = "".join(_arguments(delta) for delta in deltas)
    calls = [{"function": {"arguments": arguments}}] if arguments else []
    return {**texts, "tool_calls": calls}


def _arguments(delta: Mapping[str, Any]) -> str:
    """Return the piece of the first tool call that an event adds."""
    calls = delta.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls and isinstance(calls[0], dict) else {}
    function = first.get("function") if first.get("index", 0) == 0 else None
    piece = function.get("arguments") if isinstance(function, dict) else None
    return piece if isinstance(piece, str) else ""
