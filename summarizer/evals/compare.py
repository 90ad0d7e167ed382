"""Two reports on the same gold, article by article: what changed, and whether chance explains it.

The test is a paired permutation test (Pitman 1937; Noreen 1989): under the null hypothesis each article's two
outputs could stand in either report, so they are swapped at random `PERMUTATIONS` times, with a fixed seed. ``p`` is
the share of swaps with a difference at least as large as the one seen, the one seen included.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from summarizer.errors import EvalError
from summarizer.evals.metrics import Tally
from summarizer.evals.report import CaseReport, Report, tallies
from summarizer.evals.scores import METRICS, Metric, resampled, value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Change", "Comparison", "Moved", "compare"]

PERMUTATIONS, SEED = 5_000, 20_261


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(_Part):
    """One metric in both reports."""

    name: str
    before: float | None
    after: float | None
    difference: float | None
    p: float | None = Field(description="two-sided; None where either value is missing")
    graded: bool
    n: int = Field(description="articles in both reports")


class Moved(_Part):
    """One metric of one article that is not what it was."""

    case: str
    name: str
    before: float | None
    after: float | None


class Comparison(_Part):
    """What changed from one report to another."""

    differs: tuple[str, ...] = Field(description="parts of the signature: what was changed on purpose")
    before: str
    after: str
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Report, after: Report) -> Comparison:
    """Compare two reports on the articles that both have.

    Raises:
        EvalError: they were scored against different labels, or share no article.
    """
    if before.gold.hash != after.gold.hash:
        raise EvalError(
            f"the reports were scored against different gold ({before.gold.hash} and {after.gold.hash}); "
            "score both runs against the same folder"
        )
    old, new = ({case.id: case for case in report.cases} for report in (before, after))
    both = sorted(set(old) & set(new))
    if not both:
        raise EvalError("the reports have no article in common")
    pairs = [(tallies(old[name]), tallies(new[name])) for name in both]
    return Comparison(
        differs=tuple(_differing(before.signature, after.signature)),
        before=before.signature,
        after=after.signature,
        changes=tuple(_change(metric, pairs) for metric in METRICS),
        moved=tuple(move for name in both for move in _moves(old[name], new[name])),
        only_before=tuple(sorted(set(old) - set(new))),
        only_after=tuple(sorted(set(new) - set(old))),
    )


def _differing(before: str, after: str) -> Iterator[str]:
    old, new = (dict(part.split(":", 1) for part in each.split("|")) for each in (before, after))
    for name in old:
        if old[name] != new.get(name):
            yield f"{name}: {old[name]} → {new.get(name)}"


def _change(metric: Metric, pairs: Sequence[tuple[Mapping[str, Tally], Mapping[str, Tally]]]) -> Change:
    sides = [_counts(metric, [pair[i] for pair in pairs]) for i in (0, 1)]
    old, new = (value(metric, Tally(*map(float, side.sum(axis=0)))) for side in sides)
    difference = None if old is None or new is None else new - old
    return Change(
        name=metric.name,
        before=_round(old),
        after=_round(new),
        difference=_round(difference),
        p=None if difference is None else _p(metric, sides[0], sides[1], abs(difference)),
        graded=metric.graded,
        n=len(pairs),
    )


def _p(metric: Metric, old: "NDArray[np.float64]", new: "NDArray[np.float64]", seen: float) -> float:
    import numpy as np

    swap = np.random.default_rng(SEED).integers(0, 2, size=(PERMUTATIONS, len(old))).astype(float)
    counts = np.vstack([old, new])
    one = resampled(metric, counts, np.hstack([1 - swap, swap]))
    other = resampled(metric, counts, np.hstack([swap, 1 - swap]))
    # a hair of slack: the same difference must count although its digits were added in another order
    as_large = np.nansum(np.abs(one - other) >= seen - 1e-9)
    return round(float((1 + as_large) / (1 + PERMUTATIONS)), 4)


def _counts(metric: Metric, cases: Sequence[Mapping[str, Tally]]) -> "NDArray[np.float64]":
    import numpy as np

    found = [case.get(metric.counts, Tally()) for case in cases]
    return np.array([(t.right, t.found, t.wanted) for t in found], dtype=float)


def _moves(old: CaseReport, new: CaseReport) -> Iterator[Moved]:
    before, after = tallies(old), tallies(new)
    for metric in METRICS:
        one, other = (value(metric, side.get(metric.counts, Tally())) for side in (before, after))
        if metric.graded and one != other:
            yield Moved(case=old.id, name=metric.name, before=_round(one), after=_round(other))


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 6)
