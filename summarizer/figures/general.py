"""Figures of a language without a folder: those in digits, read by what CLDR says of its numbers, money and dates.

What stands in words is not read, and a magnitude that CLDR does not have is not seen: `may_be_scaled` tells of which
numbers that may be true.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from summarizer import languages
from summarizer.figures.figure import Figure
from summarizer.figures.fold import fold
from summarizer.figures.iso import NUMERIC, iso, latest, numeric
from summarizer.figures.numeral import Numeral, apart, digits, runs
from summarizer.figures.uncounted import blanked
from summarizer.languages.numerals import Numerals, numerals
from summarizer.languages.wordlist import either

__all__ = ["find", "may_be_scaled"]

#: Signs of Arabic and Persian numbers that the fold leaves, one for one.
_SIGNS = str.maketrans({"٫": ".", "٬": ",", "٪": "%"})
#: Years that news speaks of in four digits without more.
_YEARS = range(1900, 2051)
_CLOCK = re.compile(r"(?<![\d:.,/])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_NUMERIC = re.compile(NUMERIC)
#: How far before a number its currency may begin.
_REACH = 24
_PLAIN_MINUS = ""
#: Digits that may go on a number behind its magnitude: 1万500.
_PLACES = 3


@dataclass(frozen=True, slots=True)
class _Reader:
    """The words of `Numerals`, folded and compiled."""

    own: Numerals
    magnitudes: Mapping[str, Decimal]
    scale: re.Pattern[str]
    percent: re.Pattern[str]
    money: Mapping[str, str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    lasts: frozenset[str]
    dates: tuple[re.Pattern[str], ...]
    months: Mapping[str, int]


@cache
def _reader(code: str) -> _Reader:
    own = numerals(code)
    magnitudes = {fold(word): factor for word, factor in (*own.magnitudes.items(), *_signs(code))}
    stems = [rf"{re.escape(fold(word))}[^\W\d_]{{0,4}}(?![^\W\d_])" for word in own.stems]
    whole = sorted(magnitudes, key=len)[::-1]
    words = either([*(_word(word) for word in whole), *stems])
    money = {fold(each.word): each.currency for each in own.money[::-1]}
    names = either(_word(word) for word in sorted(money, key=len)[::-1])
    percent = either(_word(fold(word)) for word in own.percent)
    return _Reader(
        own, magnitudes,
        re.compile(rf"[^\S\n]?(?P<word>{words})\.?"),
        re.compile(rf"[^\S\n]?(?:{percent})"),
        money,
        re.compile(rf"[^\S\n]?(?:{either(_joints(code))})?[^\S\n]?(?P<word>{names})"),
        re.compile(rf"(?<![^\W\d_])(?P<word>{names})[^\S\n]?$"),
        frozenset(word[-1] for word in money),
        tuple(map(re.compile, own.dates)),
        {fold(name): number for name, number in own.months.items()},
    )  # fmt: skip


def _word(word: str) -> str:
    """Return the pattern of a word; where a script has capitals, or spaces between words, it stands by itself."""
    edge = r"(?![^\W\d_])" if word[-1:].isalpha() and _apart(word[-1]) else ""
    return re.escape(word).replace(r"\ ", r"\s") + edge


def _apart(letter: str) -> bool:
    """Tell whether a letter's script parts words by spaces: those of East Asia join them to the number."""
    return unicodedata.east_asian_width(letter) not in "WF"


def _signs(code: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the Chinese signs for tens, hundreds and thousands of a language that counts in ten thousands."""
    if any("\u3400" <= word <= "\u9fff" for word in numerals(code).magnitudes):
        yield from ((sign, Decimal(int(unicodedata.numeric(sign)))) for sign in "百千")


def _joints(code: str) -> list[str]:
    """Return the short words of CLDR's dates, which also stand between a number and its money: *de*."""
    texts = (
        found for pattern in numerals(code).dates for found in re.findall(r"\\s\{0,3\}([^\W\d_]{1,3})\\s", pattern)
    )
    return list(dict.fromkeys(texts))


def find(text: str, language: str, dateline: date | None) -> tuple[Figure, ...]:
    """Return the figures of a text in digits, in its order; see `summarizer.figures.find`."""
    code = languages.get(language).code
    reader, folded = _reader(code), blanked(fold(text).translate(_SIGNS), code)
    dated = list(_dates(folded, reader))
    taken = frozenset(place for start, end, _ in dated for place in range(start, end))
    free = apart(digits(folded, runs(_PLAIN_MINUS), reader.own.decimal, reader.scale), taken)
    free = [numeral for numeral in free if not _glued(folded, numeral)]
    resolved = ((start, end, latest(value, dateline) if dateline else value) for start, end, value in dated)
    figures = [Figure(start, end, text[start:end], "date", value) for start, end, value in resolved]
    for numeral in _together(folded, free, reader):
        figures += _read(text, folded, numeral, reader)
    return tuple(sorted(figures, key=lambda figure: figure.start))


def may_be_scaled(figure: Figure, text: str) -> bool:
    """Tell whether a word that CLDR does not have as a magnitude may be one: it stands right behind a bare number."""
    bare = figure.kind in {"number", "money"} and not any(map(str.isalpha, figure.text))
    return bare and text[figure.end : figure.end + 3].lstrip(" \u00a0")[:1].isalpha()


def _glued(folded: str, numeral: Numeral) -> bool:
    """Tell whether a number is part of a name in Latin letters: G20, Covid-19."""
    return re.search(r"[a-z]-?$", folded[max(0, numeral.start - 2) : numeral.start]) is not None


def _dates(folded: str, reader: _Reader) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and value of the dates and times of day, none overlapping, the fullest first."""
    found, taken = list[tuple[int, int, str]](), bytearray(len(folded))
    for pattern in (_NUMERIC, *reader.dates, _CLOCK):
        for match in pattern.finditer(folded):
            start, end = match.span()
            value = None if any(taken[start:end]) else _value(match, reader)
            if value:
                found.append((start, end, value))
                taken[start:end] = b"\x01" * (end - start)
    yield from sorted(found)


def _value(match: re.Match[str], reader: _Reader) -> str | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if match.re is _CLOCK:
        return f"T{int(match[1]):02d}:{match[2]}"
    if match.re is _NUMERIC:
        return numeric(groups, month_first=not reader.own.day_first)
    named = reader.months.get(groups["name"].rstrip(".")) if "name" in groups else None
    numbers = {name: int(groups[name]) for name in "ymd" if name in groups}
    return iso(numbers.get("y"), named or numbers.get("m"), numbers.get("d"))


def _together(folded: str, numerals_: Iterable[Numeral], reader: _Reader) -> Iterator[Numeral]:
    """Yield numbers with their magnitudes; what goes on with a lower one behind it is one: 1億2000万, 2만5천."""
    last: Numeral | None = None
    for numeral in (_magnified(folded, each, reader) for each in numerals_):
        if last is not None and _touches(folded, last, numeral):
            last = _sum(last, numeral)
            continue
        if last is not None:
            yield last
        last = numeral
    if last is not None:
        yield last


def _touches(folded: str, last: Numeral, numeral: Numeral) -> bool:
    """Tell whether a number stands right behind the magnitude of another, in a script that joins them."""
    joined = last.magnitude != 1 and not _apart(folded[last.end - 1])
    return joined and folded[last.end : numeral.start].strip() == ""


def _sum(last: Numeral, numeral: Numeral) -> Numeral:
    """Return two numbers as one: what goes on with a lower magnitude, or three places and more.

    Anything else has a magnitude that CLDR does not have (1억 4천 2백만): its value is not known.
    """
    whole = numeral.magnitude > 1 or numeral.end - numeral.start >= _PLACES
    if last.suspect or numeral.suspect or not (whole and numeral.value < last.magnitude):
        return replace(last, end=numeral.end, suspect=True)
    return replace(last, end=numeral.end, value=last.value + numeral.value, magnitude=numeral.magnitude)


def _magnified(folded: str, numeral: Numeral, reader: _Reader) -> Numeral:
    """Return a number with the magnitudes behind it, one after the other: 5천만, 2,8 mil milhões."""
    end, magnitude = numeral.end, Decimal(1)
    while not numeral.suspect and (found := reader.scale.match(folded, end)):
        magnitude *= _factor(found["word"], reader)
        end = found.end("word")
    return replace(numeral, end=end, value=numeral.value * magnitude, magnitude=magnitude)


def _factor(word: str, reader: _Reader) -> Decimal:
    if word in reader.magnitudes:
        return reader.magnitudes[word]
    return next(factor for stem, factor in reader.own.stems.items() if word.startswith(fold(stem)))


def _read(text: str, folded: str, numeral: Numeral, reader: _Reader) -> Iterator[Figure]:
    """Yield a number as what it is by the signs and words beside it."""
    start, end = numeral.start, numeral.end
    if numeral.suspect:
        if numeral.magnitude == 1:  # it is garbled; with a magnitude it is one that nobody reads
            yield Figure(start, end, text[start:end], "number", None, suspect=True)
        return
    value = Decimal(f"{numeral.value.normalize():f}")
    if share := reader.percent.match(folded, end):
        yield Figure(start, share.end(), text[start : share.end()], "percent", value, unit="%")
    elif folded[start - 1 : start] == "%":
        yield Figure(start - 1, end, text[start - 1 : end], "percent", value, unit="%")
    elif not folded[end : end + 2].strip()[:1].isdecimal() and (money := reader.behind.match(folded, end)):
        currency = reader.money[_squeezed(money["word"])]
        yield Figure(start, money.end(), text[start : money.end()], "money", value, currency=currency)
    elif money := _money_before(folded, start, reader):
        currency = reader.money[_squeezed(money["word"])]
        yield Figure(money.start(), end, text[money.start() : end], "money", value, currency=currency)
    elif numeral.magnitude == 1 and folded[start:end].isdigit() and end - start == 4 and int(value) in _YEARS:
        yield Figure(start, end, text[start:end], "date", folded[start:end])
    else:
        yield Figure(start, end, text[start:end], "number", value)


def _money_before(folded: str, start: int, reader: _Reader) -> re.Match[str] | None:
    """Return the money that ends right before a number; the letter there rules most places out."""
    near = folded[max(0, start - 2) : start].rstrip(" ")[-1:]
    return reader.before.search(folded, max(0, start - _REACH), start) if near in reader.lasts else None


def _squeezed(word: str) -> str:
    return " ".join(word.split())
