"""Calls that take long, beside the caller: looking up a name, fetching, reading a PDF cannot be interrupted."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

__all__ = ["started"]

T = TypeVar("T")


def started(call: Callable[[], T]) -> "Future[T]":
    """Begin a call in a thread of its own and return what it will give.

    The thread does not keep the process from ending, as a pool's would: whoever presses Ctrl-C does not wait for a
    slow server.
    """
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # from here on nobody can cancel it: it ends in its own time
    Thread(target=_carry_out, args=(call, future), name="aside", daemon=True).start()
    return future


def _carry_out(call: Callable[[], T], future: "Future[T]") -> None:
    try:
        given = call()
    except BaseException as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
        future.set_exception(error)
    else:
        future.set_result(given)
