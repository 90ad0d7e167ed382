"""How a language without a folder prints figures: magnitudes, shares, money and dates, by CLDR (through Babel)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from summarizer.languages import general

__all__ = ["Money", "Numerals", "numerals"]

#: So many of a thing show the plural forms of any language.
_COUNTS = (1, 2, 5, 11, 100, Decimal("1.5"))
#: A magnitude's word with so many letters may have another ending: миллион|ами.
_STEM, _ENDING = 5, 4
#: The parts of a date in CLDR's patterns: quoted text, a run of one letter, anything else.
_FIELD = re.compile(r"'(?P<text>[^']*)'|(?P<field>([A-Za-z])\3*)|(?P<sign>.)", re.DOTALL)
#: The skeletons of dates that name their parts; ``yMd`` is read by its signs alone.
_SKELETONS = ("yMMMMd", "yMMMd", "MMMMd", "MMMd", "yMMMM", "yMMM")
#: The same of single parts, which are dates only where a word stands beside the number: 5日.
_SINGLE = ("y", "d")
_INVISIBLE = re.compile("[\u200e\u200f\u061c]")


class Money(NamedTuple):
    """A word or sign for money, with its ISO 4217 code."""

    word: str
    currency: str


class Numerals(NamedTuple):
    """What stands beside the digits of a language, in small letters.

    Attributes:
        decimal: the sign between units and tenths, ``.`` or ``,``.
        magnitudes: word → factor.
        stems: the beginnings of longer magnitudes, whose endings change → factor.
        percent: signs and words of percent.
        money: names and signs of currencies.
        months: name → 1–12, a full stop at its end left out.
        dates: patterns of `re` with the groups ``y``, ``m``, ``name`` and ``d``, fullest first.
        day_first: whether the day stands before the month where both are digits.
    """

    decimal: str
    magnitudes: Mapping[str, Decimal]
    stems: Mapping[str, Decimal]
    percent: tuple[str, ...]
    money: tuple[Money, ...]
    months: Mapping[str, int]
    dates: tuple[str, ...]
    day_first: bool


@cache
def numerals(code: str) -> Numerals:
    """Return how a language without a folder prints figures."""
    own = general.locale(code)
    magnitudes, months = dict(_magnitudes(code)), dict(_months(code))
    stems = {
        word[: -_cut(word)] if _cut(word) else word: factor
        for word, factor in magnitudes.items()
        if len(word) >= _STEM
    }
    decimal = str(own.number_symbols["latn"]["decimal"])
    short = str(own.date_formats["short"].pattern)
    return Numerals(
        decimal=decimal if decimal in ".," else ".",
        magnitudes=magnitudes,
        stems=stems,
        percent=tuple(dict.fromkeys(("%", "٪", *_percent(code)))),
        money=tuple(dict.fromkeys(_money(code))),
        months=months,
        dates=(
            *_composed(code, months),
            *(_date(code, key, months) for key in (*_SKELETONS, *_SINGLE) if _is_worded(code, key)),
            *_numbered(months),
        ),
        day_first=0 <= short.find("d") < short.find("M"),
    )


def _cut(word: str) -> int:
    """Return how many letters of a word are an ending that may change: a vowel at its end."""
    return int(word[-1] in "aeiouyаеиоуыяю")


def _plain(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).replace("'", "").lower().split())


def _magnitudes(code: str) -> Iterator[tuple[str, Decimal]]:
    """CLDR's compact patterns are ``0 million``, ``00 million`` …: a word beside its power of ten."""
    for widths in general.locale(code).compact_decimal_formats.values():
        for plurals in widths.values():
            for power, form in plurals.items():
                word = _plain(re.sub("[0¤]", "", str(form.pattern)))
                if any(map(str.isalpha, word)) and not (len(word) == 1 and word.upper() != word):  # 5 t are tons
                    yield word.rstrip("."), Decimal(int(power)) / 10 ** max(str(form.pattern).count("0") - 1, 0)


def _percent(code: str) -> Iterator[str]:
    from babel.units import format_unit

    for count in _COUNTS:
        shown = _plain(format_unit(count, "concentr-percent", "long", locale=general.locale(code)))
        if "-" not in shown:  # Babel's own name of the unit, for want of CLDR's
            yield re.sub(r"[\d.,٫]+", "", shown).strip()


def _money(code: str) -> Iterator[Money]:
    from babel.numbers import get_currency_name

    own = general.locale(code)
    for currency in map(str, own.currencies):
        for count in (None, *_COUNTS):
            name = _plain(get_currency_name(currency, count, own))
            if "(" not in name and len(name) > 1:
                yield Money(name, currency)
        yield Money(currency.lower(), currency)
    yield from (
        Money(sign.lower(), currency) for currency, sign in own.currency_symbols.items() if not sign.isalpha()
    )


def _months(code: str) -> Iterator[tuple[str, int]]:
    for use in general.locale(code).months.values():
        for width in ("wide", "abbreviated"):
            own = ((name, number) for number, name in use[width].items() if _is_own(name, code))
            yield from ((_plain(name).rstrip("."), number) for name, number in own)


def _is_own(name: str, code: str) -> bool:
    """Tell whether a name is in the language's script: CLDR has 12月 where a locale lacks the name."""
    return all(general.first_word(letter) in general.scripts(code) for letter in name if letter.isalpha())


def _is_worded(code: str, key: str) -> bool:
    """Tell whether CLDR has such a pattern with a word in it: a month's name, or a sign beside the number."""
    form = general.locale(code).datetime_skeletons.get(key)
    if form is None:
        return False
    rest = re.sub(r"[yMLd]+" if len(key) > 1 else r"[A-Za-z]+", "", str(form.pattern).replace("'", ""))
    return len(key) > 1 or any(map(str.isalpha, rest))


def _composed(code: str, months: Mapping[str, int]) -> Iterator[str]:
    """Yield the pattern of a month with its year in which the month has its day, as print has it."""
    known = general.locale(code).datetime_skeletons
    if "yMMMM" in known and "MMMMd" in known:
        day = str(known["MMMMd"].pattern)
        whole = re.sub("[ML]+", lambda _: day, str(known["yMMMM"].pattern), count=1)
        yield _pattern(whole, _named(code, months))


def _date(code: str, key: str, months: Mapping[str, int]) -> str:
    return _pattern(str(general.locale(code).datetime_skeletons[key].pattern), _named(code, months))


def _named(code: str, months: Mapping[str, int]) -> str:
    """Return what matches the name of a month, a shortened one with its full stop."""
    short = frozenset(map(str.lower, general.short_months(code)))
    names = (re.escape(name) + r"\.?" * (name in short) for name in sorted(months, key=len)[::-1])
    return f"(?P<name>{'|'.join(names)})"


def _pattern(form: str, names: str) -> str:
    """Return CLDR's pattern of a date as one of `re`; a word behind two parts of it may be left out."""
    found = list(_FIELD.finditer(form))
    named = [i for i, each in enumerate(found) if each["field"]]
    parts, end = [_field(each, names) for each in found], named[-1] + 1
    tail = "".join(parts[end:])
    return rf"(?<![\d.,:/-]){''.join(parts[:end])}{f'(?:{tail})?' if len(named) > 1 else tail}(?![\d:/]|[.,]\d)"


def _numbered(months: Mapping[str, int]) -> Iterator[str]:
    """Yield the pattern of a month by itself where its name is its number with a word: 9月, tháng 9."""
    names = sorted((name for name in months if any(map(str.isdigit, name))), key=len)
    if names:
        yield rf"(?<![\d.,:/-])(?P<name>{'|'.join(map(re.escape, names[::-1]))})(?!\d)"


def _field(found: re.Match[str], names: str) -> str:
    field = found["field"] or ""
    if field.startswith("y"):
        return r"(?P<y>\d{4})"
    if field.startswith(("M", "L")):
        return r"(?P<m>\d{1,2})" if len(field) < len("MMM") else names
    if field.startswith("d"):
        return r"(?P<d>\d{1,2})"
    text = _plain(found["text"] or found["sign"] or field)
    return re.escape(text) if text else r"\s{0,3}"
