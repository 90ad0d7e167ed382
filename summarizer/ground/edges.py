"""Where a match may begin and end: never inside a word, a compound or a figure, nor past a negation."""

import re
from dataclasses import dataclass
from functools import cache

from summarizer import languages
from summarizer.ground.fold import QUOTE, Folded, is_han
from summarizer.languages.wordlist import any_of, either

__all__ = ["free_end", "free_start"]

_HYPHENS = "-‐‑"
#: What before a first digit belongs to the same figure: a digit and its separator, a minus, a currency sign.
_FIGURE_GOES_ON = re.compile(r"(?:\d[.,:/'’–—]|[-−‐‑]|[$€£¥￥]\s?)$")
_GROUP_BEFORE = re.compile(r"(?<!\d)\d{1,3}\s$")
_GROUP = re.compile(r"\d{3}(?!\d)")
#: What after a last digit belongs to the same figure.
_FIGURE_CONTINUES = re.compile(r"[.,:/'’]\d|[-–—−‐‑]\d|\s?[%‰％°℃]|\s\d{3}(?!\d)")
#: Italian and French drop a vowel before a vowel: ``l'Italia``, ``dell'8 giugno``; ``can't``, ``D'Angelo`` do not.
_ELIDED = re.compile(r"(?:[^\W\d_]*[a-zà-ÿ]|(?<!\w)L)['’ʼ]$")
_VOWELS = "aeiouhàèéìòùAEIOUHÀÈÉÌÒÙ"
_REACH = 40


@dataclass(frozen=True, slots=True)
class _Numerals:
    """The characters that write numbers, of all languages."""

    digits: frozenset[str]
    scale: frozenset[str]  # those that go on with a number
    before: tuple[str, ...]  # ends of what a number goes on from


def free_start(text: str, source: Folded, at: int) -> bool:
    """Tell whether a match may begin at offset `at` of the folded text."""
    if at == 0:
        return True
    start = source.starts[at]
    if source.starts[at - 1] == start:
        return False
    before = text[max(0, start - _REACH) : start]
    first = source.text[at]
    if first.isdecimal() and _figure_before(before, source.text[at : at + 4]):
        return False
    if first in _numerals().digits and (before[-1].isdecimal() or before.endswith(_numerals().before)):
        return False
    return not (_word(first) and _inside_word(source, at, before)) and not _negated(before, first)


def free_end(text: str, source: Folded, end: int) -> bool:
    """Tell whether a match may end at offset `end` of the folded text, which it does not include."""
    if end >= len(source.text):
        return True
    if source.starts[end] == source.starts[end - 1]:
        return False
    last, following = source.text[end - 1], source.text[end : end + 2]
    after = text[source.ends[end - 1] :][:_REACH]
    if last.isdecimal() and (_FIGURE_CONTINUES.match(after) or following[0] in _numerals().scale):
        return False
    if last in _numerals().digits and (following[0] in _numerals().scale or following[0].isdecimal()):
        return False
    if not _word(last):
        return True
    touches = source.starts[end] == source.ends[end - 1]  # a dash between spaces is none of a compound's
    joined = touches and (following[0] == QUOTE or text[source.starts[end]] in _HYPHENS)
    goes_on = _word(following[0]) or (joined and len(following) > 1 and _word(following[1]))
    return not goes_on and _negations_after().match(after) is None


def _word(char: str) -> bool:
    """Tell whether a character belongs to the word beside it; where a script has no capitals nothing shows that."""
    joined = char > "\u02ff" and char.isalpha() and char.lower() == char.upper()
    return char.isalnum() and not joined and not is_han(char)


def _figure_before(before: str, first: str) -> bool:
    return bool(_FIGURE_GOES_ON.search(before) or (_GROUP_BEFORE.search(before) and _GROUP.match(first)))


def _inside_word(source: Folded, at: int, before: str) -> bool:
    last = source.text[at - 1]
    if _word(last):
        return True
    if at < 2 or not _word(source.text[at - 2]):
        return False
    if last == QUOTE:
        elided = _ELIDED.search(before) and (source.text[at] in _VOWELS or source.text[at].isdecimal())
        return not elided and before[-1:] in "'’ʼ"
    return before[-1:] in _HYPHENS


def _negated(before: str, first: str) -> bool:
    """Tell whether a negation right before the match turns it round; ``No 5`` is a number, not a negation."""
    return not first.isdecimal() and _negations().search(before.rstrip()) is not None


@cache
def _numerals() -> _Numerals:
    every = (languages.get(code) for code in languages.available())
    tables = [own.han_speech().quotations for own in every if own.script == "han"]
    digits = frozenset(sign for table in tables for sign in table.numerals)
    before = (word for table in tables for word in table.before_numerals)
    return _Numerals(digits, frozenset(sign for table in tables for sign in table.magnitudes), (*digits, *before))


@cache
def _negations() -> re.Pattern[str]:
    """Return what matches a negation at a text's end, in any language."""
    tables = [languages.get(code).speech.quotations for code in languages.available()]
    words = [word for table in tables for word in table.negations]
    letters = any_of(word for word in words if not is_han(word[-1]))
    endings = (pattern for table in tables for pattern in table.negation_endings)
    others = either([any_of(word for word in words if is_han(word[-1])), *endings])
    return re.compile(rf"(?:(?<!\w){letters}|{others})$", re.IGNORECASE)


@cache
def _negations_after() -> re.Pattern[str]:
    """Return what matches a negation behind what it turns round, in any language: ``Wir kommen nicht``."""
    tables = [languages.get(code).speech.quotations for code in languages.available()]
    return re.compile(rf"\s+{any_of(word for table in tables for word in table.negations_after)}", re.IGNORECASE)
