"""How many requests at once, and how many a second: found out by asking, since few endpoints say it beforehand."""

import math
from collections import deque
from typing import NamedTuple

__all__ = ["Flow"]

#: Requests at once to begin with; each answer allows one more as long as the endpoint takes them all.
_FIRST = 8
#: How many of the last requests show what the endpoint takes.
_SHOWN = 20
#: So many refusals among them, and such a share, are a limit and not chance; beyond the second share it is none.
_REFUSALS, _SHARE, _MOST_SHARE = 4, 0.2, 0.6
#: After a refusal: of the requests that are taken in a second how many are sent from now on, and at once how many.
_LESS, _FEWER = 0.9, 0.5
#: Seconds after which the rate grows again, and its growth in a second; it grows faster the longer none is refused.
_QUIET_S, _GROWTH = 6.0, 0.02
#: No rate is lower, in requests a second: an endpoint that takes less says so itself.
_SLOWEST = 1 / 60


class _Trial(NamedTuple):
    """What was before less is sent: requests at once, and the share that was refused; whether it is the second."""

    size: float
    share: float
    again: bool = False


class Flow:
    """Lets as many requests through as the endpoint takes: additive increase, multiplicative decrease.

    Two bounds, since endpoints have both: requests under way at once (`size`), which grows from few, and requests a
    second (`per_s`), which is unknown until the endpoint refuses some. Then it is what the endpoint was seen to
    take, as in the adaptive mode of the AWS SDKs ("client-side rate limiting"), and grows slowly. Each time that
    less is sent is a trial: where as many of the next requests are refused, it is not because of their number, and
    as much is sent as before. Times are by the monotonic clock.

    Args:
        most: requests under way at once at most.

    Attributes:
        size: requests under way at once.
        per_s: requests a second; None where none was refused for being too many.
    """

    def __init__(self, most: int) -> None:
        self.size = float(min(_FIRST, most))
        self.per_s: float | None = None
        self._most = most
        self._doubling = True
        self._taken: deque[float] = deque(maxlen=_SHOWN)
        self._refused: deque[bool] = deque(maxlen=_SHOWN)
        self._cut_at = self._grown_at = self._next_at = self._refused_at = 0.0
        self._share = _SHARE
        self._trial: _Trial | None = None

    def is_full(self, under_way: int) -> bool:
        """Tell whether one more would be too many at once."""
        return under_way >= max(1, math.floor(self.size))

    def wait(self, now: float) -> float:
        """Return the seconds until the next may be sent, as far as the rate goes."""
        return max(0.0, self._next_at - now)

    def sent(self, now: float) -> None:
        """Count one that is sent."""
        if self.per_s is None:
            return
        if now - self._next_at < 1 / self.per_s:  # else it was not the rate that held them up, and says nothing of it
            self._grow(now)
        self._grown_at = max(self._grown_at, now)
        self._next_at = max(now, self._next_at) + 1 / self.per_s

    def _grow(self, now: float) -> None:
        faster = max(1.0, (now - self._refused_at) / _QUIET_S - 1)
        grown = (1 + _GROWTH * faster) ** max(0.0, now - self._grown_at)
        self.per_s = None if self.per_s is None else self.per_s * grown

    def taken(self, now: float) -> None:
        """Count one that was not refused, whatever came of it."""
        self._taken.append(now)
        self._count(now, refused=False)

    def answered(self, now: float, *, more: bool) -> None:
        """Count one that was answered; `more`: some wait for nothing but their turn."""
        self.taken(now)
        if more:
            self.size = min(self._most, self.size + (1 if self._doubling else 1 / self.size))

    def refused(self, sent_at: float, under_way: int, now: float) -> None:
        """Count one that was one too many; those that were under way together are one reason to send less."""
        self._refused_at = now
        if sent_at < self._cut_at:
            return  # it says nothing of what is sent now
        self._count(now, refused=True)
        share, size = self._share_refused(under_way), self.size
        enough = self._share if self._trial is None else _MOST_SHARE
        if sum(self._refused) >= _REFUSALS and share >= enough and self.hold_back(sent_at, now):
            self._slow_down(under_way, now)
            self._trial = _Trial(size, share) if share < _MOST_SHARE else None

    def _share_refused(self, under_way: int) -> float:
        """Return the share of the last requests that was refused.

        Those under way count as taken, since an answer takes longer than a refusal, unless most are refused.
        """
        share = sum(self._refused) / _SHOWN
        return share if share >= _MOST_SHARE else sum(self._refused) / max(1, len(self._refused) + under_way)

    def _slow_down(self, under_way: int, now: float) -> None:
        """Send no more in a second than is taken; those under way still count as that."""
        if self._taken:
            taken = len(self._taken) + under_way
            self.per_s = max(_SLOWEST, _LESS * taken / max(1.0, now - self._taken[0]))
            self._next_at, self._grown_at = now, now + _QUIET_S

    def _count(self, now: float, *, refused: bool) -> None:
        """Count one, and look how the trial went where it was long enough."""
        self._refused.append(refused)
        if self._trial is None or len(self._refused) < _SHOWN:
            return
        trial, share = self._trial, sum(self._refused) / _SHOWN
        self._trial = None
        if trial.share / 2 <= share < _MOST_SHARE:
            self._go_on(trial, now)

    def _go_on(self, trial: _Trial, now: float) -> None:
        """After a trial in which as many were refused, try once more; then it is chance, and all is as before."""
        self._refused.clear()
        if not trial.again:
            self._slow_down(0, now)
            self._trial = trial._replace(again=True)
            return
        self._share = min(_MOST_SHARE, trial.share + _SHARE)  # more than that is no chance
        self.size, self.per_s, self._next_at = trial.size, None, 0.0

    def hold_back(self, sent_at: float, now: float) -> bool:
        """Send fewer at once from now on: the endpoint has too much to do, or hangs; tell whether that is new."""
        if sent_at < self._cut_at:
            return False
        self.size, self._doubling, self._cut_at = max(1.0, self.size * _FEWER), False, now
        self._refused.clear()
        return True
