"""Chinese numerals, alone and mixed with digits: 三百二十六万, 3亿2万5千7百, 三分之一, 八千点五."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from math import prod

from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.measure import MEASURES
from summarizer.figures.numeral import Numeral
from summarizer.figures.phrases import past
from summarizer.languages.wordlist import any_of, either

__all__ = ["guessed", "han", "masked", "read"]

_SPACE = re.compile(r"[^\S\n]{0,3}")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Signs:
    """The characters that write numbers, by what they do."""

    digits: Mapping[str, int]
    places: Mapping[str, int]
    start: re.Pattern[str]
    masks: re.Pattern[str]
    links: Mapping[str, re.Pattern[str]]
    counted: re.Pattern[str]
    named: re.Pattern[str]
    tenths: re.Pattern[str]
    guessed: re.Pattern[str]
    half: re.Pattern[str]


@cache
def _signs(language: str) -> _Signs:
    lex = lexicon(language)
    table = lex.signs
    digits = {c: value for key, value in table.digits.items() for c in key}
    places = {c: value for key, value in table.places.items() for c in key}
    between = {"point": table.point, "parts": table.parts, "with": table.with_}
    links = {name: re.compile(rf"[^\S\n]{{0,3}}(?:{words})[^\S\n]{{0,3}}") for name, words in between.items()}
    numerals = "".join([*digits, *places])
    firsts = "".join({word[0] for word in table.masks} | set(table.more + table.guesses_begin) | {*digits, *places})
    about = _about(digits, places, table.point)
    minus = re.compile(rf"(?<![\d{table.no_minus_after}]){any_of(table.minus)}[^\S\n]{{0,3}}")
    return _Signs(
        digits,
        places,
        re.compile(f"[{''.join(digits)}{''.join(places)}\\d.-]"),
        re.compile(
            f"(?=[{firsts}])(?:(?<![{numerals}])(?<!{table.point}){any_of(table.masks)}|{table.guesses}|{about})"
        ),
        links | {"minus": minus, "minus before": re.compile(rf"{minus.pattern}$")},
        re.compile(rf"[^\S\n]?(?:{any_of(table.classifiers)})"),
        re.compile(rf"{any_of(table.copulas)}[^\S\n]?$"),
        re.compile(rf"[^\S\n]{{0,2}}(?:{table.tenths})"),
        re.compile(
            rf"(?=[{numerals}])(?<![\d{numerals}])(?P<pair>[{''.join(digits)}]{{2}})?(?P<places>[{''.join(places)}]*)"
        ),
        re.compile(f"[个個]{any_of(table.half_after)}"),
    )


def _halves(text: str, lex: Lexicon) -> Iterator[Numeral]:
    """半英寸, 半小时: half of a measure that follows at once."""
    for match in re.finditer(lex.signs.half, text):
        found = lex.units.at(text, match.end())
        if found is not None and found[1] in MEASURES and found[1] != "day":  # 半天 is mostly "for a long while"
            yield Numeral(match.start(), match.end(), Decimal("0.5"), spelled=True)


def _roughly(text: str, lex: Lexicon) -> Iterator[Numeral]:
    """半数以上, 五六千元: a half that is about one, and a guess before money or a measure: its first number."""
    signs = _signs(lex.code)
    for match in re.finditer(lex.signs.halves, text):
        if lex.before.ending(text, match.start()) or lex.after.at(text, match.end()):
            yield Numeral(match.start(), match.end(), Decimal("0.5"), spelled=True)
    for match, low, high in _guesses(text, signs):
        follows = lex.currencies.at(text, match.end()) or lex.units.at(text, match.end())
        if follows and match["places"] and high and not text.startswith("年代", match.end()):
            yield Numeral(*match.span(), low, spelled=True, approximate=True)


def _guesses(text: str, signs: _Signs) -> Iterator[tuple[re.Match[str], Decimal, Decimal]]:
    """Yield two neighbours with their places, or places alone; the lower number, and the upper or 0."""
    for match in signs.guessed.finditer(text):
        one, two = (signs.digits[c] for c in match["pair"] or "一二")
        if two == one + 1:
            whole = prod(signs.places[c] for c in match["places"])
            yield match, Decimal(one * whole), Decimal(two * whole if match["pair"] else 0)


def _about(digits: Mapping[str, int], places: Mapping[str, int], point: str) -> str:
    """Two neighbours are a guess, not a number: 二三十, 七八个."""
    every = "".join(digits)
    pairs = either(f"{a}{b}" for a, x in digits.items() for b, y in digits.items() if y == x + 1 > 1)
    return f"(?<![{every}{''.join(places)}])(?<!{point})(?:{pairs})(?![{every}])[{''.join(places)}]*"


def masked(text: str, lex: Lexicon) -> str:
    """Return a folded text with the words in which a numeral counts nothing blanked out."""
    return _signs(lex.code).masks.sub(lambda match: "\0" * len(match.group()), text)


def guessed(text: str, lex: Lexicon) -> frozenset[Decimal]:
    """Return what a folded text gives roughly: 500 and 600 of 五六百, 10 of 十几, 100 of 百户."""
    found = _guesses(text, _signs(lex.code))
    return frozenset(value for match, low, high in found if match.group() for value in (low, high or low))


def han(text: str, lex: Lexicon, numbers: Sequence[Numeral], taken: Mapping[int, int]) -> Iterator[Numeral]:
    """Yield the numbers of a folded Chinese text, halves of measures first, then left to right.

    Args:
        text: folded text.
        lex: the language's words.
        numbers: what `text` writes in digits, in order; they take part in mixed forms.
        taken: start → end of the spans that are dates.
    """
    yield from _roughly(text, lex)
    signs, text = _signs(lex.code), masked(text, lex)
    yield from _halves(text, lex)
    reader = _Reader(text, lex, {number.start: number for number in numbers})
    position = 0
    while match := signs.start.search(text, position):
        if match.start() in taken:
            position = taken[match.start()]
            continue
        numeral = reader.read(match.start())
        if numeral is None:
            position = match.end()
            continue
        position = max(numeral.end, position + 1)
        if reader.meant(numeral):
            yield reader.signed(numeral)


def read(text: str, lex: Lexicon) -> Numeral | None:
    """Return the number that a folded text begins with; digits in a row are those of a year or a day."""
    digits = _signs(lex.code).digits
    if digits.keys() >= set(text):
        return Numeral(0, len(text), Decimal("".join(str(digits[c]) for c in text)), spelled=True)
    return _Reader(text, lex, {}).read(0)


@dataclass(slots=True)
class _Sum:
    """A number on the way: what is done, the part below the last big magnitude, the digit not yet placed."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    digit: Decimal | None = None
    big: Decimal = Decimal("Infinity")
    place: int = 10000
    unit: int = 0
    zero: bool = False
    arabic: bool = False
    run: str = ""
    approximate: bool = False

    @property
    def value(self) -> Decimal:
        tail = Decimal(0) if self.digit is None else self.digit
        if self.unit >= 100 and not self.zero and not self.arabic:
            tail *= Decimal(self.unit) / 10  # 三千六百七 is 3670, 八十一万三 is 813000
        return self.total + self.section + tail

    def put_place(self, factor: int) -> bool:
        if factor >= self.place or (self.digit is None and self.unit not in {0} and factor != 10):
            return False
        self.section += (1 if self.digit is None else self.digit) * factor
        self.digit, self.place, self.unit, self.zero, self.arabic = None, factor, factor, False, False
        return True

    def put_big(self, factor: int, *, divisor: bool = False) -> bool:
        amount = self.section + (self.digit or 0)
        if amount == 0 and self.total == 0:
            self.total, self.big, self.unit = Decimal(divisor * factor), Decimal(factor), factor
            return divisor
        if amount == 0:
            self.total *= factor
        elif factor < self.big:
            self.total += amount * factor
        else:
            self.total = (self.total + amount) * factor
        self.section, self.digit, self.place, self.unit = Decimal(0), None, 10000, factor
        self.big, self.zero, self.arabic = Decimal(factor), False, False
        return True


class _Reader:
    def __init__(self, text: str, lex: Lexicon, numbers: Mapping[int, Numeral]) -> None:
        self.text, self.lex, self.signs, self.numbers = text, lex, _signs(lex.code), numbers

    def meant(self, numeral: Numeral) -> bool:
        """Tell a numeral from a character of a word: a lone one needs something to count or an edge."""
        found = self.text[numeral.start : numeral.end]
        if len(found) > 1 or found.isdigit() or found in self.signs.places:
            return len(found) > 1 or found not in self.lex.signs.plain
        before, after = self.text[numeral.start - 1 : numeral.start], self.text[numeral.end : numeral.end + 1]
        if self.signs.links["minus"].fullmatch(before):
            return found not in self.lex.signs.plain or not after.isalpha()
        if self.measured(numeral.end) or self.signs.tenths.match(self.text, numeral.end):
            return True
        if found in self.lex.signs.plain:
            return not (before.isalpha() or after.isalpha())
        if self.signs.counted.match(self.text, numeral.end) or not (before.isalpha() or after.isalpha()):
            return True
        return self.signs.named.search(self.text, max(0, numeral.start - 4), numeral.start) is not None

    def measured(self, position: int) -> bool:
        """Tell whether money or a measure follows, be it behind a half (一个半小时)."""
        position = past(self.signs.half, self.text, position)
        return (
            self.lex.currencies.at(self.text, position) is not None
            or self.lex.units.at(self.text, position) is not None
        )

    def signed(self, numeral: Numeral) -> Numeral:
        match = self.signs.links["minus before"].search(self.text, max(0, numeral.start - 6), numeral.start)
        if match is None:
            return numeral
        return replace(numeral, start=match.start(), value=-numeral.value)

    def read(self, start: int) -> Numeral | None:
        """Read the longest number that begins at `start`."""
        whole = self.number(start)
        if whole is None:
            return None
        return self.fraction(whole) or self.mixed(whole) or whole

    def link(self, name: str, position: int) -> int | None:
        match = self.signs.links[name].match(self.text, position)
        return match.end() if match else None

    def fraction(self, under: Numeral) -> Numeral | None:
        """三分之一: the divisor comes first."""
        position = self.link("parts", under.end)
        if position is None or not under.value:
            return None
        minus = self.link("minus", position)
        over = self.number(minus or position)
        if over is None:
            return None
        percent = self.signs.places.get(self.text[under.start], 10) > 10
        value = over.value * (-1 if minus else 1) * (100 if percent else 1) / under.value
        return replace(under, end=over.end, value=value, spelled=True, magnitude=Decimal(1), percent=percent)

    def mixed(self, whole: Numeral) -> Numeral | None:
        """十二又十五分之二: a whole and a fraction."""
        position = self.link("with", whole.end)
        under = None if position is None else self.number(position)
        part = None if under is None else self.fraction(under)
        if part is None:
            return None
        return replace(whole, end=part.end, value=whole.value + part.value, spelled=True)

    def number(self, start: int) -> Numeral | None:
        """A whole number or decimal in characters, digits, or both."""
        state, position, end = _Sum(), start, start
        while position - start < _LONGEST:
            after = self.step(state, position)
            if after is None:
                break
            end = after
            position = past(_SPACE, self.text, end)
        if end == start:
            return None
        spelled = not self.text[start:end].replace(",", "").replace(".", "").lstrip("-").isdigit()
        magnitude = Decimal(state.unit) if state.unit >= 10000 and state.digit is None else Decimal(1)
        if state.digit is None and (first := self.numbers.get(start)) and first.value:
            magnitude = state.value / first.value
        if len(state.run) == 2 and state.run.isdigit() and not self.signs.tenths.match(self.text, end):
            return None  # two digits in a row are neither a number nor a year: 唯一一位
        value = Decimal(state.run) if len(state.run) > 1 and state.run.isdigit() else state.value
        plain = Numeral(start, end, value, spelled=spelled, approximate=state.approximate, magnitude=magnitude)
        return self.decimals(plain)

    def decimals(self, whole: Numeral) -> Numeral:
        position = self.link("point", whole.end)
        if position is None:
            return whole
        figures, end = "", position
        while (c := self.text[end : end + 1]) and c in self.signs.digits and c not in self.lex.signs.counting:
            figures += str(self.signs.digits[c])
            end += 1
        if not figures or len(figures) > _LONGEST:
            return whole
        value, unit = whole.value + Decimal(f"0.{figures}"), Decimal(1)
        while (factor := self.signs.places.get(self.text[end : end + 1], 0)) >= 10000:
            value, unit, end = value * factor, Decimal(factor), end + 1
        return replace(whole, end=end, value=value, spelled=True, magnitude=unit)

    def step(self, state: _Sum, position: int) -> int | None:
        """Take one more sign into `state`; return where it ends, None when it does not belong."""
        character = self.text[position : position + 1]
        if position in self.numbers:
            return self.arabic(state, self.numbers[position])
        if character in self.signs.digits:
            return self.digit(state, character, position)
        if character in self.signs.places:
            factor = self.signs.places[character]
            if state.run and len(state.run) > 1:
                return None
            share = factor >= 10000 and not state.value and self.link("parts", position + 1) is not None  # 万分之三
            taken = state.put_big(factor, divisor=share) if factor >= 10000 else state.put_place(factor)
            state.run = "" if taken else state.run
            return position + 1 if taken else None
        if character and character in self.lex.signs.more and self.magnified(position + 1):
            state.approximate = True
            return position + 1
        return None

    def magnified(self, position: int) -> bool:
        position = past(_SPACE, self.text, position)
        return self.signs.places.get(self.text[position : position + 1], 0) >= 10000

    def digit(self, state: _Sum, character: str, position: int) -> int | None:
        value = self.signs.digits[character]
        if state.digit is not None or state.run:
            if not state.run.isdigit():
                return None
            state.run += str(value)
            return position + 1
        if value == 0 and state.unit:
            state.zero = True
            return position + 1
        state.digit, state.run, state.arabic = Decimal(value), "" if state.unit else str(value), False
        return position + 1

    def arabic(self, state: _Sum, number: Numeral) -> int | None:
        if number.suspect or state.digit is not None or (state.unit and not 0 <= number.value < state.unit):
            return None
        state.digit, state.arabic, state.run = number.value, True, "" if state.unit else "#"
        return number.end
