import asyncio
import json
from collections import Counter

import pytest

from summarizer import Summarizer
from summarizer.article import from_text
from summarizer.batch.events import Failed, Finished
from summarizer.batch.inputs import Input
from summarizer.batch.making import Asking
from summarizer.batch.run import run
from summarizer.batch.store import Store
from summarizer.config import Settings
from summarizer.errors import ConfigurationError, StoreError
from summarizer.later import rounds
from summarizer.later.ledger import Ledger, Sizes
from summarizer.llm.batches import Batches
from summarizer.llm.prices import Price
from tests.support.batches import Fate, serving_batches, words
from tests.support.endpoint import completion, failure, serving
from tests.support.model import extractive

TEXT = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."


def articles(count):
    return [
        from_text(f"{TEXT} Ship number {n} called there.", source=f"{n}.txt", language="en") for n in range(count)
    ]


def settings(server, **more):
    return Settings(base_url=server.base_url, model="m", **more)


def stepped(path, wanted, given=(), to=("it",), sizes=None):
    """Take one step, as a process of its own would: submit what is given, or collect; return the events' ends."""

    async def step():
        async with Summarizer(wanted) as summarizer:
            backend = summarizer.connect()
            maker = Asking(summarizer, to, backend)
            batches = Batches(backend.endpoint, backend.limits)
            with rounds.only_one(path), Ledger(path) as ledger, Store(path) as store:
                shared = rounds.Rounds(ledger, batches, settle_s=0.0)
                assert list(rounds.take_in(ledger, maker, map(Input.of, given))) == [] if given else True
                await rounds.fetch(shared)
                ends = []
                async for event in run(maker, rounds.inputs(ledger, maker), store, rounds.desk(ledger, "batch")):
                    ends += [event] if isinstance(event, Failed | Finished) else []
                    if isinstance(event, Failed):
                        ledger.fail(event.name, event.error)
                await rounds.send(shared, sizes or Sizes())
                await batches.aclose()
                return ends

    return asyncio.run(step())


def collected(path, wanted, most=12, **more):
    """Collect until nothing waits; return the digests by name, and how many steps it took."""
    for number in range(1, most + 1):
        ends = stepped(path, wanted, **more)
        with Ledger(path) as ledger:
            tally = ledger.tally()
        if not tally.unsent and not tally.sent:
            return {e.name: e.digest for e in ends if isinstance(e, Finished)}, number
    raise AssertionError(f"still waiting after {most} steps: {tally}")


def comparable(digest):
    shown = digest.model_dump(mode="json")
    for name in ("seconds", "created", "cost_usd", "endpoint", "requests", "cached_tokens"):
        del shown["provenance"][name]
    return shown


def test_the_digests_are_those_of_a_run_at_once_and_nothing_is_paid_twice(tmp_path):
    price = {"m": Price(input=2.0, output=8.0, batch=0.5)}
    given = articles(4)
    with serving_batches(extractive) as server:
        wanted = settings(server, prices=price)
        assert stepped(tmp_path / "s.sqlite", wanted, given) == []
        made, _ = collected(tmp_path / "s.sqlite", wanted)
    with serving(extractive) as endpoint:

        async def at_once():
            async with Summarizer(settings(endpoint, prices=price)) as summarizer:
                return [await summarizer.summarize(each, ["it"]) for each in given]

        alone = {each.article.source: each for each in asyncio.run(at_once())}
    assert server.paid == Counter(words(each.body) for each in endpoint.requests)
    assert {n: comparable(d) for n, d in made.items()} == {n: comparable(d) for n, d in alone.items()}
    for name, digest in made.items():
        assert digest.provenance.requests == alone[name].provenance.requests
        assert digest.provenance.cost_usd == pytest.approx(alone[name].provenance.cost_usd / 2, abs=2e-6)
