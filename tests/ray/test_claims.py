import pytest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

import asyncio  # noqa: E402

from summarizer.ray import claims, making, output  # noqa: E402
from summarizer.ray.claims import Claims  # noqa: E402
from summarizer.ray.making import Making, Plan  # noqa: E402
from summarizer.ray.shared import Shared  # noqa: E402
from tests.ray.test_making import articles, settings, told, written  # noqa: E402
from tests.support.endpoint import serving  # noqa: E402
from tests.support.model import extractive  # noqa: E402

KEY = "ab" * 32


def named(row: dict[str, object], *names: str) -> "pyarrow.Table":
    return pyarrow.Table.from_pylist([{**row, "id": name} for name in names])


def plan(endpoint, out, claimed: Claims) -> Plan:
    return Plan(settings(endpoint), (), output=out, shared=Shared(claims=claimed))


@pytest.fixture(autouse=True)
def at_hand(monkeypatch):
    """The claims are asked in this process and not in an actor's."""
    monkeypatch.setattr(making, "RemoteClaims", lambda shared: shared)


async def test_one_text_in_two_batches_at_once_is_paid_for_once(tmp_path):
    out, _ = output.begin(tmp_path / "out")
    shared, row = Claims(60.0), articles(1)[0]
    with serving(extractive) as endpoint:
        ended = await asyncio.gather(
            told(Making(plan(endpoint, out, shared)), named(row, "one")),
            told(Making(plan(endpoint, out, shared)), named(row, "two", "three")),
        )
    assert [each["outcome"] for rows in ended for each in rows] == ["done"] * 3
    found = written(tmp_path / "out")
    assert sorted(found) == ["one", "three", "two"]
    assert found["one"].summary == found["two"].summary == found["three"].summary
    paid = sum(each["cost"]["requests"] for rows in ended for each in rows)
    assert len(endpoint.requests) == paid == found["one"].provenance.requests


async def test_a_text_that_an_earlier_batch_of_the_run_made_is_taken_from_the_folder(tmp_path):
    out, _ = output.begin(tmp_path / "out")
    shared, row = Claims(60.0), articles(1)[0]
    with serving(extractive) as endpoint:
        await told(Making(plan(endpoint, out, shared)), named(row, "one"))
        asked = len(endpoint.requests)
        later = await told(Making(plan(endpoint, out, shared)), named(row, "two"))
    assert [(each["outcome"], each["cost"]["requests"]) for each in later] == [("done", 0)]
    assert len(endpoint.requests) == asked
    assert sorted(written(tmp_path / "out")) == ["one", "two"]


async def test_what_one_batch_could_not_make_the_next_one_tries(tmp_path):
    out, _ = output.begin(tmp_path / "out")
    shared, row = Claims(60.0), articles(1)[0]
    ended = []
    for script in (refused, extractive):
        with serving(script) as endpoint:
            ended += await told(Making(plan(endpoint, out, shared)), named(row, f"n{len(ended)}"))
    assert [each["outcome"] for each in ended] == ["failed", "done"]


def refused(_):
    from tests.support.endpoint import failure

    return failure(400, "this is not to be answered")


def test_a_text_is_one_batch_s_until_it_lets_go():
    shared = Claims(60.0)
    assert shared.claim(KEY, "a") == ("a", False)
    assert shared.claim(KEY, "b") == ("a", False)
    assert shared.claim(KEY, "a") == ("a", False)
    shared.end(KEY, "b", made=True)
    assert shared.claim(KEY, "b") == ("a", False)
    shared.end(KEY, "a", made=False)
    assert shared.claim(KEY, "b") == ("b", False)
    shared.end(KEY, "b", made=True)
    assert shared.claim(KEY, "a") == ("b", True)


def test_a_batch_that_is_lost_for_good_holds_nobody_up(monkeypatch):
    now = iter([0.0, 59.0, 61.0])
    monkeypatch.setattr(claims.time, "monotonic", lambda: next(now))
    shared = Claims(60.0)
    shared.claim(KEY, "a")
    assert shared.claim(KEY, "b") == ("a", False)
    assert shared.claim(KEY, "b") == ("b", False)
