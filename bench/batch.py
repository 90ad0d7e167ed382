"""How a run of many articles holds up: speed, kills, faults, limits, dead endpoints, memory, connections.

    make bench-batch                      # everything, about a quarter of an hour
    python -m bench.batch speed rate      # some of it

A loopback endpoint in a process of its own answers extractively, with the latency and the faults that each measure
needs; the command is started as a user starts it. What is counted, is counted by the endpoint.
"""

import hashlib
import itertools
import json
import os
import platform
import random
import re
import resource
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.support.endpoint import Endpoint, Reply, Request, completion, failure
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
#: A request that is on its way when the endpoint asks for a pause is not one that came in spite of it.
ON_ITS_WAY_S = 1.0


@dataclass
class Script:
    """What the endpoint does, and what it counted."""

    latency_s: float = 0.0
    per_s: float = 0.0
    faulty: float = 0.0
    status: int = 0
    hang_s: float = 0.0
    asked: dict[str, int] = field(default_factory=dict)
    recent: deque[float] = field(default_factory=deque)
    refused: int = 0
    early: int = 0
    pauses: list[tuple[float, float]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> Reply:
        with self.lock:
            before = self._count(request)
            refusal = self._refusal(request, before)
        time.sleep(self.latency_s if refusal is None else 0.0)
        return extractive(request) if refusal is None else refusal

    def _count(self, request: Request) -> int:
        now = time.monotonic()
        self.early += any(at + ON_ITS_WAY_S < now < until for at, until in self.pauses[-20:])
        question = known_by(request)
        self.asked[question] = self.asked.get(question, 0) + 1
        return self.asked[question] - 1

    def _refusal(self, request: Request, before: int) -> Reply | None:
        if self.hang_s:
            return Reply(hang_s=self.hang_s)
        if self.status:
            return failure(self.status, "Incorrect API key provided")
        if self.per_s and self._too_many():
            self.refused += 1
            return failure(429, "Rate limit reached")
        chance = random.Random(f"{known_by(request)} {before}").random()
        return self._fault(chance / self.faulty) if chance < self.faulty else None

    def _too_many(self) -> bool:
        now = time.monotonic()
        while self.recent and now - self.recent[0] >= 1:
            self.recent.popleft()
        if len(self.recent) >= self.per_s:
            return True
        self.recent.append(now)
        return False

    def _fault(self, kind: float) -> Reply:
        """Return one of five faults: a pause, an error, no answer, a wrong answer, half an answer."""
        if kind < 0.02:
            now = time.monotonic()
            self.pauses.append((now, now + 3))
            return failure(429, "slow down", {"Retry-After": "3"})
        if kind < 0.3:
            return failure(503, "overloaded")
        if kind < 0.55:
            return Reply(hang_s=0.01)
        if kind < 0.8:
            return completion('{"nothing": "of this kind"}')
        whole = completion("{}")
        return Reply(body=whole.body[: len(whole.body) // 2], headers=whole.headers)

    def counted(self, endpoint: Endpoint) -> dict[str, int]:
        return {
            "requests": sum(self.asked.values()),
            "questions": len(self.asked),
            "early": self.early,
            "refused": self.refused,
            "connections": endpoint.connections,
        }


def known_by(request: Request) -> str:
    """Return what a question is known by: all that is said before its first answer; a re-ask comes after that."""
    said = itertools.takewhile(lambda message: message["role"] != "assistant", request.body["messages"])
    return hashlib.sha256(json.dumps(list(said)).encode()).hexdigest()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve(given: str) -> None:
    """Be the endpoint until the standard input ends; a GET returns what was counted."""
    script = Script(**json.loads(given))
    holder: list[Endpoint] = []

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return Reply(body=json.dumps(script.counted(holder[0])).encode())
        answer = script(request)
        holder[0].requests.clear()
        return answer

    holder.append(Endpoint(reply))
    holder[0].server.request_queue_size = 256
    holder[0].server.socket.listen(256)
    threading.Thread(target=holder[0].server.serve_forever, args=(0.01,), daemon=True).start()
    say(holder[0].base_url)
    sys.stdin.read()


@contextmanager
def endpoint(**script: float) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.batch", "serve", json.dumps(script)]
    process = subprocess.Popen(
        # a client that is killed leaves it with broken connections: nothing to tell
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(10)


def counted(url: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{url}/models") as answer:
        return json.load(answer)


def press(folder: Path, count: int, *, short: bool = False) -> Path:
    """Write so many articles: seed articles or two sentences each, numbered, so that no two questions are alike."""
    path = folder / f"press-{count}.jsonl"
    seeds = [seed.read_text(encoding="utf-8") for seed in SEEDS if seed.suffixes[0] == ".en"]
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text = re.sub(r"(?<=[a-z])([.!?])(?=\s)", rf" in edition {lettered(n)}\1", seeds[n % len(seeds)])
            if short:
                text = f"Ship number {n} called at the port this morning. It brought {n + 3} tonnes of grain."
            row = {"id": f"article-{n}", "text": text, "language": "en"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def lettered(number: int) -> str:
    """Return a number in letters: in digits it would be a figure, and be checked as one."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def command(url: str, *arguments: object) -> list[str]:
    start = [sys.executable, "-m", "summarizer", "summarize", *map(str, arguments)]
    return [*start, "--base-url", url, "--model", "bench", "--config", os.devnull, "-q"]


def run(url: str, *arguments: object) -> tuple[float, dict[str, Any]]:
    """Run the command; return its wall-clock seconds and its own summary."""
    with tempfile.TemporaryDirectory() as folder:
        end = Path(folder) / "end.json"
        began = time.monotonic()
        subprocess.run([*command(url, *arguments), "--summary", str(end)], cwd=ROOT, capture_output=True, check=False)
        return time.monotonic() - began, json.loads(end.read_text(encoding="utf-8"))


def speed(folder: Path) -> Iterator[tuple[str, str]]:
    source = press(folder, 200)
    with endpoint(latency_s=0.5) as url:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall, end = run(url, source, "--to", "zh", "--out", folder / "speed", "--concurrency", 64)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = counted(url)
        again_s, again = run(url, source, "--to", "zh", "--out", folder / "speed", "--concurrency", 64)
        more = counted(url)["requests"] - told["requests"]
    ideal = told["requests"] * 0.5 / 64
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    yield (
        "200 articles, 0.5 s latency, 64 at once: wall",
        f"{wall:.1f} s, {end['done']} done, {told['requests']} requests",
    )
    yield "… to the ideal of the latency", f"{wall / ideal:.1f} × of {ideal:.1f} s"
    yield "… to one core's work", f"{wall / max(ideal, cpu):.2f} × of {cpu:.1f} s"
    yield "connections for these requests", f"{told['connections']} for {told['requests']}"
    yield "the same again", f"{again_s:.1f} s, {again['cached']} from the store, {more} requests"


def kills(folder: Path, articles: int = 1_000, times: int = 20) -> Iterator[tuple[str, str]]:
    source, store = press(folder, articles), folder / "kills.sqlite"
    arguments = (source, "--to", "zh", "--out", folder / "kills", "--store", store, "--concurrency", 16)
    dice = random.Random(12)
    with endpoint(latency_s=0.05, faulty=0.3) as url:
        for _ in range(times):
            process = subprocess.Popen(
                command(url, *arguments), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(dice.uniform(2, 9))
            process.kill()
            process.wait()
        runs, end = 0, {"failed": 1}
        while end["failed"] and runs < 5:
            runs, (_, end) = runs + 1, run(url, *arguments)
        told = counted(url)
    with sqlite3.connect(store) as db:
        twice = db.execute(
            "SELECT count(*) FROM (SELECT key FROM attempts WHERE outcome = 'done' GROUP BY key HAVING count(*) > 1)"
        ).fetchone()[0]
    files = len(list((folder / "kills").glob("*.json")))
    name = f"{articles:,} articles, 30 % of the requests faulty, {times} × kill -9"
    yield (
        f"{name}: results",
        f"{end['done']} in {files} files, {end['failed']} failed, {runs} whole runs after the kills",
    )
    yield "… made twice", f"{twice}"
    yield (
        "… requests a needed one",
        f"{told['requests'] / told['questions']:.2f} ({told['requests']} for {told['questions']})",
    )
    yield "… before a Retry-After was over", f"{told['early']}"


def rate(folder: Path) -> Iterator[tuple[str, str]]:
    for per_s, articles in ((5, 100), (2, 50)):
        with endpoint(latency_s=0.05, per_s=per_s) as url:
            wall, end = run(
                url,
                press(folder, articles),
                "--to",
                "zh",
                "--no-store",
                "--out",
                folder / f"rate-{per_s}",
                "--concurrency",
                64,
            )
            told = counted(url)
        needed = told["requests"] / told["questions"]
        best = told["questions"] / per_s
        yield (
            f"{per_s} requests a second, {articles} articles",
            f"{end['failed']} failed, {needed:.2f} requests a needed one, {wall / best:.2f} × the shortest time",
        )


def dead(folder: Path) -> Iterator[tuple[str, str]]:
    source = press(folder, 50)
    arguments = (source, "--to", "zh", "--no-store", "--out", folder / "dead", "--concurrency", 16)
    with endpoint(status=401) as url:
        wall, end = run(url, *arguments)
        yield "50 articles, a wrong key", _dead(wall, end, counted(url)["requests"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wall, end = run(f"http://127.0.0.1:{port}/v1", *arguments)
    yield "50 articles, a dead port", _dead(wall, end, None)
    with endpoint(hang_s=60) as url:
        wall, end = run(url, *arguments, "--timeout", 5)
        yield "50 articles, a hanging endpoint, time-out 5 s", _dead(wall, end, counted(url)["requests"])


def _dead(wall: float, end: dict[str, Any], requests: int | None) -> str:
    asked = "" if requests is None else f"{requests} requests, "
    return f"{asked}{wall:.1f} s, {end['failed']} failed, {end['not_done']} not begun, exit {end['exit_code']}"


def memory(folder: Path) -> Iterator[tuple[str, str]]:
    peaks = {}
    for articles in (1_000, 20_000):
        with endpoint() as url:
            arguments = (
                press(folder, articles, short=True),
                "--review",
                "none",
                "--out",
                folder / f"m{articles}",
                "--concurrency",
                16,
            )
            process = subprocess.Popen(
                command(url, *arguments), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _, code, used = os.wait4(process.pid, 0)
        peaks[articles] = used.ru_maxrss / 1024
        yield (
            f"peak memory, {articles:,} short articles",
            f"{peaks[articles]:.0f} MB, exit {os.waitstatus_to_exitcode(code)}",
        )
    yield "… between them", f"{peaks[20_000] - peaks[1_000]:+.0f} MB"


MEASURES: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    "speed": speed,
    "rate": rate,
    "dead": dead,
    "kills": kills,
    "memory": memory,
}


def main() -> None:
    wanted = sys.argv[1:] or list(MEASURES)
    packages = ", ".join(f"{name} {version(name)}" for name in ("summarizer-briefs", "openai", "httpx2", "pydantic"))
    say(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}\n"
    )
    say("| measure | found |\n| --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            for measure, found in MEASURES[name](Path(folder)):
                say(f"| {measure} | {found} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
    else:
        main()
