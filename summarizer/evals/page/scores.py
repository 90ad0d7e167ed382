"""The table of metrics: values in families, with their intervals drawn to scale, beside a baseline's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer import languages
from summarizer.evals.judge import JUDGED
from summarizer.evals.report import Report
from summarizer.evals.scores import METRICS, Metric, Score

__all__ = ["Family", "GroupColumn", "Row", "Whisker", "columns", "families", "judged", "number"]

#: A metric's family, by the first part of its name.
_TITLES: Mapping[str, str] = {
    "schema": "Output",
    "quotes": "Quotes",
    "facts": "Facts",
    "figures": "Figures",
    "garbled": "Figures",
    "traps": "Traps",
    "language": "Language",
    "briefs": "Briefs",
    "evidence": "Evidence",
    "summary": "Length and cost",
    "cost": "Length and cost",
}
_METRICS = {metric.name: metric for metric in (*METRICS, *JUDGED)}
#: Width of the drawing, in its own units; the style sheet gives it its size.
_WIDTH = 120.0


@dataclass(frozen=True, slots=True)
class Whisker:
    """An interval, a value and a baseline's value as places on a line of 120 units."""

    low: float
    high: float
    value: float
    baseline: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One metric.

    Attributes:
        cells: the value and the interval in each group of the report, as text.
        verdict: ``better``, ``worse``, ``same``; empty where there is nothing to judge.
    """

    name: str
    meaning: str
    value: str
    interval: str
    whisker: Whisker | None
    right: str
    found: str
    wanted: str
    n: int
    baseline: str
    difference: str
    verdict: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Metrics that belong together."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """A group of articles: a language or a part of the gold."""

    title: str
    articles: int


def families(report: Report, baseline: Report | None) -> tuple[Family, ...]:
    """Return the report's scores by family; metrics that counted nothing are left out."""
    known = {score.name: score for score in baseline.scores} if baseline else {}
    groups = [{score.name: score for score in scores} for scores in report.groups.values()]
    rows = [_row(s, known.get(s.name), [g.get(s.name) for g in groups]) for s in report.scores if s.value is not None]
    return tuple(Family(title, tuple(some)) for title, some in groupby(rows, key=_title))


def judged(report: Report) -> tuple[Row, ...]:
    """Return a judge's scores, with a dash for what it gave no answer on; none where no judge was asked."""
    scores = report.judgement.scores if report.judgement else ()
    return tuple(_row(score, None, ()) for score in scores)


def columns(report: Report) -> tuple[GroupColumn, ...]:
    """Return the report's groups, languages by name."""
    spoken = {case.language for case in report.cases}
    titles = {code: languages.name(code) if code in spoken else code.capitalize() for code in report.groups}
    sizes = {code: sum(code in {c.language, c.part} for c in report.cases) for code in report.groups}
    return tuple(GroupColumn(titles[code], sizes[code]) for code in report.groups)


def number(metric: Metric | None, value: float | None) -> str:
    """Return a value as reports print it: a share to three places, a cost as it is, a dash for none."""
    if value is None:
        return "–"
    graded = metric is None or metric.graded
    return f"{value:.3f}" if graded or value < 10 else f"{value:,.0f}"


def _title(row: Row) -> str:
    key = row.name.partition(".")[0]
    return _TITLES.get(key, key.capitalize())


def _row(score: Score, old: Score | None, groups: Sequence[Score | None]) -> Row:
    metric = _METRICS.get(score.name)
    return Row(
        name=score.name,
        meaning=metric.meaning if metric else "",
        value=number(metric, score.value),
        interval=_interval(metric, score),
        whisker=_whisker(metric, score, old),
        right=f"{score.right:.6g}",
        found=f"{score.found:.6g}",
        wanted=f"{score.wanted:.6g}",
        n=score.n,
        baseline=number(metric, old.value if old else None),
        difference=_difference(metric, score, old),
        verdict=_verdict(metric, score, old),
        cells=tuple((number(metric, s.value), _interval(metric, s)) if s else ("–", "") for s in groups),
    )


def _interval(metric: Metric | None, score: Score) -> str:
    if score.low is None or score.high is None:
        return ""
    return f"{number(metric, score.low)}–{number(metric, score.high)}"


def _whisker(metric: Metric | None, score: Score, old: Score | None) -> Whisker | None:
    if score.value is None or score.low is None or score.high is None:
        return None
    before = old.value if old else None
    most = 1.0 if metric is None or metric.graded else max(score.high, score.value, before or 0.0) or 1.0
    low, high, value = (_place(each, most) for each in (score.low, score.high, score.value))
    return Whisker(low, high, value, None if before is None else _place(before, most))


def _place(value: float, most: float) -> float:
    return round(min(max(value / most, 0.0), 1.0) * _WIDTH, 1)


def _difference(metric: Metric | None, score: Score, old: Score | None) -> str:
    if old is None or old.value is None or score.value is None:
        return "–"
    difference = score.value - old.value
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return sign + number(metric, abs(difference))


def _verdict(metric: Metric | None, score: Score, old: Score | None) -> str:
    if metric is None or not metric.graded or old is None or old.value is None or score.value is None:
        return ""
    # what the reader sees are three places: a difference that is not seen is none
    difference = round(score.value - old.value, 3)
    return "better" if difference > 0 else "worse" if difference < 0 else "same"
