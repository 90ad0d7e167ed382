"""Turns of a dialogue, which a dash opens and no mark closes: ``—No hay plan —dijo Marta Ruiz—. Ya veremos.``."""

import re
from collections.abc import Iterator, Sequence

from summarizer.speech.marks import Passage
from summarizer.speech.sentences import Parse

__all__ = ["with_turns"]

#: A dash opens the line, the next one stands right before the cue, and a third may end it.
_TURN = re.compile(
    r"^[^\S\n]*[—–][^\S\n]?(?P<said>[^\s—–][^\n—–]*?)[^\S\n]+[—–](?P<cue>[^\W\d_][^\n—–]*)(?:[—–][,;:.]?(?P<more>[^\n—–]*))?",
    re.MULTILINE,
)


def with_turns(text: str, marked: Sequence[Passage], parse: Parse) -> list[Passage]:
    """Return the quoted passages with the turns of dialogue that hold none of them."""
    turns = [turn for turn in _turns(text, parse) if not any(_meet(turn, passage) for passage in marked)]
    return sorted([*marked, *turns], key=lambda passage: passage.start)


def _turns(text: str, parse: Parse) -> Iterator[Passage]:
    for match in _TURN.finditer(text):
        _, _, cues = parse(match.start("cue"), match.end("cue"))
        if not cues or cues[0].low or cues[0].side != "left":
            continue
        yield Passage(match.start("said"), match.end("said"), match.start(), match.start("cue"))
        more = match["more"] or ""
        if more.strip():
            start = match.end("more") - len(more.lstrip())
            yield Passage(start, match.end("more"), match.end("cue"), match.end("more"))


def _meet(one: Passage, other: Passage) -> bool:
    return one.outer_start < other.outer_end and other.outer_start < one.outer_end
