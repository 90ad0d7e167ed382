"""Whose words a statement or a quote says they are, held against whose the article says they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer import speech
from summarizer.article import Article
from summarizer.ground.evidence import terms
from summarizer.span import Span
from summarizer.speech import Speaker, Speech

__all__ = ["Claim", "claimed", "mostly", "rival", "same_voice"]

#: A sentence that is speech to at least this share says what its speaker says.
_MOSTLY = 0.5
#: A person's name has no more words; what has is several people.
_NAME_WORDS = 5
#: Speech is somebody's when it has this much of his words, of which there are so many.
_REPEATED, _FEW = 0.7, 3
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


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement has one person of the article say."""

    speaker: Speaker
    text: str


def claimed(line: str, article: Article) -> Claim | None:
    """Return what a statement has one person say, as the article knows them; None in any doubt.

    The statement is read as the article's last paragraph, so that a family name or an office stands for
    the person who has it there.
    """
    if not speech.find(line, article.language):
        return None
    start = len(article.text) + 2
    whole = f"{article.text}\n\n{line}"
    read = speech.find(whole, article.language)
    said = [s for s in read if s.start >= start]
    speaker = said[0].speaker if said else None
    if speaker is None or any(s.speaker is None or s.speaker.name != speaker.name for s in said):
        return None
    if not (_named(speaker, line) and _is_person(speaker, read)):
        return None
    return Claim(speaker, " ".join(whole[s.start : s.end] for s in said))


def rival(claim: Claim, spans: Iterable[Span], speeches: Sequence[Speech], article: Article) -> Speech | None:
    """Return the speech of somebody else that a statement tells, None unless the article leaves no doubt.

    Either all sentences that the statement was drawn from are speech of others, or another has said most of
    its words and the claimed speaker few of them.
    """
    found = [[s for s in speeches if mostly(span, s)] for span in spans]
    voices = [s for own in found for s in own]
    if voices and all(found) and all(s.speaker and not _may_be(claim.speaker, s.speaker) for s in voices):
        return voices[0]
    wanted = terms(claim.text, article.language)
    shares = [(len(wanted & terms(article.text[s.start : s.end], article.language)), s) for s in speeches]
    most, best = max(shares, key=lambda pair: pair[0], default=(0, None))
    if best is None or len(wanted) < _FEW or most < _REPEATED * len(wanted):
        return None
    near = [s.speaker for n, s in shares if n >= most / 2]
    return best if all(s and not _may_be(claim.speaker, s) for s in near) else None


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
