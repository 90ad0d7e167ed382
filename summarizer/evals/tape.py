"""A model's real answers on disk: recorded once, replayed without a model.

A recording is found by what was asked, all of it: model, rendered prompt, schema and sampling. So a changed prompt
never meets an old answer. One JSON Lines file for each case; its first line says how and when it was made. Nothing in
these files is written by hand.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import httpx2

from summarizer.errors import EvalError, RecordingMissingError

__all__ = ["Mode", "Recording", "Tape", "TapeTransport", "Usage"]

#: ``live`` keeps nothing; ``record`` asks for what is not there yet; ``replay`` asks nobody.
Mode = Literal["live", "record", "replay"]

#: What a request holds beside the prompt and the schema is sampling.
_PROMPT, _SCHEMA = ("messages",), ("response_format", "tools", "tool_choice")
#: Parts of a reply that say nothing about the answer and differ every time.
_CHATTER = frozenset({"timings", "__verbose", "system_fingerprint", "logprobs"})


@dataclass(frozen=True, slots=True)
class Recording:
    """One answer of a model.

    Attributes:
        key: SHA-256 of the whole request; `prompt`, `schema` and `sampling` are those of its parts.
        draft: name of the schema, for a reader.
        response: the reply document.
        seconds: wall-clock time that the model took.
        recorded: when, ISO 8601, UTC.
    """

    key: str
    prompt: str
    schema: str
    sampling: str
    draft: str
    response: Mapping[str, Any]
    seconds: float
    recorded: str

    @classmethod
    def of(cls, body: Mapping[str, Any], response: Mapping[str, Any], seconds: float) -> "Recording":
        """Return the recording of a request body and its reply."""
        kept = {name: value for name, value in response.items() if name not in _CHATTER}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(**_keys(body), draft=_draft(body), response=kept, seconds=round(seconds, 3), recorded=now)

    def line(self) -> str:
        """Return it as one line of JSON."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)


@dataclass(slots=True)
class Usage:
    """What the answers of one case cost, cached recordings as when they were made.

    Attributes:
        recorded: time of the latest answer, ISO 8601; empty when there was none.
    """

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    recorded: str = ""


@dataclass(slots=True)
class Tape:
    """The recordings of one case.

    Attributes:
        path: its file; None keeps nothing.
        mode: what to do about a request.
        made_with: written into the file's first line: program, model, command.
    """

    path: Path | None
    mode: Mode
    made_with: Mapping[str, str] = field(default_factory=dict)
    known: dict[str, Recording] = field(default_factory=dict)
    used: dict[str, Recording] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)

    @classmethod
    def open(cls, path: Path | None, mode: Mode, made_with: Mapping[str, str]) -> "Tape":
        """Read a case's file; one that is not there is empty.

        Raises:
            EvalError: the file is damaged.
        """
        tape = cls(path, mode, made_with)
        if path is not None and path.exists():
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
                tape.known = {r.key: r for r in (Recording(**json.loads(line)) for line in lines[1:])}
            except (OSError, ValueError, TypeError) as error:
                raise EvalError(f"{path} is damaged ({error}); delete it and record anew") from None
        return tape

    @property
    def unused(self) -> tuple[Recording, ...]:
        """The recordings that nothing asked for."""
        return tuple(r for key, r in self.known.items() if key not in self.used)

    def find(self, body: Mapping[str, Any]) -> Recording | None:
        """Return the recording of a request.

        Raises:
            RecordingMissingError: this is a replay and there is none; the message says what changed.
        """
        keys = _keys(body)
        found = self.known.get(keys["key"])
        if found is None and self.mode == "replay":
            raise RecordingMissingError(
                f"no recorded answer for this {_draft(body)} in {self.path}: {self._changed(keys)}. Record anew: "
                f"{self.made_with.get('command', 'summarizer eval run --record FOLDER')}"
            )
        return found

    def take(self, recording: Recording) -> None:
        """Count a recording as used."""
        self.used[recording.key] = recording
        counts = recording.response.get("usage")
        told: Mapping[str, Any] = counts if isinstance(counts, dict) else {}
        details = told.get("prompt_tokens_details")
        self.usage.requests += 1
        self.usage.input_tokens += _count(told.get("prompt_tokens"))
        self.usage.output_tokens += _count(told.get("completion_tokens"))
        self.usage.cached_tokens += _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
        self.usage.seconds = round(self.usage.seconds + recording.seconds, 3)
        self.usage.recorded = max(self.usage.recorded, recording.recorded)

    def save(self) -> None:
        """Write what was used, in the order of use, whole or not at all; what nothing asked for is dropped."""
        if self.path is None or self.mode != "record":
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"case": self.path.stem, **self.made_with}, ensure_ascii=False)
        temporary = self.path.with_suffix(".part")
        temporary.write_text("\n".join((head, *(r.line() for r in self.used.values()), "")), encoding="utf-8")
        temporary.replace(self.path)

    def _changed(self, keys: Mapping[str, str]) -> str:
        if not self.known:
            return "nothing is recorded for this case"
        for part, named in (("prompt", "the prompt changed"), ("schema", "the schema changed")):
            others = [name for name in ("prompt", "schema", "sampling") if name != part]
            if any(all(getattr(r, name) == keys[name] for name in others) for r in self.known.values()):
                return named
        same = any(r.prompt == keys["prompt"] and r.schema == keys["schema"] for r in self.known.values())
        return "the model or its sampling changed" if same else "the prompt and its schema changed"


class TapeTransport(httpx2.AsyncBaseTransport):
    """Answers from a tape where it can, else asks `inner` and keeps the answer."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, tape: Tape) -> None:
        self._inner = inner
        self._tape = tape

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request.

        Raises:
            RecordingMissingError: see `Tape.find`.
            httpx2.TransportError: from the endpoint.
        """
        body = json.loads(await request.aread())
        known = self._tape.find(body)
        if known is not None:
            self._tape.take(known)
            return httpx2.Response(200, json=known.response, request=request)
        started = time.monotonic()
        response = await self._inner.handle_async_request(request)
        document = _document(response)
        if document is not None:
            self._tape.take(Recording.of(body, document, time.monotonic() - started))
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def _document(response: httpx2.Response) -> Mapping[str, Any] | None:
    """Return the reply document; a failure is none: it is retried or ends the article, and is never recorded."""
    if not response.is_success:
        return None
    try:
        document = json.loads(response.content)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def _keys(body: Mapping[str, Any]) -> dict[str, str]:
    parts = {
        "prompt": {name: body[name] for name in _PROMPT if name in body},
        "schema": {name: body[name] for name in _SCHEMA if name in body},
        "sampling": {name: value for name, value in body.items() if name not in (*_PROMPT, *_SCHEMA)},
    }
    return {"key": _hash(body), **{name: _hash(part)[:16] for name, part in parts.items()}}


def _hash(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _draft(body: Mapping[str, Any]) -> str:
    shape = body.get("response_format")
    asked = shape.get("json_schema") if isinstance(shape, dict) else None
    return str(asked.get("name", "answer")) if isinstance(asked, dict) else "answer"


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
