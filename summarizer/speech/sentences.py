"""An article's sentences with what the grammar of its language reads in each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.article import segment
from summarizer.languages import Language
from summarizer.speech.cue import Cue
from summarizer.speech.marks import Passage
from summarizer.speech.mention import Mention
from summarizer.speech.words import QUOTED, Words

__all__ = ["Parse", "Parsed", "Sentence", "read", "repaired"]

_BETWEEN_DASHES = re.compile(
    r"\s[-–—]{1,2}\s?(?P<cue>[^-–—\n\"«»“”]{5,120}?)\s?[-–—]{1,2}(?:[,;:.!?…]\s*|\s+)"
)  # fmt: skip
_ASKED = ("?", "!", "…")
_ASKING = re.compile(r"(?<=[?!…])\s+(?=[a-zà-ÿ])")
_RESUMES = re.compile(r"[,;:.!?…]?\s*")
_GLUED = re.compile(r"(?<=[a-zà-ù]{3})[.!?](?=[A-ZÀ-Þ][a-zà-ù]+,? [a-zà-ù])")  # the blank after a stop is lost
Parsed = tuple[Words, Sequence[Mention], Sequence[Cue]]
#: Reads the words from one offset of the article to another, quoted passages being written as `QUOTED`.
Parse = Callable[[int, int], Parsed]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `quoted` are its quoted passages, each with the index of its `QUOTED` word."""

    start: int
    end: int
    paragraph: int
    first: bool  # of its paragraph
    words: Words
    mentions: Sequence[Mention]
    cues: Sequence[Cue]
    quoted: Mapping[int, Passage]


def read(text: str, marked: Sequence[Passage], language: str, parse: Parse) -> list[Sentence]:
    """Return the sentences of `text`; one that holds a quoted passage holds all of it."""
    found: list[Sentence] = []
    edges = [end for _, end in segment.paragraphs(text)]
    paragraph, last = 0, -1
    queue = list(reversed(marked))
    for start, end in _whole(text, marked, language):
        while edges[paragraph] < start + 1:
            paragraph += 1
        words, named, cues = parse(start, end)
        held = QUOTED in words.low
        quoted = {at: queue.pop() for at, word in enumerate(words.low) if word == QUOTED} if held else {}
        found.append(Sentence(start, end, paragraph, paragraph != last, words, named, cues, quoted))
        last = next(at for at in range(paragraph, len(edges)) if edges[at] >= end)
    return found


def _whole(text: str, marked: Sequence[Passage], language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences' spans, those joined that a quoted passage runs across."""
    queue = list(reversed(marked))
    begun: int | None = None
    for low, high in _pieces(text, language):
        start = low if begun is None else begun
        while queue and queue[-1].outer_end <= high:
            queue.pop()
        begun = start if queue and queue[-1].outer_start < high else None
        if begun is None:
            yield start, high
    if begun is not None:
        yield begun, len(text.rstrip())


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences, parted too where the blank after a stop is lost: ``The reef is dying here.That …``."""
    cuts = [match.end() for match in _GLUED.finditer(text)]
    for piece in segment.split(text, language):
        start = piece.start
        for cut in cuts:
            if start < cut < piece.end:
                yield start, cut
                start = cut
        yield start, piece.end


def repaired(text: str, marked: Sequence[Passage], language: Language, parse: Parse) -> list[Passage]:
    """End a quotation that is never closed before the cue that follows it; leave out one that has none."""
    fixed = [p if p.closed else _cut(text, p, language.code, parse) for p in marked]
    parted = [part for p in fixed if p is not None for part in _parted(text, p, parse)]
    if not language.cue_inside_marks:
        return parted
    return [part for p in parted for part in _told_inside(text, p, language.code, parse)]


def _told_inside(text: str, passage: Passage, language: str, parse: Parse) -> Iterator[Passage]:
    """Part a quotation that holds its cue between commas: ``« Oui, dit-il, nous viendrons. »``."""
    begun = passage
    for low, high in _clauses(text, passage, language):
        for start, end in _told(text, low, *parse(low, high)):
            if start > begun.start:
                yield replace(begun, end=len(text[:start].rstrip()), outer_end=start)
                begun = replace(passage, start=end, outer_start=end)
    if text[begun.start : begun.end].strip():
        yield begun


def _told(text: str, low: int, words: Words, _: Sequence[Mention], cues: Sequence[Cue]) -> Iterator[tuple[int, int]]:
    """Yield the cues of a clause at `low` whose verb stands before its subject, each with the mark that ends it."""
    for cue in cues:
        comma = words.low[cue.low] == ","
        asked = cue.low == 0 and text[:low].rstrip()[-1:] in _ASKED
        inverted = cue.subject is not None and cue.subject.low > cue.low + comma
        if cue.side != "right" and inverted and (comma or asked):
            rest = _RESUMES.match(text, words.ends[cue.high - 1])
            yield words.starts[cue.low], rest.end() if rest else len(text)


def _clauses(text: str, passage: Passage, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a passage, parted too where a question goes on: ``« Quand ? demande-t-elle. »``."""
    for piece in segment.split(text[passage.start : passage.end], language):
        low, high = passage.start + piece.start, passage.start + piece.end
        for match in _ASKING.finditer(text, low, high):
            yield low, match.start()
            low = match.end()
        yield low, high


def _parted(text: str, passage: Passage, parse: Parse) -> Iterator[Passage]:
    """Part a quotation that holds its cue between dashes: ``"Siamo pronti - ha detto Neri -, ma serve tempo"``."""
    begun = passage
    for match in _BETWEEN_DASHES.finditer(text, passage.start, passage.end):
        words, _, cues = parse(match.start("cue"), match.end("cue"))
        if cues and cues[0].low == 0 and cues[0].side == "left" and cues[0].high == len(words):
            yield replace(begun, end=match.start(), outer_end=match.start())
            begun = replace(passage, start=match.end(), outer_start=match.end())
    if text[begun.start : begun.end].strip():
        yield begun


def _cut(text: str, passage: Passage, language: str, parse: Parse) -> Passage | None:
    last = passage.start
    for piece in segment.split(text[passage.start : passage.end], language):
        low, high = passage.start + piece.start, passage.start + piece.end
        words, _, cues = parse(low, high)
        for cue in cues:
            cut = last if cue.low == 0 else words.starts[cue.low]
            if cue.side == "left" and cut > passage.start:
                return replace(passage, end=cut, outer_end=cut)
        last = high
    return passage if text[: passage.outer_start].rstrip()[-1:] in {":", "："} else None
