"""Sentences of an article that give orders to a language model: content to be reported, never to be followed.

`summarizer.article.addressed` tells such a sentence by its build. An order governs more than itself: what it
announces, what goes on ordering after it, the whole of a short paragraph that begins with it, and whatever stands
between the marks of a comment or of a turn of a conversation. News about such orders quotes or reports them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.article import addressed, segment
from summarizer.article.addressed import Order
from summarizer.article.segment import Sentence
from summarizer.article.span import Span

__all__ = ["LEFT_OUT", "find"]

#: What stands in place of such a sentence where the article is read on.
LEFT_OUT = "[text addressed to a language model, left out]"

#: A paragraph up to this length that begins with an order was put in with it; a longer one is the article's own.
_PUT_IN_CHARS = 900
#: What stands between the marks of a comment, of a turn or of a system message, and is no text to be read.
_ENCLOSED = re.compile(
    r"<!--.{0,4000}?-->|/\*.{0,4000}?\*/|\[INST\].{0,4000}?\[/INST\]|<<SYS>>.{0,4000}?<</SYS>>"
    r"|<(?P<tag>system|assistant|user|instructions?|prompt|script|style|template)>.{0,4000}?</(?P=tag)>"
    r"|<[a-z]{1,9}\s[^<>]{0,300}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)[^<>]{0,300}>"
    r".{0,4000}?</[a-z]{1,9}>"
    r"|^\W{0,4}(?:user|human|system|utente|sistema|用户|系统)\s?[:：][^\n]{0,2000}\n+"
    r"\W{0,4}(?:assistant|model|AI|assistente|助手)\s?[:：][^\n]{0,2000}"
    r"|<\|im_start\|>.{0,4000}?<\|im_end\|>|```.{0,4000}?```",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"[-*•–·]|\(?\d{1,2}[.)、]|[a-z]\)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands: numbers of its paragraph and of its block between blank lines, and how."""

    paragraph: int
    block: int
    first: bool
    short: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class _Hold:
    """What is governed after a sentence that is: the rest of its paragraph, one sentence more, the next paragraph."""

    place: _Place
    rest: bool
    one: bool
    beyond: bool


@lru_cache(maxsize=16)  # whoever makes an article reports what whoever reads it leaves out
def find(text: str, language: str) -> tuple[Span, ...]:
    """Return the sentences of `text` that address a language model or are governed by one that does, in order.

    Orders in any language that has a file are found, whatever the article's own `language`.
    """
    sentences = segment.split(text, language)
    read = [addressed.read(sentence.text) for sentence in sentences]
    found = _enclosed(text, sentences)
    if found or any(order and order.plain for order in read):
        found |= _governed(_places(text, sentences), read, found)
    return tuple(Span(sentences[i].start, sentences[i].end) for i in sorted(found))


def _governed(places: Sequence[_Place], read: Sequence[Order | None], known: set[int]) -> set[int]:
    """Return the positions of orders and of what they govern; `known` ones are orders whatever they say."""
    found, hold = set[int](), None
    for i, (place, order) in enumerate(zip(places, read, strict=True)):
        if not ((order and order.plain) or i in known or (hold and _holds(hold, place, order))):
            hold = None
            continue
        found.add(i)
        if order and order.done and i and places[i - 1].paragraph == place.paragraph:
            found.add(i - 1)
        hold = _next(hold, place, order)
    return found


def _holds(hold: _Hold, place: _Place, order: Order | None) -> bool:
    """Tell whether a sentence is governed by what holds after the one before it."""
    if place.paragraph == hold.place.paragraph:
        return hold.rest or hold.one or order is not None
    if hold.beyond:
        return True
    return place.block == hold.place.block and (order is not None or (hold.place.listed and place.listed))


def _next(hold: _Hold | None, place: _Place, order: Order | None) -> _Hold:
    """Return what is governed after a governed sentence."""
    announces, put_in = bool(order and order.announces), bool(order and order.plain) and place.first and place.short
    same = hold is not None and hold.place.paragraph == place.paragraph
    kept = hold is not None and (hold.rest if same else hold.beyond)
    return _Hold(
        place, rest=announces or put_in or kept, one=bool(order and order.bare), beyond=bool(order and order.ahead)
    )


def _places(text: str, sentences: Sequence[Sentence]) -> list[_Place]:
    """Return where each sentence stands."""
    found: list[_Place] = []
    ranges = list(segment.paragraphs(text))
    at = block = 0
    for i, sentence in enumerate(sentences):
        before = at
        while ranges[at][1] <= sentence.start:
            at += 1
        between = text[sentences[i - 1].end : sentence.start] if i else ""
        block += bool(_BLANK.search(between))
        short = ranges[at][1] - ranges[at][0] <= _PUT_IN_CHARS
        found.append(_Place(at, block, not i or at > before, short, bool(_ITEM.match(sentence.text))))
    return found


def _enclosed(text: str, sentences: Sequence[Sentence]) -> set[int]:
    """Return the positions of sentences in a comment or turn that gives an order, or that no reader would see."""
    found = set[int]()
    for match in _ENCLOSED.finditer(text):
        inside = [i for i, s in enumerate(sentences) if s.start < match.end() and match.start() < s.end]
        if _orders(match[0], (sentences[i] for i in inside)):
            found.update(inside)
    return found


def _orders(enclosed: str, inside: Iterable[Sentence]) -> bool:
    if not enclosed.startswith(("<!--", "/*", "```")):
        return True
    return any(order and order.plain for order in (addressed.read(s.text) for s in inside))
