"""Several questions at once; the first failure ends the others."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

__all__ = ["both", "gather"]

T = TypeVar("T")
U = TypeVar("U")


async def gather(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return the results in order.

    Raises:
        BaseException: the first failure, as it was raised; what was still under way is cancelled first, so
            that nothing goes on spending behind the caller's back.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def both(one: Coroutine[Any, Any, T], other: Coroutine[Any, Any, U]) -> tuple[T, U]:
    """Return the results of two different pieces of work.

    Raises:
        BaseException: as `gather`.
    """
    # themselves, not inside another coroutine: that one, cancelled before it began, would leave them open
    work: tuple[Coroutine[Any, Any, Any], ...] = (one, other)
    first, second = await gather(work)
    return first, second
