"""Sentences as lists of words, a quoted passage being one word of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.speech.marks import Passage

__all__ = ["ADVERB", "QUOTED", "Words", "masked", "split"]

#: Stands for a quoted passage; a private-use character is no letter, mark or space of any language.
QUOTED = "\ue000"
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a sentence, in step: as printed, in lower case, and where they stand."""

    printed: Sequence[str]
    low: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.printed)

    def capital(self, index: int) -> bool:
        """Tell whether the word begins with a capital letter."""
        return self.printed[index][0].isupper()


def masked(text: str, passages: Sequence[Passage]) -> str:
    """Return `text`, as long as before, with every quoted passage and its marks written as `QUOTED`.

    A passage that ends a sentence keeps its full stop before the place of its closing mark.
    """
    pieces: list[str] = []
    at = 0
    for passage in passages:
        pieces += [text[at : passage.outer_start], QUOTED * (passage.outer_end - passage.outer_start)]
        at = passage.outer_end
    return "".join([*pieces, text[at:]])


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
    return Words(printed, lower, starts, ends)
