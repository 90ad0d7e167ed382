"""How number words combine: ``three hundred and six``, ``4 milioni e mezzo``, ``one in five``."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from summarizer.figures.lexicon import Lexicon
from summarizer.figures.measure import converted
from summarizer.figures.numeral import Numeral
from summarizer.figures.phrases import past
from summarizer.figures.shares import LONGEST, Shares, Value
from summarizer.figures.words import Word, product

__all__ = ["spelled"]

_SPACES = re.compile(r"[^\S\n]*-?")
_DEEPEST = 2  # "and"s in a number
_LARGEST = 24  # powers of ten: beyond them Decimal divides no more to the unit
_MILLION = Decimal(1000000)


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
        thousands = len(run) == 1 and run[0].role == "cardinal" and value > 1000 and value % 1000 == 0  # seimila
        magnitude = Decimal(1000) if thousands else reading.magnitude
        yield Numeral(start, run[-1].end, value, ordinal=reading.ordinal, spelled=words, magnitude=magnitude)
        position = reading.stop


class _Reader(Shares):
    """Recursive descent over the tokens; every method takes the index of a token."""

    def sign(self, i: int, value: Decimal) -> tuple[int, Decimal]:
        start = self.tokens[i].start
        match = self.links["minus"].search(self.text, max(0, start - 16), start)
        match = None if self.before.ending(self.text, start) else match  # "au moins trois"
        return (match.start(), -value) if match and value > 0 else (start, value)

    def read(self, i: int) -> Value | None:
        """The longest number that begins with token `i`."""
        fraction = self.fraction(i)
        if fraction is not None:
            return self.magnified(fraction)
        whole = self.whole(i)
        if whole is None:
            return self.alone(i)
        return self.ordinal(i, whole) or self.mixed(whole) or self.ratio(whole) or self.decimals(whole) or whole

    def alone(self, i: int) -> Value | None:
        """An ordinal word by itself, or half and a magnitude."""
        token = self.tokens[i]
        if token.role == "ordinal" and not token.plural:
            unit = self.next(i + 1, "ordinal") if token.value in range(10, 100, 10) else None
            if unit is not None and unit.value < 10 and not unit.plural:  # trigésimo sexta
                return Value(token.value + unit.value, i + 2, ordinal=True)
            return Value(token.value, i + 1, ordinal=True)
        if token.role == "part" and token.value == 2:  # half an inch, mezz'ora: a measure must follow
            stop = i + 1 + (self.next(i + 1, "article") is not None)
            found = self.measured(self.tokens[stop - 1].end)
            period = stop == i + 1 and self.articles and found and (converted(Decimal(1), found[1], "hour") or 0) > 1
            if found and not period:  # half-year results
                return Value(1 / token.value, stop)
            about = self.before.ending(self.text, token.start)  # more than half
            return Value(1 / token.value, i + 1, ratio=True) if about else None
        found = self.measured(token.end) if token.role == "article" else None
        return Value(token.value, i + 1) if found and self.links["halved"].match(self.text, found[0]) else None

    def measured(self, position: int) -> tuple[int, str] | None:
        """Return the end and the symbol of the measure that follows."""
        return self.units.at(self.text, past(_SPACES, self.text, position))

    def whole(self, i: int, depth: int = 0) -> Value | None:
        """An integer in words, digits, or digits and magnitudes."""
        total, group, last, k = Decimal(0), None, Decimal("Infinity"), i
        while k < min(len(self.tokens), i + LONGEST) and (k == i or self.touching(k) or self.unit(k, group)):
            token = self.tokens[k]
            if token.role == "magnitude":
                step = self.magnitude(token.value, total, group, last) if k > i or self.doubled(k) else None
                if step is None or step[0].adjusted() > _LARGEST:
                    break
                total, group, last = step
            elif token.role in {"cardinal", "digits"} and self.addable(i, k, group, last):
                group = (group or Decimal(0)) + token.value
            elif not (k == i and token.role == "article" and self.next(k + 1, "magnitude")):
                break
            k += 1
        if k == i or (group is None and total == 0):
            return None
        reading = Value(total + (group or 0), k, last if last.is_finite() and group is None else Decimal(1))
        unit = last if last.is_finite() else Decimal(1)
        return reading if depth > _DEEPEST else self.joined(i, reading, unit, group, depth)

    def unit(self, k: int, group: Decimal | None) -> bool:
        """Tell whether token `k` is the unit that a word joins to the tens before it: treinta y uno."""
        tens = group is not None and group % 10 == 0 and group % 100 >= 20
        return tens and 0 < self.tokens[k].value < 10 and self.linked("tens_and", k)

    def doubled(self, k: int) -> bool:
        """A magnitude may begin a number when another follows: hundred thousand dollars; mille does alone."""
        return self.tokens[k].alone or (self.tokens[k].value >= 100 and self.next(k + 1, "magnitude") is not None)

    @staticmethod
    def magnitude(
        factor: Decimal, total: Decimal, group: Decimal | None, last: Decimal
    ) -> tuple[Decimal, Decimal | None, Decimal] | None:
        if group is None and total:
            return (total * factor, None, factor) if factor >= 1000 else None
        if factor == 100 and (group or 1) < 100:
            return total, (group or 1) * factor, last
        if factor >= last:
            return None
        return total + (1 if group is None else group) * factor, None, factor

    def addable(self, i: int, k: int, group: Decimal | None, last: Decimal) -> bool:
        """Tell whether the number word at `k` goes on with what was read from `i` on."""
        token, before = self.tokens[k], self.tokens[k - 1]
        if group is None:
            if k > i and token.value == 1 and self.text[token.start : token.end] not in self.counting:
                return self.next(k + 1, "magnitude") is not None  # 3 millones un año antes
            if k == i or token.role == "cardinal":
                return token.value < last
            return (
                self.next(k + 1, "magnitude") is not None and token.value < 1000 and self.tokens[k + 1].value < last
            )
        if token.role == "digits" or before.role == "digits":
            return False
        tens = group % 10 == 0 and group % 100 >= 20 and 0 < token.value < 10 and before.value >= 20
        return tens or (group >= 100 and group % 100 == 0 and token.value < 100 and before.value >= 100)

    def joined(self, i: int, whole: Value, last: Decimal, group: Decimal | None, depth: int) -> Value:
        """Go on over "and": two hundred and five, a million and three hundred."""
        k = whole.stop
        unit = last
        if group is not None and group % 100 == 0 and group > 0:
            unit = Decimal(1000) if group % 1000 == 0 else Decimal(100)
        if unit < 100 or (group is not None and group % 100) or not self.linked("and", k):
            return whole
        if self.tokens[k].role == "article" or self.fraction(k) is not None:
            return whole
        if group is not None and group % 1000:
            thousands = self.thousands(i, whole, group, depth)
            if thousands is not None:
                return thousands
        more = self.whole(k, depth + 1)
        if more is None or more.value >= unit:
            return whole
        magnified = more.magnitude > 1
        if unit > 1000 and not magnified and (self.tokens[k].role == "digits" or more.value < 100):
            return whole
        return Value(whole.value + more.value, more.stop, more.magnitude)

    def between(self, i: int) -> bool:
        """Tell whether the number at `i` is the first of two."""
        start = self.tokens[i].start
        return self.links["between"].search(self.text, max(0, start - 12), start) is not None

    def thousands(self, i: int, whole: Value, group: Decimal, depth: int) -> Value | None:
        """Two hundred and two thousand is one number, except between the two."""
        values, _ = self.run(whole.stop)
        small = next((n for n, value in enumerate(values) if value >= 100), None)
        if not small or values[small] < 1000 or self.between(i):
            return None
        magnitude, stop = values[small], whole.stop + small + 1
        value = whole.value - group + (group + product(values[:small])) * magnitude
        rest = self.whole(stop, depth + 1) if self.next(stop, "cardinal") or self.linked("and", stop) else None
        if rest is not None and rest.value < magnitude:
            return Value(value + rest.value, rest.stop, rest.magnitude)
        return Value(value, stop, magnitude)

    def ordinal(self, i: int, whole: Value) -> Value | None:
        """An ordinal that ends in an ordinal word: one hundred twenty-fifth, two hundredth."""
        token = self.next(whole.stop, "ordinal")
        if token is None or token.plural or any(t.role == "digits" for t in self.tokens[i : whole.stop]):
            return None
        if token.value >= 100:
            return Value(whole.value * token.value, whole.stop + 1, ordinal=True)
        tens = token.value < 10 and whole.value % 10 == 0 and whole.value % 100 >= 20
        hundreds = token.value < 100 and whole.value % 100 == 0
        return Value(whole.value + token.value, whole.stop + 1, ordinal=True) if tens or hundreds else None

    def mixed(self, whole: Value) -> Value | None:
        """A whole number and a fraction: five and a quarter, 3 million and a half."""
        k = whole.stop
        if not self.linked("and", k):
            return None
        token = self.tokens[k]
        part = self.fraction(k) or (Value(1 / token.value, k + 1) if token.role == "part" else None)
        if part is None:
            return None
        if part.magnitude > 1:
            larger = part.magnitude < whole.magnitude
            return Value(whole.value + part.value, part.stop, part.magnitude) if larger else None
        if part.value >= 1:  # two hundred and forty-two ninths: all of it is the numerator
            numerator = product(self.run(k)[0])
            return Value((whole.value + numerator) * part.value / numerator, part.stop) if numerator else None
        more = self.magnified(part)
        if more.stop > part.stop:
            value = more.value + whole.value * (more.magnitude if whole.magnitude == 1 else 1)
            return Value(value, more.stop, more.magnitude)
        factor = whole.magnitude if whole.magnitude >= _MILLION else Decimal(1)
        return Value(whole.value + part.value * factor, part.stop, factor)

    def ratio(self, whole: Value) -> Value | None:
        """One over twenty, two out of five; never more than one, and digits "over" digits are not one."""
        k = whole.stop
        out_of = self.linked("out_of", k) or self.among(k)
        if not out_of and not (whole.value == 1 and (self.linked("over", k) or self.linked("in", k))):
            return None
        under = self.whole(k)
        if under is None or under.value <= whole.value or (not out_of and under.value > 1000):
            return None
        return Value(whole.value / under.value, under.stop, ratio=True)

    def among(self, k: int) -> bool:
        """A noun may stand between: un bambino su cinque, three people out of ten."""
        if not 0 < k < len(self.tokens):
            return False
        before, here = self.tokens[k - 1].end, self.tokens[k].start
        match = self.links["among"].fullmatch(self.text, before, here) if here - before <= 32 else None
        noun = match is not None and self.units.at(self.text, match.start(1)) is None
        return noun and self.tokens[k].value <= 100

    def decimals(self, whole: Value) -> Value | None:
        """Decimals in words: five point five, nought point nought three, duecento virgola settantuno."""
        if not self.linked("point", whole.stop):
            return None
        values = list(takewhile(lambda value: value < 100, self.run(whole.stop)[0]))
        if not values:
            return None
        figures = "".join(map(str, values)) if max(values) < 10 else str(product(values))
        return self.magnified(Value(whole.value + Decimal(f"0.{figures}"), whole.stop + len(values)))
