"""Claims for the tests of checks: a translation of a line, a statement about an article."""

from collections.abc import Sequence

from summarizer.article import from_text
from summarizer.article.span import Span
from summarizer.checks.claim import Check, Claim
from summarizer.ground.evidence import Evidence
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["messages", "reading", "statement", "translation"]


def reading(text: str, code: str) -> Reading:
    """Read an article."""
    return Reading.of(from_text(text, language=code))


def translation(line: str, code: str, text: str, target: str, article: str = "") -> Claim:
    """Return the claim that `text` translates `line`, a line about an article; the line alone where none is given."""
    read = reading(article or line, code)
    return Claim(Text(text, target), (read.line(line),), read, "/briefs/0/headline/target")


def statement(line: str, cited: Sequence[str], code: str, others: Sequence[str] = ()) -> Claim:
    """Return the claim that the cited sentences say `line`, in an article that has others, too."""
    text = " ".join((*cited, *others))
    read = reading(text, code)
    spans = tuple(Span(text.index(s), text.index(s) + len(s)) for s in cited)
    return Claim(read.line(line), read.within(spans), read, "/summary/abstract", Evidence(spans, worded=spans))


def messages(check: Check, claim: Claim) -> list[str]:
    """Return what a check says of a claim."""
    return [finding.message for finding in check(claim)]
