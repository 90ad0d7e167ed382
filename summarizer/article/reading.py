"""Files, folders and standard input → articles."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.article import markdown, metadata, page
from summarizer.article.decode import decode
from summarizer.article.model import Article, Known, from_text, place
from summarizer.errors import ArticleError

__all__ = ["SUFFIXES", "load", "load_bytes", "load_text", "sources"]

_PAGES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN = frozenset({".md", ".markdown"})
#: What a folder is searched for.
SUFFIXES = _PAGES | _MARKDOWN | {".txt"}


def load(source: Path | str, *, max_bytes: int = 2_000_000, language: str | None = None) -> Article:
    """Return the article in a file, or on standard input for ``-``.

    Args:
        source: a path; its suffix tells text, Markdown and HTML apart, and a page is known by its beginning.
        max_bytes: more than this is refused; no more is read, from a pipe neither.
        language: BCP 47 code that settles the article's language; None to identify it.

    Raises:
        ArticleError: missing, unreadable, a folder, too large, binary, undecodable, empty, without an article,
            or in a language that has no file.
        ConfigurationError: `language` has no file.
    """
    name = _shown(source)
    data = _standard_input(max_bytes) if name == "-" else _bytes(Path(source), name, max_bytes)
    return load_bytes(data, name, max_bytes=max_bytes, language=language)


def load_bytes(
    data: bytes,
    source: str,
    *,
    max_bytes: int = 2_000_000,
    language: str | None = None,
    charset: str | None = None,
) -> Article:
    """Return the article in `data`; `source` is its path or URL, or ``-``, and otherwise as `load`.

    Args:
        data: the file.
        source: named in messages and kept in the article.
        max_bytes: as `load`.
        language: as `load`.
        charset: what a server says that it is written in.

    Raises:
        ArticleError: as `load`.
        ConfigurationError: as `load`.
    """
    shown = place(source)
    if len(data) > max_bytes:
        raise _too_large(shown, max_bytes)
    if not data.strip():
        raise ArticleError(f"{shown}: it is empty; give a file with the article's text")
    decoded = decode(data, shown, charset)
    text, known = _read(decoded.text, source, shown)
    return from_text(text, source=source, language=language, known=known)


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
    plain, said = _read(whole, source, place(source))
    given = given or Known()
    known = Known(
        given.title or said.title,
        given.published or said.published,
        given.outlet or said.outlet,
        (*given.findings, *said.findings),
        given.author or said.author,
        given.url or said.url,
    )
    return from_text(plain, source=source, language=language, known=known)


def sources(paths: Iterable[Path | str]) -> tuple[str, ...]:
    """Return every article named: files and ``-`` as given, folders as the articles in them, none twice.

    A folder gives its .txt, .md, .markdown, .html, .htm and .xhtml files, those of its folders too, sorted by
    path; hidden files and folders are left out.

    Raises:
        ArticleError: a folder holds no article, or may not be read.
    """
    found: dict[str, str] = {}
    for path in paths:
        try:
            for each in _expanded(path):
                key = each if each == "-" else str(Path(each).absolute())
                found.setdefault(key, each)
        except (OSError, ValueError) as error:
            raise _unreadable(_shown(path), error) from error
    return tuple(found.values())


def _expanded(path: Path | str) -> Iterator[str]:
    if str(path) == "-" or not _is_folder(Path(path)):
        yield str(path)
        return
    inside = sorted(_inside(Path(path)))
    if not inside:
        raise ArticleError(
            f"{_shown(path)}: no article in this folder; it is searched for {', '.join(sorted(SUFFIXES))} files"
        )
    yield from map(str, inside)


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; of one that nobody can look at, `load` says why, and the others go on."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _inside(folder: Path) -> Iterator[Path]:
    """Yield the articles below a folder; one that may not be read is an error, not an empty one."""

    def unreadable(error: OSError) -> None:
        raise ArticleError(f"{_shown(error.filename)}: this folder may not be read: {error.strerror}") from error

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            each = Path(parent) / name
            if each.suffix.lower() in SUFFIXES and not name.startswith(".") and each.is_file():
                yield each


def _standard_input(max_bytes: int) -> bytes:
    if sys.stdin is None:
        raise ArticleError("standard input: it is closed; give a file, or pipe the article in")
    try:
        return sys.stdin.buffer.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise _unreadable("standard input", error) from error


def _bytes(path: Path, name: str, max_bytes: int) -> bytes:
    """Return the file's content; `stat` first, so that a large file is refused unread."""
    if metadata.is_address(name):
        raise ArticleError(
            f"{name}: addresses are not fetched without --fetch; give that, or save the page and give the file"
        )
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ArticleError(f"{name}: this is a folder, not an article; give the files in it")
        if stat.S_ISREG(status.st_mode) and status.st_size > max_bytes:
            raise _too_large(name, max_bytes)
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
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


def _read(text: str, source: str, shown: str) -> tuple[str, Known]:
    """Return the text a reader sees and what its markup knows."""
    suffix = Path(source).suffix.lower()
    if suffix in _PAGES or page.looks_like(text):
        read = page.read(text, shown)
        return read.text, Known(read.title, read.published, read.outlet, read.findings, read.author, read.url)
    if suffix in _MARKDOWN or (suffix != ".txt" and markdown.looks_like(text)):
        plain = markdown.plain(text)
        front = plain.front
        outlet = next((front[key] for key in ("outlet", "publisher", "source", "site") if key in front), None)
        published = next((metadata.iso(front[key]) for key in ("date", "published", "updated") if key in front), None)
        address = next((front[key] for key in ("url", "link", "canonical") if key in front), None)
        return plain.text, Known(front.get("title"), published, outlet, (), front.get("author"), address)
    return text, Known()


def _shown(source: Path | str) -> str:
    """Return a path fit for messages and JSON: bytes that are no text become �."""
    return str(source).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
