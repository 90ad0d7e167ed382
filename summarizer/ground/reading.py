"""An article read once: everything that is held against an article is held against its one reading.

Text that an article addresses to a language model is nobody's evidence: it is read as blanks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from summarizer import languages, speech
from summarizer.article import Article, disguise, instructions
from summarizer.article.span import Span
from summarizer.figures import Figure
from summarizer.ground.evidence import Index
from summarizer.ground.text import Text
from summarizer.speech import Speech
from summarizer.speech.marks import Passage, passages, undoubled

__all__ = ["Reading"]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, eq=False)  # no slots: what only checks need is read when the first of them asks
class Reading:
    """What the rules read in an article.

    Attributes:
        article: the source. Where it addresses a language model its text is spaces, such a sentence has no text, and
            such a title is none; every offset is as printed.
        printed: the source as it is printed.
        orders: the sentences that address a language model, in order.
        speeches: what its people say, in its order.
    """

    article: Article
    printed: Article
    orders: tuple[Span, ...]
    speeches: tuple[Speech, ...]
    _lines: dict[str, Text] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, printed: Article) -> "Reading":
        """Read an article."""
        orders = _orders(printed)
        article = _blanked(printed, orders)
        said = speech.outermost(speech.find(article.text, article.language))
        speeches = tuple(part for one in said for part in _outside(one, orders, article.text))
        return cls(article, printed, orders, speeches)

    @property
    def language(self) -> str:
        """The article's language."""
        return self.article.language

    @property
    def script(self) -> Literal["latin", "han"]:
        """The script by which lengths are counted: a Japanese line is as short as a Chinese one."""
        own = languages.get(self.language)
        return "han" if own.script in ("han", "jpan") else "latin"

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
        said = (s.speaker for s in self.speeches if s.speaker and s.speaker.role and not s.speaker.unnamed)
        return tuple(dict.fromkeys(speaker.name for speaker in said if _is_name(speaker.name)))

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
    def marked(self) -> tuple[Passage, ...]:
        """What stands between quotation marks."""
        return passages(undoubled(self.article.text))

    @cached_property
    def ordered(self) -> tuple[Text, ...]:
        """What the orders say, without disguise, each as a line of every language: it may be in any."""
        said = [span.of(self.printed.text) for span in self.orders]
        shown = [" ".join((disguise.plain(text), *disguise.decoded(text))) for text in said]
        return tuple(Text(text, code) for text in shown for code in languages.available())

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


def _orders(article: Article) -> tuple[Span, ...]:
    """Return the article's sentences that address a language model, whoever parted it into sentences."""
    found = instructions.find(article.text, article.language)
    ends = [order.end for order in found]
    nearest = ((s, bisect_right(ends, s.start)) for s in article.sentences)
    return tuple(Span(s.start, s.end) for s, i in nearest if i < len(found) and found[i].start < s.end)


def _blanked(article: Article, orders: tuple[Span, ...]) -> Article:
    """Return an article in which nothing stands in place of some of its sentences."""
    if article.title and instructions.find(article.title, article.language):
        article = replace(article, title=None)
    if not orders:
        return article
    silent = {order.start for order in orders}
    sentences = tuple(replace(s, text="") if s.start in silent else s for s in article.sentences)
    ends = (0, *(order.end for order in orders))
    parts = [
        f"{article.text[end : order.start]}{' ' * (order.end - order.start)}"
        for end, order in zip(ends, orders, strict=False)
    ]
    return replace(article, text="".join([*parts, article.text[ends[-1] :]]), sentences=sentences)


def _outside(said: Speech, orders: tuple[Span, ...], text: str) -> Iterator[Speech]:
    """Yield the parts of a run of speech that stand outside some sentences."""
    within = [order for order in orders if said.start < order.end and order.start < said.end]
    if not within:
        yield said
        return
    starts, ends = (said.start, *(o.end for o in within)), (*(o.start for o in within), said.end)
    for start, end in zip(starts, ends, strict=True):
        part = text[start : max(start, end)]
        if any(map(str.isalnum, part)):
            yield replace(said, start=start + len(part) - len(part.lstrip()), end=start + len(part.rstrip()))


def _is_name(name: str) -> bool:
    """Tell a full name from a noun: *council spokeswoman*."""
    parts = name.split()
    return len(parts) > 1 and not parts[0].islower() and not parts[-1].islower()
