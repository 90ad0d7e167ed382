"""How far the model's word goes: what is asked again, what is read a second time, and what leaves a line out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from summarizer.article.findings import Finding
from summarizer.article.span import Span

if TYPE_CHECKING:
    from summarizer.config import Settings

__all__ = ["Review", "Trust", "defended", "harm", "open_to"]

Review = Literal["all", "doubts", "none"]


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the model's word goes.

    Attributes:
        high: a line with a doubt is published beside it; otherwise it is left out.
        review: which lines are read a second time.
    """

    high: bool
    review: Review

    @classmethod
    def of(cls, settings: "Settings", *, embedded: bool) -> "Trust":
        """Return what the settings say; where they say nothing, the embedded model is not trusted and others are."""
        high = settings.trust == "high" if settings.trust else not embedded
        return cls(high, settings.review or ("all" if high else "none"))

    def with_orders(self, orders: Sequence[Span]) -> "Trust":
        """Return how far it goes about an article with `orders` to a language model: there a doubt is enough."""
        return replace(self, high=False) if orders else self

    def against(self, findings: Iterable[Finding]) -> Finding | None:
        """Return the finding that leaves a line out: a proof, and where the model is not trusted a doubt too."""
        found = tuple(findings)
        doubt = None if self.high else next((f for f in found if f.doubt), None)
        return next((f for f in found if f.proof), doubt)

    def reads(self, findings: Iterable[Finding]) -> bool:
        """Tell whether a line with these findings is read a second time."""
        return self.review == "all" or (self.review == "doubts" and any(f.doubt for f in findings))


def open_to(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the objections that a line has to answer: proofs, doubts that nobody settled, and the house's own."""
    return tuple(f for f in findings if f.proof or f.doubt or f.house)


def defended(findings: Iterable[Finding], reason: str) -> tuple[Finding, ...]:
    """Return the findings of a line that the model lets stand, with its reason beside each doubt or house rule."""
    told = f" (the model lets it stand: {reason})" if reason else ""
    return tuple(replace(f, message=f.message + told) if f.doubt or f.house else f for f in findings)


def harm(findings: Iterable[Finding]) -> tuple[int, int, int]:
    """Return how bad a line is: the number of proofs against it, then of doubts, then of what the house forbids."""
    found = tuple(findings)
    return sum(f.proof for f in found), sum(f.doubt for f in found), sum(f.house for f in found)
