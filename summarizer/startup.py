"""A process that is ours alone, the command's or a worker's, made fast: no business of a library in its host's."""

import gc
import os

__all__ = ["fast"]


def fast() -> None:
    """Spare this process what costs it its first seconds, and a sixth of all work afterwards."""
    # half a million objects of imported packages stay to the end: looking through them often is a sixth of all work
    gc.set_threshold(50_000)
    # of Chinese only single characters are romanised; the package's own setting leaves its phrases unread
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
