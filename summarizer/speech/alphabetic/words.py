"""Sentences of an alphabetic language split into words."""

import re
from typing import cast

from summarizer.speech.words import QUOTED, CodePoint, Words

__all__ = ["after_dateline", "split"]

_MARK = r"|[^\w\s]"
#: Where articles lose their vowel: ``dell'|Autorità``, but D'Angelo (L'Italia: see `_part_articles`).
_ELIDED = re.compile(
    r"\ue000+"
    r"|[A-ZÀ-Þ]['’][A-ZÀ-Þ][^\W_]*(?:[-‑][^\W_]+)*"
    r"|(?:[^\W\d_]{1,8}['’](?=[^\W\d_]{2}|[aày]\b))"
    r"|['’]s\b"
    r"|[Dd]e['’](?= [A-ZÀ-Þ])"  # Lorenzo de' Medici
    r"|[^\W_]+(?:[-‑][^\W_]+)*" + _MARK
)
#: Where verbs do: ``did|n't``, ``we|'ve``; names keep their apostrophes.
_WHOLE = re.compile(
    r"\ue000+"
    r"|n['’]t\b|['’](?:s|m|d|ll|re|ve)\b"
    r"|[^\W_]+?(?=n['’]t\b)"
    r"|[^\W_]+(?:\.[a-z]{2,}\b)+"  # hale.com
    r"|[^\W_]+(?:(?:[-‑]|['’](?!(?:s|m|d|ll|re|ve|t)\b))[^\W_]+)*" + _MARK
)
_ARTICLES = ("L'", "L’")
_DATELINE = 16  # words
_DASHES = frozenset("-–—")


def split(masked_text: str, start: int, end: int, *, elides: bool, pronouns: frozenset[str] = frozenset()) -> Words:
    """Split ``masked_text[start:end]`` into words.

    Args:
        masked_text: see `masked`.
        start: first code point.
        end: one past the last.
        elides: the language's articles lose their vowel.
        pronouns: those that a hyphen joins to the verb before them.
    """
    matches = list((_ELIDED if elides else _WHOLE).finditer(masked_text, start, end))
    printed = [match[0] for match in matches]
    starts, ends = [match.start() for match in matches], [match.end() for match in matches]
    if masked_text.find(QUOTED, start, end) >= 0:
        printed = [QUOTED if word[0] == QUOTED else word for word in printed]
    if elides and any(masked_text.find(article, start, end) >= 0 for article in _ARTICLES):
        _part_articles(printed, starts, ends)
    if pronouns and masked_text.find("-", start, end) >= 0:
        _part_pronouns(printed, starts, ends, pronouns)
    lower = [word.lower() for word in printed]
    if masked_text.find("’", start, end) >= 0:
        lower = [word.replace("’", "'") for word in lower]
    # one cast for all: a call for each word would be felt
    return Words(printed, lower, cast("list[CodePoint]", starts), cast("list[CodePoint]", ends))


def _part_articles(printed: list[str], starts: list[int], ends: list[int]) -> None:
    """Part an article from its name in place: ``L'Italia`` is two words."""
    for at in range(len(printed) - 1, -1, -1):
        word = printed[at]
        if word[:2] in _ARTICLES and len(word) > 2:
            printed[at : at + 1] = word[:2], word[2:]
            starts.insert(at + 1, starts[at] + 2)
            ends.insert(at, starts[at] + 2)


def _part_pronouns(printed: list[str], starts: list[int], ends: list[int], pronouns: frozenset[str]) -> None:
    """Part a pronoun from the verb before it in place, without what joins them: ``a-t-il`` is two words."""
    for at in range(len(printed) - 1, -1, -1):
        verb, hyphen, pronoun = printed[at].rpartition("-")
        if hyphen and pronoun.lower() in pronouns:
            verb = verb.removesuffix("-t")
            printed[at : at + 1] = verb, pronoun
            starts.insert(at + 1, ends[at] - len(pronoun))
            ends.insert(at, starts[at] + len(verb))


def after_dateline(words: Words, calendar: frozenset[str]) -> Words:
    """Return the words after ``HANGZHOU, Nov. 5 (Xinhua) --``: nobody speaks there."""
    head = words.low[:_DATELINE]
    for at in range(1, min(_DATELINE, len(words) - 1)):
        dash = head[at] in _DASHES and words.low[at + 1] not in _DASHES
        place = head[at - 1] == ")" or (words.printed[0].isupper() and len(head[0]) > 1)
        opened = head.index("(") if "(" in head[:at] else 0
        bracket = head[at] == ")" and words.capital(at + 1) and not calendar.isdisjoint(head[:opened])
        if (dash and place) or bracket:
            low = at + 1 + (bracket and words.low[at + 1] in _DASHES)
            return Words(words.printed[low:], words.low[low:], words.starts[low:], words.ends[low:])
        if dash:
            break
    return words
