"""The words of the alphabetic grammar: verbs of saying, other cues, and what names and offices are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer.speech import lexicon
from summarizer.speech.lexicon import Lexicon, filled
from summarizer.speech.phrases import Phrases, parted

__all__ = ["CueWords", "Grammar", "NameWords", "Verbs", "grammar"]


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs of saying, and what stands beside them."""

    says: Phrases  # may take a clause without a conjunction
    states: Phrases  # take a clause after a conjunction, a colon or before a pronoun
    asks: Phrases  # only stand beside a quotation
    expresses: Phrases  # with one of `nouns`: expressed his hope that
    participles: Phrases  # after an auxiliary of the active voice
    stresses: Phrases  # take a thing for what is said
    tells: frozenset[str]  # verbs that take a hearer
    passives: frozenset[str]  # before a verb of saying, which then says nothing
    active: frozenset[str]  # auxiliaries
    auxiliaries: frozenset[str]  # and adverbs: stand between a subject and its verb
    nouns: frozenset[str]  # nouns of speech


@dataclass(frozen=True, slots=True)
class CueWords:
    """What cues are made of beside verbs, and what stands around them."""

    according: Phrases  # according to
    at_start_only: Phrases  # those of `according` and `by_whom` that are no cue elsewhere
    by_whom: Phrases  # after a speaker: according to whom
    as_said: Phrases  # before a speaker and a verb of saying: as
    agents: frozenset[str]  # by
    own_view: Phrases  # in his view
    gerunds: Phrases  # adding, noting
    conjunctions: frozenset[str]  # that
    asides: Phrases  # begin an aside after a speaker: speaking at
    aside_endings: tuple[str, ...]  # of participles, which tell what else a speaker did
    no_gerunds: frozenset[str]  # have such an ending and are none
    tails: frozenset[str]  # may follow a closing cue, beside prepositions and days
    infinitive: frozenset[str]  # its particle: to
    infinitive_of: frozenset[str]  # lead to an infinitive that is what is said
    infinitive_endings: tuple[str, ...]
    channels: frozenset[str]  # through what something is said: statement
    time_words: frozenset[str]  # between a verb and its clause
    relatives: frozenset[str]  # relative pronouns and other openers of a side clause
    finite: frozenset[str]  # finite verbs that show a clause without a conjunction
    occasions: frozenset[str]  # lead to a clause that tells what was said: after
    questions: frozenset[str]  # labels of an interviewer's paragraphs
    answers: frozenset[str]  # labels of the answers


@dataclass(frozen=True, slots=True)
class NameWords:
    """What the noun phrases of persons and bodies are made of."""

    role_modifiers: frozenset[str]  # adjectives of an office: vice
    honorifics: frozenset[str]  # forms of address
    postnominals: frozenset[str]  # letters after a name
    kin: frozenset[str]  # wife, son
    diplomats: frozenset[str]  # offices whose complement is no organisation: ambassador to China
    portfolios: frozenset[str]  # prepositions that lead from an office to its field
    fields: frozenset[str]  # departments, which belong to the office: Head of Sales
    units: frozenset[str]  # stand before an office without a preposition: Battalion chief
    trades: frozenset[str]  # what a firm does, before its name: Chipmaker
    adjective_endings: tuple[str, ...]  # of an adjective between an office and a name
    field_endings: tuple[str, ...]  # of an adjective that is a body's field
    bodies: frozenset[str]  # nouns of bodies
    places: frozenset[str]  # after which a name may begin
    nationalities: frozenset[str]
    calendar: frozenset[str]  # days and months
    sides: frozenset[str]  # parties that a name may follow without belonging to them
    numbers: frozenset[str]  # in words
    connectors: frozenset[str]  # stand inside a noun phrase
    genitive: frozenset[str]  # prepositions before a field
    at: frozenset[str]  # prepositions of the body after that of a field
    copulas: frozenset[str]  # is, was: before the office that somebody holds
    attributes: frozenset[str]  # adjectives that may follow an unnamed speaker: familiar with
    indefinite: frozenset[str]  # articles of somebody new
    stand_ins: frozenset[str]  # after an article they stand for whom the text has just named
    age_endings: tuple[str, ...]  # of an age that stands for a person: -year-old


@dataclass(frozen=True, slots=True)
class Grammar(Lexicon):
    """The words of an alphabetic language: those that attribution needs, and those that its grammar reads.

    Attributes:
        body_first: a body's noun stands before its name, an office before its field: ``Camera di commercio``.
        elided: what a word is after an elided article: ``l'ad``.
        callings: nouns of offices and callings, where the language has them so in the plural too.
        phrase_beginnings: small words with which a noun phrase may begin.
        verb_beginnings: words with which a verb of saying may begin.
        cue_beginnings: words with which any cue may begin.
    """

    verbs: Verbs
    cues: CueWords
    names: NameWords
    body_first: bool
    elided: Mapping[str, str]
    callings: frozenset[str]
    phrase_beginnings: frozenset[str]
    verb_beginnings: frozenset[str]
    cue_beginnings: frozenset[str]


@cache
def grammar(language: str) -> Grammar:
    """Return the words of an alphabetic language.

    Raises:
        ConfigurationError: the language has no file or no ``[speech]`` table.
    """
    words = lexicon.table(language)
    verbs = _beginnings(words, "says", "states", "asks", "expresses", "participles")
    others = _beginnings(words, "gerunds", "according", "own_view", "as_said", "by_whom")
    callings = _callings(words)
    derived = {
        "callings": callings,
        "phrase_beginnings": callings | _small_beginnings(words),
        "verb_beginnings": verbs,
        "cue_beginnings": verbs | others,
    }
    return filled(Grammar, {**words, **derived})


def _callings(words: Mapping[str, Any]) -> frozenset[str]:
    roles = frozenset(words.get("roles", ()))
    return roles if words.get("body_first", True) else roles | {_plural(role) for role in roles}


def _small_beginnings(words: Mapping[str, Any]) -> frozenset[str]:
    small = ("determiners", "pronouns", "generic", "honorifics", "role_modifiers", "bodies")
    particles = set(words.get("particles", ())) - set(words.get("connectors", ()))
    return frozenset(particles).union(*(words.get(name, ()) for name in small))


def _beginnings(words: Mapping[str, Any], *names: str) -> frozenset[str]:
    """Return the first words of all phrases in some lists."""
    return frozenset(parted(phrase)[0] for name in names for phrase in words.get(name, ()))


def _plural(noun: str) -> str:
    """Return the plural of an English noun."""
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"
