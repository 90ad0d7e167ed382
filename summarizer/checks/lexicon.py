"""Offices, bodies and rates that a text names, and which of them stands in another's place."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import dropwhile, takewhile

from summarizer import languages
from summarizer.ground.text import Text
from summarizer.languages.wordlist import Entries, WordList

__all__ = ["DEPUTY", "is_body", "is_office", "offices", "rates", "replaced"]

#: A deputy word before a rank is none: an assistant professor, 副教授, is nobody's deputy.
_RANK = "professor"
#: What is named after an office and is none: an embassy (大使馆), a mayor's office (市长办公室).
_BODY = "(?![馆府署室]|办公)"

#: The words of a phrase; an article that loses its vowel is one with its mark: l'|azienda.
_WORD = re.compile(r"[^\W\d_]{1,2}['’](?=[^\W\d_]{2})|[^\W\d_]+(?:-[^\W\d_]+)*")

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


def is_body(phrase: str, code: str) -> bool:
    """Tell whether a phrase calls a body by its kind: *the council*, *la società*, *a bank of the valley*.

    Its noun stands last in what comes before a preposition, or, as the language has it, also in front.
    """
    language = languages.get(code)
    if language.general or language.script == "han":
        return False
    table = language.latin_speech()
    words = [word.replace("’", "'") for word in _WORD.findall(phrase.lower())]
    named = dropwhile(lambda word: word in table.names.determiners, words)
    core = list(takewhile(lambda word: word not in table.names.connectors, named))
    nouns = core if language.body_noun_first else core[-1:]
    return any(noun in table.bodies.bodies for noun in nouns)


def replaced(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str] | None:
    """Return a word that a text alone has and one that only its source has; None without both."""
    lost = [word for name, word in before.items() if name not in after and name != DEPUTY]
    gained = [word for name, word in after.items() if name not in before and name != DEPUTY]
    return (gained[0], lost[0]) if lost and gained else None


def _offices(text: Text) -> Mapping[str, str]:
    return _found(text, _of_rank(text.code).sub(" ", text.plain), _office_words(text.code))


def _rates(text: Text) -> Mapping[str, str]:
    return _found(text, text.plain, _rate_words(text.code))


def _found(text: Text, plain: str, entries: Entries[str]) -> Mapping[str, str]:
    matches = ((name, words.search(plain)) for name, words in entries.near(text.openings))
    return {name: m[0] for name, m in matches if m}


@cache
def _office_words(code: str) -> Entries[str]:
    entries = ((name, WordList.of(words)) for name, words in languages.get(code).offices.items())
    return Entries.of({name: replace(own, source=f"(?:{own.source}){_BODY}") for name, own in entries})


@cache
def _of_rank(code: str) -> re.Pattern[str]:
    """Return the pattern of a deputy word that belongs to a rank."""
    deputy, rank = (WordList.of(languages.get(code).offices.get(name, ())).source for name in (DEPUTY, _RANK))
    return re.compile(rf"(?:{deputy})\s?(?={rank})")


@cache
def _rate_words(code: str) -> Entries[str]:
    return Entries.of({name: WordList.of(words) for name, words in languages.get(code).rates.items()})
