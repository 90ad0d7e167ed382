"""The program of the child process: llama.cpp's server on loopback, for as long as the parent lives.

Run as a file, not as a module, so that it needs nothing of this package and starts fast. It reads one line of
JSON from standard input: ``model`` (path), ``key``, ``context_tokens`` (per slot), ``parallel`` (slots),
``threads`` (0: llama.cpp's own choice). When the model is loaded it writes one line, the server's address, to
standard output. Everything llama.cpp has to say goes to standard error.
"""

import ctypes
import json
import os
import signal
import sys
import threading
import time
from typing import Any

WATCH_S = 0.5
PR_SET_PDEATHSIG = 1  # Linux, sys/prctl.h
CACHE_MIB = 1024  # prompts of the articles at work, about 28 KiB a token with the default model


def main() -> None:
    """Serve until standard input ends or the parent is gone."""
    parent = os.getppid()
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # llama.cpp prints here and there to standard output; that line belongs to the parent
    # Loading holds the interpreter's lock, so no thread of ours can watch: the kernel has to.
    _end_with_parent_thread(signal.SIGKILL)
    server = _start(order)
    _end_with_parent_thread(0)
    with answer:
        answer.write(f"{server.listening_address}\n")
    while os.getppid() == parent:
        time.sleep(WATCH_S)
    os._exit(0)


def _end_with_stdin() -> None:
    """End with the pipe's other side, whatever the server is doing.

    The pipe stays open while a forked sibling holds it too; for that there is the look at the parent's id
    in ``main``.
    """
    sys.stdin.read()
    os._exit(0)


def _end_with_parent_thread(number: int) -> None:
    """Ask the kernel for a signal when the thread that started this process ends; 0 takes it back.

    Right only while that thread waits for the model: later it may end before its process does. Elsewhere
    than on Linux a child orphaned while it loads ends when it has loaded.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def _start(order: dict[str, Any]) -> Any:
    """Start the server; returns when the model is loaded, raises RuntimeError where it cannot be."""
    # Between two steps llama.cpp's threads wait for each other. Spinning is a quarter faster on an idle
    # machine (25 tokens/s against 18 on two cores) and hopeless on a busy one (1–8 against 14).
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import xllamacpp  # type: ignore[import-untyped,unused-ignore]

    params = xllamacpp.CommonParams()
    params.model.path = order["model"]
    params.model_alias = {order["name"]}
    params.api_keys = [order["key"]]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    # The default reflects any Origin, with credentials: a web page could talk to the server.
    params.cors_origins = ""
    params.cors_credentials = False
    params.ui = False
    params.endpoint_slots = False  # would show the prompts at work
    params.n_parallel = order["parallel"]
    params.n_ctx = order["context_tokens"] * order["parallel"]
    params.cache_ram_mib = CACHE_MIB
    if order["threads"]:
        params.cpuparams.n_threads = order["threads"]
        params.cpuparams_batch.n_threads = order["threads"]
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
