"""What can be run over cases: the pipeline, and the plain call that it is measured against."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from summarizer.article import Article
from summarizer.ask.house import House
from summarizer.config import Settings
from summarizer.digest import Digest
from summarizer.evals import plain
from summarizer.evals.plain import PlainDigest
from summarizer.llm.client import Client
from summarizer.llm.connect import Backend
from summarizer.pipeline import Summarizer

__all__ = ["SYSTEMS", "System", "signatures"]


class System(Protocol):
    """Makes one output of one article; raises what the article's failure is."""

    async def __call__(
        self, backend: Backend, settings: Settings, article: Article, targets: Sequence[str]
    ) -> Digest | PlainDigest:
        """Return the output for one article, with briefs in the `targets`."""


async def _pipeline(backend: Backend, settings: Settings, article: Article, targets: Sequence[str]) -> Digest:
    summarizer = Summarizer(settings, backend=backend)
    try:
        return await summarizer.summarize(article, targets)
    finally:
        await summarizer.aclose_connections()


async def _plain(backend: Backend, settings: Settings, article: Article, targets: Sequence[str]) -> PlainDigest:  # noqa: ARG001 - the plain call has no settings
    client = Client(backend.endpoint, backend.limits, backend.around, backend.learned, backend.gate)
    try:
        return await plain.ask(client.session(), article.text, targets)
    finally:
        await client.aclose()


SYSTEMS: Mapping[str, System] = {"pipeline": _pipeline, "plain": _plain}
_TASKS = {
    "pipeline": ("summary", "merge", "quotes", "choice", "translation", "lines", "mend", "review"),
    "plain": ("plain",),
}


def signatures(system: str, settings: Settings) -> dict[str, str]:
    """Return version and hash of each template that a system uses."""
    house = House() if system == "plain" else House.of(settings)
    own = {
        f"fields.{task.name}": f"{house.templates.load('fields').signature}+{task.hash[:8]}" for task in house.tasks
    }
    return {**{task: house.templates.load(task).signature for task in _TASKS[system]}, **own}
