"""How a digest came about: who answered, what was asked, what it cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summarizer.article.findings import Finding
from summarizer.digest import Provenance
from summarizer.llm.prices import cost_usd

if TYPE_CHECKING:
    from summarizer.config import Settings
    from summarizer.llm import Endpoint
    from summarizer.llm.client import Call

__all__ = ["Account"]

_NOBODY = "none"
#: The task of the second reading: who reads wrote nothing.
_REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Account:
    """What one digest took.

    Attributes:
        endpoint: who was asked; None when the rules alone made it.
        calls: every question, failed ones too.
        seconds: wall-clock time.
    """

    endpoint: "Endpoint | None"
    calls: "tuple[Call, ...]"
    seconds: float

    def record(self, settings: "Settings", glossary: str = "") -> Provenance:
        """Return the part of the digest, with a glossary's hash; its cost is None unless `settings` has prices."""
        answered = [c.model for c in self.calls if c.error is None and c.task != _REVIEW]
        asked = self.endpoint.model if self.endpoint else _NOBODY
        return Provenance(
            model=answered[-1] if answered else asked,
            endpoint=self.endpoint.label if self.endpoint else _NOBODY,
            prompts=dict(sorted({(c.task, c.signature) for c in self.calls})),
            glossary=glossary or None,
            requests=sum(c.requests for c in self.calls),
            input_tokens=sum(c.input_tokens for c in self.calls),
            cached_tokens=sum(c.cached_tokens for c in self.calls),
            output_tokens=sum(c.output_tokens for c in self.calls),
            cost_usd=cost_usd(self.calls, settings) if self.calls else None,
            seconds=round(self.seconds, 3),
            created=datetime.now(UTC).replace(microsecond=0),
        )

    def findings(self) -> Iterator[Finding]:
        """Yield what a reader should know about who answered."""
        if self.endpoint is None:
            yield Finding(
                "summary.extracted", "no model was asked: headline and abstract are the article's own", "/summary"
            )
            return
        asked = self.endpoint.model
        if self.endpoint.embedded:
            kind = "a draft to check word for word, without translations of the quotes"
            message = f"written by the embedded model {asked}: {kind}"
            yield Finding("brief.draft", message, "/provenance/model")
        for one, model in sorted({(c.asked, c.model) for c in self.calls if c.error is None}):
            if not _alike(one, model):
                yield Finding("provenance.model", f"{one!r} was asked, {model!r} answered", "/provenance/model")
        yield from self._unread()
        if any(c.error is None and not c.input_tokens for c in self.calls):
            yield Finding("provenance.usage", "some answers came without usable token counts", "/provenance")

    def _unread(self) -> Iterator[Finding]:
        """Yield that the endpoint read far less than it was sent: a small default window cuts prompts in silence.

        Only where no question was read whole: some servers do not count what they have in their cache.
        """
        counted = [c for c in self.calls if c.prompt_tokens]
        cut = [c for c in counted if c.prompt_tokens < c.fewest_tokens]
        split = [c for c in cut if c.error == "ContextWindowError"]
        if not split and len(cut) < len(counted):
            return
        worst = max(split or cut, key=lambda c: c.fewest_tokens, default=None)
        if worst is None:
            return
        done = "it was asked again in smaller sections" if split else "the digest may lack part of the article"
        message = (
            f"the endpoint read {worst.prompt_tokens:,} tokens of a question that has at least "
            f"{worst.fewest_tokens:,} and dropped the rest in silence; {done}. Give the model a larger context "
            f"window there (num_ctx), or set --context-tokens {worst.prompt_tokens}"
        )
        yield Finding("article.truncated", message, "/article/text")


def _alike(asked: str, answered: str) -> bool:
    """Tell whether one name is the other's, with a date, a folder or a file ending more."""
    a, b = (name.lower().rpartition("/")[2].removesuffix(".gguf") for name in (asked, answered))
    return a.startswith(b) or b.startswith(a)
