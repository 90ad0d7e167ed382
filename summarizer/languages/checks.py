"""The tables of a language's ``checks.toml``: the comments there say what each list holds."""

from collections.abc import Mapping
from typing import NamedTuple

from summarizer.languages.wordlist import Pattern

__all__ = ["Contraries", "Contrasts", "Instructions", "Named", "Negation", "Places", "Refusal"]

#: Words by the name of what they mean, which is the same in each language.
Named = Mapping[str, tuple[str, ...]]
#: The two sides of a pair, by its name.
Contraries = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


class Negation(NamedTuple):
    """Words that turn a clause round."""

    counted: tuple[str, ...]
    negators: tuple[str, ...]
    negative: tuple[str, ...]
    affirmative: tuple[str, ...]


class Contrasts(NamedTuple):
    """A contrast of two halves: not A but B."""

    turns: tuple[str, ...]
    denied_first: tuple[str, ...]
    denied_last: tuple[str, ...]
    denials: tuple[str, ...]


class Places(NamedTuple):
    """Names of places, and what stands before one."""

    home: tuple[str, ...]
    prepositions: tuple[str, ...]
    exonyms: tuple[str, ...]


class Refusal(NamedTuple):
    """How a model's prose begins when it refuses, or speaks of its answer."""

    phrases: tuple[str, ...]
    prefaces: tuple[str, ...]


class Instructions(NamedTuple):
    """Orders to a language model: whole ones as patterns, and the parts that others are put together from."""

    joints: tuple[str, ...]
    starts: tuple[Pattern, ...]
    anywhere: tuple[Pattern, ...]
    models: tuple[Pattern, ...]
    news: tuple[Pattern, ...]
    tell: tuple[Pattern, ...]
    put: tuple[Pattern, ...]
    forget: tuple[Pattern, ...]
    render: tuple[Pattern, ...]
    into: tuple[Pattern, ...]
    polite: tuple[Pattern, ...]
    when: tuple[Pattern, ...]
    only: tuple[Pattern, ...]
    you: tuple[Pattern, ...]
    work: tuple[Pattern, ...]
    texts: tuple[Pattern, ...]
    yours: tuple[Pattern, ...]
    reads: tuple[Pattern, ...]
    self: tuple[Pattern, ...]
    must: tuple[Pattern, ...]
    notes: tuple[Pattern, ...]
    hails: tuple[Pattern, ...]
    labels: tuple[Pattern, ...]
    equals: tuple[Pattern, ...]
    above: tuple[Pattern, ...]
    void: tuple[Pattern, ...]
    follows: tuple[Pattern, ...]
    before: tuple[Pattern, ...]
