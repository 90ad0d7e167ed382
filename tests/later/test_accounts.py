import asyncio
import json

import pytest

from summarizer.batch.events import Finished
from summarizer.batch.inputs import Input
from summarizer.batch.money import Budget, Held
from summarizer.cli.later import steps
from summarizer.config import Settings
from summarizer.errors import BudgetError, ConfigurationError
from summarizer.later.accounts import Accounts
from summarizer.later.ledger import Ledger
from summarizer.later.lines import Told
from summarizer.later.values import Sizes
from summarizer.later.work import opened
from summarizer.llm.prices import Price
from tests.cli.test_app import articles, run
from tests.later import test_rounds
from tests.support.batches import serving_batches
from tests.support.model import extractive

__all__ = ["articles", "run"]

TARIFF = Settings(prices={"m": Price(input=1.0, cached=0.5, output=10.0, batch=0.5)})


def answer(number, **usage):
    return Told(number, 200, json.dumps({"usage": usage}))


def test_answers_cost_what_their_usage_says_at_the_price_of_a_batch():
    cached = {"prompt_tokens_details": {"cached_tokens": 40}}
    told = [
        answer("a", prompt_tokens=100, completion_tokens=10, **cached),
        answer("a", prompt_tokens=100, completion_tokens=10, **cached),
        answer("b", prompt_tokens=5, completion_tokens=5),
        answer("c", prompt_tokens="many", completion_tokens=-3, prompt_tokens_details=[]),
        Told("d", 429, "{}"),
        Told("e", 200, "null"),
    ]
    paid = Accounts(Budget(), TARIFF).paid("m", told)
    assert paid.tokens == 120
    assert paid.usd == pytest.approx(0.5 * (60 * 1.0 + 40 * 0.5 + 10 * 10.0 + 5 * 1.0 + 5 * 10.0) / 1e6)
    assert Accounts(Budget(), Settings()).paid("m", told) == Held(120, 0.0)


@pytest.mark.parametrize(
    ("budget", "fits"),
    [
        (Budget(), True),
        (Budget(max_tokens=15), True),
        (Budget(max_tokens=14), False),
        (Budget(max_usd=0.3), True),
        (Budget(max_usd=0.2), False),
    ],
)
def test_what_is_spent_and_what_may_be_keep_within_both_bounds(budget, fits):
    assert Accounts(budget, TARIFF).fits(Held(5, 0.125), Held(10, 0.125)) is fits


def step(path, server, budget, given=()):
    async def taken():
        async with opened(test_rounds.settings(server), ("it",), path, budget, settle_s=0.0) as work:
            list(work.take_in(map(Input.of, given), {}))
            return [event async for event in work.step(Sizes()) if isinstance(event, Finished)]

    return asyncio.run(taken())


def test_all_batches_of_a_store_keep_within_a_budget_and_go_on_with_a_higher_one(tmp_path):
    path, budget = tmp_path / "s.sqlite", Budget(max_tokens=12_000)
    with serving_batches(extractive) as server:
        step(path, server, budget, test_rounds.articles(24))
        with Ledger(path) as ledger:
            assert ledger.tally().unsent > 0
            assert 0 < ledger.spent.tokens <= 12_000
        with pytest.raises(BudgetError, match=r"the limit of 12,000 tokens .*questions are not sent"):  # noqa: PT012
            for _ in range(60):
                step(path, server, budget)
        taken = sum(server.paid.values()) * 310  # what the endpoint says that a request took
        assert 0 < taken <= 12_000
        for _ in range(30):
            ended = step(path, server, Budget(max_tokens=1_000_000))
    assert len(ended) == 24
    assert sum(server.paid.values()) == sum(each.digest.provenance.requests for each in ended)


def test_the_commands_keep_a_budget_with_the_store_and_take_a_higher_one(run, articles, tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "_LOOK_S", 0.0)
    store, out = tmp_path / "s.sqlite", tmp_path / "out"
    with serving_batches(extractive) as server:
        words = ("--store", store, "--base-url", server.base_url, "--model", "m", "--max-tokens", 1_000)
        for asked in (("submit", articles, *words), ("collect", store, "--out", out, "--wait")):
            code, _, err = run("batch", *asked)
            assert (code, "the limit of 1,000 tokens would not hold: 0 tokens are spent" in err) == (2, True)
            assert "collect again with a higher --max-cost or --max-tokens" in err
        assert server.begun == []
        code, _, err = run("batch", "collect", store, "--out", out, "--wait", "--max-tokens", 900_000)
        assert (code, "2 done, 0 failed, 0 waiting" in err) == (0, True)
    assert set(server.paid.values()) == {1}


def test_a_bound_in_dollars_needs_the_models_price(tmp_path):
    with serving_batches(extractive) as server, pytest.raises(ConfigurationError, match=r"prices\."):
        step(tmp_path / "s.sqlite", server, Budget(max_usd=1.0), test_rounds.articles(1))
