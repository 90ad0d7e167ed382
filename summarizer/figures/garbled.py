"""Figures that cannot be right as printed. They are flagged with their place, never repaired."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from summarizer.figures.attach import Reading
from summarizer.figures.lexicon import Lexicon, lexicon
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
    word = _hole_of(lex.code).match(folded, position)
    end = word.end() if word else position
    space = _GAP.match(folded, end)
    position_ = space.end() if space else end
    found = lex.currencies.at(folded, position_) or lex.units.at(folded, position_)
    return found[0] if found else end if word else 0


@cache
def _hole_of(language: str) -> re.Pattern[str]:
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
        if pattern.search(between) and _backwards(first.value, second.value):
            marked[index] = replace(marked[index], suspect=True)
            marked[index + 1] = replace(marked[index + 1], suspect=True)
    return marked


def _backwards(first: object, second: object) -> bool:
    """Full or equally partial dates only: a range of months may run over the end of a year."""
    if not (isinstance(first, str) and isinstance(second, str)):
        return False
    comparable = (
        len(first) == len(second) and first[0].isdigit() and second[0].isdigit() and "X" not in first + second
    )
    same_month = first[:5] == second[:5] and first.startswith("--") and len(first) == len(second) == 7
    return (comparable or same_month) and second < first
