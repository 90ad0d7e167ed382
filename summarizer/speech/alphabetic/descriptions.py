"""Noun phrases that no list knows: somebody described by an article, a noun and what is told of it."""

from collections.abc import Sequence

from summarizer.speech.alphabetic.asides import aside_end
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import verb_at
from summarizer.speech.mention import Mention
from summarizer.speech.words import Words, span

__all__ = ["described", "inside", "phrase_end"]

_DASHES = frozenset("–—-")
_DESCRIPTION = 8  # words of a noun phrase that tells who somebody unnamed is


def inside(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a word may stand inside a noun phrase before its verb: no comma, no verb, no relative."""
    low = words.low[at]
    if low in _DASHES:
        return 1 < at < len(words) - 1 and words.capital(at - 1) and words.capital(at + 1)
    barred = any(
        low in known for known in (lex.cues.relatives, lex.cues.finite, lex.small.conjoined, lex.cues.negations)
    )
    word = low[0].isalnum() or low in {"'", "'s", "%"}
    noun = not lex.language.subject_optional and (
        at == 0 or not words.low[at - 1][0].isalnum()
    )  # ", state media said"
    return word and not barred and (noun or verb_at(words, at, lex) is None)


def described(words: Words, start: int, end: int, lex: Grammar) -> Mention | None:
    """Read ``words[start:end]`` as somebody whom no list knows: an article, a noun, what is told of it, a name.

    A paper, "one" and many words are nobody we could name. A subject that stands before its verb needs no article.
    """
    free = not lex.language.subject_may_follow
    start += words.at(start) in lex.cues.agents and words.at(start + 1) in lex.names.numbers  # "about half of them"
    noun = min(end, words.past(start, lex.small.determiners, lex.small.openers if free else ()))
    noun += noun == start < end and words.low[noun] in lex.names.numbers and not free
    rest, first = words.low[noun:end], words.at(start)
    if start >= end or rest[-1:] == ["'s"] or words.low[end - 1] in {"'", *lex.verbs.active}:
        return None  # "le ho detto": the pronoun of a hearer, and no article
    time = lex.language.nouns_capital and not (lex.cues.time_words | lex.cues.conjunctions).isdisjoint(rest)
    if time or first in lex.small.prepositions or first in lex.cues.agents:
        return None  # "near the port", "Zwei Wochen später | sagte er"
    if rest and rest[0] in lex.small.generic and (free or len(rest) == 1):
        return Mention(start, end, "many", head=rest[0])
    if not free and (noun == start or not rest or not rest[0][0].isalnum() or words.capital(noun)):
        return None
    if _nobody(rest, lex):
        return Mention(start, end, "many")
    name = end
    while words.capital(name - 1) and not free:
        name -= 1
    named = name < end - 1 and words.low[name - 1] not in {*lex.names.connectors, *_DASHES}
    told = name if named else end
    whole = span(words.starts[noun], words.ends[told - 1])
    head = next((i for i in range(noun + 1, told) if words.low[i] in lex.small.of), told)
    return Mention(
        start,
        end,
        "person" if named else "role",
        name=span(words.starts[name], words.ends[end - 1]) if named else None,
        role=whole,
        head=" ".join(words.low[noun:head]),
        indefinite=first in lex.names.indefinite or (free and first not in lex.small.determiners),
        description=None if named else whole,
    )


def _nobody(noun: Sequence[str], lex: Grammar) -> bool:
    """Tell whether a noun phrase is a paper, an account, a time (*este año*) or too long to be somebody."""
    if lex.language.nouns_capital:
        return any(word.endswith(tuple(lex.cues.channels)) for word in noun)
    few = len(noun) <= _DESCRIPTION and noun[:1] and noun[0] not in lex.small.pronouns
    paper = any(word in lex.cues.channels or word in lex.cues.agents for word in noun)
    timed = bool(noun) and noun[0] in lex.names.calendar
    return timed or (not lex.language.subject_may_follow and (paper or not few))


def phrase_end(words: Words, at: int, lex: Grammar) -> int:
    """Return where a noun phrase without an office or body of the lists ends: at a mark, verb or preposition."""
    for end in range(at, len(words)):
        low = words.low[end]
        loose = low in lex.small.prepositions and low not in lex.names.genitive
        apart = end > at and aside_end(words, end, lex) > 0  # "die" opens an aside, and a noun phrase
        if loose or not inside(words, end, lex) or low in lex.names.calendar or apart:
            return end - (low in lex.names.portfolios and end > at + 2)  # "la signora accanto a lui"
    return len(words)
