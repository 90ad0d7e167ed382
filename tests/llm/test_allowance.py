"""What headers say is left, as providers document and send them."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from summarizer.llm.allowance import Allowance, Budget, allowances, seconds


def soon(**delta):
    return datetime.now(UTC) + timedelta(**delta)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("12", 12),
        ("0.5", 0.5),
        ("12ms", 0.012),
        ("6m0s", 360),
        ("2m59.56s", 179.56),
        ("1h2m3s", 3_723),
        ("0", 0),
        ("", None),
        ("soon", None),
        ("5 apples", None),
        ("-1", None),
        ("9999-99-99T00:00:00Z", None),
    ],
)
def test_a_time_until_a_reset(value, wanted):
    assert seconds(value) == (None if wanted is None else pytest.approx(wanted))


@pytest.mark.parametrize(
    "written",
    [
        lambda when: when.isoformat(),
        lambda when: when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        lambda when: when.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        lambda when: str(int(when.timestamp())),
        lambda when: str(int(when.timestamp() * 1_000)),
    ],
    ids=["RFC 3339", "RFC 3339, UTC", "RFC 9110", "seconds since 1970", "milliseconds"],
)
def test_a_time_of_a_reset(written):
    assert 3_000 < seconds(written(soon(hours=1))) <= 3_600


def test_a_reset_gone_by_is_now():
    assert seconds(soon(seconds=-30).isoformat()) == 0


#: Name of who sends so → headers, what is left by them.
SENT = {
    "OpenAI": (
        {
            "X-RateLimit-Limit-Requests": "60",
            "X-RateLimit-Limit-Tokens": "150000",
            "X-RateLimit-Remaining-Requests": "59",
            "X-RateLimit-Remaining-Tokens": "149984",
            "X-RateLimit-Reset-Requests": "1s",
            "X-RateLimit-Reset-Tokens": "6m0s",
        },
        {("-requests", 59, 1, 60), ("-tokens", 149_984, 360, 150_000)},
    ),
    "Anthropic": (
        {
            "anthropic-ratelimit-requests-limit": "50",
            "anthropic-ratelimit-requests-remaining": "0",
            "anthropic-ratelimit-requests-reset": "2020-01-01T00:00:00Z",
            "anthropic-ratelimit-input-tokens-limit": "40000",
            "anthropic-ratelimit-input-tokens-remaining": "39000",
            "anthropic-ratelimit-input-tokens-reset": "2020-01-01T00:00:00Z",
        },
        {("-requests", 0, 0, 50), ("-input-tokens", 39_000, 0, 40_000)},
    ),
    "the draft up to 07": (
        {"RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "7", "RateLimit-Reset": "50"},
        {("", 7, 50, 100)},
    ),
    "the draft since 08": (
        {"RateLimit-Policy": '"burst";q=100;w=60', "RateLimit": '"burst";r=50;t=30, "day";r=9000;t=40000'},
        {("burst", 50, 30, None), ("day", 9_000, 40_000, None)},
    ),
    "Azure, for no limit": (
        {"x-ratelimit-limit-tokens": "-1", "x-ratelimit-remaining-tokens": "-1", "x-ratelimit-reset-tokens": "0"},
        set(),
    ),
    "nobody": ({"content-type": "application/json", "x-ratelimit-remaining-requests": "3"}, set()),
}


@pytest.mark.parametrize("name", SENT)
def test_what_is_left(name):
    headers, wanted = SENT[name]
    assert {(a.name, a.left, a.reset_s, a.limit) for a in allowances(headers)} == wanted


def test_tokens_are_told_from_requests():
    of_tokens = {a.name: a.is_of_tokens for name in ("OpenAI", "Anthropic") for a in allowances(SENT[name][0])}
    assert of_tokens == {"-requests": False, "-tokens": True, "-input-tokens": True}


def test_a_budget_is_spent_and_there_again_after_its_reset():
    budget = Budget()
    assert budget.wait(10**6, 0.0) == 0
    budget.heard(Allowance("-requests", 2, 30, 10), 100.0, 0, 100.0)
    budget.spent(1)
    assert budget.wait(1, 101.0) == 0
    budget.spent(1)
    assert budget.wait(1, 101.0) == 29
    assert budget.wait(1, 130.0) == 0


def test_what_is_under_way_is_taken_off():
    budget = Budget()
    budget.heard(Allowance("-tokens", 1_000, 30, 5_000), 0.0, 800, 0.0)
    assert budget.wait(300, 0.0) == 30
    assert budget.wait(200, 0.0) == 0


def test_an_answer_that_was_overtaken_says_nothing():
    budget = Budget()
    budget.heard(Allowance("-requests", 0, 30, 10), 2.0, 0, 3.0)
    budget.heard(Allowance("-requests", 1, 30, 10), 1.0, 0, 4.0)
    assert budget.wait(1, 4.0) == 29


def test_a_request_larger_than_the_limit_waits_for_all_of_it_and_not_for_ever():
    budget = Budget()
    budget.heard(Allowance("-tokens", 900, 30, 1_000), 0.0, 0, 0.0)
    assert budget.wait(5_000, 0.0) == 30
    assert budget.wait(5_000, 30.0) == 0
    budget.heard(Allowance("-tokens", 1_000, 0.5, 1_000), 31.0, 0, 31.0)
    assert budget.wait(5_000, 31.0) == 0
    assert math.isfinite(budget.wait(5_000, 31.0))
