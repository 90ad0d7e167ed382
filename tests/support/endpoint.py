"""A loopback server that speaks the chat-completions protocol and follows a script."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    """One request as it arrived: a POST's body, nothing for a GET."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float
    method: str = "POST"

    @property
    def route(self) -> str:
        """The path without the query."""
        return urlsplit(self.path).path

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters; of one given twice the last value."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def header(self, name: str) -> str:
        """Return a header's value, whatever the case of its name; "" where it was not sent."""
        return {k.lower(): v for k, v in self.headers.items()}.get(name.lower(), "")

    @property
    def schema(self) -> dict[str, Any]:
        return self.body["response_format"]["json_schema"]["schema"]

    @property
    def strict(self) -> bool:
        return bool(self.body["response_format"]["json_schema"].get("strict"))

    @property
    def prompt(self) -> str:
        """The question itself, not the complaint of a re-ask after it."""
        return next(m["content"] for m in self.body["messages"] if m["role"] == "user")


@dataclass
class Reply:
    """What to send back: a status, headers and a body; `hang_s` seconds of silence before it.

    `reason` replaces the usual phrase of the status line.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang_s: float = 0.0
    reason: str | None = None


Script = Callable[[Request], Reply]


def completion(content: str | None, **over: Any) -> Reply:
    """A chat completion with `content`; `over` replaces finish_reason, usage, model or message fields."""
    message = {"role": "assistant", "content": content, **over.pop("message", {})}
    document = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1763769600,
        "model": over.pop("model", "test-model"),
        "choices": [{"index": 0, "message": message, "finish_reason": over.pop("finish_reason", "stop")}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 10, "total_tokens": 310},
        **over,
    }
    return Reply(body=json.dumps(document).encode(), headers={"Content-Type": "application/json"})


def failure(status: int, message: str = "no", headers: dict[str, str] | None = None, **fields: Any) -> Reply:
    """An error as OpenAI-compatible endpoints send it."""
    body = json.dumps({"error": {"message": message, "type": "error", "param": None, "code": None, **fields}})
    return Reply(status, body.encode(), {"Content-Type": "application/json", **(headers or {})})


class Endpoint:
    """The server: asks `script` for each reply, keeps every request, counts the connections they came through."""

    def __init__(self, script: Script) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self._script = script
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.base_url = f"{self.root}/v1"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                with endpoint._lock:
                    endpoint.connections += 1

            def do_GET(self) -> None:
                self._reply_to({})

            def do_POST(self) -> None:
                self._reply_to(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def _reply_to(self, body: dict[str, Any]) -> None:
                headers = dict(self.headers.items())
                request = Request(self.path, headers, body, time.monotonic(), self.command)
                with endpoint._lock:
                    endpoint.requests.append(request)
                reply = endpoint._script(request)
                if reply.hang_s:
                    time.sleep(reply.hang_s)
                    self.close_connection = True
                    return
                self.send_response(reply.status, reply.reason)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        return Handler


@contextmanager
def serving(script: Script) -> Iterator[Endpoint]:
    """Serve until the block ends."""
    endpoint = Endpoint(script)
    thread = threading.Thread(target=endpoint.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.server.shutdown()
        endpoint.server.server_close()
        thread.join()


def in_turn(*replies: Reply) -> Script:
    """Send these replies one after the other, and the last one from then on."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]
