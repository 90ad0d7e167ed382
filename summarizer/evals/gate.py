"""The gate: floors that a report must not fall below, a baseline it must not fall behind, gold that must be whole.

``gate.toml`` is written by a person. Nothing here changes it: a floor is lowered in a commit that says why.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import EvalError
from summarizer.evals import report as reports
from summarizer.evals.files import fault
from summarizer.evals.metrics import Tally
from summarizer.evals.report import GoldCounts, Report
from summarizer.evals.scores import METRICS, Score, value

__all__ = ["Gate", "check", "load", "load_baseline"]

_METRICS = {metric.name: metric for metric in METRICS}
_GRADED = frozenset(metric.name for metric in METRICS if metric.graded)
#: Values and counts are rounded to six digits.
_ROUNDED = 1e-5


class Gate(BaseModel):
    """What a report is held against."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gold: GoldCounts = Field(description="what the gold must hold; an edited label changes its hash")
    model: str = Field(description="the model whose answers are gated")
    tolerance: Annotated[float, Field(ge=0, le=0.2, allow_inf_nan=False)] = Field(
        description="how far a value may fall behind the baseline"
    )
    floors: dict[str, Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]] = Field(
        description="metric → lowest value"
    )
    baseline: str | None = Field(None, description="report of the commit before, beside this file")


def load(path: Path) -> Gate:
    """Return a gate.

    Raises:
        EvalError: the file cannot be read, has unknown names or names no graded metric.
    """
    try:
        gate = Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise EvalError(f"{path}: {error.strerror}; name the file of the gate with --gate") from None
    except ValidationError as error:
        raise _no_gate(path, fault(error)) from None
    except ValueError as error:  # not TOML, or not UTF-8
        raise _no_gate(path, f"{error}") from None
    if strange := sorted(set(gate.floors) - _GRADED):
        raise EvalError(f"{path}: there is no metric {strange[0]!r}; known: {', '.join(sorted(_GRADED))}")
    if not gate.floors:
        raise _no_gate(path, "no floor is set, so nothing could fall below it")
    return gate


def load_baseline(gate: Gate, path: Path) -> Report | None:
    """Return the report that the gate in the file `path` names as its baseline; None where it names none.

    Raises:
        EvalError: it is none or is not there.
    """
    try:
        return reports.load(path.parent / gate.baseline) if gate.baseline else None
    except EvalError as error:
        raise EvalError(f"the baseline that {path} names: {error}") from None


def _no_gate(path: Path, why: str) -> EvalError:
    return EvalError(f"{path} is no gate: {why}; mend it, or name another file with --gate")


def check(gate: Gate, report: Report, baseline: Report | None) -> tuple[str, ...]:
    """Return the reasons why `report` does not pass, worst first; none when it does."""
    return (
        *_whole(gate, report),
        *_unsound(report),
        *_below(gate, report),
        *(f"the baseline: {reason}" for reason in (_unsound(baseline) if baseline else ())),
        *(_behind(gate, report, baseline) if baseline else ()),
    )


def _whole(gate: Gate, report: Report) -> Iterator[str]:
    """Find what is missing: gold, labels, outputs, recordings."""
    for name in GoldCounts.model_fields:
        pinned, found = getattr(gate.gold, name), getattr(report.gold, name)
        if pinned != found:
            why = "a label was edited, added or dropped" if name == "hash" else "something was added or dropped"
            yield f"gold.{name} is {found}, pinned is {pinned}: {why}; if that was meant, pin it anew in the gate"
    if report.run.gold != report.gold.hash:
        yield f"the run was made from gold {report.run.gold}, scored against {report.gold.hash}: run it again"
    if report.run.model != gate.model:
        yield f"the run is of {report.run.model}, the gate is for {gate.model}"
    for case in report.cases:
        if case.failure is not None and case.failure.type in {"OutputMissing", "RecordingMissingError"}:
            yield f"{case.id}: {case.failure.message}"
    for name in report.run.unused:
        yield f"the recording {name} is not used any more: record anew"


def _unsound(report: Report) -> Iterator[str]:
    """Find what cannot be compared: numbers that are none, and values that their counts do not give."""
    for name, times in Counter(score.name for score in report.scores).items():
        if times > 1:
            yield f"{name} stands there more than once: score the run again"
    groups = [(f"{group}: ", score) for group, scores in report.groups.items() for score in scores]
    for place, score in [*(("", score) for score in report.scores), *groups]:
        yield from (f"{place}{reason}" for reason in _faults(score))
    for case in report.cases:
        for name, counts in case.counts.items():
            if not all(map(math.isfinite, counts)):
                yield f"{case.id}: {name}: its counts are {counts}, which are no numbers: score the run again"


def _faults(score: Score) -> Iterator[str]:
    numbers = {name: getattr(score, name) for name in ("value", "low", "high", "right", "found", "wanted")}
    strange = {name: number for name, number in numbers.items() if number is not None and not math.isfinite(number)}
    if strange:
        told = "; ".join(f"its {name} is {number}, which is no number" for name, number in strange.items())
        yield f"{score.name}: {told}: score the run again"
        return
    metric = _METRICS.get(score.name)
    given = value(metric, Tally(score.right, score.found, score.wanted)) if metric else score.value
    if (score.value, given) != (None, None) and not _close(score.value, given):
        yield f"{score.name} is {_told(score.value)}, its counts give {_told(given)}: score the run again"
    elif score.value is not None:
        yield from _unfounded(score)


def _unfounded(score: Score) -> Iterator[str]:
    if score.name in _GRADED and not 0 <= (score.value or 0) <= 1:
        yield f"{score.name} is {_told(score.value)}, and a share lies between 0 and 1: score the run again"
    if score.n < 1:
        yield f"{score.name} has a value and is made of no article: score the run again"
    if score.low is None or score.high is None:
        yield f"{score.name} has a value and no interval: score the run again"


def _close(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=_ROUNDED, abs_tol=_ROUNDED)


def _told(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.3f}"


def _below(gate: Gate, report: Report) -> Iterator[str]:
    values = {score.name: score for score in report.scores}
    for name, floor in gate.floors.items():
        score = values.get(name)
        if score is None:
            yield f"{name} is not in the report; its floor is {floor:.3f}: score the run again"
        elif score.value is None:
            yield f"{name} has no value: nothing was counted; its floor is {floor:.3f}"
        elif score.value < floor:
            yield f"{name} is {score.value:.3f} ({score.right:g} of {score.wanted:g}), its floor is {floor:.3f}"


def _behind(gate: Gate, report: Report, baseline: Report) -> Iterator[str]:
    if baseline.gold.hash != report.gold.hash:
        yield f"the baseline was scored against gold {baseline.gold.hash}, not {report.gold.hash}: score it again"
        return
    values = {score.name: score.value for score in report.scores}
    for score in baseline.scores:
        now = values.get(score.name)
        if score.name not in _GRADED or score.value is None:
            continue
        if now is None or now < score.value - gate.tolerance:
            yield f"{score.name} is {_told(now)}, the baseline has {score.value:.3f} (tolerance {gate.tolerance:g})"
