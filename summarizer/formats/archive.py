"""A zip file → the articles in its files, each under its own name."""

import mimetypes
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from summarizer.article.line import one_line
from summarizer.article.model import place
from summarizer.errors import ArticleError
from summarizer.formats import packed, reading
from summarizer.formats.kind import SUFFIXES, Kind, kind
from summarizer.formats.piece import Limits, Piece

__all__ = ["count", "pieces"]

#: What systems and office programs put beside the files that people pack.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.?/)|~\$|Thumbs\.db$|desktop\.ini$)")

#: What stands around an article or in it, by the registered type (RFC 6838) of its name.
_AROUND = re.compile(r"(?:image|audio|video|font)/|text/(?:css|javascript)|application/javascript")
_SEVERAL = frozenset({".zip", ".eml", ".mbox", ".msg", ".rss", ".atom"})


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the articles of an archive, a file after the other in its order; nothing is written to a disk.

    A name in an archive is only a name: ``../../etc/passwd`` is read like any other and leads nowhere. Hidden files,
    pictures, sound and what gives a page its looks are passed over; of all else, a piece says why it is not read.

    Raises:
        ArticleError: the archive is damaged, holds no file that can be read, or lies too deep in others.
    """
    shown = place(name)
    if limits.depth < 1:
        raise ArticleError(f"{shown}: it is an archive in an archive in another; unpack it and give what is in it")
    wanted = _wanted(data, shown)
    yield from _within(data, wanted[: limits.entries], shown, limits)
    if len(wanted) > limits.entries:
        told = f"{shown}: it holds {len(wanted):,} files, and the first {limits.entries:,} were read; pack fewer"
        yield _problem("more", ArticleError(told))


def count(data: bytes, name: str, limits: Limits) -> int | None:
    """Return how many articles `pieces` would yield; None where a file in the archive may hold several.

    Raises:
        ArticleError: as `pieces`.
    """
    wanted = _wanted(data, place(name))
    if any(PurePosixPath(entry.filename).suffix.lower() in _SEVERAL for entry in wanted):
        return None
    return min(len(wanted), limits.entries + 1)


def _wanted(data: bytes, shown: str) -> list[zipfile.ZipInfo]:
    """Return the entries that may hold articles, and those of which somebody may think so.

    Raises:
        ArticleError: there are none, or the archive is damaged.
    """
    listed = [entry for entry in packed.entries(data, shown) if not _LITTER.search(entry.filename)]
    wanted = [entry for entry in listed if not _AROUND.match(mimetypes.guess_type(entry.filename)[0] or "")]
    if not wanted:
        kinds = ", ".join(sorted(SUFFIXES))
        raise ArticleError(f"{shown}: there is no article in this archive; it is searched for {kinds} files")
    return wanted


def _within(data: bytes, wanted: list[zipfile.ZipInfo], shown: str, limits: Limits) -> Iterator[Piece]:
    """Yield the pieces of entries until what they unpack to, or the time that it takes, passes the bounds."""
    left, seconds, archive = limits.unpacked_bytes, limits.seconds, packed.opened(data, shown)
    for entry in wanted:
        inside, began = one_line(entry.filename), time.monotonic()
        if left <= 0 or seconds <= 0:
            told = (
                f"{shown}: this archive unpacks to more than is read at once; {inside} and what follows was left out"
            )
            yield _problem(inside, ArticleError(told, "give the files themselves"))
            return
        try:
            unpacked = packed.unpacked(archive, entry, f"{shown}:{inside}", min(limits.file_bytes, left))
            left -= len(unpacked)
            bounds = replace(limits.inside(), unpacked_bytes=left, seconds=min(seconds, limits.seconds))
            found = list(_entry(unpacked, inside, shown, bounds))
        except ArticleError as error:
            left -= limits.file_bytes if "unpacks to" in error.said else 0
            found = [_problem(inside, error)]
        seconds -= time.monotonic() - began  # only what is spent here: whoever takes the pieces has time
        yield from found


def _entry(data: bytes, inside: str, shown: str, limits: Limits) -> Iterator[Piece]:
    """Yield the articles of one file in the archive."""
    if not data.strip():
        raise ArticleError(f"{shown}:{inside}: it is empty")
    if PurePosixPath(inside).suffix.lower() not in SUFFIXES and kind(data, inside) in {Kind.text, Kind.markdown}:
        raise ArticleError(
            f"{shown}:{inside}: its name does not end as an article's does", "give it by itself, or call it .txt"
        )
    for piece in reading.pieces(data, f"{shown}:{inside}", limits):
        name = f"{inside}:{piece.name}" if piece.name else inside
        stem = piece.stem or PurePosixPath(inside).stem
        yield Piece(name, stem, piece.text, piece.page, piece.known, piece.problem)


def _problem(inside: str, error: ArticleError) -> Piece:
    return Piece(inside, PurePosixPath(inside).stem, "", problem=error)
