"""How a run on Ray holds up on this machine: lost workers, a lost driver, a limit that all keep to, speed.

    make bench-ray                    # everything: twenty minutes on two cores
    python -m bench.ray limit         # some of it
    python -m bench.ray faults 400    # with so many articles

The endpoint is that of `bench.batch`; the Ray is one of this machine with a worker on each core. What is counted, is
counted by the endpoint and in the Parquet files.
"""

import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.batch import ROOT, command, counted, endpoint, press, run, say

#: Told apart from others by its title, which Ray sets.
_WORKER = b"MapWorker(MapBatches(Making"


def rows(folder: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    columns = ["name", "key", "error"]
    files = sorted(folder.glob("*.parquet"))
    return [row for file in files for row in parquet.read_table(file, columns=columns).to_pylist()]


def workers(root: int) -> list[int]:
    """Return the workers below a process."""
    parents, found = {}, []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if _WORKER in (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return [pid for pid in found if below(pid, root, parents)]


def below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid > 1:
        if pid == root:
            return True
        pid = parents.get(pid, 0)
    return False


def at_work(process: "subprocess.Popen[bytes]", out: Path, files: int) -> bool:
    """Wait until there are so many files, and answers of articles not finished; tell whether it still runs."""
    while process.poll() is None:
        paid = sum(file.stat().st_size for file in out.glob("_run/paid/*"))
        if len(list(out.glob("part-*"))) >= files and paid > 20_000:
            return True
        time.sleep(0.2)
    return False


def killed(url: str, source: Path, out: Path, times: int, every: int) -> int:
    """Run the command, kill a worker so many times and then the driver; return how many workers were killed."""
    dice, done = random.Random(14), 0
    words = command(url, source, "--to", "it", "--out", out, "--ray", "local", "--concurrency", 8)
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while done < times and at_work(process, out, (done + 1) * every):
        if there := workers(process.pid):
            os.kill(dice.choice(there), signal.SIGKILL)
            done += 1
    at_work(process, out, (times + 1) * every)
    process.kill()
    process.wait()
    return done


def faults(folder: Path, articles: int = 2_000, times: int = 3) -> Iterator[tuple[str, str]]:
    source, out = press(folder, articles), folder / "faults"
    with endpoint(latency_s=0.05) as url:
        lost = killed(url, source, out, times, max(1, articles // 160))
        wall, end = run(url, source, "--to", "it", "--out", out, "--ray", "local", "--concurrency", 8)
        told = counted(url)
    names = Counter(row["name"] for row in rows(out) if row["error"] is None)
    name = f"{articles:,} articles, {lost} workers and the driver killed"
    yield f"{name}: digests", f"{len(names):,}, {sum(n > 1 for n in names.values())} twice"
    yield "… of them before the second run, which took", f"{end['cached']:,}, {wall:.0f} s"
    yield (
        "… requests a needed one",
        f"{told['requests'] / told['questions']:.3f} ({told['requests']:,} for {told['questions']:,})",
    )


def limit(folder: Path, articles: int = 150) -> Iterator[tuple[str, str]]:
    source = press(folder, articles, short=True)
    more = ("--requests-per-minute", 600, "--review", "none", "--ray", "local", "--out", folder / "limit")
    with endpoint(latency_s=0.1) as url:
        words = command(url, source, "--to", "it", *more)
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen = [(time.monotonic(), counted(url)["requests"])]
        while process.poll() is None:
            time.sleep(0.1)
            seen.append((time.monotonic(), counted(url)["requests"]))
    failed = sum(row["error"] is not None for row in rows(folder / "limit"))
    first = next(at for at, number in seen if number > 0)
    last = next(at for at, number in seen if number == seen[-1][1])
    yield "10 requests a second for 2 workers: on average", f"{(seen[-1][1] - 1) / (last - first):.2f} a second"
    yield "… in the busiest 10 seconds", f"{max(busiest(seen, 10.0)):.2f} a second, {failed} failed"


def busiest(seen: list[tuple[float, int]], seconds: float) -> Iterator[float]:
    """Yield the requests a second of every stretch of so many seconds."""
    for at, number in seen:
        later = next(((then, more) for then, more in seen if then - at >= seconds), None)
        if later is not None:
            yield (later[1] - number) / (later[0] - at)


def speed(folder: Path, articles: int = 400) -> Iterator[tuple[str, str]]:
    source = press(folder, articles)
    with endpoint() as url:
        alone, _ = run(url, source, "--to", "it", "--out", folder / "alone", "--concurrency", 16)
        empty, _ = run(url, press(folder, 1), "--out", folder / "one", "--ray", "local")
        many, _ = run(url, source, "--to", "it", "--out", folder / "many", "--ray", "local", "--concurrency", 8)
    yield f"{articles} articles, no latency, one process, 16 at once", f"{60 * articles / alone:.0f} a minute"
    yield "… two workers, 8 at once each", f"{60 * articles / many:.0f} a minute, {alone / many:.2f} ×"
    yield "… without what one article takes on Ray", f"{empty:.0f} s; {alone / max(many - empty, 1):.2f} ×"


MEASURES: dict[str, Callable[..., Iterator[tuple[str, str]]]] = {"faults": faults, "limit": limit, "speed": speed}


def main(wanted: list[str]) -> None:
    number = [int(word) for word in wanted if word.isdecimal()]
    names = [word for word in wanted if word in MEASURES] or list(MEASURES)
    say(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for what, value in MEASURES[name](Path(folder), *number):
                say(f"| {what} | {value} |")


if __name__ == "__main__":
    main(sys.argv[1:])
