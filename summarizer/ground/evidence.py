"""Which sentences say what a statement says: evidence by shared words, never by similarity of meaning.

A statement is held against the article in the article's own language, so what it says must share its
words: stems where spaces part words, pairs of characters where none do, digits everywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer import languages
from summarizer.article.segment import Sentence
from summarizer.article.span import Span
from summarizer.languages.hant import simplified

__all__ = ["Evidence", "Index", "terms"]

#: A cited sentence that shares this much of a statement's words is taken as its source …
_ENOUGH = 0.35
#: … unless another shares so many times as much, …
_BETTER = 1.5
#: … and a statement is supported when the article as a whole shares this much of them.
_SUPPORTED = 0.5
#: A further sentence is evidence when it brings at least so many words that the others do not have.
_MORE = 2
#: Inflection changes the ends of words: *cooperazione*, *cooperare*, *cooperated* share their first five letters.
_STEM = 5

#: Chinese, Japanese, Thai, Lao, Burmese and Khmer have no spaces between words.
_JOINED = r"\u3400-\u9fff\u3041-\u30ff\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff"
_LATIN = re.compile(rf"[^\W\d_{_JOINED}]+")
_HAN = re.compile(rf"[{_JOINED}]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement comes from.

    Attributes:
        spans: the sentences that say it, in the order of the article.
        supported: whether the article shares enough of the statement's words for it to be a report of it.
        worded: those of the spans whose words it shares; the others hold a figure of it.
    """

    spans: tuple[Span, ...] = ()
    supported: bool = True
    worded: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """The terms of each sentence of an article."""

    sentences: tuple[Sentence, ...]
    terms: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, sentences: Sequence[Sentence], language: str) -> "Index":
        """Index the sentences of one article."""
        return cls(tuple(sentences), tuple(terms(s.text, language) for s in sentences))

    def evidence(self, statement: str, cited: Iterable[int], language: str) -> Evidence:
        """Return the sentences that say `statement`.

        What the model cited (0-based positions) counts as far as it shares the statement's words;
        where it shares too few, the sentence that shares most of them stands in, beside what is cited for the others.
        One without text is none.
        """
        wanted = terms(statement, language)
        valid = sorted({i for i in cited if 0 <= i < len(self.sentences) and self.sentences[i].text})
        chosen, best = self._pruned(wanted, valid), self._best(wanted)
        share = self._shared(wanted, chosen)
        if best and (share < _ENOUGH or self._shared(wanted, best) > _BETTER * share):
            more = wanted.difference(*(self.terms[i] for i in best))
            chosen = sorted({*best, *(i for i in valid if more & self.terms[i])})
        supported = self._shared(wanted, range(len(self.terms))) >= _SUPPORTED
        spans = tuple(Span(self.sentences[i].start, self.sentences[i].end) for i in chosen)
        return Evidence(spans, supported, spans)

    def alike(self, wanted: frozenset[str]) -> tuple[int, ...]:
        """Return the positions of the sentences that each share as much of a statement's terms as a source does."""
        enough = max(1.0, _ENOUGH * len(wanted))
        return tuple(i for i, own in enumerate(self.terms) if len(wanted & own) >= enough)

    def _pruned(self, wanted: frozenset[str], cited: list[int]) -> list[int]:
        """Return the cited sentences that each say something more, and those beside one; all when none shares a word.

        A sentence right beside another one may tell who is meant in that (``They were on the verge of a deal``), and
        needs to share no more than one word of the statement.
        """
        left, kept = wanted, list[int]()
        for i in sorted(cited, key=lambda i: (-len(wanted & self.terms[i]), i)):
            new = left & self.terms[i]
            if len(new) >= (_MORE if kept else 1):
                kept.append(i)
                left -= new
        beside = (i for i in cited if wanted & self.terms[i] and not {i - 1, i + 1}.isdisjoint(kept))
        return sorted({*kept, *beside}) or cited

    def _best(self, wanted: frozenset[str]) -> list[int]:
        shares = [len(wanted & found) for found in self.terms]
        most = max(shares, default=0)
        return [shares.index(most)] if most else []

    def _shared(self, wanted: frozenset[str], chosen: Iterable[int]) -> float:
        if not wanted:
            return 0.0
        found = frozenset[str]().union(*(self.terms[i] for i in chosen))
        return len(wanted & found) / len(wanted)


@lru_cache(maxsize=2048)  # each line of a digest is held against each other one
def terms(text: str, language: str) -> frozenset[str]:
    """Return the terms of `text` that carry meaning: stems, pairs of Han characters, runs of digits."""
    plain = _unaccented(text)
    common = _common(language)
    words = (w for w in _LATIN.findall(plain) if len(w) > 2 and w not in common)
    pairs = (run[i : i + 2] for run in _HAN.findall(plain) for i in range(max(1, len(run) - 1)))
    return frozenset(w[:_STEM] for w in words) | frozenset(pairs) | frozenset(_DIGITS.findall(plain))


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(languages.get(language).words.never_last)


def _unaccented(text: str) -> str:
    folded = unicodedata.normalize("NFKD", simplified(text).casefold())
    return folded if folded.isascii() else "".join(c for c in folded if unicodedata.category(c)[0] != "M")
