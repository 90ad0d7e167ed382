"""Names that the article does not have, that a translation loses, or that belong to another line."""

import re
from collections.abc import Iterator

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import is_office
from summarizer.checks.places import same_country, unheard
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["added", "exchanged", "missing", "strange"]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: A line with so many words in small letters is no headline in title case, however many names it has.
_SENTENCE_WORDS = 4
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][a-zA-Zà-þ]+")
#: A full name right behind an office; its first word may belong to the office.
_RUN = re.compile(r"[A-ZÀ-Þ][\w’-]{0,60}[a-zà-ÿ](?: [A-ZÀ-Þ][\w’-]{0,60}[a-zà-ÿ])+")
#: Two capitalised words or more; that the article has them in this form tells a name from a title.
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]{0,60}[a-zà-ÿ](?: [A-ZÀ-Þ][\w'’-]{0,60}[a-zà-ÿ])+")
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][a-zà-ÿ]{2,}(?![\w-])")


def strange(claim: Claim) -> Iterator[Finding]:
    """Find capitalised words inside a statement that the article does not have in any case, and strange places.

    Lines in which most words are capitalised (headlines in title case) say nothing by it.
    """
    line = claim.line.text
    found = _capitalised(line, claim.reading)
    if found is None and sum(word.islower() for word in _WORD.findall(line)) < _SENTENCE_WORDS:
        return
    other = None if found else _namesake(claim.line, claim.reading.text) or unheard(claim.line, claim.reading.text)
    if names := found or ([other] if other else []):
        yield Finding("name.unsupported", f"{', '.join(names)}: not in the article, in {line!r}", claim.where)


def missing(claim: Claim) -> Iterator[Finding]:
    """Find people of the source line whose names its translation into another Latin script does not have."""
    if _across_scripts(claim):
        return
    line, text = claim.source.text, claim.line.text
    for name in claim.reading.people:
        if name in line and name.split()[-1] not in text:
            yield Finding("name.missing", f"{name!r} of the source line is not in {text!r}", claim.where)


def added(claim: Claim) -> Iterator[Finding]:
    """Find people of the article in a translation whose line does not name them: it belongs to another line."""
    line, text, people = claim.source.text, claim.line.text, claim.reading.people
    printed = (m[0] for m in _FULL_NAME.finditer(text) if m[0] in claim.reading.article.text)
    for name in dict.fromkeys((*(n for n in people if n in text), *printed)):
        if not any(part in line for part in name.split()) or _for_another(name, line, people):
            yield Finding("brief.name", f"{text!r} names {name!r}, the source line does not", claim.where)


def exchanged(claim: Claim) -> Iterator[Finding]:
    """Find a person of the article by one name in a translation, in the place of another of the line's names."""
    if _across_scripts(claim):
        return
    line, text, known = claim.source, claim.line, claim.reading.text.once(_family_names)
    lost = [word for word in line.once(_capitals) if word in known and word not in text.text]
    gained = [word for word in text.once(_capitals) if word in known and word not in line.text]
    if lost and gained:
        message = f"{text.text!r} names {gained[0]!r} where {line.text!r} has {lost[0]!r}"
        yield Finding("brief.name", message, claim.where)


def _across_scripts(claim: Claim) -> bool:
    return claim.source.han or claim.line.han


def _family_names(text: Text) -> frozenset[str]:
    return frozenset(m[0].split()[-1] for m in _FULL_NAME.finditer(text.text))


def _capitals(text: Text) -> tuple[str, ...]:
    return tuple(_CAPITAL.findall(text.text))


def _for_another(name: str, line: str, people: tuple[str, ...]) -> bool:
    """Tell whether a line names another person of the same family name, and not this one by any other word."""
    given, family = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
    others = (n for n in people if n != name and n in line and n.split()[-1] == family)
    return given not in line and any(others)


def _capitalised(line: str, reading: Reading) -> list[str] | None:
    """Return the capitalised words that the article does not have; None for a line that is full of them."""
    words = _WORD.findall(line)
    capital = [w for w in words[1:] if _LATIN_NAME.fullmatch(w)]
    return [w for w in capital if not _known(w, reading)] if len(capital) * 2 <= len(words) else None


def _known(word: str, reading: Reading) -> bool:
    folded = word.casefold()
    if folded in languages.get(reading.language).words.honoured:
        return True
    parts = (part for part in re.split(r"['’\-]", folded) if len(part) > 2)
    known = folded in reading.words or any(part in reading.words for part in parts)
    return known or same_country(word, reading.text)


def _namesake(line: Text, article: Text) -> str | None:
    """Return a name of two words that stands right after an office and nowhere in the article; None without one.

    The article must know one of the two words: a name that is wholly new is found by its words.
    """
    for run in _RUN.finditer(line.text):
        words = [*line.text[: run.start()].split()[-1:], *run[0].split()]
        office = [is_office(word, line.code) for word in words]
        if len(words) < 3 or not any(office[:-2]) or office[-1] or office[-2]:
            continue
        name, plain = " ".join(words[-2:]), article.once(_spaced)
        if name.casefold() not in plain.casefold() and any(word in plain for word in words[-2:]):
            return name
    return None


def _spaced(text: Text) -> str:
    return " ".join(text.text.split())
