"""A language as a value: what it is by named traits, and the words of its tables, each read when first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from summarizer.languages import general, tables
from summarizer.languages.wordlist import Form, Pattern

if TYPE_CHECKING:  # the classes of a table are made when it is read: most commands read few of them
    from summarizer.languages.checks import Contraries, Contrasts, Instructions, Named, Negation, Places, Refusal
    from summarizer.languages.figures import HanFigures, SpacedFigures
    from summarizer.languages.speech import HanSpeech, Speech

__all__ = ["Dateline", "Language", "Letter", "Marks", "OwnMarks", "Page", "Sentences", "Words"]


class Words(NamedTuple):
    """Words that tell a language from others."""

    relatives: tuple[str, ...]
    density: float
    never_last: tuple[str, ...]
    function_words: tuple[str, ...]
    honoured: tuple[str, ...]
    foreign_words: tuple[str, ...]
    name_words: tuple[str, ...]
    loanwords: tuple[str, ...]
    endings: Form
    odd_endings: Form


class Sentences(NamedTuple):
    """Where sentences end: abbreviations without their final full stop, and what begins a sentence."""

    titles: tuple[str, ...]
    numbered: tuple[str, ...]
    months: tuple[str, ...]
    inline: tuple[str, ...]
    closing: tuple[str, ...]
    starters: tuple[str, ...]
    ordinals_stop: bool
    said: Pattern


class Marks(NamedTuple):
    """What print puts around a quotation and around one inside it: opening and closing, with the space inside."""

    outer: tuple[Form, Form]
    inner: tuple[Form, Form]


class OwnMarks(NamedTuple):
    """The marks of a language, and those of its scripts and regions that have others, by their subtags."""

    outer: tuple[Form, Form]
    inner: tuple[Form, Form]
    elsewhere: Mapping[str, Marks]


class Dateline(NamedTuple):
    """What stands around the date of an article, and how it is written; January is the first month."""

    labels: tuple[str, ...]
    wire: tuple[str, ...]
    written: tuple[Pattern, ...]
    months: tuple[tuple[str, ...], ...]


class Page(NamedTuple):
    """What stands around an article on its page, and what asks for a subscription in its place."""

    rights: tuple[str, ...]
    elsewhere: tuple[str, ...]
    by: tuple[str, ...]
    joins: tuple[str, ...]
    reads_on: tuple[str, ...]
    walls: tuple[str, ...]


class Letter(NamedTuple):
    """What stands around an article in a mail: headers of other mails, leave-taking, notices at its foot."""

    sender: tuple[str, ...]
    sent: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: tuple[str, ...]
    forwarded: tuple[str, ...]
    original: tuple[str, ...]
    wrote: tuple[Pattern, ...]
    forward: tuple[str, ...]
    answer: tuple[str, ...]
    farewells: tuple[str, ...]
    devices: tuple[str, ...]
    message: tuple[str, ...]
    secrecy: tuple[str, ...]
    subscription: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language: its traits, which the comments in ``language.toml`` explain, and its tables.

    Without a folder it has what CLDR says (`summarizer.languages.general`), and its tables are empty. The properties
    raise `ConfigurationError` where a file is not as it must be.
    """

    code: str
    name: str
    also_called: tuple[str, ...]
    script: str
    spaced: bool
    joint: Form
    full_stop: Form
    comma: Form
    demonyms_capital: bool
    nouns_capital: bool
    subject_optional: bool
    subject_may_follow: bool
    conjunction_optional: bool
    comma_before_clause: bool
    verb_brackets: bool
    possessive_agrees_with_owner: bool
    body_noun_first: bool
    adjectives_follow: bool
    nouns_before_nouns: bool
    two_family_names: bool
    pronouns_hyphenated: bool
    cue_inside_marks: bool

    @property
    def general(self) -> bool:
        """Tell whether it has no folder: the rules that need its words do nothing."""
        return self.code not in tables.available()

    @property
    def words(self) -> Words:
        """Words that tell it from others."""
        if self.general:
            known: Words = tables.bare(Words, density=general.density(self.code))
            return known
        found: Words = tables.table(self.code, "language", "words", Words)
        return found

    @property
    def sentences(self) -> Sentences:
        """Where its sentences end."""
        if self.general:
            known: Sentences = tables.bare(
                Sentences, months=general.short_months(self.code), inline=general.short_magnitudes(self.code)
            )
            return known
        found: Sentences = tables.table(self.code, "language", "sentences", Sentences)
        return found

    @property
    def marks(self) -> OwnMarks:
        """What its print puts around quotations."""
        if self.general:
            outer, inner = general.marks(self.code)
            known: OwnMarks = tables.bare(OwnMarks, outer=outer, inner=inner)
            return known
        found: OwnMarks = tables.table(self.code, "language", "marks", OwnMarks)
        return found

    @property
    def dateline(self) -> Dateline:
        """How its articles give their date."""
        found: Dateline = tables.table(self.code, "language", "dateline", Dateline)
        return found

    @property
    def page(self) -> Page:
        """What stands around its articles on their pages."""
        found: Page = tables.table(self.code, "language", "page", Page)
        return found

    @property
    def letter(self) -> Letter:
        """What stands around an article in its mails."""
        found: Letter = tables.table(self.code, "language", "letter", Letter)
        return found

    @property
    def figures(self) -> "SpacedFigures | HanFigures":
        """How it says numbers, money, measures and dates: `SpacedFigures` if it is spaced."""
        from summarizer.languages.figures import HanFigures, SpacedFigures

        found: SpacedFigures | HanFigures = tables.file(
            self.code, "figures", SpacedFigures if self.spaced else HanFigures
        )
        return found

    @property
    def speech(self) -> "Speech | HanSpeech":
        """How it says who says what: `HanSpeech` in the script ``han``."""
        return self.han_speech() if self.script == "han" else self.latin_speech()

    def latin_speech(self) -> "Speech":
        """Return `speech` of a language in letters.

        Raises:
            TypeError: it is in Chinese characters.
        """
        from summarizer.languages.speech import Speech

        if self.script == "han":
            raise TypeError(f"{self.name} is not written in letters")
        found: Speech = tables.file(self.code, "speech", Speech)
        return found

    def han_speech(self) -> "HanSpeech":
        """Return `speech` of a language in Chinese characters.

        Raises:
            TypeError: it has another script.
        """
        from summarizer.languages.speech import HanSpeech

        if self.script != "han":
            raise TypeError(f"{self.name} is not written in Chinese characters")
        found: HanSpeech = tables.file(self.code, "speech", HanSpeech)
        return found

    @property
    def negation(self) -> "Negation":
        """Words that turn a clause round."""
        from summarizer.languages.checks import Negation

        found: Negation = tables.table(self.code, "checks", "negation", Negation)
        return found

    @property
    def contrasts(self) -> "Contrasts":
        """Words of a contrast: not A but B."""
        from summarizer.languages.checks import Contrasts

        found: Contrasts = tables.table(self.code, "checks", "contrasts", Contrasts)
        return found

    @property
    def places(self) -> "Places":
        """Names of places, and what stands before one."""
        from summarizer.languages.checks import Places

        found: Places = tables.table(self.code, "checks", "places", Places)
        return found

    @property
    def refusal(self) -> "Refusal":
        """How a model's prose begins when it refuses or speaks of its answer."""
        from summarizer.languages.checks import Refusal

        found: Refusal = tables.table(self.code, "checks", "refusal", Refusal)
        return found

    @property
    def instructions(self) -> "Instructions":
        """Orders to a language model."""
        from summarizer.languages.checks import Instructions

        found: Instructions = tables.table(self.code, "checks", "instructions", Instructions)
        return found

    @property
    def contraries(self) -> "Contraries":
        """Pairs of contraries by their name."""
        from summarizer.languages.checks import Contraries

        found: Contraries = tables.table(self.code, "checks", "contraries", Contraries)
        return found

    @property
    def offices(self) -> "Named":
        """Words for an office by its English name."""
        return self._named("offices")

    @property
    def rates(self) -> "Named":
        """Words for what a figure is given for, by its English name: day, week."""
        return self._named("rates")

    @property
    def countries(self) -> "Named":
        """Parts of words for a country by its code (ISO 3166)."""
        return self._named("countries")

    @property
    def cities(self) -> "Named":
        """Words for a city by its English name."""
        return self._named("cities")

    def _named(self, title: str) -> "Named":
        from summarizer.languages.checks import Named

        found: Named = tables.table(self.code, "checks", title, Named)
        return found
