"""Find every figure of a text: the straight line from characters to figures."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from summarizer import languages
from summarizer.figures.attach import Reading, attach
from summarizer.figures.context import approximate, directions
from summarizer.figures.dates import dates
from summarizer.figures.figure import Direction, Figure
from summarizer.figures.fold import fold
from summarizer.figures.garbled import garbled
from summarizer.figures.grammar import spelled
from summarizer.figures.han import han
from summarizer.figures.iso import latest
from summarizer.figures.join import named_year, ranges, together, year
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.magnitude import several
from summarizer.figures.numeral import apart, custom, digits
from summarizer.figures.uncounted import blanked
from summarizer.figures.words import word_tokens
from summarizer.languages.figures import SpacedFigures
from summarizer.languages.hant import is_traditional, plain_money

__all__ = ["find"]

_RECENT, _COMING = 1900, 2050  # what news speaks of; other and round numbers are years only after "in" or "since"
_OF_CHINA = re.compile("人民|rmb|cny")  # what makes an amount in 元 the mainland's everywhere
_LARGEST = 100  # powers of ten


def find(text: str, language: str, *, dateline: date | None = None) -> tuple[Figure, ...]:
    """Find the numbers, percentages, amounts of money, ordinals and dates in a text.

    Args:
        text: any text; nothing in it raises, and the time it takes is linear in its length.
        language: BCP 47 tag of the language it is written in.
        dateline: the day it was written; weekdays and dates without a year are then resolved to the latest
            such day not after it.

    Returns:
        Figures in order of their start, none overlapping.

    Raises:
        ConfigurationError: the language is not supported.
    """
    if languages.get(language).general:
        from summarizer.figures import general

        return general.find(text, language, dateline)
    lex = lexicon(language)
    folded = blanked(fold(text), lex.code)
    readings = _settled(folded, text, lex)
    readings = [_regional(folded, reading, language) for reading in readings]
    ways = directions(folded, readings, lex)
    return tuple(
        _figure(text, folded, lex, reading, way, dateline) for reading, way in zip(readings, ways, strict=True)
    )


def _settled(folded: str, text: str, lex: Lexicon) -> list[Reading]:
    """Dates first, then numbers that no date holds, then what cannot be right."""
    dated = list(dates(folded, text, lex))
    taken = frozenset(place for item in dated for place in range(item.start, item.end))
    free = apart(digits(folded, lex.run, _sign(folded, lex), lex.scale), taken)
    broken = [numeral for numeral in free if numeral.suspect]
    if lex.spaced:
        numerals = spelled(folded, lex, word_tokens(folded, lex, free))
        exact = [numeral for numeral in numerals if not several(folded, numeral, lex)]
    else:
        exact = list(han(folded, lex, free, {item.start: item.end for item in dated}))
    free = sorted([*apart(exact, taken), *broken], key=lambda numeral: numeral.start)
    counted = [reading for reading in attach(folded, text, lex, free) if _counts(folded, reading, lex)]
    amounts = ranges(folded, lex, together(folded, lex, counted))
    readings = [*(_year(folded, reading, lex) for reading in amounts), *dated]
    return garbled(folded, lex, sorted(readings, key=lambda reading: reading.start))


def _sign(folded: str, lex: Lexicon) -> str:
    """Return the decimal sign of a text."""
    varies = isinstance(lex.table, SpacedFigures) and lex.table.decimal_varies
    return custom(folded, lex.scale) if varies else lex.decimal


def _counts(folded: str, reading: Reading, lex: Lexicon) -> bool:
    """A lone "one" is an article or a pronoun unless something shows that it counts."""
    numeral = reading.numeral
    if numeral is None or reading.kind != "number" or reading.value != 1 or not numeral.spelled:
        return True
    if reading.unit and folded[numeral.start : numeral.end] in (*lex.table.ones, "1"):
        return True
    before = folded[max(0, numeral.start - 3) : numeral.start].rstrip(" ")[-1:]
    after = folded[numeral.end : numeral.end + 3].lstrip(" ")[:1]
    return not before.isalnum() and before != "," and not after.isalnum() and (not after or after not in ".,;:")


def _year(folded: str, reading: Reading, lex: Lexicon) -> Reading:
    """Four bare digits that name a year rather than count something."""
    number = year(folded, reading)
    if number is None or approximate(folded, reading, lex):
        return reading
    if (number % 100 == 0 or not _RECENT <= number <= _COMING) and not named_year(folded, reading, lex):
        return reading
    return Reading(reading.start, reading.end, reading.end, "date", str(number))


def _regional(folded: str, reading: Reading, language: str) -> Reading:
    """Return an amount in 元 as its region means it; open where traditional print names no region."""
    shown = folded[reading.start : reading.end]
    if reading.currency != "CNY" or not is_traditional(language) or _OF_CHINA.search(shown):
        return reading
    return replace(reading, currency=plain_money(language))


def _figure(
    text: str, folded: str, lex: Lexicon, reading: Reading, way: Direction | None, dateline: date | None
) -> Figure:
    value = _value(reading)
    if isinstance(value, str) and dateline is not None:
        value = latest(value, dateline)
    return Figure(
        reading.start,
        reading.end,
        text[reading.start : reading.end],
        reading.kind,
        value,
        unit=reading.unit,
        currency=reading.currency,
        approximate=approximate(folded, reading, lex),
        direction=way,
        suspect=reading.suspect or value is None,
    )


def _value(reading: Reading) -> Decimal | str | None:
    """What a figure says, without trailing zeros or exponent; None where it cannot be read."""
    value = reading.value
    if isinstance(value, str):
        return value or None
    large = reading.suspect or abs(value.adjusted()) > _LARGEST
    return None if large else Decimal(f"{value.normalize():f}")
