"""A quotation in an article: looked up by its words, freed of its frame, cut where a reader would cut it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from summarizer.article.span import Span
from summarizer.ground.locate import locate
from summarizer.ground.reading import Reading
from summarizer.speech import Kind, Speech
from summarizer.speech.marks import Passage
from summarizer.speech.quotations import LONG, weight

__all__ = ["around", "bounded", "cut", "find", "heard", "kind", "long_ones", "touching"]

#: A run of speech longer than this is no quote that anybody prints.
QUOTE_CHARS = 700
#: A quote has so many sentences, unless somebody said more between one pair of marks.
_SENTENCES = 2
#: Half a quotation with fewer words says nothing on its own; in marks fewer are a term that is mentioned.
_WORDS = 3
#: A quote and a run of speech are the same words when this much of the quote lies in it.
_SHARED = 0.5
_BEFORE = re.compile(r"(?:[\s,，:：;；、]|[–—-]\s)+")
_AFTER = re.compile(r"[\s,，:：;；、–—-]+$")
_ENDED = ".!?…,。！？，"


def find(reading: Reading, words: str, near: Sequence[Span]) -> Span | None:
    """Return where some words stand: in the first of the places `near` that has them, else if nowhere else.

    Only the reversible fold of `locate` is tolerated. An ellipsis stands for left-out words, which are part
    of what is found. A word or two are no quote, and are not looked for.
    """
    text = reading.article.text
    if weight(words) < _WORDS:
        return None
    for place in near:
        if found := _joined(locate(place.of(text), words), place.start):
            return found
    found = _joined(locate(text, words), 0)
    alone = found is not None and not locate(text[found.end :], words)
    return found if alone and found is not None and found.end - found.start <= 2 * QUOTE_CHARS else None


def long_ones(reading: Reading) -> Iterator[Span]:
    """Yield the quotations that are never passed over in silence, without their marks."""
    text = reading.article.text
    yield from (Span(p.start, p.end) for p in reading.marked if weight(text[p.start : p.end]) >= LONG)


def touching(reading: Reading, span: Span, beside: int = 0) -> Span:
    """Return the sentences that a place touches, with so many `beside` it on either side."""
    inside = _inside(reading.article.sentences, span, beside)
    return Span(inside[0].start, inside[-1].end) if inside else span


def around(reading: Reading, span: Span) -> tuple[Span, ...]:
    """Return where to look for words that are said to stand at a place: there, then in the sentences beside it."""
    return span, touching(reading, span), touching(reading, span, 1)


def cut(reading: Reading, span: Span) -> tuple[Span, ...]:
    """Return what of a place is somebody's own words or report: no frame, no marks around it, no comma at its end.

    The halves of a quotation that a frame divides (``“…,” she said, “…”``) are two, the longer half of reported
    speech is one; a half of a word or two is left out. Empty where a place holds nothing but the narrator's words.
    """
    text = reading.article.text
    parts = [_trimmed(reading, part) for part in _free(reading, span)]
    parts = [part for part in parts if part.end > part.start]
    if len(parts) < 2:
        return tuple(parts)
    full = [part for part in parts if weight(part.of(text)) >= _WORDS] or parts
    direct = [part for part in full if kind(reading, part) == "direct"]
    return tuple(direct) or (max(full, key=lambda part: part.end - part.start),)


def bounded(reading: Reading, span: Span) -> Span:
    """Return the first two sentences of a place, all of it where it was said in one breath: in one pair of marks."""
    sentences = _inside(reading.article.sentences, span)
    breath = kind(reading, span) == "direct" and "\n" not in span.of(reading.article.text).strip()
    fitting = [s for s in sentences if min(s.end, span.end) - span.start <= QUOTE_CHARS]
    most = fitting if breath else fitting[:_SENTENCES]
    ends = [s.end for s in most or sentences[:1]] or [span.end]
    return _trimmed(reading, Span(span.start, min(ends[-1], span.end)))


def kind(reading: Reading, span: Span) -> Kind:
    """Tell direct speech (inside marks, or an answer), reported speech, and reported speech that holds own words."""
    marked = _inside(reading.marked, span)
    held = [(p.start, p.end) for p in marked]
    held += [(s.start, s.end) for s in _inside(reading.speeches, span) if s.kind == "direct"]
    if any(start <= span.start and span.end <= end for start, end in held):
        return "direct"
    inside = (p for p in marked if span.start <= p.outer_start and p.outer_end <= span.end)
    own = any(weight(reading.article.text[p.start : p.end]) >= _WORDS for p in inside)
    return "mixed" if own else "reported"


def heard(reading: Reading, span: Span) -> Speech | None:
    """Return the speech that a place is of, None where the rules hear nobody."""
    shares = [(min(span.end, s.end) - max(span.start, s.start), s) for s in _inside(reading.speeches, span)]
    most, best = max(shares, key=lambda share: share[0], default=(0, None))
    return best if best is not None and most >= _SHARED * (span.end - span.start) else None


class _Placed(Protocol):
    """What stands in an article."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


def _inside(known: Sequence[_P], span: Span, beside: int = 0) -> Sequence[_P]:
    """Return what shares a place, of things that are in order and do not overlap, and so many on either side."""
    low = bisect_right(known, span.start, key=lambda each: each.end)
    high = bisect_left(known, span.end, low, key=lambda each: each.start)
    return known[max(0, low - beside) : high + beside]


def _shared(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def _joined(found: Sequence[Span], start: int) -> Span | None:
    return Span(start + found[0].start, start + found[-1].end) if found else None


def _free(reading: Reading, span: Span) -> Iterator[Span]:
    """Yield the parts of a place that are not the narrator's."""
    direct = [Span(*d) for d in _direct(reading, span)]
    if any(part.start <= span.start and span.end <= part.end for part in direct):
        yield span
        return
    frames = [Span(*s.cue) for s in _inside(reading.speeches, span, 1) if s.cue is not None]
    if not direct:
        yield from _without(span, frames)
        return
    for part in _merged(reading, direct):
        yield _shared(part, span)
    for said in _inside(reading.speeches, span):
        if said.kind != "direct":
            yield from _without(_shared(Span(said.start, said.end), span), [*frames, *direct])


def _direct(reading: Reading, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the direct speech that touches a place: what the rules hear, and sentences in marks that they do not."""
    spoken = _inside(reading.speeches, span)
    yield from ((s.start, s.end) for s in spoken if s.kind == "direct")
    for p in _inside(reading.marked, span):
        heard_in = any(s.start < p.end and p.start < s.end for s in spoken)
        if not heard_in and _sentence(reading.article.text, p):
            yield p.start, p.end


def _sentence(text: str, passage: Passage) -> bool:
    """Tell whether a passage in marks ends as a quotation does that a frame follows, and not as a term."""
    inner = text[passage.start : passage.end].rstrip()
    ended = inner[-1:] in _ENDED or text[passage.outer_end : passage.outer_end + 1] in (",", "，")
    return bool(inner) and ended and weight(inner) >= _WORDS


def _merged(reading: Reading, parts: Iterable[Span]) -> Iterator[Span]:
    """Join direct speech that only marks and spaces part, as between two paragraphs of one speaker."""
    text, last = reading.article.text, None
    for part in sorted(parts, key=lambda each: each.start):
        if last is not None and not any(c.isalnum() for c in text[last.end : part.start]):
            last = Span(last.start, max(last.end, part.end))
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _without(span: Span, frames: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a place when the frames in it are taken out."""
    at = span.start
    for frame in sorted(frames, key=lambda each: each.start):
        if frame.start < span.end and at < frame.end:
            if frame.start > at:
                yield Span(at, frame.start)
            at = max(at, frame.end)
    if at < span.end:
        yield Span(at, span.end)


def _trimmed(reading: Reading, span: Span) -> Span:
    """Take off spaces, commas and colons, and marks that stand around a place or have their partner outside it."""
    text, start, end = reading.article.text, span.start, span.end
    while True:
        before = start, end
        end = start + len(_AFTER.sub("", text[start:end]))
        loose = _BEFORE.match(text, start, end)
        start = loose.end() if loose else start
        for p in _inside(reading.marked, Span(start, max(start, end)), 1):
            around_it = p.outer_start == start and p.outer_end == end
            start = p.start if p.opened and p.outer_start == start and (around_it or p.outer_end > end) else start
            end = p.end if p.closed and p.outer_end == end and (around_it or p.outer_start < start) else end
        if (start, end) == before or end <= start:
            return Span(start, max(start, end))
