"""Where digests go: standard output, or one file each, whole or not at all."""

import io
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from typing import Protocol

from summarizer import render, whole
from summarizer.article.reading import SUFFIXES
from summarizer.batch.events import Started
from summarizer.batch.names import FORMS, Names, suffix
from summarizer.cli.terminal import show
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError
from summarizer.render.files import need_documents, rendered

__all__ = ["Folder", "Sink", "Stream", "check_file", "printing", "write_whole"]

#: Formats that standard output takes.
_STREAMED = frozenset({"json", "markdown", "text"})
#: How files of digests end.
_FILES = frozenset({*map(suffix, FORMS), ".html", ".htm", ".jsonl"})


class Sink(Protocol):
    """Takes the digests of a run.

    Attributes:
        corrected: how many digests stay as a person corrected them.
    """

    corrected: int

    def begin(self, started: Started) -> None:
        """Prepare for an article, in the order of the inputs."""

    def skip(self, number: int) -> None:
        """Learn that an article has no digest."""

    def write(self, number: int, digest: Digest) -> None:
        """Take a digest.

        Raises:
            BrokenPipeError: whoever read has enough.
            ConfigurationError: it cannot be written.
        """

    def end(self) -> None:
        """Finish, whether or not every article had its turn.

        Raises:
            BrokenPipeError: whoever read has enough.
            ConfigurationError: it cannot be written.
        """


class Stream:
    """Standard output: Markdown, one JSON object, or JSON Lines for several articles."""

    def __init__(self, form: str, *, several: bool) -> None:
        if sys.stdout is None:
            raise ConfigurationError("standard output is closed; redirect it, or use --out")
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8")  # a pipe gets JSON, whatever the locale says
        if form not in _STREAMED:
            raise ConfigurationError(f"--format {form} makes files", "name a folder for them: --out digests")
        self._form = form
        self._several = several
        self.corrected = 0

    def begin(self, started: Started) -> None:
        """Nothing is to be prepared."""

    def skip(self, number: int) -> None:
        """Nothing is printed for an article that has no digest."""

    def write(self, number: int, digest: Digest) -> None:  # noqa: ARG002 - they come in order
        """Print one digest and flush, so that a reader at the other end of a pipe has it at once.

        Raises:
            BrokenPipeError: whoever read has enough.
            ConfigurationError: the output is closed or full.
        """
        with printing():
            self._print(digest)

    def end(self) -> None:
        """Nothing is to be finished: each digest was printed when it was there."""

    def _print(self, digest: Digest) -> None:
        if self._form == "json":
            sys.stdout.write(render.json(digest, lines=self._several))
        elif self._form == "text":
            sys.stdout.write(render.text(digest) + ("\n---\n\n" if self._several else ""))
        elif sys.stdout.isatty():
            from rich.console import Console

            show(render.markdown(digest), Console())
        else:
            sys.stdout.write(render.markdown(digest) + ("\n---\n\n" if self._several else ""))
        sys.stdout.flush()


class Folder:
    """A folder with one file for each article, named after it; see `Names`.

    Args:
        folder: made where it is not there.
        form: of the files.
        sources: where the articles come from.
        over: whether digests that a person corrected are written over.

    Raises:
        ConfigurationError: the folder cannot be made or written to, or holds the articles themselves.
    """

    def __init__(self, folder: Path, form: str, sources: Iterable[str], *, over: bool = False) -> None:
        if form == "docx":
            need_documents()
        self._folder = folder
        self._form = form
        self._over = over
        self.corrected = 0
        #: The file that was written last.
        self.last: Path | None = None
        self._names = Names(folder, form)
        self._reserved: dict[int, str] = {}
        _try_folder(folder)
        if any(_reads(Path(source), folder, suffix(form)) for source in sources if source != "-"):
            raise ConfigurationError(f"--out {folder} holds the articles themselves; name another folder")

    def begin(self, started: Started) -> None:
        """Find the name of an article's file: in the order of the inputs, so that it is the same in every run."""
        self._reserved[started.number] = self._names.of(started.stem, started.article_id)

    def write(self, number: int, digest: Digest) -> None:
        """Write one digest under a temporary name, then give it its own: no reader sees half a file."""
        target = self._folder / self._reserved.pop(number)
        if self._form == "json" and not self._over and _is_corrected(target):
            self.corrected += 1
            return
        content = render.json(digest).encode() if self._form == "json" else rendered([("", digest)], self._form)
        write_whole(target, content)
        self.last = target

    def skip(self, number: int) -> None:
        """Write nothing for an article that has no digest."""
        self._reserved.pop(number, None)

    def end(self) -> None:
        """Nothing is to be finished: each digest has its file."""


@contextmanager
def printing() -> Iterator[None]:
    """Tell in words why standard output cannot be written to.

    Raises:
        BrokenPipeError: whoever read has enough.
        ConfigurationError: it is closed or full.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigurationError(f"cannot write to standard output: {error.strerror}") from None


def write_whole(target: Path, content: bytes | Iterator[bytes]) -> None:
    """Write a file, given at once or in pieces, whole or not at all.

    Raises:
        ConfigurationError: it cannot be written.
    """
    try:
        with whole.written(target) as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
    except OSError as error:
        raise ConfigurationError(f"cannot write {target}: {error.strerror}") from None


def _is_corrected(file: Path) -> bool:
    """Tell whether a digest is there that a person corrected: what is made again is no better than that."""
    try:
        return Digest.model_validate_json(file.read_bytes()).review is not None
    except (OSError, ValueError):
        return False


def check_file(file: Path, flag: str) -> None:
    """Check that a file can be written, before anything is asked and paid for.

    Raises:
        ConfigurationError: it cannot.
    """
    if str(file) == "-":
        raise ConfigurationError(f"{flag} wants a file", f"for the terminal name its own: {flag} /dev/stderr")
    try:
        if file.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if file.is_file() or not file.exists():
            _probe(file.parent)
    except OSError as error:
        raise ConfigurationError(f"{flag} {file}: {error.strerror}", "name a file that can be written") from None


def _try_folder(folder: Path) -> None:
    """Make the folder and write a file there, before anything is asked and paid for.

    Raises:
        ConfigurationError: it cannot be, or its name says that something else is meant.
    """
    if str(folder) == "-":
        raise ConfigurationError("--out wants a folder", "leave out --out for standard output")
    try:
        if folder.suffix.lower() in _FILES and not folder.exists():
            told = f"--out {folder} is called as a file is, and each article gets a file of its own in a folder"
            raise ConfigurationError(told, f"name a folder: --out digests/; or print, and redirect it: > {folder}")
        folder.mkdir(parents=True, exist_ok=True)
        _probe(folder)
    except OSError as error:
        raise ConfigurationError(f"--out {folder}: {error.strerror}; name a folder that can be written") from None


def _probe(folder: Path) -> None:
    """Write a file into a folder, and take it away."""
    probe = folder / f".{secrets.token_hex(8)}.part"
    probe.write_bytes(b"summarizer")
    probe.unlink()


def _reads(source: Path, folder: Path, ending: str) -> bool:
    """Tell whether a source gives articles that stand in the folder under names that digests may get."""
    if ending not in SUFFIXES:
        return False
    given, out = source.resolve(), folder.resolve()
    if given.is_dir():
        return out.is_relative_to(given) and any(out.glob(f"*{ending}"))
    return given.parent == out and given.suffix == ending
