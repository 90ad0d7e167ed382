"""Asides after a speaker, no part of what is said: a relative clause, the occasion, what he did meanwhile."""

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.words import QUOTED, Words

__all__ = ["aside_end", "ends", "next_act", "turn"]

_ENDS = frozenset(".!?…;")
_LONGEST = 40  # words
_TURN = 8  # words of a clause up to its verb


def ends(words: Words, at: int) -> bool:
    """Tell whether the sentence ends at `at`."""
    return at >= len(words) or words.low[at] in _ENDS


def aside_end(words: Words, at: int, lex: Grammar) -> int:
    """Return where an aside that begins at `at`, a comma before it or not, ends: at a comma or the sentence's end.

    0 when none begins there, or when it holds a quotation and so may be speech.
    """
    start = at + (at < len(words) and words.low[at] == ",")
    if start >= len(words) or not _opens(words, start, lex):
        return 0
    for index in range(start, min(start + _LONGEST, len(words))):
        if words.low[index] == QUOTED:
            return 0
        if words.low[index] == "," or ends(words, index):
            return index
    return len(words) if len(words) - start < _LONGEST else 0


def next_act(words: Words, low: int, lex: Grammar) -> int | None:
    """Return where a gerund ends what is stressed: ``l'importanza del porto, | invitando le imprese``."""
    stressed = lex.verbs.stresses.at(words.low, low - 1) and words.low[low - 1] not in lex.cues.conjunctions
    if not lex.language.subject_optional or not stressed:
        return None
    for at in range(low + 1, len(words) - 1):
        gerund = words.low[at + 1].endswith(lex.cues.aside_endings) and words.low[at + 1] not in lex.cues.no_gerunds
        if words.low[at] == "," and gerund and words.printed[at + 1].islower():
            return at
    return None


def turn(words: Words, low: int, lex: Grammar, *, after_frame: bool) -> int | None:
    """Return where the narrator's own clause ends what is said: ``it was safe, | but residents fled``.

    Behind a frame in the middle every such clause is his, before one only what is told in the plain past.
    """
    for at in (at for at in range(low, len(words) - 2) if words.low[at] == ","):
        turns = words.low[at + 1] in lex.small.adversatives or lex.cues.as_said.at(words.low, at + 1)
        if turns and not _goes_on(words, at + 2, lex):
            told = [word for word in words.low[at + 2 : at + 2 + _TURN] if _finite(word, lex)]
            shifted = not told or told[0] in lex.continuation.shifted
            plain = not shifted and told[0].endswith(lex.continuation.past_endings)
            if plain or (after_frame and told):
                return at
    return None


def _goes_on(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a clause after "but" has no subject of its own, or a conjunction: it is what the same one says."""
    low = words.low[at]
    return low in lex.cues.conjunctions or lex.adverbial(low) or _finite(low, lex)


def _finite(word: str, lex: Grammar) -> bool:
    return word in lex.cues.finite or word.endswith(lex.continuation.past_endings)


def _opens(words: Words, at: int, lex: Grammar) -> bool:
    low = words.low[at]
    if lex.cues.asides.at(words.low, at):
        return True
    if words.at(at + 1) in lex.cues.agents and low.endswith(lex.continuation.perfect_endings):
        return True  # "presieduti da Ada Riva"
    ending = words.printed[at].islower() and len(low) > 4 and low.endswith(lex.cues.aside_endings)
    return ending and low not in lex.cues.no_gerunds and not lex.cues.gerunds.at(words.low, at)
