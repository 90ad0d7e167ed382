"""A zip file → the articles in its files, each under its own name."""

import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from summarizer.article.line import one_line
from summarizer.article.model import place
from summarizer.errors import ArticleError
from summarizer.formats import packed, reading
from summarizer.formats.kind import SUFFIXES
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

#: What systems and office programs put beside the files that people pack.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)")


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the articles of an archive, a file after the other in its order; nothing is written to a disk.

    A name in an archive is only a name: ``../../etc/passwd`` is read like any other and leads nowhere. Hidden files
    and pictures are passed over; of what may hold an article and cannot be read, a piece says why.

    Raises:
        ArticleError: the archive is damaged, holds no file that can be read, or lies too deep in others.
    """
    shown = place(name)
    if limits.depth < 1:
        raise ArticleError(f"{shown}: it is an archive in an archive in another; unpack it and give what is in it")
    listed = [entry for entry in packed.entries(data, shown) if not _LITTER.search(entry.filename)]
    wanted = [entry for entry in listed if PurePosixPath(entry.filename).suffix.lower() in SUFFIXES | _TABLES]
    if not wanted:
        kinds = ", ".join(sorted(SUFFIXES))
        raise ArticleError(f"{shown}: there is no article in this archive; it is searched for {kinds} files")
    yield from _within(data, wanted[: limits.entries], shown, limits)
    if len(wanted) > limits.entries:
        told = f"{shown}: it holds {len(wanted):,} files, and the first {limits.entries:,} were read; pack fewer"
        yield _problem("more", ArticleError(told))


#: Tables are read by their own name only; that they were passed over is said.
_TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})


def _within(data: bytes, wanted: list[zipfile.ZipInfo], shown: str, limits: Limits) -> Iterator[Piece]:
    """Yield the pieces of entries until what they unpack to, or the time they take, passes the bounds."""
    left, until = limits.unpacked_bytes, time.monotonic() + limits.seconds
    for entry in wanted:
        inside = one_line(entry.filename)
        if left <= 0 or time.monotonic() > until:
            told = f"{shown}: this archive unpacks to more than is read at once; what follows {inside} was left out"
            yield _problem(inside, ArticleError(told, "give the files themselves"))
            return
        try:
            unpacked = packed.unpacked(data, entry, f"{shown}:{inside}", min(limits.file_bytes, left))
            left -= len(unpacked)
            yield from _entry(unpacked, inside, shown, limits)
        except ArticleError as error:
            left -= min(entry.file_size, limits.file_bytes) if "unpacks to" in error.said else 0
            yield _problem(inside, error)


def _entry(data: bytes, inside: str, shown: str, limits: Limits) -> Iterator[Piece]:
    """Yield the articles of one file in the archive."""
    if not data.strip():
        raise ArticleError(f"{shown}:{inside}: it is empty")
    for piece in reading.pieces(data, f"{shown}:{inside}", limits.inside()):
        name = f"{inside}:{piece.name}" if piece.name else inside
        stem = piece.stem or PurePosixPath(inside).stem
        yield Piece(name, stem, piece.text, piece.page, piece.known, piece.problem)


def _problem(inside: str, error: ArticleError) -> Piece:
    return Piece(inside, PurePosixPath(inside).stem, "", problem=error)
