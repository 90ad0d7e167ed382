"""Whom a sentence is about, read only when somebody asks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from summarizer.speech.mention import Mention

__all__ = ["Head"]


class Head(Sequence[Mention]):
    """The mentions of a sentence: one or none. Most sentences with a frame are never asked for theirs."""

    __slots__ = ("_found", "_read")

    def __init__(self, read: Callable[[], Mention | None]) -> None:
        self._read = read
        self._found: tuple[Mention, ...] | None = None

    def _all(self) -> tuple[Mention, ...]:
        if self._found is None:
            found = self._read()
            self._found = (found,) if found is not None else ()
        return self._found

    def get(self) -> Mention | None:
        """Return the mention, reading it the first time."""
        return next(iter(self._all()), None)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._all())

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]
