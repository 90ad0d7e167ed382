"""Counts → values, each with its counts, its number of articles and an interval.

A value is made of the summed counts of all articles (micro average), so that an article with one quote weighs less
than one with ten. Its interval is the percentile bootstrap over articles (Efron and Tibshirani 1993, chapter 13):
articles are drawn with replacement `RESAMPLES` times, with a fixed seed, and all metrics see the same draws.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.evals.metrics import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["METRICS", "Metric", "Score", "resampled", "scored", "value"]

RESAMPLES, SEED = 2_000, 20_260
#: The interval holds 95 % of the resampled values.
_LOW, _HIGH = 2.5, 97.5

Formula = Literal["ratio", "precision", "recall", "f1", "mean"]


@dataclass(frozen=True, slots=True)
class Metric:
    """How a value is made of counts.

    Attributes:
        name: in reports.
        counts: name of its `Tally`.
        formula: ``ratio`` and ``mean`` are right / wanted, the others what their names say.
        meaning: for the reader of a report.
        graded: more is better; False for costs and sizes, which are only told.
        own: it is of tasks of an office's own, and told only where the gold has some.
    """

    name: str
    counts: str
    formula: Formula
    meaning: str
    graded: bool = True
    own: bool = False


METRICS: tuple[Metric, ...] = (
    Metric("schema.valid", "schema.valid", "ratio", "articles with an output that fits its schema"),
    Metric("quotes.attributed.f1", "quotes.attributed", "f1", "F1 of quotes that are speech, with the right speaker"),
    Metric("quotes.attributed.precision", "quotes.attributed", "precision", "of the quotes given"),
    Metric("quotes.exact.f1", "quotes.exact", "f1", "F1 of quotes with exactly the labelled span"),
    Metric("quotes.overlap.f1", "quotes.overlap", "f1", "F1 of quotes that share 80 % with a label"),
    Metric("quotes.overlap.precision", "quotes.overlap", "precision", "of the quotes given"),
    Metric("quotes.overlap.recall", "quotes.overlap", "recall", "of the quotes labelled"),
    Metric("quotes.verbatim", "quotes.verbatim", "ratio", "quotes that are the article's own words"),
    Metric("quotes.kind", "quotes.kind", "ratio", "direct or reported told apart, of quotes found"),
    Metric("quotes.speaker", "quotes.speaker", "ratio", "right speaker, or rightly none, of quotes that are speech"),
    Metric("quotes.speaker_given", "quotes.speaker_given", "ratio", "right speaker, of those given"),
    Metric("quotes.speaker_coverage", "quotes.speaker_coverage", "ratio", "quotes that are given a speaker"),
    Metric("quotes.role", "quotes.role", "ratio", "right office, of rightly named speakers"),
    Metric("quotes.not_speakers", "quotes.not_speakers", "ratio", "quotes not put into a silent person's mouth"),
    Metric("facts.recall", "facts.recall", "recall", "key facts that the summary says"),
    Metric("figures.supported", "figures.supported", "ratio", "figures written that the article gives"),
    Metric("figures.uncontradicted", "figures.uncontradicted", "ratio", "figures written that it does not gainsay"),
    Metric("figures.recall", "figures.recall", "recall", "figures that matter that the digest carries"),
    Metric("garbled.recall", "garbled.recall", "recall", "garbled figures that were flagged"),
    Metric("garbled.precision", "garbled.precision", "ratio", "flagged figures that are garbled"),
    Metric("traps.avoided", "traps.avoided", "ratio", "tempting wrong statements not made"),
    Metric("language.summary", "language.summary", "ratio", "lines of the summary in the article's language"),
    Metric("language.briefs", "language.briefs", "ratio", "briefs wholly in their language"),
    Metric("briefs.completeness", "briefs.completeness", "recall", "key facts that the briefs say"),
    Metric("briefs.chrf", "briefs.chrf", "mean", "chrF of the briefs against the reference"),
    Metric("evidence.precision", "evidence.precision", "ratio", "cited sources that hold the fact"),
    Metric("summary.compression", "summary.compression", "mean", "summary to article, in characters", graded=False),
    Metric("cost.requests", "cost.requests", "mean", "requests an article", graded=False),
    Metric("cost.input_tokens", "cost.input_tokens", "mean", "tokens sent an article", graded=False),
    Metric("cost.output_tokens", "cost.output_tokens", "mean", "tokens received an article", graded=False),
    Metric("cost.usd", "cost.usd", "mean", "US dollars an article, where prices are set", graded=False),
    Metric("cost.seconds", "cost.seconds", "mean", "seconds of the model an article", graded=False),
    Metric("fields.rows.f1", "fields.rows", "f1", "F1 of rows of tasks of your own", own=True),
    Metric("fields.values.f1", "fields.values", "f1", "F1 of their values, field by field", own=True),
    Metric("fields.values.precision", "fields.values", "precision", "of the values given", own=True),
    Metric("fields.values.recall", "fields.values", "recall", "of the values labelled", own=True),
)


class Score(BaseModel):
    """One value; None when nothing was counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    value: float | None = Field(description="0–1 for graded metrics")
    low: float | None = Field(description="lower end of the 95 % interval")
    high: float | None
    right: float
    found: float
    wanted: float
    n: int = Field(description="articles that the value is made of")


def scored(cases: Sequence[Mapping[str, Tally]], metrics: Sequence[Metric] = METRICS) -> tuple[Score, ...]:
    """Return a score for each metric, over the counts of some articles."""
    wanted = [m for m in metrics if not m.own or any(m.counts in tallies for tallies in cases)]
    return tuple(_score(metric, [tallies.get(metric.counts) for tallies in cases]) for metric in wanted)


def _score(metric: Metric, tallies: Sequence[Tally | None]) -> Score:
    counts = _table(tallies)
    total = counts.sum(axis=0)
    whole = value(metric, Tally(*map(float, total)))
    low, high = (None, None) if whole is None else _interval(metric, counts)
    right, found, wanted = (round(float(count), 6) for count in total)
    n = sum(t is not None and value(metric, t) is not None for t in tallies)
    return Score(
        name=metric.name, value=_round(whole), low=low, high=high, right=right, found=found, wanted=wanted, n=n
    )


def value(metric: Metric, total: Tally) -> float | None:
    """Return the value of summed counts, None when there is nothing to divide by."""
    below = {"precision": total.found, "f1": (total.found + total.wanted) / 2}.get(metric.formula, total.wanted)
    return total.right / below if below else None


def resampled(metric: Metric, counts: "NDArray[np.float64]", weights: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return the metric's value for each row of `weights`, how often each article counts; NaN where undefined.

    Args:
        metric: the metric.
        counts: articles × (right, found, wanted).
        weights: draws × articles.
    """
    import numpy as np

    right, found, wanted = (weights @ counts).T
    below = {"precision": found, "f1": (found + wanted) / 2}.get(metric.formula, wanted)
    values: NDArray[np.float64] = np.divide(right, below, out=np.full_like(right, np.nan), where=below > 0)
    return values


def _interval(metric: Metric, counts: "NDArray[np.float64]") -> tuple[float | None, float | None]:
    import numpy as np

    values = resampled(metric, counts, draws(len(counts)))
    values = values[~np.isnan(values)]
    low, high = np.percentile(values, [_LOW, _HIGH]) if len(values) else (np.nan, np.nan)
    return _round(float(low)), _round(float(high))


@lru_cache(maxsize=8)  # all metrics of a group of articles see the same draws
def draws(articles: int) -> "NDArray[np.float64]":
    """Return `RESAMPLES` draws with replacement: how often each article is in each; the same ones each time."""
    import numpy as np

    chance = np.full(articles, 1 / articles)
    return np.random.default_rng(SEED).multinomial(articles, chance, size=RESAMPLES).astype(float)


def _table(tallies: Sequence[Tally | None]) -> "NDArray[np.float64]":
    import numpy as np

    rows = [(t.right, t.found, t.wanted) if t else (0.0, 0.0, 0.0) for t in tallies]
    return np.array(rows, dtype=float).reshape(len(rows), 3)


def _round(number: float | None) -> float | None:
    """Six digits are more than any of these numbers means, and make two runs give the same bytes."""
    return None if number is None or math.isnan(number) else round(number, 6)
