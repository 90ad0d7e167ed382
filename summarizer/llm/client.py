"""Ask a model for a value of a given shape."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import httpx2
import openai
from pydantic import BaseModel

from summarizer.errors import ContextWindowError, ModelRejectedError, ModelUnavailableError
from summarizer.llm.dialect import Learned
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.failures import translate
from summarizer.llm.first import First
from summarizer.llm.listing import Listing
from summarizer.llm.prompt import Prompt
from summarizer.llm.question import Question
from summarizer.llm.sending import Sending, Trouble
from summarizer.llm.transport import BoundedTransport

__all__ = ["Answer", "Around", "Call", "Client", "Session"]

T = TypeVar("T", bound=BaseModel)
_OPENAI = "https://api.openai.com"
#: Puts one transport around another; httpx2 is the wire that openai speaks.
Around = Callable[[httpx2.AsyncBaseTransport], httpx2.AsyncBaseTransport]


@dataclass(frozen=True, slots=True)
class Call:
    """What one question cost, retries and re-asks included.

    Attributes:
        task: the template's task.
        signature: version and hash of the template.
        model: the model that says it answered.
        asked: the model that was asked.
        requests: requests sent.
        input_tokens: tokens sent over all requests; `cached_tokens` of them came from a cache.
        output_tokens: tokens received, hidden ones included.
        seconds: wall-clock time, waiting for a free connection not counted.
        error: name of the error that ended it, None when it was answered.
        prompt_tokens: tokens of its largest prompt as the endpoint counted them, 0 where it did not.
        fewest_tokens: tokens that the prompt must have at least.
        hidden_tokens: of the output tokens those that were thought and are no part of the answer.
    """

    task: str
    signature: str
    model: str
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    seconds: float
    error: str | None
    prompt_tokens: int = 0
    fewest_tokens: int = 0
    hidden_tokens: int = 0
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A draft, valid by its schema and not yet held against the article, and what it cost."""

    value: T
    call: Call


class Client:
    """Asks one endpoint; safe to share between the tasks of one event loop.

    Args:
        endpoint: who answers.
        limits: bounds on each question.
        around: put around the connections, to record or replay answers; None for nothing.
        learned: what is known of the endpoint's dialect; None for nothing yet.

    Attributes:
        endpoint: who answers.
        limits: bounds on each question.
        learned: what is known of the endpoint's dialect.
        first: lets the first question go alone.
        turns: how many questions may be under way at once.
        articles: how many articles may be; the others' deadlines have not begun.
    """

    def __init__(
        self, endpoint: Endpoint, limits: Limits, around: Around | None = None, learned: Learned | None = None
    ) -> None:
        # instructor logs whole completions, and with them keys that a server echoed, at level ERROR
        logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
        self.endpoint = endpoint
        self.limits = limits
        self.learned = Learned() if learned is None else learned
        bounded = BoundedTransport(endpoint, limits)
        self._transport = around(bounded) if around else bounded
        self._sdk = _sdk(endpoint, limits, self._transport)
        self._headers = _headers(endpoint)
        self.first = First(answered=bool(self.learned.fitting))
        self.turns = asyncio.Semaphore(endpoint.concurrency)
        self.articles = asyncio.Semaphore(endpoint.concurrency)

    def session(self) -> "Session":
        """Return a session that keeps account of the questions asked in it."""
        return Session(self)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def listing(self) -> Listing:
        """Return what the endpoint says about its models, nothing where it will not say; no question is asked.

        Keys may be allowed to ask and not to list, and some servers have no list: only a question decides.

        Raises:
            ModelUnavailableError: nobody answers there.
        """
        try:
            response = await self._sdk.get("/models", cast_to=httpx2.Response, options={"headers": self._headers})
        except openai.APIStatusError:
            return Listing()
        except openai.OpenAIError as error:
            failed = translate(error, self.endpoint)
            if isinstance(failed, ModelUnavailableError):
                raise failed from None
            return Listing()
        return Listing.read(response.content)

    def sending(self, trouble: Trouble) -> Sending:
        """Return who sends one question's requests."""
        return Sending(self._post, self.limits, trouble)

    async def _post(self, body: Mapping[str, Any]) -> httpx2.Response:
        return await self._sdk.post(
            "/chat/completions", cast_to=httpx2.Response, body=dict(body), options={"headers": self._headers}
        )


@dataclass(frozen=True, slots=True)
class Session:
    """The questions about one article, and what each of them cost, failed ones too.

    Attributes:
        client: who asks.
        calls: one entry for each question, in the order of their ends.
        trouble: what went wrong since the last good answer.
    """

    client: Client
    calls: list[Call] = field(default_factory=list)
    trouble: Trouble = field(default_factory=Trouble)

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that answers."""
        return self.client.endpoint

    @property
    def context_tokens(self) -> int:
        """The context window: as set, or smaller if the endpoint said so."""
        return min(self.endpoint.context_tokens, self.client.learned.dialect.context_tokens or 10**9)

    async def ask(self, prompt: Prompt, into: type[T], max_tokens: int) -> Answer[T]:
        """Return the model's answer to `prompt` as a value of type `into`.

        Args:
            prompt: the rendered messages.
            into: a pydantic model; its JSON schema constrains the answer where the endpoint can.
            max_tokens: bound on one answer's tokens; what a reasoning model thinks comes on top.

        Raises:
            ModelError: no usable answer (one subclass per cause).
            OutputSchemaError: the answer did not fit the schema, `REASKS` re-asks included.
        """
        client = self.client
        async with client.first.turn(), client.turns:
            if self.trouble.rejected is not None:
                raise self.trouble.rejected  # who waited for the first question would be told the same
            sending = client.sending(self.trouble)
            question = Question(client.endpoint, client.learned, sending, prompt, into, max_tokens)
            started = time.monotonic()
            failed: BaseException | None = None
            try:
                value = await question.answer()
            except Exception as error:  # noqa: BLE001 - everything foreign is translated, nothing is lost
                failed = translate(error, self.endpoint)
                self._remember(failed)
                # from None: the chain holds whole completions and request headers
                raise failed from None
            except BaseException as error:
                failed = error
                raise
            finally:
                call = _account(question, time.monotonic() - started, failed)
                self.calls.append(call)
        return Answer(value, call)

    def _remember(self, failed: BaseException) -> None:
        """Keep that the endpoint rejects whoever asks: a wrong key or an unknown model, met before any answer."""
        if isinstance(failed, ContextWindowError) or any(call.error is None for call in self.calls):
            return
        if isinstance(failed, ModelRejectedError):
            self.trouble.rejected = failed


def _sdk(endpoint: Endpoint, limits: Limits, transport: httpx2.AsyncBaseTransport) -> openai.AsyncOpenAI:
    """Return the SDK's client for an endpoint: it writes requests, and the transport carries them."""
    return openai.AsyncOpenAI(
        api_key=endpoint.key or "none",
        base_url=endpoint.base_url,
        default_query=dict(endpoint.extras.query),
        max_retries=0,
        # the transport keeps the real deadline; this only must not be shorter
        timeout=httpx2.Timeout(limits.timeout_s + 5, connect=min(15.0, limits.timeout_s)),
        http_client=httpx2.AsyncClient(transport=transport, follow_redirects=False, trust_env=False),
    )


def _headers(endpoint: Endpoint) -> dict[str, Any]:
    """Return the user's headers, and how the key goes along: as a bearer token, or in Azure's classic form."""
    given: dict[str, Any] = dict(endpoint.extras.headers)
    if endpoint.label != _OPENAI:
        # the SDK takes these from the environment; whom else they were sent to would be told who asks
        given = {"OpenAI-Organization": openai.omit, "OpenAI-Project": openai.omit, **given}
    if not endpoint.key:
        return {"Authorization": openai.omit, **given}
    if "api-version" in endpoint.extras.query:
        return {"Authorization": openai.omit, "api-key": endpoint.key, **given}
    return given


def _account(question: Question[Any], seconds: float, failed: BaseException | None) -> Call:
    replies = question.sending.replies
    return Call(
        task=question.prompt.task,
        signature=question.prompt.signature,
        model=next((r.model for r in reversed(replies) if r.model), question.endpoint.model),
        requests=question.sending.requests,
        input_tokens=sum(r.usage.sent for r in replies),
        cached_tokens=sum(r.usage.cached for r in replies),
        output_tokens=sum(r.usage.received for r in replies),
        seconds=seconds,
        error=type(failed).__name__ if failed else None,
        prompt_tokens=max((r.usage.sent for r in replies), default=0),
        fewest_tokens=question.fewest_tokens,
        hidden_tokens=sum(r.usage.hidden for r in replies),
        asked=question.endpoint.model,
    )
