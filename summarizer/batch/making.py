"""Who makes the digests of a run: a model, or the rules alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from summarizer import rules_only

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch.desk import Desk
    from summarizer.config import Settings
    from summarizer.digest import Digest
    from summarizer.llm.client import Client
    from summarizer.llm.connect import Backend
    from summarizer.pipeline import Summarizer

__all__ = ["Asking", "Maker", "Ruling"]


class Maker(Protocol):
    """Makes digests, one after the other or at once."""

    @property
    def settings(self) -> "Settings":
        """The settings it goes by."""

    @property
    def concurrency(self) -> int:
        """How many articles it takes at once."""

    @property
    def models(self) -> tuple[str, ...]:
        """The models that are asked."""

    def clients(self) -> "tuple[Client, ...]":
        """Return who asks in the running event loop."""

    def key(self, article: "Article") -> str | None:
        """Return what the store knows the article's digest by; None where it is not worth keeping."""

    async def make(self, article: "Article", desk: "Desk | None") -> "Digest":
        """Return the digest of an article.

        Raises:
            SummarizerError: there is none.
        """


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks a model.

    Attributes:
        summarizer: who does it.
        to: target languages of the briefs.
        backend: who answers.
    """

    summarizer: "Summarizer"
    to: Sequence[str]
    backend: "Backend"

    @property
    def settings(self) -> "Settings":
        """The settings of the summarizer."""
        return self.summarizer.settings

    @property
    def concurrency(self) -> int:
        """As many articles as questions."""
        return self.backend.endpoint.concurrency

    @property
    def models(self) -> tuple[str, ...]:
        """Who writes, and who reads a second time where that is another."""
        reader = self.settings.review_model
        return (self.backend.endpoint.model, *([reader] if reader is not None else []))

    def clients(self) -> "tuple[Client, ...]":
        """Return those of the summarizer."""
        return self.summarizer.clients()

    def key(self, article: "Article") -> str:
        """Return the hash of everything that decides the digest."""
        from summarizer.batch import keys

        return keys.key(article, self.to, self.settings, self.backend.endpoint, self.summarizer.house)

    async def make(self, article: "Article", desk: "Desk | None") -> "Digest":
        """Return the digest of an article, as `Summarizer.summarize`."""
        return await self.summarizer.summarize(article, self.to, desk)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Asks nobody: figures and quotes by the rules. It costs nothing and is made anew faster than looked up."""

    settings: "Settings"

    @property
    def concurrency(self) -> int:
        """One: it never waits."""
        return 1

    @property
    def models(self) -> tuple[str, ...]:
        """None."""
        return ()

    def clients(self) -> "tuple[Client, ...]":
        """Nobody asks."""
        return ()

    def key(self, article: "Article") -> str | None:  # noqa: ARG002 - as `Maker` has it
        """Return that it is not worth keeping."""
        return None

    async def make(self, article: "Article", desk: "Desk | None") -> "Digest":  # noqa: ARG002 - as `Maker` has it
        """Return what the rules alone can say."""
        return rules_only.digest(article, self.settings)
