"""Whether it makes sense to ask an endpoint at all: it may be down, hang, or reject whoever asks."""

import math

from summarizer.errors import ModelUnavailableError, SummarizerError
from summarizer.llm.endpoint import Limits

__all__ = ["Circuit"]

#: Articles in a row whose question ends without an answer, after which no more is asked.
_ARTICLES = 3


class Circuit:
    """Opens where an endpoint gives no answers any more, tries again after a pause, and then says no.

    As the pattern of that name: a question that ends because nobody answers opens it; after a pause one request goes
    alone. The third article in a row that meets this, or the third time-out, for a time-out takes minutes, ends it:
    whoever asks then is told so at once, until a longer pause is over and one request tries again. One good answer
    closes it. A rejection of whoever asks (a wrong key, an unknown model, a used-up quota) ends it, too. Times are by
    the monotonic clock.

    Args:
        limits: bounds on one request, and the pauses.

    Attributes:
        stopped: why nothing is asked any more; None as long as something is.
    """

    def __init__(self, limits: Limits) -> None:
        self.stopped: SummarizerError | None = None
        self._limits = limits
        self._met_by: set[int] = set()
        self._timeouts = 0
        self._answered_at = self._timed_out_at = -math.inf
        self._again_at = 0.0

    @property
    def was_answered(self) -> bool:
        """Whether there was a good answer, ever: the key is right, and the model is there."""
        return self._answered_at > -math.inf

    @property
    def doubts(self) -> bool:
        """Whether the last question ended without an answer: the next one is asked once, and not again."""
        return bool(self._met_by) or self.stopped is not None

    def refusal(self, now: float) -> SummarizerError | None:
        """Return what whoever asks now is told in place of an answer; None where it may be asked."""
        return self.stopped if now < self._again_at else None

    def wait(self, article: int, under_way: int, now: float) -> float:
        """Return the seconds until a request may go; infinite where it depends on the one under way.

        The next question of an article that got no answer goes at once: it may be that only that one was not taken.
        """
        if not self.doubts and not self._timeouts:
            return 0.0
        if under_way:
            return math.inf
        return 0.0 if article in self._met_by else max(0.0, self._again_at - now)

    def heard(self) -> None:
        """Count that somebody is there, whatever it says: it does not hang."""
        self._timeouts = 0

    def answered(self, now: float) -> None:
        """Count a good answer: nothing is wrong."""
        self.heard()
        self._met_by.clear()
        self.stopped, self._again_at, self._answered_at = None, 0.0, now

    def timed_out(self, sent_at: float, error: SummarizerError, now: float) -> None:
        """Count a time-out; those that were under way together are one."""
        if sent_at < self._timed_out_at:
            return
        self._timeouts, self._timed_out_at = self._timeouts + 1, now
        if self._timeouts > self._limits.timeouts:
            self.stop(_told(error, f"{self._timeouts} times in a row"), now)

    def failed(self, article: int, error: SummarizerError, since: float, now: float) -> None:
        """Count a question that ended because nobody answers it, unless others were answered meanwhile.

        Args:
            article: whose question it was.
            error: what it ended with.
            since: when its trouble began.
            now: when it ended.
        """
        if self._answered_at >= since or self.refusal(now):
            return
        self._met_by.add(article)
        if self._is_enough:
            self.stop(_told(error, "for one article after the other"), now)
        else:
            self._again_at = now + self._pause_s

    def rejected(self, article: int, error: SummarizerError, now: float) -> None:
        """Count a question that was rejected for a reason that may hold for all; there is nothing to wait for."""
        if self.refusal(now):
            return
        self._met_by.add(article)
        if self._is_enough:
            self.stop(error, now)

    def stop(self, error: SummarizerError, now: float) -> None:
        """Say no to whoever asks, with this error, until the longer pause is over."""
        self.stopped, self._again_at = error, now + self._limits.long_pause_s

    @property
    def _is_enough(self) -> bool:
        return self.stopped is not None or len(self._met_by) >= _ARTICLES

    @property
    def _pause_s(self) -> float:
        """Seconds before one request tries again; longer where there have been answers, for there may be again."""
        return self._limits.long_pause_s if self.was_answered else self._limits.pause_s


def _told(error: SummarizerError, often: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"{error.said}, {often}: nothing more is asked there for now", f"{error.advice}, then start again"
    )
