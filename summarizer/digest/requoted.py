"""A quote, a name or a value that somebody writes anew, looked up in the article: nobody types what was said."""

import re
from collections.abc import Mapping
from typing import Any

from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks import StatementChecker
from summarizer.digest import Digest, FieldRecord, Value
from summarizer.digest.audit.digests import article_of
from summarizer.ground import quotation
from summarizer.ground.locate import locate
from summarizer.ground.reading import Reading
from summarizer.tasks.field import ROOM, Field
from summarizer.tasks.prove import prove

__all__ = ["placed", "requoted", "revalued"]

#: So many characters on either side show whether a passage begins or ends inside a word.
_EDGE = 8


def requoted(digest: Digest, quote: Mapping[str, Any], words: str) -> dict[str, Any] | None:
    """Return the fields of a quote that becomes another passage, None where the article does not have the words.

    Args:
        digest: its article.
        quote: the quote as JSON; of several passages with these words the one nearest to it is taken.
        words: one passage, word for word; marks and spaces may differ.
    """
    place = _nearest(digest.article.text, words, quote["start"])
    if place is None:
        return None
    kind = quotation.kind(Reading.of(article_of(digest.article)), place)
    text = place.of(digest.article.text)
    return {"text": text, "start": place.start, "end": place.end, "kind": kind, "status": "verified"}


def revalued(digest: Digest, value: Value, field: FieldRecord, words: str) -> Value | Finding:
    """Return a section's value with other words, cut out of the article again where it was; or why it cannot be.

    Args:
        digest: its article.
        value: as it stands; of several passages with these words the one beside it is taken.
        field: of the value.
        words: its new text.
    """
    if field.proof in ("text", "choice"):
        return value.model_copy(update={"text": words})
    reading = Reading.of(article_of(digest.article))
    every = enumerate(reading.article.sentences)
    near = [i for i, s in every if any(start < s.end and s.start < end for start, end in value.evidence)]
    asked = Field(field.name, field.proof, field.title, room=ROOM[field.proof])
    proved = prove(asked, words, near, StatementChecker(reading))
    return proved.value or proved.findings[0]


def placed(text: str, name: str, near: int) -> tuple[int | None, int | None]:
    """Return where a name stands in an article, as near to a place as it does; two times None where it does not."""
    found = _nearest(text, name, near) if name else None
    return (found.start, found.end) if found else (None, None)


def _nearest(text: str, words: str, near: int) -> Span | None:
    places = sorted((m.start() for m in re.finditer(re.escape(words), text)), key=lambda at: abs(at - near))
    for at in places:
        low, high = max(0, at - _EDGE), at + len(words) + _EDGE
        found = locate(text[low:high], words)
        # what is cut off on either side belongs to other words
        if len(found) == 1 and low + found[0].start < at + len(words) and found[0].end > at - low:
            return Span(low + found[0].start, low + found[0].end)
    found = locate(text, words)
    return found[0] if len(found) == 1 else None
