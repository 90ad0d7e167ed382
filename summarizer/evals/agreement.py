"""How far two labellers agree: span F1, and Krippendorff's alpha."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.article import segment
from summarizer.errors import EvalError
from summarizer.evals.cases import Case, Mark
from summarizer.evals.matching import OVERLAP, same_speaker, shared, union

__all__ = ["Agreement", "agreement", "alpha", "span_f1"]

_Label = TypeVar("_Label", bound=Mark)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two labellers of the same articles; None where neither labelled anything that could be compared.

    Attributes:
        articles: that both labelled.
        quotes_exact: F1 of quote spans, a last stop counted or not.
        quotes_overlap: F1 of spans that share `OVERLAP`.
        quotes_alpha: alpha over code points, each ``direct``, ``reported`` or neither.
        kinds: share of the quotes both found that have the same kind.
        speakers: share of them that have the same speaker.
        facts_articles: of these, articles for which both gave key facts.
        figures: F1 of the figures that matter in them, by overlap.
        facts_alpha: alpha over their sentences, each evidence of a key fact or not.
    """

    articles: int
    quotes_exact: float | None
    quotes_overlap: float | None
    quotes_alpha: float | None
    kinds: float | None
    speakers: float | None
    facts_articles: int
    figures: float | None
    facts_alpha: float | None


def agreement(one: Sequence[Case], other: Sequence[Case]) -> Agreement:
    """Compare the labels of two people on the articles that both labelled.

    Raises:
        EvalError: there is none.
    """
    known = {case.id: case for case in other}
    pairs = [(case, known[case.id]) for case in one if case.id in known]
    if not pairs:
        raise EvalError("the folders have no article in common: their files must have the same names")
    told = [(x, y) for x, y in pairs if x.key_facts and y.key_facts]
    both = [(a, b) for x, y in pairs for a, b in _paired(x.quotes, y.quotes)]
    return Agreement(
        articles=len(pairs),
        quotes_exact=_f1((_exact(x, y), len(x.quotes), len(y.quotes)) for x, y in pairs),
        quotes_overlap=_f1((len(_paired(x.quotes, y.quotes)), len(x.quotes), len(y.quotes)) for x, y in pairs),
        quotes_alpha=alpha([unit for x, y in pairs for unit in zip(_characters(x), _characters(y), strict=True)]),
        kinds=_share(a.kind == b.kind for a, b in both),
        speakers=_share(same_speaker(b.speaker.name if b.speaker else None, a.speaker) for a, b in both),
        facts_articles=len(told),
        figures=_f1((_touching(x.figures, y.figures), len(x.figures), len(y.figures)) for x, y in told),
        facts_alpha=alpha([unit for x, y in told for unit in _sentences(x, y)]),
    )


def span_f1(one: Sequence[Mark], other: Sequence[Mark]) -> float | None:
    """Return the F1 of two sets of spans that count as the same when they share `OVERLAP`; None for no spans."""
    return _f1([(len(_paired(one, other)), len(one), len(other))])


def alpha(units: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return Krippendorff's alpha for two coders and nominal values (Krippendorff 2011, case C).

    1 is perfect agreement, 0 what chance would give; 1.0 as well when everything has the same value, None when
    there is nothing.
    """
    if not units:
        return None
    values: Counter[Hashable] = Counter(value for unit in units for value in unit)
    n = sum(values.values())
    expected = n * n - sum(count * count for count in values.values())
    observed = 2 * sum(a != b for a, b in units)
    return 1.0 if not expected else 1 - (n - 1) * observed / expected


def _f1(counts: Iterable[tuple[int, int, int]]) -> float | None:
    right, one, other = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    return 2 * right / (one + other) if one + other else None


def _share(agreed: Iterable[bool]) -> float | None:
    values = list(agreed)
    return sum(values) / len(values) if values else None


def _paired(one: Sequence[_Label], other: Sequence[_Label]) -> list[tuple[_Label, _Label]]:
    """Pair spans that share `OVERLAP` of what both cover, each once."""
    left, pairs = list(other), []
    for a in one:
        best = max(left, key=lambda b: _overlap(a, b), default=None)
        if best is not None and _overlap(a, best) >= OVERLAP:
            left.remove(best)
            pairs.append((a, best))
    return pairs


def _overlap(one: Mark, other: Mark) -> float:
    a, b = (one.start, one.end), (other.start, other.end)
    return shared(a, b) / union(a, b)


def _exact(one: Case, other: Case) -> int:
    ends = [{(q.start, q.start + len(q.text.rstrip(" .,;。，；"))) for q in case.quotes} for case in (one, other)]
    return len(ends[0] & ends[1])


def _touching(one: Sequence[Mark], other: Sequence[Mark]) -> int:
    """Count figures that both marked: "up 8.3%" and "8.3%" are one."""
    return sum(any(shared((a.start, a.end), (b.start, b.end)) for b in other) for a in one)


def _characters(case: Case) -> list[str]:
    values = [""] * len(case.text)
    for quote in case.quotes:
        values[quote.start : quote.end] = [quote.kind] * (quote.end - quote.start)
    return values


def _sentences(one: Case, other: Case) -> list[tuple[bool, bool]]:
    marks = [[mark for fact in case.key_facts for mark in fact.evidence] for case in (one, other)]
    spans = [(s.start, s.end) for s in segment.split(one.text, one.language)]
    held = [[any(shared(span, (m.start, m.end)) for m in some) for some in marks] for span in spans]
    return [(a, b) for a, b in held]
