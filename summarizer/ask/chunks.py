"""An article that does not fit into the context window is taken in sections of whole sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer.article import Article
from summarizer.article.findings import Finding
from summarizer.article.instructions import LEFT_OUT
from summarizer.article.segment import Sentence
from summarizer.article.span import Span
from summarizer.ask.prompts import as_data
from summarizer.llm.tokens import tokens

__all__ = ["Section", "split", "truncated"]

#: Tokens that a prompt needs beside the article: rules, task, quotes or lines, and the answer.
_OVERHEAD_TOKENS = 4_096


@dataclass(frozen=True)  # no slots: every question about the section shows the same sentences
class Section:
    """Sentences ``first`` … ``last - 1`` of an article (0-based positions).

    Attributes:
        article: the whole article.
        first: position of the first sentence.
        last: one past the position of the last.
        max_chars: a sentence longer than the context window reaches the model up to here.
    """

    article: Article
    first: int
    last: int
    max_chars: int

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of this section."""
        return self.article.sentences[self.first : self.last]

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What ``article.v1.jinja`` is rendered with; sentences keep their numbers in the whole article."""
        return self.excerpt(range(self.first, self.last))

    def excerpt(self, positions: Iterable[int]) -> Mapping[str, Any]:
        """Return the same for some sentences of the article only, given by their 0-based positions."""
        every = self.article.sentences
        wanted = (i for i in sorted(set(positions)) if 0 <= i < len(every))
        numbered = [(i + 1, as_data(every[i].text[: self.max_chars] or LEFT_OUT)) for i in wanted]
        # nobody finds a text that holds 16 digits of its own hash, so none can forge the tag that ends it
        return {"key": self.article.id[:16], "language": self.article.language, "sentences": numbered}


def split(article: Article, context_tokens: int, further_tokens: int = 0) -> tuple[Section, ...]:
    """Return the sections of an article, in order; one when it fits.

    A section ends where a paragraph ends, if one does in its second half; a sentence is never divided. The questions
    may have `further_tokens` beside what the standard ones have.
    """
    budget = max(context_tokens - _OVERHEAD_TOKENS - further_tokens, context_tokens // 4)
    costs = [tokens(s.text) + 4 for s in article.sentences]
    sections, first = [], 0
    while first < len(costs):
        last = _reach(costs, first, budget)
        if last < len(costs):
            last = _paragraph_end(article, first, last)
        sections.append(Section(article, first, last, budget))
        first = last
    return tuple(sections)


def truncated(sections: Sequence[Section]) -> tuple[Finding, ...]:
    """Return a finding for each sentence of which the model sees only the beginning."""
    return tuple(
        Finding(
            "article.truncated",
            f"only the first {part.max_chars:,} of the {len(s.text):,} characters of one sentence reached the model",
            "/article/text",
            Span(s.start + part.max_chars, s.end),
        )
        for part in sections
        for s in part.sentences
        if len(s.text) > part.max_chars
    )


def _reach(costs: Sequence[int], first: int, budget: int) -> int:
    """Return the position behind the last sentence that still fits; at least one is taken."""
    last, spent = first + 1, costs[first]
    while last < len(costs) and spent + costs[last] <= budget:
        spent += costs[last]
        last += 1
    return last


def _paragraph_end(article: Article, first: int, last: int) -> int:
    for cut in range(last, first + (last - first) // 2, -1):
        if "\n" in article.text[article.sentences[cut - 1].end : article.sentences[cut].start]:
            return cut
    return last
