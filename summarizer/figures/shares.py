"""Parts of a whole in words: a fifth, three eighths, half a million, un quarto."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import gcd

from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.words import Word, product
from summarizer.languages.wordlist import any_of

__all__ = ["LONGEST", "Shares", "Value", "links"]

#: Words in a number; more in a row are a list, and reading them all from every start would cost quadratic time.
LONGEST = 16

_GAP = re.compile(r"[^\S\n]{0,3}(?:-[^\S\n]{0,3})?\n?[^\S\n]{0,3}")
_FOLLOWING = re.compile(r"[^\S\n]+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value read from the tokens up to `stop`, and the last magnitude in it (1 for none)."""

    value: Decimal
    stop: int
    magnitude: Decimal = Decimal(1)
    ordinal: bool = False
    ratio: bool = False


@cache
def links(language: str) -> dict[str, re.Pattern[str]]:
    """Return the words that join the parts of a number, one pattern for each of the file's lists."""
    lex = lexicon(language)
    own = lex.words
    names = {"and": own.and_, "point": own.point, "of": own.of, "over": own.over, "out_of": own.out_of, "in": own.in_}
    names["tens_and"] = own.tens_and
    links = {name: re.compile(rf"\s{{1,3}}{any_of(words)}[\s-]{{1,3}}") for name, words in names.items()}
    links["periods"] = re.compile(rf"(?<!\w){any_of(own.periods_after)}\s$")
    links["between"] = re.compile(rf"(?<!\w){any_of(own.between)}\s$")
    links["part"] = re.compile(rf"\s{{1,3}}{any_of(own.parts_before)}")
    links["among"] = re.compile(rf"\s([^\W\d_]+)\s{any_of(own.among)}\s")
    links["halved"] = re.compile(rf"[^\S\n]{{1,2}}{any_of(own.half_after)}")
    return links | {"minus": re.compile(rf"(?<!\w){any_of(own.minus)}[^\S\n]{{1,2}}$")}


class Shares:
    """Reads fractions from the tokens of a text; every method takes the index of a token."""

    def __init__(self, text: str, tokens: Sequence[Word], lex: Lexicon) -> None:
        self.text, self.tokens, self.links = text, tokens, links(lex.code)
        self.units = lex.units
        self.endings = lex.words.divisor_endings
        self.counting = lex.words.ones
        self.articles = lex.words.articles
        self.before = lex.before

    def next(self, i: int, *roles: str) -> Word | None:
        """Token `i` when it has one of `roles` and stands right behind the token before it."""
        if 0 < i < len(self.tokens) and self.tokens[i].role in roles and self.touching(i):
            return self.tokens[i]
        return None

    def touching(self, i: int) -> bool:
        """Tell whether nothing but white space or a hyphen stands before token `i`."""
        before, here = self.tokens[i - 1].end, self.tokens[i].start
        return here - before <= 8 and _GAP.fullmatch(self.text, before, here) is not None

    def linked(self, name: str, i: int) -> bool:
        """Tell whether a linking word and nothing else stands between token `i` and the one before it."""
        if not 0 < i < len(self.tokens):
            return False
        before, here = self.tokens[i - 1].end, self.tokens[i].start
        return here - before <= 16 and self.links[name].fullmatch(self.text, before, here) is not None

    def fraction(self, i: int) -> Value | None:
        """A fraction in words: three fifths, a quarter, half (of) a million, two hundred forty-firsts."""
        token = self.tokens[i]
        if token.role == "part":
            return self.half(i)
        if token.role == "article":
            return self.share(i, Decimal(1), i + 1)
        if token.role not in {"cardinal", "magnitude"}:
            return None
        run, k = self.run(i)
        part = self.next(k, "part", "ordinal")
        if part is None:
            return None
        if len(run) > 1 and 20 <= run[-1] < 100 and part.value < 10 and part.plural:
            return Value(product(run[:-1]) / (run[-1] + part.value), k + 1, ratio=True)
        return self.share(i, product(run), k)

    def run(self, i: int) -> tuple[list[Decimal], int]:
        """The values of the number words from `i` on that no "and" interrupts."""
        values: list[Decimal] = []
        k = i
        while k < min(len(self.tokens), i + LONGEST) and (k == i or self.touching(k)):
            token = self.tokens[k]
            if token.role not in {"cardinal", "magnitude"}:
                break
            values.append(token.value)
            k += 1
        return values, k

    def half(self, i: int) -> Value | None:
        """A bare half counts before a magnitude only: half a million, mezzo milione."""
        reading = Value(1 / self.tokens[i].value, i + 1)
        magnified = self.magnified(reading)
        return magnified if magnified.stop > reading.stop else None

    def share(self, i: int, numerator: Decimal, k: int) -> Value | None:
        """`numerator` over the divisor at token `k`; a compound divisor (twenty-first) is read whole."""
        divisor, stop = self.divisor(i, k)
        if divisor is None or (divisor in {0, 1, 2} and self.tokens[stop - 1].role == "ordinal"):
            return None
        token = self.tokens[stop - 1]
        return Value(numerator / divisor, stop, ratio=True) if self.shares(i, token, numerator) else None

    def shares(self, i: int, token: Word, numerator: Decimal) -> bool:
        """Tell a part from a place in a row: a fifth of them, but a fifth person, una dodicesima volta."""
        if token.role == "part":
            periods = self.links["periods"].search(self.text, max(0, self.tokens[i].start - 14), self.tokens[i].start)
            proper = numerator < token.value and gcd(int(numerator), int(token.value)) == 1
            return token.value == 2 or (proper and periods is None)
        shown = self.text[token.start : token.end]
        if not shown.endswith(self.endings) or (not token.plural and numerator != 1):
            return False
        if token.plural or self.text[self.tokens[i].start : self.tokens[i].end] in self.counting:
            return True
        return not _FOLLOWING.match(self.text, token.end) or bool(self.links["part"].match(self.text, token.end))

    def divisor(self, i: int, k: int) -> tuple[Decimal | None, int]:
        """The divisor that begins at `k` and where it stops; a compound one belongs to an article only."""
        token = self.next(k, "part", "ordinal")
        if token is not None:
            return token.value, k + 1
        tens, unit = self.next(k, "cardinal", "magnitude"), None
        if tens is not None and self.tokens[i].role == "article":
            run, stop = self.run(k)
            unit = self.next(stop, "ordinal")
            if unit is not None and unit.value < 10 and run[-1] % 10 == 0 and run[-1] >= 20:
                return product(run) + unit.value, stop + 1
            if unit is not None and unit.plural and unit.value >= 100:
                return unit.value / product(run), stop + 1
        return None, k

    def magnified(self, reading: Value) -> Value:
        """A fraction of a magnitude: three quarters billion, two thirds of a million."""
        k = reading.stop
        linked = self.linked("of", k)
        if self.next(k, "article") or (linked and self.tokens[k].role == "article"):
            k, linked = k + 1, False
        if not self.next(k, "magnitude") and not (linked and self.tokens[k].role == "magnitude"):
            return reading
        factor = self.tokens[k].value
        return Value(reading.value * factor, k + 1, factor)
