"""Prompt templates: ``prompts/<task>.v<N>.jinja``, rendered in a sandbox.

A prompt is one system message and one user message: the article first and the task last, so that all
calls about one article share their beginning and the endpoint can keep it in its cache.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from summarizer import resources
from summarizer.errors import TemplateError
from summarizer.llm.prompt import Message, Prompt

__all__ = ["Template", "as_data", "joined", "load"]

_OPENING, _CLOSING = re.compile(r'(?<![^\s(\[—–-])"(?=\S)'), re.compile('"')
_NAME = re.compile(r"(?P<task>[a-z_]+)\.v(?P<version>\d+)\.jinja")


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one task's template.

    Attributes:
        task: e.g. ``summary``.
        version: counts from 1.
        source: the Jinja source.
        shared: the files that stand before it: the rules and, where the article is shown, its beginning.
    """

    task: str
    version: int
    source: str
    shared: tuple[str, ...] = ("system.v2.jinja", "article.v1.jinja")

    @property
    def signature(self) -> str:
        """Version and the first eight hex digits of the SHA-256 of the source, with what stands before it."""
        shared = "".join(_source(name) for name in self.shared)
        digest = hashlib.sha256((shared + self.source).encode()).hexdigest()
        return f"v{self.version}#{digest[:8]}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names that `render` must be given, sorted."""
        import jinja2.meta

        return tuple(sorted(jinja2.meta.find_undeclared_variables(_environment().parse(self.source))))

    def render(self, article: Mapping[str, Any], values: Mapping[str, Any]) -> Prompt:
        """Fill in the template.

        Args:
            article: values of ``article.v1.jinja`` (key, language, sentences).
            values: the template's own `variables`. Values are data: they are never parsed as templates.

        Raises:
            TemplateError: a value is missing, or the template does what the sandbox forbids.
        """
        beginning = _render(_source(self.shared[1]), article, "article")
        return self._prompt(f"{beginning}\n\n{self.text(values)}")

    def render_alone(self, values: Mapping[str, Any]) -> Prompt:
        """Fill in the template where no article is shown.

        Raises:
            TemplateError: as `render`.
        """
        return self._prompt(self.text(values))

    def _prompt(self, user: str) -> Prompt:
        rules = _render(_source(self.shared[0]), {}, self.shared[0])
        return Prompt(self.task, self.signature, (Message("system", rules), Message("user", user)))

    def behind(self, prompt: Prompt, values: Mapping[str, Any]) -> Prompt:
        """Return a question with this template filled in behind it.

        Raises:
            TemplateError: as `render`.
        """
        system, user = prompt.messages
        own = hashlib.sha256(self.source.encode()).hexdigest()[:8]
        whole = Message("user", f"{user.content}\n\n{self.text(values)}")
        return Prompt(prompt.task, f"{prompt.signature}+v{self.version}#{own}", (system, whole))

    def text(self, values: Mapping[str, Any]) -> str:
        """Fill in the template alone, without the beginning that the tasks of a digest share.

        Raises:
            TemplateError: as `render`.
        """
        return _render(self.source, values, self.task)


#: The rules of tasks that see lines and no article.
_ALONE = {"review": "reviewer.v1.jinja", "translation": "translator.v1.jinja"}


def as_data(text: str) -> str:
    """Return untrusted text as it may stand in a prompt: on one line, unable to end a string or a turn.

    Straight double quotation marks become curly, since a small model that copies one into its JSON ends
    the string there; ``<|`` and ``|>`` are parted, since local servers read ``<|im_end|>`` inside a
    message as the end of it.
    """
    line = " ".join(text.split()).replace("<|", "< |").replace("|>", "| >")
    return _CLOSING.sub("”", _OPENING.sub("“", line))


def load(task: str, version: int | None = None, *, alone: bool = False) -> Template:
    """Return a task's template, the newest version unless one is named; `alone` for a task that sees no article.

    Raises:
        TemplateError: there is no such template.
    """
    found = {
        int(m["version"]): n for n in resources.names("prompts") if (m := _NAME.fullmatch(n)) and m["task"] == task
    }
    wanted = max(found, default=0) if version is None else version
    if wanted not in found:
        raise TemplateError(f"there is no template prompts/{task}.v{wanted or 'N'}.jinja; found: {sorted(found)}")
    source = _source(found[wanted])
    return Template(task, wanted, source, (_ALONE[task],)) if alone else Template(task, wanted, source)


def joined(task: str, article: Mapping[str, Any], parts: Sequence[tuple[str, Mapping[str, Any]]]) -> Prompt:
    """Return one question for several tasks about an article: their templates, one behind the other.

    Args:
        task: the name of the whole.
        article: as for `Template.render`.
        parts: the tasks with the values of their templates.

    Raises:
        TemplateError: as `Template.render`.
    """
    templates = [(load(name), values) for name, values in parts]
    system, user = templates[0][0].render(article, templates[0][1]).messages
    further = (template.text(values) for template, values in templates[1:])
    whole = Message("user", "\n\n".join([user.content, *further]))
    return Prompt(task, "+".join(template.signature for template, _ in templates), (system, whole))


@cache
def _source(name: str) -> str:
    return resources.read("prompts", name)


@cache
def _environment() -> Any:
    import jinja2
    import jinja2.sandbox

    return jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )


@lru_cache(maxsize=64)
def _compiled(source: str) -> Any:
    return _environment().from_string(source)


def _render(source: str, values: Mapping[str, Any], name: str) -> str:
    import jinja2

    try:
        text: str = _compiled(source).render(dict(values))
    except jinja2.TemplateError as error:
        raise TemplateError(f"prompts/{name}: {error.message or type(error).__name__}") from error
    return text.strip()
