"""Figures, held against the article as values; garbled ones."""

from summarizer import figures
from summarizer.evals import matching
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally, share, sides
from summarizer.evals.outputs import Output

__all__ = ["garbled", "support"]


def support(gold: Gold, output: Output) -> Part:
    """Hold every figure of the summary and the briefs against the article, as values."""
    lines = [(line, code) for code, side in sides(gold, output) for line in side]
    found = [figure for line, code in lines for figure in figures.find(line, code)]
    held = [(line, figures.compare(gold.case.text, gold.case.language, line, code)) for line, code in lines]
    against = [(figure, line) for line, each in held for _, figure in each.contradicted]
    alone = [(figure, line) for line, each in held for figure in each.unsupported]
    # a word that turns a figure over ("fell by") is an objection without a figure of its own
    written = max(len(found), len(against) + len(alone))
    wanted = [figure for mark in gold.case.figures for figure in _within(gold, mark.start, mark.end)]
    kept = [figure for figure in wanted if any(figures.same(figure, each) for each in found)]
    tallies = {
        "figures.supported": share(output, written - len(against) - len(alone), written),
        "figures.uncontradicted": share(output, written - len(against), written),
        "figures.recall": Tally(len(kept), len(wanted), len(wanted)),
    }
    return tallies, [Miss("figures.supported", f"{figure.text}: {line}") for figure, line in (*against, *alone)]


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
        "garbled.precision": Tally(len(flagged), len(output.suspects), len(output.suspects)),
    }
    return tallies, [Miss("garbled.recall", text) for text in missed]
