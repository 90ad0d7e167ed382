"""Sentences of an article that give orders to a language model: content to be reported, never to be followed.

Each language's ``[instructions]`` table holds patterns for the imperative at the beginning of a sentence and for
marks that stand anywhere. News about such orders quotes or reports them in the middle of a sentence.
"""

import re
from functools import cache

from summarizer import languages
from summarizer.article import segment
from summarizer.article.span import Span
from summarizer.languages.wordlist import either

__all__ = ["find"]

#: Where an imperative begins: after the beginning, a line end or a sentence's stop, quotation marks or bullets
#: between; or after a colon or a dash, where a quotation mark would make it something reported.
_BEGINNING = r"(?:(?:\A|[\n.!?。！？…])[\s\"“”'‘’«»「『*_#>(\[•-]{0,8}+|[:：;；—–>\]*]\s{0,3}+)"


def find(text: str, language: str) -> tuple[Span, ...]:
    """Return the sentences of `text` that address a language model, in order, each once.

    Orders in any language that has a file are found, whatever the article's own `language`.
    """
    places = sorted(
        max(match.start("order"), match.start("mark"))
        for code in languages.available()
        for match in _orders(code).finditer(text)
        if not _is_mention(text, match)
    )
    if not places:
        return ()
    found: list[Span] = []
    sentences = iter(segment.split(text, language))
    sentence = next(sentences)
    for place in places:
        while sentence.end <= place:
            sentence = next(sentences)
        span = Span(sentence.start, sentence.end)
        if span not in found[-1:]:
            found.append(span)
    return tuple(found)


def _is_mention(text: str, match: re.Match[str]) -> bool:
    """Tell whether an order at the beginning of a sentence is quoted there and the sentence goes on about it."""
    at = match.start("order")
    if at < 1 or text[at - 1] not in "\"“”'‘«「『":
        return False
    return _CLOSED.match(text, at) is not None


#: A quotation's end inside its sentence and the first letter after it.
_CLOSED = re.compile(r"[^\n.!?。！？\"”»」』]{0,300}[,，]?[\"”»」』][\s,，]*[^\W\d_]")


@cache
def _joints() -> str:
    """Return a pattern of the words that join an order to what stands before it, of all languages."""
    words = (word for code in languages.available() for word in languages.get(code).instructions.joints)
    return either(map(re.escape, words))


@cache
def _orders(code: str) -> re.Pattern[str]:
    """Return all patterns of one language as one."""
    table = languages.get(code).instructions
    starts = either(f"(?:{pattern})" for pattern in table.starts)
    anywhere = either(f"(?:{pattern})" for pattern in table.anywhere)
    ahead = rf"{_BEGINNING}(?:(?:{_joints()})[ ,，]{{0,2}}+)?+(?=(?P<order>)(?:{starts}))"
    return re.compile(rf"{ahead}|(?P<mark>)(?:{anywhere})", re.IGNORECASE)
