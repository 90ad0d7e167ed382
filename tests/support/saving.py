"""A loopback server that serves a page and takes corrections, as `summarizer review` does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from summarizer.digest import Digest


@dataclass
class Saver:
    """Where it is, and what was sent to it."""

    address: str
    sent: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def saving(page: str, digest: Digest, refused: str) -> Iterator[Saver]:
    """Serve a page; corrections that hold some words are refused at their line."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(page, "text/html; charset=utf-8") if self.path == "/" else self.send_error(404)

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            saver.sent.append(sent)
            wrong = [change for change in sent["changes"] if refused in (change["after"] or "")]
            message = "the figure is not in the article"
            found = [
                {
                    "code": "figure.invented",
                    "severity": "error",
                    "message": message,
                    "where": c["where"],
                    "span": None,
                }
                for c in wrong
            ]
            body = {"ok": not wrong, "findings": found, "digest": json.loads(digest.model_dump_json())}
            self.answer(json.dumps(body), "application/json")

        def answer(self, text: str, kind: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    saver = Saver(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield saver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
