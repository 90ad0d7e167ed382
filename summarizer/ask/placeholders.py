"""Figures behind markers: the model places them, the program writes them, so none can come back wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, permutations

from summarizer import figures, languages

__all__ = ["Masked", "mask", "plain"]

_MARKER = re.compile(r"\[\s*(number|percent|money|date|ordinal)\s*(\d+)\s*\]", re.IGNORECASE)
#: With more markers than this only the source's order is allowed: their orders are as many as their factorial.
_REORDERED = 3
#: Digits of all sorts, superscripts included: a model that may not write one kind tries another.
_DIGITS = "0-9\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u2070-\u2079\uff10-\uff19"


@dataclass(frozen=True, slots=True)
class Masked:
    """A line whose figures stand behind markers such as ``[money 1]``.

    Attributes:
        text: the line as it is sent.
        fills: marker → the figure as the target language writes it; empty for a line sent as it is.
        expected_chars: length that a translation of the line usually has.
    """

    text: str
    fills: Mapping[str, str] = field(default_factory=dict)
    expected_chars: int = 0

    def filled(self, answer: str) -> str | None:
        """Put the figures in; None when a marker is missing, doubled or invented."""
        found = [f"[{kind.lower()} {number}]" for kind, number in _MARKER.findall(answer)]
        if sorted(found) != sorted(self.fills):
            return None
        return _MARKER.sub(lambda m: self.fills[f"[{m[1].lower()} {m[2]}]"], answer)

    @property
    def pattern(self) -> str | None:
        """A regular expression for the answer: each marker once, and no other digit; None without markers.

        A grammar-based endpoint that is sent it cannot lose, double or replace a figure.
        """
        if not self.fills:
            return None
        digits = "" if any(c.isdigit() for c in _MARKER.sub("", self.text)) else _DIGITS
        # quotation marks and backslashes would end or escape the JSON string that the grammar stands in
        between = rf'[^\[\]"\\\n{digits}]{{0,{self.expected_chars + self.expected_chars // 10 + 12}}}'
        orders = permutations(self.fills) if len(self.fills) <= _REORDERED else islice(permutations(self.fills), 1)
        ways = (between + between.join(m.replace("[", r"\[").replace("]", r"\]") for m in order) for order in orders)
        return f"^({'|'.join(way + between for way in ways)})$"


def mask(text: str, language: str, target: str) -> Masked:
    """Hide the figures and dates of a line in `language` for its translation into `target`.

    "The first" and "two cities" stay: they are words of the sentence, which a marker would tear out of it.
    """
    parts, fills, at = list[str](), dict[str, str](), 0
    hidden = (f for f in figures.find(text, language) if not _is_word(f))
    for number, figure in enumerate(hidden, 1):
        marker = f"[{figure.kind} {number}]"
        parts += [text[at : figure.start], marker]
        fills[marker] = figures.written(figure, target)
        at = figure.end
    return Masked("".join([*parts, text[at:]]), fills, round(languages.expected_chars(text, language, target)))


def _is_word(figure: figures.Figure) -> bool:
    """Tell whether a figure is a small number or ordinal in words."""
    small = isinstance(figure.value, Decimal) and abs(figure.value) <= 10
    return figure.kind in ("number", "ordinal") and small and not any(c in "0123456789" for c in figure.text)


def plain(text: str) -> Masked:
    """Return a line that is sent as it is."""
    return Masked(text)
