"""The words of a sentence, a quoted passage being one word of its own."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import NewType

from summarizer.speech.marks import Passage

__all__ = ["QUOTED", "CodePoint", "Span", "WordIndex", "WordSpan", "Words", "masked", "span"]

#: Stands for a quoted passage; a private-use character is no letter, mark or space of any language.
QUOTED = "\ue000"
_DASHES = ("–", "—", "-")
#: The index of a word in its sentence.
WordIndex = NewType("WordIndex", int)
#: An offset into an article's text.
CodePoint = NewType("CodePoint", int)
#: Half-open: ``text[start:end]``.
Span = tuple[CodePoint, CodePoint]
#: Half-open: ``words[low:high]``.
WordSpan = tuple[WordIndex, WordIndex]


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a sentence, in step: as printed, in lower case, and where they stand.

    `nouns` are the indices of those that have a capital in print because they are nouns, and lost it here.
    """

    printed: Sequence[str]
    low: Sequence[str]
    starts: Sequence[CodePoint]
    ends: Sequence[CodePoint]
    nouns: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.printed)

    def at(self, index: int) -> str:
        """Return the word in lower case, nothing before the first and after the last."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def edge(self, index: int) -> int:
        """Return where the next mark or quoted passage stands, the word itself counted, else the end."""
        return next((at for at in range(index, len(self.low)) if not self.low[at][0].isalnum()), len(self.low))

    def past(self, index: int, *passed: Container[str]) -> int:
        """Step over the words of some sets."""
        while index < len(self.low) and any(self.low[index] in some for some in passed):
            index += 1
        return index

    def quoted_before(self, index: int) -> bool:
        """Tell whether a quoted passage stands before a word, with a comma or a dash or without."""
        return self.at(index - 1) == QUOTED or (index > 1 and self.apart(index) and self.at(index - 2) == QUOTED)

    def apart(self, index: int) -> bool:
        """Tell whether a comma, a dash, a quoted passage or nothing stands before a word."""
        return index == 0 or self.low[index - 1] in {",", QUOTED, *_DASHES}

    def plain(self, index: int) -> bool:
        """Tell whether a word without a capital stands there."""
        return self.at(index).isalpha() and self.printed[index].islower()

    def capital(self, index: int) -> bool:
        """Tell whether the word begins with a capital letter."""
        printed = self.printed[index] if index < len(self.printed) else "."
        return printed[0].isupper() or (printed[2:3] == "-" and printed[3:4].isupper())  # Bashar al-Hadi


def span(start: int, end: int) -> Span:
    """Return two offsets into an article's text as what they are."""
    return CodePoint(start), CodePoint(end)


def masked(text: str, passages: Sequence[Passage]) -> str:
    """Return `text`, as long as before, with every quoted passage and its marks written as `QUOTED`.

    One that touches the passage before it begins with a blank, so that they are two words: ``“走出去”“请进来”``.
    """
    pieces: list[str] = []
    at = 0
    for passage in passages:
        touches = 0 < at == passage.outer_start
        begins = " " if touches else QUOTED
        pieces += [text[at : passage.outer_start], begins, QUOTED * (passage.outer_end - passage.outer_start - 1)]
        at = passage.outer_end
    return "".join([*pieces, text[at:]])
