"""What the store tells and is told: attempts, runs, what they cost, what an endpoint asked for."""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from summarizer.errors import SummarizerError

if TYPE_CHECKING:
    from summarizer.llm.client import Call

__all__ = ["Attempt", "Entry", "Known", "Outcome", "RunRow", "Spent", "Tried", "safe", "spent"]

Outcome = Literal["done", "reused", "failed"]
_MESSAGE_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked for and what it cost.

    Attributes:
        requests: sent, failed ones too.
        input_tokens: sent; `cached_tokens` of them came from a cache.
        output_tokens: received.
        cost_usd: None where something was asked and its price is not known.
    """

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one input.

    Attributes:
        name: the input's.
        key: of the result; None where the article could not be read.
        outcome: done, reused (a result was there), failed.
        error: the name of the error's class; `message` says what it said.
        spent: on this try alone.
    """

    name: str
    key: str | None
    outcome: Outcome
    error: str | None
    message: str | None
    spent: Spent


@dataclass(frozen=True, slots=True)
class Entry:
    """One result, as a list of them shows it.

    Attributes:
        place: its place in the list; later ones have higher ones.
        key: the result's.
        article: SHA-256 of the article's text, hexadecimal.
        source: path or address of the article.
        title: its own; None where it has none.
        language: of the article, BCP 47.
        made: in seconds since 1970.
        bytes: of the digest as JSON, UTF-8.
    """

    place: int
    key: str
    article: str
    source: str
    title: str | None
    language: str
    made: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Known:
    """What an endpoint asked for.

    Attributes:
        not_before: nothing is sent before this moment, in seconds since 1970 by this machine's clock.
        dialect: as it was given to `Store.learn`.
    """

    not_before: float = 0.0
    dialect: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run.

    Attributes:
        id: counts from 1.
        command: as it was given.
        began: in seconds since 1970; `ended` is None while it goes on, and where it was killed.
        outcome: how it ended; ``going`` or ``broken off`` where it did not say.
        done: articles made; `reused` were there already, `failed` have no result of this run.
        spent: on all of them.
    """

    id: int
    command: str
    began: float
    ended: float | None
    outcome: str
    done: int
    reused: int
    failed: int
    spent: Spent


@dataclass(frozen=True, slots=True)
class Tried:
    """One try at one input, as it is written down."""

    run: int
    key: str | None
    name: str
    article: str | None
    outcome: Outcome
    spent: Spent
    calls: "Sequence[Call]"
    error: SummarizerError | None = None

    def write(self, db: sqlite3.Connection) -> None:
        """Write it down, in the transaction that is under way."""
        kind = type(self.error).__name__ if self.error else None
        message = safe(str(self.error))[:_MESSAGE_CHARS] if self.error else None
        known = (self.run, self.key, safe(self.name), self.article, self.outcome, kind, message)
        spent = (*asdict(self.spent).values(), sum(call.seconds for call in self.calls))
        calls = json.dumps([asdict(call) for call in self.calls])
        db.execute(
            "INSERT INTO attempts (run, key, name, article, outcome, error, message, requests, input_tokens, "
            "cached_tokens, output_tokens, cost_usd, seconds, calls, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*known, *spent, calls, time.time()),
        )


def spent(calls: "Sequence[Call]", cost_usd: float | None) -> Spent:
    """Return what calls came to, at a cost that is known elsewhere."""
    return Spent(
        requests=sum(call.requests for call in calls),
        input_tokens=sum(call.input_tokens for call in calls),
        cached_tokens=sum(call.cached_tokens for call in calls),
        output_tokens=sum(call.output_tokens for call in calls),
        cost_usd=cost_usd,
    )


def safe(text: str) -> str:
    """Return text that the store can hold: halves of a character become question marks."""
    return text.encode("utf-8", "replace").decode()
