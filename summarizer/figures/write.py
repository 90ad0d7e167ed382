"""Write a figure in a language's own form, ready to stand in a translation."""

from decimal import ROUND_DOWN, Decimal, localcontext
from functools import cache

from summarizer import languages
from summarizer.figures.figure import Figure
from summarizer.figures.iso import parts
from summarizer.figures.lexicon import lexicon
from summarizer.languages import general, hant
from summarizer.languages.hant import is_traditional, traditional

__all__ = ["write"]

_DIGITS = 200  # a product of powers of ten may be longer than the 28 digits that are the default
_EXACT = 12  # digits: more decimals than any figure in print has; fractions such as a third end there

_MYRIAD = 10_000
_VOWELS = "aeiouéèêh"


def write(figure: Figure, language: str) -> str:
    """Write the value of a figure in the normal form of a language.

    Reading the result back with `find` gives the same value. Direction and approximation are words of the
    sentence and are not written; neither is the unit of a measure.

    Args:
        figure: as `find` gives it.
        language: BCP 47 tag of the language to write.

    Returns:
        For example ``69,66 miliardi di yuan``, ``696.6亿元``, ``7,6%``, ``2025年9月14日``, ``45°``. A suspect
        figure comes back as printed.

    Raises:
        ConfigurationError: the language is not supported.
    """
    if figure.suspect:
        return figure.text
    if languages.get(language).general:
        return _by_cldr(figure, language)
    plain = _write(figure, language)
    return traditional(plain, language) if is_traditional(language) else plain


def _by_cldr(figure: Figure, language: str) -> str:
    """Write a number or a share as CLDR has it; anything else stays as printed."""
    from babel.numbers import format_decimal

    if figure.kind not in ("number", "percent", "ordinal"):
        return figure.text
    locale = general.locale(languages.base(language))
    number = str(format_decimal(figure.number, format="#,##0.############", locale=locale))
    return f"{number}%" if figure.kind == "percent" else number


def _write(figure: Figure, language: str) -> str:
    if figure.date:
        return _date(figure.date, language)
    if figure.kind == "money":
        return _money(figure.number, figure.currency, language)
    if figure.kind == "percent":
        forms = lexicon(language).table.write
        return forms.percent[figure.unit or "%"].format(_plain(figure.number, language))
    return _ordinal(figure.number, language) if figure.kind == "ordinal" else _amount(figure.number, language)


def _ordinal(value: Decimal, language: str) -> str:
    for ending, mark in lexicon(language).table.write.ordinal.items():
        if str(value).endswith(tuple(ending.split())) or not ending:
            return mark.format(_plain(value, language, grouped=False))
    return _plain(value, language)


def _plain(value: Decimal, language: str, *, grouped: bool = True) -> str:
    from babel.numbers import format_decimal

    # who counts in ten thousands prints four digits together: 2000亿
    together = abs(value) < _MYRIAD and _MYRIAD in lexicon(language).table.write.magnitudes.values()
    style = "0" if not grouped else "0.############" if together else "#,##0.############"
    # CLDR groups Italian from five digits on only; four are grouped in print, and read back either way
    with localcontext(prec=_DIGITS):
        return str(format_decimal(_rounded(value), format=style, locale=_locale(language)))


def _rounded(value: Decimal) -> Decimal:
    exponent = int(value.normalize().as_tuple().exponent)
    return value if exponent >= -_EXACT else value.quantize(Decimal(1).scaleb(-_EXACT), ROUND_DOWN)


@cache
def _locale(language: str) -> str:
    return hant.locale(language) if is_traditional(language) else lexicon(language).code


def _amount(value: Decimal, language: str) -> str:
    """Digits, with a magnitude word when the number is round enough to be said with one."""
    forms = lexicon(language).table.write.magnitudes
    for name, factor in forms.items():
        size = Decimal(factor)
        scaled = value / size
        if abs(value) >= size and _decimals(scaled) <= 3:
            one, _, many = name.partition("|")
            word = one if abs(scaled) == 1 or not many else many
            return word.format(_plain(scaled, language))
    return _plain(value, language)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _money(value: Decimal, currency: str | None, language: str) -> str:
    amount = _amount(value, language)
    forms = lexicon(language).table.write
    if currency is None:
        return amount
    own = "" if is_traditional(language) else forms.currencies.get(currency)  # there 元 is another country's
    name = own or _currency(value, currency, language)
    one, _, many = name.partition("|")
    magnified = not amount[-1].isdigit()
    word = one if value == 1 or not many else many
    form, _, elided = (forms.money_of if magnified else forms.money).partition("|")
    return (elided if elided and word[0] in _VOWELS else form).format(amount, word)


def _currency(value: Decimal, currency: str, language: str) -> str:
    from babel.numbers import get_currency_name

    count = 1 if value == 1 else 2
    return str(get_currency_name(currency, count, _locale(language)))


def _date(value: str, language: str) -> str:
    forms = lexicon(language).table.write.dates
    names = _names(language)
    known = parts(value)
    if known is not None:
        key = "".join(k for k, part in (("y", known.year), ("m", known.month), ("d", known.day)) if part is not None)
        month = names["months"][known.month] if known.month else ""
        first = _ordinal(Decimal(1), language) if known.day == 1 else known.day  # 1er mars, 2 mars
        return str(getattr(forms, key)).format(y=known.year, m=known.month, d=known.day, month=month, first=first)
    if value.startswith("-W-"):
        return names["days"][int(value[3:])]
    if value.startswith("T"):
        return f"{int(value[1:3])}:{value[4:]}"
    if "-Q" in value:
        year, _, quarter = value.partition("-Q")
        word = names["quarters"][int(quarter)]
        return word if year == "-" else forms.quarter.format(y=year, quarter=word)
    if value.endswith("XX"):
        return forms.century.format(_century(int(value[:2]) + 1, language))
    decade = value.removeprefix("XX").replace("X", "0")
    return (forms.decade if len(decade) == 4 else forms.short_decade).format(decade)


def _century(number: int, language: str) -> str:
    style = lexicon(language).table.write.dates.century_numerals
    if style == "roman":
        tens, units = divmod(number, 10)
        return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]
    return _ordinal(Decimal(number), language) if style == "ordinal" else str(number)


@cache
def _names(language: str) -> dict[str, dict[int, str]]:
    from babel import Locale

    locale = Locale.parse(_locale(language))
    forms = lexicon(language).table.write.dates
    return {
        "months": dict(locale.months["format"]["wide"]),
        "days": {day + 1: name for day, name in locale.days["format"]["wide"].items()},
        "quarters": dict(enumerate(forms.quarters, 1)),
    }
