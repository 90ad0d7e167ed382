"""Turns at hosts: one request at a time to each, and some seconds between the end of one and the next."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

__all__ = ["Pace"]


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    apart_s: float = 0.0
    next: float = 0.0


class Pace:
    """Gives requests their turns, whatever thread they come from.

    Args:
        apart_s: seconds from the end of a request to a host to the next one's beginning, at least.
    """

    def __init__(self, apart_s: float) -> None:
        self._apart_s = apart_s
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the turn at a host, and hold it inside."""
        at = self._at(host)
        with at.lock:
            while (wait := at.next - time.monotonic()) > 0:
                time.sleep(wait)
            try:
                yield
            finally:
                self._not_before(at, max(self._apart_s, at.apart_s))

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep requests to a host this far apart from now on, where that is farther than all hosts are."""
        self._at(host).apart_s = seconds

    def pause(self, host: str, seconds: float) -> None:
        """Begin no request to a host for so long."""
        self._not_before(self._at(host), seconds)

    def _not_before(self, at: _Host, seconds: float) -> None:
        at.next = max(at.next, time.monotonic() + seconds)

    def _at(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
