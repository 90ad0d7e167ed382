"""Magnitudes that a source contradicts: *thousands* for *hundreds*. One that is left out is no fault."""

from collections.abc import Iterator

from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.figures import counted
from summarizer.figures import Figure, Magnitude
from summarizer.ground.text import Text

__all__ = ["in_statement", "in_translation"]


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a magnitude in the place of another one of the source line."""
    source, line = claim.source.side, claim.line.side
    lost = next((m for m in source.magnitudes if not line.tells(m, source)), None)
    gained = next((m for m in line.magnitudes if not source.tells(m, line)), None)
    if lost and gained:
        message = f"the translation has {gained.text!r} where the source has {lost.text!r}"
        yield Finding("figure.contradicted", message, claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a magnitude that the article nowhere tells, of what a sentence behind the statement counts otherwise."""
    article = claim.reading.text
    for gained in claim.line.side.magnitudes:
        things = frozenset() if article.side.tells(gained) else counted(gained.end, claim.line)
        printed = next((p for p, text in _told(claim) if things & counted(p.end, text)), None)
        if printed is not None:
            message = f"the statement has {gained.text!r} where the article has {printed.text!r}"
            yield Finding("figure.contradicted", message, claim.where)


def _told(claim: Claim) -> Iterator[tuple[Figure | Magnitude, Text]]:
    """Yield the magnitudes and bare numbers of the sentences behind a statement; of the article where none is."""
    for text in claim.sources or (claim.reading.text,):
        yield from ((magnitude, text) for magnitude in text.side.magnitudes)
        yield from ((figure, text) for figure in text.figures if figure.kind == "number" and not figure.unit)
