"""Output × gold → counts. Scores are made of them in `scores`; nothing here divides.

Every count is a `Tally`: what is right, what was found, what was wanted. A failed article is a full miss: whatever
was wanted of it counts, and where a metric counts what was found, one thing is counted as found and wrong.
Texts are compared by characters, words of a label, and values; nothing splits at white space, so Chinese counts as
much as English.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.evals.metrics import content, fields, form, numbers, quotes
from summarizer.evals.metrics.tally import Gold, Miss, Tally
from summarizer.evals.outputs import Output

__all__ = ["Counted", "Gold", "Miss", "Tally", "count"]

_FAMILIES = (
    form.validity,
    quotes.quotes,
    quotes.voices,
    content.facts,
    content.traps,
    numbers.support,
    numbers.garbled,
    form.in_language,
    content.briefs,
    content.evidence,
    fields.rows,
    form.costs,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one article, and what they count against."""

    tallies: Mapping[str, Tally]
    misses: tuple[Miss, ...]


def count(gold: Gold, output: Output) -> Counted:
    """Return the counts of `output` against the gold of its article."""
    tallies: dict[str, Tally] = {}
    misses: list[Miss] = []
    for family in _FAMILIES:
        more, wrong = family(gold, output)
        tallies |= more
        misses += wrong
    return Counted(tallies, tuple(misses))
