"""Interviews printed as questions and answers: every answer is its speaker's own words, with marks or without."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.article import segment
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.mentions import mentions
from summarizer.speech.alphabetic.words import split
from summarizer.speech.entities import Entities
from summarizer.speech.model import Speaker, Speech

__all__ = ["with_answers"]

_LABEL = re.compile(r"(?:\*\*)?(?P<label>[^\W\d_][\w.'’ -]{0,40}?)(?:\*\*)?\s?[:：](?:\*\*)?[ \t]+(?=\S)")
_BOLD_QUESTION = re.compile(r"\*\*[^*\n]+[?？][”»\"]?\*\*$")
_DASHED = re.compile(r"[—–][ \t]?(?=[^\s—–])")
_HEADING = re.compile(r"#+ |\*\*")
_OPENING = "\"“«‘'„"
_TURNS = 2  # labels or bold questions, from which on an article is an interview
_NAME = 4  # words of a label that is a name


@dataclass(frozen=True, slots=True)
class _Turn:
    """One paragraph: who has the word by its label, where the words begin and end, and whether it is a question."""

    label: str
    start: int
    end: int
    asks: bool


def with_answers(text: str, found: Sequence[Speech], entities: Entities, lex: Grammar) -> tuple[Speech, ...]:
    """Return the speech of an article with the answers of an interview in place of what was read in them."""
    spans = list(segment.paragraphs(text))
    turns = {turn.end: turn for turn in (*_dashed(text, spans), *_bold(text, spans), *_labelled(text, spans, lex))}
    if not turns:
        return tuple(found)
    guest = _guest(min(turn.start for turn in turns.values()), entities)
    rest = list(found)
    for turn in turns.values():
        lettered = not turn.label or turn.label.lower() in lex.cues.questions | lex.cues.answers
        speaker = (None if turn.asks else guest) if lettered else _named(text, turn, entities, lex)
        if lettered or speaker is not None:
            rest = _answered(text, turn, speaker, rest)
    return tuple(sorted(rest, key=lambda speech: speech.start))


def _answered(text: str, turn: _Turn, speaker: Speaker | None, found: Sequence[Speech]) -> list[Speech]:
    """Put one answer in the place of the speech found in it; one in marks keeps its marks and gets its speaker."""
    inside = [s for s in found if turn.start <= s.start < turn.end]
    others = [s for s in found if s not in inside]
    if turn.asks:
        return [*others, *(s for s in inside if s.kind == "direct")]
    if text[turn.start] in _OPENING:
        return [*others, *(replace(s, speaker=s.speaker or speaker) for s in inside)]
    return [*others, Speech(turn.start, turn.end, "direct", speaker)]


def _labelled(text: str, spans: Sequence[tuple[int, int]], lex: Grammar) -> Iterator[_Turn]:
    """Yield the paragraphs that begin with a label: ``Q:`` and ``A:``, or names that come back."""
    labels = [(match, end) for start, end in spans if (match := _LABEL.match(text, start, end))]
    counts = Counter(match["label"] for match, _ in labels)
    letters = [m for m, _ in labels if m["label"].lower() in lex.cues.questions | lex.cues.answers]
    names = [label for label, count in counts.items() if count >= _TURNS and _may_be_name(label)]
    if len(letters) < _TURNS and (not names or len(counts) < _TURNS):
        return
    for match, end in labels:
        label = match["label"]
        known = label.lower() in lex.cues.questions or label.lower() in lex.cues.answers
        if known or label in names:
            yield _Turn(label, match.end(), _trimmed(text, match.end(), end), label.lower() in lex.cues.questions)


def _may_be_name(label: str) -> bool:
    words = label.split()
    return len(words) <= _NAME and all(word[0].isupper() for word in words)


def _bold(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Turn]:
    """Yield the paragraphs after bold questions; of the last answer only the first, for the narrator may follow."""
    asked = [i for i, (start, end) in enumerate(spans) if _BOLD_QUESTION.match(text[start:end].strip())]
    if len(asked) < _TURNS:
        return
    for number, index in enumerate(asked):
        last = asked[number + 1] if number + 1 < len(asked) else min(index + 2, len(spans))
        for start, end in spans[index + 1 : last]:
            if not _HEADING.match(text, start, end):
                label = _LABEL.match(text, start, end)
                begin = label.end() if label and label["label"][0].isupper() and len(label["label"]) == 1 else start
                yield _Turn("", begin, _trimmed(text, begin, end), asks=False)


def _dashed(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Turn]:
    """Yield the answers that a dash begins behind a question that one begins: ``—¿Y usted?`` ``—Yo, no.``."""
    for (start, end), (after, last) in pairwise(spans):
        question = _DASHED.match(text, start, end) and text[start:end].rstrip().endswith("?")
        answer = _DASHED.match(text, after, last)
        if question and answer and not re.search(r"\s[—–]\w", text[after:last]):  # no "—Yo, no —dijo Ana."
            yield _Turn("", answer.end(), _trimmed(text, answer.end(), last), asks=False)


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip().rstrip("*"))


def _named(text: str, turn: _Turn, entities: Entities, lex: Grammar) -> Speaker | None:
    """Return the person whose name is the label."""
    low = turn.label.lower()
    if not turn.label or low in lex.cues.questions or low in lex.cues.answers:
        return None
    if turn.label.isupper():  # "ROSSI: …"
        meant = [s for s in entities.known() if turn.label in {s.name.upper(), s.name.split()[-1].upper()}]
        return meant[0] if len(meant) == 1 else None
    at = text.rindex(turn.label, 0, turn.start)
    found = mentions(split(text, at, at + len(turn.label), elides=bool(lex.elided_articles)), lex)
    speaker = entities.resolve(found[0], None) if len(found) == 1 and found[0].kind == "person" else None
    return speaker if speaker is not None and any(s.start == speaker.start for s in entities.known()) else None


def _guest(end: int, entities: Entities) -> Speaker | None:
    """Return the one person with an office, or the only one at all, whom the article names before the questions."""
    named = [s for s in entities.known() if s.start < end]
    offices = [s for s in named if s.role]
    chosen = offices or named
    return chosen[0] if len(chosen) == 1 else None
