import asyncio

import pytest

from summarizer.config import Settings
from summarizer.errors import ModelUnavailableError
from summarizer.llm import Endpoint, Limits, connect
from summarizer.llm.limit import Limit, LocalGate, PerMinute
from summarizer.llm.pace import Pace


def test_requests_are_spaced_evenly_and_nothing_is_saved_up():
    limit = Limit(PerMinute(requests=600))
    assert [round(limit.wait(1, 0.0, 0.0), 6) for _ in range(4)] == [0.0, 0.1, 0.2, 0.3]
    assert limit.wait(1, 0.0, 60.0) == 0.0
    assert limit.wait(1, 0.0, 60.0) == pytest.approx(0.1)


def test_a_large_request_keeps_the_next_one_waiting_for_its_tokens():
    limit = Limit(PerMinute(requests=600, tokens=60_000))
    assert limit.wait(5_000, 0.0, 0.0) == 0.0
    assert limit.wait(10, 0.0, 0.0) == pytest.approx(5.0)
    assert limit.wait(10, 0.0, 0.0) == pytest.approx(5.1)


def test_a_pause_that_one_is_asked_for_holds_for_all():
    limit = Limit(PerMinute(requests=60))
    assert limit.wait(1, 20.0, 0.0) == 20.0
    assert limit.wait(1, 0.0, 0.0) == 21.0


def test_only_a_bound_makes_a_gate():
    plain = {"base_url": "http://127.0.0.1:9/v1", "model": "m"}
    assert connect.backend(Settings(**plain), _silent).gate is None
    bounded = connect.backend(Settings(**plain, requests_per_minute=5.0), _silent)
    assert isinstance(bounded.gate, LocalGate)
    assert bounded.reader("other").gate is bounded.gate


async def test_no_more_requests_pass_than_the_limit_gives():
    pace = Pace(Endpoint("http://127.0.0.1:9/v1", "m", None, concurrency=8), Limits(), LocalGate(PerMinute(1_200)))
    sent = []

    async def one(number):
        async with pace.turn(number, 10) as turn:
            sent.append(turn.sent_at)

    await asyncio.gather(*map(one, range(8)))
    sent.sort()
    assert sent[-1] - sent[0] >= 7 * 0.05 - 0.02


async def test_who_waits_at_the_gate_when_a_long_pause_comes_is_told_so():
    pace = Pace(Endpoint("http://127.0.0.1:9/v1", "m", None), Limits(patience_s=1.0), LocalGate(PerMinute(1_200)))

    async def one():
        async with pace.turn(0, 10):
            pass

    await one()
    waiting = asyncio.create_task(one())
    await asyncio.sleep(0.01)
    pace._pause(60.0, asyncio.get_running_loop().time())
    with pytest.raises(ModelUnavailableError, match="takes nothing for another"):
        await waiting


def _silent(*_: object) -> None:
    pass
