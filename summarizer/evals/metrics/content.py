"""Content: key facts, traps, briefs and evidence."""

from functools import cache
from typing import Any

from summarizer.evals import matching
from summarizer.evals.cases import KeyFact
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally, sides, told
from summarizer.evals.outputs import Output
from summarizer.evals.wording import carries

__all__ = ["briefs", "evidence", "facts", "traps"]


def facts(gold: Gold, output: Output) -> Part:
    """Count the key facts that the summary says."""
    lines = [statement.text for statement in output.statements]
    lost = [f.fact for f, label in gold.facts if not carries(label, lines, gold.case.language)]
    wanted = len(gold.case.key_facts)
    return {"facts.recall": Tally(wanted - len(lost), wanted, wanted)}, [Miss("facts.recall", fact) for fact in lost]


def traps(gold: Gold, output: Output) -> Part:
    """Count the traps avoided; who says nothing has avoided none."""
    stated = sides(gold, output)
    fallen = [t.wrong for t, label in gold.traps if any(carries(label, lines, code) for code, lines in stated)]
    wanted = len(gold.case.traps)
    if not any(lines for _, lines in stated):
        return {"traps.avoided": Tally(0, wanted, wanted)}, [Miss("traps.avoided", "nothing is said")] * bool(wanted)
    misses = [Miss("traps.avoided", wrong) for wrong in fallen]
    return {"traps.avoided": Tally(wanted - len(fallen), wanted, wanted)}, misses


def briefs(gold: Gold, output: Output) -> Part:
    """Count the key facts that each brief says, and sum its likeness to the reference."""
    misses: list[Miss] = []
    kept, chrf = 0, 0.0
    for code in gold.case.targets:
        lines = output.briefs.get(code, ())
        lost = [f.fact for f, label in gold.facts if not carries(label, lines, code)]
        kept += len(gold.case.key_facts) - len(lost)
        misses += [Miss("briefs.completeness", f"{code}: {fact}") for fact in lost]
        chrf += _chrf("\n".join(lines), gold.case.briefs[code].target)
    wanted, pairs = len(gold.case.targets), len(gold.case.targets) * len(gold.case.key_facts)
    return {"briefs.completeness": Tally(kept, pairs, pairs), "briefs.chrf": Tally(chrf, wanted, wanted)}, misses


def _chrf(text: str, reference: str) -> float:
    """Return chrF (Popović 2015, character n-grams to 6, beta 2), 0–1."""
    return float(_scorer().sentence_score(text, [reference]).score) / 100 if text else 0.0


@cache
def _scorer() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()


def evidence(gold: Gold, output: Output) -> Part:
    """Of statements that say a key fact and cite a source: whether the source is where the gold has the fact.

    Who cites the whole article has cited nothing: half of the spans must be of facts that the statement says.
    """
    right = cited = 0
    misses: list[Miss] = []
    for statement in output.statements:
        spans = statement.evidence
        facts = [f for f, label in gold.facts if label.said_by(statement.text, gold.case.language)] if spans else []
        near = sum(any(_touches(span, fact) for fact in facts) for span in spans)
        for fact in facts:
            cited += 1
            hit = 2 * near >= len(spans) and any(_touches(span, fact) for span in spans)
            right += hit
            misses += [] if hit else [Miss("evidence.precision", statement.text)]
    return {"evidence.precision": told(output, right, cited)}, misses


def _touches(span: matching.Span, fact: KeyFact) -> bool:
    return any(matching.shared(span, (mark.start, mark.end)) for mark in fact.evidence)
