"""One question's requests: each sent until it is answered or fails in a way that cannot pass, and counted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
import tenacity

from summarizer.errors import SummarizerError
from summarizer.llm.endpoint import Limits
from summarizer.llm.failures import EndpointFailureError, Failure
from summarizer.llm.reply import BrokenReplyError, ErrorReplyError, Reply, Usage, read_reply
from summarizer.llm.request import Request

__all__ = ["Post", "Sending", "Trouble"]

#: What a request ends in that was not answered.
_FAILURES = (openai.APIConnectionError, EndpointFailureError, BrokenReplyError)
#: Posts a request body and returns the response; raises what the SDK raises.
Post = Callable[[Mapping[str, Any]], Awaitable[httpx2.Response]]


@dataclass(slots=True)
class Trouble:
    """How the questions about one article go: several at once share one patience.

    Attributes:
        failures: requests that failed, since the last one that was answered.
        misfits: answers that did not fit their schema, since the last one that did.
        read_whole: whether a prompt was counted whole: what is counted lower later is in the endpoint's cache.
        given_up: whether the last request that failed was not sent again any more.
        turn: held by the question that tries again.
    """

    failures: list[Exception] = field(default_factory=list)
    misfits: int = 0
    read_whole: bool = False
    given_up: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    def end(self) -> None:
        """Forget what failed: a request was answered."""
        self.failures.clear()
        self.given_up = False


@dataclass(slots=True)
class Sending:
    """Sends one question's requests; retried are time-outs, broken connections and replies, 408, 429 and 5xx.

    What the endpoint says about waiting is honoured. A 429 does not count as an attempt, it only uses up patience.

    Attributes:
        post: posts a request.
        limits: bounds on each request.
        trouble: what went wrong since the last good answer, here and in the questions beside this one.
        requests: requests sent so far.
        replies: those that were answered.
    """

    post: Post
    limits: Limits
    trouble: Trouble = field(default_factory=Trouble)
    requests: int = 0
    replies: list[Reply] = field(default_factory=list)
    _waited_s: float = 0.0

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
        try:
            reply = await self._once(request)
        except _FAILURES as error:
            if not _can_pass(error, complains):
                raise
            reply = await self._again(request, complains, error)
        self.replies.append(reply)
        self.trouble.end()
        return reply

    async def _again(self, request: Request, complains: Callable[[Failure], bool], error: Exception) -> Reply:
        """Send a request that failed once more, and again; the questions beside this one wait for how it goes."""
        known = [error]

        async def attempt() -> Reply:
            if known:
                raise known.pop()  # the failure that there is already counts as the first attempt
            return await self._once(request)

        async with self.trouble.turn:
            if self.trouble.given_up:
                raise error
            retrying = tenacity.AsyncRetrying(
                retry=tenacity.retry_if_exception(lambda failure: _can_pass(failure, complains)),
                wait=_wait,
                stop=self._stop,
                reraise=True,
            )
            reply: Reply = await retrying(attempt)
            return reply

    async def _once(self, request: Request) -> Reply:
        self.requests += 1
        try:
            return await self._posted(request)
        except _FAILURES as error:
            self.trouble.failures.append(error)
            raise

    async def _posted(self, request: Request) -> Reply:
        try:
            response = await self.post(request.body)
            return read_reply(response.content, response.headers.get("content-type", ""), request.limit)
        except (openai.APIStatusError, ErrorReplyError) as error:
            failure = Failure.of(error)
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
        failures, limits = self.trouble.failures, self.limits
        counted = [f for f in failures if not (isinstance(f, EndpointFailureError) and f.failure.status == 429)]
        # several may have failed at the same moment: two more are sent all the same
        attempts_spent = len(counted) >= limits.attempts and state.attempt_number >= min(limits.attempts, 3)
        self.trouble.given_up = (
            attempts_spent
            or sum(isinstance(f, openai.APITimeoutError) for f in failures) >= limits.timeouts
            or sum(isinstance(f, BrokenReplyError) for f in failures) >= limits.broken
            or self._waited_s > limits.patience_s
        )
        return self.trouble.given_up


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
