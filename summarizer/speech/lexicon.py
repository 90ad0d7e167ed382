"""The words that attribution needs of a language, read from the ``[speech]`` table of its file.

What each list holds stands beside it in ``languages/en/speech.toml``; a list that a language has no use for is empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from summarizer import languages
from summarizer.speech.phrases import Phrases

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = [
    "ContinuationWords",
    "EntityWords",
    "Lexicon",
    "QuotationWords",
    "SmallWords",
    "filled",
    "lexicon",
    "table",
]

Group = TypeVar("Group", bound="DataclassInstance")
#: What makes the value of a field from what the file has under its name, by the field's type.
_READERS: Mapping[object, Callable[[Any], object]] = MappingProxyType(
    {
        bool: bool,
        Phrases: Phrases,
        frozenset[str]: frozenset,
        tuple[str, ...]: tuple,
        tuple[frozenset[str], ...]: lambda groups: tuple(map(frozenset, groups)),
        Mapping[str, str]: lambda pairs: MappingProxyType(dict(pairs)),
    }
)


@dataclass(frozen=True, slots=True)
class SmallWords:
    """The small words of the grammar."""

    determiners: frozenset[str]
    of: frozenset[str]  # prepositions of belonging: of, from, at
    conjoined: frozenset[str]  # and, or (the key `and`)
    adversatives: frozenset[str]
    prepositions: frozenset[str]  # connectors that are no determiner and no conjunction
    particles: frozenset[str]
    openers: frozenset[str]  # may begin a sentence with a capital and are no names
    pronouns: frozenset[str]
    personal: frozenset[str]  # after a name they tell of a person: who
    plural: frozenset[str]  # pronouns of several speakers
    neuter: frozenset[str]  # pronouns of a body
    possessives: Mapping[str, str]  # whose paper or report something is → the pronoun: its → it
    generic: frozenset[str]  # subjects whom a speaker may quote inside his own speech: everyone


@dataclass(frozen=True, slots=True)
class QuotationWords:
    """What tells a quotation from a title, and whose it is."""

    works: Phrases  # before a title, theme or slogan
    works_after: Phrases  # after one
    belated: Phrases  # begins a sentence that names the speaker of the quotation before it
    credited: Phrases  # between a quotation and its speaker
    quotes_go_on: bool  # a quotation alone in the next paragraph is the same speaker's


@dataclass(frozen=True, slots=True)
class ContinuationWords:
    """What tells whether a sentence without a cue still reports."""

    first_person: Phrases  # we, our
    goes_on: Phrases  # begins a sentence that goes on with a report
    points: Phrases  # begins a point of a list that one speaker goes through
    narrator: Phrases  # in a narrator's sentence: who was there, whose the picture is
    credits: Phrases  # signs of the narrator that end even a list of points
    past: Phrases  # finite verbs
    present: Phrases  # finite verbs
    modals: Phrases  # finite verbs of wish and duty
    future: tuple[str, ...]  # endings
    shifted: frozenset[str]  # verbs whose tense marks reported speech
    reporting: tuple[str, ...]  # endings of finite verbs whose tense or mood goes on reporting
    wishes: Phrases  # verbs of hope and belief
    runs_on: bool  # reported speech runs on whatever its tense


@dataclass(frozen=True, slots=True)
class EntityWords:
    """What tells which person or body is meant."""

    roles: frozenset[str]  # nouns of offices and callings
    leaders: frozenset[str]  # offices at the head of a body
    ranks: frozenset[str]  # make an office another one: the mayor is not the vice mayor
    synonyms: Mapping[str, str]  # an office → the same office in other words
    hypernyms: tuple[frozenset[str], ...]  # nouns that may be said of one person
    surnames: frozenset[str]  # callings that are family names too: Baker
    kinds: frozenset[str]  # bodies of their own: the ministry is not the company spoken of before
    leading: Phrases  # at the head of something
    male: frozenset[str]  # titles, offices and first names
    female: frozenset[str]  # titles, offices and first names
    male_endings: tuple[str, ...]  # of first names
    female_endings: tuple[str, ...]  # of first names


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that attribution needs, whatever the script."""

    small: SmallWords
    quotations: QuotationWords
    continuation: ContinuationWords
    entities: EntityWords
    drops_subject: bool


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words that attribution needs of a language.

    Raises:
        ConfigurationError: the language has no file or no ``[speech]`` table.
    """
    return filled(Lexicon, table(language))


def table(language: str) -> Mapping[str, Any]:
    """Return the ``[speech]`` table of a language with the lists that follow from others.

    Raises:
        ConfigurationError: the language has no file or no ``[speech]`` table.
    """
    words = languages.section(language, "speech")
    conjoined = words.get("and", ())
    prepositions = set(words.get("connectors", ())) - set(words.get("determiners", ())) - set(conjoined)
    return {**words, "conjoined": conjoined, "prepositions": prepositions}


def filled(group: type[Group], words: Mapping[str, Any]) -> Group:
    """Return a group of words from the keys that its fields are called after; a key that is missing is empty.

    Args:
        group: a dataclass, whose field types say how each list is read; one inside it is filled alike.
        words: a language's ``[speech]`` table.
    """
    return group(**{field.name: _value(field, words) for field in fields(group)})


def _value(field: Field[Any], words: Mapping[str, Any]) -> object:
    if is_dataclass(field.type) and isinstance(field.type, type):
        return filled(field.type, words)
    return _READERS[field.type](words.get(field.name, ()))
