"""What a server asks of programs: its robots.txt (RFC 9309), read once for each origin."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from summarizer.errors import ArticleError
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
    """The rules of all origins met in a run, each asked for once: also of a server that does not tell them now."""

    def __init__(self) -> None:
        self._known: dict[str, Rules | ArticleError] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def at(self, address: Address, ask: Callable[[], Rules]) -> Rules:
        """Return the rules for an address; two threads do not ask for the same ones.

        Raises:
            ArticleError: as `ask`, which fetches them, the first time.
        """
        with self._lock:
            lock = self._locks.setdefault(address.origin, Lock())
        with lock:
            if address.origin not in self._known:
                self._known[address.origin] = _asked(ask)
            known = self._known[address.origin]
        if isinstance(known, ArticleError):
            raise known
        return known


def _asked(ask: Callable[[], Rules]) -> Rules | ArticleError:
    try:
        return ask()
    except ArticleError as error:
        return ArticleError(*error.args)  # without its traceback, which would hold on to a connection
