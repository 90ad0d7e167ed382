"""What an endpoint says, in the headers of its answers, that it still takes: requests and tokens, and until when."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["Allowance", "Budget", "allowances", "seconds"]

#: ``x-ratelimit-remaining-tokens`` (OpenAI, Azure, Groq), ``anthropic-ratelimit-tokens-remaining`` (Anthropic),
#: ``ratelimit-remaining`` (draft-ietf-httpapi-ratelimit-headers up to 07): the same words in another order.
_NAMED = re.compile(r"(?:[a-z]+-)?ratelimit(?P<before>-.+)?-(?P<field>limit|remaining|reset)(?P<after>-.+)?")
#: One policy of the same draft since 08, ``"default";r=50;t=30``.
_POLICY = re.compile(r'"(?P<name>[^"]*)"(?P<fields>[^,]*)')
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s|d)")
_UNITS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
#: Larger numbers are no durations: seconds, or milliseconds, since 1970.
_EPOCH_S, _EPOCH_MS = 1e9, 1e11


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of one limit.

    Attributes:
        name: of the limit, ``-requests``, ``-tokens`` or what else stands beside the words of the header.
        left: requests or tokens.
        reset_s: seconds until all of it is there again.
        limit: what is there then, None where that is not said.
    """

    name: str
    left: float
    reset_s: float
    limit: float | None = None

    @property
    def is_of_tokens(self) -> bool:
        """Whether it counts tokens; all others count requests."""
        return "token" in self.name


def allowances(headers: Mapping[str, str]) -> Iterator[Allowance]:
    """Yield what the headers of an answer say is left; a limit without remainder or time says nothing.

    Args:
        headers: of the answer, names in whatever case.
    """
    found: dict[str, dict[str, str]] = {}
    for name, value in headers.items():
        if named := _NAMED.fullmatch(name.lower()):
            limit = f"{named['before'] or ''}{named['after'] or ''}"
            found.setdefault(limit, {})[named["field"]] = value
        elif name.lower() == "ratelimit":
            found |= dict(_policies(value))
    for name, fields in found.items():
        left, reset_s = _number(fields.get("remaining")), seconds(fields.get("reset", ""))
        if left is not None and reset_s is not None:
            yield Allowance(name, left, reset_s, _number(fields.get("limit")) or None)


def _policies(value: str) -> Iterator[tuple[str, dict[str, str]]]:
    for policy in _POLICY.finditer(value):
        fields = dict(part.strip().split("=", 1) for part in policy["fields"].split(";") if "=" in part)
        yield policy["name"], {"remaining": fields.get("r", ""), "reset": fields.get("t", "")}


def _number(value: str | None) -> float | None:
    """Return the number at the beginning; None where there is none, or one below zero (Azure, for "no limit")."""
    found = _NUMBER.match((value or "").strip())
    return float(found[0]) if found else None


def seconds(value: str) -> float | None:
    """Return the seconds until the time that `value` names; None where it names none, 0 where that is gone by.

    Args:
        value: seconds, a duration as Go writes it (``6m0s``, ``12ms``), seconds or milliseconds since 1970, a date
            of RFC 3339 or of RFC 9110.
    """
    value = value.strip()
    if _NUMBER.fullmatch(value):
        return _from_epoch(float(value))
    parts = _DURATION.findall(value)
    if parts and "".join(number + unit for number, unit in parts) == value:
        return math.fsum(float(number) * _UNITS[unit] for number, unit in parts)
    return _until(value)


def _from_epoch(number: float) -> float:
    if number < _EPOCH_S:
        return number
    since_1970 = number / 1_000 if number >= _EPOCH_MS else number
    return max(0.0, since_1970 - datetime.now(UTC).timestamp())


def _until(value: str) -> float | None:
    try:
        when = datetime.fromisoformat(value) if value[:4].isdecimal() else parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


class Budget:
    """What is left of one limit, counted on from the last word of the endpoint until it is all there again.

    Where nothing is left, waiting until then costs no throughput: a bucket that refills all the time is full by
    then, and a window has ended.
    """

    def __init__(self) -> None:
        self._left, self._limit, self._reset_at = math.inf, math.inf, 0.0
        self._sent_at = -math.inf

    def heard(self, told: Allowance, sent_at: float, under_way: float, now: float) -> None:
        """Take the endpoint's word for it, unless a request that was sent later was answered before.

        Args:
            told: what it says.
            sent_at: when the request that it answers was sent.
            under_way: what other requests under way use up; whether it counted them nobody knows.
            now: by the monotonic clock, as everywhere here.
        """
        if sent_at < self._sent_at:
            return
        self._sent_at = sent_at
        self._left = told.left - under_way
        self._limit = told.limit or math.inf
        self._reset_at = now + told.reset_s

    def spent(self, cost: float) -> None:
        """Take off what a request costs."""
        self._left -= cost

    def wait(self, cost: float, now: float) -> float:
        """Return the seconds until a request of that cost fits; one larger than the limit fits into all of it."""
        if now >= self._reset_at or self._left >= min(cost, self._limit):
            return 0.0  # what is there after the reset, the next answer says
        return self._reset_at - now
