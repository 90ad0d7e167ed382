"""Where a text has a phrase of a glossary, in whatever form: a pattern for the folded text.

Words of Latin scripts change by the rules of their language (`summarizer.languages.inflection`), Chinese ones do not.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from summarizer import languages
from summarizer.ground.fold import fold
from summarizer.languages.inflection import forms, inflection
from summarizer.languages.wordlist import either, in_han

__all__ = ["Manner", "folded", "function_word", "occurrences", "pattern"]

#: ``fixed``: as it stands. ``inflected``: in another number or gender. ``parted``: and with other words between its
#: own (*ministero cinese del Commercio*). ``free``: and as a verb or any other word of its family (*presidenza*).
Manner = Literal["fixed", "inflected", "parted", "free"]

#: A word and what stands before it.
_WORD = re.compile(r"([^\w]*)([^\W_]+)")
#: Dots between the parts of a foreign name in Chinese characters: each is printed for the others, or none.
_DOTS = "·•・‧."
#: Words of a term may stand so many further apart than they do in the glossary.
_BETWEEN = 2
#: Words are of one family that have so many letters of one of them, all but its last ones, and at most so many more.
_FAMILY, _LAST, _MORE = 5, 3, 6
#: A shorter word has no endings that rules could tell from its stem.
_LEAST = 3
#: Of no script without spaces; with case ignored the compiler would go through the 27,000 of them each time.
_LETTER = r"(?-i:[^\W_\u3400-\u9fff])"
#: A word is in no text that lacks its first letters: so many of a word of less than six letters, and of others.
_OPENING, _LONG_OPENING = 2, 3


def folded(text: str) -> str:
    """Return a text as phrases are sought in it: `summarizer.ground.fold`, on one line."""
    return " ".join(fold(text).text.split())


def occurrences(phrase: str, text: str, code: str, manner: Manner, *, name: bool = False) -> Iterator[re.Match[str]]:
    """Yield where a folded text has a phrase of the language `code`.

    Args:
        phrase: as the glossary has it.
        text: folded.
        code: primary subtag of its language.
        manner: in which forms.
        name: leave out where something else is meant: a common noun for a name, part of a longer word.
    """
    small = _small(text)
    if not all(opening in small for opening in _openings(phrase, code, manner)):
        return  # most phrases of a glossary: their patterns are never made
    for found in pattern(phrase, code, manner).finditer(text):
        if not name or _meant(found, phrase, code):
            yield found


def _meant(found: re.Match[str], phrase: str, code: str) -> bool:
    """Tell whether a text means a phrase: not a common noun for a name, nor part of a longer word.

    Longer words are *re-election* and, of a body with its head, 商务部长.
    """
    text, start, end = found.string, found.start(), found.end()
    if in_han(phrase):
        return text[end - 1 : end + 1] not in _offices(code)
    joined = start > 1 and text[start - 1] == "-" and text[start - 2].isalpha()
    return not joined and (found[0][:1].isupper() or not phrase[:1].isupper())


@lru_cache(maxsize=64)
def _small(text: str) -> str:
    return text.casefold()


@lru_cache(maxsize=32_768)
def _openings(phrase: str, code: str, manner: Manner) -> tuple[str, ...]:
    """Return the first letters of the words of a phrase, in small letters, that each of its forms has."""
    plain = folded(phrase)
    if in_han(plain):
        return (plain[0].casefold(),)
    return tuple(_opening(word.casefold(), manner) for _, word in _told(plain, code, manner)[0])


def _opening(word: str, manner: Manner) -> str:
    if manner == "fixed":
        return word
    return word[: _LONG_OPENING if len(word) > _FAMILY else _OPENING]


@cache
def _offices(code: str) -> frozenset[str]:
    words = languages.get(code).offices.values() if code in languages.available() else ()
    return frozenset(word for own in words for word in own)


@lru_cache(maxsize=32_768)
def pattern(phrase: str, code: str, manner: Manner) -> re.Pattern[str]:
    """Return the pattern of a phrase in a folded text."""
    plain = folded(phrase)
    body = _han(plain) if in_han(plain) else _latin(plain, code, manner)
    return re.compile(body, re.IGNORECASE)


def function_word(word: str, code: str) -> bool:
    """Tell whether a word only joins others, as far as the language has such words."""
    return code in languages.available() and word.lower() in languages.get(code).words.never_last


def _han(phrase: str) -> str:
    """Return the pattern of characters that stand without spaces; Latin letters at its ends are whole words."""
    body = r"\s?".join(rf"[{_DOTS}]?" if char in _DOTS else re.escape(char) for char in phrase if not char.isspace())
    return f"{_edge(phrase[0], '<!')}{body}{_edge(phrase[-1], '!')}"


def _edge(char: str, look: str) -> str:
    return "" if in_han(char) or not char.isalnum() else f"(?{look}{_LETTER})"


def _latin(phrase: str, code: str, manner: Manner) -> str:
    told, passed, verb = _told(phrase, code, manner)
    if not told:
        return re.escape(phrase) or "(?!)"
    parts = list[str]()
    for (before, word), skipped in zip(told, passed, strict=True):
        parts += [_gap(before, skipped, manner)] if parts else []
        parts.append(_word(word, code, manner, verb=verb, first=len(parts) == 0))
    end = re.escape(phrase[-1]) + "?" if not phrase[-1].isalnum() else ""
    return f"(?<!{_LETTER}){''.join(parts)}(?!{_LETTER}){end}"


def _told(phrase: str, code: str, manner: Manner) -> tuple[list[tuple[str, str]], list[int], bool]:
    """Return the words of a phrase that have to stand in a text, each with what stands before it.

    Returns:
        The words; how many that only join them were passed before each; whether the phrase is a verb.
    """
    infinitive = inflection(code).infinitive
    verb = bool(infinitive) and phrase.lower().startswith(infinitive) and manner != "fixed"
    words = _WORD.findall(phrase[len(infinitive) :] if verb else phrase)
    at = [i for i, (_, word) in enumerate(words) if manner == "fixed" or not function_word(word, code)]
    at = at or list(range(len(words)))
    return [words[i] for i in at], [i - last - 1 for last, i in zip([-1, *at], at, strict=False)], verb


def _gap(before: str, passed: int, manner: Manner) -> str:
    """Return the pattern of what stands between two words that have `passed` others between them."""
    if manner == "fixed":
        return r"[\s'-]+" if before.strip(" '-") == "" else re.escape(before)
    most = passed + (_BETWEEN if manner in ("parted", "free") else 0)
    return rf"[\s'\-./&]+(?:{_LETTER}+[\s'\-/&]+){{0,{most}}}"


def _word(word: str, code: str, manner: Manner, *, verb: bool, first: bool) -> str:
    """Return the pattern of one word; an acronym keeps its capitals, or its first (*Pmi*), and may end in *s*."""
    if len(word) > 1 and word.isupper():
        ends = "" if manner == "fixed" else either(_added(code))
        return f"(?-i:{word}{f'|{word.capitalize()}' if len(word) > 2 else ''})(?:{ends})?"
    if manner == "fixed" or len(word) < _LEAST or not word.isalpha():
        return re.escape(word)
    kinds = ["nouns", *(["agreeing"] if manner != "inflected" or not first else [])]
    kinds += ["verbs"] if manner == "free" or (verb and first) else []
    family = [_family(word.lower())] if manner == "free" and len(word) > _FAMILY else []
    return f"(?:{either((*family, *map(re.escape, forms(word.lower(), code, tuple(kinds)))))})"


def _family(word: str) -> str:
    return rf"{re.escape(word[: max(_FAMILY, len(word) - _LAST)])}{_LETTER}{{0,{_MORE}}}"


def _added(code: str) -> list[str]:
    """Return what a noun gets behind its last letter in another number."""
    return [end for row in inflection(code).nouns if "" in row for end in row if end]
