"""One process at a time per file, across processes; the system lets go when a process dies."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["locked", "taken"]

POLL_S = 0.5


@contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file at ``path``; while another process holds it, call ``waiting`` twice a second.

    The file itself stays behind, empty: removing it would let a third process lock a file without a name.
    """
    with path.open("ab") as file:
        while not taken(file):
            waiting()
            time.sleep(POLL_S)
        yield


if sys.platform == "win32":
    import msvcrt

    def taken(file: IO[bytes]) -> bool:
        """Lock an open file for as long as it is open; tell whether that was possible."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def taken(file: IO[bytes]) -> bool:
        """Lock an open file for as long as it is open; tell whether that was possible."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
