"""The sentences of the article behind what is printed: their numbers beside each line, their words at the end."""

from collections.abc import Sequence

from summarizer.digest import Digest, Quote
from summarizer.render import words
from summarizer.render.sections import tables
from summarizer.render.sheet import Sheet

__all__ = ["TITLE", "cited", "numbers", "of_quote"]

#: Over the sentences at the end.
TITLE = "Sentences cited"


def numbers(sentences: Sequence[int]) -> str:
    """Return the numbers of sentences as they stand beside a line, ``[3, 4]``; nothing without any."""
    return f"[{', '.join(map(str, sentences))}]" if sentences else ""


def of_quote(digest: Digest, quote: Quote) -> tuple[int, ...]:
    """Return the numbers, from 1, of the sentences that a quote stands in."""
    return words.cited(digest, [(quote.start, quote.end)])


def cited(digest: Digest, told: Sheet) -> tuple[tuple[int, str], ...]:
    """Return the sentences whose numbers stand beside lines, quotes and rows: each once, with its number.

    Args:
        digest: of the article.
        told: the same as lines.
    """
    lines = (line.sentences for line in (*told.abstract, *told.points))
    quotes = (of_quote(digest, quote) for quote in digest.quotes)
    rows = (cell.sentences for own in tables(digest) for row in own.rows for cell in row)
    found = {number for each in (*lines, *quotes, *rows) for number in each}
    return tuple((number, words.sentence(digest, number)) for number in sorted(found))
