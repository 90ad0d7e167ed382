"""One text of a comparison: its figures, and what its words say without being figures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from summarizer import languages
from summarizer.figures.context import WAYS, turns
from summarizer.figures.figure import Direction, Figure
from summarizer.figures.fold import fold
from summarizer.figures.general import may_be_scaled
from summarizer.figures.han import guessed, masked
from summarizer.figures.lexicon import lexicon
from summarizer.figures.magnitude import Magnitude, magnitudes

__all__ = ["Side", "side"]

_LINE = 600  # code points: in a whole article some word implies every small number, and none supports one
_NAMED = re.compile(r"\s[A-Z][a-z]")
_LOWER = re.compile(r"[a-zà-ÿ][,]?\s$")
_GLUED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]+|[A-Z][A-Za-z]*-)$")


@dataclass(frozen=True, slots=True)
class Side:
    """One text's figures, those of them that are parts of names, and what its words imply.

    Attributes:
        turns: place and sense of the words for up and down.
        line: it is a line or a few, in which a translator may leave a unit or the month to the words around.
        guessed: values that the text gives roughly, of whatever unit (五六百, 十几).
        next_day: it speaks of the day after another.
        text: the text.
        digits: only its digits are read: its language has no folder.
        scaled: values of such a text behind which a word may stand that magnifies them.
        magnitudes: how much it tells without a number: hundreds.
    """

    figures: Sequence[Figure]
    names: Mapping[Figure, str] = field(default_factory=dict)
    implied: frozenset[tuple[Decimal, str | None]] = frozenset()
    turns: Sequence[tuple[int, Direction]] = ()
    line: bool = True
    guessed: frozenset[Decimal] = frozenset()
    next_day: bool = False
    text: str = ""
    digits: bool = False
    scaled: frozenset[Decimal] = frozenset()
    magnitudes: Sequence[Magnitude] = ()

    @property
    def values(self) -> frozenset[Decimal]:
        """The values of its numbers."""
        return frozenset(figure.value for figure in self.figures if isinstance(figure.value, Decimal))

    def tells(self, magnitude: Magnitude, said: "Side | None" = None) -> bool:
        """Tell whether it has what may stand for a magnitude: one that meets it, or a number that `said` lacks."""
        values = self.guessed | self.values - (said.values if said else frozenset())
        return any(map(magnitude.meets, self.magnitudes)) or any(map(magnitude.holds, values))


def side(text: str, language: str, figures: Sequence[Figure]) -> Side:
    """Return one text of a comparison, whose figures have been found.

    Args:
        text: the text.
        language: its BCP 47 tag.
        figures: all figures of the text.

    Raises:
        ConfigurationError: the language is not supported.
    """
    if languages.get(language).general:
        values = frozenset(f.number for f in figures if f.value is not None and may_be_scaled(f, text))
        return Side(figures, line=len(text) <= _LINE, text=text, digits=True, scaled=values)
    lex = lexicon(language)
    folded, line = fold(text), len(text) <= _LINE
    named = {figure: _name(figure, text, spaced=lex.spaced) for figure in figures}
    names = {figure: name for figure, name in named.items() if name is not None}
    words = lex.implied.all(folded if lex.spaced else masked(folded, lex)) if line else ()
    implied = frozenset(value for _, _, value in words)
    senses = turns(folded, lex) if line else ()
    turned = tuple((start, WAYS[sense]) for start, _, sense in senses if sense in WAYS)
    guesses = frozenset[Decimal]() if lex.spaced or not line else guessed(folded, lex)
    next_day = line and lex.next_day.search(folded) is not None
    told = magnitudes(text, language, figures)
    return Side(figures, names, implied, turned, line, guesses, next_day, text, magnitudes=told)


def _name(figure: Figure, text: str, *, spaced: bool) -> str | None:
    """The name that a figure is part of: Covid-19, G20, Four Corners, Saturday Night Live; None for most figures."""
    glued = _GLUED.search(text, max(0, figure.start - 16), figure.start)
    if figure.kind == "number" and glued:
        return glued.group()
    if not spaced or not figure.text[0].isupper() or not figure.text.isalpha():
        return None
    within = _LOWER.search(text, max(0, figure.start - 16), figure.start) and _NAMED.match(text, figure.end)
    return "" if within and figure.kind in {"number", "date"} else None
