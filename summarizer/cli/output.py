"""Where digests go: standard output, or one file each, whole or not at all."""

import io
import secrets
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from summarizer import render
from summarizer.article.line import one_line
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError

__all__ = ["Folder", "Stream"]


class Stream:
    """Standard output: Markdown, one JSON object, or JSON Lines for several articles."""

    def __init__(self, form: str, *, several: bool) -> None:
        if sys.stdout is None:
            raise ConfigurationError("standard output is closed; redirect it, or use --out")
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8")  # a pipe gets JSON, whatever the locale says
        self._form = form
        self._several = several

    def write(self, digest: Digest) -> None:
        """Print one digest and flush, so that a reader at the other end of a pipe has it at once.

        Raises:
            BrokenPipeError: whoever read has enough.
            ConfigurationError: the output is closed or full.
        """
        try:
            self._print(digest)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise ConfigurationError(f"cannot write to standard output: {error.strerror}") from None

    def _print(self, digest: Digest) -> None:
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

    def __init__(self, folder: Path, form: str, inputs: Iterable[str]) -> None:
        self._folder = folder
        self._form = form
        self._taken: set[str] = set()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"--out {folder}: {error.strerror}; name a folder that can be written") from None
        inside = (Path(i) for i in inputs if i != "-")
        if any(i.suffix == self._SUFFIX[form] and i.resolve().parent == folder.resolve() for i in inside):
            raise ConfigurationError(f"--out {folder} holds the articles themselves; name another folder")

    def write(self, digest: Digest) -> None:
        """Write one digest under a temporary name, then give it its own: no reader sees half a file."""
        text = render.json(digest) if self._form == "json" else render.markdown(digest)
        target = self._folder / self._name(digest)
        temporary = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            try:
                with temporary.open("x", encoding="utf-8") as file:
                    file.write(text)
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise ConfigurationError(f"cannot write {target}: {error.strerror}") from None

    def _name(self, digest: Digest) -> str:
        """Return a name that no article before has; file systems take 255 bytes."""
        source = digest.article.source
        stem = "stdin" if source == "-" else one_line(Path(source).stem) or "article"
        stem = stem.encode()[:200].decode("utf-8", "ignore")
        names = (stem, f"{stem}-{digest.article.id[:12]}", *(f"{stem}-{n}" for n in range(2, len(self._taken) + 3)))
        free = next(name for name in names if name not in self._taken)
        self._taken.add(free)
        return free + self._SUFFIX[self._form]
