"""The results of a run in its store: what is there already, what is kept of each article, whose turn it is."""

import asyncio
import weakref
from typing import TYPE_CHECKING

from summarizer.batch.desk import Desk
from summarizer.batch.outcome import Outcome, is_whole
from summarizer.errors import AwaitedError, ModelError, SummarizerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summarizer.article import Article
    from summarizer.batch.store import Store
    from summarizer.digest import Digest

__all__ = ["Results"]


class Results:
    """Keeps results under the number of this run.

    Args:
        store: where they are kept.
        force: whether what earlier runs kept counts for nothing.
    """

    def __init__(self, store: "Store", *, force: bool) -> None:
        self.store = store
        self._force = force
        self._made_anew: set[str] = set()
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._run = 0

    def begin(self, command: str, settings: "Mapping[str, object]") -> None:
        """Begin a run, as the list of runs shows it."""
        self._run = self.store.begin(command, settings)

    def end(self, outcome: str) -> None:
        """End it: ``done`` or ``stopped``."""
        self.store.end(self._run, outcome)

    def lock(self, key: str) -> asyncio.Lock:
        """Return what lets one article of a text go at a time: the second one finds the first one's digest."""
        lock = self._locks.get(key) or asyncio.Lock()
        self._locks[key] = lock
        return lock

    def claim(self, key: str) -> bool:
        """Take an article, unless another run on this store is at it."""
        return self.store.claim(key, self._run, force=self._force)

    def release(self, key: str) -> None:
        """Let go of an article; what is kept of it in parts stays."""
        self.store.release(key, self._run)

    def digest(self, name: str, article: "Article", key: str) -> "Digest | None":
        """Return the digest that the store has, as this input's: the same text may come from elsewhere."""
        anew = self._force and key not in self._made_anew
        digest = None if anew else self.store.result(key)
        if digest is None:
            return None
        self.store.reuse(key, self._run, name)
        place = {"source": article.source, "url": article.url, "author": article.author}
        mine = digest.article.model_copy(update=place)
        return digest.model_copy(update={"article": mine})

    def keep(self, name: str, key: str, desk: Desk, made: Outcome) -> None:
        """Keep how an article ended, and let go of it."""
        if made.digest is not None and is_whole(made.digest):
            self.store.finish(key, self._run, name, made.digest, desk.calls, cost_usd=desk.cost.usd)
            if self._force:
                self._made_anew.add(key)  # the same text once more is not asked for again
            return
        if isinstance(made.error, AwaitedError):
            self.release(key)  # nothing failed, and its stages stay
            return
        error = made.error or ModelError("a brief is missing")
        self.store.fail(key, self._run, name, error, desk.calls, cost_usd=desk.cost.usd)

    def fail(self, name: str, error: SummarizerError) -> None:
        """Keep why an article could not be read."""
        self.store.fail(None, self._run, name, error)
