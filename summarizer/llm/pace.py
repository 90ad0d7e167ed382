"""How fast one endpoint is asked, by all articles together: who may send, when, and whether at all."""

import asyncio
import heapq
import itertools
import math
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from summarizer.errors import ModelUnavailableError, SummarizerError
from summarizer.llm.allowance import Budget, allowances
from summarizer.llm.circuit import Circuit
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.failures import Failure, blamed, translate
from summarizer.llm.flow import Flow
from summarizer.llm.limit import Gate

__all__ = ["Pace", "Turn"]


@dataclass(slots=True, eq=False)
class Turn:
    """A request that waits to be sent, or is under way.

    Attributes:
        article: number of its article; older ones go first, so that articles are finished and not only begun.
        tokens: of the prompt and the longest answer, estimated.
        sent_at: when it was let through, by the monotonic clock; None while it waits.
    """

    article: int
    tokens: int = 0
    sent_at: float | None = None


class _Door:
    """Where turns wait, older articles first, until they may go; for the tasks of one event loop.

    Args:
        wait: the seconds until a turn may go, infinite until `serve` is called again; raises what it is told instead.
        go: called with a turn that goes.
    """

    def __init__(self, wait: Callable[[Turn], float], go: Callable[[Turn], None]) -> None:
        self._wait, self._go = wait, go
        self._line: list[tuple[int, int, Turn, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return sum(not waiter.done() for *_, waiter in self._line)

    async def enter(self, turn: Turn) -> None:
        """Wait until the turn may go.

        Raises:
            SummarizerError: it may not.
        """
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._line, (turn.article, next(self._numbers), turn, waiter))
        self.serve()
        await waiter

    def serve(self) -> None:
        """Let through whom something has changed for."""
        if self._timer is not None:
            self._timer.cancel()
        while self._line:
            *_, turn, waiter = self._line[0]
            try:
                wait = 0.0 if waiter.done() else self._wait(turn)
            except SummarizerError as error:
                waiter.set_exception(error)
                wait = 0.0
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self.serve) if wait < math.inf else None
                return
            heapq.heappop(self._line)
            if not waiter.done():
                self._go(turn)
                waiter.set_result(None)


class Pace:
    """Lets the requests of all articles to one endpoint through, no faster than it takes them.

    It keeps to what the endpoint says (a pause that it asks for, what its headers say is left) and to what was found
    out: how many at once, how many a second (`Flow`), and whether it answers at all (`Circuit`).

    Args:
        endpoint: who is asked.
        limits: bounds on each question.
        gate: keeps to a limit that the user sets, which others may share; None for none.

    Attributes:
        on_pause: told at once when a pause that the endpoint asks for ends, in seconds since 1970.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits, gate: Gate | None = None) -> None:
        self._endpoint, self._limits, self._gate = endpoint, limits, gate
        self._flow, self._circuit = Flow(endpoint.concurrency), Circuit(limits)
        self._budgets: dict[str, tuple[Budget, bool]] = {}
        self._paused_until = 0.0
        self.on_pause: Callable[[float], None] | None = None
        self._under_way: list[Turn] = []
        self._begun: list[Turn] = []
        self._numbers = itertools.count()
        self._requests = _Door(self._wait, self._send)
        self._articles = _Door(self._wait_to_begin, self._begin)

    @property
    def stopped(self) -> SummarizerError | None:
        """Why it makes no sense to ask any more: rejected for good, or nobody answers; None where it makes sense."""
        return self._circuit.stopped

    @property
    def doubts(self) -> bool:
        """Whether the last question ended because nobody answered."""
        return self._circuit.doubts

    @property
    def not_before(self) -> float:
        """When the pause that the endpoint asked for is over, in seconds since 1970; in the past where there is none.

        Can be set, to keep to what an earlier process was told.
        """
        return time.time() + self._paused_until - time.monotonic()

    @not_before.setter
    def not_before(self, when: float) -> None:
        self._pause(when - time.time(), time.monotonic())

    @property
    def waiting(self) -> tuple[float, str]:
        """Seconds until somebody new may be asked, as far as that is known, and why; 0 where it is now."""
        now = time.monotonic()
        return max(
            (0.0, ""),
            (self._paused_until - now, "the endpoint asks for a pause"),
            (self._circuit.wait(-1, 0, now), "the endpoint gives no answers"),
            (
                max((b.wait(1, now) for b, _ in self._budgets.values()), default=0.0),
                "the endpoint's limit is used up",
            ),
        )

    def number(self) -> int:
        """Return the number of a new article."""
        return next(self._numbers)

    @asynccontextmanager
    async def article(self, number: int) -> AsyncIterator[None]:
        """Wait until an article may begin: no more are under way than requests may be, so that they are finished.

        Raises:
            SummarizerError: it makes no sense to begin.
        """
        turn = Turn(number)
        try:
            await self._articles.enter(turn)
            yield
        finally:
            if turn.sent_at is not None:
                self._begun.remove(turn)
                self._articles.serve()

    @asynccontextmanager
    async def turn(self, article: int, tokens: int) -> AsyncIterator[Turn]:
        """Wait until a request may be sent.

        Args:
            article: number of its article.
            tokens: of the prompt and the longest answer, estimated.

        Raises:
            SummarizerError: it makes no sense to send it.
        """
        turn = Turn(article, tokens)
        try:
            await self._requests.enter(turn)
            if self._gate is not None:
                await self._pass(self._gate, turn)
            yield turn
        finally:
            if turn.sent_at is not None:  # also where it was cancelled just when it was let through
                self._under_way.remove(turn)
            self._serve()

    async def _pass(self, gate: Gate, turn: Turn) -> None:
        """Wait for the moment that the gate gives; where a pause came in between, for another one after it."""
        paused = True
        while paused:
            now = time.monotonic()
            self._check(now)
            await asyncio.sleep(await gate.wait(turn.tokens, max(0.0, self._paused_until - now)))
            turn.sent_at = sent_at = time.monotonic()
            paused = self._paused_until > sent_at

    def heard(self, turn: Turn, headers: Mapping[str, str]) -> None:
        """Take note of what the headers of an answer or an error say is left.

        A limit that is there again only after longer than anybody waits is not kept to: the endpoint will say so.
        """
        self._circuit.heard()
        now = time.monotonic()
        others = [each for each in self._under_way if each is not turn]
        for told in allowances(headers):
            if told.reset_s <= self._limits.patience_s:
                budget, of_tokens = self._budgets.setdefault(told.name, (Budget(), told.is_of_tokens))
                used = sum(each.tokens for each in others) if of_tokens else len(others)
                budget.heard(told, turn.sent_at or now, used, now)

    def answered(self) -> None:
        """Count a good answer."""
        now = time.monotonic()
        self._flow.answered(now, more=self._has_room_for_more(now))
        self._circuit.answered(now)

    def told(self, turn: Turn, failure: Failure) -> None:
        """Take note of an error: all wait as long as it asks, and send less where it is about how much is sent."""
        now = time.monotonic()
        self._pause(failure.wait_s or 0.0, now)
        if failure.is_about_load:
            self._flow.refused(turn.sent_at or now, len(self._under_way) - 1, now)
        else:
            self._flow.taken(now)

    def timed_out(self, turn: Turn, error: Exception) -> None:
        """Take note of a request that was not answered in time."""
        now = time.monotonic()
        self._flow.hold_back(turn.sent_at or now, now)
        self._circuit.timed_out(turn.sent_at or now, translate(error, self._endpoint), now)

    def ended(self, article: int, error: Exception, since: float) -> None:
        """Take note of a question that ended without an answer.

        Args:
            article: number of its article.
            error: what it ended with, not translated.
            since: when its trouble began, by the monotonic clock.
        """
        now, ours = time.monotonic(), translate(error, self._endpoint)
        blame = blamed(error)
        if blame == "nobody":
            self._circuit.failed(article, ours, since, now)
        elif blame == "unpaid" or (blame == "account" and not self._circuit.was_answered):
            self._circuit.stop(ours, now)
        elif blame == "account" or (blame == "request" and not self._circuit.was_answered):
            self._circuit.rejected(article, ours, now)
        self._serve()

    def _pause(self, seconds: float, now: float) -> None:
        if now + seconds <= max(self._paused_until, now):
            return
        self._paused_until = now + seconds
        if self.on_pause is not None:
            self.on_pause(self.not_before)

    def _serve(self) -> None:
        self._requests.serve()
        self._articles.serve()

    def _wait(self, turn: Turn) -> float:
        """Return the seconds until a request may go.

        Raises:
            SummarizerError: it may not, or not for longer than anybody waits.
        """
        now = time.monotonic()
        self._check(now)
        if self._flow.is_full(len(self._under_way)):
            return math.inf
        left = (budget.wait(turn.tokens if tokens else 1, now) for budget, tokens in self._budgets.values())
        bounds = (
            self._circuit.wait(turn.article, len(self._under_way), now),
            self._flow.wait(now),
            self._paused_until - now,
            *left,
        )
        return max(0.0, *bounds)

    def _has_room_for_more(self, now: float) -> bool:
        """Tell whether some wait only because so many are under way: neither a rate nor a pause holds them up."""
        if self._requests:
            return self._flow.is_full(len(self._under_way)) and self._flow.wait(now) == 0 and self.waiting[0] == 0
        return len(self._articles) > 0 and self._flow.is_full(len(self._begun))

    def _check(self, now: float) -> None:
        refusal = self._circuit.refusal(now)
        if refusal is not None:
            raise type(refusal)(*refusal.args)  # the same one, raised again and again, would keep every traceback
        if self._paused_until - now > self._limits.patience_s:
            raise ModelUnavailableError(
                f"{self._endpoint.model} at {self._endpoint.label} is rate-limited: "
                f"it takes nothing for another {self._paused_until - now:,.0f} s",
                "try again then",
            )

    def _send(self, turn: Turn) -> None:
        turn.sent_at = now = time.monotonic()
        self._under_way.append(turn)
        self._flow.sent(now)
        for budget, tokens in self._budgets.values():
            budget.spent(turn.tokens if tokens else 1)

    def _wait_to_begin(self, _: Turn) -> float:
        self._check(time.monotonic())
        return math.inf if self._flow.is_full(len(self._begun)) else 0.0

    def _begin(self, turn: Turn) -> None:
        turn.sent_at = time.monotonic()
        self._begun.append(turn)
