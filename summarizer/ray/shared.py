"""What the workers of a run share: small actors that each of them asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summarizer.batch.money import Budget
from summarizer.config import Settings
from summarizer.llm import connect
from summarizer.llm.limit import PerMinute
from summarizer.ray import host
from summarizer.ray.claims import Claims
from summarizer.ray.cluster import need_ray
from summarizer.ray.gate import Turns
from summarizer.ray.purse import Purses

__all__ = ["Shared", "begun"]


@dataclass(frozen=True, slots=True)
class Shared:
    """Handles on actors; they end with the last handle.

    Attributes:
        gate: `Turns`, which keep the limit; None for no limit.
        claims: `Claims`, which know what batch has a text made; None where nothing is kept.
        purse: `Purses`, which know what is left of a budget; None for no budget.
        hosts: `Host`, the embedded model of each node; empty where an endpoint answers.
    """

    gate: Any = None
    claims: Any = None
    purse: Any = None
    hosts: Mapping[str, Any] = field(default_factory=dict)


def begun(settings: Settings, budget: Budget, name: str, *, kept: bool) -> Shared:
    """Return new actors for a run.

    Args:
        settings: with limits and prices.
        budget: what the run may cost.
        name: the run's, as the cluster lists its actors.
        kept: whether digests are kept in a folder.
    """
    per_minute, patience_s = PerMinute.of(settings), settings.article_timeout_s
    return Shared(
        gate=_actor(Turns, f"{name}-limit", per_minute) if per_minute.bounded else None,
        claims=_actor(Claims, f"{name}-claims", patience_s) if kept else None,
        # one that was started anew would know nothing of what was spent
        purse=_actor(Purses, f"{name}-purse", budget, settings, patience_s, restarts=0) if budget.bounded else None,
        hosts=host.hosts(settings) if connect.uses_embedded(settings) else {},
    )


def _actor(kind: type, name: str, *given: Any, restarts: int = -1) -> Any:
    """Return a handle on an actor that Ray starts anew where its process is lost, -1 for any number of times."""
    lasting = need_ray().remote(num_cpus=0, max_restarts=restarts, max_task_retries=restarts)(kind)
    return lasting.options(name=name, namespace="summarizer").remote(*given)
