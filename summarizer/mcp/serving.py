"""How the server is reached: over standard input and output, or over HTTP on this machine alone."""

import hmac
from collections.abc import Callable
from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket

import uvicorn
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from summarizer.errors import ConfigurationError
from summarizer.mcp.server import server
from summarizer.mcp.service import Service

__all__ = ["TOKEN_CHARS", "http", "stdio"]

HOST = "127.0.0.1"
PATH = "/mcp"
#: Shorter tokens can be guessed.
TOKEN_CHARS = 16
#: How long what is under way may still take when the server is told to end.
_GRACE_SECONDS = 3
#: JSON may write a byte of text as six.
_ESCAPED = 6
_LEAST_BODY_BYTES = 4_194_304


async def stdio(service: Service) -> None:
    """Serve the client that started this process, until it closes standard input.

    Standard output carries the protocol alone: the SDK has whatever else prints go to standard error meanwhile.
    """
    serving = server(service)
    try:
        async with stdio_server() as (read, write):
            await serving.run(read, write, serving.create_initialization_options())
    finally:
        await service.aclose()


async def http(service: Service, port: int, token: str | None, ready: Callable[[str], None]) -> None:
    """Serve whoever on this machine has the address, and the token where there is one, until interrupted.

    Args:
        service: does it.
        port: 0 for any that is free.
        token: what clients must send as ``Authorization: Bearer``; None for nothing.
        ready: told the address, once connections are taken.

    Raises:
        ConfigurationError: the port is taken, or the token too short.
    """
    listening = _bound(port)
    try:
        at = f"{HOST}:{listening.getsockname()[1]}"
        app = _application(service, listening.getsockname()[1], token)
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE_SECONDS)
        listening.listen()
        ready(f"http://{at}{PATH}")
        await uvicorn.Server(config).serve(sockets=[listening])
    finally:
        listening.close()
        await service.aclose()


def _application(service: Service, port: int, token: str | None) -> ASGIApp:
    """Return what answers HTTP: only under names of this machine, and from no page of a browser but its own."""
    hosts = [f"{name}:{port}" for name in (HOST, "localhost")]
    security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[f"http://{host}" for host in hosts])
    most = max(_LEAST_BODY_BYTES, _ESCAPED * service.settings.max_input_bytes)
    app = server(service).streamable_http_app(
        streamable_http_path=PATH, transport_security=security, max_request_body_size=most, host=HOST
    )
    return app if token is None else _Guarded(app, token)


class _Guarded:
    """Lets requests through that bring the token (RFC 6750)."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        if len(token) < TOKEN_CHARS or not token.isascii() or not token.isprintable() or " " in token:
            raise ConfigurationError(
                f"the token must have {TOKEN_CHARS} ASCII characters or more, and no space",
                "make one: python -c 'import secrets; print(secrets.token_urlsafe())'",
            )
        self._app = app
        self._wanted = f"bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 to who does not bring it; the server's own start and end have no token."""
        if scope["type"] == "lifespan" or self._brings_it(scope["headers"]):
            await self._app(scope, receive, send)
            return
        refused = PlainTextResponse(
            "this server wants a token: Authorization: Bearer TOKEN", 401, headers={"WWW-Authenticate": "Bearer"}
        )
        await refused(scope, receive, send)

    def _brings_it(self, headers: list[tuple[bytes, bytes]]) -> bool:
        given = [value for name, value in headers if name == b"authorization"]
        if len(given) != 1:
            return False
        scheme, _, token = given[0].partition(b" ")
        return hmac.compare_digest(scheme.lower() + b" " + token.strip(), self._wanted)


def _bound(port: int) -> socket:
    listening = socket(AF_INET, SOCK_STREAM)
    try:
        listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        message = f"port {port} of this machine cannot be used: {error.strerror}"
        raise ConfigurationError(message, "name another with --port, or none for any that is free") from None
    return listening
