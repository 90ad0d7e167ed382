"""Batches from one process's side: opened, articles taken in, one step taken; the next may be another process's."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer import languages
from summarizer.batch.events import Event, Failed
from summarizer.batch.making import Asking
from summarizer.batch.money import Budget
from summarizer.batch.run import run
from summarizer.batch.store import Store
from summarizer.errors import ConfigurationError, StoreError, SummarizerError
from summarizer.later import rounds
from summarizer.later.accounts import Accounts
from summarizer.later.ledger import Ledger
from summarizer.later.rounds import SETTLE_S, Rounds
from summarizer.later.values import Sizes

if TYPE_CHECKING:
    from summarizer.batch.inputs import Input
    from summarizer.config import Settings
    from summarizer.llm.batches import Remote

__all__ = ["Work", "opened"]

#: What fails for one of these is not the article's fault, and goes on with the next step.
_NOT_THE_ARTICLE = (ConfigurationError, StoreError)


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that a step needs.

    Attributes:
        maker: who makes digests.
        ledger: what waits.
        store: what is finished.
        shared: the endpoint's side.
        strict: a digest with a finding of severity ``error`` counts as failed.
    """

    maker: Asking
    ledger: Ledger
    store: Store
    shared: Rounds
    strict: bool = False

    def take_in(self, given: "Iterable[Input]", flags: Mapping[str, Any]) -> "Iterator[tuple[str, SummarizerError]]":
        """Take articles in; yield the name of each that cannot be read, with the reason.

        Args:
            given: the articles.
            flags: how they were submitted, for whoever collects; no key.

        Raises:
            ConfigurationError: other target languages are under way.
            StoreError: another process takes a step with this store.
        """
        with rounds.only_one(self.ledger.path):
            self.ledger.begin(self.maker.to, flags)
            yield from rounds.take_in(self.ledger, self.maker, given)

    async def step(self, sizes: Sizes) -> AsyncGenerator[Event, None]:
        """Take what is there, let every article go as far as it can, and send what it asks; yield what happens.

        Killed anywhere, it loses nothing and pays for nothing twice: the next step goes on.

        Raises:
            ConfigurationError: the settings are others than those of the submission, or there is no Batch API.
            ModelError: the endpoint does not answer, or takes no batch now.
            BudgetError: no batch is under way, and what there is to ask may cost too much.
            StoreError: the store cannot be used, or another process takes a step with it.
        """
        with rounds.only_one(self.ledger.path):
            await rounds.fetch(self.shared)
            articles = rounds.inputs(self.ledger, self.maker)
            how = rounds.desk(self.ledger, "batch", strict=self.strict)
            async with aclosing(run(self.maker, articles, self.store, how)) as events:
                async for event in events:
                    if isinstance(event, Failed) and not isinstance(event.error, _NOT_THE_ARTICLE):
                        self.ledger.fail(event.name, event.error)
                    yield event
            await rounds.send(self.shared, sizes)

    async def look(self) -> "Mapping[str, Remote]":
        """Return how each batch is at the endpoint that is not collected yet, by its tag; nothing is changed."""
        return await rounds.look(self.shared)


@asynccontextmanager
async def opened(
    settings: "Settings",
    to: Iterable[str],
    path: Path,
    budget: Budget | None = None,
    settle_s: float = SETTLE_S,
    *,
    strict: bool = False,
) -> AsyncIterator[Work]:
    """Give the work of one store.

    Args:
        settings: who is asked, and how; those of the submission.
        to: target languages of the briefs; those of the submission.
        path: the store's file.
        budget: what all batches of the store may cost; None for no bound.
        settle_s: seconds after which the endpoint lists a batch that it took.
        strict: as `Work` has it.

    Raises:
        ConfigurationError: the embedded model would be asked, a setting is wrong, or a price is needed and not known.
        StoreError: the store cannot be used.
    """
    from summarizer.llm.batches import Batches
    from summarizer.llm.connect import uses_embedded
    from summarizer.pipeline import Summarizer

    if uses_embedded(settings):
        raise ConfigurationError(
            "the embedded model has no Batch API",
            "set OPENAI_API_KEY, or --base-url of an endpoint that has one, or use summarizer summarize",
        )
    async with Summarizer(settings) as summarizer:
        backend = await asyncio.to_thread(summarizer.connect)
        maker = Asking(summarizer, tuple(dict.fromkeys(languages.checked(code) for code in to)), backend)
        accounts = Accounts(budget or Budget(), settings)
        accounts.budget.check(maker.models, settings)
        async with aclosing(Batches(backend.endpoint, backend.limits)) as batches:
            with Ledger(path) as ledger, Store(path) as store:
                yield Work(maker, ledger, store, Rounds(ledger, batches, accounts, settle_s), strict)
