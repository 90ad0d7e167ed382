"""A model's real answers on disk: recorded once, replayed without a model.

A recording is found by what was asked, all of it: model, rendered prompt, schema and sampling. So a changed prompt
never meets an old answer. One JSON Lines file for each case; its first line says how and when it was made. Nothing in
these files is written by hand.

Only answers are recordings: a reply of status 200 with a choice that holds a message, be it cut off, a refusal or
nonsense. An error (a status of 400 and more, an error document sent with 200) says nothing about the model and may be
gone the next time: it is never written, and where an older file has one it is passed over.
"""

import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import httpx2

from summarizer.errors import EvalError, RecordingMissingError
from summarizer.evals import files
from summarizer.llm import Dialect
from summarizer.llm.reply import answer_text

__all__ = ["Mode", "Recorder", "Recording", "RecordingTransport", "Usage"]

#: ``live`` keeps nothing; ``record`` asks for what is not there yet; ``replay`` asks nobody.
Mode = Literal["live", "record", "replay"]

#: What a request holds beside the prompt and the schema is sampling.
_PROMPT, _SCHEMA = ("messages",), ("response_format", "grammar", "tools", "tool_choice")
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
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True)
        # half a surrogate pair, which a small model can write, has no UTF-8
        return text if _encodable(text) else json.dumps(fields, sort_keys=True)


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
class Recorder:
    """Gives the recorded answers of one case, and keeps new ones.

    Attributes:
        path: its file; None keeps nothing.
        mode: what to do about a request.
        dialect: what the questions are asked in from the first one on; it stands in the file's first line.
        made_with: written into the file's first line: program, model, command.
        known: the answers in the file.
        used: the answers that were asked for, in the order of use.
        usage: what they cost.
        clean: the file holds answers and nothing else.
    """

    path: Path | None
    mode: Mode
    made_with: Mapping[str, str] = field(default_factory=dict)
    known: dict[str, Recording] = field(default_factory=dict)
    used: dict[str, Recording] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    clean: bool = True
    dialect: Dialect = field(default_factory=Dialect)

    @classmethod
    def open(cls, path: Path | None, mode: Mode, made_with: Mapping[str, str]) -> "Recorder":
        """Read a case's file; one that is not there is empty.

        Raises:
            EvalError: the file is damaged.
        """
        recorder = cls(path, mode, made_with)
        if path is not None and path.exists():
            try:
                text = path.read_text(encoding="utf-8")
                lines = list(_lines(text))
                recorder.dialect = _dialect(json.loads(text.partition("\n")[0]).get("dialect", {}))
                answers = [Recording(**line) for status, line in lines if _is_answer(status, line["response"])]
                recorder.known = {r.key: r for r in answers}
                recorder.clean = len(answers) == len(lines)
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise EvalError(f"{path} is damaged ({error}); delete it and record anew") from None
        return recorder

    def again(self, dialect: Dialect) -> "Recorder":
        """Return a recorder for asking once more in another dialect; no answer is lost."""
        known = {**self.known, **self.used}
        return Recorder(self.path, self.mode, self.made_with, known, clean=False, dialect=dialect)

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
        if found is None and self.mode == "record":
            found = self.used.get(keys["key"])  # a replay will give the first answer each time
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

    def save(self, *, broken: bool = False) -> None:
        """Write what was used, in the order of use, whole or not at all; what nothing asked for is dropped.

        A file that would hold the same answers is left alone, since its first line says when they were given;
        one that holds errors beside them is written anew without.

        Args:
            broken: the endpoint gave up before the end: what was recorded earlier is kept, it may still be asked for.

        Raises:
            ConfigurationError: it cannot be written.
        """
        kept = {**self.used, **self.known} if broken else self.used
        same = self.clean and kept == self.known
        if self.path is None or self.mode != "record" or (self.path.exists() and same):
            return
        if not kept:
            self.path.unlink(missing_ok=True)
            return
        head = json.dumps({"case": self.path.stem, **self.made_with, **_told(self.dialect)}, ensure_ascii=False)
        files.write(self.path, "\n".join((head, *(r.line() for r in kept.values()), "")))

    def _changed(self, keys: Mapping[str, str]) -> str:
        if not self.known:
            return "nothing is recorded for this case"
        named = {"prompt": "the prompt", "schema": "the schema", "sampling": "the model or its sampling"}
        changes = [[named[p] for p in named if getattr(r, p) != keys[p]] for r in self.known.values()]
        nearest = min(changes, key=len)
        return f"{' and '.join(nearest)} changed" if nearest else "its parts are recorded, in another form"


class RecordingTransport(httpx2.AsyncBaseTransport):
    """Answers from a recorder where it can, else asks `inner` and keeps the answer."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, recorder: Recorder) -> None:
        self._inner = inner
        self._recorder = recorder

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request.

        Raises:
            RecordingMissingError: see `Recorder.find`.
            httpx2.TransportError: from the endpoint.
        """
        body = json.loads(await request.aread())
        known = self._recorder.find(body)
        if known is not None:
            self._recorder.take(known)
            told = {"Content-Type": "application/json"}
            content = json.dumps(known.response).encode()
            return httpx2.Response(200, headers=told, content=content, request=request)
        started = time.monotonic()
        response = await self._inner.handle_async_request(request)
        document = _document(response)
        if document is not None:
            self._recorder.take(Recording.of(body, document, time.monotonic() - started))
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def _document(response: httpx2.Response) -> Mapping[str, Any] | None:
    """Return the reply document where it is an answer; an error is none: it is retried or ends the article."""
    try:
        document = json.loads(response.content)
    except ValueError:
        return None
    return document if _is_answer(response.status_code, document) else None


def _is_answer(status: int, document: object) -> bool:
    """Tell the answer of a model, whatever it is worth, from an error, which some endpoints send with status 200."""
    choices = document.get("choices") if isinstance(document, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    if status != 200 or not isinstance(first, dict) or first.get("error"):
        return False
    message, reason = first.get("message"), first.get("finish_reason")
    if not isinstance(message, dict) or reason == "error":
        return False
    # nothing at all is no answer: it is asked for again in the same words. A limit or a filter that stopped it is one
    return bool(answer_text(message).strip() or message.get("refusal")) or reason in {"length", "content_filter"}


def _lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the status and the fields of each line; only a line feed ends a line, answers may hold other separators.

    Raises:
        ValueError, TypeError: it is damaged.
    """
    head, *lines, last = text.split("\n")
    if "case" not in json.loads(head) or last:
        raise ValueError("its first line does not say what it is" if not last else "its last line was cut off")
    for line in lines:
        fields = json.loads(line)
        if not isinstance(fields, dict) or not isinstance(fields.get("response"), dict):
            raise TypeError("a response is no document")
        # older files wrote the status, and rejections among the answers
        yield fields.pop("status", 200), fields


def _told(dialect: Dialect) -> dict[str, Any]:
    """Return a dialect for a file's first line; nothing where it is the one that every endpoint is asked in first."""
    if dialect == Dialect():
        return {}
    return {"dialect": {**asdict(dialect), "refused": sorted(dialect.refused)}}


def _dialect(told: Mapping[str, Any]) -> Dialect:
    return Dialect(**{**told, "refused": frozenset(told.get("refused", ()))})


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


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


_TITLE = re.compile(r"\"title\": \"(\w+)\"")


def _draft(body: Mapping[str, Any]) -> str:
    shape = body.get("response_format")
    asked = shape.get("json_schema") if isinstance(shape, dict) else None
    named = asked.get("name") if isinstance(asked, dict) else None
    # a grammar is named by the title of its schema, the last one in it
    titles = _TITLE.findall(str(body.get("grammar", "")))
    return str(named or (titles or ["answer"])[-1])


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
