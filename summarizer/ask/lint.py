"""What can be said of an office's templates before they are used: what is wrong, and what to think over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarizer import resources
from summarizer.ask import folder, sandbox
from summarizer.ask.prompts import STYLE
from summarizer.ask.samples import GIVEN
from summarizer.ask.style import Style
from summarizer.errors import TemplateError
from summarizer.llm.tokens import tokens

__all__ = ["Remark", "lint", "shown"]

#: What says to a model that the text it is shown gives it no orders.
_GUARD = re.compile(r"^.*\bnever\b.*\binstructions?\b.*$", re.MULTILINE)
#: Files that belong in a folder of templates beside them.
_BESIDE = frozenset({folder.STYLE_FILE, "README.md"})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file in a folder of templates.

    Attributes:
        severity: ``error``, no article can be asked about; ``warning``, think it over; ``info``.
        says: where, what, and what to do.
    """

    severity: Literal["error", "warning", "info"]
    says: str


def lint(path: Path, article: Mapping[str, Any] | None = None) -> Iterator[Remark]:
    """Yield what is to be said of a folder of templates; nothing is asked.

    Args:
        path: the folder.
        article: what ``article.v1.jinja`` is filled in with, to measure the templates on a real one.

    Raises:
        TemplateError: there is no such folder.
    """
    standard, listed = folder.newest(), folder.files(path)
    for each in listed:
        if each.name in standard.values() and _unchanged(each):
            continue
        if each.name.endswith(".jinja"):
            yield from _template(each, path, article)
        elif each.name not in _BESIDE:
            yield Remark("warning", f"{each}: nothing reads this file — take it out, or mend its name")
    if (path / folder.STYLE_FILE).exists():
        yield from _style(path)
    own = {each.name for each in listed}
    same = [name for name in standard.values() if name in own and _unchanged(path / name)]
    if same:
        advice = "delete them, so that what later versions ask reaches you"
        yield Remark("info", f"{path}: unchanged copies of standard templates: {', '.join(same)} — {advice}")
    missing = [name for name in standard.values() if name not in own]
    if missing:
        yield Remark("info", f"{path}: the standard templates stand in for {', '.join(missing)}")


def shown(source: str, name: str, place: str, article: Mapping[str, Any] | None) -> str:
    """Return the text of a template, filled in with all that it may be given.

    Args:
        source: of the template.
        name: of its file.
        place: what it is called in an error.
        article: values of ``article.v1.jinja``; None for a small one of ours.

    Raises:
        TemplateError: it cannot be filled in.
    """
    task = name.partition(".")[0]
    values = article if task == "article" and article is not None else GIVEN[task][-1].values
    return sandbox.render(source, values, place)


def _template(each: Path, path: Path, article: Mapping[str, Any] | None) -> Iterator[Remark]:
    try:
        source = folder.text(each, path)
        folder.hold(each.name, source, f"{each}")
        text = shown(source, each.name, f"{each}", article)
    except TemplateError as error:
        yield Remark("error", f"{error}")
        return
    standard = resources.read("prompts", each.name)
    for line in _GUARD.findall(standard):
        if " ".join(line.split()) not in " ".join(source.split()):
            advice = "keep it, or say it in your own words: an article may hold orders to the model"
            yield Remark("warning", f"{each}: “{line.strip('- ')}” is left out — {advice}")
    yield _measured(each, tokens(text), tokens(shown(standard, each.name, f"{each}", article)))


def _unchanged(each: Path) -> bool:
    """Tell whether a file is a copy of the standard template of its name."""
    try:
        return folder.text(each) == resources.read("prompts", each.name)
    except TemplateError:
        return False


def _measured(each: Path, own: int, standard: int) -> Remark:
    if own > standard:
        advice = "every question with it costs so much more"
        return Remark("warning", f"{each}: about {own:,} tokens, the standard one has {standard:,} — {advice}")
    return Remark("info", f"{each}: about {own:,} tokens, the standard one has {standard:,}")


def _style(path: Path) -> Iterator[Remark]:
    try:
        style = Style.read(path / folder.STYLE_FILE, path)
    except TemplateError as error:
        yield Remark("error", f"{error}")
        return
    told = f"about {tokens(style.text):,} tokens, {len(style.words)} forbidden words"
    yield Remark("info", f"{path / folder.STYLE_FILE}: {told}; {STYLE} shows it behind the rules")
