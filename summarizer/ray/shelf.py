"""A batch's store: it finds what the folder has, and what another batch of the run has paid for."""

from collections.abc import Sequence

from summarizer.batch.store import Store
from summarizer.digest import Digest
from summarizer.errors import SummarizerError
from summarizer.llm.client import Call
from summarizer.ray.claims import Claiming
from summarizer.ray.output import Answers, Output

__all__ = ["Shelf"]


class Shelf(Store):
    """A batch's store, in memory; answers that were paid for are kept in the folder and outlive the process.

    Args:
        out: the run's output.
        batch: whose it is.
        answers: the batch's.
        claims: tell which batch has a text made; None where nobody is asked.
    """

    def __init__(self, out: Output, batch: str, answers: Answers, claims: Claiming | None = None) -> None:
        super().__init__(None)
        self._out, self._batch, self._answers, self._claims = out, batch, answers, claims
        self._owners: dict[str, tuple[str, bool]] = {}
        self._found: dict[str, Digest] = {}

    def result(self, key: str) -> Digest | None:
        """Return the digest of the same text: in this batch, in the folder before the run, of another batch."""
        return super().result(key) or self._out.had.digest(key) or self._found.get(key)

    def claim(self, key: str, run: int, *, force: bool = False) -> bool:
        """Take a text, as `Store.claim`; False also where another batch is at it, or its digest is in the folder."""
        if self._claims is not None:
            self._owners[key] = owner, made = self._claims.claim(key, self._batch)
            if owner != self._batch and (not made or self._is_found(key, owner)):
                return False
        return super().claim(key, run, force=force)

    def holder(self, key: str) -> int | None:
        """Return the run that has a text, as `Store.holder`; 0 while another batch is at it."""
        owner, made = self._owners.get(key, (self._batch, False))
        return super().holder(key) if made or owner == self._batch else 0

    def release(self, key: str, run: int) -> None:
        """Let go of a text that was neither made nor failed."""
        super().release(key, run)
        self._end(key, made=False)

    def finish(
        self, key: str, run: int, name: str, digest: Digest, calls: Sequence[Call], *, cost_usd: float | None = None
    ) -> None:
        """Keep a result, as `Store.finish`."""
        super().finish(key, run, name, digest, calls, cost_usd=cost_usd)
        self._end(key, made=True)

    def fail(
        self,
        key: str | None,
        run: int,
        name: str,
        error: SummarizerError,
        calls: Sequence[Call] = (),
        *,
        cost_usd: float | None = None,
    ) -> None:
        """Note why there is no result, as `Store.fail`."""
        super().fail(key, run, name, error, calls, cost_usd=cost_usd)
        if key is not None:
            self._end(key, made=False)

    def save_stage(self, key: str, stage: str, value: bytes) -> None:
        """Keep an answer here and in the folder."""
        self._answers.add(key, stage, value)
        super().save_stage(key, stage, value)

    def stage(self, key: str, stage: str) -> bytes | None:
        """Return an answer of this run, of a lost worker or of an earlier run."""
        known = super().stage(key, stage) or self._answers.get(key, stage)
        return known or self._out.earlier.get((key, stage))

    def _is_found(self, key: str, owner: str) -> bool:
        """Tell whether the digest that another batch made is in the folder; until it is, take its answers."""
        found = self._out.digest(owner, key)
        kept = self._out.answers(owner).of(key) if found is None else {}
        if found is None and not kept:
            found = self._out.digest(owner, key)  # it was written between the two looks
        if found is not None:
            self._found[key] = found
        for stage, value in kept.items():
            super().save_stage(key, stage, value)
        return found is not None

    def _end(self, key: str, *, made: bool) -> None:
        if self._claims is not None:
            self._claims.end(key, self._batch, made=made)
