"""Sentences of an alphabetic language split into words."""

import re
from typing import cast

from summarizer.speech.words import QUOTED, CodePoint, Words

__all__ = ["ADVERB", "split"]

_WORD = re.compile(
    r"\ue000+"
    r"|[A-ZÀ-Þ]['’][A-ZÀ-Þ][^\W_]*"  # D'Angelo, O'Brien, not L'Italia: see `_elided`
    r"|(?:[^\W\d_]{1,8}['’](?=[^\W\d_]{2}))"
    r"|['’]s\b"
    r"|[^\W_]+(?:[-‑][^\W_]+)*"
    r"|[^\w\s]"
)
ADVERB = re.compile(r"\w{3,}(?:ly|mente)$")
_ARTICLES = ("L'", "L’")


def split(masked_text: str, start: int, end: int) -> Words:
    """Split ``masked_text[start:end]`` into words."""
    printed: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(masked_text, start, end):
        word = match[0]
        low, high = match.span()
        if word[0] == QUOTED:
            word = QUOTED
        elif word[0] == "L" and word[:2] in _ARTICLES and len(word) > 2:  # L'Italia is an article and a name
            printed.append(word[:2])
            starts.append(low)
            ends.append(low + 2)
            word, low = word[2:], low + 2
        printed.append(word)
        starts.append(low)
        ends.append(high)
    lower = [word.lower() for word in printed]
    if masked_text.find("’", start, end) >= 0:
        lower = [word.replace("’", "'") for word in lower]
    # one cast for all: a call for each word would be felt
    return Words(printed, lower, cast("list[CodePoint]", starts), cast("list[CodePoint]", ends))
