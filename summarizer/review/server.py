"""A page server for this machine alone: it shows digests under review and takes their corrections.

It listens on 127.0.0.1. Who may use it has the address, which holds a random token, and comes from a page of its own:
Host, Origin and Fetch Metadata are checked (https://owasp.org/www-community/attacks/csrf, DNS rebinding), no other
origin is let in (no CORS headers), and only JSON is taken.
"""

import hmac
import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from socketserver import TCPServer
from threading import BoundedSemaphore, Lock
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.digest import Change, Digest
from summarizer.errors import ConfigurationError, CorrectionError, SummarizerError, reported
from summarizer.review.files import Changed, Shelf

__all__ = ["Review"]

HOST = "127.0.0.1"
MAX_BODY_BYTES = 8_000_000
#: Whoever sends nothing for so long is not waited for.
IDLE_SECONDS = 30
_CONNECTIONS = 64
#: Pages open at the same time; older ones are told to load anew.
_TABS = 500
_TOKEN_BYTES = 24
_PATH = re.compile(r"/([\w-]{32})/(?:([\w-]{32})/(save)?)?", re.ASCII)
_LENGTH = re.compile(r"[0-9]{1,12}", re.ASCII)
#: Beside what the page itself allows: no frame around it, no form, nothing from elsewhere.
_PAGE_POLICY = "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: Reads digests, returns the page.
Page = Callable[[Sequence[Digest]], str]


class _Save(BaseModel):
    """What the page sends: the article's id, its changes, and whose they are."""

    model_config = ConfigDict(frozen=True)

    digest: str = Field(max_length=200)
    changes: tuple[Change, ...]
    reviewer: str | None = Field(default=None, max_length=200)


class _Tabs:
    """What each open page has seen: the version of every digest."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._lock = Lock()

    def open(self) -> str:
        tab = secrets.token_urlsafe(_TOKEN_BYTES)
        self.show(tab, {})
        return tab

    def __contains__(self, tab: str) -> bool:
        return tab in self._seen

    def show(self, tab: str, versions: Mapping[str, str]) -> None:
        with self._lock:
            self._seen[tab] = dict(versions)
            self._seen.move_to_end(tab)
            while len(self._seen) > _TABS:
                self._seen.popitem(last=False)

    def seen(self, tab: str, article_id: str) -> str:
        return self._seen.get(tab, {}).get(article_id, "")

    def saved(self, tab: str, article_id: str, version: str) -> None:
        with self._lock:
            if tab in self._seen:
                self._seen[tab][article_id] = version


class Review:
    """A review under way.

    Args:
        shelf: the digests.
        page: makes the page of them.
        reviewer: whose corrections they are where the page does not say; None where nobody does.
        port: 0 for any that is free.

    Raises:
        ConfigurationError: the port is taken.
    """

    def __init__(self, shelf: Shelf, page: Page, reviewer: str | None = None, port: int = 0) -> None:
        self.shelf = shelf
        self.page = page
        self.reviewer = reviewer
        self.tabs = _Tabs()
        self.token = secrets.token_urlsafe(_TOKEN_BYTES)
        try:
            self._server = _Server((HOST, port), self)
        except OSError as error:
            message = f"port {port} of this machine cannot be used: {error.strerror}"
            raise ConfigurationError(message, "name another with --port, or none for any that is free") from None

    @property
    def address(self) -> str:
        """The page's address. Whoever has it can read and correct the digests: it is not to be passed on."""
        return f"http://{HOST}:{self._server.server_port}/{self.token}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser that means this server calls it."""
        return frozenset(f"{name}:{self._server.server_port}" for name in (HOST, "localhost"))

    def serve(self) -> None:
        """Answer until interrupted; what is being saved then is still written."""
        try:
            self._server.serve_forever()
        finally:
            self.shelf.close()
            self._server.server_close()

    def stop(self) -> None:
        """End `serve`, from another thread."""
        self._server.shutdown()


class _Server(ThreadingHTTPServer):
    """The sockets: so many connections at once and no more."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], review: Review) -> None:
        self.review = review
        self._free = BoundedSemaphore(_CONNECTIONS)
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without asking who we are: a name server may take seconds to say it does not know."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """Say nothing of a browser that went away; what is ours was answered and told already."""


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _Server
    timeout = IDLE_SECONDS
    #: Whether the body was read.
    _taken = False

    def version_string(self) -> str:
        return "summarizer"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Log nothing: a path holds the token."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Answer what cannot be read as HTTP as everything else is refused."""
        self._refuse(HTTPStatus(code), message or HTTPStatus(code).phrase)

    def do_GET(self) -> None:
        """Show the page, under an address of this tab's own."""
        review, found = self.server.review, self._admitted()
        if found is None:
            return
        tab, saving = found
        if saving:
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "corrections are sent with POST")
        elif tab not in review.tabs:
            self._answer(HTTPStatus.SEE_OTHER, b"", {"Location": f"/{review.token}/{review.tabs.open()}/"})
        else:
            self._told(lambda: self._show(tab))

    def do_POST(self) -> None:
        """Take corrections."""
        found = self._admitted()
        if found is None:
            return
        tab, saving = found
        if not saving:
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "corrections are sent to save")
        elif not self.headers.get("Origin"):
            self._refuse(HTTPStatus.FORBIDDEN, "corrections are taken from the page of this review only")
        elif (body := self._body()) is not None:
            self._told(lambda: self._save(tab, body))

    def _admitted(self) -> tuple[str, bool] | None:
        """Return the tab of a request and whether it saves; None where it was refused."""
        if not self._is_ours():
            self._refuse(HTTPStatus.FORBIDDEN, "this address is for the page of this review only")
            return None
        found = _PATH.fullmatch(self.path)
        if not found or not hmac.compare_digest(found[1], self.server.review.token):
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here; open the address that the command printed")
            return None
        return found[2] or "", bool(found[3])

    def _is_ours(self) -> bool:
        """Tell whether the browser means this server, and comes from a page of it or from nowhere."""
        hosts, origins = (self.headers.get_all(name) or [] for name in ("Host", "Origin"))
        ours = self.server.review.hosts
        if len(hosts) != 1 or hosts[0] not in ours or len(origins) > 1:
            return False
        site = self.headers.get("Sec-Fetch-Site", "same-origin")
        return all(origin == f"http://{hosts[0]}" for origin in origins) and site in {"same-origin", "none"}

    def _body(self) -> bytes | None:
        """Return what was sent, None where it was refused."""
        length = self.headers.get("Content-Length", "")
        kind = self.headers.get_content_type()
        if kind != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "corrections are sent as application/json")
        elif not _LENGTH.fullmatch(length) or "Transfer-Encoding" in self.headers:
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "corrections are sent with their length")
        elif int(length) > MAX_BODY_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "these corrections are too long; save more often")
        else:
            self._taken = True
            body = self.rfile.read(int(length))
            if len(body) == int(length):
                return body
            self._refuse(HTTPStatus.BAD_REQUEST, "the corrections broke off; save again")
        return None

    def _show(self, tab: str) -> None:
        review = self.server.review
        kept = review.shelf.read()
        page = review.page([k.digest for k in kept]).encode("utf-8", "replace")
        review.tabs.show(tab, {k.digest.article.id: k.version for k in kept})
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": _PAGE_POLICY}
        self._answer(HTTPStatus.OK, page, headers)

    def _save(self, tab: str, body: bytes) -> None:
        review = self.server.review
        if tab not in review.tabs:
            self._refuse(HTTPStatus.GONE, "this page is too old; note your changes, then load it anew")
            return
        try:
            asked = _Save.model_validate_json(body)
        except (ValidationError, RecursionError) as error:
            self._refuse(HTTPStatus.BAD_REQUEST, f"these are no corrections: {_fault(error)}")
            return
        seen = review.tabs.seen(tab, asked.digest)
        kept = review.shelf.save(asked.digest, asked.changes, seen, asked.reviewer or review.reviewer)
        review.tabs.saved(tab, asked.digest, kept.version)
        findings = [f.model_dump() for f in kept.digest.findings]
        self._reply(HTTPStatus.OK, {"ok": True, "findings": findings}, kept.digest)

    def _told(self, answer: Callable[[], None]) -> None:
        """Answer; what goes wrong is said to the page in words."""
        try:
            with reported(None):
                answer()
        except Changed as error:
            self._refuse(HTTPStatus.CONFLICT, _changed(error), error.now.digest)
        except CorrectionError as error:
            findings = [_found(finding) for finding in error.findings]
            self._reply(HTTPStatus.UNPROCESSABLE_ENTITY, {"ok": False, "findings": findings})
        except ConfigurationError as error:
            self._refuse(HTTPStatus.INSUFFICIENT_STORAGE, str(error))
        except SummarizerError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    def _refuse(self, status: HTTPStatus, message: str, digest: Digest | None = None) -> None:
        """Say that nothing was done; why is about no line, but about the whole."""
        said = one_line(message)
        findings = [_found(Finding("correction.refused", said))]
        self._reply(status, {"ok": False, "message": said, "findings": findings}, digest)

    def _reply(self, status: HTTPStatus, told: Mapping[str, Any], digest: Digest | None = None) -> None:
        shown = digest.model_dump(mode="json") if digest else None
        body = json.dumps({**told, "digest": shown}).encode()
        headers = {"Content-Type": "application/json", "Content-Security-Policy": _DATA_POLICY}
        self._answer(status, body, headers)

    def _answer(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(body)
        self._drain()

    def _drain(self) -> None:
        """Read what is still being sent and throw it away: else the answer would be lost with the connection."""
        length = self.headers.get("Content-Length", "") if hasattr(self, "headers") else ""
        left = min(int(length), 2 * MAX_BODY_BYTES) if _LENGTH.fullmatch(length) and not self._taken else 0
        while left > 0 and (part := self.rfile.read(min(left, 65_536))):
            left -= len(part)


def _found(finding: Finding) -> dict[str, Any]:
    span = [finding.span.start, finding.span.end] if finding.span else None
    told = {"code": finding.code, "severity": finding.severity, "message": finding.message}
    return {**told, "where": finding.where, "span": span, "accepted": False}


def _changed(error: Changed) -> str:
    review = error.now.digest.review
    who = (review.reviewer if review else None) or "somebody else, or you in another window,"
    when = f" at {review.at:%H:%M} UTC" if review else ""
    return f"{who} saved this digest{when}; your changes were not saved: note them, load the page anew, enter them"


def _fault(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "they are nested too deeply"
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'/'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']}"
