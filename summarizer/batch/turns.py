"""The inputs of a run, one after the other with their numbers; what stands at an address is fetched in its turn."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.batch.inputs import Input

__all__ = ["Turns"]


class Turns:
    """Gives each input its turn; of several articles at one address, the first has the number of the address.

    Args:
        inputs: taken one by one.
        stopping: tells whether no further one may be taken.
        more: told of as many further articles as were found at an address.
    """

    def __init__(self, inputs: "Iterator[Input]", stopping: Callable[[], bool], more: Callable[[int], None]) -> None:
        self._inputs = inputs
        self._stopping = stopping
        self._more = more
        self._number = 0
        self._found: deque[Input] = deque()
        self._opening: set[asyncio.Task[Input]] = set()

    async def next(self) -> "tuple[int, Input] | None":
        """Return the next article with its number; None where there is no further one."""
        while not self._stopping():
            given = self._found.popleft() if self._found else next(self._inputs, None)
            if given is not None:
                number, self._number = self._number, self._number + 1
                return number, await self._opened(given)
            if not self._opening:
                return None
            await asyncio.wait(self._opening, return_when=asyncio.FIRST_COMPLETED)
        return None

    def left(self) -> Iterator[int]:
        """Yield how many had no turn: those found at addresses, then all others.

        Raises:
            SummarizerError: the others cannot be read.
        """
        yield len(self._found)
        yield sum(1 for _ in self._inputs)

    async def _opened(self, given: "Input") -> "Input":
        """Return an input with nothing left to fetch; the others wait for it before they find nothing left to do."""
        if given.inside is None:
            return given
        task = asyncio.create_task(self._first(given))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)
        return await task

    async def _first(self, given: "Input") -> "Input":
        """Fetch what stands at an address, in a thread; return the first of it, keep the others for their turn."""
        from summarizer.fetch.aside import started

        while given.inside is not None:
            given, *more = await asyncio.wrap_future(started(given.inside))
            self._found.extend(more)
            self._more(len(more))
        return given
