"""An article read once: everything that is held against an article is held against its one reading."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from summarizer import speech
from summarizer.article import Article, instructions
from summarizer.article.span import Span
from summarizer.figures import Figure
from summarizer.ground.evidence import Index
from summarizer.ground.text import Text
from summarizer.speech import Speech

__all__ = ["Reading"]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, eq=False)  # no slots: what only checks need is read when the first of them asks
class Reading:
    """What the rules read in an article.

    Attributes:
        article: the source.
        speeches: what its people say, in its order.
    """

    article: Article
    speeches: tuple[Speech, ...]
    _lines: dict[str, Text] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, article: Article) -> "Reading":
        """Read an article."""
        return cls(article, speech.find(article.text, article.language))

    @property
    def language(self) -> str:
        """The article's language."""
        return self.article.language

    @cached_property
    def text(self) -> Text:
        """The whole article."""
        return Text(self.article.text, self.language)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in its order."""
        return self.text.figures

    @cached_property
    def sentences(self) -> tuple[Text, ...]:
        """The article's sentences, in its order."""
        return tuple(self.line(sentence.text) for sentence in self.article.sentences)

    @cached_property
    def clauses(self) -> tuple[Text, ...]:
        """The clauses of all sentences, each once."""
        return tuple({c.text: c for sentence in self.sentences for c in sentence.clauses}.values())

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Full names of those who speak and have an office: people, not bodies, whose names are translated."""
        said = (s.speaker for s in self.speeches if s.speaker and s.speaker.role and _is_name(s.speaker.name))
        return tuple(dict.fromkeys(speaker.name for speaker in said))

    @cached_property
    def homes(self) -> Mapping[Span, tuple[Figure, ...]]:
        """The figures of each sentence; sentences without any are left out."""
        homes: dict[Span, tuple[Figure, ...]] = {}
        found = iter(self.figures)
        figure = next(found, None)
        for sentence in self.article.sentences:
            own = list[Figure]()
            while figure is not None and figure.start < sentence.end:
                own += [figure] if figure.start >= sentence.start else []
                figure = next(found, None)
            if own:
                homes[Span(sentence.start, sentence.end)] = tuple(own)
        return homes

    @cached_property
    def index(self) -> Index:
        """The terms of its sentences."""
        return Index.of(self.article.sentences, self.language)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the article and each part of one with an apostrophe, in small letters."""
        found = _WORD.findall(self.article.text)
        return frozenset(part.casefold() for word in found for part in (word, *re.split(r"['’]", word)))

    @cached_property
    def orders(self) -> tuple[Span, ...]:
        """The sentences of the article that address a language model."""
        return instructions.find(self.article.text, self.language)

    def line(self, text: str) -> Text:
        """Return a line in the article's language; the same text is one line, whoever asks for it."""
        return self._lines.setdefault(text, Text(text, self.language))

    def within(self, spans: Iterable[Span]) -> tuple[Text, ...]:
        """Return what stands in some spans of the article."""
        return tuple(self.line(span.of(self.article.text)) for span in spans)

    def positions(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Return which sentences some spans are (0-based); a span that is none raises `KeyError`."""
        known = {(s.start, s.end): i for i, s in enumerate(self.article.sentences)}
        return tuple(known[span.start, span.end] for span in spans)


def _is_name(name: str) -> bool:
    """Tell a full name from a noun: *council spokeswoman*."""
    parts = name.split()
    return len(parts) > 1 and not parts[0].islower() and not parts[-1].islower()
