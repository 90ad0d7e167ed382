"""Interviews in questions and answers, whose lines begin with a label: ``记者：…？``, ``张伟：…``."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from summarizer.speech.han.patterns import HanPatterns
from summarizer.speech.words import CodePoint, Span, span

__all__ = ["Label", "labels"]

_LINE = re.compile(r"^[^\S\n]*(?P<who>[^\s，。：:！？]{1,14})[：:]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Label:
    """What a line begins with.

    Attributes:
        end: after its colon.
        asks: it begins a question.
        name: code-point offsets of the name, None where the label is no name (``答``).
    """

    end: CodePoint
    asks: bool
    name: Span | None = None


def labels(plain: str, han: HanPatterns, names: Collection[str]) -> dict[int, Label]:
    """Return the labels of an interview by their offset; no other text has any (``地点：国际博览中心``)."""
    lines = list(_LINE.finditer(plain))
    asked = {
        m.start("who"): Label(CodePoint(m.end()), asks=True)
        for m in lines
        if han.cues.asker.match(plain, m.start("who"))
    }
    if not asked:
        return {}
    known = dict(asked)
    families = {name[0] for name in names}
    for match in lines:
        start, who = match.start("who"), match["who"]
        if start in asked:
            continue
        if han.cues.answer.fullmatch(f"{who}："):
            known[start] = Label(CodePoint(match.end()), asks=False)
        elif who in names or who in families or han.names.whole.fullmatch(who):
            known[start] = Label(CodePoint(match.end()), asks=False, name=span(*match.span("who")))
    return known
