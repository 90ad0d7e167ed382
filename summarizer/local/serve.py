"""Serve a GGUF file on loopback, in a child process that never outlives this one."""

import importlib.util
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from summarizer.errors import ConfigurationError, ModelUnavailableError
from summarizer.local import child

__all__ = ["Server", "check_installed", "serve"]

START_S = 300.0  # loading takes 2–7 s from a disk, minutes from a slow network share
STOP_S = 2.0
TAIL_CHARS = 800


class Server:
    """A running server: ``base_url`` ends in ``/v1``; ``api_key`` is random and known to nobody else.

    Ends with ``close``, with the ``with`` block, when it is collected, and in any case with this process.
    """

    def __init__(self, process: subprocess.Popen[str], address: str, api_key: str, model: str) -> None:
        self.base_url = f"{address}/v1"
        self.api_key = api_key
        self.model = model
        self.pid = process.pid
        self._end = weakref.finalize(self, _stop, process)

    def __repr__(self) -> str:
        return f"Server({self.base_url!r}, model={self.model!r}, pid={self.pid})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process and wait for it; a second call does nothing."""
        self._end()


def serve(path: Path, context_tokens: int = 16384, parallel: int = 1) -> Server:
    """Start a server for the GGUF file at ``path`` and return when the model is loaded.

    Args:
        path: any GGUF file; llama.cpp applies the chat template inside it.
        context_tokens: room for one request, its answer included; the default costs 450 MB with the
            default model.
        parallel: requests answered at the same time. One keeps the cached prefix of an article whole and
            is as fast on few cores; more requests wait their turn.

    Raises:
        ConfigurationError: the extra ``[local]`` is not installed, or llama.cpp cannot load the file.
        ModelUnavailableError: the child was killed (memory) or did not get ready within five minutes.
    """
    check_installed()
    key = secrets.token_urlsafe(32)
    order = {
        "model": str(path.resolve()),
        "name": path.stem,
        "key": key,
        "context_tokens": context_tokens,
        "parallel": parallel,
        "threads": _threads(),
    }
    with tempfile.TemporaryFile() as log:
        process = _spawn(order, log)
        address = _first_line(process)
        if not address:
            raise _failure(process, path, log, key)
    return Server(process, address, key, path.stem)


def check_installed() -> None:
    """Raise ConfigurationError unless the extra ``[local]`` is installed."""
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigurationError(
            "the embedded model needs the extra [local]",
            "pip install 'summarizer-briefs[local]', or name an endpoint with --base-url and --model",
        )


def _spawn(order: dict[str, Any], log: IO[bytes]) -> subprocess.Popen[str]:
    """Start the child in a session of its own, so that Ctrl-C reaches it only through us."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-P", child.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdin is not None  # noqa: S101 - asked for above
    try:
        process.stdin.write(f"{json.dumps(order)}\n")
        process.stdin.flush()
    except BrokenPipeError:  # the child is gone already; its log says why
        process.wait()
    return process


def _first_line(process: subprocess.Popen[str]) -> str:
    """Return the address the child announces; empty where it ended first or took longer than START_S."""
    assert process.stdout is not None  # noqa: S101 - asked for in _spawn
    watch = threading.Timer(START_S, process.kill)
    watch.start()
    try:
        return process.stdout.readline().strip()
    except BaseException:
        _stop(process)
        raise
    finally:
        watch.cancel()


def _failure(
    process: subprocess.Popen[str], path: Path, log: IO[bytes], key: str
) -> ConfigurationError | ModelUnavailableError:
    _stop(process)
    log.seek(0)
    tail = log.read().decode("utf-8", "replace").replace(key, "…")[-TAIL_CHARS:].strip()
    if process.returncode > 0:
        return ConfigurationError(f"llama.cpp cannot serve {path}; its log ends:\n{tail}")
    return ModelUnavailableError(
        f"the server for {path} was killed before it was ready; it needs twice the file's size in memory. "
        f"Its log ends:\n{tail}"
    )


def _stop(process: subprocess.Popen[str]) -> None:
    """End the child: the end of its standard input is its signal, and a kill comes after STOP_S."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _threads() -> int:
    """Return how many threads this process may keep busy; 0 where nothing limits it.

    llama.cpp counts the machine's physical cores, which is right except under an affinity mask or a
    container's CPU quota: there more threads than shares stall each other.
    """
    machine = os.cpu_count() or 1
    allowed = len(os.sched_getaffinity(0)) if sys.platform == "linux" else machine
    allowed = min(allowed, _quota(Path("/sys/fs/cgroup/cpu.max")) or allowed)
    return 0 if allowed >= machine else max(1, allowed)


def _quota(path: Path) -> int | None:
    """Return the CPUs a control group grants, rounded up; None without a limit (``max 100000``)."""
    try:
        quota, period = path.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    return None if quota == "max" else -(-int(quota) // int(period))
