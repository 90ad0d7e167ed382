"""The words that attribution needs of a language, whatever its script: each script fills them from its own tables.

What each list holds stands beside it in ``languages/en/speech.toml``; a list that a script has no use for is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, get_origin

from summarizer.languages import Language
from summarizer.speech.phrases import Phrases

__all__ = ["ContinuationWords", "EntityWords", "Lexicon", "QuotationWords", "SmallWords", "filled"]

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

W = TypeVar("W", bound="DataclassInstance")

_NO_WORDS: frozenset[str] = frozenset()
_NO_PHRASES = Phrases(())


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallWords:
    """The small words of the grammar."""

    determiners: frozenset[str]
    of: frozenset[str] = _NO_WORDS  # prepositions of belonging: of, from, at
    conjoined: frozenset[str] = _NO_WORDS  # and, or (the key `and`)
    adversatives: frozenset[str] = _NO_WORDS
    prepositions: frozenset[str] = _NO_WORDS  # connectors that are no determiner and no conjunction
    particles: frozenset[str] = _NO_WORDS
    turning: frozenset[str] = _NO_WORDS  # side clause, passive, negation: the subject before them says nothing
    openers: frozenset[str] = _NO_WORDS  # may begin a sentence with a capital and are no names
    pronouns: frozenset[str]
    personal: frozenset[str] = _NO_WORDS  # after a name they tell of a person: who
    plural: frozenset[str]  # pronouns of several speakers
    plural_endings: tuple[str, ...] = ()  # of verbs whose subject is left out and several speakers
    indefinite: frozenset[str] = _NO_WORDS  # articles of somebody new
    nationalities: frozenset[str] = _NO_WORDS
    neuter: frozenset[str]  # pronouns of a body
    # whose paper or report something is → the pronoun: its → it
    possessives: Mapping[str, str] = field(default_factory=dict)
    generic: frozenset[str]  # subjects whom a speaker may quote inside his own speech: everyone


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationWords:
    """What tells a quotation from a title, and whose it is."""

    works: Phrases  # before a title, theme or slogan
    works_after: Phrases  # after one
    belated: Phrases = _NO_PHRASES  # begins a sentence that names the speaker of the quotation before it
    credited: Phrases = _NO_PHRASES  # between a quotation and its speaker
    tells: frozenset[str] = _NO_WORDS  # verbs that take a hearer
    agents: frozenset[str] = _NO_WORDS  # by
    quotes_go_on: bool = False  # a quotation alone in the next paragraph is the same speaker's


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuationWords:
    """What tells whether a sentence without a cue still reports."""

    first_person: Phrases  # we, our
    goes_on: Phrases  # begins a sentence that goes on with a report
    points: Phrases  # begins a point of a list that one speaker goes through
    narrator: Phrases  # in a narrator's sentence: who was there, whose the picture is
    credits: Phrases = _NO_PHRASES  # signs of the narrator that end even a list of points
    past: Phrases = _NO_PHRASES  # finite verbs
    present: Phrases = _NO_PHRASES  # finite verbs
    modals: Phrases = _NO_PHRASES  # finite verbs of wish and duty
    past_endings: tuple[str, ...] = ()  # of finite verbs
    perfect_endings: tuple[str, ...] = ()  # of participles: after a finite verb they show what has happened
    future: tuple[str, ...] = ()  # endings
    finite: frozenset[str] = _NO_WORDS  # finite verbs, whatever their tense
    shifted: frozenset[str] = _NO_WORDS  # verbs whose tense marks reported speech
    reporting: tuple[str, ...] = ()  # endings of finite verbs whose tense or mood goes on reporting
    wishes: Phrases  # verbs of hope and belief
    by_mood: bool = False  # it runs on only in sentences of a mood of its own
    runs_on: bool  # reported speech runs on whatever its tense


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityWords:
    """What tells which person or body is meant."""

    roles: frozenset[str]  # nouns of offices and callings
    leaders: frozenset[str] = _NO_WORDS  # offices at the head of a body
    ranks: frozenset[str] = _NO_WORDS  # make an office another one: the mayor is not the vice mayor
    presupposing: frozenset[str] = _NO_WORDS  # in an office they tell that its holder is known: former
    synonyms: Mapping[str, str] = field(default_factory=dict)  # an office → the same office in other words
    hypernyms: tuple[frozenset[str], ...] = ()  # nouns that may be said of one person
    surnames: frozenset[str]  # callings that are family names too: Baker
    kinds: frozenset[str] = _NO_WORDS  # bodies of their own: the ministry is not the company spoken of before
    male: frozenset[str]  # titles, offices and first names
    female: frozenset[str]  # titles, offices and first names
    male_endings: tuple[str, ...] = ()  # of first names
    female_endings: tuple[str, ...] = ()  # of first names


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words that attribution needs, whatever the script."""

    small: SmallWords
    quotations: QuotationWords
    continuation: ContinuationWords
    entities: EntityWords
    language: Language


def filled(words: type[W], *tables: object, **derived: object) -> W:
    """Return words of a class: each field from the first table that has its name, in the form of the field's type.

    Args:
        words: the class; a field that no table has keeps its default.
        tables: records of ``speech.toml``.
        derived: fields that are no table's own.
    """
    found = {
        own.name: _formed(own.type, getattr(table, own.name))
        for own in fields(words)
        for table in reversed(tables)
        if hasattr(table, own.name)
    }
    return words(**{**found, **derived})


def _formed(wanted: object, value: Any) -> object:
    """Return what a table has as phrases, as a set, or as it stands."""
    if wanted is Phrases:
        return Phrases(value)
    return frozenset(value) if get_origin(wanted) is frozenset else value
