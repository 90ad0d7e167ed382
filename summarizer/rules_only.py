"""A digest without a model: what the rules alone can say."""

import time
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.ask import quotes
from summarizer.ask.summary import GroundedSummary
from summarizer.digest import Digest, assemble
from summarizer.digest.assemble import Parts
from summarizer.digest.provenance import Account
from summarizer.errors import reported
from summarizer.ground.reading import Reading
from summarizer.ground.statement import Grounded, own_words

if TYPE_CHECKING:
    from summarizer.config import Settings

__all__ = ["digest", "parts"]


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
    abstract = own_words(reading)
    headline = Grounded(article.title, (), (), ()) if article.title else abstract
    summary = GroundedSummary(headline, (abstract,), ())
    return Parts(summary, quotes.by_rule(reading), (), (), ())
