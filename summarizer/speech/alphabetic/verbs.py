"""Verbs of saying in an alphabetic language: where one stands and how much it needs to take a clause."""

from dataclasses import dataclass
from typing import Literal

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.words import QUOTED, Words

__all__ = ["Verb", "is_verb", "verb_at"]


_BRACKET = 24  # words from "hat" to its participle


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying, ``words[at:end]``.

    Attributes:
        start: with its auxiliaries and the adverbs before it.
        force: ``says`` may take a clause without a conjunction, ``states`` needs one or a pronoun, ``expresses``
            needs a noun of speech too, ``asks`` only stands beside a quotation.
        wish: it tells of a hope or belief.
        hearer: it takes a hearer.
    """

    start: int
    at: int
    end: int
    force: Literal["says", "states", "expresses", "asks"]
    wish: bool = False
    hearer: bool = False


def verb_at(words: Words, at: int, lex: Grammar) -> Verb | None:
    """Return the verb of saying that stands at `at`; passives, infinitives, negated verbs and nouns are none."""
    verbs = lex.verbs
    length, force = _length(words, at, lex)
    if not length:
        return None
    start = at
    while start > 0 and (words.low[start - 1] in verbs.auxiliaries or lex.cues.adverb.match(words.low[start - 1])):
        start -= 1
    if lex.language.verb_brackets and (opened := _opened_at(words, at, lex)) is not None:
        start = opened
    start -= 0 < start < at and words.low[start - 1] in lex.small.determiners  # "le ha chiesto": a pronoun
    before = words.low[at - 1] if at else ""
    pronoun = QUOTED in words.low[max(0, at - 3) : at] or (at == 1 and lex.quotations.belated.at(words.low, 0))
    noun = before in lex.small.determiners and not pronoun  # "“…”, one wrote" and "lo afferma" are verbs
    noun = noun or before in lex.small.prepositions  # "dall'accusa"
    barred = verbs.passives | lex.cues.negations
    if noun or before in verbs.passives or (start > 0 and words.low[start - 1] in barred):
        return None
    end = at + length
    nothing = lex.cues.nothing.at(words.low, end)
    if nothing and not lex.cues.finite & {words.at(end + nothing), words.at(end + nothing + 1)}:
        return None  # "said nothing to reporters", but "said nothing had been decided"
    wish = bool(lex.continuation.wishes.at(words.low, at))
    return Verb(start, at, end, force, wish=wish, hearer=words.low[end - 1] in verbs.tells)


def is_verb(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a form of a verb of saying stands at `at`, in whatever part."""
    return _length(words, at, lex)[0] > 0


def _length(words: Words, at: int, lex: Grammar) -> tuple[int, Literal["says", "states", "expresses", "asks"]]:
    verbs = lex.verbs
    low = words.low
    if words.at(at) not in lex.verb_beginnings:
        return 0, "asks"
    length = verbs.says.at(low, at)
    if length:
        return length, "says"
    length = verbs.states.at(low, at)
    if length:
        return length, "states"
    length = verbs.expresses.at(low, at)
    if length and any(word in verbs.nouns for word in low[at + length : at + length + 5]):
        return length, "expresses"
    length = verbs.participles.at(low, at)
    opens = lex.language.verb_brackets and _opens_bracket(words, at, lex)
    if opens or (length and _active(words, at, lex)):
        return length or 1, "states"
    return verbs.asks.at(low, at), "asks"


def _active(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a participle follows "has" and not "is", adverbs apart."""
    if lex.language.verb_brackets:
        return _opened_at(words, at, lex) is not None
    while at > 0 and words.low[at - 1] not in lex.verbs.active and words.low[at - 1] != QUOTED:
        if words.low[at - 1] not in lex.verbs.auxiliaries and not lex.cues.adverb.match(words.low[at - 1]):
            return False
        at -= 1
    return at > 0 and words.low[at - 1] in lex.verbs.active


def _opened_at(words: Words, at: int, lex: Grammar) -> int | None:
    """Return where the auxiliary of a participle at `at` stands: ``hatte | am Montag in Bonn | gesagt``."""
    if not lex.verbs.participles.at(words.low, at):
        return None
    for index in range(at - 1, max(-1, at - _BRACKET), -1):
        if words.low[index] in lex.verbs.active:
            return index
        if not words.low[index][0].isalnum() and words.low[index] != QUOTED:
            break
    return None


def _opens_bracket(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether an auxiliary at `at` has a participle of saying at the end of its clause."""
    if words.low[at] not in lex.verbs.active:
        return False
    end = next((i for i in range(at, len(words)) if not words.low[i][0].isalnum()), len(words))
    return any(_opened_at(words, i, lex) == at for i in range(max(at + 2, end - 2), end))
