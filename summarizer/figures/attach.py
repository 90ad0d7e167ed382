"""From a numeral to a figure: what currency, percent sign, measure or ordinal mark stands beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from summarizer.figures.figure import Kind
from summarizer.figures.lexicon import Lexicon, Money, lexicon
from summarizer.figures.measure import MEASURES
from summarizer.figures.numeral import Numeral
from summarizer.figures.phrases import past
from summarizer.languages.figures import SpacedFigures
from summarizer.languages.wordlist import any_of, either

__all__ = ["Reading", "attach"]

_GAP = re.compile(r"[^\S\n]{0,3}-?\n?")
_NOTHING = r"(?!)"
_PERCENT = {"%", "pp", "bp"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure on the way: what it counts, before the words around it are looked at.

    Attributes:
        start: first code point, prefix currency included.
        end: one past the last code point of the figure's text.
        reach: one past the unit word, where words of approximation may follow.
        value: of a date that is none "", of what else is suspect 0.
        numeral: what it was read from; None for dates and holes.
    """

    start: int
    end: int
    reach: int
    kind: Kind
    value: Decimal | str
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False
    suspect: bool = False
    numeral: Numeral | None = None
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class _Marks:
    """The small signs beside a number, one pattern each; what a language does not have matches nothing."""

    ordinal: re.Pattern[str]
    ranks: re.Pattern[str]
    rules: Mapping[str, str]
    suffixes: re.Pattern[str]
    tenths: re.Pattern[str]
    place: re.Pattern[str]
    more: re.Pattern[str]
    of: re.Pattern[str]
    part: re.Pattern[str]
    ranked: re.Pattern[str]
    adjective: re.Pattern[str]
    half: re.Pattern[str]
    percent: re.Pattern[str]


@cache
def _marks(language: str) -> _Marks:
    lex = lexicon(language)
    table = lex.table
    letters = either(sorted({*table.suffixes, *table.money_suffixes}, key=len, reverse=True))
    codes = either(
        word.upper() for word in lex.currencies.meanings if len(word) == 3 and word.isascii() and word.isalpha()
    )
    rules: dict[str, str] = {}
    places: Sequence[str] = ()
    of: Sequence[str] = ()
    adjectives: Sequence[str] = ()
    tenths = place = more = _NOTHING
    ranks = ""
    if isinstance(table, SpacedFigures):
        rules = {**table.ordinal_marks, **dict.fromkeys(table.ordinal_suffixes, "")}
        places = [word for word in table.ordinals if not word.endswith(table.plural_endings)]
        of, words, adjectives = table.of, table.ordinal_mark_after, table.adjectives
        ranks = rf"(?<!\w){any_of(words)}[^\S\n]$" if words else ""
    else:
        tenths = rf"[^\S\n]{{0,3}}(?:{table.tenths})(?:{table.tenths_more})?"
        place, more = table.ordinal_prefix, f"[{table.more}]|[个個]{any_of(table.half_after)}"
    return _Marks(
        re.compile(any_of(rules)),
        re.compile(ranks),
        rules,
        re.compile(rf" ?(?P<letters>{letters})(?:(?![^\W\d_])|(?=(?:{codes})(?!\w)))"),
        re.compile(tenths),
        re.compile(rf"(?:{place})[^\S\n]?$"),
        re.compile(more),
        re.compile(rf"[^\S\n]{{0,3}}(?:-|{any_of(table.of_money)}(?:[^\S\n]{{1,3}}|(?<=')))?"),
        re.compile(rf"[^\S\n]{{0,3}}(?:-|{any_of(of)}[^\S\n]{{0,3}})?"),
        re.compile(rf"[^\S\n]+{any_of(places)}"),  # three second prizes
        re.compile(rf"{any_of(adjectives)}[^\S\n]{{1,3}}"),
        re.compile(rf"[^\S\n]{{0,2}}{any_of(table.half_after)}"),
        re.compile(rf"(?<![\w ] ){any_of(table.percent_before)}\s$"),
    )


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
        reading = _Beside(text, printed, lex, _marks(lex.code), free, limit).read(numeral)
        free = reading.reach
        found.append(reading)
    return found


@dataclass(frozen=True, slots=True)
class _Beside:
    """The neighbourhood of one numeral: nothing before `free` or from `limit` on belongs to it."""

    text: str
    printed: str
    lex: Lexicon
    marks: _Marks
    free: int
    limit: int

    def read(self, numeral: Numeral) -> Reading:
        numeral = self.magnified(numeral)
        bare = Reading(
            numeral.start, numeral.end, numeral.end, "ordinal" if numeral.ordinal else "number", numeral.value,
            approximate=numeral.approximate, suspect=numeral.suspect, numeral=numeral,
        )  # fmt: skip
        return (
            self.ordinal(numeral, bare)
            or self.tenths(numeral, bare)
            or self.money(numeral, bare)
            or self.unit(numeral, bare)
            or self.prefixed_percent(numeral, bare)
            or bare
        )

    def magnified(self, numeral: Numeral) -> Numeral:
        """Take in a letter that magnifies: 10k, £2.8bn, US$ 3MM, 45 MUSD."""
        match = self.marks.suffixes.match(self.printed, numeral.end)
        if match is None:
            return numeral
        table, letters = self.lex.table, match["letters"]
        factor = table.suffixes.get(letters)
        if factor is None and (self.before(numeral) or self.lex.currencies.at(self.text, match.end())):
            factor = table.money_suffixes.get(letters)
        if factor is None:
            return numeral
        return replace(numeral, value=numeral.value * factor, end=match.end(), magnitude=Decimal(factor))

    def before(self, numeral: Numeral) -> tuple[int, Money] | None:
        found = self.lex.currencies.ending(self.text, numeral.start)
        if found is None or found[0] < self.free or not found[1].leads:
            return None
        return found if self.written(found[0], numeral.start, found[1], numeral) else None

    def after(self, numeral: Numeral, position: int) -> tuple[int, Money] | None:
        found = self.lex.currencies.at(self.text, position)
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
        return not money.common or numeral.value >= 1000

    def ordinal(self, numeral: Numeral, bare: Reading) -> Reading | None:
        place = self.marks.place.search(self.text, max(self.free, numeral.start - 3), numeral.start)
        if place:
            return replace(bare, start=place.start(), kind="ordinal")
        match = self.marks.ordinal.match(self.text, numeral.end)
        if match is None or numeral.spelled or numeral.magnitude > 1:
            return None
        if match.group() == "°" and self.lex.units.at(self.text, numeral.end):
            return None
        if not self.marks.ranks.search(self.text, max(0, numeral.start - 12), numeral.start):
            return None
        shown = self.text[numeral.start : numeral.end]
        wrong = re.search(self.marks.rules[match.group()], shown) is None
        return replace(bare, end=match.end(), reach=match.end(), kind="ordinal", suspect=wrong or numeral.suspect)

    def tenths(self, numeral: Numeral, bare: Reading) -> Reading | None:
        """成, 折 and 百分之: percentages in other clothes."""
        if numeral.percent:
            return replace(bare, kind="percent", unit="%")
        match = self.marks.tenths.match(self.text, numeral.end)
        if match is None:
            return None
        digits = {sign: value for signs, value in self.lex.signs.digits.items() for sign in signs}
        more = 5 if match["half"] else digits.get(match["more"], 0)  # 三成半, 两成三
        value = numeral.value * (1 if numeral.value > 10 else 10) + more
        return replace(bare, end=match.end(), reach=match.end(), kind="percent", value=value, unit="%")

    def money(self, numeral: Numeral, bare: Reading) -> Reading | None:
        position = self.beyond(numeral, self.marks.of)
        before, after = self.before(numeral), self.after(numeral, position)
        unit = self.lex.units.at(self.text, position)
        if unit and unit[1] in _PERCENT and not after:
            return None
        found = before or after
        if found is None:
            return None
        money = found[1]
        if before and after and before[1].currency != after[1].currency and self.lex.spaced:  # 新台币500元 is one sum
            after = None
        start, end = before[0] if before else numeral.start, after[0] if after else numeral.end
        value = numeral.value / money.per_unit
        return replace(
            bare, start=start, end=end, reach=end, kind="money", value=value, currency=money.currency, money=money
        )

    def beyond(self, numeral: Numeral, gap: re.Pattern[str]) -> int:
        """Return where the money or measure may stand: behind a gap, or a sign for some more (5700多米)."""
        return past(gap, self.text, past(self.marks.more, self.text, numeral.end))

    def prefixed_percent(self, numeral: Numeral, bare: Reading) -> Reading | None:
        """Percent before the number: per cent of twenty-two."""
        before = self.marks.percent.search(self.text, max(self.free, numeral.start - 20), numeral.start)
        return replace(bare, start=before.start(), kind="percent", unit="%") if before else None

    def described(self, position: int) -> tuple[int, tuple[int, str]] | None:
        """Return the start, end and symbol of a measure of time behind an adjective: nueve primeros meses.

        *3,800 last year* counts no years.
        """
        start = past(self.marks.adjective, self.text, position)
        found = self.lex.units.at(self.text, start) if start > position else None
        timed = (
            found
            and MEASURES.get(found[1], ("",))[0] == "time"
            and self.text[start : found[0]] not in self.lex.single
        )
        return (start, found) if found and timed else None

    def unit(self, numeral: Numeral, bare: Reading) -> Reading | None:
        share = numeral.spelled and 0 < numeral.value < 1
        gap = self.marks.part if share else self.marks.of if numeral.magnitude > 1 else _GAP
        position = self.beyond(numeral, gap)
        found = self.lex.units.at(self.text, position)
        ranked = self.marks.ranked.match(self.text, numeral.end)
        if found is None and (described := self.described(position)):
            (position, found), ranked = described, None
        if found is None or numeral.ordinal or ranked:
            return None
        end, (count, _, unit) = found[0], found[1].rpartition(" ")
        word = self.printed[position:end]
        if self.text[end : end + 1] == "'" or (len(word) == 1 and word.isupper() and word.isascii()):
            return None
        value = numeral.value
        if unit in _PERCENT:
            return replace(bare, end=end, reach=end, kind="percent", value=value * Decimal(count or 1), unit=unit)
        inner, half = (
            self.marks.half.match(self.text, max(position - 1, numeral.end)),
            self.marks.half.match(self.text, end),
        )
        stop = numeral.end
        if inner or half:
            value, end = value + Decimal("0.5"), half.end() if half else end
            stop = end if half else position
        return replace(bare, end=stop, reach=end, value=value * Decimal(count or 1), unit=unit)
