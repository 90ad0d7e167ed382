"""What was under way when a worker was lost: a row that ends its worker is not tried for ever."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.article.line import one_line
from summarizer.batch.making import Asking
from summarizer.errors import StoreError, UnexpectedError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch.desk import Desk
    from summarizer.digest import Digest

__all__ = ["Attempts", "Trying"]

#: So many workers that were lost over the same row: it is what ends them.
_ENOUGH = 3
_BEGUN, _ENDED, _DONE = "+", "-", "="


class Attempts:
    """What the workers of a batch began and did not end, a line for each step: it outlives them, however they end.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        steps = [line for line in _lines(path) if line]
        self._begun = Counter(step[1:] for step in steps if step[0] == _BEGUN)
        self._begun.subtract(step[1:] for step in steps if step[0] == _ENDED)
        #: Whether the files of the batch were written.
        self.done = _DONE in steps

    def lost(self, what: str) -> int:
        """Return how many workers were lost while this was under way."""
        return self._begun[what]

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Note that something is under way while the block lasts.

        Args:
            what: the number of a row that is read, the key of an article that is made.

        Raises:
            UnexpectedError: three workers were lost over it.
            StoreError: it cannot be noted.
        """
        if self.lost(what) >= _ENOUGH:
            raise UnexpectedError(
                f"{_ENOUGH} workers were lost while they were at this article: it may take more memory than there "
                "is, or end a library that it is read with",
                "try it alone, on one machine: summarizer summarize; the other articles are not concerned",
            )
        self._note(_BEGUN + what)
        try:
            yield
        finally:
            self._note(_ENDED + what)

    def finish(self) -> None:
        """Note that the files of the batch are written.

        Raises:
            StoreError: it cannot be noted.
        """
        self._note(_DONE)

    def _note(self, step: str) -> None:
        try:
            with self._path.open("a", encoding="ascii") as file:
                file.write(f"\n{step}")  # a line that a lost worker broke off spoils none after it
        except OSError as error:
            raise StoreError(f"cannot write {one_line(str(self._path))}: {error.strerror or error}") from None


@dataclass(frozen=True, slots=True)
class Trying(Asking):
    """Asks a model, and notes what is under way; an article that was under way when a worker was lost goes alone.

    Attributes:
        attempts: of the batch.
        alone: held by the one such article that this worker is at: of several, the one that ends it is found.
    """

    attempts: Attempts
    alone: asyncio.Lock

    async def make(self, article: "Article", desk: "Desk | None") -> "Digest":
        """Return the digest of an article, as `Asking.make`.

        Raises:
            UnexpectedError: three workers were lost over it.
        """
        key = self.key(article)
        async with AsyncExitStack() as held:
            if self.attempts.lost(key):
                await held.enter_async_context(self.alone)
            held.enter_context(self.attempts.of(key))
            return await Asking.make(self, article, desk)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"cannot read {one_line(str(path))}: {error.strerror or error}") from None
