"""Files that have their names only when they are whole: a full disk or a kill leaves what was there before."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

__all__ = ["written"]


@contextmanager
def written(target: Path, *, lasting: bool = False, like: Path | None = None) -> Iterator[IO[bytes]]:
    """Give a file that takes its name when the block is left without an error; its folder must be there.

    Args:
        target: its name; a file that has it is replaced, a pipe or a device written to as it is.
        lasting: on the disk before it takes the name, so that a power cut loses nothing either.
        like: a file whose permissions it gets; None for the usual ones.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    if target.exists() and not target.is_file():  # a pipe or a device has no other content, and is not to be replaced
        with target.open("wb") as file:
            yield file
        return
    temporary = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if like is not None:
            with suppress(OSError):  # a file system without modes has none to keep
                shutil.copymode(like, temporary)
        temporary.replace(target)
    finally:
        with suppress(OSError):  # why it could not be written is told; this would hide it
            temporary.unlink(missing_ok=True)
