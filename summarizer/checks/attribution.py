"""Whose words a statement or a quote says they are, held against whose the article says they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from summarizer import speech
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks.claim import Claim
from summarizer.ground.evidence import terms
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text
from summarizer.speech import Speaker, Speech

__all__ = ["misattributed", "same_voice", "told_as_fact"]

#: A sentence that is speech to at least this share says what its speaker says.
_MOSTLY = 0.5
#: A person's name has no more words; what has is several people.
_NAME_WORDS = 5
#: Speech is somebody's when it has this much of his words, of which there are so many.
_REPEATED, _FEW = 0.7, 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")


def told_as_fact(claim: Claim) -> Iterator[Finding]:
    """Find what somebody said and a statement tells as a fact: no name of theirs, no word of saying."""
    line, spans = claim.line, claim.evidence.spans
    said = [s for s in claim.reading.speeches if all(_mostly(span, s) for span in spans)] if spans else []
    if not said or line.once(_speeches):
        return  # "He said": a pronoun stands for whom the statement before is about
    for one in said:
        speaker = one.speaker
        if speaker and not any(part in line.text for part in (*speaker.name.split(), speaker.role or speaker.name)):
            message = f"{line.text!r} tells as a fact what {speaker.name} says"
            yield Finding("summary.attribution", message, claim.where, Span(one.start, one.end))
            return


def misattributed(claim: Claim) -> Iterator[Finding]:
    """Find what a statement has one person say and the article another."""
    line = claim.line.text
    told = _claimed(claim.line, claim.reading)
    other = _rival(told, claim.evidence.spans, claim.reading) if told else None
    if told is None or other is None or other.speaker is None or other.speaker.name in line:
        return  # who names both tells which of them said what
    message = f"{line!r} has {told.speaker.name} say what the article has {other.speaker.name} say"
    yield Finding("summary.speaker", message, claim.where, Span(other.start, other.end))


def same_voice(one: str, speaker: Speaker) -> bool:
    """Tell whether a name may stand for a speaker: all or part of the name, the office, or the body it is held in."""
    known = [part for part in (speaker.name, speaker.role, speaker.organisation) if part]
    if _HAN.search(one):
        return any(_plain(one) in _plain(part) or _plain(part) in _plain(one) for part in known)
    name, wanted = _words(speaker.name), _words(one)
    offices = frozenset[str]().union(*(_words(part) for part in known[1:]))
    return bool(wanted) and (name <= wanted or wanted - offices <= name)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a statement has one person of the article say."""

    speaker: Speaker
    words: frozenset[str]


def _speeches(text: Text) -> tuple[Speech, ...]:
    return speech.find(text.text, text.language)


def _claimed(line: Text, reading: Reading) -> _Told | None:
    """Return what a statement has one person say, as the article knows them; None in any doubt.

    The statement is read as the article's last paragraph, so that a family name or an office stands for
    the person who has it there.
    """
    if not line.once(_speeches):
        return None
    start = len(reading.article.text) + 2
    whole = f"{reading.article.text}\n\n{line.text}"
    read = speech.find(whole, reading.language)
    said = [s for s in read if s.start >= start]
    speaker = said[0].speaker if said else None
    if speaker is None or any(s.speaker is None or s.speaker.name != speaker.name for s in said):
        return None
    if not (_named(speaker, line.text) and _is_person(speaker, read)):
        return None
    return _Told(speaker, terms(" ".join(whole[s.start : s.end] for s in said), reading.language))


def _rival(told: _Told, spans: Iterable[Span], reading: Reading) -> Speech | None:
    """Return the speech of somebody else that a statement tells, None unless the article leaves no doubt.

    Either all sentences that the statement was drawn from are speech of others, or another has said most of
    its words and the claimed speaker few of them.
    """
    found = [[s for s in reading.speeches if _mostly(span, s)] for span in spans]
    voices = [s for own in found for s in own]
    if voices and all(found) and all(s.speaker and not _may_be(told.speaker, s.speaker) for s in voices):
        return voices[0]
    spoken = reading.within(Span(s.start, s.end) for s in reading.speeches)
    shares = [(len(told.words & own.terms), s) for own, s in zip(spoken, reading.speeches, strict=True)]
    most, best = max(shares, key=lambda pair: pair[0], default=(0, None))
    if best is None or len(told.words) < _FEW or most < _REPEATED * len(told.words):
        return None
    near = [s.speaker for n, s in shares if n >= most / 2]
    return best if all(s and not _may_be(told.speaker, s) for s in near) else None


def _mostly(span: Span, said: Speech) -> bool:
    """Tell whether most of a sentence is speech; its cue ("Gong said that") is not a part of it."""
    inside = min(span.end, said.end) - max(span.start, said.start)
    return inside >= _MOSTLY * (span.end - span.start)


def _may_be(one: Speaker, other: Speaker) -> bool:
    """Tell whether a person may be a speaker; of two persons only their names count, an office may be misgiven."""
    if other.role is not None and other.role != other.name:
        one, other = replace(one, role=None, organisation=None), replace(other, role=None, organisation=None)
    return same_voice(one.name, other) or same_voice(other.name, one) or _one_noun(one.name, other.name)


def _one_noun(one: str, other: str) -> bool:
    """Tell whether two descriptions end in one noun: *top judge in Brisbane*, *top justice judge*."""
    if not (one[:1].islower() and other[:1].islower()):
        return False
    words = [name.casefold().split() for name in (one, other)]
    return words[0][-1] in words[1] or words[1][-1] in words[0]


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
