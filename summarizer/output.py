"""Where digests go: standard output, or one file each, whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from summarizer import render
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError

__all__ = ["Folder", "Stream"]


class Stream:
    """Standard output: Markdown, one JSON object, or JSON Lines for several articles."""

    def __init__(self, form: str, *, several: bool) -> None:
        self._form = form
        self._several = several

    def write(self, digest: Digest) -> None:
        """Print one digest and flush, so that a reader at the other end of a pipe has it at once."""
        if self._form == "json":
            sys.stdout.write(render.json(digest, lines=self._several))
        elif sys.stdout.isatty():
            from rich.console import Console
            from rich.markdown import Markdown

            Console().print(Markdown(render.markdown(digest)))
        else:
            sys.stdout.write(render.markdown(digest) + ("\n---\n\n" if self._several else ""))
        sys.stdout.flush()


class Folder:
    """A folder with one file for each article, named after it; two of one name get their ids added.

    Raises:
        ConfigurationError: the folder cannot be made or written to.
    """

    _SUFFIX: Mapping[str, str] = {"json": ".json", "markdown": ".md"}

    def __init__(self, folder: Path, form: str) -> None:
        self._folder = folder
        self._form = form
        self._taken: set[str] = set()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"--out {folder}: {error.strerror}; name a folder that can be written") from None

    def write(self, digest: Digest) -> None:
        """Write one digest under a temporary name, then give it its own: no reader sees half a file."""
        text = render.json(digest) if self._form == "json" else render.markdown(digest)
        target = self._folder / self._name(digest)
        try:
            descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".part")
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(temporary).chmod(0o644)
                Path(temporary).replace(target)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ConfigurationError(f"cannot write {target}: {error.strerror}") from None

    def _name(self, digest: Digest) -> str:
        stem = "stdin" if digest.article.source == "-" else Path(digest.article.source).stem or "article"
        if stem in self._taken:
            stem = f"{stem}-{digest.article.id[:12]}"
        self._taken.add(stem)
        return stem + self._SUFFIX[self._form]
