"""Offices and rates that a text names, and which of them stands in another's place."""

from collections.abc import Mapping
from functools import cache

from summarizer import languages
from summarizer.ground.text import Text
from summarizer.languages.wordlist import Entries, WordList

__all__ = ["DEPUTY", "is_office", "offices", "rates", "replaced"]

#: The entry of the offices that is none by itself: *vice*, 副.
DEPUTY = "deputy"


def offices(text: Text) -> Mapping[str, str]:
    """Return the offices that a text names: the key of the table → the first word for it, in small letters."""
    return text.once(_offices)


def rates(text: Text) -> Mapping[str, str]:
    """Return what figures of a text are given for (*a month*, *per head*), as `offices` does."""
    return text.once(_rates)


def is_office(word: str, code: str) -> bool:
    """Tell whether a word, in letters of either case, is one of a language's for an office."""
    return any(words.fullmatch(word.lower()) for words in _office_words(code).words.values())


def replaced(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str] | None:
    """Return a word that a text alone has and one that only its source has; None without both."""
    lost = [word for name, word in before.items() if name not in after and name != DEPUTY]
    gained = [word for name, word in after.items() if name not in before and name != DEPUTY]
    return (gained[0], lost[0]) if lost and gained else None


def _offices(text: Text) -> Mapping[str, str]:
    return _found(text, _office_words(text.code))


def _rates(text: Text) -> Mapping[str, str]:
    return _found(text, _rate_words(text.code))


def _found(text: Text, entries: Entries[str]) -> Mapping[str, str]:
    matches = ((name, words.search(text.plain)) for name, words in entries.near(text.openings))
    return {name: m[0] for name, m in matches if m}


@cache
def _office_words(code: str) -> Entries[str]:
    return Entries.of({name: WordList.of(words) for name, words in languages.get(code).offices.items()})


@cache
def _rate_words(code: str) -> Entries[str]:
    return Entries.of({name: WordList.of(words) for name, words in languages.get(code).rates.items()})
