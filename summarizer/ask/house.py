"""How an office wants its digests: templates, style, words, length and fields of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer import glossary, resources
from summarizer.ask import folder
from summarizer.ask.prompts import Templates
from summarizer.ask.shape import Shape
from summarizer.ask.style import Style
from summarizer.checks.house import Rules
from summarizer.glossary import Glossary
from summarizer.llm.tokens import tokens
from summarizer.tasks import Task, files
from summarizer.tasks.task import held

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.config import Settings

__all__ = ["House"]


@dataclass(frozen=True, slots=True)
class House:
    """How an office wants its digests, read once and held before anything is asked.

    Attributes:
        templates: what is asked with.
        rules: what every line of its own is held to beside the article.
        shape: how long a digest is.
        quotes: published at most.
        glossary: what its briefs have to call things.
        tasks: what it wants beside, a section each.
    """

    templates: Templates = field(default_factory=Templates)
    rules: Rules = field(default_factory=Rules)
    shape: Shape = field(default_factory=Shape)
    quotes: int = 8
    glossary: Glossary = field(default_factory=Glossary)
    tasks: tuple[Task, ...] = ()

    @classmethod
    def of(cls, settings: "Settings") -> "House":
        """Return what the settings say, with what stands in the files that they name.

        Raises:
            ConfigurationError: a template, the style, the glossary or a task is wrong; the message says where, what
                and what to do.
        """
        own = folder.read(settings.prompts) if settings.prompts else {}
        style, shape = _style(settings.prompts, settings.style), Shape.of(settings)
        rules = Rules(style.words, shape.headline_words, shape.headline_chars, shape.set)
        templates = Templates(own, style.text, str(settings.prompts or "prompts"))
        words = glossary.load(settings.glossary)
        return cls(templates, rules, shape, settings.max_quotes, words, files.load(settings.task))

    def with_tasks(self, given: "Iterable[Task | type[BaseModel]]") -> "House":
        """Return the same with further tasks; a pydantic model is one as `Task.from_model` reads it.

        Raises:
            TaskError: a model cannot be asked for or proved, two tasks have one name, or they are too many.
        """
        own = (each if isinstance(each, Task) else Task.from_model(each) for each in given)
        return replace(self, tasks=held((*self.tasks, *own)))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the templates, style and tasks that are its own; empty where everything is the standard."""
        own = "".join(f"{name}\0{source}\0" for name, source in sorted(self.templates.own.items()))
        whole = own + self.templates.style + "".join(task.hash for task in self.tasks)
        return sha256(whole.encode()).hexdigest() if whole else ""

    @property
    def further_tokens(self) -> int:
        """Bound on the tokens that its questions have more than the standard ones."""
        own = self.templates.own
        more = sum(max(0, tokens(own[name]) - tokens(resources.read("prompts", name))) for name in own)
        return more + tokens(self.templates.style)


def _style(prompts: Path | None, style: Path | None) -> Style:
    """Return the style in the file that is named, else in the folder of the templates."""
    if style is not None:
        return Style.read(style)
    beside = prompts / folder.STYLE_FILE if prompts else None
    return Style.read(beside, prompts) if beside is not None and beside.exists() else Style()
