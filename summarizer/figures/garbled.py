"""Figures that cannot be right as printed. They are flagged with their place, never repaired."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from summarizer.figures.attach import Reading
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.phrases import past
from summarizer.languages.wordlist import any_of

__all__ = ["garbled"]

#: What page scrapers and translators leave where a number or a part of it stood: 8,<> or <> billion.
_HOLE = re.compile(
    r"(?=[\d<[{\ufffd])(?:\d[\d.,]{0,20}[.,])?(?:<\s?>|\[\s?\]|\{\s?\}|\ufffd+)(?:[.,]?\d[\d.,]{0,20})?"
)
_GAP = re.compile(r"[^\S\n]{0,2}")
_NEXT_WORD = re.compile(r"[^\S\n]{1,2}([^\W\d_]+)")


def garbled(folded: str, lex: Lexicon, readings: Sequence[Reading]) -> list[Reading]:
    """Add holes to the figures, and mark those that stand in an impossible order."""
    kept = list(readings)
    for match in _HOLE.finditer(folded):
        start, end = match.span()
        after = _magnitude(folded, end, lex)
        touched = [r for r in kept if r.start < end and start < r.end]
        if after or touched:
            start, end = min([start, *(r.start for r in touched)]), max([end, after, *(r.end for r in touched)])
            kept = [r for r in kept if r.end <= start or end <= r.start]
            kept.append(Reading(start, end, end, "number", Decimal(0), suspect=True))
    kept.sort(key=lambda reading: reading.start)
    return _ranges(folded, lex, _currency_first(folded, lex, kept))


def _magnitude(folded: str, position: int, lex: Lexicon) -> int:
    """The end of a magnitude or a unit of money or measure that follows a hole, 0 when there is none."""
    end = past(_magnifies(lex.code), folded, position)
    unit = past(_GAP, folded, end)
    found = lex.currencies.at(folded, unit) or lex.units.at(folded, unit)
    return found[0] if found else end if end > position else 0


@cache
def _magnifies(language: str) -> re.Pattern[str]:
    """What magnifies the number that a hole stands for."""
    lex = lexicon(language)
    return re.compile(_GAP.pattern + any_of(lex.magnitudes if lex.spaced else lex.signs.big))


def _currency_first(folded: str, lex: Lexicon, readings: list[Reading]) -> list[Reading]:
    """225 US dollars million: a magnitude after the currency belongs to no number."""
    kept = []
    for reading in readings:
        match = _NEXT_WORD.match(folded, reading.end) if reading.kind == "money" else None
        if match and match[1] in lex.magnitudes and reading.numeral and reading.numeral.end < reading.end:
            kept.append(replace(reading, end=match.end(), reach=match.end(), suspect=True))
        else:
            kept.append(reading)
    return kept


def _ranges(folded: str, lex: Lexicon, readings: list[Reading]) -> list[Reading]:
    """A range of dates that runs backwards is wrong at both ends."""
    pattern = re.compile(lex.table.dates.range)
    marked = list(readings)
    for index, (first, second) in enumerate(pairwise(readings)):
        if not (first.kind == second.kind == "date") or second.start - first.end > 12:
            continue
        between = folded[max(0, first.start - 12) : first.start] + "\1" + folded[first.end : second.start] + "\1"
        if pattern.search(between) and _backwards(str(first.value), str(second.value)):
            marked[index] = replace(marked[index], suspect=True)
            marked[index + 1] = replace(marked[index + 1], suspect=True)
    return marked


def _backwards(first: str, second: str) -> bool:
    """Full or equally partial dates only: a range of months may run over the end of a year."""
    if len(first) != len(second) or "X" in first + second:
        return False
    same_month = first.startswith("--") and len(first) == 7 and first[:5] == second[:5]
    return (same_month or (first[:1].isdigit() and second[:1].isdigit())) and second < first
