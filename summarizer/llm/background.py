"""An event loop in a thread of its own, for callers that wait: connections live as long as it does."""

import asyncio
import threading
import weakref
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["Background"]

T = TypeVar("T")
_Tasks = set[asyncio.Task[Any]]


class Background:
    """Runs coroutines one after the other or at once, whoever calls; ends with `close`, or with its last user."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._begun: _Tasks = set()
        thread = threading.Thread(target=self._loop.run_forever, name="summarizer", daemon=True)
        thread.start()
        self._end = weakref.finalize(self, _stop, self._loop, thread, self._begun)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what `work` returns; an interrupt here cancels it.

        Raises:
            BaseException: what `work` raises.
        """
        future = asyncio.run_coroutine_threadsafe(_noted(work, self._begun), self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Stop the loop and wait for its thread; a second call does nothing."""
        self._end()


async def _noted(work: Coroutine[Any, Any, T], begun: _Tasks) -> T:
    """Return what `work` returns; while it runs, its task is among those begun here."""
    here = {task for task in (asyncio.current_task(),) if task is not None}
    begun |= here
    try:
        return await work
    finally:
        begun -= here


async def _cancel_all(begun: _Tasks) -> None:
    """Cancel what an interrupt left under way, and wait for it: a connection is closed on the way.

    What was begun here goes first and ends its own helpers: one of them that is cancelled before its first step, by
    somebody else, may leave a coroutine that nobody awaits (anyio 4.14 to 4.16 warn of it).
    """
    await _cancelled(begun)
    await _cancelled(asyncio.all_tasks() - {asyncio.current_task()})


async def _cancelled(tasks: _Tasks) -> None:
    left = tuple(tasks)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _stop(loop: asyncio.AbstractEventLoop, thread: threading.Thread, begun: _Tasks) -> None:
    asyncio.run_coroutine_threadsafe(_cancel_all(begun), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
