"""Where the page of a run goes: standard output, or a folder beside the digests."""

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

from summarizer import render
from summarizer.cli.output import Folder, Stream, printing, write_whole
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError

__all__ = ["PAGE", "Page", "PageFolder"]

#: The page of a folder of digests.
PAGE = "index.html"


class Page(Stream):
    """Standard output as one page of all digests; they wait on the disk, since a run may have thousands."""

    def __init__(self) -> None:
        super().__init__("json", several=True)
        self._waiting = tempfile.TemporaryDirectory(prefix="summarizer-")
        self._files: list[Path] = []

    def write(self, number: int, digest: Digest) -> None:
        """Keep one digest for the page."""
        self._files.append(Path(self._waiting.name) / f"{number}.json")
        write_whole(self._files[-1], render.json(digest).encode())

    def end(self) -> None:
        """Print the page.

        Raises:
            BrokenPipeError: whoever read has enough.
            ConfigurationError: the output is closed or full.
        """
        with self._waiting, printing():
            for piece in _pieces(self._files):
                sys.stdout.write(piece)
            sys.stdout.flush()


class PageFolder(Folder):
    """A folder with one JSON file for each article, and a page of all of them.

    Raises:
        ConfigurationError: as for `Folder`; or the page would stand among the articles.
    """

    def __init__(self, folder: Path, sources: Iterable[str], *, over: bool = False) -> None:
        given = tuple(sources)
        if any(_is_within(folder, Path(source)) for source in given if source != "-"):
            raise ConfigurationError(
                f"--out {folder} lies in the folder of the articles, and the page there would be read as one of them "
                "the next time; name a folder beside it"
            )
        super().__init__(folder, "json", given, over=over)
        self._written: dict[int, Path] = {}

    def write(self, number: int, digest: Digest) -> None:
        """Write one digest, and remember where."""
        target = self._folder / self._reserved[number]
        super().write(number, digest)
        self._written[number] = target

    def end(self) -> None:
        """Write the page of this run's digests, in the order of their articles; without any the last one stays.

        Raises:
            ConfigurationError: it cannot be written.
        """
        files = [self._written[number] for number in sorted(self._written)]
        if files:
            write_whole(self._folder / PAGE, (piece.encode() for piece in _pieces(files)))

    @property
    def page(self) -> Path | None:
        """Where the page of this run is; None where nothing was written."""
        return self._folder / PAGE if self._written else None


class _OnDisk(Sequence[Digest]):
    """Digests in files, read when they are asked for: all of a run would not fit into memory."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files

    def __len__(self) -> int:
        return len(self._files)

    @overload
    def __getitem__(self, at: int) -> Digest: ...
    @overload
    def __getitem__(self, at: slice) -> "_OnDisk": ...
    def __getitem__(self, at: int | slice) -> "Digest | _OnDisk":
        if isinstance(at, slice):
            return _OnDisk(self._files[at])
        return Digest.model_validate_json(self._files[at].read_bytes())


def _pieces(files: Sequence[Path]) -> Iterator[str]:
    from summarizer.digest import same
    from summarizer.render.page import pieces

    digests = _OnDisk(files)
    return pieces(digests, same.groups(digests))


def _is_within(folder: Path, source: Path) -> bool:
    return source.is_dir() and folder.resolve().is_relative_to(source.resolve())
