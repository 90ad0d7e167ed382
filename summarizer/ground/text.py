"""A text in one language, in which each thing is sought once however many checks ask for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from summarizer import figures, languages
from summarizer.figures import Figure, Side
from summarizer.ground.evidence import terms
from summarizer.languages import wordlist
from summarizer.languages.hant import simplified

__all__ = ["Text"]

_CLAUSE_END = re.compile(r"[,;:!?()，；：。！？（）—–]|\.(?!\d)")

T = TypeVar("T")


@dataclass(frozen=True, eq=False)  # no slots: what is found is kept beside the text, and goes with it
class Text:
    """A line, a sentence, a clause or a whole article.

    Attributes:
        text: as printed.
        language: its BCP 47 code.
    """

    text: str
    language: str
    _found: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def once(self, read: "Callable[[Text], T]") -> T:
        """Return what `read` finds in this text; only the first call reads."""
        if read not in self._found:
            self._found[read] = read(self)
        return cast(T, self._found[read])

    @cached_property
    def code(self) -> str:
        """The primary subtag of its language, under which word lists stand."""
        return languages.base(self.language)

    @cached_property
    def han(self) -> bool:
        """Tell whether its language is written in Chinese characters."""
        return languages.get(self.language).script == "han"

    @cached_property
    def said(self) -> str:
        """The text with Chinese in simplified characters, one for one: what names are sought in."""
        return simplified(self.text)

    @cached_property
    def plain(self) -> str:
        """The text in small letters on one line, with straight apostrophes: what word lists are sought in."""
        return " ".join(self.said.lower().replace("’", "'").split())

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first letters of its words: see `summarizer.languages.wordlist.openings`."""
        return wordlist.openings(self.plain)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms that carry meaning: see `summarizer.ground.evidence.terms`."""
        return terms(self.text, self.language)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures, with their places in the text."""
        return figures.find(self.text, self.language)

    @cached_property
    def side(self) -> Side:
        """What a comparison of figures asks of it."""
        return figures.side(self.text, self.language, self.figures)

    @cached_property
    def clauses(self) -> "tuple[Text, ...]":
        """The parts of the text between its marks."""
        return tuple(Text(part, self.language) for part in _CLAUSE_END.split(self.text) if part.strip())
