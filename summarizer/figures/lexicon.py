"""What a language's ``figures.toml`` and CLDR know about figures, read once and compiled."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from summarizer import languages
from summarizer.figures.numeral import runs
from summarizer.figures.phrases import Phrases
from summarizer.languages import general
from summarizer.languages.figures import HanFigures, SpacedFigures
from summarizer.languages.wordlist import any_of

__all__ = ["Lexicon", "Money", "lexicon"]


@dataclass(frozen=True, slots=True)
class Money:
    """What a word for money means.

    Attributes:
        currency: ISO 4217 code, None when the word does not say whose.
        per_unit: how many of it make one main unit.
        code: it is the code itself and counts in capitals only ("TRY", not "try").
        leads: it may stand before the number.
        common: it is also an everyday word ("won", "real") and counts beside large amounts only.
    """

    currency: str | None
    per_unit: int = 1
    code: bool = False
    leads: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that make, magnify, bound and measure figures.

    Attributes:
        code: ISO 639-1.
        decimal: the sign between units and tenths.
        run: matches a number in digits.
        table: the language's ``figures.toml``.
        magnitudes: word → factor; CLDR's and the file's.
        currencies: word or symbol → what money it is.
        units: ``%``, ``pp``, ``bp`` and the symbols of measures.
        single: CLDR's words for one year, one week …, where those for more are others.
        before: words of approximation that precede a figure.
        after: those that follow it.
        direction: words for up and down.
        implied: words that say a number without being one (both, decade, 双).
        next_day: matches words for the day after.
        scale: matches a magnitude or a sign of percent.
        years: matches words right before a year.
        months: word → 1–12.
        full_months: those of them that are not shortened.
        weekdays: word → 1 (Monday) – 7.
    """

    code: str
    decimal: str
    run: re.Pattern[str]
    table: SpacedFigures | HanFigures
    magnitudes: Mapping[str, Decimal]
    currencies: Phrases[Money]
    units: Phrases[str]
    single: frozenset[str]
    before: Phrases[bool]
    after: Phrases[bool]
    direction: Phrases[str]
    implied: Phrases[tuple[Decimal, str | None]]
    next_day: re.Pattern[str]
    scale: re.Pattern[str]
    years: re.Pattern[str]
    months: Mapping[str, int]
    full_months: frozenset[str]
    weekdays: Mapping[str, int]

    @property
    def spaced(self) -> bool:
        """Tell whether the language puts spaces between words."""
        return isinstance(self.table, SpacedFigures)

    @property
    def words(self) -> SpacedFigures:
        """The table of a language that puts spaces between words."""
        if not isinstance(self.table, SpacedFigures):
            raise TypeError(f"{self.code} puts no spaces between words")
        return self.table

    @property
    def signs(self) -> HanFigures:
        """The table of a language that is written in Chinese characters."""
        if not isinstance(self.table, HanFigures):
            raise TypeError(f"{self.code} is not written in Chinese characters")
        return self.table


@cache
def lexicon(language: str) -> Lexicon:
    """Return the figures lexicon of a language (BCP 47 tag).

    Raises:
        ConfigurationError: the language has no folder, or its ``figures.toml`` is not as it must be.
    """
    own = languages.get(language)
    code, table = own.code, own.figures
    locale = general.locale(code)
    magnitudes = _magnitudes(locale, table.multipliers if isinstance(table, SpacedFigures) else {})
    scales = [*magnitudes, *table.percent["%"], *table.suffixes]
    ways = (("up", table.direction.up), ("down", table.direction.down), ("neutral", table.direction.neutral))
    return Lexicon(
        code=code,
        decimal=str(locale.number_symbols["latn"]["decimal"]),
        run=runs(table.before_dash if isinstance(table, HanFigures) else ""),
        table=table,
        magnitudes=magnitudes,
        currencies=Phrases.of(_money(locale, table)),
        units=Phrases.of(_units(table)),
        single=frozenset(_single(locale)),
        before=Phrases.of(dict.fromkeys(table.approximate.before, True)),
        after=Phrases.of(dict.fromkeys(table.approximate.after, True)),
        direction=Phrases.of({word: way for way, words in ways for word in words}),
        scale=re.compile(rf"[^\S\n]?{any_of(word.lower() for word in scales)}"),
        years=re.compile(rf"(?<!\w){any_of(table.dates.years_after)}[^\S\n]?$"),
        implied=Phrases.of(_implied(table)),
        next_day=re.compile(any_of(table.dates.next_day)),
        months=_calendar(locale.months, table.dates.months),
        full_months=frozenset(_calendar(locale.months, ())),
        weekdays=_calendar(_monday_first(locale.days), table.dates.weekdays),
    )


def _implied(table: SpacedFigures | HanFigures) -> dict[str, tuple[Decimal, str | None]]:
    signs = table.digits if isinstance(table, HanFigures) else {}
    alone = {
        digits[0]: (Decimal(value), None) for digits, value in signs.items() if value > 2
    }  # 一 is in too many words
    told = ((value.partition(" "), words) for value, words in table.implied.items())
    return alone | {word: (Decimal(value), unit or None) for (value, _, unit), words in told for word in words}


def _magnitudes(locale: Any, more: Mapping[str, int]) -> dict[str, Decimal]:
    """CLDR's compact patterns are ``0 million``, ``00 million`` …: a word beside its power of ten."""
    found: dict[str, Decimal] = {}
    formats = locale.compact_decimal_formats
    for plurals in formats["long" if "long" in formats else "short"].values():
        for power, pattern in plurals.items():
            word = re.sub(r"[0¤]", "", str(pattern.pattern)).strip().lower()
            zeros = max(str(pattern.pattern).count("0") - 1, 0)
            if word and " " not in word:
                found[word] = Decimal(int(power)) / 10**zeros
    return found | {word: Decimal(factor) for word, factor in more.items()}


def _money(locale: Any, table: SpacedFigures | HanFigures) -> dict[str, Money]:
    from babel.numbers import get_currency_name

    names: dict[str, Money] = {}
    for code, name in locale.currencies.items():
        for word in {name, get_currency_name(code, 1, locale), get_currency_name(code, 2, locale)}:
            if "(" not in word and len(word) > 1:
                names[word.lower()] = Money(code)
        names[code.lower()] = Money(code, code=True, leads=True)
    names |= {symbol: Money(code) for code, symbol in locale.currency_symbols.items() if len(symbol) == 1}
    names |= {w: Money(code or None) for code, words in table.currencies.items() for w in words}
    names |= {w: Money(code or None, 100) for code, words in table.cents.items() for w in words}
    names |= {w: Money(code, per) for w, (code, per) in table.small_money.items()}
    leading, common = frozenset(table.leading_money), frozenset(table.common_money)
    return {
        word: replace(money, leads=money.leads or word in leading or not word[-1].isalpha(), common=word in common)
        for word, money in names.items()
    }


def _units(table: SpacedFigures | HanFigures) -> dict[str, str]:
    groups = (*table.percent.items(), *table.measures.items())
    names = {word: unit for unit, words in groups for word in words}
    return {word.replace(" ", "-"): unit for word, unit in names.items()} | names  # a 9,500-square-metre warehouse


def _single(locale: Any) -> Iterator[str]:
    from babel.units import format_unit

    for unit in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"):
        one, more = (format_unit(n, f"duration-{unit}", locale=locale).lower().split()[-1] for n in (1, 2))
        if one != more:
            yield one


def _monday_first(days: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, dict[str, dict[int, str]]]:
    return {
        use: {w: {d + 1: n for d, n in names.items()} for w, names in widths.items()} for use, widths in days.items()
    }


def _calendar(names: Mapping[str, Mapping[str, Mapping[int, str]]], more: Iterable[Iterable[str]]) -> dict[str, int]:
    """Words of CLDR's wide forms, and the file's lists, one for each month or day in turn."""
    wide = {name.lower(): n for use in names.values() for n, name in use["wide"].items()}
    return wide | {word: n for n, words in enumerate(more, 1) for word in words}
