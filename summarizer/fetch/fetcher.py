"""Articles by address: each hop checked, allowed by robots.txt, in its turn, and within bounds."""

import email.utils
import importlib.util
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import metadata
from typing import TYPE_CHECKING

from summarizer.article.line import one_line
from summarizer.errors import ArticleError, ConfigurationError
from summarizer.fetch.address import Address
from summarizer.fetch.connection import Answer, Deadline, request
from summarizer.fetch.guard import Guard
from summarizer.fetch.pace import Pace
from summarizer.fetch.robots import MOST_BYTES, PATH, Robots, Rules

if TYPE_CHECKING:
    from summarizer.config import Settings

__all__ = ["Fetched", "Fetcher", "Limits", "need"]

_DISTRIBUTION = "summarizer-briefs"
#: Redirects on the way to one article.
_HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: How often a page is asked for that is refused for now (429, 503), and the longest pause that is waited for.
_TRIES = 3
_LONGEST_PAUSE_S = 60.0
#: What servers may take for one article in all, answers and pauses on the way to it, robots.txt too. Ours to wait for
#: a turn does not count: that is our own doing.
_PATIENCE_S = 180.0
#: What is read: texts, the documents that the program reads, and feeds (RFC 9239, 7763, 4287; RSS has no RFC).
_TEXTS = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
_DOCUMENTS = frozenset({"application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{2,40})", re.IGNORECASE)
_SAVE = "open it in a browser and save the page"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address.

    Attributes:
        url: where it was found in the end, redirects followed.
        data: not compressed.
        media_type: in lower case without parameters; empty where the server does not say.
        charset: what the server says that a text is written in; None where it does not.
    """

    url: str
    data: bytes
    media_type: str
    charset: str | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of fetching.

    Attributes:
        allow: hosts and networks that may be reached although they are not on the public web.
        timeout_s: wall-clock seconds for one answer, from the look-up of the name to the last byte.
        apart_s: seconds between two requests to a host.
        text_bytes: largest text, not compressed.
        document_bytes: largest PDF or Word document.
    """

    allow: Sequence[str] = ()
    timeout_s: float = 30.0
    apart_s: float = 1.0
    text_bytes: int = 2_000_000
    document_bytes: int = 50_000_000

    @classmethod
    def of(cls, settings: "Settings") -> "Limits":
        """Return what the settings say."""
        return cls(
            allow=tuple(settings.fetch_allow),
            timeout_s=settings.fetch_timeout_s,
            apart_s=settings.fetch_apart_s,
            text_bytes=settings.max_input_bytes,
        )


def need() -> None:
    """Say what is missing before anything is fetched.

    Raises:
        ConfigurationError: the extra is not installed.
    """
    if any(importlib.util.find_spec(name) is None for name in ("ssrfguard", "protego")):
        raise ConfigurationError(f"fetching needs two small packages more: pip install '{_DISTRIBUTION}[fetch]'")


class Fetcher:
    """Fetches articles for one run; threads may share it.

    Args:
        limits: where it may go, how fast, and how much it takes.

    Raises:
        ConfigurationError: the extra ``fetch`` is not installed, or what is allowed cannot be.
    """

    def __init__(self, limits: Limits) -> None:
        need()
        self._limits = limits
        self._guard = Guard(limits.allow)
        self._pace = Pace(limits.apart_s)
        self._robots = Robots()
        self._agent = _agent()

    def get(self, url: str) -> Fetched:
        """Return what stands at an address. It blocks, and may wait long for its turn.

        Raises:
            ArticleError: it may not be fetched, or there is no text there.
        """
        given = Address.parse(url)
        try:
            return self._led_to(given)
        except ArticleError as error:
            if str(error).startswith((f"{given.url}: ", f"{given.origin}: ")):
                raise
            raise ArticleError(f"{given.url}: on the way there, at {error}") from None

    def _led_to(self, address: Address) -> Fetched:
        """Return what stands where an address leads in the end."""
        given, patience = address.url, _Patience(max(_PATIENCE_S, self._limits.timeout_s))
        for _ in range(_HOPS + 1):
            self._be_allowed(address, patience)
            with self._answer(address, patience) as answer:
                if answer.status not in _REDIRECTS:
                    return self._article(answer)
                address = _next(answer)
        raise _too_often(given)

    def _be_allowed(self, address: Address, patience: "_Patience") -> None:
        rules = self._robots.at(address, lambda: self._rules(address, patience))
        self._pace.slow_down(address.host, min(rules.apart_s, _LONGEST_PAUSE_S))
        if not rules.allow(address):
            raise ArticleError(f"{address.url}: the server's robots.txt asks programs not to read this page; {_SAVE}")

    def _rules(self, address: Address, patience: "_Patience") -> Rules:
        """Return the rules of an origin: none where it has no robots.txt (RFC 9309, 2.3.1).

        Raises:
            ArticleError: nobody can tell what they are.
        """
        at = replace(address, target=PATH)
        for _ in range(_HOPS + 1):
            with self._answer(at, patience) as answer:
                if answer.status not in _REDIRECTS:
                    return Rules.parse(self._robots_of(answer, address), _DISTRIBUTION)
                at = _next(answer)
        raise _too_often(at.url)

    def _robots_of(self, answer: Answer, address: Address) -> bytes:
        if answer.status == 200:
            return _first(answer, MOST_BYTES)
        if 400 <= answer.status < 500 and answer.status != 429:
            return b""
        raise ArticleError(
            f"{address.origin}: nobody can tell now whether programs may read its pages: the server answers "
            f"{answer.status} for {answer.address.url}; try again later, or {_SAVE}"
        )

    @contextmanager
    def _answer(self, address: Address, patience: "_Patience") -> Iterator[Answer]:
        """Yield the answer to one request, in its turn; one that is refused for now is asked for again."""
        for left in reversed(range(_TRIES)):
            with self._asked(address, patience) as answer:
                wait = _pause(answer)
                if wait is None or wait > min(_LONGEST_PAUSE_S, patience.left_s) or not left:
                    yield answer
                    return
            patience.left_s -= wait
            self._pace.pause(address.host, wait)

    @contextmanager
    def _asked(self, address: Address, patience: "_Patience") -> Iterator[Answer]:
        headers = {"User-Agent": self._agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        with self._pace.turn(address.host):
            deadline = Deadline(max(0.0, min(self._limits.timeout_s, patience.left_s)))
            try:
                route = self._guard.route(address, deadline.left)
                with request(address, route, headers, deadline) as answer:
                    yield answer
            except TimeoutError:
                raise ArticleError(
                    f"{address.origin}: the server takes too long to answer: {deadline.seconds:.3g} s were not "
                    f"enough; try again later, or {_SAVE}"
                ) from None
            finally:
                patience.left_s -= deadline.spent_s

    def _article(self, answer: Answer) -> Fetched:
        _refuse_status(answer)
        given = answer.headers.get("content-type", "")
        media_type = given.partition(";")[0].strip().lower()
        charset = _CHARSET.search(given)
        data = _whole(answer, self._most(media_type, answer.address.url))
        return Fetched(answer.address.url, data, media_type, charset[1] if charset else None)

    def _most(self, media_type: str, url: str) -> int:
        """Return how many bytes of a kind are taken.

        Raises:
            ArticleError: none.
        """
        if media_type in _DOCUMENTS:
            return self._limits.document_bytes
        if media_type and media_type not in _TEXTS:
            told = f"{url}: what stands there is no text but {one_line(media_type)[:80]}"
            raise ArticleError(f"{told}; give the address of an article, or save what it is and give the file")
        return self._limits.text_bytes


@dataclass(slots=True)
class _Patience:
    """What is left of the seconds that servers may take for one article."""

    left_s: float


def _agent() -> str:
    """Return by what name servers know this program: product, version and where to find who made it."""
    about = metadata(_DISTRIBUTION)
    address = next((url.partition(", ")[2] for url in about.get_all("Project-URL") or ()), None)
    return f"{_DISTRIBUTION}/{about['Version']}" + (f" (+{address})" if address else "")


def _next(answer: Answer) -> Address:
    location = answer.headers.get("location")
    if not location:
        raise ArticleError(f"{answer.address.url}: the server sends readers on and does not say where; {_SAVE}")
    return answer.address.joined(location)


def _too_often(url: str) -> ArticleError:
    return ArticleError(f"{url}: it leads on from page to page, more than {_HOPS} times; {_SAVE}")


def _pause(answer: Answer) -> float | None:
    """Return the seconds after which a server wants to be asked again (RFC 9110, 10.2.3); None: it has answered."""
    given = answer.headers.get("retry-after", "")
    if answer.status not in (429, 503) or not given:
        return None
    if given.isascii() and given.isdigit():
        return float(given)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    except (ValueError, OverflowError, TypeError):
        return None


def _refuse_status(answer: Answer) -> None:
    """Say what a status means for whoever wanted the article.

    Raises:
        ArticleError: it is not 200.
    """
    status, url = answer.status, answer.address.url
    if status == 200:
        return
    if status in (404, 410):
        raise ArticleError(f"{url}: there is no such page ({status}); check the address")
    if status in (401, 402, 403, 407, 451):
        raise ArticleError(f"{url}: the server does not give this page to programs ({status}); {_SAVE}")
    if status == 429 or status >= 500:
        wait = _pause(answer)
        later = f"in {wait:,.0f} s" if wait is not None and wait < 86_400 else "later"
        raise ArticleError(f"{url}: the server has no answer now ({status}); try again {later}, or {_SAVE}")
    raise ArticleError(f"{url}: the server gives no page ({status}); {_SAVE}")


def _whole(answer: Answer, most: int) -> bytes:
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise _too_large(answer, most)
    data = _first(answer, most + 1)
    if len(data) > most:
        raise _too_large(answer, most)
    return data


def _first(answer: Answer, most: int) -> bytes:
    """Return a body, and of a longer one as much as is wanted: no more is read or unpacked."""
    data = bytearray()
    for piece in answer.body():
        data += piece
        if len(data) >= most:
            break
    return bytes(data[:most])


def _too_large(answer: Answer, most: int) -> ArticleError:
    return ArticleError(
        f"{answer.address.url}: it is larger than {most:,} bytes; give one article, or raise the limit"
    )
