"""What a run may cost, for the workers of all machines: an actor that each request is asked of first."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from summarizer.batch.money import Budget, Cost, Held, Purse, Slip
from summarizer.errors import BudgetError
from summarizer.llm.prices import Tariff, price
from summarizer.ray.cluster import need_ray

__all__ = ["Purses", "RemotePurse"]

#: Whoever waits for others to take less than they could looks so often whether some of them are lost.
_LOOK_S = 10.0
_LOST = (
    "the process that counted what was spent is lost, and nobody knows how much is left",
    "what was paid for is kept: give the same command again, with what you want to spend from now on",
)


class Purses:
    """The purse of a run, and what its workers have set aside.

    What a lost worker had set aside counts as spent: its requests were on their way.

    Args:
        budget: what may be spent.
        tariff: the settings with the prices.
        patience_s: so long a worker may have something set aside; after that it is lost for good.
    """

    def __init__(self, budget: Budget, tariff: Tariff, patience_s: float) -> None:
        self._purse = Purse(budget, tariff)
        self._patience_s = patience_s
        self._slips: dict[tuple[str, int], tuple[Slip, float]] = {}

    def begin(self, worker: str) -> None:
        """Count what an earlier process of a worker had set aside as spent."""
        self._forfeit([each for each in self._slips if each[0] == worker])

    async def hold(self, slip: tuple[str, int], held: Held) -> tuple[str, str] | None:
        """Set aside what a request can cost; where too little is left, return a `BudgetError`'s words and advice."""
        known, _ = self._slips.setdefault(slip, (Slip(), time.monotonic()))
        while True:
            try:
                await asyncio.wait_for(self._purse.set_aside(known, held), _LOOK_S)
            except TimeoutError:
                old = time.monotonic() - self._patience_s
                self._forfeit([each for each, (_, since) in self._slips.items() if since < old and each != slip])
            except BudgetError as error:
                return error.said, error.advice
            else:
                return None

    def settle(self, slip: tuple[str, int], cost: Cost) -> None:
        """Count what a question cost in place of what it could have cost."""
        known, _ = self._slips.pop(slip, (Slip(), 0.0))
        self._purse.settle(known, cost)

    def _forfeit(self, lost: list[tuple[str, int]]) -> None:
        for each in lost:
            slip, _ = self._slips.pop(each)
            self._purse.settle(slip, Cost(input_tokens=slip.tokens, usd=slip.usd))


class RemotePurse(Purse):
    """The purse of one worker: it asks the actor, and knows what this worker has spent.

    Args:
        budget: what may be spent by all.
        tariff: the settings with the prices.
        actor: a handle on `Purses`.
    """

    def __init__(self, budget: Budget, tariff: Tariff, actor: Any) -> None:
        super().__init__(budget, tariff)
        self._actor = actor
        self._worker = str(need_ray().get_runtime_context().get_actor_id())
        self._numbers: dict[Slip, int] = {}
        self._last = 0
        actor.begin.remote(self._worker)

    async def hold(self, slip: Slip, model: str, body: Mapping[str, Any]) -> None:
        """Have set aside what a request can cost, as `Purse.hold`.

        Raises:
            BudgetError: it would be more than is left, or nobody knows any more how much is left.
        """
        if slip not in self._numbers:
            self._last += 1
            self._numbers[slip] = self._last
        held = Held.of(body, price(self.tariff, model))
        try:
            refused = await self._actor.hold.remote(self._named(slip), held)
        except need_ray().exceptions.RayError:
            refused = _LOST
        if refused is not None:
            raise BudgetError(*refused)

    def settle(self, slip: Slip, cost: Cost) -> None:
        """Count what a question cost in place of what it could have cost."""
        super().settle(slip, cost)
        self._actor.settle.remote(self._named(slip), cost)
        self._numbers.pop(slip, None)

    def _named(self, slip: Slip) -> tuple[str, int]:
        return self._worker, self._numbers.get(slip, 0)
