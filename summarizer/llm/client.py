"""Ask a model for a value of a given shape."""

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

import httpx2
import openai
from pydantic import BaseModel

from summarizer.errors import BudgetError, ContextWindowError, ModelRejectedError, ModelUnavailableError
from summarizer.llm import telemetry
from summarizer.llm.dialect import Learned
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.failures import translate
from summarizer.llm.first import First
from summarizer.llm.limit import Gate
from summarizer.llm.listing import Listing
from summarizer.llm.pace import Pace
from summarizer.llm.prompt import Prompt
from summarizer.llm.question import Question
from summarizer.llm.sending import Post, Sending, Trouble
from summarizer.llm.transport import BoundedTransport

__all__ = ["Answer", "Around", "Call", "Client", "Desk", "Session", "headers", "sdk"]

T = TypeVar("T", bound=BaseModel)
_log = logging.getLogger("summarizer.llm")
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
        requests: requests sent.
        input_tokens: tokens sent over all requests; `cached_tokens` of them came from a cache.
        output_tokens: tokens received, hidden ones included.
        seconds: wall-clock time, waiting for a turn not counted.
        error: name of the error that ended it, None when it was answered.
        prompt_tokens: tokens of its largest prompt as the endpoint counted them, 0 where it did not.
        fewest_tokens: tokens that the prompt must have at least.
        hidden_tokens: of the output tokens those that were thought and are no part of the answer.
        asked: the model that was asked.
        batch: whether it went through the Batch API, at that price.
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
    batch: bool = False


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A draft, valid by its schema and not yet held against the article, and what it cost."""

    value: T
    call: Call


class Desk(Protocol):
    """Who keeps what was answered and what it cost, and says what may be spent: one for each article of a run."""

    @property
    def later(self) -> bool:
        """Whether answers come another day: no question waits for a turn, nor for the questions beside it."""

    def kept(self, model: str, prompt: Prompt, into: type[T]) -> Answer[T] | None:
        """Return the answer that the same model gave to the same question before; None where there is none."""

    def guarded(self, model: str, prompt: Prompt, post: Post) -> Post:
        """Return what posts a question's requests, but raises BudgetError where one may cost too much."""

    def settle(self, prompt: Prompt, call: Call, value: BaseModel | None) -> None:
        """Keep what a question cost, and its answer where there is one."""


class Client:
    """Asks one endpoint; safe to share between the tasks of one event loop.

    Args:
        endpoint: who answers.
        limits: bounds on each question.
        around: put around the connections, to record or replay answers; None for nothing.
        learned: what is known of the endpoint's dialect; None for nothing yet.
        gate: keeps to a limit that the user sets; None for none.

    Attributes:
        endpoint: who answers.
        limits: bounds on each question.
        learned: what is known of the endpoint's dialect.
        first: lets the first question go alone.
        pace: how many articles and requests may be under way, and when the next one may be sent.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        limits: Limits,
        around: Around | None = None,
        learned: Learned | None = None,
        gate: Gate | None = None,
    ) -> None:
        # instructor logs whole completions, and with them keys that a server echoed, at level ERROR
        logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
        self.endpoint = endpoint
        self.limits = limits
        self.learned = Learned() if learned is None else learned
        bounded = BoundedTransport(endpoint, limits)
        self._transport = around(bounded) if around else bounded
        self._sdk = sdk(endpoint, limits, self._transport)
        self._headers = headers(endpoint)
        self.first = First(answered=bool(self.learned.fitting))
        self.pace = Pace(endpoint, limits, gate)

    def session(self, calls: "list[Call] | None" = None, desk: Desk | None = None) -> "Session":
        """Return a session for one article that keeps account of the questions asked in it.

        Args:
            calls: where it does; None for a list of its own.
            desk: keeps their answers.
        """
        return Session(self, self.pace.number(), [] if calls is None else calls, desk=desk)

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

    def sending(self, article: int, trouble: Trouble) -> Sending:
        """Return who sends one question's requests."""
        return Sending(self._post, self.endpoint, self.limits, self.pace, article, trouble)

    async def _post(self, body: Mapping[str, Any]) -> httpx2.Response:
        return await self._sdk.post(
            "/chat/completions", cast_to=httpx2.Response, body=dict(body), options={"headers": self._headers}
        )


@dataclass(frozen=True, slots=True)
class Session:
    """The questions about one article, and what each of them cost, failed ones too.

    Attributes:
        client: who asks.
        number: of the article, among those asked about there.
        calls: one entry for each question, in the order of their ends.
        trouble: what went wrong since the last good answer.
        desk: keeps answers and the purse; None keeps and bounds nothing.
    """

    client: Client
    number: int
    calls: list[Call] = field(default_factory=list)
    trouble: Trouble = field(default_factory=Trouble)
    desk: Desk | None = None

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
            BudgetError: it could cost more than `desk` allows.
        """
        kept = self.desk.kept(self.endpoint.model, prompt, into) if self.desk else None
        if kept is not None:
            self.calls.append(kept.call)
            return kept
        client = self.client
        later = self.desk is not None and self.desk.later
        async with nullcontext() if later else client.first.turn():
            if self.trouble.rejected is not None:
                raise self.trouble.rejected  # who waited for the first question would be told the same
            sending = client.sending(self.number, Trouble() if later else self.trouble)
            sending.paced = not later
            if self.desk:
                sending.post = self.desk.guarded(self.endpoint.model, prompt, sending.post)
            question = Question(client.endpoint, client.learned, sending, prompt, into, max_tokens)
            with telemetry.question(self.endpoint, prompt.task, prompt.signature) as span:
                return await self._answer(question, span, later=later)

    async def _answer(self, question: Question[T], span: telemetry.Span, *, later: bool) -> Answer[T]:
        """Ask a question, and keep account of it however it ends."""
        sending, prompt = question.sending, question.prompt
        started = time.monotonic()
        failed: BaseException | None = None
        value: T | None = None
        try:
            value = await question.answer()
        except Exception as error:  # noqa: BLE001 - everything foreign is translated, nothing is lost
            failed = translate(error, self.endpoint)
            self._remember(failed)
            self.client.pace.ended(self.number, error, sending.failing_since or started)
            # from None: the chain holds whole completions and request headers
            raise failed from None
        except BaseException as error:
            failed = error
            raise
        finally:
            call = replace(_account(question, time.monotonic() - started, failed), batch=later)
            self.calls.append(call)
            span.put({"summarizer.requests": call.requests, "summarizer.reasks": question.reasks})
            if self.desk:
                self.desk.settle(prompt, call, value)
            _log_call(call)
        return Answer(value, call)

    def _remember(self, failed: BaseException) -> None:
        """Keep that the endpoint rejects whoever asks: a wrong key or an unknown model, met before any answer."""
        if isinstance(failed, ContextWindowError) or any(call.error is None for call in self.calls):
            return
        if isinstance(failed, ModelRejectedError):
            self.trouble.rejected = failed


def _log_call(call: Call) -> None:
    """Write one line about a question, for machines in its extra fields: names and numbers, no text and no key."""
    fields = {
        "task": call.task,
        "model": call.model,
        "input_tokens": call.input_tokens,
        "output_tokens": call.output_tokens,
        "seconds": round(call.seconds, 3),
        "attempts": call.requests,
        "error": call.error,
    }
    _log.info("%s: %s", call.task, ", ".join(f"{k}={v}" for k, v in fields.items() if k != "task"), extra=fields)


def sdk(endpoint: Endpoint, limits: Limits, transport: httpx2.AsyncBaseTransport) -> openai.AsyncOpenAI:
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


def headers(endpoint: Endpoint) -> dict[str, Any]:
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
        # one that could have cost too much was not sent
        requests=question.sending.requests - isinstance(failed, BudgetError),
        input_tokens=sum(r.usage.sent for r in replies),
        cached_tokens=sum(r.usage.cached for r in replies),
        output_tokens=sum(r.usage.received for r in replies),
        seconds=seconds - question.sending.in_line_s,
        error=type(failed).__name__ if failed else None,
        prompt_tokens=max((r.usage.sent for r in replies), default=0),
        fewest_tokens=question.fewest_tokens,
        hidden_tokens=sum(r.usage.hidden for r in replies),
        asked=question.endpoint.model,
    )
