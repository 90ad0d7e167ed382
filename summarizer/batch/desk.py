"""One article's desk: answers that are paid for are kept as they come, and what may be spent is asked for first."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.batch.money import Cost, Purse, Slip
from summarizer.errors import StoreError

if TYPE_CHECKING:
    import httpx2

    from summarizer.batch.store import Store
    from summarizer.llm.client import Answer, Call
    from summarizer.llm.prompt import Prompt
    from summarizer.llm.sending import Post

__all__ = ["Desk", "question"]

T = TypeVar("T", bound=BaseModel)


@dataclass(slots=True)
class Desk:
    """Keeps an article's answers until its digest is finished, so that nothing is paid for twice.

    Attributes:
        store: where they are kept.
        key: the article's key in it.
        purse: what may be spent.
        told: called after each question.
        troubled: called when the store can keep no more; the article goes on.
        fresh: whether earlier answers are left alone, and everything is asked anew.
        calls: what was asked in this run, failed questions too.
    """

    store: "Store"
    key: str
    purse: Purse
    told: "Callable[[Call], None]"
    troubled: Callable[[StoreError], None]
    fresh: bool = False
    calls: "list[Call]" = field(default_factory=list)
    _slips: dict[str, Slip] = field(default_factory=dict)

    @property
    def later(self) -> bool:
        """Whether answers come another day: here they come at once."""
        return False

    @property
    def cost(self) -> Cost:
        """What the article took in this run."""
        return Cost.of(self.calls, self.purse.tariff)

    def kept(self, model: str, prompt: "Prompt", into: type[T]) -> "Answer[T] | None":
        """Return the answer that the same model gave to the same question in an earlier run; None without one.

        An answer that does not fit today's shape is as good as none.
        """
        from summarizer.llm.client import Answer, Call

        found = None if self.fresh else self.store.stage(self.key, question(model, prompt))
        if found is None:
            return None
        try:
            value = json.loads(found)
            return Answer(into.model_validate(value["answer"]), Call(**value["call"]))
        except (ValidationError, ValueError, TypeError, KeyError):
            return None

    def guarded(self, model: str, prompt: "Prompt", post: "Post") -> "Post":
        """Return what posts a question's requests once the purse has set aside what each of them can cost."""
        slip = self._slips.setdefault(question(model, prompt), Slip())

        async def posted(body: Mapping[str, Any]) -> "httpx2.Response":
            await self.purse.hold(slip, model, body)
            return await post(body)

        return posted

    def settle(self, prompt: "Prompt", call: "Call", value: BaseModel | None) -> None:
        """Keep what a question cost, and its answer where there is one."""
        known = question(call.asked, prompt)
        self.calls.append(call)
        self.purse.settle(self._slips.pop(known, Slip()), Cost.of([call], self.purse.tariff))
        if value is not None:
            self._keep(known, {"answer": value.model_dump(mode="json", by_alias=True), "call": asdict(call)})
        self.told(call)

    def _keep(self, known: str, answered: Mapping[str, Any]) -> None:
        try:
            self.store.save_stage(self.key, known, json.dumps(answered, ensure_ascii=False).encode())
        except StoreError as error:
            self.troubled(error)


def question(model: str, prompt: "Prompt") -> str:
    """Return what a question is known by: who is asked, and every word of it."""
    said = [model, prompt.task, prompt.signature, *((m.role, m.content) for m in prompt.messages)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
