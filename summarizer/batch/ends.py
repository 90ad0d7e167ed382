"""What happens in a run, on its way to the caller; ends of articles in the order of the inputs where wanted."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from summarizer.batch.events import Counts, Event, Failed, Finished

__all__ = ["Ends"]


@dataclass(frozen=True, slots=True)
class _End:
    """An article's end on its way to the caller; `told` is None where there is nothing to tell."""

    number: int
    told: Finished | Failed | None


class Ends:
    """Passes on what happens. Who does not take the ends of articles holds up the run: they do not pile up here.

    Args:
        ahead: so many articles may have their turn before the end of the first is taken.
        in_order: whether ends come in the order of the inputs.
        counts: of the moment, which each end is given when it is taken.
    """

    def __init__(self, ahead: int, counts: Callable[[], Counts], *, in_order: bool) -> None:
        self._counts = counts
        self._in_order = in_order
        self._events: asyncio.Queue[Event | _End | BaseException] = asyncio.Queue()
        self._held: dict[int, _End] = {}
        self._due = 0
        self._room = asyncio.Semaphore(ahead)

    async def room(self) -> None:
        """Wait until another article may have its turn."""
        await self._room.acquire()

    def no_turn(self) -> None:
        """Give the room back that no article took."""
        self._room.release()

    def tell(self, event: Event | BaseException) -> None:
        """Pass on an event, or what ends the run."""
        self._events.put_nowait(event)

    def end(self, number: int, told: Finished | Failed | None) -> None:
        """Pass on how an article ended; None where there is nothing to tell of it."""
        self._events.put_nowait(_End(number, told))

    async def next(self) -> Event:
        """Return what happened next.

        Raises:
            BaseException: what ended the run.
        """
        while True:
            got = self._held.pop(self._due, None) or await self._events.get()
            if isinstance(got, BaseException):
                raise got
            if not isinstance(got, _End):
                return got
            if self._in_order and got.number != self._due:
                self._held[got.number] = got
                continue
            self._due += 1
            self._room.release()
            if got.told is not None:
                return replace(got.told, counts=self._counts())
