import asyncio
import gc
import warnings
from contextlib import suppress

import pytest

from summarizer.ask.gather import both, gather


async def test_results_come_in_order():
    async def late(value, seconds):
        await asyncio.sleep(seconds)
        return value

    assert await gather([late(1, 0.02), late(2, 0), late(3, 0.01)]) == [1, 2, 3]


async def test_the_first_failure_is_raised_as_it_is_and_ends_the_others():
    ended = []

    async def long():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def failing():
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await gather([long(), failing()])
    assert ended == [True]


async def test_work_that_is_cancelled_before_it_began_is_closed():
    async def work():
        await asyncio.sleep(0)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        task = asyncio.ensure_future(both(work(), work()))
        await asyncio.sleep(0)
        for each in asyncio.all_tasks() - {task, asyncio.current_task()}:
            each.cancel()
        with suppress(asyncio.CancelledError):
            await task
        gc.collect()
    assert [str(each.message) for each in told] == []
