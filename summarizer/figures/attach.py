"""From a numeral to a figure: what currency, percent sign, measure or ordinal mark stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from summarizer.figures.figure import Kind
from summarizer.figures.lexicon import Lexicon, Money, lexicon
from summarizer.figures.numeral import Numeral
from summarizer.languages.figures import HanFigures, SpacedFigures
from summarizer.languages.wordlist import any_of, either

__all__ = ["Reading", "attach"]

_GAP = re.compile(r"[^\S\n]{0,3}-?\n?")
_CLOSED = re.compile(r"\s*(?:[.;?!)]|$)")
_PERCENT = {"%", "pp", "bp"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure on the way: what it counts, before the words around it are looked at.

    Attributes:
        start: first code point, prefix currency included.
        end: one past the last code point of the figure's text.
        reach: one past the unit word, where words of approximation may follow.
        numeral: what it was read from; None for dates.
    """

    start: int
    end: int
    reach: int
    kind: Kind
    value: Decimal | str | None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False
    suspect: bool = False
    numeral: Numeral | None = None
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class _Marks:
    """The small signs beside a number, one pattern each."""

    ordinal: re.Pattern[str]
    ranks: re.Pattern[str]
    rules: dict[str, re.Pattern[str]]
    suffixes: re.Pattern[str]
    tenths: re.Pattern[str]
    place: re.Pattern[str]
    more: re.Pattern[str]
    of: re.Pattern[str]
    part: re.Pattern[str]
    ranked: re.Pattern[str]
    half: re.Pattern[str]
    percent: re.Pattern[str]


@cache
def _marks(language: str) -> _Marks:
    lex = lexicon(language)
    table = lex.table
    spaced = table if isinstance(table, SpacedFigures) else None
    places = [w for w in spaced.ordinals if not w.endswith(spaced.plural_endings)] if spaced else []
    rules = _ordinal_marks(table)
    letters = sorted({*table.suffixes, *table.money_suffixes}, key=len, reverse=True)
    return _Marks(
        re.compile(any_of(rules)),
        _ranks(table),
        rules,
        re.compile(rf"(?P<gap>[ ]?)(?P<letters>{either(letters)})(?![^\W\d_])"),
        re.compile(_tenths(table) if isinstance(table, HanFigures) else r"(?!)"),
        re.compile(rf"(?:{table.ordinal_prefix if isinstance(table, HanFigures) else '(?!)'})[^\S\n]?$"),
        re.compile(f"[{table.more}]|[个個]{any_of(table.half_after)}" if isinstance(table, HanFigures) else "(?!)"),
        re.compile(rf"[^\S\n]{{0,3}}(?:-|{any_of(table.of_money)}(?:[^\S\n]{{1,3}}|(?<=')))?"),
        re.compile(rf"[^\S\n]{{0,3}}(?:-|{any_of(spaced.of if spaced else ())}[^\S\n]{{0,3}})?"),
        re.compile(rf"[^\S\n]+{any_of(places)}"),  # three second prizes
        re.compile(rf"[^\S\n]{{0,2}}{any_of(table.half_after)}"),
        re.compile(rf"(?<![\w ] ){any_of(table.percent_before)}\s$"),
    )


def _ordinal_marks(table: SpacedFigures | HanFigures) -> dict[str, re.Pattern[str]]:
    """Return the marks of an ordinal, with what the number before each must look like."""
    if not isinstance(table, SpacedFigures):
        return {}
    rules: dict[str, re.Pattern[str]] = {mark: re.compile(rule) for mark, rule in table.ordinal_marks.items()}
    return rules | dict.fromkeys(table.ordinal_suffixes, re.compile(""))


def _ranks(table: SpacedFigures | HanFigures) -> re.Pattern[str]:
    """Return what stands before an ordinal whose mark may also end a sentence: ``der 3. Platz``."""
    words = table.ordinal_mark_after if isinstance(table, SpacedFigures) else ()
    return re.compile(rf"(?<!\w){any_of(words)}[^\S\n]$" if words else "")


def _tenths(table: HanFigures) -> str:
    tenths = either(f"(?P<p{factor}>{pattern})" for factor, pattern in table.tenths.items())
    return rf"[^\S\n]{{0,3}}(?:{tenths})(?:{table.tenths_more})?"


def attach(text: str, printed: str, lex: Lexicon, numerals: Sequence[Numeral]) -> list[Reading]:
    """Return what each numeral counts, in order.

    Args:
        text: the folded text.
        printed: the text as printed; some letters magnify in one case only (M, not m).
        lex: the language's words.
        numerals: in order, none overlapping.
    """
    free = 0
    found: list[Reading] = []
    for index, numeral in enumerate(numerals):
        if numeral.start < free:
            continue
        limit = numerals[index + 1].start if index + 1 < len(numerals) else len(text)
        reading = _Beside(text, printed, lex, free, limit).read(numeral)
        free = reading.reach
        found.append(reading)
    return found


@dataclass(frozen=True, slots=True)
class _Beside:
    """The neighbourhood of one numeral: nothing before `free` or from `limit` on belongs to it."""

    text: str
    printed: str
    lex: Lexicon
    free: int
    limit: int

    def read(self, numeral: Numeral) -> Reading:
        marks = _marks(self.lex.code)
        numeral = self.magnified(numeral, marks)
        return (
            self.ordinal(numeral, marks)
            or self.tenths(numeral, marks)
            or self.money(numeral, marks)
            or self.unit(numeral, marks)
            or self.prefixed_percent(numeral, marks)
            or Reading(
                numeral.start, numeral.end, numeral.end, "ordinal" if numeral.ordinal else "number", numeral.value,
                approximate=numeral.approximate, suspect=numeral.suspect, numeral=numeral,
            )
        )  # fmt: skip

    def magnified(self, numeral: Numeral, marks: _Marks) -> Numeral:
        """Take in a letter that magnifies: 10k, £2.8bn, US$ 3MM, 45 MUSD."""
        match = marks.suffixes.match(self.printed, numeral.end)
        table = self.lex.table
        if match is None:
            return self.prefixed(numeral)
        letters = match["letters"]
        factor = table.suffixes.get(letters)
        if factor is None and (self.before(numeral) or self.lex.currencies.at(self.text, match.end())):
            factor = table.money_suffixes.get(letters)
        if factor is None or numeral.value is None or numeral.magnitude > 1:
            return numeral
        return replace(numeral, value=numeral.value * factor, end=match.end(), magnitude=Decimal(factor))

    def prefixed(self, numeral: Numeral) -> Numeral:
        """A capital M glued to a currency's code."""
        position = numeral.end + (self.printed[numeral.end : numeral.end + 1] == " ")
        code = self.printed[position + 1 : position + 4]
        if self.printed[position : position + 1] != "M" or not (code.isalpha() and code.isupper()):
            return numeral
        if code.lower() not in self.lex.currencies.meanings or numeral.value is None:
            return numeral
        return replace(numeral, value=numeral.value * 1000000, end=position + 1, magnitude=Decimal(1000000))

    def before(self, numeral: Numeral) -> tuple[int, Money] | None:
        found = self.lex.currencies.ending(self.text, numeral.start)
        if found is None or found[0] < self.free or not found[1].leads:
            return None
        return found if self.written(found[0], numeral.start, found[1], numeral) else None

    def after(self, numeral: Numeral, position: int) -> tuple[int, Money] | None:
        found = self.lex.currencies.at(self.text, position) if position <= self.limit else None
        if found is None or numeral.ordinal or not self.written(position, found[0], found[1], numeral):
            return None
        leads_next = found[1].leads and found[0] <= self.limit <= found[0] + 1 < len(self.text)
        return None if leads_next and not numeral.spelled and not self.text[found[0] - 1].isalpha() else found

    def written(self, start: int, end: int, money: Money, numeral: Numeral) -> bool:
        """Codes of currencies are capitals; words that are also other words need a large amount or (块) an end."""
        if money.code and not self.printed[start:end].strip().isupper():
            return False
        if money.common and not self.lex.spaced:
            return not self.text[end : end + 1].isalpha()
        return not money.common or (numeral.value is not None and numeral.value >= 1000)

    def ordinal(self, numeral: Numeral, marks: _Marks) -> Reading | None:
        place = marks.place.search(self.text, max(self.free, numeral.start - 3), numeral.start)
        if place:
            return Reading(place.start(), numeral.end, numeral.end, "ordinal", numeral.value, numeral=numeral)
        match = marks.ordinal.match(self.text, numeral.end)
        if match is None or numeral.spelled or (match.group() == "°" and self.lex.units.at(self.text, numeral.end)):
            return None
        if numeral.magnitude > 1 or not marks.ranks.search(self.text, max(0, numeral.start - 12), numeral.start):
            return None
        shown = self.text[numeral.start : numeral.end]
        right = (
            marks.rules[match.group()].search(shown) is not None and shown[-1].isdigit() and numeral.value is not None
        )
        return Reading(
            numeral.start, match.end(), match.end(), "ordinal", numeral.value if right else None,
            suspect=not right, numeral=numeral,
        )  # fmt: skip

    def tenths(self, numeral: Numeral, marks: _Marks) -> Reading | None:
        """成, 折 and 百分之: percentages in other clothes."""
        if numeral.percent:
            return Reading(
                numeral.start, numeral.end, numeral.end, "percent", numeral.value, unit="%", numeral=numeral
            )
        match = marks.tenths.match(self.text, numeral.end)
        if match is None or numeral.value is None:
            return None
        factor = next(Decimal(name[1:]) for name, found in match.groupdict().items() if found and name[1:].isdigit())
        value, end = numeral.value, match.end()
        if value >= 10 and factor == 10 and value != 10 and not numeral.magnitude > 1:
            factor = Decimal(1)
        value = value * factor + self.more(match)
        return Reading(
            numeral.start, end, end, "percent", value, unit="%", approximate=numeral.approximate, numeral=numeral
        )

    def more(self, match: re.Match[str]) -> int:
        """The percent beyond the tenths: 三成半, 两成三."""
        digits = {sign: value for signs, value in self.lex.signs.digits.items() for sign in signs}
        return 5 if match["half"] else digits.get(match["more"] or "", 0)

    def money(self, numeral: Numeral, marks: _Marks) -> Reading | None:
        before = self.before(numeral)
        position = self.beyond(numeral, marks.of, marks)
        after = self.after(numeral, position)
        if (
            after is None
            and before is not None
            and self.lex.units.at(self.text, position)
            and before[1].per_unit == 1
        ):
            unit = self.lex.units.at(self.text, position)
            before = None if unit and unit[1] in _PERCENT else before
        found = before or after
        if found is None:
            return None
        money = before[1] if before else after[1] if after else Money(None)
        if before and after and before[1].currency != after[1].currency and self.lex.spaced:  # 新台币500元 is one sum
            after = None
        start = before[0] if before else numeral.start
        end = after[0] if after else numeral.end
        value = None if numeral.value is None else numeral.value / money.per_unit
        return Reading(
            start, end, end, "money", value, currency=money.currency, approximate=numeral.approximate,
            suspect=numeral.suspect, numeral=numeral, money=money,
        )  # fmt: skip

    def beyond(self, numeral: Numeral, gap: re.Pattern[str], marks: _Marks) -> int:
        """Return where the money or measure may stand: behind a gap, or a sign for some more (5700多米)."""
        more = marks.more.match(self.text, numeral.end)
        match = gap.match(self.text, more.end() if more else numeral.end)
        return match.end() if match else numeral.end

    def prefixed_percent(self, numeral: Numeral, marks: _Marks) -> Reading | None:
        """Percent before the number, where nothing follows that could be a share of it: per cent of twenty-two."""
        before = marks.percent.search(self.text, max(self.free, numeral.start - 20), numeral.start)
        if before is None or not _CLOSED.match(self.text, numeral.end) or numeral.value is None:
            return None
        return Reading(before.start(), numeral.end, numeral.end, "percent", numeral.value, unit="%", numeral=numeral)

    def unit(self, numeral: Numeral, marks: _Marks) -> Reading | None:
        share = numeral.spelled and numeral.value is not None and 0 < numeral.value < 1
        gap = marks.part if share else marks.of if numeral.magnitude > 1 else _GAP
        position = self.beyond(numeral, gap, marks)
        found = self.lex.units.at(self.text, position)
        if found is None or numeral.ordinal or marks.ranked.match(self.text, numeral.end):
            return None
        end, (count, _, unit) = found[0], found[1].rpartition(" ")
        word = self.printed[position:end]
        if self.text[end : end + 1] == "'" or (len(word) == 1 and word.isupper() and word.isascii()):
            return None
        percent = unit in _PERCENT
        value, stop = numeral.value, end if percent else numeral.end
        inner, half = marks.half.match(self.text, max(position - 1, numeral.end)), marks.half.match(self.text, end)
        if (inner or half) and value is not None and not percent:
            value, end = value + Decimal("0.5"), half.end() if half else end
            stop = end if half else position
        value = value * Decimal(count) if count and value is not None else value
        return Reading(
            numeral.start, stop, end, "percent" if percent else "number", value, unit=unit,
            approximate=numeral.approximate, suspect=numeral.suspect, numeral=numeral,
        )  # fmt: skip
