"""What a run tells while it goes on: one frozen value for each thing that happens."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.batch.money import Cost

if TYPE_CHECKING:
    from summarizer.digest import Digest
    from summarizer.errors import SummarizerError
    from summarizer.llm.client import Call

__all__ = ["Asked", "Counts", "Ended", "Event", "Failed", "Finished", "Started", "Waiting"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a run is; ``done + failed + under_way + left`` is the number of articles taken or given up.

    Attributes:
        total: articles in all; None while nobody knows.
        done: articles with a digest; `cached` of them were in the store.
        failed: articles without one, or with a brief missing.
        under_way: articles begun and not ended.
        left: articles that were not done because the run stopped.
        cost: what it took so far, failed attempts included.
    """

    total: int | None = None
    done: int = 0
    cached: int = 0
    failed: int = 0
    under_way: int = 0
    left: int = 0
    cost: Cost = field(default_factory=Cost)


@dataclass(frozen=True, slots=True)
class Started:
    """An article was begun: it is read, and comes from the store or a model; these come in the order of the inputs.

    Attributes:
        number: the article's place among the inputs, from 0.
        name: the article, as the user knows it.
        stem: how a file of it may be called.
        article_id: SHA-256 of its text, hexadecimal.
        counts: how far the run is.
    """

    number: int
    name: str
    stem: str
    article_id: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Asked:
    """A question was answered, or failed for good.

    Attributes:
        name: the article.
        call: the question, and what it cost.
        counts: how far the run is.
    """

    name: str
    call: "Call"
    counts: Counts


@dataclass(frozen=True, slots=True)
class Finished:
    """An article has its digest.

    Attributes:
        number: the article's place among the inputs, from 0.
        name: the article.
        digest: its digest.
        cost: what it took in this run; nothing where the store had it.
        cached: whether the store had it.
        counts: how far the run is.
    """

    number: int
    name: str
    digest: "Digest"
    cost: Cost
    cached: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class Failed:
    """An article has no digest, or not a whole one.

    Attributes:
        number: the article's place among the inputs, from 0.
        name: the article.
        error: why.
        cost: what it took in this run all the same.
        digest: the digest without the briefs that failed; None where nothing can be published.
        counts: how far the run is.
    """

    number: int
    name: str
    error: "SummarizerError"
    cost: Cost
    digest: "Digest | None"
    counts: Counts


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing is sent for a while.

    Attributes:
        seconds: how long, as far as it is known.
        why: in words.
        counts: how far the run is.
    """

    seconds: float
    why: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over; always the last event.

    Attributes:
        why: what made it stop before its time; None where every article had its turn, or the caller stopped it.
        counts: they add up to the inputs.
    """

    why: "SummarizerError | None"
    counts: Counts


Event = Started | Asked | Finished | Failed | Waiting | Ended
