"""Files of digests: whole or not at all, under names that no other digest of the same folder has."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from summarizer import whole
from summarizer.article.line import one_line
from summarizer.batch.inputs import stem
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError

__all__ = ["free", "said", "written"]


def free(name: str, digest: Digest, taken: set[str]) -> str:
    """Return a file's name that is not taken, and take it; some systems hold capitals and small letters for one."""
    plain = stem(name)
    with_id = f"{plain}-{digest.article.id[:12]}"
    names = (plain, with_id, *(f"{with_id}-{n}" for n in range(2, len(taken) + 3)))
    free = next(each for each in names if each.casefold() not in taken)
    taken.add(free.casefold())
    return free


@contextmanager
def written(out: Path) -> Iterator[IO[bytes]]:
    """Give a file that has its name only when it is whole; pipes and devices are written as they are."""
    if str(out) == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif out.exists() and not out.is_file():
        with out.open("wb") as file:
            yield file
    else:
        out = out.resolve()  # a link stays one
        out.parent.mkdir(parents=True, exist_ok=True)
        with whole.written(out, lasting=True) as file:
            yield file


@contextmanager
def said(out: Path) -> Iterator[None]:
    """Tell in words why something cannot be written.

    Raises:
        ConfigurationError: in place of an OSError; a pipe that nobody reads any longer stays one.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = one_line(str(out)) if str(out) != "-" else "standard output"
        raise ConfigurationError(
            f"cannot write {where}: {error.strerror or error}",
            "what was given is as it was; name another place with --out",
        ) from None
