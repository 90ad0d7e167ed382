"""Prompt templates: ``prompts/<task>.v<N>.jinja``, rendered in a sandbox.

A prompt is one system message and one user message: the article first and the task last, so that all
calls about one article share their beginning and the endpoint can keep it in its cache.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from summarizer import resources
from summarizer.ask import sandbox
from summarizer.errors import TemplateError
from summarizer.llm.prompt import Message, Prompt

__all__ = ["STYLE", "Template", "Templates", "as_data", "load"]

_OPENING, _CLOSING = re.compile(r'(?<![^\s(\[—–-])"(?=\S)'), re.compile('"')
_NAME = re.compile(r"(?P<task>[a-z_]+)\.v(?P<version>\d+)\.jinja")
#: What shows a house style behind the rules.
STYLE = "style.v1.jinja"
#: Who reads a second time compares meanings: a style is no difference.
_UNSTYLED = "review"


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of an office: the standard ones, some of them replaced by its own, and its house style.

    Attributes:
        own: file name → source of each template that replaces the standard one of that name.
        style: what the house style says; empty for none.
        folder: where its own are from, for messages.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    style: str = ""
    folder: str = "prompts"

    def load(self, task: str, version: int | None = None, *, alone: bool = False) -> "Template":
        """Return a task's template, the newest version unless one is named; `alone` for a task without an article.

        Raises:
            TemplateError: there is no such template.
        """
        found = {
            int(m["version"]): n
            for n in resources.names("prompts")
            if (m := _NAME.fullmatch(n)) and m["task"] == task
        }
        wanted = max(found, default=0) if version is None else version
        if wanted not in found:
            raise TemplateError(f"there is no template prompts/{task}.v{wanted or 'N'}.jinja; found: {sorted(found)}")
        shared = (_ALONE[task],) if alone else ("system.v2.jinja", "article.v1.jinja")
        return Template(task, wanted, self.source(found[wanted]), shared, self)

    def joined(self, task: str, article: Mapping[str, Any], parts: Sequence[tuple[str, Mapping[str, Any]]]) -> Prompt:
        """Return one question for several tasks about an article: their templates, one behind the other.

        Args:
            task: the name of the whole.
            article: as for `Template.render`.
            parts: the tasks with the values of their templates.

        Raises:
            TemplateError: as `Template.render`.
        """
        templates = [(self.load(name), values) for name, values in parts]
        system, user = templates[0][0].render(article, templates[0][1]).messages
        further = (template.text(values) for template, values in templates[1:])
        whole = Message("user", "\n\n".join([user.content, *further]))
        return Prompt(task, "+".join(template.signature for template, _ in templates), (system, whole))

    def source(self, name: str) -> str:
        """Return the source of the template in a file."""
        return self.own[name] if name in self.own else _source(name)

    def fill(self, name: str, values: Mapping[str, Any]) -> str:
        """Fill in the template in a file.

        Raises:
            TemplateError: as `Template.render`.
        """
        return sandbox.render(self.source(name), values, self.place(name))

    def place(self, name: str) -> str:
        """Return what a template is called in a message."""
        return f"{self.folder if name in self.own else 'prompts'}/{name}"

    def styled(self, rules: str) -> str:
        """Return rules with the house style behind them, as data between tags that it cannot close."""
        if not self.style:
            return rules
        key = hashlib.sha256(self.style.encode()).hexdigest()[:16]
        return f"{rules}\n\n{self.fill(STYLE, {'key': key, 'style': _in_one_turn(self.style)})}"


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one task's template.

    Attributes:
        task: e.g. ``summary``.
        version: counts from 1.
        source: the Jinja source.
        shared: the files that stand before it: the rules and, where the article is shown, its beginning.
        templates: what it is one of.
    """

    task: str
    version: int
    source: str
    shared: tuple[str, ...] = ("system.v2.jinja", "article.v1.jinja")
    templates: Templates = field(default_factory=Templates)

    @property
    def signature(self) -> str:
        """Version and the first eight hex digits of the SHA-256 of the source, with what stands before it."""
        shared = "".join(map(self.templates.source, self.shared))
        style = self.templates.source(STYLE) + self.templates.style if self._styled else ""
        digest = hashlib.sha256((shared + style + self.source).encode()).hexdigest()
        return f"v{self.version}#{digest[:8]}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names that `render` must be given, sorted."""
        return sandbox.variables(self.source)

    def render(self, article: Mapping[str, Any], values: Mapping[str, Any]) -> Prompt:
        """Fill in the template.

        Args:
            article: values of ``article.v1.jinja`` (key, language, sentences).
            values: the template's own `variables`. Values are data: they are never parsed as templates.

        Raises:
            TemplateError: a value is missing, or the template does what the sandbox forbids.
        """
        return self._prompt(f"{self.templates.fill(self.shared[1], article)}\n\n{self.text(values)}")

    def render_alone(self, values: Mapping[str, Any]) -> Prompt:
        """Fill in the template where no article is shown.

        Raises:
            TemplateError: as `render`.
        """
        return self._prompt(self.text(values))

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
        return sandbox.render(self.source, values, self.templates.place(f"{self.task}.v{self.version}.jinja"))

    @property
    def _styled(self) -> bool:
        return bool(self.templates.style) and self.task != _UNSTYLED

    def _prompt(self, user: str) -> Prompt:
        rules = self.templates.fill(self.shared[0], {})
        system = self.templates.styled(rules) if self._styled else rules
        return Prompt(self.task, self.signature, (Message("system", system), Message("user", user)))


#: The rules of tasks that see lines and no article.
_ALONE = {"review": "reviewer.v1.jinja", "translation": "translator.v1.jinja"}


def as_data(text: str) -> str:
    """Return untrusted text as it may stand in a prompt: on one line, unable to end a string or a turn.

    Straight double quotation marks become curly, since a small model that copies one into its JSON ends
    the string there; ``<|`` and ``|>`` are parted, since local servers read ``<|im_end|>`` inside a
    message as the end of it.
    """
    return _CLOSING.sub("”", _OPENING.sub("“", _in_one_turn(" ".join(text.split()))))


def _in_one_turn(text: str) -> str:
    return text.replace("<|", "< |").replace("|>", "| >")


def load(task: str, version: int | None = None, *, alone: bool = False) -> Template:
    """Return a task's standard template, as `Templates.load`."""
    return Templates().load(task, version, alone=alone)


@cache
def _source(name: str) -> str:
    return resources.read("prompts", name)
