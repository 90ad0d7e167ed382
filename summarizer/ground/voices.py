"""Whose words a statement or a quote says they are, held against whose the article says they are."""

import re
from collections.abc import Iterable
from dataclasses import replace

from summarizer import speech
from summarizer.article import Article
from summarizer.span import Span
from summarizer.speech import Speaker, Speech

__all__ = ["claimed", "mostly", "rival", "same_voice"]

#: A sentence that is speech to at least this share says what its speaker says.
_MOSTLY = 0.5
#: A person's name has no more words; what has is several people.
_NAME_WORDS = 5
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")


def same_voice(one: str, speaker: Speaker) -> bool:
    """Tell whether a name may stand for a speaker: all or part of the name, the office, or the body it is held in."""
    known = [part for part in (speaker.name, speaker.role, speaker.organisation) if part]
    if _HAN.search(one):
        return any(_plain(one) in _plain(part) or _plain(part) in _plain(one) for part in known)
    name, wanted = _words(speaker.name), _words(one)
    offices = frozenset[str]().union(*(_words(part) for part in known[1:]))
    return bool(wanted) and (name <= wanted or wanted - offices <= name)


def claimed(line: str, article: Article) -> Speaker | None:
    """Return the one person whom a statement has say something, as the article knows them; None in any doubt.

    The statement is read as the article's last paragraph, so that a family name or an office stands for
    the person who has it there.
    """
    if not speech.find(line, article.language):
        return None
    start = len(article.text) + 2
    read = speech.find(f"{article.text}\n\n{line}", article.language)
    said = [s.speaker for s in read if s.start >= start]
    speaker = said[0] if said else None
    if speaker is None or any(other is None or other.name != speaker.name for other in said):
        return None
    return speaker if _named(speaker, line) and _is_person(speaker, read) else None


def rival(speaker: Speaker, spans: Iterable[Span], speeches: Iterable[Speech]) -> Speech | None:
    """Return the speech of somebody else that all of `spans` stand in, None unless the article leaves no doubt."""
    known = tuple(speeches)
    found = [[s for s in known if mostly(span, s)] for span in spans]
    voices = [s for own in found for s in own]
    if not voices or not all(found):
        return None
    strange = all(s.speaker and not _may_be(speaker, s.speaker) for s in voices)
    return voices[0] if strange else None


def mostly(span: Span, said: Speech) -> bool:
    """Tell whether most of a sentence is speech; its frame ("Gong said that") is not a part of it."""
    inside = min(span.end, said.end) - max(span.start, said.start)
    return inside >= _MOSTLY * (span.end - span.start)


def _may_be(one: Speaker, other: Speaker) -> bool:
    """Tell whether a person may be a speaker; of two persons only their names count, an office may be misgiven."""
    if other.role is not None and other.role != other.name:
        one, other = replace(one, role=None, organisation=None), replace(other, role=None, organisation=None)
    return same_voice(one.name, other) or same_voice(other.name, one)


def _named(speaker: Speaker, line: str) -> bool:
    """Tell whether a statement names its speaker: a pronoun alone stands for whom its neighbours are about."""
    if speaker.name in line or (speaker.role and speaker.role.casefold() in line.casefold()):
        return True
    said, parts = set(_WORD.findall(line)), _WORD.findall(speaker.name)
    return 0 < len(parts) <= _NAME_WORDS and any(part[0].isupper() and part in said for part in (parts[0], parts[-1]))


def _is_person(speaker: Speaker, read: Iterable[Speech]) -> bool:
    """Tell a person from a body and from somebody unnamed: persons have an office beside their name somewhere."""
    if speaker.role is not None:
        return speaker.role != speaker.name
    return any(s.speaker and s.speaker.name == speaker.name and s.speaker.role for s in read)


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold().replace("’", "'")))
