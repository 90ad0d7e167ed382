"""How many at once and how many a second: found out against limits of several kinds, by a clock that is made up."""

import heapq
import itertools
import random
from collections import deque

import pytest

from summarizer.llm.flow import Flow

LATENCY_S = 0.4


class Sliding:
    """Takes so many requests in any window."""

    def __init__(self, most, window_s=1.0):
        self._most, self._window_s, self._taken = most, window_s, deque()

    def takes(self, now):
        while self._taken and self._taken[0] <= now - self._window_s:
            self._taken.popleft()
        if len(self._taken) < self._most:
            self._taken.append(now)
            return True
        return False


class Bucket:
    """Holds so many requests, and is refilled all the time."""

    def __init__(self, per_s, size):
        self._per_s, self._size, self._left, self._at = per_s, size, size, 0.0

    def takes(self, now):
        self._left = min(self._size, self._left + (now - self._at) * self._per_s)
        self._at = now
        takes = self._left >= 1
        self._left -= takes
        return takes


class AtOnce:
    """Takes so many at once; what it is asked beyond that is refused."""

    def __init__(self, most):
        self._most, self._ends = most, []

    def takes(self, now):
        self._ends = [end for end in self._ends if end > now]
        if len(self._ends) < self._most:
            self._ends.append(now + LATENCY_S)
            return True
        return False


class ByChance:
    """Refuses such a share, whatever it is asked: no limit, just an endpoint with a fault."""

    def __init__(self, share):
        self._share, self._dice = share, random.Random(12)

    def takes(self, _):
        return self._dice.random() >= self._share


class Both:
    """Refuses what one of two refuses."""

    def __init__(self, *servers):
        self._servers = servers

    def takes(self, now):
        return all(server.takes(now) for server in self._servers)


def run(server, needed, most=64):
    """Return the seconds until all were answered, and the requests sent for each."""
    flow, now, under_way, left, sent = Flow(most), 0.0, 0, needed, 0
    numbers, ends = itertools.count(), []
    while left or under_way:
        while left and not flow.is_full(under_way) and flow.wait(now) <= 1e-9:
            flow.sent(now)
            sent, left, under_way = sent + 1, left - 1, under_way + 1
            fine = server.takes(now)
            heapq.heappush(ends, (now + (LATENCY_S if fine else 0.05), next(numbers), fine, now))
        next_at = now + flow.wait(now)
        if left and not flow.is_full(under_way) and (not ends or next_at < ends[0][0]):
            now = next_at
            continue
        now, _, fine, sent_at = heapq.heappop(ends)
        full = flow.is_full(under_way)
        under_way -= 1
        if fine:
            flow.answered(now, more=bool(left) and full and flow.wait(now) == 0)
        else:
            left += 1
            flow.refused(sent_at, under_way, now)
    return now, sent / needed


@pytest.mark.parametrize(
    ("server", "needed", "ideal_s"),
    [(Sliding(5), 400, 80), (Sliding(2), 200, 100), (Bucket(5, 5), 400, 80), (AtOnce(4), 400, 40)],
    ids=["5 in a second", "2 in a second", "bucket of 5", "4 at once"],
)
def test_a_limit_that_nobody_names_is_found_and_kept_to(server, needed, ideal_s):
    seconds, each = run(server, needed)
    assert each <= 1.25
    assert seconds <= 1.5 * ideal_s


def test_without_a_limit_all_that_may_be_at_once_are_at_once_soon():
    seconds, each = run(Sliding(10**9), 1_280)
    assert each == 1
    assert seconds <= 1_280 / 64 * LATENCY_S * 1.25


@pytest.mark.parametrize(("share", "slower"), [(0.05, 1.5), (0.1, 2), (0.15, 3), (0.3, 5)])
def test_refusals_by_chance_do_not_slow_it_down_more_and_more(share, slower):
    """Sent less, an endpoint with a fault refuses as many: there is no rate that it takes."""
    seconds, each = run(ByChance(share), 12_800)
    assert each <= 1.05 / (1 - share)
    assert seconds <= 12_800 / 64 * LATENCY_S * slower


def test_a_limit_is_found_beside_refusals_by_chance():
    seconds, each = run(Both(ByChance(0.15), Sliding(5)), 400)
    assert each <= 1.5
    assert seconds <= 1.7 * 80


def test_never_more_at_once_than_may_be():
    assert Flow(3).size == 3
    flow = Flow(9)
    for _ in range(20):
        flow.answered(0.0, more=True)
    assert flow.size == 9


def test_there_is_always_room_for_one():
    flow = Flow(1)
    for at in range(10):
        flow.hold_back(float(at), float(at))
    assert not flow.is_full(0)
    assert flow.is_full(1)


def test_a_rate_that_holds_nobody_up_does_not_grow():
    flow = Flow(8)
    for at in range(5):
        flow.answered(at / 5, more=False)
    for _ in range(5):
        flow.refused(1.0, 0, 1.1)
    kept = flow.per_s
    assert kept is not None
    for at in range(100):
        flow.sent(20.0 + 10 * at)
    assert flow.per_s == kept
