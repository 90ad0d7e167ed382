"""What a line has of a glossary, and whether its translation says it as the glossary does."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from summarizer import languages
from summarizer.glossary.forms import Manner, folded, occurrences
from summarizer.glossary.model import Entry, Glossary, Kind, Words
from summarizer.languages.wordlist import either, in_han

__all__ = ["Mention", "Place", "mentions", "said"]

_CAPITALISED = re.compile(r" ([A-ZÀ-Þ][a-zà-ÿ'-]+)")
#: Where something begins and ends in a folded text.
Place = tuple[int, int]

#: How a translation may write a rendering.
_MANNERS: Mapping[Kind, Manner] = MappingProxyType({"person": "fixed", "body": "parted", "term": "free"})
#: The last part of a foreign name in Chinese characters is a name by itself if it has so many.
_PART_CHARS = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry of a glossary that a line has.

    Attributes:
        entry: the entry.
        phrase: what the line calls it, as the glossary has that.
        printed: as it stands there, folded.
        times: how often it does.
    """

    entry: Entry
    phrase: str
    printed: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    entry: Entry
    phrase: str


@lru_cache(maxsize=512)  # each line is asked for by several checks and questions, in each target language
def mentions(line: str, language: str, glossary: Glossary, article: str = "") -> tuple[Mention, ...]:
    """Return the entries that a line has, in its order, each once; of those that overlap the longest.

    Args:
        line: in the language of the article.
        language: its BCP 47 code.
        glossary: what is sought.
        article: the whole text, folded (`summarizer.glossary.forms.folded`): a person whom it gives by the whole name
            is one by the family name, too.
    """
    text, code = folded(line), languages.base(language)
    every = [found for entry in glossary.entries for found in _in(entry, text, code, article)]
    found = list[_Found]()
    for one in sorted(every, key=lambda f: (f.start - f.end, f.start)):
        same = any(one.start == other.start and one.end == other.end for other in found)
        if same or all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    found.sort(key=lambda f: f.start)
    first = {id(one.entry): one for one in reversed(found)}
    own = [first[number] for number in dict.fromkeys(id(one.entry) for one in found)]
    return tuple(
        Mention(f.entry, f.phrase, text[f.start : f.end], sum(o.entry is f.entry for o in found)) for f in own
    )


def said(phrases: Iterable[str], entry: Entry, text: str, language: str, *, near: bool = False) -> list[Place]:
    """Return where a translation has any of some phrases of an entry, in whatever form.

    Args:
        phrases: renderings, or what is forbidden.
        entry: whose they are.
        text: the translation, folded.
        language: its BCP 47 code.
        near: in another number or gender at most, and of a person the whole name.
    """
    code = languages.base(language)
    manner: Manner = "inflected" if near and entry.kind != "person" else _MANNERS[entry.kind]
    found = [m.span() for phrase in phrases for m in occurrences(phrase, text, code, manner)]
    if entry.kind == "person" and not near:
        found += [place for phrase in phrases for place in _by_part(phrase, text, code)]
    return _apart(found)


def _apart(places: Iterable[Place]) -> list[Place]:
    """Return the places that do not overlap, the longest of those that do."""
    kept = list[Place]()
    for start, end in sorted(places, key=lambda place: place[0] - place[1]):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return kept


def _in(entry: Entry, text: str, code: str, article: str) -> Iterator[_Found]:
    """Yield where a folded line has an entry; a person by part of the name if the article has the whole one."""
    manner: Manner = "fixed" if entry.kind == "person" else "inflected"
    for phrase in _any(entry.sources, code):
        for found in occurrences(phrase, text, code, manner, name=True):
            yield _Found(found.start(), found.end(), entry, phrase)
        parts = list(_by_part(phrase, text, code)) if entry.kind == "person" and article else []
        if parts and any(occurrences(phrase, article, code, manner, name=True)):
            yield from (_Found(start, end, entry, phrase) for start, end in parts)


def _any(words: Words, code: str) -> Sequence[str]:
    """Return the phrases of a language in all its scripts and regions."""
    return list(dict.fromkeys(p for tag, said in words.items() if languages.base(tag) == code for p in said))


def _by_part(name: str, text: str, code: str) -> Iterator[Place]:
    """Yield where a person is called by the family name alone, not where another given name stands before it."""
    family = _family(name)
    if not family:
        yield from _with_office(name, text, code)
        return
    for found in occurrences(family, text, code, "fixed", name=True):
        if in_han(name) or not _of_another(name, family, text[: found.start()], text[found.end() :]):
            yield found.span()


def _with_office(name: str, text: str, code: str) -> Iterator[Place]:
    """Yield where a person with a Chinese name is called by the family name and an office: 习主席."""
    if not in_han(name) or "·" in name or not languages.get(code).offices:
        return
    double = name[:2] in languages.get(code).han_speech().names.surnames_two
    offices = either(sorted({o for words in languages.get(code).offices.values() for o in words}, key=len)[::-1])
    for found in re.finditer(f"{re.escape(name[: 1 + double])}(?:{offices})", text):
        yield found.span()


def _of_another(name: str, family: str, before: str, after: str) -> bool:
    """Tell whether a family name stands beside another given name than its own, or that one written otherwise.

    Before it stand offices, too: a given name is a word with the same first letter then (*Vladimir*, *Volodymyr*).
    """
    given = next(part for part in name.split() if part != family or name == f"{family} {family}")
    if name.startswith(f"{family} "):
        follows = _CAPITALISED.match(after)
        return follows is not None and follows[1] != given
    last = before.split()[-1:]
    word = last[0] if last else ""
    return len(word) > 2 and word[1:].islower() and word[0] == given[0] and word != given


def _family(name: str) -> str:
    """Return the part of a whole name that is one by itself; empty where there is none."""
    if in_han(name):
        last = name.replace("•", "·").replace("・", "·").rpartition("·")
        return last[2] if last[1] and len(last[2]) >= _PART_CHARS else ""
    parts = name.split()
    if len(parts) < 2:
        return ""
    from summarizer.checks.romanised import family  # reads Chinese names: only for a person

    return family(name) or parts[-1]
