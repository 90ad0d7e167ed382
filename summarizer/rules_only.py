"""A digest without a model: what the rules alone can say."""

import time
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.article.instructions import LEFT_OUT
from summarizer.article.span import Span
from summarizer.ask import quotes
from summarizer.ask.summary import GroundedSummary
from summarizer.digest import Digest, assemble
from summarizer.digest.assemble import Parts
from summarizer.digest.provenance import Account
from summarizer.errors import reported
from summarizer.ground.reading import Reading
from summarizer.ground.statement import Grounded

if TYPE_CHECKING:
    from summarizer.config import Settings

__all__ = ["digest", "parts"]

#: A first line shorter than this, without a full stop, is a heading and not the first sentence.
_HEADING_CHARS = 120


def digest(article: Article, settings: "Settings") -> Digest:
    """Return what the rules alone can say: figures, every quote, the article's own first sentence.

    Raises:
        OutputSchemaError: the result does not fit the published schema: a bug here, caught before it leaves.
        UnexpectedError: a fault of this program, met with this article.
    """
    started = time.monotonic()
    with reported(article.id):
        reading = Reading.of(article)
        made = parts(reading)
        return assemble.digest(reading, made, Account(None, (), time.monotonic() - started), settings)


def parts(reading: Reading) -> Parts:
    """Return the article's own headline and first sentence, and every quote that the rules found."""
    article = reading.article
    lead = _lead(article)
    abstract = _own(article, lead)
    headline = Grounded(article.title, (), (), ()) if article.title else abstract
    summary = GroundedSummary(headline, (abstract,), (), ())
    return Parts(summary, quotes.by_rule(reading), (), (), ())


def _lead(article: Article) -> int:
    """Return the position of the first sentence that is neither title nor heading; of the first one if all are."""
    ends = (".", "!", "?", "。", "！", "？", "”", '"', "»", "」")
    body = ((i, s.text) for i, s in enumerate(article.sentences) if s.text not in (article.title or ""))
    heading = next((i for i, s in enumerate(article.sentences) if s.text), 0)
    return next((i for i, text in body if len(text) >= _HEADING_CHARS or text.endswith(ends)), heading)


def _own(article: Article, position: int) -> Grounded:
    sentence = article.sentences[position]
    text = sentence.text or LEFT_OUT
    return Grounded(" ".join(text.split()), (Span(sentence.start, sentence.end),), (position,), ())
