"""The desk of an article whose answers come another day: what was asked before is answered, what is new is kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
import openai
from pydantic import BaseModel

from summarizer.batch.desk import Desk, question
from summarizer.errors import AwaitedError, ModelUnavailableError
from summarizer.later.ledger import Ledger, form
from summarizer.later.values import Question

if TYPE_CHECKING:
    from summarizer.llm.client import Answer, Call
    from summarizer.llm.prompt import Prompt
    from summarizer.llm.sending import Post

__all__ = ["LaterDesk"]

T = TypeVar("T", bound=BaseModel)
#: So many turns of the event loop without a new question: the others of the article have come, too.
_QUIET_TURNS = 32
#: A question that ends with one of these goes on in another run.
_PUT_OFF = frozenset({AwaitedError.__name__, asyncio.CancelledError.__name__})
_REQUEST = httpx2.Request("POST", "http://batch/chat/completions")


@dataclass(slots=True)
class LaterDesk(Desk):
    """Answers what the ledger has an answer to; anything else is put into it, and the article ends for now.

    Attributes:
        ledger: what was asked.
    """

    ledger: Ledger = field(kw_only=True)
    _news: int = 0

    @property
    def later(self) -> bool:
        """They do."""
        return True

    def kept(self, model: str, prompt: "Prompt", into: type[T]) -> "Answer[T] | None":
        """Return what was answered, as `Desk.kept`."""
        self._news += 1
        # the two-argument form: a slotted dataclass is another class than the one that is being written
        return Desk.kept(self, model, prompt, into)

    def guarded(self, model: str, prompt: "Prompt", post: "Post") -> "Post":  # noqa: ARG002 - nothing is posted
        """Return what answers a question's requests from the ledger."""
        asked, given = question(model, prompt), set[str]()

        async def posted(body: Mapping[str, Any]) -> httpx2.Response:
            self._news += 1
            known = self.ledger.asked(self.key, asked)
            found = _answer(known, given, form(body))
            if found is not None:
                given.add(found.id)
                return _response(found)
            if all(each.status is not None for each in known) or _may_change(known, form(body)):
                self.ledger.ask(self.key, asked, model, body)
            await self._quiet()
            raise AwaitedError("the answer comes with a batch", "summarizer batch collect takes it when it is there")

        return posted

    def settle(self, prompt: "Prompt", call: "Call", value: BaseModel | None) -> None:
        """Keep what a question cost and its answer; one that waits has cost nothing yet that is not counted later."""
        self._news += 1
        if call.error in _PUT_OFF:
            return
        Desk.settle(self, prompt, call, value)
        known = question(call.asked, prompt)
        if value is None or self.store.stage(self.key, known) is not None:
            self.ledger.forget(self.key, known)

    async def _quiet(self) -> None:
        """Wait until the article's other questions are asked: the first one that ends, ends them all."""
        seen, turns = self._news, 0
        while turns < _QUIET_TURNS:
            await asyncio.sleep(0)
            seen, turns = (seen, turns + 1) if seen == self._news else (self._news, 0)


def _answer(known: list[Question], given: set[str], wanted: str) -> Question | None:
    """Return the answer to a request.

    Answers that were paid for go out in the order in which they were asked for, whatever the form: what was learned
    of the endpoint since may have changed it. A refusal answers only the very request that was refused.
    """
    left = [each for each in known if each.status is not None and each.id not in given]
    paid = (each for each in left if 200 <= (each.status or 0) < 300)
    refused = (
        each for each in left if not 200 <= (each.status or 0) < 300 and (not each.status or each.form == wanted)
    )
    return next(paid, None) or next(refused, None)


def _may_change(known: list[Question], wanted: str) -> bool:
    """Tell whether the request that waits for a batch has another form than the one that is wanted now."""
    return any(each.status is None and each.batch is None and each.form != wanted for each in known)


def _response(found: Question) -> httpx2.Response:
    """Return an answer as the endpoint would have sent it.

    Raises:
        openai.APIStatusError: a refusal, as the SDK raises it.
        ModelUnavailableError: it was given up.
    """
    if not found.status:
        told = f"batch after batch came back without this answer ({found.said})"
        raise ModelUnavailableError(told, "submit the article again later")
    body = (found.said or "").encode()
    response = httpx2.Response(
        found.status, headers={"content-type": "application/json"}, content=body, request=_REQUEST
    )
    if found.status >= 300:
        raise openai.APIStatusError(f"status {found.status}", response=response, body=None)
    return response
