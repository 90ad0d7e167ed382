"""How an article of a run ended, and what of that may be published."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.batch.money import Cost
from summarizer.errors import GroundingError, ModelError, SummarizerError

if TYPE_CHECKING:
    from summarizer.digest import Digest

__all__ = ["Outcome", "is_whole", "published"]

#: The finding of a digest that lacks a brief: it is handed out, and not whole.
_MISSING = "brief.missing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an article ended: with a digest, an error, both (a brief is missing), or neither (it had no turn)."""

    digest: "Digest | None" = None
    error: SummarizerError | None = None
    cost: Cost = field(default_factory=Cost)
    cached: bool = False


def is_whole(digest: "Digest") -> bool:
    """Tell whether a digest has every brief that was wanted."""
    return not any(f.code == _MISSING for f in digest.findings)


def published(outcome: Outcome, *, strict: bool) -> Outcome:
    """Return an outcome as it may be published: not without a brief in silence, and in strict mode not wrong."""
    if outcome.digest is None or outcome.error is not None:
        return outcome
    findings = outcome.digest.findings
    gone = [f.message for f in findings if f.code == _MISSING]
    wrong = [f.code for f in findings if f.severity == "error"]
    if strict and wrong:
        told = f"{len(wrong)} findings of severity error: {', '.join(dict.fromkeys(wrong))}"
        return replace(outcome, digest=None, error=GroundingError(told))
    return replace(outcome, error=ModelError("; ".join(gone))) if gone else outcome
