import pytest

pytest.importorskip("ray")

import asyncio

from summarizer.batch.money import Budget, Cost, Held
from summarizer.config import Settings
from summarizer.ray import purse
from summarizer.ray.purse import Purses

TEN = Held(10, 0.0)


def purses(most: int, patience_s: float = 900.0) -> Purses:
    return Purses(Budget(max_tokens=most), Settings(), patience_s)


async def test_two_workers_together_keep_to_one_budget():
    shared = purses(25)
    assert await shared.hold(("a", 1), TEN) is None
    assert await shared.hold(("b", 1), TEN) is None
    waiting = asyncio.create_task(shared.hold(("b", 2), TEN))
    await asyncio.sleep(0)
    shared.settle(("a", 1), Cost(input_tokens=5))
    assert await waiting is None
    shared.settle(("b", 1), Cost(input_tokens=10))
    shared.settle(("b", 2), Cost(input_tokens=10))
    said, advice = await shared.hold(("a", 2), TEN)
    assert "the limit of 25 tokens would not hold: 25 tokens are spent" in said
    assert "a higher limit" in advice


async def test_what_a_lost_worker_had_set_aside_counts_as_spent():
    shared = purses(15)
    await shared.hold(("a", 1), TEN)
    shared.begin("a")
    assert "10 tokens are spent" in (await shared.hold(("a", 1), TEN))[0]


async def test_nobody_waits_for_ever_for_a_worker_that_is_lost_for_good(monkeypatch):
    monkeypatch.setattr(purse, "_LOOK_S", 0.01)
    shared = purses(15, patience_s=0.0)
    await shared.hold(("a", 1), TEN)
    said, _ = await shared.hold(("b", 1), TEN)
    assert "10 tokens are spent" in said
