"""Which runs are still going: each holds a lock, and the system lets go of it when a process dies, however it does.

No process ids and no clocks: an id is given to somebody else, a clock goes back, and a process that hangs for an
hour still has its articles.
"""

import contextlib
import glob
from pathlib import Path
from typing import IO

from summarizer.local.lock import taken

__all__ = ["Alive"]


class Alive:
    """The runs of one store.

    Args:
        store: its file; None where nobody else can have it open.
    """

    def __init__(self, store: Path | None) -> None:
        self._store = store
        self._held: dict[int, IO[bytes] | None] = {}

    def hold(self, run: int) -> None:
        """Tell every process that this run is going, until `let_go` or the end of this process.

        Raises:
            OSError: the lock's file cannot be made, or locked.
        """
        if self._store is None:
            self._held[run] = None
            return
        file = self._file(run).open("ab")
        if not taken(file):
            file.close()
            raise OSError(f"the lock {self._file(run)} is held by somebody else")
        self._held[run] = file

    def is_going(self, run: int) -> bool:
        """Tell whether a run is going, in this process or another; one that cannot be looked at is."""
        if run in self._held:
            return True
        if self._store is None:
            return False
        try:
            with self._file(run).open("rb") as file:
                return not taken(file)
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def let_go(self, run: int) -> None:
        """Tell that a run is over."""
        if run in self._held:
            self._drop(run)

    def let_go_all(self) -> None:
        """Tell that all runs of this process are over."""
        for run in tuple(self._held):
            self._drop(run)

    def sweep(self) -> None:
        """Take away what killed runs left behind; only while no other process begins one."""
        if self._store is None:
            return
        for path in self._store.parent.glob(f"{glob.escape(self._store.name)}-run*.lock"):
            number = path.name.removeprefix(f"{self._store.name}-run").removesuffix(".lock")
            if number.isdecimal() and not self.is_going(int(number)):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _drop(self, run: int) -> None:
        file = self._held.pop(run)
        if file is None:
            return
        with contextlib.suppress(OSError):
            self._file(run).unlink()  # before it is let go: nobody can have taken the name in between
        file.close()

    def _file(self, run: int) -> Path:
        store = self._store
        assert store is not None  # noqa: S101 - only asked where there is one
        return store.with_name(f"{store.name}-run{run}.lock")
