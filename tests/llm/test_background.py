import asyncio
import threading

import pytest

from summarizer.llm.background import Background


async def here() -> tuple[str, int]:
    await asyncio.sleep(0)
    return threading.current_thread().name, id(asyncio.get_running_loop())


def test_all_work_runs_in_one_loop_of_its_own_thread():
    background = Background()
    try:
        first, second = background.run(here()), background.run(here())
    finally:
        background.close()
    assert first == second
    assert first[0] != threading.current_thread().name
    background.close()


def test_an_error_is_the_callers():
    async def failing() -> None:
        raise LookupError("gone")

    background = Background()
    with pytest.raises(LookupError, match="gone"):
        background.run(failing())
    background.close()


def test_what_is_under_way_at_the_end_is_cancelled_and_waited_for():
    ended = []

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("cancelled")

    async def start() -> None:
        tasks.add(asyncio.create_task(long()))
        await asyncio.sleep(0)

    tasks: set[asyncio.Task[None]] = set()
    background = Background()
    background.run(start())
    background.close()
    assert ended == ["cancelled"]
    assert not [t for t in threading.enumerate() if t.name == "summarizer"]


async def test_it_works_inside_a_running_loop():
    background = Background()
    assert background.run(here())[1] != id(asyncio.get_running_loop())
    background.close()
