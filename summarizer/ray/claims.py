"""Who makes which text: one batch of a run, so that the same text under two names is paid for once."""

import sys
import time
from typing import Any, Protocol

from summarizer.ray.cluster import need_ray

__all__ = ["Claiming", "Claims", "RemoteClaims"]

#: The actor answers in a millisecond; while Ray starts it anew, in some seconds.
_ANSWER_S = 60.0


class Claiming(Protocol):
    """Whom a batch asks before it has a text made."""

    def claim(self, key: str, batch: str) -> tuple[str, bool]:
        """Return whose text it is, and whether that batch has made it; it is the asking one's where nobody has it."""

    def end(self, key: str, batch: str, *, made: bool) -> None:
        """Let go of a text: it is made and stays the batch's, or the next one that asks has it."""


class Claims:
    """Which batch has which text: about 150 bytes for each text of a run.

    Where its process is lost, Ray starts another; a text that comes again after that may be paid for again.

    Args:
        patience_s: so long a text is under way; after that whoever asks has it: its batch may be lost for good.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._going: dict[bytes, tuple[str, float]] = {}
        self._made: dict[bytes, str] = {}

    def claim(self, key: str, batch: str) -> tuple[str, bool]:
        """Return whose text it is, and whether that batch has made it.

        Args:
            key: the article's, hexadecimal.
            batch: who asks.
        """
        text, now = _short(key), time.monotonic()
        if (owner := self._made.get(text)) not in (None, batch):
            return str(owner), True
        owner, since = self._going.get(text, (batch, now))
        if owner != batch and now - since < self._patience_s:
            return owner, False
        self._going[text] = sys.intern(batch), now
        return batch, False

    def end(self, key: str, batch: str, *, made: bool) -> None:
        """Let go of a text, if it is this batch's."""
        text = _short(key)
        if self._going.get(text, ("", 0.0))[0] != batch:
            return
        del self._going[text]
        if made:
            self._made[text] = sys.intern(batch)


class RemoteClaims:
    """The claims as a worker asks them; without an answer a text is the asking batch's, and at worst paid for twice.

    Args:
        actor: a handle on `Claims`.
    """

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def claim(self, key: str, batch: str) -> tuple[str, bool]:
        """Return whose text it is, and whether that batch has made it."""
        ray = need_ray()
        try:
            owner, made = ray.get(self._actor.claim.remote(key, batch), timeout=_ANSWER_S)
        except ray.exceptions.RayError:
            return batch, False
        return owner, made

    def end(self, key: str, batch: str, *, made: bool) -> None:
        """Let go of a text."""
        self._actor.end.remote(key, batch, made=made)


def _short(key: str) -> bytes:
    return bytes.fromhex(key)[:16]
