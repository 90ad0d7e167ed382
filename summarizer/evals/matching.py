"""Quotes of an output beside those of the gold: which stand for which, and whether the speaker is right."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evals.cases import Party, QuoteLabel
from summarizer.evals.outputs import Said
from summarizer.evals.wording import fold

__all__ = ["OVERLAP", "Pair", "Span", "exact", "overlapping", "same_kind", "same_role", "same_speaker", "within"]

#: Two spans are the same quote when they share this much of what either covers (intersection over union).
OVERLAP = 0.8
#: What may stand at the end of a quote or not.
_STOPS = " \n\t.,;:!…。，；：、"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A quote and the label it stands for."""

    said: Said
    label: QuoteLabel


def exact(said: Sequence[Said], labels: Sequence[QuoteLabel], text: str) -> list[Pair]:
    """Pair quotes with labels of the same span; a last stop or comma may be part of either or not."""
    wanted = {_trimmed((label.start, label.end), text): label for label in labels}
    pairs = []
    for quote in said:
        label = wanted.pop(_trimmed(span, text), None) if (span := _span(quote)) else None
        if label is not None:
            pairs.append(Pair(quote, label))
    return pairs


def overlapping(said: Sequence[Said], labels: Sequence[QuoteLabel]) -> list[Pair]:
    """Pair quotes with labels that they share at least `OVERLAP` with, the closest first, each once."""
    shares = [
        (shared(span, (label.start, label.end)) / union(span, (label.start, label.end)), i, j)
        for i, quote in enumerate(said)
        for j, label in enumerate(labels)
        if (span := _span(quote))
    ]
    pairs, used = [], (set[int](), set[int]())
    for share, i, j in sorted(shares, key=lambda each: (-each[0], each[1], each[2])):
        if share >= OVERLAP and i not in used[0] and j not in used[1]:
            pairs.append(Pair(said[i], labels[j]))
            used[0].add(i)
            used[1].add(j)
    return pairs


def within(said: Sequence[Said], labels: Sequence[QuoteLabel]) -> list[Pair]:
    """Pair each quote with the label that holds at least `OVERLAP` of it: a sentence of a long speech is right."""
    pairs = []
    for quote in said:
        if (span := _span(quote)) is None:
            continue
        label = max(labels, key=lambda each: shared(span, (each.start, each.end)), default=None)
        if label and shared(span, (label.start, label.end)) >= OVERLAP * (span[1] - span[0]):
            pairs.append(Pair(quote, label))
    return pairs


def same_kind(pair: Pair) -> bool:
    """Tell whether direct speech is told apart from what is only reported; mixed speech counts as reported."""
    return ("direct" if pair.said.kind == "direct" else "reported") == pair.label.kind


def same_speaker(found: str | None, wanted: Party | None) -> bool:
    """Tell whether a speaker is the right one: the full name, with a title or without, or a part that is in it.

    *Gong Zheng*, *Mayor Gong Zheng* and *Gong* all stand for Gong Zheng; no speaker is right where the gold has none.
    """
    if found is None or wanted is None:
        return found is None and wanted is None
    name, full = fold(found), fold(wanted.name)
    return full in name or (len(name) > 1 and f" {name} " in f" {full} ")


def same_role(found: str | None, wanted: Party) -> bool:
    """Tell whether an office is the right one; one may name it with its place or body and the other without."""
    if wanted.role is None:
        return not found
    one, other = fold(found or ""), fold(wanted.role)
    whole = fold(f"{wanted.role} {wanted.organisation or ''}")
    return bool(one) and (one in whole or other in one or set(one.split()) <= set(whole.split()))


def shared(one: Span, other: Span) -> int:
    """Return how many code points two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def union(one: Span, other: Span) -> int:
    """Return how many code points two spans cover together, the gap between them not counted."""
    return (one[1] - one[0]) + (other[1] - other[0]) - shared(one, other)


def _span(quote: Said) -> Span | None:
    return None if quote.start is None or quote.end is None else (quote.start, quote.end)


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    return start, start + len(text[start:end].rstrip(_STOPS))
