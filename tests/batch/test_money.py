import asyncio

import pytest

from summarizer.batch.money import Budget, Cost, Purse, Slip
from summarizer.config import Settings
from summarizer.errors import BudgetError, ConfigurationError
from summarizer.llm.client import Call

BODY = {"messages": [{"role": "user", "content": "x" * 3_000}], "max_tokens": 500}
MOST = 1_600  # what such a request can take, and a little more


def purse(**bounds):
    return Purse(Budget(**bounds), Settings(prices={"m": {"input": 1.0, "output": 10.0}}))


def took(tokens, usd=0.0):
    return Cost(requests=1, input_tokens=tokens, usd=usd)


def test_a_request_that_could_be_too_much_is_refused():
    async def hold():
        kept = purse(max_tokens=3 * MOST)
        for _ in range(3):
            slip = Slip()
            await kept.hold(slip, "m", BODY)
            kept.settle(slip, took(MOST))
        with pytest.raises(BudgetError, match="4,800 tokens"):
            await kept.hold(Slip(), "m", BODY)

    asyncio.run(hold())


def test_a_request_waits_for_others_that_may_take_less_than_they_could():
    async def hold():
        kept = purse(max_tokens=2 * MOST)
        first, second, third = Slip(), Slip(), Slip()
        await kept.hold(first, "m", BODY)
        await kept.hold(second, "m", BODY)
        waiting = asyncio.create_task(kept.hold(third, "m", BODY))
        await asyncio.sleep(0)
        assert not waiting.done()
        kept.settle(first, took(10))
        await waiting
        kept.settle(second, took(10))
        kept.settle(third, took(10))
        assert kept.spent.tokens == 30

    asyncio.run(hold())


def test_nobody_waits_for_somebody_who_waits():
    async def both():
        kept = purse(max_tokens=2 * MOST + 100)
        slips = [Slip(), Slip()]
        for slip in slips:
            await kept.hold(slip, "m", BODY)

        async def once_more(slip):
            try:
                await kept.hold(slip, "m", BODY)
            except BudgetError:
                kept.settle(slip, took(10))
                return "refused"
            return "sent"

        return await asyncio.gather(*map(once_more, slips))

    assert sorted(asyncio.run(both())) == ["refused", "sent"]


def test_dollars_are_bounded_by_the_dearest_answer():
    async def hold():
        kept = purse(max_usd=0.01)  # 1,000 tokens in and 500 out at 1 and 10 dollars a million: 0.006
        slip = Slip()
        await kept.hold(slip, "m", BODY)
        kept.settle(slip, took(1_000, 0.006))
        with pytest.raises(BudgetError, match="USD"):
            await kept.hold(Slip(), "m", BODY)

    asyncio.run(hold())


def test_a_bound_in_dollars_wants_to_know_every_price():
    Budget(max_usd=1).check(["m"], Settings(prices={"m": {"input": 1, "output": 1}}))
    with pytest.raises(ConfigurationError, match="'other'"):
        Budget(max_usd=1).check(["m", "other"], Settings(prices={"m": {"input": 1, "output": 1}}))


def test_a_cost_has_failed_calls_and_says_where_a_price_is_unknown():
    def call(asked, error):
        return Call("t", "v1", asked, 2, 1_000_000, 0, 100_000, 1.0, error, asked=asked)

    settings = Settings(prices={"m": {"input": 1, "output": 10}})
    assert Cost.of([call("m", None), call("m", "ModelError")], settings) == Cost(4, 2_000_000, 0, 200_000, 4.0)
    assert (Cost.of([call("m", None)], settings) + Cost.of([call("other", None)], settings)).usd is None
