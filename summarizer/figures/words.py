"""Numbers in languages that put spaces between words: digits, words, and both together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.numeral import Numeral
from summarizer.languages.figures import Homonym as Beside
from summarizer.languages.figures import SpacedFigures
from summarizer.languages.wordlist import any_of

__all__ = ["Word", "product", "vocabulary", "word_tokens"]

_WORD = re.compile(r"[^\W\d_]+'?")
_LONGEST_COMPOUND = 60
_CENT = 100
_LONGEST_PIECE = 17  # siebenundsechzig

_Wanted = Sequence[tuple[re.Pattern[str], bool]]
Role = Literal["digits", "cardinal", "magnitude", "ordinal", "part", "article"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word or run of digits that takes part in a number.

    Attributes:
        role: what it can do in a number.
        value: its value; of a part (half) the divisor.
        plural: it can be a divisor: fifths, quinti.
        alone: a magnitude that is a number by itself: *mille personnes*, and no *million personnes*.
    """

    start: int
    end: int
    role: Role
    value: Decimal
    plural: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Homonym:
    """When a number word is another word: "secondo" is second after an article, else "according to".

    Attributes:
        before: what is sought before the word, and whether it must stand there.
        after: the same behind it.
    """

    before: _Wanted
    after: _Wanted

    def counts(self, text: str, start: int, end: int) -> bool:
        """Tell whether the word ``text[start:end]`` is the number."""
        first = max(0, start - 16)
        if any(bool(pattern.search(text, first, start)) != wanted for pattern, wanted in self.before):
            return False
        return all(bool(pattern.match(text, end)) == wanted for pattern, wanted in self.after)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every number word of a language, what finds one, the pieces of compounds, and the measures that may end one."""

    words: Mapping[str, Word]
    word: re.Pattern[str]
    pieces: Mapping[str, Decimal]
    beginnings: frozenset[str]
    homonyms: Mapping[str, Homonym]
    measured: re.Pattern[str]


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the number words of a language, as its file and CLDR give them."""
    lex = lexicon(language)
    table, plurals = lex.words, lex.words.plural_endings
    words = {word: Word(0, 0, "article", Decimal(1)) for word in table.articles}
    words |= {word: Word(0, 0, "cardinal", whole + Decimal("0.5")) for word, whole in table.halves.items()}
    words |= {word: Word(0, 0, "cardinal", Decimal(value)) for word, value in _units_first(table).items()}
    roles: tuple[tuple[Mapping[str, int], Role], ...] = (
        (table.cardinals, "cardinal"),
        (table.ordinals, "ordinal"),
        (table.parts, "part"),
    )
    for numbers, role in roles:
        for word, value in numbers.items():
            plural = role == "ordinal" and word.endswith(plurals)
            words[word] = Word(0, 0, role, Decimal(value), plural)
            for ending in plurals[:1] if role != "cardinal" else ():
                words.setdefault(word + ending, Word(0, 0, role, Decimal(value), plural=True))
    words |= {word: Word(0, 0, "magnitude", factor) for word, factor in lex.magnitudes.items() if word not in words}
    both = table.cardinals.keys() & table.multipliers.keys()
    words |= {word: Word(0, 0, "magnitude", lex.magnitudes[word], alone=True) for word in both}
    pieces = {w: e.value for w, e in words.items() if e.role in {"cardinal", "magnitude"} and "'" not in w}
    if table.ordinal_suffixes:  # a compound loses a final vowel: vent-uno, ventun-esimo
        pieces |= {word[:-1]: value for word, value in pieces.items() if len(word) > 2 and word[-1] in "aeio"}
    beginnings = frozenset(piece[:2] for piece in pieces)
    homonyms = {word: _homonym(rule) for rule in table.homonyms.values() for word in rule.words}
    measured = re.compile(rf"{any_of(table.joined_measures)}$")
    return Vocabulary(words, _finder(words), pieces, beginnings, homonyms, measured)


def _finder(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a word, one of several words as a whole: ``quatre-vingt``, ``soixante et onze``."""
    joined = any_of(word for word in words if "-" in word or " " in word)
    return re.compile(rf"(?<![^\W\d_]){joined}(?![^\W\d_])|{_WORD.pattern}")


def _units_first(table: SpacedFigures) -> dict[str, int]:
    """Return the words that say the units before the tens: ``einundzwanzig``."""
    units = {word: value for word, value in table.cardinals.items() if 0 < value < 10}
    tens = {word: value for word, value in table.cardinals.items() if 20 <= value < 100 and value % 10 == 0}
    return {u + joint + t: units[u] + tens[t] for joint in table.units_before_tens for u in units for t in tens}


def _homonym(rule: Beside) -> Homonym:
    def beside(pattern: str, only: Sequence[str] | None, never: Sequence[str] | None) -> _Wanted:
        sides = ((only, True), (never, False))
        return [(re.compile(pattern.format(any_of(words))), wanted) for words, wanted in sides if words is not None]

    return Homonym(
        beside(r"(?<![^\W\d_]){}[^\S\n]*$", rule.only_after, rule.not_after),
        beside(r"(?:-|[^\S\n]+){}", rule.only_before, rule.not_before),
    )


def word_tokens(text: str, lex: Lexicon, numbers: Iterable[Numeral]) -> list[Word]:
    """Return the number words of a folded text together with `numbers`, its readable digits, in order."""
    vocab = vocabulary(lex.code)
    found = [Word(n.start, n.end, "digits", n.value) for n in numbers if not n.suspect]
    compounds = bool(lex.words.ordinal_suffixes)
    for match in vocab.word.finditer(text):
        word = match.group()
        entry = vocab.words.get(word) or vocab.words.get(word.rstrip("'"))
        if entry is None and compounds and len(word) > 4 and word[:2] in vocab.beginnings:
            word = _before_measure(word, vocab)
            entry = vocab.words.get(word) or _compound(lex.code, word.rstrip("'"))
        if (
            entry is not None
            and (rule := vocab.homonyms.get(word))
            and not rule.counts(text, match.start(), match.end())
        ):
            entry = None
        if (
            entry is not None
            and entry.alone
            and entry.value == _CENT
            and text[: match.start()].rstrip()[-1:].isdigit()
        ):
            entry = None  # "85 cents"
        if entry is not None:
            end = match.start() + len(word) if word in vocab.words else match.start() + len(word.rstrip("'"))
            end += text[end : end + 1] == "." and f"{word}." in vocab.words  # Mrd.
            found.append(replace(entry, start=match.start(), end=end))
    return sorted(found, key=lambda token: token.start)


def _before_measure(word: str, vocab: Vocabulary) -> str:
    """Return what a compound has before the measure that it ends in: ``vier`` of ``viertägig``."""
    found = vocab.measured.search(word)
    return word[: found.start()] if found else word


@lru_cache(maxsize=4096)
def _compound(language: str, word: str) -> Word | None:
    """Read a compound such as ``quattromilatrecentosei`` or ``ventunesimi``; None when it is none."""
    vocab, table = vocabulary(language), lexicon(language).words
    if len(word) > _LONGEST_COMPOUND:
        return None
    endings = (*table.ordinal_suffixes, *table.age_suffixes)
    suffix = next((suffix for suffix in endings if word.endswith(suffix)), "")
    values = _pieces(word.removesuffix(suffix), vocab.pieces)
    large = [value for value in values or () if value >= 1000]
    fit = large == sorted(set(large), reverse=True) and all(map(_follows, values or (), (values or [])[1:]))
    if not values or not fit:
        return None
    value = product(values)
    if suffix in table.ordinal_suffixes:
        return Word(0, 0, "ordinal", value, plural=suffix.endswith(table.plural_endings))
    return Word(0, 0, "cardinal", value)


def _pieces(word: str, pieces: Mapping[str, Decimal]) -> list[Decimal] | None:
    """Split a word into known pieces, the longest first; None when that cannot be done."""
    reached: dict[int, list[Decimal]] = {0: []}
    for position in range(len(word)):
        if position not in reached:
            continue
        for size in range(1, _LONGEST_PIECE + 1):
            piece = word[position : position + size]
            if len(piece) == size and piece in pieces:
                candidate = [*reached[position], pieces[piece]]
                kept = reached.get(position + size)
                if kept is None or len(candidate) < len(kept):
                    reached[position + size] = candidate
    return reached.get(len(word)) or None


def _follows(one: Decimal, other: Decimal) -> bool:
    """Tell whether a piece of a compound may stand behind another one: 4·1000 + 3·100 + 6."""
    if other >= 1000:
        return one < 1000
    if other == 100:
        return one < 10 or one > 100
    return one >= 100 or (one >= 20 and one % 10 == 0 and other < 10)


def product(run: Sequence[Decimal]) -> Decimal:
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
