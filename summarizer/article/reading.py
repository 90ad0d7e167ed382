"""Files and standard input → articles."""

import stat
import sys
from itertools import islice
from pathlib import Path
from typing import IO

from summarizer.article import page
from summarizer.article.metadata import is_address
from summarizer.article.model import Article, Known, from_text, place
from summarizer.article.repair import reread
from summarizer.errors import ArticleError
from summarizer.formats import kind, plain
from summarizer.formats import reading as formats
from summarizer.formats.piece import Limits, Piece

__all__ = ["SUFFIXES", "load", "load_bytes", "load_piece", "load_text", "read_bytes", "read_open"]

#: What a folder is searched for.
SUFFIXES = kind.SUFFIXES


def load(source: Path | str, *, max_bytes: int = 2_000_000, language: str | None = None) -> Article:
    """Return the article in a file, or on standard input for ``-``.

    Args:
        source: a path to a text, a page, Markdown, a PDF, a Word document, a mail … of one article: what it is, its
            content tells, and its suffix where content leaves it open.
        max_bytes: a larger text is refused, and no more is read of a pipe; what holds pictures, too, may be larger.
        language: BCP 47 code that settles the article's language; None to identify it.

    Raises:
        ArticleError: missing, unreadable, a folder, too large, of a kind that is not read, protected, undecodable,
            empty, without an article, with several of them, or in a language that has no file.
        ConfigurationError: `language` has no file, or a package for this kind of file is not installed.
    """
    name = _shown(source)
    return load_bytes(read_bytes(source, max_bytes), name, max_bytes=max_bytes, language=language)


def read_bytes(source: Path | str, max_bytes: int) -> bytes:
    """Return a file's content, or standard input's for ``-``.

    Args:
        source: a path.
        max_bytes: largest text; more is read where the beginning is of a file that holds more than text.

    Raises:
        ArticleError: missing, unreadable, a folder or too large.
    """
    name, limits = _shown(source), Limits(text_bytes=max_bytes)
    if name == "-":
        return _standard_input(limits)
    return _bytes(Path(source), name, limits)


def read_open(file: IO[bytes], name: str, max_bytes: int) -> bytes:
    """Return what a file that is open already holds.

    Args:
        file: at its beginning.
        name: how messages call it.
        max_bytes: as in `read_bytes`.

    Raises:
        ArticleError: it is too large.
    """
    return _limited(file, name, name, Limits(text_bytes=max_bytes))


def load_bytes(data: bytes, source: str, *, max_bytes: int = 2_000_000, language: str | None = None) -> Article:
    """Return the article in `data`; `source` is its path or URL, or ``-``, and otherwise as `load`.

    Raises:
        ArticleError: as `load`.
        ConfigurationError: as `load`.
    """
    shown, limits = place(source), Limits(text_bytes=max_bytes)
    if not data.strip():
        raise ArticleError(f"{shown}: it is empty; give a file with the article's text")
    if len(data) > max(max_bytes, limits.file_bytes):
        raise _too_large(shown, limits.file_bytes)
    found = list(islice(formats.pieces(data, source, limits), 2))
    if len(found) > 1:
        raise ArticleError(
            f"{shown}: it holds several articles, and this takes one; give it to `summarizer summarize`, "
            "which takes each of them"
        )
    if not found:
        raise ArticleError(f"{shown}: there is no article in it")
    return load_piece(found[0], source, language=language)


def load_piece(piece: Piece, source: str, *, language: str | None = None, given: Known | None = None) -> Article:
    """Return the article that a piece of a file is.

    Args:
        piece: as `summarizer.formats.reading.pieces` yields it.
        source: named in messages and kept in the article.
        language: BCP 47 code that settles the article's language; None to identify it.
        given: what is known beside the file; it wins over what the file knows.

    Raises:
        ArticleError: the piece could not be read, there is no article in it, or none in a language that has a file.
        ConfigurationError: `language` has no file.
    """
    if piece.problem is not None:
        raise piece.problem
    known = _over(given or Known(), piece.known)
    if not piece.page:
        return from_text(piece.text, source=source, language=language, known=known)
    html, mended = reread(piece.text)
    read = page.read(html, place(source))
    said = Known(read.title, read.published, read.outlet, (*mended, *read.findings), read.author, read.url)
    return from_text(read.text, source=source, language=language, known=_over(known, said))


def _over(given: Known, said: Known) -> Known:
    """Return what is known of an article, and where that is nothing what its file says of it."""
    return Known(
        given.title or said.title,
        given.published or said.published,
        given.outlet or said.outlet,
        (*given.findings, *said.findings),
        given.author or said.author,
        given.url or said.url,
    )


def load_text(text: str, source: str, *, language: str | None = None, given: Known | None = None) -> Article:
    """Return the article in a text that is decoded already; a page and Markdown are known by their beginning.

    Args:
        text: as a table or a caller holds it.
        source: named in messages and kept in the article.
        language: BCP 47 code that settles the article's language; None to identify it.
        given: what is known beside the text; it wins over what a page says of itself.

    Raises:
        ArticleError: nothing is left of it, no article is in it, or it is in a language that has no file.
        ConfigurationError: `language` has no file.
    """
    # halves of a character stand for nothing, and the parser of pages takes none
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return load_piece(plain.piece(whole, source), source, language=language, given=given)


def _standard_input(limits: Limits) -> bytes:
    if sys.stdin is None:
        raise ArticleError("standard input: it is closed; give a file, or pipe the article in")
    try:
        return _limited(sys.stdin.buffer, "standard input", "-", limits)
    except (OSError, ValueError) as error:
        raise _unreadable("standard input", error) from error


def _limited(file: IO[bytes], shown: str, name: str, limits: Limits) -> bytes:
    """Return what a file holds: as much as a text may have, and more only where it begins as what may hold more."""
    data = file.read(limits.text_bytes + 1)
    if len(data) <= limits.text_bytes:
        return data
    if not kind.may_be_large(data, name):
        raise _too_large(shown, limits.text_bytes)
    data += file.read(max(0, limits.file_bytes + 1 - len(data)))
    if len(data) > limits.file_bytes:
        raise _too_large(shown, limits.file_bytes)
    return data


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    """Return the file's content."""
    if is_address(name):
        raise ArticleError(
            f"{name}: addresses are not fetched without --fetch; give that, or save the page and give the file"
        )
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ArticleError(f"{name}: this is a folder, not an article; give the files in it")
        if stat.S_ISREG(status.st_mode) and status.st_size > max(limits.file_bytes, limits.text_bytes):
            raise _too_large(name, limits.file_bytes)
        with path.open("rb") as file:
            return _limited(file, name, name, limits)
    except FileNotFoundError:
        raise ArticleError(f"{name}: there is no such file; check the path") from None
    except PermissionError:
        raise ArticleError(f"{name}: this file may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError | ValueError) -> ArticleError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ArticleError(f"{name}: this cannot be read: {reason}; check the path")


def _too_large(name: str, max_bytes: int) -> ArticleError:
    return ArticleError(
        f"{name}: it is larger than {max_bytes:,} bytes; give one article per file, or raise the limit"
    )


def _shown(source: Path | str) -> str:
    """Return a path fit for messages and JSON: bytes that are no text become �."""
    return str(source).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
