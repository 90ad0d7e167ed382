"""One request and its answer, over a connection to an address that was checked.

The connection is made here, and `httpcore2` speaks HTTP over it: certificate, SNI and Host are those of the name, and
no proxy, cookie, password or Referer comes in. All that is read or written ends at one deadline, however slowly.
"""

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from socket import socket
from typing import Any

import httpcore2

from summarizer.errors import ArticleError
from summarizer.fetch.address import Address
from summarizer.fetch.body import inflated
from summarizer.fetch.guard import Route

__all__ = ["Answer", "Deadline", "request"]


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._begin = time.monotonic()

    @property
    def left(self) -> float:
        """Seconds until then.

        Raises:
            TimeoutError: there are none.
        """
        left = self.seconds - self.spent_s
        if left <= 0:
            raise TimeoutError
        return left

    @property
    def spent_s(self) -> float:
        """Seconds since it was set."""
        return time.monotonic() - self._begin


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers.

    Attributes:
        address: of the request.
        status: RFC 9110, 15.
        headers: by their names in lower case; the first of a name.
        chunks: the body as it comes, still compressed; read once.
    """

    address: Address
    status: int
    headers: Mapping[str, str]
    chunks: Iterable[bytes]

    def body(self) -> Iterator[bytes]:
        """Yield the body in pieces, without its compression.

        Raises:
            ArticleError: it is compressed in a way that was not asked for, or is damaged.
        """
        return inflated(self.chunks, self.headers.get("content-encoding", ""), self.address.url)


@contextmanager
def request(address: Address, route: Route, headers: Mapping[str, str], deadline: Deadline) -> Iterator[Answer]:
    """Send one GET request and yield its answer while the connection is open.

    Raises:
        ArticleError: the connection cannot be made or breaks, or what comes is no HTTP.
        TimeoutError: the deadline has passed.
    """
    origin = httpcore2.Origin(address.scheme.encode(), address.host.encode(), address.port)
    context = _trusting() if address.scheme == "https" else None
    backend = _Pinned(route, deadline)
    with _told(address), httpcore2.HTTPConnection(origin, context, network_backend=backend) as connection:
        answer = connection.handle_request(_request(address, headers))
        try:
            yield Answer(address, answer.status, _headers(answer.headers), answer.iter_stream())
        finally:
            answer.close()


def _request(address: Address, headers: Mapping[str, str]) -> httpcore2.Request:
    url = httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )
    named = {"Host": address.authority, **headers, "Connection": "close"}
    return httpcore2.Request(b"GET", url, headers=[(name.encode(), value.encode()) for name, value in named.items()])


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in raw:
        found.setdefault(name.decode("latin-1").lower(), _text(value))
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode().strip()
    except UnicodeDecodeError:
        return value.decode("latin-1").strip()


@cache
def _trusting() -> ssl.SSLContext:
    """Return what checks certificates by those that the system trusts; reading them takes long."""
    return httpcore2.default_ssl_context()


@contextmanager
def _told(address: Address) -> Iterator[None]:
    """Say in a reader's words why there is no answer."""
    from ssrfguard import SSRFGuardError

    try:
        yield
    except TimeoutError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise ArticleError(
            f"{address.origin}: the server's certificate is not good ({error.verify_message}); nobody can tell who "
            "answers there, so the page is not taken"
        ) from None
    except SSRFGuardError:
        raise ArticleError(
            f"{address.origin}: the connection led elsewhere than to the address that was looked up, and was closed; "
            "tell whoever runs your network"
        ) from None
    except (httpcore2.ProtocolError, UnicodeError):
        raise ArticleError(
            f"{address.url}: the server's answer is cut short or is none that a browser could read; try again later, "
            "or open it in a browser and save the page"
        ) from None
    except OSError as error:
        tls = "it does not speak TLS as a browser would" if isinstance(error, ssl.SSLError) else None
        reason = tls or error.strerror or "the server does not answer"
        raise ArticleError(
            f"{address.origin}: no connection: {reason}; check the address, or try again later"
        ) from None


class _Pinned(httpcore2.NetworkBackend):
    """Connects along a route and nowhere else: of the name that it is told it takes no notice."""

    def __init__(self, route: Route, deadline: Deadline) -> None:
        self._route = route
        self._deadline = deadline

    def connect_tcp(self, *_: object, **__: object) -> httpcore2.NetworkStream:
        """Return a connection to the first address of the route that answers."""
        from ssrfguard import connect

        tries = min(len(self._route.addresses), self._route.policy.max_connection_attempts)
        each = self._deadline.left / tries
        return _Stream(connect(self._route.addresses, policy=self._route.policy, timeout=each), self._deadline)


class _Stream(httpcore2.NetworkStream):
    """A connection of which every step ends at the deadline."""

    def __init__(self, connected: socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline decides
        self._socket.settimeout(self._deadline.left)
        return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._socket.settimeout(self._deadline.left)
        self._socket.sendall(buffer)

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Return the connection with TLS; where that fails it is closed."""
        try:
            self._socket.settimeout(self._deadline.left)
            wrapped = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except BaseException:
            self.close()
            raise
        return _Stream(wrapped, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return None but for the socket: nothing else is asked for by HTTP/1.1."""
        return self._socket if info == "socket" else None
