"""What a run would take, without asking: requests, tokens, money and time, reckoned from the articles' lengths."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer import languages
from summarizer.llm.prices import Price, price
from summarizer.llm.tokens import fewest, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.article import Article
    from summarizer.ask.house import House
    from summarizer.config import Settings
    from summarizer.llm.endpoint import Endpoint

__all__ = ["Estimate", "Forecast"]

#: Tokens of a question beside the article, its schema included, and of its answer: counted over seed articles, with
#: answers made of its sentences (summary and quotes 977 and 468, a brief 933 and 433, a second reading 709, few).
_OPENING_IN, _OPENING_OUT = 1_000, 500
_BRIEF_IN, _BRIEF_OUT = 950, 450
_REVIEW_IN, _REVIEW_OUT = 750, 60
#: Of the questions so many are asked a second time, in part.
_AGAIN = 0.25
#: Tokens a second that one answer comes with: hosted models of today write 40 to 150.
_PER_S = 60.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What articles would take.

    Attributes:
        requests: questions, as a rule.
        input_tokens: sent.
        output_tokens: received.
        seconds: of one article after the other, questions that go at once counted once.
    """

    requests: float = 0.0
    input_tokens: float = 0.0
    output_tokens: float = 0.0
    seconds: float = 0.0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Forecast:
    """Reckons what articles would take.

    Attributes:
        settings: what is asked.
        endpoint: who is.
        to: target languages.
        further_tokens: what questions have beside the standard ones: a house style, templates of one's own.
        tasks: for each section of an office's own the tokens of its question beside the article and of its answer,
            as `summarizer.ask.rows.reckoned` tells; it is asked for beside the summary.
    """

    settings: "Settings"
    endpoint: "Endpoint"
    to: "Sequence[str]"
    further_tokens: int = 0
    tasks: "Sequence[tuple[float, float]]" = ()

    @classmethod
    def about(cls, settings: "Settings", endpoint: "Endpoint", to: "Sequence[str]", house: "House") -> "Forecast":
        """Return the forecast of questions as a house puts them."""
        from summarizer.ask.rows import reckoned

        tasks = tuple(reckoned(task, house) for task in house.tasks)
        return cls(settings, endpoint, to, house.further_tokens, tasks)

    def of(self, article: "Article") -> Estimate:
        """Return what one article would take; a long one is asked about section by section."""
        more = self.further_tokens
        length = (tokens(article.text) + fewest(article.text)) / 2
        briefs = len([code for code in self.to if not languages.same(code, article.language)])
        sections = max(1.0, length / (self.endpoint.context_tokens / 2))
        opening = Estimate(
            sections, length + sections * (_OPENING_IN + more), sections * _OPENING_OUT, _OPENING_OUT / _PER_S
        )
        translating = Estimate(
            briefs, briefs * (_BRIEF_IN + more), briefs * _BRIEF_OUT, (briefs > 0) * _BRIEF_OUT / _PER_S
        )
        own = sum((self._rows(length, sections, *task) for task in self.tasks), Estimate())
        readings = (1 + (briefs > 0)) * self._is_read
        read = Estimate(readings, readings * _REVIEW_IN, readings * _REVIEW_OUT, readings * _REVIEW_OUT / _PER_S)
        return _with_what_is_asked_again(opening + own + translating + read)

    def _rows(self, length: float, sections: float, sent: float, told: float) -> Estimate:
        """Return what a task takes: it is asked for while the summary is, and holds things up where it is longer."""
        return Estimate(sections, length + sections * sent, sections * told, max(0.0, told - _OPENING_OUT) / _PER_S)

    def usd(self, made: Estimate) -> float | None:
        """Return what that would cost; None where the price of the model is not known."""
        known: Price | None = price(self.settings, self.endpoint.model)
        return known.usd(int(made.input_tokens), 0, int(made.output_tokens)) if known else None

    @property
    def _is_read(self) -> bool:
        from summarizer.ask.trust import Trust

        return Trust.of(self.settings, embedded=self.endpoint.embedded).review != "none"


def _with_what_is_asked_again(made: Estimate) -> Estimate:
    more = 1 + _AGAIN
    return Estimate(made.requests * more, made.input_tokens * more, made.output_tokens * more, made.seconds * more)
