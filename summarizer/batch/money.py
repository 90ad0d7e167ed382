"""What a run costs, and what it may cost: the next call is not sent where it could exceed that."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summarizer.errors import BudgetError, ConfigurationError
from summarizer.llm.prices import Price, Tariff, cost_usd, price
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.llm.client import Call

__all__ = ["Budget", "Cost", "Held", "Purse", "Slip"]

#: A request's answer is bounded by one of these fields of its body; without a bound so many tokens are reckoned with.
_LIMITS = ("max_completion_tokens", "max_tokens")
_UNBOUNDED_TOKENS = 8_192


@dataclass(frozen=True, slots=True)
class Cost:
    """What calls took, failed ones too.

    Attributes:
        requests: requests sent.
        input_tokens: tokens sent; `cached_tokens` of them came from a cache.
        output_tokens: tokens received, hidden ones included.
        usd: US dollars; None where the price of a model is not known.
    """

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = 0.0

    @classmethod
    def of(cls, calls: "Iterable[Call]", tariff: Tariff) -> "Cost":
        """Return what calls cost by the prices of the settings."""
        listed = tuple(calls)
        return cls(
            requests=sum(c.requests for c in listed),
            input_tokens=sum(c.input_tokens for c in listed),
            cached_tokens=sum(c.cached_tokens for c in listed),
            output_tokens=sum(c.output_tokens for c in listed),
            usd=cost_usd(listed, tariff),
        )

    @property
    def tokens(self) -> int:
        """Tokens sent and received."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            requests=self.requests + other.requests,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            usd=None if self.usd is None or other.usd is None else round(self.usd + other.usd, 6),
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may cost.

    Attributes:
        max_usd: US dollars at most; None for no bound.
        max_tokens: tokens sent and received at most; None for no bound.
    """

    max_usd: float | None = None
    max_tokens: int | None = None

    @property
    def bounded(self) -> bool:
        """Whether there is a bound at all."""
        return self.max_usd is not None or self.max_tokens is not None

    def __str__(self) -> str:
        """Return the bounds in words."""
        usd = [] if self.max_usd is None else [f"{self.max_usd:g} USD"]
        most = [] if self.max_tokens is None else [f"{self.max_tokens:,} tokens"]
        return " and ".join(usd + most)

    def check(self, models: Iterable[str], tariff: Tariff) -> None:
        """Refuse a bound in dollars where the price of a model is not known.

        Raises:
            ConfigurationError: with the setting to add.
        """
        unknown = [] if self.max_usd is None else [m for m in models if price(tariff, m) is None]
        if unknown:
            raise ConfigurationError(
                f"--max-cost needs to know what {unknown[0]!r} costs",
                f'set input and output under [prices."{unknown[0]}"] in the settings file, or use --max-tokens',
            )


@dataclass(slots=True, eq=False)
class Slip:
    """What one question's requests can cost, from the first one to its end.

    Attributes:
        tokens: set aside for it.
        usd: set aside for it.
        waits: whether it waits for others to take less than they could.
    """

    tokens: int = 0
    usd: float = 0.0
    waits: bool = False


@dataclass(slots=True)
class Purse:
    """What is left of a budget, for everything under way at once; used by one event loop.

    A request is reckoned at what it can cost at most until it is known what it did cost.

    Attributes:
        budget: what may be spent.
        tariff: the settings with the prices.
        spent: what was.
    """

    budget: Budget
    tariff: Tariff
    spent: Cost = field(default_factory=Cost)
    _open: set[Slip] = field(default_factory=set)
    _settled: asyncio.Event = field(default_factory=asyncio.Event)

    async def hold(self, slip: Slip, model: str, body: Mapping[str, Any]) -> None:
        """Set aside what a request can cost; wait where others under way may leave enough.

        Args:
            slip: the question's.
            model: who is asked.
            body: the request as it is sent.

        Raises:
            BudgetError: it would be more than is left.
        """
        if self.budget.bounded:
            await self.set_aside(slip, Held.of(body, price(self.tariff, model)))

    async def set_aside(self, slip: Slip, held: "Held") -> None:
        """Set aside so much, as `hold`.

        Raises:
            BudgetError: it would be more than is left.
        """
        self._open.add(slip)
        while self._lacks(held):
            slip.waits = True
            if all(each.waits for each in self._open):
                raise self._refusal(held)
            await self._settled.wait()
        slip.waits = False
        slip.tokens += held.tokens
        slip.usd += held.usd

    def settle(self, slip: Slip, cost: Cost) -> None:
        """Count what a question cost in place of what it could have cost."""
        self.spent += cost
        self._open.discard(slip)
        self._settled.set()
        self._settled.clear()

    def _lacks(self, held: "Held") -> bool:
        usd = (self.spent.usd or 0.0) + sum(each.usd for each in self._open) + held.usd
        used = self.spent.tokens + sum(each.tokens for each in self._open) + held.tokens
        most_usd, most = self.budget.max_usd, self.budget.max_tokens
        return (most_usd is not None and usd > most_usd) or (most is not None and used > most)

    def _refusal(self, held: "Held") -> BudgetError:
        spent = f"{self.spent.tokens:,} tokens"
        next_one = f"{held.tokens:,} tokens"
        if self.budget.max_usd is not None:
            spent, next_one = f"{spent}, {self.spent.usd or 0.0:.4f} USD", f"{next_one}, {held.usd:.4f} USD"
        return BudgetError(
            f"the limit of {self.budget} would not hold: {spent} are spent, the next request could take {next_one}",
            "what was paid for is kept: go on with the same command and a higher limit",
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What a request can cost at most: its text reckoned from above, its answer as long as it may be."""

    tokens: int
    usd: float

    @classmethod
    def of(cls, body: Mapping[str, Any], known: Price | None) -> "Held":
        """Return the most that a request can cost; `usd` is 0 where the price is not known."""
        sent = sum(tokens(str(value)) for name, value in body.items() if name not in _LIMITS)
        written = next((int(body[name]) for name in _LIMITS if body.get(name)), _UNBOUNDED_TOKENS)
        return cls(sent + written, known.usd(sent, 0, written) if known else 0.0)
