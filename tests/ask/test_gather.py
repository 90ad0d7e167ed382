import asyncio

import pytest

from summarizer.ask.gather import gather


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
