"""Whether the pipeline ends well at a hostile endpoint: each fault on every question, the summary, the briefs.

The endpoint is a tool of its own that is no part of this repository (``--tool``): one process on the loopback that
answers ``/m/<fault>/v1/chat/completions`` with that fault and lists its faults at ``/_modes``. A thin proxy before it
sends the questions of a placement to the faulty address and the others to ``/m/ok``. The command is run as a user
runs it, with one article into Italian and Chinese.

A line each: fault, kind, placement, what came out, exit code, requests (with the fault / in all), seconds, and the
last message, with what no user should read in it.

Run: ``python -m bench.hostile --tool faulty_endpoint.py``, or ``--modes hang,s500_forever --placements briefs``.
"""

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT.parent / "shared" / "tools" / "faulty_endpoint.py"
ARTICLE = ROOT / "seeds" / "shanghai-mayor-meets-ambassador.en.txt"
KEY = "sk-of-a-measurement-0123456789"
TIMEOUT_S = 4  # for one request; a fault that hangs costs two of them

#: Placement → which questions meet the fault, by the properties that only their schemas have.
PLACEMENTS = {"all": ("headline", "quotes", "it", "zh"), "summary": ("headline",), "briefs": ("it", "zh")}
#: What tells nobody anything, or too much.
_FORBIDDEN = re.compile(
    r"InstructorRetry|Invalid JSON|Traceback|ValidationError|Error\(|errors\.pydantic|<!doctype|None\b|"
    + re.escape(KEY)
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command.

    Attributes:
        mode: the fault, by its name.
        kind: what a good client does with it: transient, permanent, repair, limits.
        placement: which questions met it.
    """

    mode: str
    kind: str
    placement: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: the digests that were written, the exit code, the last message and the seconds."""

    run: Run
    outcome: str
    exit_code: int
    message: str
    seconds: float
    faulty: int
    requests: int

    @property
    def line(self) -> str:
        """The run as a line of the table."""
        bad = _FORBIDDEN.search(self.message)
        told = f"  NOT FOR USERS: {bad[0]}" if bad else ""
        name = f"{self.run.mode:17} {self.run.kind:9} {self.run.placement:8}"
        counts = f"exit {self.exit_code}  {self.faulty:2}/{self.requests:2} requests {self.seconds:5.1f} s"
        return f"{name} {self.outcome:27} {counts}  {self.message[:240]}{told}"


@dataclass(slots=True)
class Proxy:
    """Sends each request on to the tool, to the faulty address or the healthy one, and the bytes back as they come.

    Attributes:
        tool_port: where the tool listens.
        port: where the proxy does, once `serve` runs.
        counts: (placement/fault, whether the question met it) → requests.
    """

    tool_port: int
    port: int = 0
    counts: Counter[tuple[str, bool]] = field(default_factory=Counter)

    async def serve(self, ready: threading.Event) -> None:
        """Serve until cancelled."""
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, limit=8 << 20)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await server.serve_forever()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send the requests of one connection on, each over a connection to the tool that lasts as long."""
        there, back = await asyncio.open_connection("127.0.0.1", self.tool_port, limit=8 << 20)
        answers = asyncio.create_task(_pipe(there, writer))
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(size[1]) if size else 0)
                back.write(self._routed(head, body) + body)
                await back.drain()
        except (asyncio.IncompleteReadError, OSError):
            back.transport.abort()
            await answers

    def _routed(self, head: bytes, body: bytes) -> bytes:
        """Return the head with the tool's address in it: ``/<placement>/<fault>/…`` is ``/m/<fault or ok>/…``."""
        _, placement, mode, rest = head.split(b" ")[1].decode().split("/", 3)
        marks = (f'"{name}": {{' in body.decode().replace('\\"', '"') for name in PLACEMENTS[placement])
        spaced = (f'"{name}":{{' in body.decode().replace('\\"', '"') for name in PLACEMENTS[placement])
        meets = any(marks) or any(spaced)
        self.counts[f"{placement}/{mode}", meets] += 1
        path = f"/m/{mode if meets else 'ok'}/{rest}".encode()
        return head.replace(head.split(b" ")[1], path, 1)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass bytes on until the sender closes; a reset is passed on as one."""
    try:
        while chunk := await reader.read(1 << 16):
            writer.write(chunk)
            await writer.drain()
        writer.close()
    except OSError:
        writer.transport.abort()


@contextmanager
def _tool(path: Path) -> Iterator[int]:
    """Run the tool until the block ends, and give its port."""
    with tempfile.TemporaryDirectory() as folder:
        portfile = Path(folder) / "port"
        tool = subprocess.Popen(  # noqa: S603 - the tool that the caller names
            [sys.executable, str(path), "--port", "0", "--portfile", str(portfile)], stderr=subprocess.DEVNULL
        )
        try:
            while not (portfile.exists() and portfile.read_text()):
                time.sleep(0.05)
            yield int(portfile.read_text())
        finally:
            tool.terminate()
            tool.wait()


@contextmanager
def _proxy(tool_port: int) -> Iterator[Proxy]:
    """Run the proxy until the block ends."""
    proxy, ready, loop = Proxy(tool_port), threading.Event(), asyncio.new_event_loop()
    task = loop.create_task(proxy.serve(ready))
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([task])), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


def _modes(port: int) -> dict[str, str]:
    """Return the faults that do not need a stream, with their kinds."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_modes") as answer:
        listed = json.load(answer)
    return {name: mode["kind"] for name, mode in listed.items() if not mode["stream"]}


def _ended(proxy: Proxy, run: Run, number: int) -> Ended:
    # the tool counts attempts by fault and parameters: one of its own keeps the runs apart
    mode = f"{run.mode}~run={number}"
    url = f"http://127.0.0.1:{proxy.port}/{run.placement}/{mode}/v1"
    flags = ["--to", "it", "--to", "zh", "--format", "json", "--model", "hostile", "--base-url", url, "-q"]
    command = [sys.executable, "-m", "summarizer", "summarize", ARTICLE.name, *flags, "--timeout", str(TIMEOUT_S)]
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 - ourselves
        command,
        cwd=ARTICLE.parent,
        env={"OPENAI_API_KEY": KEY, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode().strip().splitlines() or [""]
    faulty, healthy = (proxy.counts[f"{run.placement}/{mode}", met] for met in (True, False))
    seconds = time.monotonic() - started
    return Ended(run, _outcome(done.stdout), done.returncode, said[-1], seconds, faulty, faulty + healthy)


def _outcome(written: bytes) -> str:
    """Say what was written: nothing, a digest with so many briefs, and how many errors are in it."""
    if not written.strip():
        return "no digest"
    digest = json.loads(written)
    missing = sum(f["code"] == "brief.missing" for f in digest["findings"])
    return f"digest, {len(digest['briefs'])} briefs" + (f", {missing} missing" if missing else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each run; return 1 where a message is not for users."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", type=Path, default=TOOL)
    parser.add_argument("--modes", help="comma-separated; default: all that need no stream")
    parser.add_argument("--placements", default=",".join(PLACEMENTS))
    parser.add_argument("--jobs", type=int, default=3, help="runs at once")
    options = parser.parse_args(arguments)
    if not options.tool.exists():
        print("no hostile endpoint here: name it with --tool")  # noqa: T201 - a script's output
        return 0
    with _tool(options.tool) as port, _proxy(port) as proxy, ThreadPoolExecutor(options.jobs) as pool:
        kinds = _modes(port)
        wanted = options.modes.split(",") if options.modes else list(kinds)
        runs = [Run(mode, kinds[mode], place) for mode in wanted for place in options.placements.split(",")]
        ended = []
        for each in pool.map(lambda pair: _ended(proxy, pair[1], pair[0]), enumerate(runs)):
            print(each.line, flush=True)  # noqa: T201 - a script's output
            ended.append(each)
    return 1 if any(_FORBIDDEN.search(each.message) for each in ended) else 0


if __name__ == "__main__":
    sys.exit(main())
