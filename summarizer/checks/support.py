"""Whether the article says at all what a statement says."""

from collections.abc import Iterator

from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim

__all__ = ["in_statement"]


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement without a word, or with words that the article has too few of."""
    if not any(c.isalnum() for c in claim.line.text):
        yield Finding("summary.empty", "a statement holds no word", claim.where)
    elif not claim.evidence.supported:
        message = f"the article has too few of the words of {claim.line.text!r} to be its source"
        yield Finding("summary.unsupported", message, claim.where)
