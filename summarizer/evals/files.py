"""Files of an eval: written whole or not at all, and what is wrong with one in a line."""

import errno
from pathlib import Path

from pydantic import ValidationError

from summarizer import whole
from summarizer.article.line import one_line
from summarizer.errors import ConfigurationError

__all__ = ["fault", "unwritable", "write"]


def fault(error: ValidationError) -> str:
    """Return the first thing that is wrong with a document, with its place, in one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = "/".join(map(str, first["loc"])) or "the file"
    return one_line(f"{place}: {first['msg']}")


def write(path: Path, text: str) -> None:
    """Write one file whole or not at all; the folders above it are made.

    Raises:
        ConfigurationError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole.written(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> ConfigurationError:
    """Return the error for a file that cannot be written, with what to do."""
    advice = {
        errno.EEXIST: "a file stands where a folder is needed; name another place",
        errno.ENOTDIR: "a file stands where a folder is needed; name another place",
        errno.EISDIR: "it is a folder; name a file in it",
    }.get(error.errno or 0, f"{error.strerror or error}; name a place that can be written")
    return ConfigurationError(f"cannot write {path}: {advice}")
