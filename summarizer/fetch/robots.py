"""What a server asks of programs: its robots.txt (RFC 9309), read once for each origin."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from summarizer.fetch.address import Address

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["MOST_BYTES", "PATH", "Robots", "Rules"]

#: Where it is found.
PATH = "/robots.txt"
#: What is read of it; RFC 9309, 2.5, asks for 500 KiB at least.
MOST_BYTES = 512_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin for one program."""

    _parsed: "Protego"
    _agent: str

    @classmethod
    def parse(cls, data: bytes, agent: str) -> "Rules":
        """Return the rules in a robots.txt; what is none in it is passed over.

        Args:
            data: UTF-8, as RFC 9309 has it.
            agent: the product token by which the program is named in it.
        """
        from protego import Protego

        return cls(Protego.parse(data.decode("utf-8-sig", "replace")), agent)

    def allow(self, address: Address) -> bool:
        """Tell whether the program may read what is at an address."""
        return self._parsed.can_fetch(address.url, self._agent)

    @property
    def apart_s(self) -> float:
        """Seconds that are asked for between two requests (Crawl-delay, which is widespread and in no standard)."""
        return self._parsed.crawl_delay(self._agent) or 0.0


class Robots:
    """The rules of all origins met in a run, each asked for once.

    Args:
        ask: fetches the rules of an address's origin.
    """

    def __init__(self, ask: Callable[[Address], Rules]) -> None:
        self._ask = ask
        self._known: dict[str, Rules] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def at(self, address: Address) -> Rules:
        """Return the rules for an address; two threads do not ask for the same ones."""
        with self._lock:
            lock = self._locks.setdefault(address.origin, Lock())
        with lock:
            if address.origin not in self._known:
                self._known[address.origin] = self._ask(address)
            return self._known[address.origin]
