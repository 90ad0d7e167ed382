"""The gate: floors that a report must not fall below, a baseline it must not fall behind, gold that must be whole.

``gate.toml`` is written by a person. Nothing here changes it: a floor is lowered in a commit that says why.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import EvalError
from summarizer.evals.report import GoldCounts, Report
from summarizer.evals.scores import METRICS

__all__ = ["Gate", "check", "load"]

_GRADED = frozenset(metric.name for metric in METRICS if metric.graded)


class Gate(BaseModel):
    """What a report is held against."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gold: GoldCounts = Field(description="what the gold must hold; an edited label changes its hash")
    model: str = Field(description="the model whose answers are gated")
    tolerance: Annotated[float, Field(ge=0, le=0.2)] = Field(
        description="how far a value may fall behind the baseline"
    )
    floors: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(description="metric → lowest value")
    baseline: str | None = Field(None, description="report of the commit before, beside this file")


def load(path: Path) -> Gate:
    """Return a gate.

    Raises:
        EvalError: the file cannot be read, has unknown names or names no graded metric.
    """
    try:
        gate = Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise EvalError(f"{path}: {error.strerror}; name the file with --gate") from None
    except (ValueError, ValidationError) as error:
        raise EvalError(f"{path} is no gate: {str(error)[:300]}") from None
    if strange := sorted(set(gate.floors) - _GRADED):
        raise EvalError(f"{path}: there is no metric {strange[0]!r}; known: {', '.join(sorted(_GRADED))}")
    return gate


def check(gate: Gate, report: Report, baseline: Report | None) -> tuple[str, ...]:
    """Return the reasons why `report` does not pass, worst first; none when it does."""
    return (
        *_whole(gate, report),
        *_below(gate, report),
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


def _below(gate: Gate, report: Report) -> Iterator[str]:
    values = {score.name: score for score in report.scores}
    for name, floor in gate.floors.items():
        score = values[name]
        if score.value is None:
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
            told = "nothing" if now is None else f"{now:.3f}"
            yield f"{score.name} is {told}, the baseline has {score.value:.3f} (tolerance {gate.tolerance:g})"
