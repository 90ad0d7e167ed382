"""How many things a text enumerates: who counts them says a number that stands nowhere in the text."""

import re
from collections.abc import Iterator
from functools import cache

from summarizer import languages
from summarizer.figures.fold import fold
from summarizer.figures.lexicon import lexicon
from summarizer.languages.wordlist import any_of

__all__ = ["enumerated"]

_SENTENCE = re.compile(r"[.;:!?](?:\s|$)|[。；：！？，\n]")
_WORDS = 6  # in a thing of a list; a longer piece is a clause
_LONGEST = 40  # things; who writes a longer list counts nothing by hand
_HAN_MARK = "、"


def enumerated(text: str, language: str) -> frozenset[int]:
    """Return the lengths that lists of a text may have, from three things on.

    A list in an alphabet is short pieces between commas that end in *and*; where it begins its words do not tell, so
    that a shorter one is always possible. One in Chinese is told by its own comma, and may end in *and* or not.

    Args:
        text: a sentence or a few.
        language: its BCP 47 tag.
    """
    if languages.get(language).general:
        return frozenset()
    read = _spaced if lexicon(language).spaced else _han
    return frozenset(size for part in _SENTENCE.split(fold(text)) for size in read(part, language))


def _spaced(part: str, language: str) -> Iterator[int]:
    pieces = part.split(",")
    joint = _and(language)
    run = 0
    for piece in pieces:
        first, *rest = (own.strip() for own in joint.split(piece))
        if rest:
            yield from range(3, run + bool(first) + 2)
        run = min(run + 1, _LONGEST) if len(piece.split()) <= _WORDS else 1


def _han(part: str, _: str) -> Iterator[int]:
    if marks := part.count(_HAN_MARK):
        yield from (marks + 1, marks + 2)


@cache
def _and(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(lexicon(language).table.and_)}(?!\w)")
