"""The lines of a digest, each once, with its translations beside it: what every format for people is made of.

Headline, abstract, key points and briefs repeat each other: a brief is the abstract and the key points again,
sentence by sentence, with a translation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer import languages
from summarizer.digest import Digest, Offsets
from summarizer.digest.abstract import sentences
from summarizer.render import marks, words

__all__ = ["Line", "Sheet", "sheet"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the article's language with its translations.

    Attributes:
        source: the line, on one line.
        targets: a translation for each of the sheet's `targets`; ``""`` where there is none.
        sentences: the numbers, from 1, of the article's sentences behind it.
        places: JSON pointers of the line in the article's language; the abstract as a whole is not among them.
        target_places: JSON pointers of its translations; ``""`` where there is none.
    """

    source: str
    targets: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    target_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A digest as lines.

    Attributes:
        language: of the article, BCP 47.
        targets: the languages of its briefs, in their order.
        headlines: one; further ones where a brief has another than the summary.
        abstract: its sentences, and lines that only a brief has; one whole text where there is no brief.
        points: key points that the abstract does not have word for word.
    """

    language: str
    targets: tuple[str, ...]
    headlines: tuple[Line, ...]
    abstract: tuple[Line, ...]
    points: tuple[Line, ...]


def sheet(digest: Digest) -> Sheet:
    """Return the lines of a digest, each once; no line of it is left out."""
    left = _Left.of(digest)
    abstract = [left.line(text, spans) for text, spans in _abstract(digest)]
    points: list[Line] = []
    for i, point in enumerate(digest.summary.key_points):
        line = left.line(point.text, point.evidence, f"/summary/key_points/{i}")
        told = next((k for k, said in enumerate(abstract) if said.source == line.source), None)
        if told is None or any(line.targets):
            points.append(line)
        else:
            abstract[told] = _joint(abstract[told], line)
    codes = (digest.summary.language, *(brief.target_language for brief in digest.briefs))
    return Sheet(
        language=codes[0],
        targets=codes[1:],
        headlines=tuple(_spaced(line, codes) for line in _headlines(digest)),
        abstract=tuple(_spaced(line, codes) for line in (*abstract, *left.rest())),
        points=tuple(_spaced(line, codes) for line in points),
    )


def _spaced(line: Line, codes: Sequence[str]) -> Line:
    source, *targets = map(marks.spaced, (line.source, *line.targets), codes)
    return replace(line, source=source, targets=tuple(targets))


@dataclass(frozen=True, slots=True)
class _Left:
    """The lines of the briefs that no line of the summary has taken yet.

    Attributes:
        digest: whose they are.
        waiting: for each brief, the numbers of its lines by their source text; taken in order.
    """

    digest: Digest
    waiting: tuple[dict[str, list[int]], ...]

    @classmethod
    def of(cls, digest: Digest) -> "_Left":
        waiting: list[dict[str, list[int]]] = []
        for brief in digest.briefs:
            numbers: dict[str, list[int]] = {}
            for number, segment in enumerate(brief.segments):
                numbers.setdefault(words.text(segment.source), []).append(number)
            waiting.append(numbers)
        return cls(digest, tuple(waiting))

    def line(self, text: str, evidence: Sequence[Offsets], *places: str) -> Line:
        """Take the next translation of a text from each brief."""
        source, targets, at, spans, where = words.text(text), [], [], list(evidence), list(places)
        for i, (brief, numbers) in enumerate(zip(self.digest.briefs, self.waiting, strict=True)):
            waiting = numbers.get(source)
            number = waiting.pop(0) if waiting else None
            targets.append("" if number is None else words.text(brief.segments[number].target))
            at.append("" if number is None else f"/briefs/{i}/segments/{number}/target")
            if number is not None:
                spans += brief.segments[number].evidence
                where.append(f"/briefs/{i}/segments/{number}/source")
        return Line(source, tuple(targets), words.cited(self.digest, spans), tuple(where), tuple(at))

    def rest(self) -> Iterator[Line]:
        """Take what is left, in the order of the briefs."""
        for brief, numbers in zip(self.digest.briefs, self.waiting, strict=True):
            for segment in brief.segments:
                if numbers[words.text(segment.source)]:
                    yield self.line(segment.source, ())


def _abstract(digest: Digest) -> Iterator[tuple[str, tuple[Offsets, ...]]]:
    lines = {segment.source: segment.evidence for brief in digest.briefs for segment in brief.segments}
    if not lines or not languages.known(digest.summary.language):
        yield digest.summary.abstract, _stated(digest, words.text(digest.summary.abstract))
    else:
        yield from sentences(digest.summary.abstract, lines, digest.summary.language)


def _stated(digest: Digest, text: str) -> tuple[Offsets, ...]:
    """Return what an abstract rests on, which the digest says only of lines: the key points and sentences in it."""
    points = (point for point in digest.summary.key_points if point.text and words.text(point.text) in text)
    said = ((words.text(digest.article.text[start:end]), (start, end)) for start, end in digest.article.sentences)
    same = (span for sentence, span in said if len(sentence) > 1 and text and (sentence in text or text in sentence))
    return (*(span for point in points for span in point.evidence), *same)


def _joint(one: Line, other: Line) -> Line:
    numbers = tuple(sorted({*one.sentences, *other.sentences}))
    return replace(one, sentences=numbers, places=(*one.places, *other.places))


def _headlines(digest: Digest) -> Iterator[Line]:
    """Yield the headline with its translations, and the headlines of briefs that are none of it."""
    own = words.text(digest.summary.headline)
    same = [words.text(brief.headline.source) == own for brief in digest.briefs]
    yield _headline(digest, own, same)
    for i, (brief, told) in enumerate(zip(digest.briefs, same, strict=True)):
        if not told:
            yield _headline(digest, words.text(brief.headline.source), [k == i for k in range(len(same))])


def _headline(digest: Digest, source: str, shown: Sequence[bool]) -> Line:
    of = list(zip(digest.briefs, shown, strict=True))
    return Line(
        source=source,
        targets=tuple(words.text(brief.headline.target) if here else "" for brief, here in of),
        places=("/summary/headline", *(f"/briefs/{i}/headline/source" for i, here in enumerate(shown) if here)),
        target_places=tuple(f"/briefs/{i}/headline/target" if here else "" for i, here in enumerate(shown)),
    )
