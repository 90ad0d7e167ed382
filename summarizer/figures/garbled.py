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
_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"[^\S\n]{1,2}([^\W\d_]+)")


def garbled(folded: str, lex: Lexicon, readings: Sequence[Reading]) -> list[Reading]:
    """Add holes to the figures, and mark those that stand in an impossible order."""
    kept = list(readings)
    for match in _HOLE.finditer(folded):
        start, end = match.span()
        while end > start and folded[end - 1] in ".,":
            end -= 1
        after = _magnitude(folded, end, lex)
        touched = [r for r in kept if r.start < end and start < r.end]
        if not after and not touched:
            continue
        start, end = min([start, *(r.start for r in touched)]), max([end, after or 0, *(r.end for r in touched)])
        kept = [r for r in kept if r not in touched and not (r.start < end and start < r.end)]
        kept.append(Reading(start, end, end, "number", Decimal(0), suspect=True))
    kept += _empty(folded, lex, kept)
    kept.sort(key=lambda reading: reading.start)
    return _ranges(folded, lex, _currency_first(folded, lex, kept))


def _magnitude(folded: str, position: int, lex: Lexicon) -> int | None:
    """The end of a magnitude or a unit of money or measure that follows a hole, None when there is none."""
    match = _GAP.match(folded, position)
    here = match.end() if match else position
    end = here
    word = _WORD.match(folded, here)
    if word and lex.spaced and word.group() in lex.magnitudes:
        end = word.end()
    elif not lex.spaced and folded[here : here + 1] in lex.signs.big:
        end = here + 1
    space = _GAP.match(folded, end)
    found = lex.currencies.at(folded, space.end() if space else end) or lex.units.at(
        folded, space.end() if space else end
    )
    if found:
        return found[0]
    return end if end > here else None


def _empty(folded: str, lex: Lexicon, readings: Sequence[Reading]) -> list[Reading]:
    """A magnitude whose number is gone: "more than billion yuan"."""
    taken = [(reading.start, reading.end) for reading in readings]
    found = []
    for match in _alone(lex.code).finditer(folded):
        start, end = match.span("magnitude")
        if all(end <= first or last <= start for first, last in taken):
            found.append(Reading(start, end, end, "number", Decimal(0), suspect=True))
    return found


@cache
def _alone(language: str) -> re.Pattern[str]:
    """Words of approximation right before a magnitude; none for languages that say 上亿元."""
    lex = lexicon(language)
    large = [word for word, factor in lex.magnitudes.items() if factor >= 1000000 and len(word) > 4]
    before = any_of(lex.table.approximate.before if lex.spaced else ())
    return re.compile(rf"(?<!\w){before}[^\S\n](?P<magnitude>{any_of(large)})(?![\w-])")


def _currency_first(folded: str, lex: Lexicon, readings: list[Reading]) -> list[Reading]:
    """225 US dollars million: a magnitude after the currency belongs to no number."""
    kept = []
    for reading in readings:
        match = _NEXT_WORD.match(folded, reading.end)
        stray = reading.kind == "money" and match is not None and match[1] in lex.magnitudes
        if stray and match is not None and reading.numeral is not None and reading.numeral.end < reading.end:
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
