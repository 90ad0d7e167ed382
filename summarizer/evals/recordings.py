"""A folder of recordings: one file for each case, and ``recordings.json`` on the endpoint that answered."""

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from summarizer.errors import EvalError, RecordingMissingError
from summarizer.evals import files
from summarizer.llm import Endpoint, Extras, Limits
from summarizer.llm.connect import Backend

__all__ = ["backend", "made_with", "write"]

#: A replay answers at once; nothing but a mistake in the program takes longer.
_REPLAY_S = 60.0


class _Answering(BaseModel):
    """What must be known of an endpoint to ask it the same again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    context_tokens: int
    bounded_strings: bool
    embedded: bool
    reasoning_effort: str | None = None
    body: dict[str, Any] = {}
    made_with: dict[str, str]


def made_with(backend: Backend, command: str) -> dict[str, str]:
    """Return how and when recordings are made, as they say themselves."""
    made = {
        "program": f"summarizer-briefs {version('summarizer-briefs')}",
        "model": backend.endpoint.model,
        "endpoint": backend.endpoint.label,
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.machine(),
        "command": command,
    }
    return made | ({"server": _server()} if backend.endpoint.embedded else {})


def write(folder: Path, backend: Backend, made: Mapping[str, str]) -> None:
    """Write ``recordings.json``.

    Raises:
        EvalError: the folder holds recordings of another model.
        ConfigurationError: it cannot be written.
    """
    about = _Answering(**_asked(backend.endpoint), made_with=dict(made))
    if (folder / "recordings.json").exists() and (known := _read(folder)).model != about.model:
        raise EvalError(f"{folder} holds recordings of {known.model}; name another folder for {about.model}")
    text = json.dumps(about.model_dump(exclude_defaults=True), ensure_ascii=False, indent=1)
    files.write(folder / "recordings.json", text + "\n")


def backend(folder: Path) -> Backend:
    """Return an endpoint that asks as the recorded one was asked and cannot be reached.

    Raises:
        RecordingMissingError: there are no recordings.
        EvalError: ``recordings.json`` is damaged.
    """
    about = _read(folder)
    endpoint = Endpoint(
        base_url="http://127.0.0.1:9/v1",  # the discard port: nothing that gets past the recorder gets an answer
        model=about.model,
        api_key=SecretStr("none"),
        context_tokens=about.context_tokens,
        bounded_strings=about.bounded_strings,
        embedded=about.embedded,
        reasoning_effort=about.reasoning_effort,
        extras=Extras(about.body),
    )
    return Backend(endpoint, Limits(timeout_s=_REPLAY_S), _REPLAY_S)


def _asked(endpoint: Endpoint) -> dict[str, Any]:
    names = ("model", "context_tokens", "bounded_strings", "embedded", "reasoning_effort")
    # of what a user adds only the body belongs to the question; a header may hold a key
    return {name: getattr(endpoint, name) for name in names} | {"body": dict(endpoint.extras.body)}


def _read(folder: Path) -> _Answering:
    path = folder / "recordings.json"
    try:
        return _Answering.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise RecordingMissingError(
            f"{folder} holds no recordings; make them with: summarizer eval run --record {folder}"
        ) from None
    except OSError as error:
        raise EvalError(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        raise EvalError(f"{path} is damaged: {files.fault(error)}; record anew into another folder") from None


def _server() -> str:
    try:
        return f"xllamacpp {version('xllamacpp')}"
    except PackageNotFoundError:
        return "xllamacpp"
