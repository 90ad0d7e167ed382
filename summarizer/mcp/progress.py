"""How far a call is, told to its client in order; and work that is over when its caller goes."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

__all__ = ["Progress", "ended"]

T = TypeVar("T")
#: Sends a notification: how much is done, of how much, and in words.
Send = Callable[[float, float | None, str | None], Awaitable[None]]


class Progress:
    """Progress notifications of one call, each with a higher number than the one before, as the protocol wants it.

    Nobody knows how many questions an article takes: there is no total.

    Args:
        send: to the client, which may not have asked for it.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._told: asyncio.Queue[str] = asyncio.Queue()
        self._newest = ""

    def tell(self, message: str) -> None:
        """Tell what is going on, from any thread; the same words twice in a row are told once."""
        self._loop.call_soon_threadsafe(self._put, message)

    def _put(self, message: str) -> None:
        if message != self._newest:
            self._newest = message
            self._told.put_nowait(message)

    async def _send_all(self) -> None:
        number = 0
        while True:
            message = await self._told.get()
            number += 1
            await self._send(number, None, message)

    async def __aenter__(self) -> Self:
        self._sending = asyncio.create_task(self._send_all())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sending.cancel()
        # a client that went away is no failure of the call
        await asyncio.gather(self._sending, return_exceptions=True)


async def ended(work: Coroutine[Any, Any, T]) -> T:
    """Return the result of work; where the caller is cancelled, cancel it and wait until it is over.

    The SDK cancels what a client cancels again and again until it ends (https://anyio.readthedocs.io, cancellation),
    which would cut short what our work does to end in order: release what it claimed, close its connections.
    """
    import anyio

    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.cancel()
        with anyio.CancelScope(shield=True):
            await asyncio.gather(task, return_exceptions=True)
        raise
