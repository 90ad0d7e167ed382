"""What tokens cost: prices from the settings, for a model or for all of them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from summarizer.llm.client import Call

__all__ = ["Price", "Tariff", "cost_usd", "price"]


class Price(BaseModel):
    """What a million tokens of one model cost, in US dollars; cached input costs as much as other without a price.

    Attributes:
        batch: what the Batch API takes of these prices, from 0 to 1; None where it takes all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)
    output: float = Field(ge=0)
    batch: float | None = Field(default=None, ge=0, le=1)

    @property
    def in_batch(self) -> "Price":
        """The prices that the Batch API takes."""
        share = 1.0 if self.batch is None else self.batch
        cached = None if self.cached is None else self.cached * share
        return Price(input=self.input * share, cached=cached, output=self.output * share)

    def usd(self, fresh: int, cached: int, written: int) -> float:
        """Return the price of so many tokens: sent anew, sent and found in a cache, received."""
        kept = self.input if self.cached is None else self.cached
        return (fresh * self.input + cached * kept + written * self.output) / 1_000_000


class Tariff(Protocol):
    """The settings that have prices."""

    @property
    def prices(self) -> Mapping[str, Price]:
        """Prices by the model's name at the endpoint."""

    @property
    def input_usd_per_million(self) -> float | None:
        """Of a model without a price of its own."""

    @property
    def cached_usd_per_million(self) -> float | None:
        """Of a model without a price of its own."""

    @property
    def output_usd_per_million(self) -> float | None:
        """Of a model without a price of its own."""


def price(tariff: Tariff, model: str) -> Price | None:
    """Return the price of a model: its own, else the one for all; None where neither is set."""
    if model in tariff.prices:
        return tariff.prices[model]
    fresh, written = tariff.input_usd_per_million, tariff.output_usd_per_million
    if fresh is None or written is None:
        return None
    return Price(input=fresh, cached=tariff.cached_usd_per_million, output=written)


def cost_usd(calls: "Iterable[Call]", tariff: Tariff) -> float | None:
    """Return what calls cost, failed ones too; None where the price of one is not known."""
    costs = [_cost_usd(call, tariff) for call in calls]
    known = [cost for cost in costs if cost is not None]
    return round(sum(known), 6) if len(known) == len(costs) else None


def _cost_usd(call: "Call", tariff: Tariff) -> float | None:
    found = price(tariff, call.asked or call.model)
    fresh = call.input_tokens - call.cached_tokens
    if found is None:
        return None
    return (found.in_batch if call.batch else found).usd(fresh, call.cached_tokens, call.output_tokens)
