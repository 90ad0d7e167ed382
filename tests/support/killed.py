"""A process that takes steps of batches and can be killed at any point of them; each step is a fork of its own.

    python -m tests.support.killed STORE BASE_URL EVERY

Reads lines of JSON: the articles to submit, each a text (none to collect), and the number of the point at which the
step is killed, as a power cut would: nothing is tidied up. Answers each with the exit status: 9 killed, 0 whole.

Points are: before each HTTP request, after its answer has come and before anybody heard it, after each transaction
that plans, sends or takes a batch, and after every so-many-eth other transaction.
"""

import asyncio
import json
import os
import sys
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path

import summarizer.batch.store
import summarizer.later.ledger
from summarizer import rules_only
from summarizer.article import from_text
from summarizer.batch.inputs import Input
from summarizer.config import Settings
from summarizer.later.ledger import Ledger
from summarizer.later.values import Sizes
from summarizer.later.work import opened
from summarizer.llm.prices import Price
from summarizer.llm.transport import BoundedTransport

KILLED = 9
PRICE = Price(input=2.0, output=8.0, batch=0.5)


class Points:
    """Counts the points of a step, and ends the process at one of them."""

    def __init__(self, every: int) -> None:
        self.every, self.at, self.count, self.small = every, 0, 0, 0

    def large(self) -> None:
        self.count += 1
        if self.count == self.at:
            os._exit(KILLED)

    def other(self) -> None:
        self.small += 1
        if self.small % self.every == 0:
            self.large()


def watched(points: Points) -> None:
    """Have every point of this process counted."""
    whole = summarizer.later.ledger.writing

    @contextmanager
    def writing(db, *, lasting=False):
        with whole(db, lasting=lasting):
            yield
        points.other()

    summarizer.later.ledger.writing = summarizer.batch.store.writing = writing
    for name in ("plan", "trying", "submitted", "take"):
        setattr(Ledger, name, _after(getattr(Ledger, name), points.large))
    BoundedTransport.handle_async_request = _around(BoundedTransport.handle_async_request, points.large)


def _after(step, point):
    @wraps(step)
    def done(*args, **kwargs):
        found = step(*args, **kwargs)
        point()
        return found

    return done


def _around(send, point):
    async def sent(self, request):
        point()
        response = await send(self, request)
        point()
        return response

    return sent


async def step(store: Path, base_url: str, texts: list[str]) -> None:
    settings = Settings(base_url=base_url, model="m", prices={"m": PRICE})
    given = (Input.of(from_text(text, source=f"{n}.txt", language="en")) for n, text in enumerate(texts))
    async with opened(settings, ["it"], store, settle_s=0.0) as work:
        if texts:
            assert list(work.take_in(given, {})) == []
        async for _ in work.step(Sizes()):
            pass


def warm() -> None:
    """Read what every step needs, before the first fork."""
    for name in (
        "openai.resources.batches",
        "openai.resources.files",
        "summarizer.llm.batches",
        "summarizer.pipeline",
    ):
        import_module(name)
    rules_only.digest(from_text("“It rained,” said Anna Rossi. Prices rose by 3%.", language="en"), Settings())


def main() -> None:
    store, base_url, every = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    points = Points(every)
    watched(points)
    warm()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            points.at = asked["kill"]
            asyncio.run(step(store, base_url, asked["texts"]))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
