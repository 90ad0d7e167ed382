"""One limit for the workers of all machines: a small actor that gives each request its moment."""

import time
from typing import Any

from summarizer.llm.limit import Limit, PerMinute

__all__ = ["RemoteGate", "Turns"]


class Turns:
    """Gives moments, by its own clock: no other one matters.

    Where its process is lost, Ray starts another; at most the requests of one moment are sent too soon.

    Args:
        per_minute: the bounds.
    """

    def __init__(self, per_minute: PerMinute) -> None:
        self._limit = Limit(per_minute)

    def wait(self, tokens: int, pause_s: float) -> float:
        """Return the seconds until a request may be sent, as `Limit.wait`."""
        return self._limit.wait(tokens, pause_s, time.monotonic())


class RemoteGate:
    """The gate of one worker: it asks the actor.

    Args:
        actor: a handle on `Turns`.
    """

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    async def wait(self, tokens: int, pause_s: float) -> float:
        """Return the seconds until a request may be sent."""
        seconds: float = await self._actor.wait.remote(tokens, pause_s)
        return seconds
