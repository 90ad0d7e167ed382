"""The embedded model on many machines: one server a node, started once and asked by the workers there."""

from collections.abc import Mapping
from typing import Any

from summarizer.config import Settings
from summarizer.llm import connect
from summarizer.llm.connect import Backend
from summarizer.ray.cluster import need_ray

__all__ = ["here", "hosts"]


class Host:
    """Fetches and starts the embedded model where it runs; the server ends with it.

    Args:
        settings: name the model.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._backend: Backend | None = None

    def parts(self) -> tuple[Any, ...]:
        """Return who answers, the limits for it and the seconds for an article: what other processes here can use.

        Raises:
            ConfigurationError: the extra ``[local]`` is not installed on this node.
            ModelUnavailableError: the model could not be fetched or started.
        """
        self._backend = made = self._backend or connect.backend(self._settings, _silent)
        return made.endpoint, made.limits, made.article_timeout_s


def hosts(settings: Settings) -> Mapping[str, Any]:
    """Return a handle on a `Host` for each node of the cluster, by the node's id; they end with this process.

    Args:
        settings: name the model.
    """
    ray = need_ray()
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    actor = ray.remote(num_cpus=0)(Host)
    nodes = [node["NodeID"] for node in ray.nodes() if node["Alive"]]
    there = {node: NodeAffinitySchedulingStrategy(node_id=node, soft=False) for node in nodes}
    return {node: actor.options(scheduling_strategy=where).remote(settings) for node, where in there.items()}


def here(running: Mapping[str, Any]) -> Backend | None:
    """Return the server of this node; None where it has none: it joined after the run began.

    Args:
        running: from `hosts`.

    Raises:
        SummarizerError: as `Host.parts`.
    """
    ray = need_ray()
    actor = running.get(ray.get_runtime_context().get_node_id())
    if actor is None:
        return None
    try:
        return Backend(*ray.get(actor.parts.remote()))
    except ray.exceptions.RayTaskError as error:
        raise error.cause from None


def _silent(message: str, done: int, total: int) -> None:
    """Say nothing: nobody looks at a node's terminal."""
