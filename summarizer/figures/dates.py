"""Dates: the patterns stand in the language's ``figures.toml``, their meaning here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from summarizer.figures.attach import Reading
from summarizer.figures.han import read
from summarizer.figures.iso import NUMERIC, iso, numeric
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.languages.figures import SpacedFigures
from summarizer.languages.wordlist import any_of

__all__ = ["dates"]

_YEAR = r"(?<![\d.,:/])(?:1[0-9]|2[01])\d\d(?!\d|%|[.,:/]\d)"
_DAY = r"(?<![\d.:/])(?:[0-3]?\d)(?!\d|[.,:/]\d|: \d\d|%)"
_DASHES = "–—-"
_LAST_CENTURY = 21  # 21XX: who writes of later ones has made a mistake
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class _Calendar:
    """One language's date patterns, compiled, and what their words mean as numbers."""

    anchor: re.Pattern[str]
    patterns: tuple[re.Pattern[str], ...]
    day: re.Pattern[str]
    numbers: dict[str, int]
    lex: Lexicon
    marks: dict[str, re.Pattern[str]]
    guarded: re.Pattern[str]
    guards: re.Pattern[str]


@cache
def _calendar(language: str) -> _Calendar:
    lex = lexicon(language)
    table = lex.table.dates
    spaced = lex.table if isinstance(lex.table, SpacedFigures) else None
    marks = {mark: re.compile(rule) for mark, rule in spaced.ordinal_marks.items()} if spaced else {}
    numbers = _ordinals(spaced) if spaced else {}
    day = f"{_DAY}(?:{any_of(marks)})?" if marks else _DAY
    parts = {
        "{year}": f"(?P<year>{_YEAR})",
        "{month}": f"(?P<month>{any_of(lex.months)})",
        "{any_month}": any_of(lex.months),
        "{full_month}": f"(?P<month>{any_of(lex.full_months)})",
        "{days}": rf"(?P<days>(?<!\d[{_DASHES}])(?:{day}{table.joint}){{0,4}}{day})",
        "{weekday}": f"(?P<weekday>{any_of(lex.weekdays)})",
        "{number}": any_of(numbers),
        "{cardinal}": any_of(word for word, value in spaced.cardinals.items() if value > 1) if spaced else "",
        "{era}": any_of(table.eras),
    }
    patterns = tuple(re.compile(_filled(pattern, parts)) for pattern in (NUMERIC, *table.patterns))
    anchor = re.compile(_filled(table.anchor, parts))
    return _Calendar(
        anchor, patterns, re.compile(f"(?P<number>{_DAY})(?P<mark>{any_of(marks)})?"),
        {**(spaced.cardinals if spaced else {}), **numbers, **table.eras}, lex, marks,
        re.compile(f"{any_of(table.guarded)}$"), re.compile(f"{any_of(table.guards)}[\\s-]$"),
    )  # fmt: skip


def _ordinals(table: SpacedFigures) -> dict[str, int]:
    """Return the words for places in a row, the compound ones of a calendar among them: twenty-first, undicesimo."""
    tens = {f"{word}-": value for word, value in table.cardinals.items() if value in {20, 30}}
    compound = {ten + word: value + n for ten, value in tens.items() for word, n in table.ordinals.items() if n < 10}
    above = {word.rstrip("aeio"): value for word, value in table.cardinals.items() if value > 10}
    return compound | {w + end: n for end in table.ordinal_suffixes for w, n in above.items()} | {**table.ordinals}


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern


def dates(text: str, printed: str, lex: Lexicon) -> Iterator[Reading]:
    """Yield the dates of a text, left to right; a list of days yields one for each.

    Args:
        text: the folded text.
        printed: the same text as printed; some words are dates only with a capital (May, March).
        lex: the language's words.
    """
    calendar = _calendar(lex.code)
    position = 0
    while anchor := calendar.anchor.search(text, position):
        position = anchor.end()
        for pattern in calendar.patterns:
            match = pattern.match(text, anchor.start())
            if match and _capital(match, printed, calendar):
                found = list(_read(match, calendar))
                yield from found
                position = max([position, *(dated.end for dated in found)])
                if found:
                    break


def _capital(match: re.Match[str], printed: str, calendar: _Calendar) -> bool:
    """A month or weekday that is also a word needs a capital, and some a preposition, to be one."""
    word = next((name for name in ("month", "weekday") if match.groupdict().get(name)), None)
    if match.groupdict().get("proper"):
        return printed[match.start()].isupper()
    if word is None:
        return True
    alone = match.end() <= match.end(word) + 1 and match.start() == match.start(word)
    upper, guarded = printed[match.start(word)].isupper(), calendar.guarded.match(match[word]) is not None
    if not calendar.lex.table.dates.capital and not (alone and upper and guarded):  # "el prefecto Julio Gil"
        return True
    if not upper:
        return not alone and not guarded
    guard = calendar.guards.search(match.string, max(0, match.start() - 12), match.start())
    return not alone or not guarded or guard is not None


def _dated(start: int, end: int, value: str | None) -> Reading:
    """A date; one of no such day is suspect."""
    return Reading(start, end, end, "date", value or "", suspect=value is None)


def _read(match: re.Match[str], calendar: _Calendar) -> Iterator[Reading]:
    groups = {name.rstrip("_"): value for name, value in match.groupdict().items() if value}
    if "s1" in groups or "s2" in groups:
        yield _dated(match.start(), match.end(), numeric(groups, month_first=calendar.lex.table.dates.order == "mdy"))
    elif "weekday" in groups:
        yield _dated(match.start(), match.end(), f"-W-{calendar.lex.weekdays[_key(groups['weekday'])]}")
    elif "hour" in groups:
        value = _clock(groups, calendar)
        if value is not None:
            yield _dated(match.start(), match.end(), value)
    elif "decade" in groups or "century" in groups:
        value = _era(groups, calendar)
        if value is not None:
            possible = value.startswith("XX") or int(value[:2]) <= _LAST_CENTURY
            yield _dated(match.start(), match.end(), value if possible else None)
    elif "quarter" in groups:
        yield from _quarter(match, groups, calendar)
    else:
        yield from _days(match, groups, calendar)


def _key(word: str) -> str:
    return " ".join(word.split())


def _number(word: str, calendar: _Calendar) -> int | None:
    """The value of digits, a number word of the calendar, Chinese or Roman numerals."""
    word = word.strip()
    if word.isdigit():
        return int(word)
    if word in calendar.numbers:
        return calendar.numbers[word]
    if set(word) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in word]
        return sum(-v if v < max([0, *values[i + 1 :]]) else v for i, v in enumerate(values))
    numeral = None if calendar.lex.spaced else read(word, calendar.lex)
    return int(numeral.value) if numeral is not None and numeral.end == len(word) else None


def _clock(groups: dict[str, str], calendar: _Calendar) -> str | None:
    hour, minute = _number(groups["hour"], calendar), _number(groups.get("minute", "0"), calendar)
    if hour is None or minute is None or hour > 24:
        return None
    if "half" in groups:
        minute = 30
    if "late" in groups and hour < 12:
        hour += 12
    if "early" in groups and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}"


def _era(groups: dict[str, str], calendar: _Calendar) -> str | None:
    century = _number(groups["century"], calendar) if "century" in groups else None
    decade = _number(groups["decade"], calendar) if "decade" in groups else None
    if decade is None:
        return None if century is None else f"{century - 1:02d}XX"
    if decade % 10 or decade > 2100:
        return None
    if decade >= 1000:  # the 1800s are a century, the 2000s mostly a decade
        return f"{decade // 100}XX" if decade % 100 == 0 and decade < 2000 else f"{decade // 10}X"
    head = "XX" if century is None else f"{century - 1:02d}"
    return f"{head}{decade // 10}X" if decade < 100 else None


def _quarter(match: re.Match[str], groups: dict[str, str], calendar: _Calendar) -> Iterator[Reading]:
    number = _number(groups["quarter"], calendar)
    if number is not None:
        year = _number(groups["year"], calendar) if "year" in groups else None
        yield _dated(match.start(), match.end(), f"{'-' if year is None else year}-Q{number}")


def _days(match: re.Match[str], groups: dict[str, str], calendar: _Calendar) -> Iterator[Reading]:
    """A year, a month, a day, or several days of one month."""
    year = _number(groups["year"], calendar) if "year" in groups else None
    month = None
    if "month" in groups:
        month = calendar.lex.months.get(_key(groups["month"])) or _number(groups["month"], calendar)
    if "odd" in groups:
        yield _dated(match.start(), match.end(), None)
        return
    if "end" in groups or "first" in groups:
        yield from _span(match, groups, calendar, year, month)
        return
    listed = list(_places(match, calendar)) if "days" in groups else []
    if not listed:
        day = _number(groups["day"], calendar) if "day" in groups else None
        yield _dated(match.start(), match.end(), iso(year, month, day))
    if any(_score(match.string[one[1] : two[0]], one[2], two[2]) for one, two in pairwise(listed)):
        return
    leads = "month" in groups and listed and match.start("month") < listed[0][0]
    for index, (start, end, day) in enumerate(listed):
        first = match.start() if index == 0 and (len(listed) == 1 or leads) else start
        last = match.end() if index == len(listed) - 1 else end
        yield _dated(first, last, None if day is None else iso(year, month, day))


def _span(
    match: re.Match[str], groups: dict[str, str], calendar: _Calendar, year: int | None, month: int | None
) -> Iterator[Reading]:
    """The two ends of a span that shares its century or its year: 2021-25, 1-8月."""
    if "first" in groups:
        first = _number(groups["first"], calendar)
        yield _dated(match.start(), max(match.end("first"), match.end("sign")), iso(year, first, None))
        yield _dated(match.start("month"), match.end(), iso(year, month, None))
    elif year is not None and int(groups["end"]) > year % 100:
        yield _dated(match.start(), match.end("year"), iso(year, None, None))
        yield _dated(match.start("end"), match.end(), iso(year - year % 100 + int(groups["end"]), None, None))


def _score(between: str, first: int | None, second: int | None) -> bool:
    """Tell whether two numbers before a month are no range of its days but goals: a 3-1 May win."""
    return between.strip() in {*_DASHES} and (first or 0) > (second or first or 0)


def _places(match: re.Match[str], calendar: _Calendar) -> Iterator[tuple[int, int, int | None]]:
    """The days in a list of days: start, end, number (None when its ordinal mark is wrong: 28nd)."""
    for found in calendar.day.finditer(match.string, *match.span("days")):
        rule = calendar.marks.get(found["mark"] or "")
        right = rule is None or rule.search(found["number"])
        yield found.start(), found.end(), int(found["number"]) if right else None
