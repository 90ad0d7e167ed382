"""A sentence that the model wrote about an article, and the sentences of the article that say it."""

from collections.abc import Iterable
from dataclasses import dataclass

from summarizer import figures
from summarizer.article import segment
from summarizer.article.findings import Finding
from summarizer.article.instructions import LEFT_OUT
from summarizer.article.span import Span
from summarizer.digest import Offsets
from summarizer.ground.evidence import Evidence
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["Grounded", "evidence", "own_words", "whole"]

#: A first line shorter than this, without a full stop, is a heading and not the first sentence.
_HEADING_CHARS = 120
_ENDS = (".", "!", "?", "。", "！", "？", "”", '"', "»", "」")


@dataclass(frozen=True, slots=True)
class Grounded:
    """A statement with the spans that say it and what the checks object to.

    Attributes:
        text: as the model wrote it, on one line.
        spans: sentences of the article, in its order; empty only for a statement without support.
        sentences: their positions in the article (0-based).
        findings: empty when nothing is wrong.
    """

    text: str
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def offsets(self) -> tuple[Offsets, ...]:
        """The spans as the digest writes them."""
        return tuple((s.start, s.end) for s in self.spans)


def evidence(line: Text, cited: Iterable[int], reading: Reading) -> Evidence:
    """Return the sentences that say a statement, and those that hold its figures.

    No reader should look for a figure in vain, wherever the words of the statement stand.

    Args:
        line: the statement, in the article's language.
        cited: positions (0-based) of the sentences that the model gave as its source.
        reading: the article.
    """
    worded = reading.index.evidence(line.text, cited, reading.language)
    spans = list(worded.spans)
    for figure in line.figures:
        homes = [s for s, own in reading.homes.items() if any(figures.same(f, figure) for f in own)]
        if homes and not any(span in homes for span in spans):
            spans.append(homes[0])
    return Evidence(tuple(sorted(spans)), worded.supported, worded.spans)


def whole(line: str, language: str, max_chars: int) -> tuple[str, str]:
    """Return a statement without the unfinished sentence at which the model was stopped, and that sentence.

    A statement of one sentence has no other to fall back on and stays as it is; the second value is empty
    when the model was not stopped.

    Args:
        line: the statement.
        language: its BCP 47 code.
        max_chars: the length at which the model was stopped.
    """
    if len(line) < max_chars - 1:
        return line, ""
    pieces = segment.split(line, language)
    last = pieces[-1]
    return (line[: last.start].rstrip() if len(pieces) > 1 else line), last.text


def own_words(reading: Reading) -> Grounded:
    """Return the first sentence of an article, as it stands: not the title or a heading, if there is another.

    Of an article that says nothing but what it addresses to a language model, that this was left out.
    """
    article = reading.article
    body = ((i, s.text) for i, s in enumerate(article.sentences) if s.text not in (article.title or ""))
    some = next((i for i, s in enumerate(article.sentences) if s.text), 0)
    first = next((i for i, text in body if len(text) >= _HEADING_CHARS or text.endswith(_ENDS)), some)
    sentence = article.sentences[first]
    text = " ".join(sentence.text.split()) or LEFT_OUT
    return Grounded(text, (Span(sentence.start, sentence.end),), (first,), ())
