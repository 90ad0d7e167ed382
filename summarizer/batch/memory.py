"""What the endpoints of a run asked for, kept in the store: a pause, and the dialect they speak."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from summarizer.errors import StoreError, SummarizerError
from summarizer.llm import Dialect

if TYPE_CHECKING:
    from summarizer.batch.store import Store
    from summarizer.llm.client import Client

__all__ = ["Memory"]


class Memory:
    """Keeps what endpoints ask for as soon as they do, and keeps to what they asked an earlier process for.

    Args:
        store: where it is kept.
        clients: who asks them; none where the rules alone are at work.
        told: called when an endpoint asks for a pause.
    """

    def __init__(self, store: "Store", clients: "Sequence[Client]", told: Callable[[], None]) -> None:
        self._store = store
        self._clients = clients
        self._told = told
        self._kept: dict[str, Dialect] = {}

    def recall(self) -> None:
        """Keep to what the store knows.

        Raises:
            StoreError: it cannot be read.
        """
        for client in self._clients:
            model = client.endpoint.model
            known = self._store.learned(client.endpoint.label, model)
            if known.dialect is not None and client.learned.dialect == Dialect():
                with suppress(TypeError, ValueError):  # of another version: it is learned anew
                    client.learned.dialect = _dialect(known.dialect)
            client.pace.not_before = known.not_before
            client.pace.on_pause = partial(self._pause, client)
            self._kept[model] = client.learned.dialect

    def note(self) -> None:
        """Keep the dialects, where something was learned."""
        for client in self._clients:
            if self._kept.get(client.endpoint.model) != client.learned.dialect:
                self._keep(client, 0.0)

    def forget(self) -> None:
        """Listen no more: the run is over, and its store closed."""
        for client in self._clients:
            client.pace.on_pause = None

    @property
    def stopped(self) -> SummarizerError | None:
        """Why it makes no sense to ask any more; None where it does."""
        return next((c.pace.stopped for c in self._clients if c.pace.stopped is not None), None)

    @property
    def paused_s(self) -> float:
        """Seconds until the pauses that endpoints asked for are over."""
        return max((c.pace.not_before - time.time() for c in self._clients), default=0.0)

    def _pause(self, client: "Client", not_before: float) -> None:
        self._keep(client, not_before)
        self._told()

    def _keep(self, client: "Client", not_before: float) -> None:
        dialect = client.learned.dialect
        shown = {**asdict(dialect), "refused": sorted(dialect.refused)}
        with suppress(StoreError):  # a store that is full or locked is met where something is paid for
            self._store.learn(client.endpoint.label, client.endpoint.model, not_before, shown)
            self._kept[client.endpoint.model] = dialect


def _dialect(known: Mapping[str, Any]) -> Dialect:
    return Dialect(**{**known, "refused": frozenset(known["refused"])})
