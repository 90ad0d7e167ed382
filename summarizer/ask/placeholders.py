"""Figures behind placeholders: the model places them, the program writes them, so none can come back wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice, permutations

from summarizer import figures, languages

__all__ = ["Masked", "mask", "plain"]

_PLACEHOLDER = re.compile(r"\[\s*(number|percent|money|date)\s*(\d+)\s*\]", re.IGNORECASE)
#: With more placeholders than this only the source's order is allowed: their orders are as many as their factorial.
_REORDERED = 3
#: Digits of all sorts, superscripts included: a model that may not write one kind tries another.
_DIGITS = "0-9\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u2070-\u2079\uff10-\uff19"


@dataclass(frozen=True, slots=True)
class Masked:
    """A line whose figures stand behind placeholders such as ``[money 1]``.

    Attributes:
        text: the line as it is sent.
        fills: placeholder → the figure as it will be printed; empty for a line sent as it is.
        printed: placeholder → the figure as the source line has it.
        expected_chars: length that a translation of the line usually has.
    """

    text: str
    fills: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    expected_chars: int = 0

    def filled(self, answer: str) -> str | None:
        """Put the figures in; None when a placeholder is missing, doubled or invented."""
        found = [f"[{kind.lower()} {number}]" for kind, number in _PLACEHOLDER.findall(answer)]
        if sorted(found) != sorted(self.fills):
            return None
        return _PLACEHOLDER.sub(lambda m: self.fills[f"[{m[1].lower()} {m[2]}]"], answer)

    @property
    def pattern(self) -> str | None:
        """A regular expression for the answer: each placeholder once, no other digit; None without any.

        A grammar-based endpoint that is sent it cannot lose, double or replace a figure.
        """
        if not self.fills:
            return None
        digits = "" if any(c.isdigit() for c in _PLACEHOLDER.sub("", self.text)) else _DIGITS
        # quotation marks and backslashes would end or escape the JSON string that the grammar stands in
        between = rf'[^\[\]"\\\n{digits}]{{0,{self.expected_chars + self.expected_chars // 10 + 12}}}'
        orders = permutations(self.fills) if len(self.fills) <= _REORDERED else islice(permutations(self.fills), 1)
        ways = (between + between.join(m.replace("[", r"\[").replace("]", r"\]") for m in order) for order in orders)
        return f"^({'|'.join(way + between for way in ways)})$"


def mask(text: str, language: str, target: str) -> Masked:
    """Hide the figures and dates of a line in `language` for its translation into `target`.

    What the program cannot print as a person would stays in the line: "the first", "a third", "six in the morning"
    are words of their sentence. A garbled figure is hidden and comes back as it is printed.
    """
    parts, fills, printed, at = list[str](), dict[str, str](), dict[str, str](), 0
    for figure in figures.find(text, language):
        form = figure.text if figure.suspect else figures.in_print(figure, language, target)
        if form is None:
            continue
        placeholder = f"[{figure.kind} {len(fills) + 1}]"
        parts += [text[at : figure.start], placeholder]
        fills[placeholder], printed[placeholder] = form, figure.text
        at = figure.end
    expected = round(languages.expected_chars(text, language, target))
    return Masked("".join([*parts, text[at:]]), fills, printed, expected)


def plain(text: str) -> Masked:
    """Return a line that is sent as it is."""
    return Masked(text)
