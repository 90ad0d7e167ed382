"""Figures, held against the article as values; garbled ones."""

from collections.abc import Sequence

from summarizer import figures
from summarizer.evals import matching
from summarizer.evals.cases import Mark
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally, share, sides, told
from summarizer.evals.outputs import Output
from summarizer.evals.wording import figures_in, fold

__all__ = ["garbled", "support"]


def support(gold: Gold, output: Output) -> Part:
    """Hold every figure of the summary and the briefs against the article, as values."""
    lines = [(line, code) for code, side in sides(gold, output) for line in side]
    found = [figure for line, code in lines for figure in figures_in(line, code)]
    source = figures.side(gold.case.text, gold.case.language, gold.figures)
    held = [(line, figures.compared(source, _side(line, code))) for line, code in lines]
    against = [(figure, line) for line, each in held for _, figure in each.contradicted]
    alone = [(figure, line) for line, each in held for figure in each.unsupported]
    # a word that turns a figure over ("fell by") is an objection without a figure of its own
    written = max(len(found), len(against) + len(alone))
    kept = [mark for mark in gold.case.figures if _is_kept(gold, mark, found, [line for line, _ in lines])]
    wanted = len(gold.case.figures)
    tallies = {
        "figures.supported": share(output, written - len(against) - len(alone), written),
        "figures.uncontradicted": share(output, written - len(against), written),
        "figures.recall": Tally(len(kept), wanted, wanted),
    }
    return tallies, [Miss("figures.supported", f"{figure.text}: {line}") for figure, line in (*against, *alone)]


def _side(line: str, code: str) -> figures.Side:
    return figures.side(line, code, figures.find(line, code))


def _is_kept(gold: Gold, mark: Mark, found: Sequence[figures.Figure], lines: Sequence[str]) -> bool:
    """Tell whether a figure that matters is written; one that the program cannot read is looked for as printed."""
    read = _within(gold, mark.start, mark.end)
    if not read:
        return any(fold(mark.text) in fold(line) for line in lines)
    return all(any(figures.same(figure, each) for each in found) for figure in read)


def _within(gold: Gold, start: int, end: int) -> list[figures.Figure]:
    """Return the figures of a marked stretch, as they read in the whole article."""
    return [figure for figure in gold.figures if start < figure.end and figure.start < end]


def garbled(gold: Gold, output: Output) -> Part:
    """Count the garbled figures of the article that the output flags, and what it flags that is none."""
    marks = [(mark.start, mark.end) for mark in gold.case.garbled]
    hit = [m for m in marks if any(matching.shared(m, span) for span in output.suspects)]
    flagged = [span for span in output.suspects if any(matching.shared(span, m) for m in marks)]
    missed = [mark.text for mark in gold.case.garbled if (mark.start, mark.end) not in hit]
    tallies = {
        "garbled.recall": Tally(len(hit), len(marks), len(marks)),
        "garbled.precision": told(output, len(flagged), len(output.suspects)),
    }
    return tallies, [Miss("garbled.recall", text) for text in missed]
