"""How number words combine: ``two hundred and fifty-four hundredths``, ``3 milioni e mezzo``, ``one in words``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.numeral import Numeral
from summarizer.figures.words import Word

__all__ = ["spelled"]

_GAP = re.compile(r"[^\S\n]{0,3}(?:-[^\S\n]{0,3})?\n?[^\S\n]{0,3}")
_SPACES = re.compile(r"[^\S\n]+")
_FOLLOWING = re.compile(r"[^\S\n]+[^\W\d_]")
_LONGEST, _DEEPEST = 16, 2  # words in a number, "and"s in it: more are a list, and would cost quadratic time
_MILLION = Decimal(1000000)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A value read from the tokens up to `stop`, and the last magnitude in it (1 for none)."""

    value: Decimal
    stop: int
    magnitude: Decimal = Decimal(1)
    ordinal: bool = False
    ratio: bool = False


def spelled(text: str, lex: Lexicon, tokens: Sequence[Word]) -> Iterator[Numeral]:
    """Yield the numbers that `tokens` (words and digits of the folded `text`, in order) make up."""
    reader = _Reader(text, tokens, lex)
    position = 0
    while position < len(tokens):
        reading = reader.read(position)
        if reading is None:
            position += 1
            continue
        start, value = reader.sign(position, reading.value)
        run = tokens[position : reading.stop]
        words = any(token.role not in {"digits", "magnitude"} for token in run)
        yield Numeral(start, run[-1].end, value, ordinal=reading.ordinal, spelled=words, magnitude=reading.magnitude)
        position = reading.stop


@cache
def _links(language: str) -> dict[str, re.Pattern[str]]:
    lex = lexicon(language)
    names = ("and", "point", "of", "over", "out_of", "in")
    links = {name: re.compile(rf"\s{{1,3}}{lex.pattern(name)}[\s-]{{1,3}}") for name in names}
    links["periods"] = re.compile(rf"(?<!\w){lex.pattern('periods_after')}\s$")
    links["part"] = re.compile(rf"\s{{1,3}}{lex.pattern('parts_before')}")
    links["among"] = re.compile(rf"\s([^\W\d_]+)\s{lex.pattern('among')}\s")
    return links | {"minus": re.compile(rf"(?<!\w){lex.pattern('minus')}[^\S\n]{{1,2}}$")}


class _Reader:
    """Recursive descent over the tokens; every method takes the index of a token."""

    def __init__(self, text: str, tokens: Sequence[Word], lex: Lexicon) -> None:
        self.text, self.tokens, self.links = text, tokens, _links(lex.code)
        self.money = lex.currencies
        self.units = lex.units
        self.endings = tuple(lex.table["divisor_endings"])
        self.counting = {word for word, value in lex.table["cardinals"].items() if value == 1 and word == "one"}

    def sign(self, i: int, value: Decimal) -> tuple[int, Decimal]:
        start = self.tokens[i].start
        match = self.links["minus"].search(self.text, max(0, start - 16), start)
        return (match.start(), -value) if match and value > 0 else (start, value)

    def read(self, i: int) -> _Reading | None:
        """The longest number that begins with token `i`."""
        fraction = self.fraction(i)
        if fraction is not None:
            return self.magnified(fraction)
        whole = self.whole(i)
        if whole is None:
            return self.alone(i)
        return self.ordinal(i, whole) or self.mixed(whole) or self.ratio(whole) or self.decimals(whole) or whole

    def alone(self, i: int) -> _Reading | None:
        """An ordinal word by itself, or half and a magnitude."""
        token = self.tokens[i]
        if token.role == "ordinal" and not token.plural:
            return _Reading(token.value, i + 1, ordinal=True)
        following = self.next(i + 1, "article")
        if token.role == "part" and following is not None:  # half an inch: a measure must follow
            end = _SPACES.match(self.text, following.end)
            if end is not None and self.units.at(self.text, end.end()) is not None:
                return _Reading(1 / token.value, i + 2)
        return None

    def next(self, i: int, *roles: str) -> Word | None:
        """Token `i` when it has one of `roles` and stands right behind the token before it."""
        if 0 < i < len(self.tokens) and self.tokens[i].role in roles and self.touching(i):
            return self.tokens[i]
        return None

    def touching(self, i: int) -> bool:
        before, here = self.tokens[i - 1].end, self.tokens[i].start
        return here - before <= 8 and _GAP.fullmatch(self.text, before, here) is not None

    def linked(self, name: str, i: int) -> bool:
        """Tell whether a linking word and nothing else stands between token `i` and the one before it."""
        if not 0 < i < len(self.tokens):
            return False
        before, here = self.tokens[i - 1].end, self.tokens[i].start
        return here - before <= 16 and self.links[name].fullmatch(self.text, before, here) is not None

    def whole(self, i: int, depth: int = 0) -> _Reading | None:
        """An integer in words, digits, or digits and magnitudes."""
        total, group, last, k = Decimal(0), None, Decimal("Infinity"), i
        while k < min(len(self.tokens), i + _LONGEST) and (k == i or self.touching(k)):
            token = self.tokens[k]
            if token.role == "magnitude":
                step = self.magnitude(token.value, total, group, last) if k > i or self.doubled(k) else None
                if step is None:
                    break
                total, group, last = step
            elif token.role in {"cardinal", "digits"} and self.addable(i, k, group, last):
                group = (group or Decimal(0)) + token.value
            elif not (k == i and token.role == "article" and self.next(k + 1, "magnitude")):
                break
            k += 1
        if k == i or (group is None and total == 0):
            return None
        reading = _Reading(total + (group or 0), k, last if last.is_finite() and group is None else Decimal(1))
        return (
            reading
            if depth > _DEEPEST
            else self.joined(reading, last if last.is_finite() else Decimal(1), group, depth)
        )

    def doubled(self, k: int) -> bool:
        """A magnitude may begin a number when another follows: hundred thousand dollars."""
        return self.tokens[k].value >= 100 and self.next(k + 1, "magnitude") is not None

    @staticmethod
    def magnitude(
        factor: Decimal, total: Decimal, group: Decimal | None, last: Decimal
    ) -> tuple[Decimal, Decimal | None, Decimal] | None:
        if factor == 100 and group is not None and group < 100:
            return total, group * 100, last
        if group is None and total:
            return (total * factor, None, factor) if factor >= 1000 else None
        if factor == 100 and group is None:
            return total, Decimal(100), last
        if factor >= last:
            return None
        return total + (1 if group is None else group) * factor, None, factor

    def addable(self, i: int, k: int, group: Decimal | None, last: Decimal) -> bool:
        """Tell whether the number word at `k` goes on with what was read from `i` on."""
        token, before = self.tokens[k], self.tokens[k - 1]
        if group is None:
            if k == i or token.role == "cardinal":
                return token.value < last
            return (
                self.next(k + 1, "magnitude") is not None and token.value < 1000 and self.tokens[k + 1].value < last
            )
        if token.role == "digits" or before.role == "digits":
            return False
        tens = group % 10 == 0 and group % 100 >= 20 and 0 < token.value < 10 and before.value >= 20
        return tens or (group >= 100 and group % 100 == 0 and token.value < 100 and before.value >= 100)

    def joined(self, whole: _Reading, last: Decimal, group: Decimal | None, depth: int) -> _Reading:
        """Go on over "and": two hundred and five, a million and three hundred."""
        k = whole.stop
        unit = last
        if group is not None and group % 100 == 0 and group > 0:
            unit = Decimal(1000) if group % 1000 == 0 else Decimal(100)
        if unit < 100 or (group is not None and group % 100) or not self.linked("and", k):
            return whole
        if self.tokens[k].role == "article" or self.fraction(k) is not None:
            return whole
        more = self.whole(k, depth + 1)
        if more is None or more.value >= unit:
            return whole
        magnified = more.magnitude > 1
        if unit > 1000 and not magnified and (self.tokens[k].role == "digits" or more.value < 100):
            return whole
        return _Reading(whole.value + more.value, more.stop, more.magnitude)

    def ordinal(self, i: int, whole: _Reading) -> _Reading | None:
        """An ordinal that ends in an ordinal word: one hundred twenty-fifth, two hundredth."""
        token = self.next(whole.stop, "ordinal")
        before = self.tokens[whole.stop - 1]
        if (
            token is None
            or token.plural
            or before.role == "digits"
            or any(t.role == "digits" for t in self.tokens[i : whole.stop])
        ):
            return None
        if token.value >= 100 and whole.value != 1:
            return _Reading(whole.value * token.value, whole.stop + 1, ordinal=True)
        tens = token.value < 10 and whole.value % 10 == 0 and whole.value % 100 >= 20
        hundreds = token.value < 100 and whole.value % 100 == 0
        return _Reading(whole.value + token.value, whole.stop + 1, ordinal=True) if tens or hundreds else None

    def fraction(self, i: int) -> _Reading | None:
        """A fraction in words: three fifths, a quarter, half (of) a million, one hundred thirty-fifths."""
        token = self.tokens[i]
        if token.role == "part":
            return self.half(i)
        if token.role == "article":
            return self.share(i, Decimal(1), i + 1)
        if token.role not in {"cardinal", "magnitude"}:
            return None
        run, k = self.run(i)
        part = self.next(k, "part", "ordinal")
        if not run or part is None:
            return None
        if (
            len(run) > 1
            and 20 <= run[-1] < 100
            and run[-1] % 10 == 0
            and part.value < 10
            and part.plural
            and part.role == "ordinal"
        ):
            return _Reading(_product(run[:-1]) / (run[-1] + part.value), k + 1, ratio=True)
        return self.share(i, _product(run), k)

    def run(self, i: int) -> tuple[list[Decimal], int]:
        """The values of the number words from `i` on that no "and" interrupts."""
        values: list[Decimal] = []
        k = i
        while k < min(len(self.tokens), i + _LONGEST) and (k == i or self.touching(k)):
            token = self.tokens[k]
            if token.role not in {"cardinal", "magnitude"}:
                break
            values.append(token.value)
            k += 1
        return values, k

    def half(self, i: int) -> _Reading | None:
        """A bare half counts before a magnitude only: half a million, mezzo milione."""
        reading = _Reading(1 / self.tokens[i].value, i + 1)
        magnified = self.magnified(reading)
        return magnified if magnified.stop > reading.stop else None

    def share(self, i: int, numerator: Decimal, k: int) -> _Reading | None:
        """`numerator` over the divisor at token `k`; a compound divisor (twenty-first) is read whole."""
        divisor, stop = self.divisor(i, k)
        if divisor is None or (divisor in {0, 1, 2} and self.tokens[stop - 1].role == "ordinal"):
            return None
        token = self.tokens[stop - 1]
        if not self.shares(i, token, stop, numerator):
            return None
        if self.money.at(self.text, token.start) is not None:
            return None
        return _Reading(numerator / divisor, stop, ratio=True)

    def shares(self, i: int, token: Word, stop: int, numerator: Decimal) -> bool:
        """Tell a part from a place in a row: a fifth of them, but a fifth person, una dodicesima volta."""
        if token.role == "part":
            periods = self.links["periods"].search(self.text, max(0, self.tokens[i].start - 14), self.tokens[i].start)
            return token.value == 2 or (numerator in {1, 3} and periods is None)
        shown = self.text[token.start : token.end]
        if not shown.endswith(self.endings) or (not token.plural and numerator != 1):
            return False
        if token.plural or self.text[self.tokens[i].start : self.tokens[i].end] in self.counting:
            return True
        if _FOLLOWING.match(self.text, token.end) is None or self.next(stop, "magnitude") is not None:
            return True
        return self.links["part"].match(self.text, token.end) is not None

    def divisor(self, i: int, k: int) -> tuple[Decimal | None, int]:
        token = self.next(k, "part", "ordinal")
        if token is not None:
            return token.value, k + 1
        tens, unit = self.next(k, "cardinal", "magnitude"), None
        if tens is not None and self.tokens[i].role == "article":
            run, stop = self.run(k)
            unit = self.next(stop, "ordinal")
            if unit is not None and unit.value < 10 and run[-1] % 10 == 0 and run[-1] >= 20:
                return _product(run) + unit.value, stop + 1
            if unit is not None and unit.plural and unit.value >= 100:
                return unit.value / _product(run), stop + 1
        return None, k

    def magnified(self, reading: _Reading) -> _Reading:
        """A fraction of a magnitude: three quarters billion, two thirds of a million."""
        k = reading.stop
        if k < len(self.tokens) and self.tokens[k].role == "article" and self.touching(k):
            k += 1
        elif self.linked("of", k):
            k += self.tokens[k].role == "article"
        elif not self.touching(k) if k < len(self.tokens) else True:
            return reading
        if k < len(self.tokens) and self.tokens[k].role == "magnitude" and (k == reading.stop or self.touching(k)):
            factor = self.tokens[k].value
            return _Reading(reading.value * factor, k + 1, factor)
        return reading

    def mixed(self, whole: _Reading) -> _Reading | None:
        """A whole number and a fraction: five and a quarter, 3 million and a half."""
        k = whole.stop
        if not self.linked("and", k):
            return None
        token = self.tokens[k]
        part = self.fraction(k) or (_Reading(1 / token.value, k + 1) if token.role == "part" else None)
        if part is None:
            return None
        if part.magnitude > 1:
            larger = part.magnitude < whole.magnitude
            return _Reading(whole.value + part.value, part.stop, part.magnitude) if larger else None
        if part.value >= 1:  # one hundred and thirty-two fifths: all of it is the numerator
            numerator = _product(self.run(k)[0])
            return _Reading((whole.value + numerator) * part.value / numerator, part.stop) if numerator else None
        more = self.magnified(part)
        if more.stop > part.stop:
            value = more.value + whole.value * (more.magnitude if whole.magnitude == 1 else 1)
            return _Reading(value, more.stop, more.magnitude)
        factor = whole.magnitude if whole.magnitude >= _MILLION else Decimal(1)
        return _Reading(whole.value + part.value * factor, part.stop, factor)

    def ratio(self, whole: _Reading) -> _Reading | None:
        """One over twenty, two out of five; never more than one, and digits "over" digits are not one."""
        k = whole.stop
        out_of = self.linked("out_of", k) or self.among(k)
        if not out_of and not (whole.value == 1 and (self.linked("over", k) or self.linked("in", k))):
            return None
        under = self.whole(k)
        if under is None or under.value <= whole.value or (not out_of and under.value > 1000):
            return None
        return _Reading(whole.value / under.value, under.stop, ratio=True)

    def among(self, k: int) -> bool:
        """A noun may stand between: un bambino su cinque, three people out of ten."""
        if not 0 < k < len(self.tokens):
            return False
        before, here = self.tokens[k - 1].end, self.tokens[k].start
        match = self.links["among"].fullmatch(self.text, before, here) if here - before <= 32 else None
        if match is None or self.tokens[k].value > 100:
            return False
        return self.units.at(self.text, match.start(1)) is None and self.money.at(self.text, match.start(1)) is None

    def decimals(self, whole: _Reading) -> _Reading | None:
        """Decimals in words: five point five, nought point nought three, duecento virgola settantuno."""
        if not self.linked("point", whole.stop) or whole.magnitude > 1:
            return None
        figures, k = "", whole.stop
        while k < len(self.tokens) and self.tokens[k].role == "cardinal" and (k == whole.stop or self.touching(k)):
            value = self.tokens[k].value
            tens = len(figures) == 2 and figures[1] == "0" and value < 10 and self.tokens[k - 1].value >= 20
            if figures and (value >= 10 or len(figures) > 1) and not tens and self.tokens[k - 1].value >= 10:
                break
            figures = f"{figures[0]}{value}" if tens else f"{figures}{value}"
            k += 1
        if not figures:
            return None
        return self.magnified(_Reading(whole.value + Decimal(f"0.{figures}"), k))


def _product(run: Sequence[Decimal]) -> Decimal:
    """The value of number words in a row: hundred thousand, fifty four, one million two thousand two hundred."""
    total, group = Decimal(0), Decimal(0)
    for value in run:
        if value == 100:
            group = (group or Decimal(1)) * 100
        elif value >= 1000:
            total, group = (total + group * value if group else (total or Decimal(1)) * value), Decimal(0)
        else:
            group += value
    return total + group
