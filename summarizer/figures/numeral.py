"""A number as it is read before anybody knows what it counts, and the reading of digits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Numeral", "apart", "custom", "digits", "read", "runs"]

#: More digits than any figure of this world has; longer runs are identifiers, and beyond Decimal's 28 digits.
_LONGEST = 24

_RUN = (
    r"(?=[-.\d])(?<!\d)(?<!\d[.,])(?P<sign>(?<![^\WBEFORE])(?<![)\]%.°-])-)?"
    r"(?P<body>\d{1,3}(?:[ ']\d{3}){1,12}(?![\d'])(?:[.,]\d+(?![\d.,]))?|\d+(?:[.,]\d+)*|(?<!\w)\.\d+)"
    r"(?P<power>\^[+-]{0,2}\d{1,3}(?![\d.])|e[+-]?\d{1,3}(?![\w.])|\s?[x×]\s?10\^[+-]?\d{1,3}(?![\d.]))?"
)
_FRACTION = re.compile(
    r"(?:(?P<whole>\d{1,6})[ ]{1,2})?(?P<over>\d{1,6})/(?P<under>[1-9]\d{0,5})(?![\d/.,-]{0,16}\d)"
)
#: Pairs with a leading nought that are neither hour, minute and second nor day, month and year: 25.00.00.
_UNTIMELY = re.compile(
    r"(?!(?:[01]\d|2[0-4])(?:\.[0-5]\d){2}|(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.)\d\d(?=.*\.0)(?:\.\d\d){2}"
)
_COMMA = re.compile(r"\d+,\d+")  # before a magnitude
#: A point that cannot part thousands is a decimal point even where the comma is the rule.
_POINT = re.compile(r"(?:0|\d+)\.\d+(?<!\.\d\d\d)|(?:0|\d{4,})\.\d{3}")
#: Numbers that show the decimal comma, and the decimal point.
_SHOWS_COMMA = re.compile(r"(?<![\d.,:])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d{1,2})(?![.,]?\d)")
_SHOWS_POINT = re.compile(r"(?<![\d.,:])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d)(?![.,:]?\d)")
_DAY_YEAR = re.compile(r"(?:[12]?\d|3[01]),(?:1[89]|20)\d\d")
_BEFORE_FRACTION = re.compile(r"(?:[\d/+^]|\d[.,])-?$|\w-$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text, before its unit, sign of percent or currency is looked at.

    Attributes:
        start: first code point.
        end: one past the last.
        value: 0 where it is suspect.
        ordinal: it says a place in a row.
        spelled: written in words, at least in part.
        approximate: the numeral itself says so (几十, 三百多).
        suspect: it cannot be right as printed, nor be read.
        magnitude: the last magnitude read (1000000 in ``3 million``), 1 when there is none.
        percent: it is a share of a hundred by its own words (百分之五, whose value is then 5).
    """

    start: int
    end: int
    value: Decimal
    ordinal: bool = False
    spelled: bool = False
    approximate: bool = False
    suspect: bool = False
    magnitude: Decimal = Decimal(1)
    percent: bool = False


def apart(numerals: Iterable[Numeral], taken: frozenset[int]) -> list[Numeral]:
    """Return the numerals of which no code point is taken by something else."""
    return [numeral for numeral in numerals if taken.isdisjoint(range(numeral.start, numeral.end))]


def runs(before_dash: str) -> re.Pattern[str]:
    """Return what matches a number in digits.

    Args:
        before_dash: the letters that a minus may touch; after any other one it is a hyphen.
    """
    return re.compile(_RUN.replace("BEFORE", before_dash))


def custom(text: str, scale: re.Pattern[str]) -> str:
    """Return the decimal sign of a text in a language of two customs, which its clear numbers show.

    A comma before one digit or two is a decimal sign, as is a point beside commas that part thousands; two
    digits behind a single point may be minutes. Three digits behind either sign are thousands, unless a
    magnitude or a sign of percent follows: 1.200, 1,200, but 1,200 million.
    """
    points = sum(
        scale.match(text, shown.end()) is None or "." in shown.group() for shown in _SHOWS_POINT.finditer(text)
    )
    return "." if points > sum(1 for _ in _SHOWS_COMMA.finditer(text)) else ","


def digits(text: str, run: re.Pattern[str], decimal: str, scale: re.Pattern[str]) -> Iterator[Numeral]:
    """Yield the numbers that `text` (folded) writes in digits, left to right.

    Args:
        text: folded text.
        run: matches a number in digits, see `runs`.
        decimal: the language's decimal sign, ``.`` or ``,``; the other one parts thousands. What is well
            formed by the other convention only is read so (``2.345,67`` in English); what is well formed by
            none is yielded as suspect, and enumerations (``12,15,19,23``) as their members.
        scale: matches a magnitude or sign of percent. In front of one a comma cannot part thousands, so
            ``3,5 million`` is three and a half, while ``10,5 square metres`` may have lost digits.
    """
    position = 0
    while match := run.search(text, position):
        fraction = _FRACTION.match(text, match.start("body"))
        if fraction and not _BEFORE_FRACTION.search(text, max(0, match.start("body") - 3), match.start("body")):
            yield _fraction(match, fraction)
            position = fraction.end()
            continue
        yield from _run(match, decimal, scaled=scale.match(text, match.end("body")) is not None)
        position = match.end()


def _fraction(match: re.Match[str], fraction: re.Match[str]) -> Numeral:
    value = Decimal(fraction["over"]) / Decimal(fraction["under"]) + Decimal(fraction["whole"] or 0)
    return Numeral(match.start(), fraction.end(), -value if match["sign"] else value)


def _run(match: re.Match[str], decimal: str, *, scaled: bool) -> Iterator[Numeral]:
    body, start, power = match["body"], match.start("body"), match["power"]
    if len(body) > _LONGEST:
        return
    value = read(body, decimal)
    if value is None and scaled and _COMMA.fullmatch(body):
        value = Decimal(body.replace(",", "."))
    if value is not None:
        value = _powered(value, power) if power else value
        end, huge = match.end() if power else match.end("body"), value.is_nan()
        yield Numeral(match.start(), end, Decimal(0) if huge else -value if match["sign"] else value, suspect=huge)
        return
    members = _members(body)
    if members is None:
        yield Numeral(match.start(), match.end(), Decimal(0), suspect=True)
        return
    for first, last in members:
        yield Numeral(start + first, start + last, Decimal(body[first:last]))


def _powered(value: Decimal, power: str) -> Decimal:
    """Return a value with its power of itself or of ten; no number beyond all figures."""
    sign = -1 if power.count("-") % 2 else 1
    exponent = sign * int(re.findall(r"\d+", power)[-1])
    try:
        value = value**exponent if power[0] == "^" else value * Decimal(10) ** exponent
    except ArithmeticError:  # an exponent beyond Decimal's range, or nothing to a negative power
        return Decimal("NaN")
    return value if value.adjusted() <= _LONGEST else Decimal("NaN")


def read(body: str, decimal: str) -> Decimal | None:
    """Return the value of digits with separators, None when they are not one well-formed number."""
    body = body.replace(" ", "").replace("'", "")
    group = "," if decimal == "." else "."
    if body.isdigit() or body.startswith("."):
        return Decimal(body)
    if body.count(decimal) > 1:  # two or more cannot be decimal signs: thousands in the other convention
        whole = None if group in body else _grouped(body, decimal)
        return None if whole is None else Decimal(whole)
    if group == "." and _POINT.fullmatch(body):
        return Decimal(body)
    for mark, part in ((decimal, group), (group, decimal)):
        whole, _, rest = body.partition(mark)
        foreign = mark == group
        if (foreign and part not in whole) or part in rest or mark in rest:
            continue
        grouped = _grouped(whole, part)
        if grouped is not None:
            return Decimal(f"{grouped}.{rest}")
    return None


def _grouped(whole: str, mark: str) -> str | None:
    if mark not in whole:
        return whole
    first, *rest = whole.split(mark)
    if first == "0" or len(first) > 3 or len(rest[-1]) != 3:
        return None
    sizes = {len(part) for part in rest[:-1]}  # of two in Indian English: 98,76,543
    return whole.replace(mark, "") if sizes <= {3} or (sizes == {2} and len(first) <= 2) else None


def _members(body: str) -> list[tuple[int, int]] | None:
    """The spans of an enumeration or of a dotted number such as an address, None for a garbled number."""
    spans = [match.span() for match in re.finditer(r"\d+", body)]
    values = [int(body[first:last]) for first, last in spans]
    dotted = "," not in body and len(spans) > 2 and not _UNTIMELY.fullmatch(body)
    pair = len(spans) == 2 and "," in body and max(values) < 100 and values[1] == values[0] + 1
    pair = pair or _DAY_YEAR.fullmatch(body) is not None
    listed = len(spans) > 2 and "." not in body and not all(last - first == 3 for first, last in spans[1:])
    rising = listed and values == sorted(set(values))
    return spans if dotted or pair or rising else None
