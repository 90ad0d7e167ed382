"""The tables of a language's ``figures.toml``: the comments there say what each list holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from summarizer.languages.wordlist import Form, Pattern

__all__ = [
    "Approximate",
    "DateForms",
    "Dates",
    "Direction",
    "Figures",
    "HanFigures",
    "Homonym",
    "SpacedFigures",
    "Writing",
]

Words = tuple[str, ...]


class Approximate(NamedTuple):
    """Words of approximation before and after a figure."""

    before: Words
    after: Words


class Direction(NamedTuple):
    """Words that say that a figure went up or down, where some of them stand, and phrases that say neither."""

    up: Words
    down: Words
    beside: Words
    joints: Words
    neutral: Words


class Dates(NamedTuple):
    """How dates are said."""

    order: Literal["dmy", "mdy", "ymd"]
    years_after: Words
    capital: bool
    guarded: Words
    guards: Words
    months: tuple[Words, ...]
    weekdays: tuple[Words, ...]
    next_day: Words
    joint: Pattern
    range: Pattern
    anchor: Pattern
    patterns: tuple[Pattern, ...]
    eras: Mapping[str, int]


class DateForms(NamedTuple):
    """How dates are written, by what is known of them."""

    ymd: Form
    ym: Form
    y: Form
    md: Form
    m: Form
    d: Form
    quarter: Form
    quarters: tuple[Form, Form, Form, Form]
    century: Form
    century_numerals: Literal["digits", "ordinal", "roman"]
    decade: Form
    short_decade: Form


class Writing(NamedTuple):
    """How a figure is written."""

    money: Form
    money_of: Form
    percent: Mapping[str, Form]
    ordinal: Mapping[str, Form]
    magnitudes: Mapping[Form, int]
    currencies: Mapping[str, Form]
    dates: DateForms


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Figures:
    """What every language says of figures."""

    leading_money: Words
    common_money: Words
    ones: Words
    minus: Words
    phones: Words
    and_: Words
    half_after: Words
    range_joints: Words
    of_money: Words
    percent_before: Words
    suffixes: Mapping[str, int]
    money_suffixes: Mapping[str, int]
    approximate: Approximate
    direction: Direction
    percent: Mapping[str, Words]
    measures: Mapping[str, Words]
    implied: Mapping[str, Words]
    currencies: Mapping[str, Words]
    cents: Mapping[str, Words]
    small_money: Mapping[str, tuple[Form, int]]
    dates: Dates
    write: Writing


class Homonym(NamedTuple):
    """When a number word is another word: beside which words it is, and beside which it is not."""

    words: Words
    only_after: Words | None = None
    not_after: Words | None = None
    only_before: Words | None = None
    not_before: Words | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SpacedFigures(Figures):
    """Figures in a language that puts spaces between words."""

    of: Words
    point: Words
    over: Words
    out_of: Words
    in_: Words
    periods_after: Words
    between: Words
    among: Words
    parts_before: Words
    articles: Words
    divisor_endings: Words
    plural_endings: Words
    ordinal_suffixes: Words
    age_suffixes: Words
    units_before_tens: Words
    ordinal_mark_after: Words
    several: Words
    adjectives: Words
    joined_measures: Words
    tens_and: Words
    decimal_varies: bool
    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts: Mapping[str, int]
    halves: Mapping[str, int]
    magnitudes: Mapping[str, int]
    homonyms: Mapping[str, Homonym]
    ordinal_marks: Mapping[str, Pattern]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HanFigures(Figures):
    """Figures in Chinese characters."""

    no_minus_after: Form
    before_dash: Form
    point: Pattern
    parts: Pattern
    with_: Pattern
    more: Form
    plain: Form
    counting: Form
    big: Form
    halves: Pattern
    half: Pattern
    tenths: Pattern
    tenths_more: Pattern
    ordinal_prefix: Pattern
    copulas: Words
    masks: Words
    guesses: Pattern
    magnitudes: Pattern
    guesses_begin: Form
    classifiers: Words
    digits: Mapping[str, int]
    places: Mapping[str, int]
