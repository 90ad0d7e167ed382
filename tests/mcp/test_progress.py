"""Progress in order, and work that is over when its caller goes."""

import asyncio
import threading

import anyio
import pytest

from summarizer.mcp.progress import Progress, ended


async def test_messages_come_in_order_from_any_thread_and_the_same_one_twice_in_a_row_once():
    sent, last = [], asyncio.Event()

    async def send(done, total, message):
        sent.append((done, total, message))
        if message == "end":
            last.set()

    async with Progress(send) as progress:
        for message in ("a", "a", "b"):
            progress.tell(message)
        thread = threading.Thread(target=lambda: [progress.tell(each) for each in ("b", "a", "end")])
        thread.start()
        await asyncio.wait_for(last.wait(), 30)
        thread.join()
    assert sent == [(1, None, "a"), (2, None, "b"), (3, None, "a"), (4, None, "end")]


async def test_a_client_that_went_away_is_no_failure_of_the_call():
    tried = asyncio.Event()

    async def send(*_):
        tried.set()
        raise BrokenPipeError

    async with Progress(send) as progress:
        progress.tell("a")
        await asyncio.wait_for(tried.wait(), 30)
        progress.tell("b")


async def test_work_that_is_cancelled_is_over_before_its_caller_goes_on():
    steps = []

    async def work():
        try:
            await asyncio.sleep(60)
        finally:
            for step in range(3):
                await asyncio.sleep(0.01)
                steps.append(step)

    with anyio.CancelScope() as scope:
        asyncio.get_running_loop().call_later(0.01, scope.cancel)
        await ended(work())
    assert scope.cancelled_caught
    assert steps == [0, 1, 2]


async def test_what_work_gives_or_raises_is_given_or_raised():
    async def work(value):
        await asyncio.sleep(0)
        if value is None:
            raise ValueError("nothing")
        return value

    assert await ended(work(3)) == 3
    with pytest.raises(ValueError, match="nothing"):
        await ended(work(None))
