"""Ask a model for a value of a given shape."""

import asyncio
import copy
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import httpx2
import instructor
import openai
from pydantic import BaseModel

from summarizer.llm.endpoint import Dialect, Endpoint, Limits
from summarizer.llm.failures import complaint, translate
from summarizer.llm.wire import BoundedTransport, RetryingTransport
from summarizer.prompts import Prompt

__all__ = ["Answer", "Around", "Call", "Client", "Session"]

T = TypeVar("T", bound=BaseModel)
#: Puts one transport around another; httpx2 is the wire that openai speaks.
Around = Callable[[httpx2.AsyncBaseTransport], httpx2.AsyncBaseTransport]

#: Answers that do not fit the schema are asked for again at most this often.
REASKS = 2

_MODES = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.JSON,
}


@dataclass(frozen=True, slots=True)
class Call:
    """What one question cost, retries and re-asks included.

    Attributes:
        task: the template's task.
        model: the model that says it answered.
        requests: requests sent.
        input_tokens: tokens sent over all requests; `cached_tokens` of them came from a cache.
        output_tokens: tokens received.
        seconds: wall-clock time, waiting for a free connection not counted.
        error: name of the error that ended it, None when it was answered.
    """

    task: str
    model: str
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    seconds: float
    error: str | None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A draft, valid by its schema and not yet held against the article, and what it cost."""

    value: T
    call: Call


class Client:
    """Asks one endpoint; safe to share between the tasks of one event loop.

    The first answer settles the endpoint's dialect: strict ``json_schema``, else tools, else JSON mode.

    Args:
        endpoint: who answers.
        limits: bounds on each question.
        around: put around the connections, to record or replay answers; None for nothing.

    Attributes:
        endpoint: who answers.
        limits: bounds on each question.
        transport: the connections, shared by all questions.
        turns: how many questions may be under way at once.
        articles: how many articles may be; the others' deadlines have not begun.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits, around: Around | None = None) -> None:
        # instructor logs whole completions, and with them keys that a server echoed, at level ERROR
        logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
        self.endpoint = endpoint
        self.limits = limits
        self._dialect = Dialect()
        bounded = BoundedTransport(endpoint, limits)
        self.transport = around(bounded) if around else bounded
        self.turns = asyncio.Semaphore(endpoint.concurrency)
        self.articles = asyncio.Semaphore(endpoint.concurrency)

    def session(self) -> "Session":
        """Return a session that keeps account of the questions asked in it."""
        return Session(self)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.transport.aclose()

    async def post(self, prompt: Prompt, into: type[T], max_tokens: int, wire: RetryingTransport) -> T:
        """Ask in the dialect known so far over `wire`; learn from a rejection and ask again.

        Raises:
            SummarizerError: whatever the SDK, instructor or the transport raised, translated.
        """
        while True:
            dialect = self._dialect
            asking = instructor.from_openai(self._sdk(wire), mode=_MODES[dialect.mode])
            messages: Any = [{"role": m.role, "content": m.content} for m in prompt.messages]
            try:
                value: T = await asking.chat.completions.create(
                    model=self.endpoint.model,
                    messages=messages,
                    response_model=into,
                    max_retries=REASKS,
                    strict=False,  # "7" for 7 is no reason to ask again
                    **self._arguments(dialect, into, max_tokens),
                )
            except Exception as error:  # noqa: BLE001 - everything foreign is translated, nothing is lost
                said = complaint(error)
                simpler = dialect.without(said) if said else None
                if simpler is None:
                    # from None: the chain holds whole completions and request headers
                    raise translate(error, self.endpoint) from None
                self._dialect = simpler
            else:
                return value

    def _sdk(self, wire: RetryingTransport) -> openai.AsyncOpenAI:
        """Return an SDK client for one question: it is cheap, the connections are the transport's."""
        return openai.AsyncOpenAI(
            api_key=self.endpoint.api_key.get_secret_value(),
            base_url=self.endpoint.base_url,
            max_retries=0,
            # the transport keeps the real deadline; this only must not be shorter
            timeout=httpx2.Timeout(self.limits.timeout_s + 5, connect=min(15.0, self.limits.timeout_s)),
            http_client=httpx2.AsyncClient(transport=wire, follow_redirects=False, trust_env=False),
        )

    def _arguments(self, dialect: Dialect, into: type[BaseModel], max_tokens: int) -> dict[str, Any]:
        arguments: dict[str, Any] = {dialect.token_limit: max_tokens}
        if dialect.temperature:
            arguments["temperature"] = 0.0
        if dialect.mode == "json_schema":
            # instructor sends no `strict` and drops a response_format of ours; extra_body is merged last
            schema = _schema(into, bounded_strings=self.endpoint.bounded_strings)
            asked = {"name": into.__name__, "schema": schema, "strict": True}
            arguments["extra_body"] = {"response_format": {"type": "json_schema", "json_schema": asked}}
        return arguments


@dataclass(frozen=True, slots=True)
class Session:
    """The questions about one article, and what each of them cost, failed ones too.

    Attributes:
        client: who asks.
        calls: one entry for each question, in the order of their ends.
    """

    client: Client
    calls: list[Call] = field(default_factory=list)

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that answers."""
        return self.client.endpoint

    async def ask(self, prompt: Prompt, into: type[T], max_tokens: int) -> Answer[T]:
        """Return the model's answer to `prompt` as a value of type `into`.

        Args:
            prompt: the rendered messages.
            into: a pydantic model; its JSON schema constrains the answer where the endpoint can.
            max_tokens: bound on one answer's tokens.

        Raises:
            ModelError: no usable answer (one subclass per cause).
            OutputSchemaError: the answer did not fit the schema, `REASKS` re-asks included.
        """
        async with self.client.turns:
            wire = RetryingTransport(self.client.transport, self.client.limits)
            started = time.monotonic()
            error: str | None = None
            try:
                value = await self.client.post(prompt, into, max_tokens, wire)
            except BaseException as failure:
                error = type(failure).__name__
                raise
            finally:
                call = _account(prompt.task, wire, self.endpoint.model, time.monotonic() - started, error)
                self.calls.append(call)
        return Answer(value, call)


def _account(task: str, wire: RetryingTransport, model: str, seconds: float, error: str | None) -> Call:
    sent, cached, received = (sum(counts) for counts in zip(*wire.usage, strict=True)) if wire.usage else (0, 0, 0)
    return Call(task, wire.model or model, wire.requests, sent, cached, received, seconds, error)


def _schema(model: type[BaseModel], *, bounded_strings: bool) -> dict[str, Any]:
    schema = copy.deepcopy(model.model_json_schema())
    return schema if bounded_strings else _without(schema, frozenset({"maxLength", "minLength", "pattern"}))


def _without(node: Any, keywords: frozenset[str]) -> Any:
    if isinstance(node, dict):
        return {k: _without(v, keywords) for k, v in node.items() if k not in keywords}
    if isinstance(node, list):
        return [_without(item, keywords) for item in node]
    return node
