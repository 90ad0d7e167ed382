"""Score a run: its outputs against the gold, as one value that every report is made of."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.config import Settings
from summarizer.errors import EvalError
from summarizer.evals import metrics, outputs, scores
from summarizer.evals.cases import Case, gold_hash
from summarizer.evals.files import fault
from summarizer.evals.judge import Judgement, judge
from summarizer.evals.metrics import Counted, Gold, Tally
from summarizer.evals.outputs import Failure, Output, Record, Run, SystemName
from summarizer.evals.scores import RESAMPLES, Score

__all__ = ["CaseReport", "GoldCounts", "MissRecord", "Report", "judged", "load", "make", "tallies"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldCounts(_Part):
    """What the gold holds: pinned by the gate, so that nothing is dropped from it unseen."""

    hash: str
    articles: int
    key_facts: int
    quotes: int
    figures: int
    garbled: int
    traps: int
    briefs: int

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "GoldCounts":
        """Count what a set of cases holds."""
        return cls(
            hash=gold_hash(cases),
            articles=len(cases),
            key_facts=sum(len(case.key_facts) for case in cases),
            quotes=sum(len(case.quotes) for case in cases),
            figures=sum(len(case.figures) for case in cases),
            garbled=sum(len(case.garbled) for case in cases),
            traps=sum(len(case.traps) for case in cases),
            briefs=sum(len(case.briefs) for case in cases),
        )


class MissRecord(_Part):
    """One thing that is wrong with an output."""

    metric: str
    what: str


class CaseReport(_Part):
    """The counts of one article."""

    id: str
    language: str
    part: str
    failure: Failure | None
    counts: dict[str, tuple[float, float, float]] = Field(description="right, found, wanted")
    misses: tuple[MissRecord, ...]


class Report(_Part):
    """Everything that scoring a run tells; the other forms are made from it."""

    report_version: Literal["1"] = "1"
    signature: str = Field(description="model, prompts, gold and version: what a value depends on")
    run: Run
    gold: GoldCounts
    scores: tuple[Score, ...]
    groups: dict[str, tuple[Score, ...]] = Field(description="the same by language and by part of the gold")
    cases: tuple[CaseReport, ...]
    judgement: Judgement | None = Field(None, description="a model's opinion; never part of the gate")


def make(cases: Sequence[Case], folder: Path) -> Report:
    """Score a run folder against `cases`.

    A case without an output counts as failed. Outputs of other cases are an error: they were made from other gold.

    Raises:
        EvalError: the folder holds no run, or one of other cases.
    """
    run, records = outputs.read(folder)
    strangers = sorted(set(records) - {case.id for case in cases})
    if strangers:
        raise EvalError(f"{folder} holds outputs of cases that the gold does not have: {', '.join(strangers[:5])}")
    reports = tuple(_case(case, records.get(case.id), run.system) for case in cases)
    gold = GoldCounts.of(cases)
    return Report(
        signature=_signature(run, gold),
        run=run,
        gold=gold,
        scores=scores.scored([tallies(report) for report in reports]),
        groups={name: scores.scored([tallies(r) for r in some]) for name, some in _groups(reports)},
        cases=reports,
    )


def judged(report: Report, cases: Sequence[Case], folder: Path, settings: Settings) -> Report:
    """Return the report with a model's opinion of each output beside the scores.

    Raises:
        ConfigurationError: the model cannot be asked.
    """
    _, records = outputs.read(folder)
    known = {case.id: case for case in cases}
    found = {r.case: Output.of(r, known[r.case].text, known[r.case].language) for r in records.values()}
    opinion = judge([case for case in cases if case.id in found], found, settings)
    return report.model_copy(update={"judgement": opinion})


def load(path: Path) -> Report:
    """Read a report that `summarizer eval score` wrote.

    Raises:
        EvalError: it is none.
    """
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        advice = "name the report in it" if path.is_dir() else f"make it with: summarizer eval score RUN --out {path}"
        raise EvalError(f"{path}: {error.strerror}; {advice}") from None
    except ValidationError as error:
        raise EvalError(
            f"{path} is no report of `summarizer eval score`: {fault(error)}; make one with: "
            "summarizer eval score RUN --out REPORT"
        ) from None


def tallies(report: CaseReport) -> Mapping[str, Tally]:
    """Return the counts of one article as the metrics know them."""
    return {name: Tally(*counts) for name, counts in report.counts.items()}


def _case(case: Case, record: Record | None, system: SystemName) -> CaseReport:
    missing = Failure(type="OutputMissing", message="the run has no output for this article")
    kept = record or Record(case=case.id, system=system, cost=outputs.Cost(), failure=missing)
    counted = metrics.count(Gold.of(case), Output.of(kept, case.text, case.language))
    return CaseReport(
        id=case.id,
        language=case.language,
        part=case.part,
        failure=kept.failure,
        counts=_rounded(counted),
        misses=tuple(MissRecord(metric=miss.metric, what=miss.what) for miss in counted.misses),
    )


def _rounded(counted: Counted) -> dict[str, tuple[float, float, float]]:
    return {n: (round(t.right, 6), round(t.found, 6), round(t.wanted, 6)) for n, t in counted.tallies.items()}


def _groups(reports: Sequence[CaseReport]) -> Iterable[tuple[str, list[CaseReport]]]:
    for name in sorted({report.language for report in reports}):
        yield name, [report for report in reports if report.language == name]
    for name in sorted({report.part for report in reports}):
        yield name, [report for report in reports if report.part == name]


def _signature(run: Run, gold: GoldCounts) -> str:
    prompts = ",".join(f"{task}.{signature}" for task, signature in sorted(run.prompts.items()))
    return "|".join(
        (
            f"model:{run.model}",
            f"system:{run.system}",
            f"prompts:{prompts}",
            f"gold:{gold.hash}",
            f"n:{gold.articles}",
            f"bootstrap:{RESAMPLES}",
            f"version:{run.version}",
        )
    )
