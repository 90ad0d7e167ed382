"""Magnitudes: how much something is told to be without a number. *Hundreds*, *decine di migliaia*, 数以百计.

One is no figure: it has no value, and what holds it against a source asks for nothing that is left out. In languages
with spaces it is a word of magnitude that no figure has (*several hundred*, but not *two hundred*), alone or with
others behind it (*hundreds of thousands*); in Chinese the patterns of the language's file tell it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import prod

from summarizer import languages
from summarizer.figures.figure import Figure
from summarizer.figures.fold import fold
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.numeral import Numeral
from summarizer.languages.wordlist import any_of

__all__ = ["Magnitude", "magnitudes", "several"]

_TEN = 10
_DOZEN = 12
#: What parts two words, be it over a line.
_GAP = r"(?:[^\S\n]{1,3}\n?|\n)[^\S\n]{0,3}"
#: A word that makes a magnitude of a number stands within so many characters before it.
_REACH = 16
#: What is shorter is a shortened magnitude, which stands behind digits: mio, mrd, bn.
_SHORTEST = 5


@dataclass(frozen=True, slots=True, order=True)
class Magnitude:
    """A word or two for how much something is, found in a text.

    Attributes:
        start: first code point.
        end: one past the last one; ``text[start:end]`` is the field `text`.
        text: as printed.
        low: the least that it stands for; hundreds are 100 …
        high: … to less than this, 1000.
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Tell whether a number is of this magnitude."""
        return self.low <= value < self.high

    def meets(self, other: "Magnitude") -> bool:
        """Tell whether two may stand for the same number."""
        return self.low < other.high and other.low < self.high


def magnitudes(text: str, language: str, figures: Sequence[Figure]) -> tuple[Magnitude, ...]:
    """Return the magnitudes of a text in their order; none of a language without a folder.

    Args:
        text: the text.
        language: its BCP 47 tag.
        figures: all figures of the text.

    Raises:
        ConfigurationError: the language is not supported.
    """
    if languages.get(language).general:
        return ()
    lex, folded = lexicon(language), fold(text)
    found = _spaced(folded, lex) if lex.spaced else _han(folded, lex)
    taken = frozenset(place for figure in figures for place in range(figure.start, figure.end))
    return tuple(
        Magnitude(start, end, text[start:end], low, high)
        for start, end, low, high in found
        if taken.isdisjoint(range(start, end))
    )


def several(folded: str, numeral: Numeral, lex: Lexicon) -> bool:
    """Tell whether a number in words is a magnitude, by the word before it: *mehrere hundert*."""
    if not numeral.spelled or numeral.ordinal or numeral.value < _TEN or not _is_power(numeral.value):
        return False
    return _words(lex.code).several.search(folded, max(0, numeral.start - _REACH), numeral.start) is not None


_Span = tuple[int, int, Decimal, Decimal]


def _spaced(folded: str, lex: Lexicon) -> Iterator[_Span]:
    words = _words(lex.code)
    for match in words.chain.finditer(folded):
        found = (" ".join(word.split()) for word in words.word.findall(match[0]))
        low = Decimal(prod(words.factors[word] for word in found))
        yield *match.span(), low, low * _TEN


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of magnitude of a language: one, some in a row, what makes one of a number, the factor of each."""

    word: re.Pattern[str]
    chain: re.Pattern[str]
    several: re.Pattern[str]
    factors: Mapping[str, Decimal]


@cache
def _words(code: str) -> _Words:
    lex = lexicon(code)
    more = {word: Decimal(factor) for word, factor in lex.words.magnitudes.items()}
    factors = {word: low for word, factor in lex.magnitudes.items() if (low := _least(word, factor))} | more
    word = rf"(?<![^\W\d_]){any_of(factors)}(?![^\W\d_])"
    joint = rf"{_GAP}(?:{any_of((*lex.words.of, *lex.words.of_money))}(?:{_GAP})?)?"
    before = rf"(?<![^\W\d_]){any_of(lex.words.several)}{_GAP}$"
    return _Words(re.compile(word), re.compile(rf"{word}(?:{joint}{word})*"), re.compile(before), factors)


def _least(word: str, factor: Decimal) -> Decimal | None:
    """Return what a word of magnitude is by itself, a dozen ten; None for a shortened one and other numbers."""
    if len(word) < _SHORTEST:
        return None
    if factor == _DOZEN:
        return Decimal(_TEN)
    return factor if _is_power(factor) else None


def _is_power(value: Decimal) -> bool:
    return value.normalize().as_tuple().digits == (1,)


def _han(folded: str, lex: Lexicon) -> Iterator[_Span]:
    places = {c: value for key, value in lex.signs.places.items() for c in key}
    for match in _patterns(lex.code).finditer(folded):
        low, high = (_product(match[name], places) for name in ("low", "high"))
        yield *match.span(), low, (high if match["high"] else low) * _TEN


def _product(signs: str | None, places: Mapping[str, int]) -> Decimal:
    return Decimal(prod(places[sign] for sign in signs or ""))


@cache
def _patterns(code: str) -> re.Pattern[str]:
    return re.compile(lexicon(code).signs.magnitudes)
