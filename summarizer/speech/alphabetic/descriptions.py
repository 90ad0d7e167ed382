"""How a speaker without a name is described: ``a senior Treasury official``, ``una fonte vicina al dossier``."""

from bisect import bisect_left
from dataclasses import replace

from summarizer.speech.alphabetic.nouns import field_adjective
from summarizer.speech.alphabetic.verbs import verb_at
from summarizer.speech.lexicon import Lexicon
from summarizer.speech.mention import Mention
from summarizer.speech.words import QUOTED, Words

__all__ = ["described"]

_LONGEST = 9  # words after the office: "close to the talks between the two firms"


def described(words: Words, mention: Mention, lex: Lexicon) -> Mention:
    """Give an office without a name its whole description, up to the verb and without the article."""
    if mention.kind != "role" or mention.role is None:
        return mention
    adjective = lex.body_first and field_adjective(words, mention.high, lex)  # "una fonte diplomatica"
    high = _end(words, mention.high + adjective, lex)
    start = (
        min(mention.role[0], mention.organisation[0]) if mention.organisation else _start(words, mention.role[0], lex)
    )
    end = next((at for at in range(mention.low, high) if words.low[at] == ","), high)
    while words.low[end - 1] == "'s":
        end -= 1
    last = max(words.ends[end - 1], mention.role[1])
    return replace(mention, high=high, description=(start, last))


def _start(words: Words, start: int, lex: Lexicon) -> int:
    """Return where small words between an article and an office begin: ``a | court spokesman``."""
    first = bisect_left(words.starts, start)
    at = first
    while at > 0 and words.printed[at - 1].islower() and words.low[at - 1] in lex.bodies:
        at -= 1
    return words.starts[at] if at and words.low[at - 1] in lex.determiners else start


def _end(words: Words, at: int, lex: Lexicon) -> int:
    """Return where what is told of somebody ends; `at` when nothing is, or not up to a verb of saying.

    After an adjective ("close to") it may end at a comma or stop too: ``said a source close to the talks.``
    """
    if at >= len(words) or not (words.low[at] in lex.attributes or words.low[at] in lex.prepositions):
        return at
    if words.low[at] in lex.personal or words.low[at] in lex.relatives:
        return at
    adjective = words.low[at] not in lex.prepositions
    for index in range(at + 1, min(at + _LONGEST, len(words))):
        low = words.low[index]
        if low in lex.finite or verb_at(words, index, lex) is not None:
            return index
        if low == QUOTED or not low[0].isalpha() or low in lex.relatives or low in lex.calendar:
            return index if adjective and low != "'s" else at
    return at
