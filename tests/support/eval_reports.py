"""Small reports for tests: counts given by hand, scored as a run's are."""

from summarizer.evals import scores
from summarizer.evals.metrics import Tally
from summarizer.evals.outputs import Failure, Run
from summarizer.evals.report import CaseReport, GoldCounts, MissRecord, Report

GOLD = GoldCounts(hash="0123456789ab", articles=3, key_facts=9, quotes=6, figures=4, garbled=0, traps=3, briefs=3)


def case(name, *, language="en", failure=None, misses=(), **counts):
    """A case whose counts are given as facts_recall=(right, found, wanted)."""
    return CaseReport(
        id=name,
        language=language,
        part="development",
        failure=Failure(type=failure, message=f"{name} has none") if failure else None,
        counts={key.replace("__", "."): value for key, value in counts.items()},
        misses=tuple(MissRecord(metric=metric, what=what) for metric, what in misses),
    )


def report(*cases, gold=GOLD, model="small", version="1.0", unused=(), prompts=None):
    """A report of these cases."""
    run = Run(
        version=version,
        system="pipeline",
        model=model,
        endpoint="embedded",
        prompts=prompts or {"summary": "v1#11111111"},
        gold=gold.hash,
        mode="replay",
        made="2026-01-01T00:00:00+00:00",
        cases=tuple(c.id for c in cases),
        failures={},
        unused=unused,
    )
    counts = [{name: Tally(*each) for name, each in c.counts.items()} for c in cases]
    groups = {c.language: scores.scored([t]) for c, t in zip(cases, counts, strict=True)}
    return Report(
        signature=f"model:{model}|system:pipeline|prompts:{run.prompts['summary']}|gold:{gold.hash}|version:{version}",
        run=run,
        gold=gold,
        scores=scores.scored(counts),
        groups=groups,
        cases=cases,
    )
