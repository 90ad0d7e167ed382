"""What waits for answers, as values: articles, their questions, the batches these are in, how far everything is."""

from dataclasses import dataclass

from summarizer.article import Article
from summarizer.later import lines

__all__ = ["Batch", "Entry", "Question", "Sizes", "Tally"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that was given.

    Attributes:
        name: as the user knows it.
        stem: for the name of a file.
        key: of its result in the store.
        article: itself.
    """

    name: str
    stem: str
    key: str
    article: Article


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a question, the first or one after an answer that did not fit.

    Attributes:
        id: by which its answer is known.
        form: SHA-256 of its body, hexadecimal.
        batch: the tag of the batch that it is in; None where it is in none.
        status: of its answer; None while there is none, 0 where it was given up.
        said: the answer's body; why it was given up.
    """

    id: str
    form: str
    batch: str | None
    status: int | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of requests to one model.

    Attributes:
        tag: our own name for it, by which it is found again at the endpoint.
        model: who is asked.
        requests: lines in it.
        bytes: of all lines.
        made: when, in seconds since 1970.
        tried: when the endpoint was asked to begin it; None where it never was, or has said that it did not.
        id: the endpoint's name for it; None while that is not known.
        status: the endpoint's word, ``planned`` before there is one.
        message: what the endpoint says is wrong.
        answered: requests with a last word; None while it is not over.
        ended: when it was collected, in seconds since 1970.
    """

    tag: str
    model: str
    requests: int
    bytes: int
    made: float
    tried: float | None
    id: str | None
    status: str
    message: str | None
    answered: int | None
    ended: float | None

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be begun."""
        return self.id is None and self.tried is None and self.ended is None

    @property
    def is_unheard(self) -> bool:
        """Whether it may have been begun or not: the endpoint was asked, and nobody heard its answer."""
        return self.id is None and self.tried is not None


@dataclass(frozen=True, slots=True)
class Sizes:
    """What one file may hold.

    Attributes:
        requests: lines at most, from 1 to 50,000.
        bytes: at most, 200 MB.
    """

    requests: int = lines.MOST_REQUESTS
    bytes: int = lines.MOST_BYTES


@dataclass(frozen=True, slots=True)
class Tally:
    """How far everything is.

    Attributes:
        articles: given in all.
        done: of these, with a digest.
        failed: given up, each name with its reason.
        unsent: questions that are in no batch yet.
        sent: questions in a batch that is not collected.
    """

    articles: int
    done: int
    failed: tuple[tuple[str, str], ...]
    unsent: int
    sent: int
