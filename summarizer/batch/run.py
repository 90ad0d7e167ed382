"""A run: many articles at once, from the store or anew, until all had their turn or it makes no sense to go on."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from summarizer.batch.desk import Desk
from summarizer.batch.ends import Ends
from summarizer.batch.events import Asked, Counts, Ended, Event, Failed, Finished, Started, Waiting
from summarizer.batch.memory import Memory
from summarizer.batch.money import Budget, Purse
from summarizer.batch.outcome import Outcome, published
from summarizer.batch.results import Results
from summarizer.batch.turns import Turns
from summarizer.errors import (
    AwaitedError,
    BudgetError,
    ConfigurationError,
    ContextWindowError,
    ModelRejectedError,
    ModelUnavailableError,
    StoreError,
    SummarizerError,
    reported,
)

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch.inputs import Input
    from summarizer.batch.making import Maker
    from summarizer.batch.store import Store
    from summarizer.llm.client import Call

__all__ = ["Options", "run"]

#: So many articles in a row that fail for one of these reasons, and nobody answered in between: others will, too.
_ENOUGH = 3
_LASTING = (ModelRejectedError, ModelUnavailableError)
#: A question that ends with one of these may be taken later: it costs nothing to ask again.
_TAKEN_LATER = frozenset({ModelUnavailableError.__name__, ModelRejectedError.__name__})
#: The same for every article, whatever it says.
_FOR_ALL = (ConfigurationError, StoreError, BudgetError)
#: Seconds between two looks at what another process does.
LOOK_S = 1.0
#: An endpoint that wants a longer pause is better asked in another run.
_LONGEST_PAUSE_S = 3_600.0
#: Ends of articles that wait for the caller, for each article under way.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes.

    Attributes:
        concurrency: articles at once; None for as many as the endpoint is asked questions.
        force: ask for everything anew, whatever the store has.
        strict: a digest with a finding of severity ``error`` counts as failed and is not handed out.
        budget: what it may cost.
        purse: what is left for this run and others together; in place of a budget of its own.
        total: how many articles there are, where it is known.
        command: what the list of runs shows.
        in_order: hand the articles' ends out in the order of the inputs; a slow one holds the others up.
        stop: set by the caller to take no further article and finish what is under way.
        desk: makes the desk of each article.
    """

    concurrency: int | None = None
    force: bool = False
    strict: bool = False
    budget: Budget = field(default_factory=Budget)
    purse: Purse | None = None
    total: int | None = None
    command: str = "library"
    in_order: bool = False
    stop: asyncio.Event | None = None
    desk: Callable[..., Desk] = Desk


async def run(
    maker: "Maker", inputs: "Iterable[Input]", store: "Store", options: Options
) -> AsyncGenerator[Event, None]:
    """Yield what happens, `Ended` last; what is still under way when the caller goes is cancelled.

    Holds only the articles under way, whatever their number.

    Raises:
        ConfigurationError: a bound in dollars, and the price of a model is not known.
    """
    budget = options.purse.budget if options.purse else options.budget
    budget.check(maker.models, maker.settings)
    batch = _Batch(maker, iter(inputs), store, options)
    work = asyncio.create_task(batch.work())
    try:
        while True:
            event = await batch.next()
            yield event
            if isinstance(event, Ended):
                return
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


class _Batch:
    """What the tasks of a run share."""

    def __init__(self, maker: "Maker", inputs: "Iterator[Input]", store: "Store", options: Options) -> None:
        self._maker = maker
        self._options = options
        self._purse = options.purse or Purse(options.budget, maker.settings)
        self._counts = Counts(total=options.total)
        self._results = Results(store, force=options.force)
        self._memory = Memory(store, maker.clients(), self._pause)
        self._width = options.concurrency or maker.concurrency
        self._turns = Turns(inputs, lambda: self._stopping, self._more)
        self._ends = Ends(self._width * _AHEAD, lambda: self._counts, in_order=options.in_order)
        self._why: SummarizerError | None = None
        self._in_a_row = 0
        self._answers = 0

    async def next(self) -> Event:
        """Return what happened next."""
        return await self._ends.next()

    async def work(self) -> None:
        """Give every article its turn, and tell the end."""
        try:
            self._results.begin(self._options.command, _shown(self._maker))
            self._memory.recall()
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(self._width):
                        group.create_task(self._take_turns())
            finally:
                self._memory.forget()
                self._end()
        except BaseExceptionGroup as failures:
            self._ends.tell(failures.exceptions[0])
        except Exception as error:  # noqa: BLE001 - the caller gets it, whatever it is
            self._ends.tell(error)
        else:
            self._give_up_the_rest()
            self._tell(Ended(self._why, self._counts))

    def _end(self) -> None:
        outcome = "stopped" if self._stopping else "done"
        try:
            self._results.end(outcome)
        except StoreError as error:
            self._stop(error)

    def _give_up_the_rest(self) -> None:
        """Count what had no turn, so that the numbers add up to the inputs."""
        with suppress(SummarizerError):
            for number in self._turns.left():
                self._count(left=number)

    @property
    def _stopping(self) -> bool:
        return self._why is not None or (self._options.stop is not None and self._options.stop.is_set())

    def _stop(self, why: SummarizerError) -> None:
        """Take no further article; what is under way goes on."""
        self._why = self._why or why

    async def _take_turns(self) -> None:
        while True:
            await self._ends.room()
            await self._no_pause()
            if (taken := await self._turns.next()) is None:
                self._ends.no_turn()
                return
            self._count(under_way=1)
            await self._one(*taken)

    async def _no_pause(self) -> None:
        """Wait until the pauses that endpoints asked for are over; begin nothing where that takes too long."""
        while not self._stopping and (wait := self._memory.paused_s) > 0:
            if wait > _LONGEST_PAUSE_S:
                told = f"the endpoint wants to be asked nothing for another {wait / 3600:.1f} hours"
                self._stop(ModelUnavailableError(told, "start again then"))
            await asyncio.sleep(min(wait, LOOK_S))

    def _pause(self) -> None:
        wait = self._memory.paused_s
        self._tell(Waiting(wait, "the endpoint asked for it", self._counts))

    async def _one(self, number: int, given: "Input") -> None:
        """Take one article to its end, whatever that is, and tell it."""
        outcome = await self._outcome(number, given)
        told: Finished | Failed | None = None
        if isinstance(outcome.error, AwaitedError):
            self._count(under_way=-1, left=1)
        elif outcome.error is not None:
            self._count(under_way=-1, failed=1)
            self._judge(outcome.error)
            told = Failed(number, given.name, outcome.error, outcome.cost, outcome.digest, self._counts)
        elif outcome.digest is not None:
            self._count(under_way=-1, done=1, cached=int(outcome.cached))
            told = Finished(number, given.name, outcome.digest, outcome.cost, outcome.cached, self._counts)
        else:
            self._count(under_way=-1, left=1)
        self._ends.end(number, told)

    async def _outcome(self, number: int, given: "Input") -> Outcome:
        try:
            with reported(None):
                article = given.load()
        except SummarizerError as error:
            return self._unread(given.name, error)
        self._tell(Started(number, given.name, given.stem, article.id, self._counts))
        key = self._maker.key(article)
        if key is None:
            return published(await self._made(article, None), strict=self._options.strict)
        async with self._results.lock(key):
            return published(await self._kept_or_made(given.name, article, key), strict=self._options.strict)

    def _unread(self, name: str, error: SummarizerError) -> Outcome:
        try:
            self._results.fail(name, error)
        except StoreError as trouble:
            self._stop(trouble)
        return Outcome(error=error)

    async def _kept_or_made(self, name: str, article: "Article", key: str) -> Outcome:
        """Return what the store has, or have it made; while another process makes it, wait for that."""
        waiting = Waiting(LOOK_S, f"{name}: another run on this store is at it", self._counts)
        try:
            while True:
                if (kept := self._results.digest(name, article, key)) is not None:
                    return Outcome(digest=kept, cached=True)
                if self._results.claim(key):
                    return await self._made_and_kept(name, article, key)
                if self._stopping:
                    return Outcome()
                if self._results.store.holder(key) is not None:
                    self._tell(waiting)
                    await asyncio.sleep(LOOK_S)
        except StoreError as error:
            return Outcome(error=error)

    async def _made_and_kept(self, name: str, article: "Article", key: str) -> Outcome:
        """Have a claimed article made, and keep it, whole or in parts; nothing that was paid for is thrown away."""
        told = partial(self._asked, name)
        desk = self._options.desk(self._results.store, key, self._purse, told, self._stop, self._options.force)
        try:
            made = await self._made(article, desk)
            try:
                self._results.keep(name, key, desk, made)
            except StoreError as error:
                self._stop(error)  # the digest is handed out all the same
        except BaseException:
            self._results.release(key)
            raise
        return replace(made, cost=desk.cost)

    async def _made(self, article: "Article", desk: Desk | None) -> Outcome:
        """Have an article made; once more where a question was not taken, and others were answered meanwhile."""
        answers = self._answers
        made = await self._tried(article, desk)
        again = (
            desk is not None
            and not desk.later
            and any(c.error in _TAKEN_LATER for c in desk.calls)
            and self._answers > answers
        )
        return await self._tried(article, desk) if again and not self._stopping else made

    async def _tried(self, article: "Article", desk: Desk | None) -> Outcome:
        while True:
            try:
                with reported(article.id):
                    return Outcome(digest=await self._maker.make(article, desk))
            except ModelUnavailableError as error:
                if self._memory.paused_s <= 0 or self._memory.stopped is not None or self._stopping:
                    return Outcome(error=error)
                # a pause is no failure of the article: it goes on where it is, what is answered is at the desk
                await self._no_pause()
            except SummarizerError as error:
                return Outcome(error=error)

    def _asked(self, name: str, call: "Call") -> None:
        if call.error is None:
            self._in_a_row = 0
            self._answers += 1
        self._memory.note()
        self._counts = replace(self._counts, cost=self._purse.spent)
        self._tell(Asked(name, call, self._counts))

    def _judge(self, error: SummarizerError) -> None:
        """Stop where the next article would end in the same way."""
        if self._memory.stopped is not None:
            self._stop(self._memory.stopped)
        if isinstance(error, _LASTING) and not isinstance(error, ContextWindowError):
            self._in_a_row += 1
        if isinstance(error, _FOR_ALL) or self._in_a_row >= _ENOUGH:
            self._stop(error)

    def _more(self, number: int) -> None:
        """Count articles that were found at an address."""
        if self._counts.total is not None:
            self._counts = replace(self._counts, total=self._counts.total + number)

    def _count(self, **more: int) -> None:
        counted = {name: getattr(self._counts, name) + number for name, number in more.items()}
        self._counts = replace(self._counts, **counted)

    def _tell(self, event: Event) -> None:
        self._ends.tell(event)


def _shown(maker: "Maker") -> dict[str, object]:
    """Return the settings as the list of runs may show them: what was set, without a key or what may hold one."""
    shown = maker.settings.model_dump(mode="json", exclude_unset=True, exclude={"api_key", "request"})
    return {**shown, "models": list(maker.models)}
