"""Which files a client may name: those beneath folders that the server was started with, and no other."""

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from summarizer.article.line import one_line
from summarizer.article.reading import read_open
from summarizer.errors import ArticleError, ConfigurationError

__all__ = ["Roots"]


class Roots:
    """Folders whose files may be read, with all beneath them.

    Args:
        folders: none of them: no file may be read.

    Raises:
        ConfigurationError: one of them is no folder.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(_folder(each) for each in folders)

    def read(self, path: str, max_bytes: int) -> bytes:
        """Return what is in a file.

        A link counts as what it leads to. What a message says of a file elsewhere is the same whether it is there or
        not: a client learns nothing of it.

        Args:
            path: absolute, or relative to one of the folders.
            max_bytes: largest text.

        Raises:
            ArticleError: it is in none of the folders, no file, too large, or may not be read.
        """
        shown = one_line(path)
        if not self._folders:
            raise ArticleError(
                f"{shown}: this server reads no files",
                "give the article's text, or start the server with --root FOLDER",
            )
        root, parts = self._place(path, shown)
        try:
            with os.fdopen(_file(root, parts), "rb") as file:
                return read_open(file, shown, max_bytes)
        except OSError as error:
            raise ArticleError(f"{shown}: this file cannot be read: {error.strerror}") from None

    def _place(self, path: str, shown: str) -> tuple[Path, tuple[str, ...]]:
        """Return the folder that a file is in, and the way to it from there, without a link in it."""
        for root in self._folders:
            try:
                found = (root / path).resolve(strict=True)
            except (OSError, RuntimeError, ValueError):  # not there, links in a circle, a zero in the name
                continue
            for home in self._folders:
                if found != home and found.is_relative_to(home):
                    return home, found.relative_to(home).parts
        raise ArticleError(
            f"{shown}: there is no such file in the folders that this server may read",
            "check the path, or give the text",
        )


def _folder(path: Path) -> Path:
    try:
        found = path.resolve(strict=True)
    except (OSError, RuntimeError):
        found = path
    if not found.is_dir():
        raise ConfigurationError(f"--root {one_line(str(path))}: this is no folder", "give a folder with articles")
    return found


def _file(root: Path, parts: Sequence[str]) -> int:
    """Return a descriptor of a file in a folder; a pipe or a device is none."""
    found = _opened(root, parts)
    if stat.S_ISREG(os.fstat(found).st_mode):
        return found
    os.close(found)
    raise OSError(errno.EINVAL, "it is no file; give a file with one article")


def _opened(root: Path, parts: Sequence[str]) -> int:
    """Return a descriptor of a file in a folder; nothing on the way there may have become a link meanwhile."""
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(root.joinpath(*parts), os.O_RDONLY | getattr(os, "O_BINARY", 0))
    at = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = inner
        # a pipe that nobody writes into is not waited for
        return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
    finally:
        os.close(at)
