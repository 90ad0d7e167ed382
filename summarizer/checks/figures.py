"""Figures that the source does not give, that a translation leaves out, or that are given for something else."""

from collections.abc import Iterator

from summarizer import figures
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import rates, replaced
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["elsewhere", "in_statement", "in_translation", "rate_in_statement", "rate_in_translation"]


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find figures of a translation that its line does not have, and figures of the line that it lacks."""
    line, text, where = claim.source, claim.line, claim.where
    compared = figures.compared(line.side, text.side)
    for printed, found in compared.contradicted:
        yield Finding("figure.contradicted", f"you wrote {_told(found)}, the source says {_told(printed)}", where)
    for figure in compared.unsupported:
        yield Finding("figure.unsupported", f"the source has no figure {_told(figure)}", where)
    for figure in compared.missing:
        form = figures.written(figure, text.language)
        message = f"the figure {_told(figure)} of the source is missing; write {form!r}"
        yield Finding("figure.missing", message, where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find figures of a statement that its article does not give."""
    compared = figures.compared(claim.reading.text.side, claim.line.side)
    for printed, found in compared.contradicted:
        message = f"you wrote {_told(found)}, the article says {_told(printed)}"
        yield Finding("figure.contradicted", message, claim.where, Span(printed.start, printed.end))
    for figure in compared.unsupported:
        message = f"{_told(figure)} is a figure that the article does not give"
        yield Finding("figure.unsupported", message, claim.where)


def elsewhere(claim: Claim) -> Iterator[Finding]:
    """Find figures that stand in other sentences than those whose words the statement shares.

    A headline draws on the whole article.
    """
    cited = claim.evidence.worded
    if not cited or claim.where.endswith("headline"):
        return
    held = [f for span in cited for f in claim.reading.homes.get(span, ())]
    for figure in claim.line.figures:
        if any(figures.same(h, figure) for h in held) or not _homes(figure, claim.reading):
            continue
        if not _beside_words(figure, claim):
            message = f"{_told(figure)} stands in another sentence than what {claim.line.text!r} reports"
            yield Finding("figure.elsewhere", message, claim.where)


def rate_in_translation(claim: Claim) -> Iterator[Finding]:
    """Find what a figure is given for, put in the place of another: *a year* for *a month*."""
    if swap := replaced(rates(claim.source), rates(claim.line)):
        message = f"{claim.line.text!r} has {swap[0]!r} where {claim.source.text!r} has {swap[1]!r}"
        yield Finding("figure.contradicted", message, claim.where)


def rate_in_statement(claim: Claim) -> Iterator[Finding]:
    """Find what a figure is given for, put in the place of another, where the article never says it."""
    line, spans = claim.line, claim.evidence.spans
    if not spans or not line.figures:
        return
    cited = Text(" ".join(text.text for text in claim.sources), line.language)
    swap = replaced(rates(cited), rates(line))
    # a longer source has more of them than a statement repeats: only what the article never says is strange
    if swap and swap[0] not in claim.reading.article.text.casefold():
        message = f"{line.text!r} has {swap[0]!r}, the article {swap[1]!r}"
        yield Finding("figure.contradicted", message, claim.where, spans[0])


def _homes(figure: figures.Figure, reading: Reading) -> list[Span]:
    """Return the sentences that hold a figure."""
    return [span for span, own in reading.homes.items() if any(figures.same(f, figure) for f in own)]


def _beside_words(figure: figures.Figure, claim: Claim) -> bool:
    """Tell whether a sentence that holds a figure gives the statement words that its source lacks.

    One that brings the figure alone (*exports to Japan*, in a statement about China) does not report the same.
    """
    cited = claim.reading.within(claim.evidence.worded)
    wanted = claim.line.once(_plain_terms) - frozenset[str]().union(*(text.once(_plain_terms) for text in cited))
    homes = claim.reading.within(_homes(figure, claim.reading))
    return any(wanted & text.once(_plain_terms) for text in homes)


def _plain_terms(text: Text) -> frozenset[str]:
    """Return the terms of a text without its figures."""
    kept, at = list[str](), 0
    for figure in text.figures:
        kept.append(text.text[at : figure.start])
        at = figure.end
    rest = Text(" ".join([*kept, text.text[at:]]), text.language)
    return frozenset(term for term in rest.terms if not term.isdigit())


def _told(figure: figures.Figure) -> str:
    """Return a figure for a message: as printed, with the unit, currency and direction that it was read with."""
    read = [part for part in (figure.unit, figure.currency, figure.direction) if part and part not in figure.text]
    return f"{figure.text!r} ({', '.join(read)})" if read else f"{figure.text!r}"
