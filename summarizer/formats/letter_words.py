"""Lines by which a mail's own parts are told from the article in it, in the words of each language.

The forms are those that programs for mail write (RFC 3676 for the signature's separator); their words are the tables
``[letter]`` of the languages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from summarizer import languages
from summarizer.languages.language import Letter
from summarizer.languages.wordlist import either

__all__ = [
    "Label",
    "bare_subject",
    "is_answer",
    "is_farewell",
    "is_forward",
    "is_from_a_device",
    "is_marker",
    "is_secrecy",
    "is_subscription",
    "label",
    "says_forwarded",
    "wrote",
]

_ORNAMENT = r"[\s*_=~>|-]*"
_NUMBER = r"(?:\s?[\[(]\d{1,3}[\])])?"
#: What programs write after "forwarded message" is a name or nothing; a longer line is a sentence.
_LONGEST_MARKER, _LONGEST_WROTE = 120, 400


@dataclass(frozen=True, slots=True)
class Label:
    """A line of a mail's header within a text: ``kind`` is sender, sent, recipients or subject."""

    kind: str
    value: str


def label(line: str) -> Label | None:
    """Return what a line of a header says (``Da: Mario Rossi``, ``*Sent:* Monday``), None when it is none."""
    found = _labels().match(line) if len(line) < 5000 else None
    return Label(str(found.lastgroup), found["value"].strip(" \t*_")) if found and found.lastgroup else None


def is_marker(line: str) -> bool:
    """Tell whether a line announces another mail: ``-----Original Message-----``, ``Inizio messaggio inoltrato:``."""
    return len(line) <= _LONGEST_MARKER and _markers().match(line) is not None


def says_forwarded(line: str) -> bool:
    """Tell whether a line that announces another mail says that it is forwarded."""
    return _forwarded().match(line) is not None


def wrote(text: str) -> bool:
    """Tell whether a line, or lines run together, says who wrote what is quoted below it."""
    return len(text) <= _LONGEST_WROTE and _wrote().fullmatch(text.strip(" \t>*")) is not None


def bare_subject(subject: str) -> str:
    """Return a subject without what programs put before it: ``R: I: Comunicato`` is *Comunicato*."""
    return _prefixes().sub("", subject.strip(), count=1).strip()


def is_answer(subject: str) -> bool:
    """Tell whether a subject says first of all that the mail answers another."""
    return _prefix("answer").match(subject.strip()) is not None


def is_forward(subject: str) -> bool:
    """Tell whether a subject says first of all that the mail forwards another."""
    return _prefix("forward").match(subject.strip()) is not None


def is_farewell(line: str) -> bool:
    """Tell whether a line takes leave and says nothing else."""
    return len(line) <= 80 and re.sub(r"[\W_]+", " ", line).strip().casefold() in _farewells()


def is_from_a_device(line: str) -> bool:
    """Tell whether a line is the one that a telephone adds to every mail."""
    return len(line) <= 120 and _devices().match(line) is not None


def is_secrecy(paragraph: str) -> bool:
    """Tell whether a paragraph speaks of the mail itself and of who may read it."""
    return _has("message", paragraph) and _has("secrecy", paragraph)


def is_subscription(paragraph: str) -> bool:
    """Tell whether a short paragraph speaks of a circular's subscription."""
    return len(paragraph) <= 600 and _has("subscription", paragraph)


def _words(of: Callable[[Letter], tuple[str, ...]]) -> list[str]:
    return sorted({word for code in languages.available() for word in of(languages.get(code).letter)}, key=len)[::-1]


def _any(words: list[str]) -> str:
    """Return a pattern of any of some words, whatever spaces stand in them."""
    return either(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@cache
def _labels() -> re.Pattern[str]:
    kinds: dict[str, Callable[[Letter], tuple[str, ...]]] = {
        "sender": lambda letter: letter.sender,
        "sent": lambda letter: letter.sent,
        "recipients": lambda letter: letter.recipients,
        "subject": lambda letter: letter.subject,
    }
    named = "|".join(f"(?P<{kind}>{_any(_words(of))})" for kind, of in kinds.items())
    # the value comes first in the pattern's own order, so that `lastgroup` is the label's
    return re.compile(rf"(?=[^:：]*[:：](?P<value>.*))[\s*_>]{{0,8}}(?:{named})[\s*_]{{0,8}}[:：]", re.IGNORECASE)


@cache
def _markers() -> re.Pattern[str]:
    words = _any(_words(lambda letter: letter.forwarded + letter.original))
    return re.compile(rf"{_ORNAMENT}(?:{words})(?:[^\w\n].{{0,70}})?\Z", re.IGNORECASE)


@cache
def _forwarded() -> re.Pattern[str]:
    return re.compile(_ORNAMENT + _any(_words(lambda letter: letter.forwarded)), re.IGNORECASE)


@cache
def _wrote() -> re.Pattern[str]:
    forms = [form for code in languages.available() for form in languages.get(code).letter.wrote]
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


@cache
def _prefix(kind: str) -> re.Pattern[str]:
    words = _words(lambda letter: letter.answer if kind == "answer" else letter.forward)
    return re.compile(rf"(?:{_any(words)}){_NUMBER}\s*[:：]", re.IGNORECASE)


@cache
def _prefixes() -> re.Pattern[str]:
    words = _any(_words(lambda letter: letter.answer + letter.forward))
    return re.compile(rf"(?:(?:{words}){_NUMBER}\s*[:：]\s*)+", re.IGNORECASE)


@cache
def _farewells() -> frozenset[str]:
    return frozenset(
        re.sub(r"[\W_]+", " ", word).strip().casefold() for word in _words(lambda letter: letter.farewells)
    )


@cache
def _devices() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_any(_words(lambda letter: letter.devices))})", re.IGNORECASE)


@cache
def _parts(kind: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _words(lambda letter: tuple(getattr(letter, kind))))


def _has(kind: str, text: str) -> bool:
    folded = " ".join(text.casefold().replace("’", "'").split())
    return any(part in folded for part in _parts(kind))
