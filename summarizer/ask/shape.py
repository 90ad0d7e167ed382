"""How long a digest is and what shape it has: told to the model, and held afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from summarizer.article import segment
from summarizer.article.findings import Finding

if TYPE_CHECKING:
    from summarizer.ask.summary import GroundedSummary
    from summarizer.config import Settings

__all__ = ["Shape", "Size"]

#: How long a headline may be, in the words of the prompt, by script.
_HEADLINE: Mapping[str, str] = MappingProxyType({"latin": "12 words", "han": "25 characters"})
_HAN_HEADLINE_CHARS = 25
#: Length → sentences of the abstract at most, sentences of the article for each but the first, key points at most.
_LENGTHS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {"short": (1, 10, 3), "medium": (3, 10, 6), "long": (6, 5, 10)}
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to say: a two-sentence article gets one sentence and one point."""

    abstract: int
    key_points: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What an office wants of a digest's length.

    Attributes:
        length: ``short``, ``medium`` or ``long``.
        sentences: of the abstract, where the article has as many; None for as many as the length has.
        key_points: at most; None for as many as the length has.
        headline_words: of a headline at most; None for no limit but what the prompt advises.
        headline_chars: the same in characters.
        set: whether anything of it was asked for: then it is held afterwards.
    """

    length: str = "medium"
    sentences: int | None = None
    key_points: int | None = None
    headline_words: int | None = None
    headline_chars: int | None = None
    set: bool = False

    @classmethod
    def of(cls, settings: "Settings") -> "Shape":
        """Return what the settings say."""
        points = settings.max_key_points if "max_key_points" in settings.model_fields_set else None
        return cls(
            settings.length or "medium",
            settings.sentences,
            points,
            settings.headline_words,
            settings.headline_chars,
            settings.length is not None or settings.sentences is not None,
        )

    def size(self, sentences: int) -> Size:
        """Return how much is asked for about so many sentences."""
        most, each, points = _LENGTHS[self.length]
        abstract = min(most, 1 + sentences // each) if self.sentences is None else min(self.sentences, sentences)
        most_points = points if self.key_points is None else self.key_points
        return Size(max(1, abstract), max(1, min(most_points, (sentences + 1) // 2)))

    def headline(self, script: str) -> str:
        """Return the limit of a headline in the words of the prompt."""
        words, chars = self.headline_words, self.headline_chars
        if script == "han":
            return f"{min(chars or _HAN_HEADLINE_CHARS, _HAN_HEADLINE_CHARS)} characters"
        limits = [f"{words} words"] if words else []
        limits += [f"{chars} characters"] if chars else []
        return " and ".join(limits) or _HEADLINE[script]

    @property
    def heading(self) -> str:
        """The limit of a translated headline, as the model is told it behind what the line is; empty for none."""
        words, chars = self.headline_words, self.headline_chars
        limits = [f"{words} words"] if words else []
        limits += [f"{chars} characters"] if chars else []
        return f", of at most {' and '.join(limits)}" if limits else ""

    def held(self, summary: "GroundedSummary", language: str, sentences: int) -> "GroundedSummary":
        """Return the summary of so many sentences, with a finding where its abstract has another length."""
        if not self.set:
            return summary
        told = sum(len(segment.split(each.text, language)) for each in summary.abstract)
        wanted = self.size(sentences).abstract
        few = self.sentences is not None and told < wanted
        if told <= wanted and not few:
            return summary
        message = f"the abstract has {told} {'sentence' if told == 1 else 'sentences'}, and {wanted} were asked for"
        note = Finding("house.length", f"{message}: {'add one' if few else 'shorten it'}", "/summary/abstract")
        return summary.replaced(summary.statements, (note,))
