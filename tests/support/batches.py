"""A loopback server for files and batches, made from OpenAI's public documentation, that follows a script.

What it does as documented: a file goes up as multipart form data with the purpose ``batch``; a batch names it, the
endpoint ``/v1/chat/completions`` and the window ``24h``; its input is checked (JSON Lines, ids once each, one model,
at most 50,000 lines and 200 MB), else it is ``failed`` with ``errors``; it goes ``validating``, ``in_progress``,
``finalizing``, ``completed``; answers of status 200 stand in the output file, others in the error file, in an order of
their own; of one that expires, what was not done stands in the error file as ``batch_expired``; batches are listed
newest first in pages with ``after``, and carry the metadata that they were given.

Its limits: no key is checked, no rate limit, no queue's token limit, nothing expires by itself, a batch is carried out
when it is asked for, files hold no headers, and nothing of the Responses API is there.
"""

import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.endpoint import Reply, Request

#: Answers one request of a batch; None leaves its line out.
Script = Callable[[Request], Reply | None]


@dataclass
class Fate:
    """What becomes of a batch: how it ends, the share of it that was done by then, and the looks until it is over."""

    status: str = "completed"
    done: float = 1.0
    looks: int = 0
    errors: tuple[dict[str, Any], ...] = ()


@dataclass
class Batch:
    """A batch at the server."""

    id: str
    input: str
    metadata: dict[str, str]
    created: int
    fate: Fate
    status: str = "validating"
    lines: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    output_file: str | None = None
    error_file: str | None = None
    failed: int = 0

    def document(self) -> dict[str, Any]:
        over = self.status in ("completed", "expired", "cancelled", "failed")
        done = len(self.lines) if over else 0
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "input_file_id": self.input,
            "completion_window": "24h",
            "status": self.status,
            "output_file_id": self.output_file,
            "error_file_id": self.error_file,
            "created_at": self.created,
            "expires_at": self.created + 86_400,
            "request_counts": {"total": len(self.lines), "completed": done - self.failed, "failed": self.failed},
            "metadata": self.metadata,
        }


class BatchServer:
    """The server: asks `script` for each answer and `fate` for what becomes of each batch.

    Attributes:
        paid: how often each request was answered with status 200, by its words.
        begun: batches, in the order in which they came.
        unlisted: so many times the list of batches is told without any.
        before, after: called with the number of each HTTP request before it is carried out, and before it is answered.
    """

    def __init__(self, script: Script, fate: Callable[[int], Fate] = lambda _: Fate()) -> None:
        self.paid: Counter[str] = Counter()
        self.begun: list[Batch] = []
        self.files: dict[str, bytes] = {}
        self.requests = 0
        self.doubled = True
        self.unlisted = 0
        self.before: Callable[[int, str], None] = lambda *_: None
        self.after: Callable[[int, str], None] = lambda *_: None
        self._script, self._fate = script, fate
        self._lock = threading.RLock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._serve(b"")

            def do_POST(self) -> None:
                self._serve(self.rfile.read(int(self.headers["Content-Length"])))

            def _serve(self, body: bytes) -> None:
                with server._lock:
                    number = server.requests = server.requests + 1
                    what = f"{self.command} {urlsplit(self.path).path.removeprefix('/v1')}"
                    server.before(number, what)
                    status, answer = server.answer(self.command, self.path, body)
                    server.after(number, what)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        return Handler

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Return the status and body of one HTTP request."""
        url = urlsplit(path)
        route = url.path.removeprefix("/v1")
        if (method, route) == ("POST", "/files"):
            return self._document(self._upload(body))
        if (method, route) == ("POST", "/batches"):
            return self._begin(json.loads(body))
        if (method, route) == ("GET", "/batches"):
            return self._document(self._page({k: v[-1] for k, v in parse_qs(url.query).items()}))
        if (found := re.fullmatch(r"/files/([\w-]+)/content", route)) and found[1] in self.files:
            return 200, self.files[found[1]]
        if found := re.fullmatch(r"/batches/([\w-]+)", route):
            known = next((each for each in self.begun if each.id == found[1]), None)
            if known is not None:
                self._move(known)
                return self._document(known.document())
        return self._error(404, f"No such object: {route}")

    def _upload(self, form: bytes) -> dict[str, Any]:
        boundary = form.split(b"\r\n", 1)[0]
        parts = [part.partition(b"\r\n\r\n") for part in form.split(boundary)]
        named = {found[1]: body[:-2] for head, _, body in parts if (found := re.search(rb'name="(\w+)"', head))}
        assert named[b"purpose"] == b"batch", named[b"purpose"]
        number = self._keep(named[b"file"])
        return {
            "id": number,
            "object": "file",
            "bytes": len(named[b"file"]),
            "created_at": int(time.time()),
            "filename": "requests.jsonl",
            "purpose": "batch",
            "status": "processed",
        }

    def _keep(self, content: bytes) -> str:
        number = f"file-{len(self.files)}"
        self.files[number] = content
        return number

    def _begin(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        if asked["input_file_id"] not in self.files:
            return self._error(400, "Invalid input file")
        assert (asked["endpoint"], asked["completion_window"]) == ("/v1/chat/completions", "24h")
        assert all(len(k) <= 64 and len(v) <= 512 for k, v in asked["metadata"].items())
        batch = Batch(
            id=f"batch_{len(self.begun)}",
            input=asked["input_file_id"],
            metadata=asked["metadata"],
            created=int(time.time()),
            fate=self._fate(len(self.begun)),
        )
        self.begun.append(batch)
        return self._document(batch.document())

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        newest = list(reversed(self.begun)) if self.unlisted == 0 else []
        self.unlisted = max(0, self.unlisted - 1)
        start = next((i + 1 for i, each in enumerate(newest) if each.id == query.get("after")), 0)
        page = newest[start : start + int(query.get("limit", 20))]
        return {
            "object": "list",
            "data": [each.document() for each in page],
            "first_id": page[0].id if page else None,
            "last_id": page[-1].id if page else None,
            "has_more": start + len(page) < len(newest),
        }

    def _move(self, batch: Batch) -> None:
        """Take a batch on by one look; carry it out at the last one."""
        if batch.status not in ("validating", "in_progress"):
            return
        if batch.fate.looks > 0:
            batch.fate.looks -= 1
            batch.status = "in_progress"
            return
        batch.errors = list(batch.fate.errors) or self._problems(batch)
        if batch.errors:
            batch.status = "failed"
            return
        batch.lines = [json.loads(line) for line in self.files[batch.input].splitlines()]
        self._carry_out(batch)
        batch.status = batch.fate.status

    def _problems(self, batch: Batch) -> list[dict[str, Any]]:
        content = self.files[batch.input]
        lines = content.splitlines()
        if not lines or len(lines) > 50_000 or len(content) > 200_000_000:
            return [{"code": "invalid_file", "message": "The file is empty or too large.", "line": None}]
        read = [json.loads(line) for line in lines]
        if len({each["custom_id"] for each in read}) < len(read):
            return [{"code": "duplicate_custom_id", "message": "The custom_id was used before.", "line": 2}]
        if len({each["body"]["model"] for each in read}) > 1:
            return [{"code": "mismatched_model", "message": "The file must be of one model.", "line": 2}]
        return []

    def _carry_out(self, batch: Batch) -> None:
        done = batch.lines[: round(len(batch.lines) * batch.fate.done)]
        answers, errors = [], []
        for line in done:
            reply = self._script(Request(line["url"], {}, line["body"], 0.0))
            if reply is not None:
                (answers if reply.status == 200 else errors).append(_answered(line, reply))
                self.paid[words(line["body"])] += reply.status == 200
        why = {"code": f"batch_{batch.status}", "message": "This request was not executed in time."}
        why["code"] = "batch_cancelled" if batch.fate.status == "cancelled" else "batch_expired"
        errors += [
            {"id": "r", "custom_id": e["custom_id"], "response": None, "error": why} for e in batch.lines[len(done) :]
        ]
        batch.failed = len(errors)
        order = random.Random(batch.id)
        order.shuffle(answers)
        batch.output_file = (
            self._keep(_written([*answers, *(answers[:1] if self.doubled else [])])) if answers else None
        )
        batch.error_file = self._keep(_written(errors)) if errors else None

    def _document(self, document: dict[str, Any]) -> tuple[int, bytes]:
        return 200, json.dumps(document).encode()

    def _error(self, status: int, message: str) -> tuple[int, bytes]:
        told = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
        return status, json.dumps({"error": told}).encode()


def words(body: dict[str, Any]) -> str:
    """Return what a request is known by, re-asks apart: all that is said in it."""
    return json.dumps(body["messages"], ensure_ascii=False)


def _answered(line: dict[str, Any], reply: Reply) -> dict[str, Any]:
    response = {"status_code": reply.status, "request_id": "req", "body": json.loads(reply.body)}
    return {"id": "batch_req", "custom_id": line["custom_id"], "response": response, "error": None}


def _written(lines: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


@contextmanager
def serving_batches(script: Script, fate: Callable[[int], Fate] = lambda _: Fate()) -> Iterator[BatchServer]:
    """Serve until the block ends."""
    server = BatchServer(script, fate)
    thread = threading.Thread(target=server.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.server.shutdown()
        server.server.server_close()
        thread.join()
