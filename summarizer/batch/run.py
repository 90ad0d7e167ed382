"""A run: many articles at once, from the store or anew, until all had their turn or it makes no sense to go on."""

import asyncio
import weakref
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from summarizer.batch.desk import Desk
from summarizer.batch.events import Asked, Counts, Ended, Event, Failed, Finished, Started, Waiting
from summarizer.batch.memory import Memory
from summarizer.batch.money import Budget, Cost, Purse
from summarizer.errors import (
    AwaitedError,
    BudgetError,
    ConfigurationError,
    ContextWindowError,
    GroundingError,
    ModelError,
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
    from summarizer.digest import Digest
    from summarizer.llm.client import Call

__all__ = ["Options", "run"]

#: So many articles in a row that fail for one of these reasons, and nobody answered in between: others will, too.
_ENOUGH = 3
_LASTING = (ModelRejectedError, ModelUnavailableError)
#: A question that ends with one of these may be taken later: it costs nothing to ask again.
_TAKEN_LATER = frozenset({ModelUnavailableError.__name__, ModelRejectedError.__name__})
#: The same for every article, whatever it says.
_FOR_ALL = (ConfigurationError, StoreError, BudgetError)
#: The finding of a digest that lacks a brief: it is handed out, and not whole.
MISSING = "brief.missing"
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
        self._inputs = inputs
        self._number = 0
        self._found: deque[Input] = deque()
        self._opening: set[asyncio.Task[Input]] = set()
        self._store = store
        self._options = options
        self._purse = options.purse or Purse(options.budget, maker.settings)
        self._counts = Counts(total=options.total)
        self._events: asyncio.Queue[Event | _End | BaseException] = asyncio.Queue()
        self._held: dict[int, _End] = {}
        self._due = 0
        self._memory = Memory(store, maker.clients(), self._pause)
        self._width = options.concurrency or maker.concurrency
        # who does not take the ends holds up the run: they do not pile up here
        self._room = asyncio.Semaphore(self._width * _AHEAD)
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._made_anew: set[str] = set()
        self._why: SummarizerError | None = None
        self._in_a_row = 0
        self._answers = 0
        self._run = 0

    async def next(self) -> Event:
        """Return what happened next."""
        while True:
            got = self._held.pop(self._due, None) or await self._events.get()
            if isinstance(got, BaseException):
                raise got
            if not isinstance(got, _End):
                return got
            if self._options.in_order and got.number != self._due:
                self._held[got.number] = got
                continue
            self._due += 1
            self._room.release()
            if got.told is not None:
                return replace(got.told, counts=self._counts)

    async def work(self) -> None:
        """Give every article its turn, and tell the end."""
        try:
            self._run = self._store.begin(self._options.command, _shown(self._maker))
            self._memory.recall()
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(self._width):
                        group.create_task(self._take_turns())
            finally:
                self._memory.forget()
                self._end()
        except BaseExceptionGroup as failures:
            self._events.put_nowait(failures.exceptions[0])
        except Exception as error:  # noqa: BLE001 - the caller gets it, whatever it is
            self._events.put_nowait(error)
        else:
            self._give_up_the_rest()
            self._tell(Ended(self._why, self._counts))

    def _end(self) -> None:
        outcome = "stopped" if self._stopping else "done"
        try:
            self._store.end(self._run, outcome)
        except StoreError as error:
            self._stop(error)

    def _give_up_the_rest(self) -> None:
        """Count what had no turn, so that the numbers add up to the inputs."""
        with suppress(SummarizerError):
            self._count(left=len(self._found))
            self._count(left=sum(1 for _ in self._inputs))

    @property
    def _stopping(self) -> bool:
        return self._why is not None or (self._options.stop is not None and self._options.stop.is_set())

    def _stop(self, why: SummarizerError) -> None:
        """Take no further article; what is under way goes on."""
        self._why = self._why or why

    async def _take_turns(self) -> None:
        while True:
            await self._room.acquire()
            await self._no_pause()
            if (taken := await self._taken()) is None:
                self._room.release()
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

    async def _taken(self) -> "tuple[int, Input] | None":
        """Return the next article with its number: of several at one address, the first has that of the address."""
        while not self._stopping:
            given = self._found.popleft() if self._found else next(self._inputs, None)
            if given is not None:
                number, self._number = self._number, self._number + 1
                return number, await self._opened(given)
            if not self._opening:
                return None
            await asyncio.wait(self._opening, return_when=asyncio.FIRST_COMPLETED)
        return None

    async def _opened(self, given: "Input") -> "Input":
        """Return an input with nothing left to fetch; the others wait for it before they find nothing left to do."""
        if given.inside is None:
            return given
        task = asyncio.create_task(self._first(given))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)
        return await task

    async def _first(self, given: "Input") -> "Input":
        """Fetch what stands at an address, in a thread; return the first of it, keep the others for their turn."""
        from summarizer.fetch.aside import started

        while given.inside is not None:
            given, *more = await asyncio.wrap_future(started(given.inside))
            self._found.extend(more)
            if self._counts.total is not None:
                self._counts = replace(self._counts, total=self._counts.total + len(more))
        return given

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
        self._events.put_nowait(_End(number, told))

    async def _outcome(self, number: int, given: "Input") -> "_Outcome":
        try:
            with reported(None):
                article = given.load()
        except SummarizerError as error:
            return self._unread(given.name, error)
        self._tell(Started(number, given.name, given.stem, article.id, self._counts))
        key = self._maker.key(article)
        if key is None:
            return self._published(await self._made(article, None))
        async with self._lock(key):
            return self._published(await self._kept_or_made(given.name, article, key))

    def _unread(self, name: str, error: SummarizerError) -> "_Outcome":
        try:
            self._store.fail(None, self._run, name, error)
        except StoreError as trouble:
            self._stop(trouble)
        return _Outcome(error=error)

    def _published(self, outcome: "_Outcome") -> "_Outcome":
        """Return an outcome as it may be published: not without a brief in silence, and in strict mode not wrong."""
        if outcome.digest is None or outcome.error is not None:
            return outcome
        findings = outcome.digest.findings
        gone = [f.message for f in findings if f.code == MISSING]
        wrong = [f.code for f in findings if f.severity == "error"]
        if self._options.strict and wrong:
            told = f"{len(wrong)} findings of severity error: {', '.join(dict.fromkeys(wrong))}"
            return replace(outcome, digest=None, error=GroundingError(told))
        return replace(outcome, error=ModelError("; ".join(gone))) if gone else outcome

    async def _kept_or_made(self, name: str, article: "Article", key: str) -> "_Outcome":
        """Return what the store has, or have it made; while another process makes it, wait for that."""
        waiting = Waiting(LOOK_S, f"{name}: another run on this store is at it", self._counts)
        try:
            while True:
                if (kept := self._kept(name, article, key)) is not None:
                    return _Outcome(digest=kept, cached=True)
                if self._store.claim(key, self._run, force=self._options.force):
                    return await self._made_and_kept(name, article, key)
                if self._stopping:
                    return _Outcome()
                if self._store.holder(key) is not None:
                    self._tell(waiting)
                    await asyncio.sleep(LOOK_S)
        except StoreError as error:
            return _Outcome(error=error)

    def _kept(self, name: str, article: "Article", key: str) -> "Digest | None":
        """Return the digest that the store has, as this input's: the same text may come from elsewhere."""
        anew = self._options.force and key not in self._made_anew
        digest = None if anew else self._store.result(key)
        if digest is None:
            return None
        self._store.reuse(key, self._run, name)
        place = {"source": article.source, "url": article.url, "author": article.author}
        mine = digest.article.model_copy(update=place)
        return digest.model_copy(update={"article": mine})

    async def _made_and_kept(self, name: str, article: "Article", key: str) -> "_Outcome":
        """Have a claimed article made, and keep it, whole or in parts; nothing that was paid for is thrown away."""
        told = partial(self._asked, name)
        desk = self._options.desk(self._store, key, self._purse, told, self._stop, self._options.force)
        try:
            made = await self._made(article, desk)
            try:
                self._keep(name, key, desk, made)
            except StoreError as error:
                self._stop(error)  # the digest is handed out all the same
        except BaseException:
            self._store.release(key, self._run)
            raise
        return replace(made, cost=desk.cost)

    def _keep(self, name: str, key: str, desk: Desk, made: "_Outcome") -> None:
        if made.digest is not None and not any(f.code == MISSING for f in made.digest.findings):
            self._store.finish(key, self._run, name, made.digest, desk.calls, cost_usd=desk.cost.usd)
            if self._options.force:
                self._made_anew.add(key)  # the same text once more is not asked for again
            return
        if isinstance(made.error, AwaitedError):
            self._store.release(key, self._run)  # nothing failed, and its stages stay
            return
        error = made.error or ModelError("a brief is missing")
        self._store.fail(key, self._run, name, error, desk.calls, cost_usd=desk.cost.usd)

    async def _made(self, article: "Article", desk: Desk | None) -> "_Outcome":
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

    async def _tried(self, article: "Article", desk: Desk | None) -> "_Outcome":
        while True:
            try:
                with reported(article.id):
                    return _Outcome(digest=await self._maker.make(article, desk))
            except ModelUnavailableError as error:
                if self._memory.paused_s <= 0 or self._memory.stopped is not None or self._stopping:
                    return _Outcome(error=error)
                # a pause is no failure of the article: it goes on where it is, what is answered is at the desk
                await self._no_pause()
            except SummarizerError as error:
                return _Outcome(error=error)

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

    def _lock(self, key: str) -> asyncio.Lock:
        """Return what lets one article of a text go at a time: the second one finds the first one's digest."""
        lock = self._locks.get(key) or asyncio.Lock()
        self._locks[key] = lock
        return lock

    def _count(self, **more: int) -> None:
        counted = {name: getattr(self._counts, name) + number for name, number in more.items()}
        self._counts = replace(self._counts, **counted)

    def _tell(self, event: Event) -> None:
        self._events.put_nowait(event)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How an article ended: with a digest, an error, both (a brief is missing), or neither (it had no turn)."""

    digest: "Digest | None" = None
    error: SummarizerError | None = None
    cost: Cost = field(default_factory=Cost)
    cached: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """An article's end on its way to the caller; `told` is None where there is nothing to tell."""

    number: int
    told: Finished | Failed | None


def _shown(maker: "Maker") -> dict[str, object]:
    """Return the settings as the list of runs may show them: what was set, without a key or what may hold one."""
    shown = maker.settings.model_dump(mode="json", exclude_unset=True, exclude={"api_key", "request"})
    return {**shown, "models": list(maker.models)}
