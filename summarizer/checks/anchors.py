"""Anchors: what a line and its translation have in common in any two languages, as sentence alignment uses them.

Figures as values, countries, well-known cities and offices under the keys of the word lists, question and quotation
marks; between Latin scripts words that begin alike, into Chinese the Latin words and the readings of its names.
Sources: Simard, Foster, Isabelle, *Using cognates to align sentences* (1992); Melamed, *Bitext maps* (1999).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from summarizer import languages
from summarizer.checks import places, romanised
from summarizer.checks.lexicon import offices
from summarizer.figures import Figure
from summarizer.figures.iso import parts
from summarizer.ground.evidence import terms
from summarizer.ground.text import Text

__all__ = ["Anchors", "anchors"]

#: How often professional translators keep an anchor of each kind (NTREX, WMT21; the worse direction, rounded down).
_KEPT: Mapping[str, float] = MappingProxyType(
    {
        "figure": 0.92,
        "small": 0.8,
        "place": 0.8,
        "office": 0.7,
        "question": 0.85,
        "quotation": 0.85,
        "name": 0.7,
        "word": 0.12,
        "latin": 0.9,
        "person": 0.85,
    }
)
#: Words say smaller numbers than this in other ways: *both*, *a pair*, 双方.
_COUNTED = 2
_CAPITAL = re.compile(r"[A-ZÀ-Þ]\w{2,}")
_QUOTATION = re.compile(r"[“”«»\"「」]")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of a line.

    Attributes:
        sought: those that should be in its translation → how often translators keep one of the kind (0–1).
        held: those that it has for the other line, less certain ones as well.
    """

    sought: Mapping[str, float]
    held: frozenset[str]


def anchors(text: Text, other: str) -> Anchors:
    """Return the anchors of a line for its counterpart in the language `other` (primary subtag)."""
    kinds = {**_figures(text), **_signs(text, other), **_letters(text, other)}
    sought = {anchor: _KEPT[kind] for anchor, kind in kinds.items()}
    return Anchors(sought, frozenset((*kinds, *_hints(text, other))))


def _figures(text: Text) -> dict[str, str]:
    return {f"#{value}": kind for figure in text.figures for value, kind in _values(figure)}


def _values(figure: Figure) -> Iterator[tuple[str, str]]:
    """Yield what a figure says, without its unit; of a date its year, month and day, one of which may be left out."""
    if isinstance(figure.value, Decimal):
        printed = any(map(str.isdigit, figure.text))
        if printed or abs(figure.value) > _COUNTED:
            yield str(figure.value.normalize()), "figure" if printed and figure.value >= 10 else "small"
    elif figure.value is not None:
        date = parts(figure.value)
        told = ((date.year, "y"), (date.month, "m"), (date.day, "d")) if date else ((figure.value, ""),)
        yield from ((f"{unit}{value}", "figure" if unit == "y" else "small") for value, unit in told if value)


def _signs(text: Text, other: str) -> dict[str, str]:
    found = dict[str, str]()
    if not languages.get(other).general:
        found = {f"@{key}": "place" for key in places.named(text)} | {f"+{key}": "office" for key in offices(text)}
    if "?" in text.text or "？" in text.text:
        found["?"] = "question"
    if _QUOTATION.search(text.text):
        found['"'] = "quotation"
    return found


def _letters(text: Text, other: str) -> dict[str, str]:
    """Return what two scripts write alike: of a Han script the Latin words, between Latin scripts all words."""
    if text.han:
        return dict.fromkeys(_words(text), "latin")
    if _is_han(other):
        return {f"={key}": "person" for key in romanised.people(text, other)}
    if languages.get(other).script != languages.get(text.code).script:
        return dict.fromkeys(_words(text), "latin") if languages.get(text.code).script != "latin" else {}
    names = frozenset(term for m in _CAPITAL.finditer(text.text) for term in terms(m[0], text.language))
    return {word: "name" if word in names else "word" for word in _words(text)}


def _hints(text: Text, other: str) -> Iterator[str]:
    yield from (f"@{key}" for key in places.hinted(text))
    yield from _words(text)
    if text.han and not _is_han(other):
        yield from (f"={key}" for key in romanised.readings(text))


def _is_han(code: str) -> bool:
    return languages.get(code).script == "han"


def _words(text: Text) -> frozenset[str]:
    """Return the stems of the words in Latin letters."""
    return frozenset(term for term in text.terms if term[0].isalpha() and term.isascii())
