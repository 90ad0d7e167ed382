"""One question's requests: each sent until it is answered or fails in a way that cannot pass, and counted."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
import tenacity

from summarizer.errors import ModelRejectedError, SummarizerError
from summarizer.llm import telemetry
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.failures import EndpointFailureError, Failure
from summarizer.llm.pace import Pace, Turn
from summarizer.llm.reply import BrokenReplyError, ErrorReplyError, Reply, Usage, read_reply
from summarizer.llm.request import Request

__all__ = ["Post", "Sending", "Trouble"]

#: Posts a request body and returns the response; raises what the SDK raises.
Post = Callable[[Mapping[str, Any]], Awaitable[httpx2.Response]]


@dataclass(slots=True)
class Trouble:
    """How the questions about one article go: several at once share one patience.

    What fails at the same moment is one failure, and what comes after it is tried by one question at a time: a
    trouble that passes ends no question, and one that lasts is paid for by one. What was asked before a failure and
    is answered after it does not show that the trouble is over.

    Attributes:
        failures: requests that failed, since the last one that was answered.
        misfits: answers that did not fit their schema, since the last one that did.
        impatient: whether one of them has waited as long as it may, since the last one that was answered.
        alone: held by the question that tries again.
        read_whole: whether a prompt was counted whole: what is counted lower later is in the endpoint's cache.
        rejected: why the endpoint takes no question at all; None as long as it may take one.
    """

    failures: list[Exception] = field(default_factory=list)
    misfits: int = 0
    impatient: bool = False
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    read_whole: bool = False
    rejected: ModelRejectedError | None = None
    _failed_at: float = 0.0
    _misfitted_at: float = 0.0

    def failed(self, error: Exception, asked_at: float) -> None:
        """Keep a failure, unless what was asked at `asked_at` was under way when the last one came."""
        if not self.failures or asked_at >= self._failed_at:
            self.failures.append(error)
            self._failed_at = time.monotonic()

    def misfitted(self, asked_at: float) -> None:
        """Count an answer that did not fit, with the same exception."""
        if not self.misfits or asked_at >= self._misfitted_at:
            self.misfits += 1
            self._misfitted_at = time.monotonic()

    def answered(self, asked_at: float) -> None:
        """Forget the failures, unless what was answered was under way when the last one came: it says nothing new."""
        if asked_at >= self._failed_at:
            self.failures.clear()
            self.impatient = False

    def fitted(self, asked_at: float) -> None:
        """Forget the misfits, with the same exception."""
        if asked_at >= self._misfitted_at:
            self.misfits = 0


@dataclass(slots=True)
class Sending:
    """Sends one question's requests; retried are time-outs, broken connections and replies, 408, 429 and 5xx.

    What the endpoint says about waiting is honoured. A 429 does not count as an attempt, it only uses up patience.

    Attributes:
        post: posts a request.
        endpoint: where to.
        limits: bounds on each request.
        pace: who may send, and when.
        article: number of the article that the question is about.
        trouble: what went wrong since the last good answer, here and in the questions beside this one.
        paced: whether requests wait for their turn at the endpoint; not where nothing is sent there now.
        requests: requests sent so far.
        replies: those that were answered.
        asked_at: when the last one was sent, by the monotonic clock.
        in_line_s: seconds spent waiting for a turn.
        failing_since: when the first one that failed was sent, by the monotonic clock; None where none did.
    """

    post: Post
    endpoint: Endpoint
    limits: Limits
    pace: Pace
    article: int
    trouble: Trouble = field(default_factory=Trouble)
    paced: bool = True
    requests: int = 0
    replies: list[Reply] = field(default_factory=list)
    asked_at: float = 0.0
    in_line_s: float = 0.0
    failing_since: float | None = None
    _waited_s: float = 0.0
    _alone: bool = False

    async def send(self, request: Request, complains: Callable[[Failure], bool]) -> Reply:
        """Return the reply to a request.

        Args:
            request: what to send.
            complains: whether a failure is about the form of the request: that is no reason to send it again.

        Raises:
            EndpointFailureError: the endpoint's last word was an error.
            BrokenReplyError: it was no chat completion.
            openai.APIConnectionError: there was none.
            ModelError: a refusal, or a reply beyond all bounds.
        """
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(lambda error: _can_pass(error, complains)),
            wait=_wait if self.paced else tenacity.wait_none(),
            stop=self._stop,
            reraise=True,
        )
        before = self.requests
        reply: Reply = await retrying(self._once, request, before)
        self.replies.append(reply)
        self.trouble.answered(self.asked_at)
        return reply

    async def go_alone(self) -> None:
        """Wait until no question beside this one is trying again; to be ended by `done`."""
        if not self._alone:
            await self.trouble.alone.acquire()
            self._alone = True

    def done(self) -> None:
        """Let the questions beside this one try again."""
        if self._alone:
            self.trouble.alone.release()
            self._alone = False

    async def _once(self, request: Request, before: int) -> Reply:
        if self.requests > before:
            await self.go_alone()
            if self._exhausted():
                raise self.trouble.failures[-1]  # the questions beside this one have tried for it
        if not self.paced:
            self.requests += 1
            self.asked_at = time.monotonic()
            return await self._sent(request, Turn(self.article))
        came = time.monotonic()
        async with self.pace.turn(self.article, request.tokens) as turn:
            self.requests += 1
            self.asked_at = time.monotonic()
            self.in_line_s += self.asked_at - came
            with telemetry.request(self.endpoint, request) as span:
                reply = await self._sent(request, turn)
                telemetry.answered(span, self.endpoint, reply)
            return reply

    async def _sent(self, request: Request, turn: Turn) -> Reply:
        try:
            reply = await self._posted(request, turn)
        except (openai.APIConnectionError, EndpointFailureError, BrokenReplyError) as error:
            self.failing_since = self.asked_at if self.failing_since is None else self.failing_since
            self.trouble.failed(error, self.asked_at)
            if isinstance(error, EndpointFailureError):
                self.pace.told(turn, error.failure)
            elif isinstance(error, openai.APITimeoutError):
                self.pace.timed_out(turn, error)
            raise
        self.pace.answered()
        return reply

    async def _posted(self, request: Request, turn: Turn) -> Reply:
        try:
            response = await self.post(request.body)
            self.pace.heard(turn, response.headers)
            return read_reply(response.content, response.headers.get("content-type", ""), request.limit)
        except openai.APIStatusError as error:
            self.pace.heard(turn, error.response.headers)
            failure = Failure.of(error).beside(request.texts)
        except ErrorReplyError as error:
            failure = Failure.of(error).beside(request.texts)
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, SummarizerError):
                raise error.__cause__ from None  # the transport's own word: the SDK takes it for a broken connection
            raise
        if failure.is_cut_answer:
            return Reply("", Usage(), None, cut=True, thought=True)
        if failure.generated is None:
            raise EndpointFailureError(failure)
        # the provider held the answer against the schema itself: it is an answer all the same, to be re-asked for
        return Reply(failure.generated, Usage(), None, cut=False, thought=False)

    def _stop(self, state: tenacity.RetryCallState) -> bool:
        """Tell whether to give up: attempts, time-outs or the patience with rate limits are used up."""
        self._waited_s += state.upcoming_sleep
        self.trouble.impatient |= self._waited_s > self.limits.patience_s
        return self._exhausted()

    def _exhausted(self) -> bool:
        failures = self.trouble.failures
        if self.pace.doubts and isinstance(failures[-1], openai.APIConnectionError):
            return True
        limited = [f for f in failures if isinstance(f, EndpointFailureError) and f.failure.status == 429]
        timeouts = [f for f in failures if isinstance(f, openai.APITimeoutError)]
        broken = [f for f in failures if isinstance(f, BrokenReplyError)]
        return (
            self.trouble.impatient
            or len(failures) - len(limited) >= self.limits.attempts
            or len(timeouts) >= self.limits.timeouts
            or len(broken) >= self.limits.broken
        )


def _can_pass(error: BaseException, complains: Callable[[Failure], bool]) -> bool:
    if isinstance(error, EndpointFailureError):
        return error.failure.can_pass and not complains(error.failure)
    if isinstance(error, openai.APIConnectionError):
        # what was never sent (a header that cannot be, a URL of another protocol) will not be the next time
        return not isinstance(error.__cause__, httpx2.LocalProtocolError | httpx2.UnsupportedProtocol)
    return isinstance(error, BrokenReplyError)


_SHORTEST_WAIT_S = 0.25
_backoff = tenacity.wait_exponential_jitter(multiplier=0.5, max=20, jitter=0.5)


def _wait(state: tenacity.RetryCallState) -> float:
    """Return the seconds that the endpoint asks for, else exponential back-off (0.5 s … 20 s) with jitter.

    A server that asks for no wait at all, or names a time gone by, gets the back-off: it is busy all the same.
    """
    error = state.outcome.exception() if state.outcome else None
    asked = error.failure.wait_s if isinstance(error, EndpointFailureError) else None
    return asked if asked is not None and asked >= _SHORTEST_WAIT_S else _backoff(state)
