"""Verbs of saying in an alphabetic language: where one stands and how much it needs to take a clause."""

from dataclasses import dataclass
from typing import Literal

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.words import QUOTED, Words

__all__ = ["Verb", "is_verb", "verb_at"]


_BRACKET = 24  # words from "hat" to its participle
_PAPER = 10  # words from a paper to what it shows
_PHRASE = 5  # words from "ha" to its participle


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
    opened = _opened_at(words, at, lex)
    start = at if opened is None or lex.language.verb_brackets else opened
    while start > 0 and (lex.adverbial(words.low[start - 1]) or _joined(words, start - 1, lex)):
        start -= 1
    if lex.language.verb_brackets and opened is not None:
        start = opened
    start -= 0 < start < at and words.low[start - 1] in lex.small.determiners  # "le ha chiesto": a pronoun
    before = words.low[at - 1] if at else ""
    pronoun = QUOTED in words.low[max(0, at - 3) : at] or (at == 1 and lex.quotations.belated.at(words.low, 0))
    noun = before in lex.small.determiners and not pronoun  # "“…”, one wrote" and "lo afferma" are verbs
    noun = noun or before in lex.small.prepositions  # "dall'accusa"
    barred = verbs.passives | lex.cues.negations
    if noun or before in verbs.passives or (start > 0 and words.low[start - 1] in barred):
        return None
    if lex.language.verb_brackets and opened is None and _governed(words, at, lex):
        return None
    end = at + length
    nothing = lex.cues.nothing.at(words.low, end)
    if nothing and not lex.cues.finite & {words.at(end + nothing), words.at(end + nothing + 1)}:
        return None  # "said nothing to reporters", but "said nothing had been decided"
    wish = bool(lex.continuation.wishes.at(words.low, at))
    return Verb(start, at, end, force, wish=wish, hearer=words.low[end - 1] in verbs.tells)


def _governed(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether another finite verb stands before it in its clause: ``Die Stadt will den Vertrag kündigen``."""
    edges = (i + 1 for i in range(at - 1, -1, -1) if not (words.low[i][0].isalnum() or words.low[i] == QUOTED))
    clause = words.low[next(edges, 0) : at]
    last = max((i + 1 for i, low in enumerate(clause) if low in lex.small.conjoined), default=0)
    return not lex.cues.finite.isdisjoint(clause[last:])


def is_verb(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a form of a verb of saying stands at `at`, in whatever part."""
    return _length(words, at, lex)[0] > 0


def _length(words: Words, at: int, lex: Grammar) -> tuple[int, Literal["says", "states", "expresses", "asks"]]:
    verbs = lex.verbs
    low = words.low
    if words.at(at) not in lex.verb_beginnings:
        return 0, "asks"
    if length := verbs.says.at(low, at):
        return length, "says"
    if length := verbs.states.at(low, at) or _shown(words, at, lex):
        return length, "states"
    length = verbs.expresses.at(low, at)
    if length and any(word in verbs.nouns for word in low[at + length : at + length + 5]):
        return length, "expresses"
    length = verbs.participles.at(low, at)
    opens = lex.language.verb_brackets and _opens_bracket(words, at, lex)
    joined = words.at(at - 1) in lex.small.conjoined and words.at(at + length) in lex.cues.conjunctions
    if opens or (length and (joined or _opened_at(words, at, lex) is not None)):  # "ha detto di sì e aggiunto che"
        return length or 1, "states"
    return verbs.asks.at(low, at) or verbs.describes.at(low, at), "asks"


def _shown(words: Words, at: int, lex: Grammar) -> int:
    """Return the length of a verb that tells what a paper shows: ``the survey | found that``.

    With a comma behind it, it is somebody's word: ``The survey found, she stressed, that``.
    """
    length = lex.verbs.shows.at(words.low, at)
    paper = not lex.cues.channels.isdisjoint(words.low[max(0, at - _PAPER) : at])
    return length if paper and words.at(at + length) != "," else 0


def _joined(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether the pronoun of ``a-t-il déclaré`` stands at `at`."""
    return words.low[at] in lex.joined_pronouns and at > 0 and words.low[at - 1] in lex.verbs.active


def _opened_at(words: Words, at: int, lex: Grammar) -> int | None:
    """Return where the auxiliary of a participle at `at` stands: ``ha di recente | detto``, ``hatte heute | gesagt``.

    Where it does not open a bracket, only adverbs or a phrase with a preposition part the two.
    """
    if not lex.verbs.participles.at(words.low, at):
        return None
    whole = lex.language.verb_brackets
    for index in range(at - 1, max(-1, at - (_BRACKET if whole else _PHRASE)), -1):
        word = words.low[index]
        if word in lex.verbs.active:
            first = index + 1 + _joined(words, index + 1, lex)
            led = words.low[first] in lex.small.prepositions and words.low[at - 1] not in lex.small.prepositions
            return index if whole or led or all(map(lex.adverbial, words.low[first:at])) else None
        if not word[0].isalnum() and word != QUOTED:
            break
    return None


def _opens_bracket(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether an auxiliary at `at` has a participle of saying at the end of its clause."""
    if words.low[at] not in lex.verbs.active:
        return False
    ends = (i for i, low in enumerate(words.low) if i > at and (not low[0].isalnum() or low in lex.cues.conjunctions))
    end = next(ends, len(words))
    return any(_opened_at(words, i, lex) == at for i in range(max(at + 2, end - 2), end))
