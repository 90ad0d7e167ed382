"""What batches cost and may cost: the most that they can until they are over, then what the endpoint counted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.batch.money import Budget, Held
from summarizer.errors import BudgetError
from summarizer.later.lines import Told
from summarizer.llm.prices import Price, Tariff, price

__all__ = ["Accounts"]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Reckons by the prices of batches.

    Attributes:
        budget: what all batches of a store may cost.
        tariff: the settings with the prices.
    """

    budget: Budget
    tariff: Tariff

    def most(self, model: str, line: str) -> Held:
        """Return the most that a line of a batch can cost.

        Args:
            model: who is asked.
            line: from `lines.request`.
        """
        return Held.of(json.loads(line)["body"], self._price(model))

    def paid(self, model: str, answers: Iterable[Told]) -> Held:
        """Return what answers cost by the usage that they state; of several to one request one counts.

        Args:
            model: who was asked.
            answers: of one batch.
        """
        taken = {each.id: _usage(each.said) for each in answers if 200 <= each.status < 300}
        known = self._price(model)
        usd = (
            sum(known.usd(sent - cached, cached, written) for sent, cached, written in taken.values()) if known else 0
        )
        return Held(sum(sent + written for sent, _, written in taken.values()), float(usd))

    def fits(self, spent: Held, more: Held) -> bool:
        """Tell whether so much more can be spent."""
        most_usd, most = self.budget.max_usd, self.budget.max_tokens
        dear = most_usd is not None and spent.usd + more.usd > most_usd
        return not dear and (most is None or spent.tokens + more.tokens <= most)

    def refusal(self, spent: Held, unsent: int) -> BudgetError:
        """Return that questions are not sent."""
        usd = "" if self.budget.max_usd is None else f", {spent.usd:.4f} USD"
        return BudgetError(
            f"the limit of {self.budget} would not hold: {spent.tokens:,} tokens{usd} are spent, "
            f"and {unsent:,} questions are not sent",
            "what was paid for is kept: collect again with a higher --max-cost or --max-tokens",
        )

    def _price(self, model: str) -> Price | None:
        known = price(self.tariff, model)
        return known and known.in_batch


def _usage(said: str) -> tuple[int, int, int]:
    """Return the tokens of an answer: sent, found in a cache, received; 0 where it does not say."""
    body = json.loads(said)
    usage = body.get("usage") if isinstance(body, dict) else None
    if not isinstance(usage, dict):
        return 0, 0, 0
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return _count(usage.get("prompt_tokens")), _count(cached), _count(usage.get("completion_tokens"))


def _count(told: object) -> int:
    return told if type(told) is int and told > 0 else 0
