import asyncio
import threading
from concurrent.futures import CancelledError

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


def test_what_was_begun_ends_its_own_helpers():
    begun, release, told = threading.Event(), asyncio.Event(), []

    async def helper() -> None:
        try:
            await release.wait()
        except asyncio.CancelledError:
            told.append("the helper was cancelled by somebody else")
            raise
        told.append("the helper ended")

    async def work() -> None:
        task = asyncio.create_task(helper())
        await asyncio.sleep(0)
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            release.set()
            await task

    def call() -> None:
        with pytest.raises(CancelledError):
            background.run(work())

    background = Background()
    caller = threading.Thread(target=call)
    caller.start()
    assert begun.wait(10)
    background.close()
    caller.join()
    assert told == ["the helper ended"]


async def test_it_works_inside_a_running_loop():
    background = Background()
    assert background.run(here())[1] != id(asyncio.get_running_loop())
    background.close()
