"""A limit that the user sets on requests and tokens a minute, and the gate at which each request waits for it."""

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from summarizer.config import Settings

__all__ = ["Gate", "Limit", "LocalGate", "PerMinute"]


@dataclass(frozen=True, slots=True)
class PerMinute:
    """What may be sent in a minute, by everybody who passes one gate.

    Attributes:
        requests: at most; None for no bound.
        tokens: of prompts and longest answers together, estimated, at most; None for no bound.
    """

    requests: float | None = None
    tokens: float | None = None

    @classmethod
    def of(cls, settings: "Settings") -> "PerMinute":
        """Return what the settings say."""
        return cls(settings.requests_per_minute, settings.tokens_per_minute)

    @property
    def bounded(self) -> bool:
        """Whether there is a bound at all."""
        return self.requests is not None or self.tokens is not None

    def seconds(self, tokens: int) -> float:
        """Return how long a request keeps the next one waiting."""
        return max(60 / (self.requests or math.inf), 60 * tokens / (self.tokens or math.inf))


class Limit:
    """Gives each request its moment, evenly spaced: each is sent as long after the last one as that one takes.

    What was not used is not saved up: no minute, wherever it begins, holds more than a minute's worth. This is
    the generic cell rate algorithm (ITU-T I.371, annex A) without tolerance.

    Args:
        per_minute: the bounds.
    """

    def __init__(self, per_minute: PerMinute) -> None:
        self._per_minute = per_minute
        self._next_at = 0.0

    def wait(self, tokens: int, pause_s: float, now: float) -> float:
        """Return the seconds until a request may be sent, and take that moment for it.

        Args:
            tokens: of its prompt and longest answer, estimated.
            pause_s: the pause that the endpoint asked the sender for; from now on it holds for everybody.
            now: by the monotonic clock.
        """
        due = max(now, now + pause_s, self._next_at)
        self._next_at = due + self._per_minute.seconds(tokens)
        return due - now


class Gate(Protocol):
    """Where each request waits for its moment: in this process, or at one gate for many machines."""

    async def wait(self, tokens: int, pause_s: float) -> float:
        """Return the seconds until a request may be sent, as `Limit.wait`."""


class LocalGate:
    """The gate of one process."""

    def __init__(self, per_minute: PerMinute) -> None:
        self._limit = Limit(per_minute)

    async def wait(self, tokens: int, pause_s: float) -> float:
        """Return the seconds until a request may be sent."""
        return self._limit.wait(tokens, pause_s, time.monotonic())
