"""The first question to an endpoint goes alone: what it teaches need not be paid for several times."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["First"]


class First:
    """Lets questions pass one by one until one was answered, then all at once; for the tasks of one event loop.

    Args:
        answered: whether one was answered before, over other connections.
    """

    def __init__(self, *, answered: bool = False) -> None:
        self._answered = answered
        self._alone = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a question was answered, or be the next to try."""
        if not self._answered:
            async with self._alone:
                if not self._answered:
                    yield
                    self._answered = True
                    return
        yield
