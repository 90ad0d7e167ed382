"""Many articles through the Batch API, with failed lines, an expired batch and a process that is killed all the time.

    python -m bench.batches                       # 500 articles, killed at every point
    python -m bench.batches --articles 100 --stride 3

A loopback server for files and batches (tests/support/batches.py) answers extractively; of the lines a tenth fail the
first time: limited, broken, missing, or with an answer that does not fit. The second batch expires half-way. Each step
is a process of its own, killed at one point after the other (tests/support/killed.py) until one try gets through.
What was paid for is counted by the server, what is accounted for by the digests.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from summarizer.batch.store import Store
from summarizer.digest import Digest
from summarizer.later.ledger import Ledger
from summarizer.later.values import Tally
from tests.support.batches import Fate, serving_batches, words
from tests.support.endpoint import Reply, Request, completion, failure
from tests.support.killed import KILLED, PRICE
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*en*.txt")) or sorted((ROOT / "seeds").glob("*.txt"))
#: Of the transactions that are not a batch's own, each of so many is a point.
EVERY = 400


def faulty(share: float) -> Callable[[Request], Reply | None]:
    """Answer extractively; the first try of a share of the requests fails in one of four ways."""
    tries: Counter[str] = Counter()

    def script(request: Request) -> Reply | None:
        known = words(request.body)
        tries[known] += 1
        chance = random.Random(known).random()
        if tries[known] > 1 or chance >= share:
            return extractive(request)
        kinds = [failure(429, "Rate limit reached"), failure(500, "error"), None, completion('{"no": "such"}')]
        return kinds[int(chance / share * 4)]

    return script


def articles(number: int) -> list[str]:
    """Return so many articles, no two alike."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    return [f"{texts[n % len(texts)].rstrip()}\n\nThis is edition number {n}.\n" for n in range(number)]


class Steps:
    """Has steps taken, and killed."""

    def __init__(self, process: "subprocess.Popen[str]", stride: int) -> None:
        self.process, self.stride, self.kills = process, stride, 0

    def take(self, texts: list[str], first: int) -> None:
        """Kill the step at one point after the other, until it gets through."""
        for point in range(first, 10_000, self.stride):
            status = self._asked({"kill": point, "texts": texts})
            if status == 0:
                return
            if status != KILLED:
                raise SystemExit(f"a step ended with status {status}")
            self.kills += 1

    def _asked(self, what: dict[str, Any]) -> int:
        if self.process.stdin is None or self.process.stdout is None:
            raise SystemExit("the process has no pipes")
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def through(store: Path, steps: Steps, texts: list[str]) -> Iterator[Tally]:
    """Submit, and collect until nothing waits; yield how far it is after each step."""
    for number in range(30):
        steps.take([] if number else texts, 1 + number % steps.stride)
        with Ledger(store) as ledger:
            tally = ledger.tally()
        yield tally
        if not tally.sent and not tally.unsent:
            return


def price(digest: Digest) -> float:
    """Return what a digest would have cost without batches."""
    shown = digest.provenance
    return PRICE.usd(shown.input_tokens - shown.cached_tokens, shown.cached_tokens, shown.output_tokens)


def measured(number: int, stride: int, folder: Path) -> dict[str, Any]:
    began, store = time.monotonic(), folder / "store.sqlite"
    fate: Callable[[int], Fate] = lambda n: Fate("expired", done=0.5) if n == 1 else Fate()  # noqa: E731 - one line
    with serving_batches(faulty(0.1), fate) as server:
        command = [sys.executable, "-m", "tests.support.killed", str(store), server.base_url, str(EVERY)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            steps = Steps(process, stride)
            tallies = list(through(store, steps, articles(number)))
            process.communicate()  # ends its input, and so the process
    with Store(store, reading=True) as kept:
        digests = [digest for _, digest in kept.digests()]
    paid, full = sum(digest.provenance.cost_usd or 0.0 for digest in digests), sum(map(price, digests))
    return {
        "articles": number,
        "digests": len(digests),
        "failed": len(tallies[-1].failed),
        "steps": len(tallies),
        "batches": len(server.begun),
        "kills": steps.kills,
        "answers paid for": sum(server.paid.values()),
        "answers in the digests' accounts": sum(digest.provenance.requests for digest in digests),
        "price against that without batches": round(paid / full, 4),
        "bytes of the store": store.stat().st_size,
        "seconds": round(time.monotonic() - began),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--stride", type=int, default=1, help="kill at each of so many points")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, value in measured(asked.articles, asked.stride, Path(folder)).items():
            sys.stdout.write(f"{name:38} {value:>12}\n")


if __name__ == "__main__":
    main()
