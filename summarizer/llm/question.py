"""One question: asked in the dialect known so far, in another where that is refused, again where it does not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

import instructor
from instructor.core.exceptions import InstructorRetryException
from instructor.v2.core.function_calls import response_schema
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from summarizer.errors import ContextWindowError, ModelRejectedError, ModelTruncatedError, OutputSchemaError
from summarizer.llm import request
from summarizer.llm.dialect import SCHEMA_IN_MESSAGE, Complaint, Dialect, Learned
from summarizer.llm.endpoint import Endpoint
from summarizer.llm.extraction import has_any
from summarizer.llm.failures import EndpointFailureError, Failure
from summarizer.llm.prompt import Prompt
from summarizer.llm.reply import EmptyReplyError, Reply
from summarizer.llm.request import Request
from summarizer.llm.sending import Sending
from summarizer.llm.tokens import fewest, tokens

__all__ = ["Question"]

T = TypeVar("T", bound=BaseModel)

#: Answers that do not fit the schema are asked for again at most this often, in whatever form.
REASKS = 2
#: An endpoint that refuses more things than this, one after the other, refuses the question.
_LESSONS = 16
#: The limit of an answer is not set lower than this to make it fit into a window: nothing useful would come.
_SHORTEST_ANSWER = 512
#: No server's default window is smaller; a lower count is of what was not in its cache.
_SMALLEST_WINDOW = 1_000


@dataclass(slots=True)
class Question(Generic[T]):
    """A question under way.

    Attributes:
        endpoint: who is asked.
        learned: what is known of the endpoint's dialect; added to.
        sending: sends the requests and counts them.
        prompt: the rendered messages.
        into: shape of the answer.
        max_tokens: bound on the answer alone, in tokens.
        reasks: how often it was asked again because an answer did not fit.
    """

    endpoint: Endpoint
    learned: Learned
    sending: Sending
    prompt: Prompt
    into: type[T]
    max_tokens: int
    reasks: int = field(default=0, init=False)
    _last: Reply | None = field(default=None, init=False)

    async def answer(self) -> T:
        """Return the answer.

        Raises:
            Exception: whatever the SDK, instructor or this package raised; `failures.translate` knows them all.
        """
        # instructor validates an answer and puts what is wrong with it into the words of a re-ask; the form is ours
        create: Any = instructor.patch(create=self._completion, mode=instructor.Mode.JSON_SCHEMA)
        try:
            value: T = await create(
                messages=self._messages,
                response_model=_prepared(self.into),
                max_retries=REASKS,
                strict=False,  # "7" for 7 is no reason to ask again
            )
        except InstructorRetryException:
            if self._last is not None:
                self.sending.trouble.misfitted(self.sending.asked_at)
            raise
        finally:
            self.sending.done()
        self.learned.fitting.add(self.learned.dialect.form)
        self.sending.trouble.fitted(self.sending.asked_at)
        return value

    @property
    def _messages(self) -> list[dict[str, Any]]:
        return [{"role": m.role, "content": m.content} for m in self.prompt.messages]

    async def _completion(self, *, messages: Sequence[Mapping[str, Any]], **_: Any) -> ChatCompletion:
        """Return a whole answer as instructor wants it; called by it again when the last one did not fit."""
        if self._last is not None:
            self.reasks += 1
            await self._count_misfit()
            messages = self._after_misfit(messages, self._last.content)
        self._last = await self._whole(messages)
        return _completion(self._last, self.endpoint.model)

    async def _whole(self, messages: Sequence[Mapping[str, Any]]) -> Reply:
        """Return a reply that is not cut off, in whatever dialect the endpoint takes.

        Raises:
            EndpointFailureError: it refuses the question, and not because of its form.
            ModelTruncatedError: the answer ran into its limit.
        """
        for _ in range(_LESSONS):
            dialect = self.learned.dialect
            asked = request.build(self.endpoint, dialect, messages, self.into, self._limit(dialect))
            try:
                reply = await self.sending.send(asked, lambda failure: self._complains(failure, asked))  # noqa: B023
            except EndpointFailureError as error:
                self._give_up_what_is_refused(dialect, asked, error)
                continue
            except EmptyReplyError as error:
                self._give_up_what_is_not_answered(dialect, error)
                continue
            if reply.used_up_by_thinking:
                self._make_room(dialect, asked, reply)
                continue
            if reply.cut:
                raise ModelTruncatedError(f"the answer ran into its token limit ({asked.limit:,})", _CUT_ADVICE)
            self._see_how_much_was_read(dialect, reply)
            if reply.thought:
                self.learned.learn(dialect, dialect.seen_thinking(reply.usage.hidden))
            return reply
        raise ModelRejectedError(
            f"{self.endpoint.model} at {self.endpoint.label} refuses one form of question after another"
        )

    def _limit(self, dialect: Dialect) -> int:
        """Return the bound on an answer with the thinking before it: what the endpoint takes and the window holds."""
        limit = self.max_tokens + dialect.thinking_tokens
        if dialect.context_tokens is not None and dialect.answer_in_window:
            limit = min(limit, max(dialect.context_tokens - self._prompt_tokens, _SHORTEST_ANSWER))
        return min(limit, dialect.answer_tokens or limit)

    @property
    def _prompt_tokens(self) -> int:
        return sum(tokens(message.content) for message in self.prompt.messages)

    async def _count_misfit(self) -> None:
        """Count an answer that did not fit, and wait for the question beside this one that asks again.

        Raises:
            OutputSchemaError: with those of the questions beside this one there were too many in a row.
        """
        trouble = self.sending.trouble
        trouble.misfitted(self.sending.asked_at)
        await self.sending.go_alone()
        if trouble.misfits > REASKS:
            raise OutputSchemaError(
                f"{self.endpoint.model} gave {trouble.misfits} answers in a row that do not fit the schema",
                "try a model with structured outputs",
            )

    def _after_misfit(self, messages: Sequence[Mapping[str, Any]], last: str) -> Sequence[Mapping[str, Any]]:
        """Return what to send after an answer that did not fit: the re-ask, or the question anew in another form."""
        dialect = self.learned.dialect
        if not last.strip():
            return self._messages  # nothing to correct, and some endpoints refuse an empty message
        held = dialect.form in self.learned.fitting or dialect.form in SCHEMA_IN_MESSAGE
        if held or has_any(last, self.into.model_fields):
            return messages
        # none of the schema's names: the endpoint took the schema and ignored it, so it goes into the message
        better = dialect.lower("json_object")
        if better is not None:
            self.learned.learn(dialect, better)
        return self._messages

    def _complains(self, failure: Failure, asked: Request) -> bool:
        """Tell whether a server's error is about a field: not of an endpoint that took this form before."""
        dialect = self.learned.dialect
        return dialect.form not in self.learned.fitting and dialect.after(self._complaint(failure, asked)) is not None

    def _complaint(self, failure: Failure, asked: Request) -> Complaint:
        names = asked.names - self.endpoint.extras.body.keys()
        return Complaint(failure.status, failure.text, names, asked.limit)

    def _give_up_what_is_refused(self, dialect: Dialect, asked: Request, error: EndpointFailureError) -> None:
        """Learn from a refusal.

        Raises:
            EndpointFailureError: the refusal, where it is not about the form of the request.
            ContextWindowError: the endpoint named its window, and this question does not fit.
        """
        better = dialect.after(self._complaint(error.failure, asked)) if error.failure.is_about_request else None
        if better is not None:
            self.learned.learn(dialect, better)
        known = self.learned.dialect
        if known == dialect:
            raise error
        window = known.context_tokens
        room = self.max_tokens if known.answer_in_window else 0
        if window != dialect.context_tokens and window and self._prompt_tokens + room > window:
            raise ContextWindowError(
                f"{self.endpoint.model} takes {window:,} tokens", f"set --context-tokens {window}"
            )

    def _give_up_what_is_not_answered(self, dialect: Dialect, error: EmptyReplyError) -> None:
        """Leave a form that was taken and never answered.

        Raises:
            EmptyReplyError: it was answered before, or there is none after it.
        """
        better = dialect.lower("json_object")
        if dialect.form in self.learned.fitting or dialect.form in SCHEMA_IN_MESSAGE or better is None:
            raise error
        self.learned.learn(dialect, better)
        self.sending.trouble.failures.clear()

    def _see_how_much_was_read(self, dialect: Dialect, reply: Reply) -> None:
        """Learn the window of a server that drops what does not fit, and says nothing.

        Raises:
            ContextWindowError: this question was not read whole.
        """
        trouble, read = self.sending.trouble, reply.usage.sent
        trouble.read_whole |= read >= self.fewest_tokens
        if trouble.read_whole or read < _SMALLEST_WINDOW:
            return
        self.learned.learn(dialect, replace(dialect, context_tokens=read))
        raise ContextWindowError(
            f"{self.endpoint.model} reads {read:,} tokens of a question and drops the rest",
            f"give it a larger window there, or set --context-tokens {read}",
        )

    @property
    def fewest_tokens(self) -> int:
        """Tokens that the prompt has at least."""
        return sum(fewest(message.content) for message in self.prompt.messages)

    def _make_room(self, dialect: Dialect, asked: Request, reply: Reply) -> None:
        """Leave more room for thinking where it used the limit up.

        Raises:
            ModelTruncatedError: there is no more.
        """
        better = dialect.roomier(reply.usage.hidden or reply.usage.received)
        if better is not None:
            self.learned.learn(dialect, better)
        if self._limit(self.learned.dialect) <= asked.limit:
            raise ModelTruncatedError(_used_up_message(asked.limit, reply), _THINK_LESS)


@lru_cache(maxsize=512)
def _prepared(model: type[T]) -> type[T]:
    """Return the model as instructor wants it; it would make it anew for each question."""
    prepared: type[T] = response_schema(model)
    return prepared


def _completion(reply: Reply, model: str) -> ChatCompletion:
    """Return a reply in the SDK's form, in which instructor reads it."""
    message = {"role": "assistant", "content": reply.content}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return ChatCompletion.construct(id="", created=0, model=model, object="chat.completion", choices=[choice])


_CUT_ADVICE = (
    "use a model with a longer output, or set --context-tokens so that the article is taken in smaller sections"
)
_THINK_LESS = "set --reasoning-effort low (or none), or choose a model that thinks less"


def _used_up_message(limit: int, reply: Reply) -> str:
    thought = f" ({reply.usage.hidden:,} of them hidden)" if reply.usage.hidden else ""
    return (
        f"the model used up the {limit:,} tokens that it may write here for thinking{thought} and came to no answer"
    )
