"""A web server on loopback whose answers a test writes, and names that lead wherever the test says."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PAGE = (
    "<!doctype html><html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens</h1>"
    + "<p>The mayor opened the new bridge on Monday. Ten thousand people came to see it.</p>" * 3
    + "</article></body></html>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Asked:
    """One request as the server got it."""

    path: str
    headers: dict[str, str]


@dataclass
class Web:
    """A server's port, what it was asked, and its answers by path: bytes to send, or what sends them."""

    port: int
    answers: dict[str, "bytes | Callable[[socket.socket], None]"] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.asked]


def answer(body: bytes | str = b"", status: int = 200, headers: dict[str, str] | None = None) -> bytes:
    """Return an answer as it goes over the line."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(data)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + data


def page(text: str = PAGE) -> bytes:
    return answer(text, headers=HTML)


def redirect(to: str, status: int = 302) -> bytes:
    return answer(status=status, headers={"Location": to})


@contextmanager
def web(wrap: Callable[[socket.socket], socket.socket] | None = None) -> Iterator[Web]:
    """Serve until the test ends; what has no answer is a 404."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Web(listening.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(listening, server, wrap), daemon=True)
        thread.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(listening: socket.socket, server: Web, wrap) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_one, args=(connection, server, wrap), daemon=True).start()


def _one(connection: socket.socket, server: Web, wrap) -> None:
    try:
        with wrap(connection) if wrap else connection as line:
            head = b""
            while b"\r\n\r\n" not in head:
                got = line.recv(65_536)
                if not got:
                    return
                head += got
            first, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            asked = Asked(
                first.split()[1], {n.lower(): v.strip() for n, _, v in (each.partition(":") for each in rest)}
            )
            server.asked.append(asked)
            given = server.answers.get(asked.path, answer(status=404))
            if callable(given):
                given(line)
            else:
                line.sendall(given)
    except OSError:
        pass  # whoever asked has gone


def names(monkeypatch, answers: dict[str, list[str]]) -> list[str]:
    """Let names lead where a test says; what is looked up is kept in the list returned.

    Each look-up of a name takes its next answer, the last one for good; an answer is one address or several with a
    space between. A name that is not here is unknown; nothing is looked up anywhere else.
    """
    waiting = {name: list(given) for name, given in answers.items()}
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def lookup(host, port, family=0, kind=0, proto=0, flags=0):
        if flags & socket.AI_NUMERICHOST:
            return real(host, port, family, kind, proto, flags)
        looked_up.append(host)
        given = waiting.get(host)
        if not given:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        told = given.pop(0) if len(given) > 1 else given[0]
        found = []
        for each in told.split():
            kind_of = socket.AF_INET6 if ":" in each else socket.AF_INET
            place = (each, port, 0, 0) if ":" in each else (each, port)
            found.append((kind_of, socket.SOCK_STREAM, 6, "", place))
        return found

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return looked_up


def connections(monkeypatch) -> list[tuple]:
    """Keep every address that a connection is tried to, and let none but loopback's leave this machine."""
    tried: list[tuple] = []
    real = socket.socket.connect

    def connect(self, address):
        tried.append(address)
        if address[0] not in ("127.0.0.1", "::1"):
            raise OSError("no connection leaves a test")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried
