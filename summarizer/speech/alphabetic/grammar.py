"""The words of the alphabetic grammar: verbs of saying, other cues, and what names and offices are made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from summarizer import languages
from summarizer.languages.wordlist import any_of
from summarizer.speech.lexicon import ContinuationWords, EntityWords, Lexicon, QuotationWords, SmallWords, filled
from summarizer.speech.phrases import Phrases, parted

if TYPE_CHECKING:
    from summarizer.languages.speech import Names, Offices, Speech

__all__ = ["CueWords", "Grammar", "NameWords", "Verbs", "grammar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """The verbs of saying, and what stands beside them."""

    says: Phrases  # may take a clause without a conjunction
    states: Phrases  # take a clause after a conjunction, a colon or before a pronoun
    asks: Phrases  # only stand beside a quotation
    expresses: Phrases  # with one of `nouns`: expressed his hope that
    participles: Phrases  # after an auxiliary of the active voice
    shows: Phrases  # take a clause behind a paper alone
    queries: Phrases  # take a question for what is said
    describes: Phrases  # take a thing and what it is called: described it as
    stresses: Phrases  # take a thing for what is said
    tells: frozenset[str]  # verbs that take a hearer
    passives: frozenset[str]  # before a verb of saying, which then says nothing
    active: frozenset[str]  # auxiliaries
    auxiliaries: frozenset[str]  # and adverbs: stand between a subject and its verb
    nouns: frozenset[str]  # nouns of speech


@dataclass(frozen=True, slots=True, kw_only=True)
class CueWords:
    """What cues are made of beside verbs, and what stands around them."""

    according: Phrases  # according to
    according_after: frozenset[str]  # behind a source: zufolge
    at_start_only: Phrases  # those of `according` and `by_whom` that are no cue elsewhere
    by_whom: Phrases  # after a speaker: according to whom
    as_said: Phrases  # before a speaker and a verb of saying: as
    agents: frozenset[str]  # by
    norms: frozenset[str]  # behind `according` they are no source: a plan, the law
    query_words: frozenset[str]  # begin a question that is told: if, why
    described_as: frozenset[str]  # as
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
    several_endings: tuple[str, ...]  # of a noun, or of its article where there is one, that tell several
    channels: frozenset[str]  # through what something is said: statement
    time_words: frozenset[str]  # between a verb and its clause
    relatives: frozenset[str]  # relative pronouns and other openers of a side clause
    finite: frozenset[str]  # finite verbs that show a clause without a conjunction
    adverb: re.Pattern[str]
    nothing: Phrases  # as an object they tell that nothing was said: nothing, not a word
    occasions: frozenset[str]  # lead to a clause that tells what was said: after
    negations: frozenset[str]  # not, never
    questions: frozenset[str]  # labels of an interviewer's paragraphs
    answers: frozenset[str]  # labels of the answers


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar(Lexicon):
    """The words of an alphabetic language: those that attribution needs, and those that its grammar reads.

    Attributes:
        elided: what a word is after an elided article: ``l'ad``.
        elided_articles: such articles.
        joined_pronouns: pronouns that a hyphen joins to the verb before them: ``a-t-il``.
        function_words: pronouns, which no acronym is: "US", "WHO", "IT".
        callings: nouns of offices and callings, where the language has them so in the plural too.
        phrase_beginnings: small words with which a noun phrase may begin.
        verb_beginnings: words with which a verb of saying may begin.
        cue_beginnings: words with which any cue may begin.
    """

    verbs: Verbs
    cues: CueWords
    names: NameWords
    elided: Mapping[str, str]
    elided_articles: tuple[str, ...]
    joined_pronouns: frozenset[str]
    function_words: frozenset[str]
    callings: frozenset[str]
    phrase_beginnings: frozenset[str]
    verb_beginnings: frozenset[str]
    cue_beginnings: frozenset[str]

    def adverbial(self, word: str) -> bool:
        """Tell whether a word may stand between a subject and its verb: an adverb or an auxiliary."""
        return word in self.verbs.auxiliaries or self.cues.adverb.match(word) is not None


@cache
def grammar(language: str) -> Grammar:
    """Return the words of an alphabetic language.

    Raises:
        ConfigurationError: the language has no folder, or its ``speech.toml`` is not as it must be.
    """
    own = languages.get(language)
    speech, callings = own.latin_speech(), _callings(own.latin_speech().offices)
    verbs = _verb_beginnings(speech) | frozenset(speech.cues.active if own.verb_brackets else ())
    return Grammar(
        language=own,
        small=_small(speech),
        quotations=filled(QuotationWords, speech.quotations, speech.cues, speech.continuation),
        continuation=filled(ContinuationWords, speech.continuation, speech.cues),
        entities=_entities(speech),
        verbs=filled(Verbs, speech.cues),
        cues=_cues(speech),
        names=_names(speech),
        elided=speech.offices.elided,
        elided_articles=speech.names.elided_articles,
        joined_pronouns=frozenset(speech.coreference.pronouns if own.pronouns_hyphenated else ()),
        function_words=frozenset(
            (*speech.continuation.first_person, *speech.coreference.pronouns, *speech.cues.relatives)
        ),
        callings=callings,
        phrase_beginnings=callings | _small_beginnings(speech),
        verb_beginnings=verbs,
        cue_beginnings=verbs | _cue_beginnings(speech) | frozenset(speech.cues.according_after),
    )


def _small(speech: "Speech") -> SmallWords:
    names = speech.names
    own = {"conjoined": frozenset(names.and_), "prepositions": _prepositions(names)}
    turning = (speech.cues.relatives, speech.cues.passives, speech.quotations.negations, names.generic)
    own["turning"] = frozenset().union(*turning)
    return filled(SmallWords, names, speech.coreference, **own)


def _entities(speech: "Speech") -> EntityWords:
    kinds = tuple(map(frozenset, speech.offices.hypernyms))
    return filled(EntityWords, speech.offices, speech.names, speech.bodies, speech.coreference, hypernyms=kinds)


def _cues(speech: "Speech") -> CueWords:
    adverb = re.compile(rf"\w{{3,}}{any_of(speech.cues.adverb_endings)}$")
    return filled(CueWords, speech.cues, speech.asides, speech.quotations, speech.interviews, adverb=adverb)


def _names(speech: "Speech") -> NameWords:
    of_persons = (speech.offices, speech.names, speech.bodies, speech.coreference)
    return filled(NameWords, *of_persons, speech.cues, speech.asides)


def _prepositions(names: "Names") -> frozenset[str]:
    return frozenset(names.connectors) - frozenset(names.determiners) - frozenset(names.and_)


def _callings(offices: "Offices") -> frozenset[str]:
    plurals = (_plural(role, offices.plurals) for role in offices.roles)
    return frozenset(offices.roles).union(plural for plural in plurals if plural)


def _plural(noun: str, plurals: Mapping[str, str]) -> str:
    """Return a noun with the ending of its plural: of those that fit its own, the first; empty where none does."""
    ending = next((ending for ending in plurals if noun.endswith(ending)), None)
    return "" if ending is None else noun[: len(noun) - len(ending)] + plurals[ending]


def _small_beginnings(speech: "Speech") -> frozenset[str]:
    names, heads = speech.names, speech.coreference
    particles = frozenset(names.particles) - frozenset(names.connectors)
    some = (names.determiners, heads.pronouns, names.generic, names.honorifics, speech.offices.role_modifiers)
    return particles.union(*some, speech.bodies.bodies)


def _verb_beginnings(speech: "Speech") -> frozenset[str]:
    cues = speech.cues
    return _first_words(
        cues.says, cues.states, cues.shows, cues.asks, cues.describes, cues.expresses, cues.participles
    )


def _cue_beginnings(speech: "Speech") -> frozenset[str]:
    cues = speech.cues
    return _first_words(cues.gerunds, cues.according, cues.own_view, cues.as_said, cues.by_whom)


def _first_words(*lists: tuple[str, ...]) -> frozenset[str]:
    return frozenset(parted(phrase)[0] for phrases in lists for phrase in phrases)
