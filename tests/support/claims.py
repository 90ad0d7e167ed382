"""Claims for the tests of checks: a statement about an article, and what a check says of it."""

from collections.abc import Sequence

from summarizer.article import from_text
from summarizer.article.span import Span
from summarizer.checks.claim import Check, Claim
from summarizer.ground.evidence import Evidence
from summarizer.ground.reading import Reading

__all__ = ["messages", "reading", "statement"]


def reading(text: str, code: str) -> Reading:
    """Read an article."""
    return Reading.of(from_text(text, language=code))


def statement(line: str, cited: Sequence[str], code: str) -> Claim:
    """Return the claim that the sentences of an article say `line`."""
    text = " ".join(cited)
    read = reading(text, code)
    spans = tuple(Span(text.index(s), text.index(s) + len(s)) for s in cited)
    return Claim(read.line(line), read.within(spans), read, "/summary/abstract", Evidence(spans, worded=spans))


def messages(check: Check, claim: Claim) -> list[str]:
    """Return what a check says of a claim."""
    return [finding.message for finding in check(claim)]
