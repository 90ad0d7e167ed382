"""A page saved whole, MHTML (RFC 2557) → the page in it: its pictures and styles are left alone."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message as Part
from itertools import islice

from summarizer.article import metadata
from summarizer.article.model import Known, place
from summarizer.errors import ArticleError
from summarizer.formats import mail
from summarizer.formats.letter import letters
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MOST_PARTS = 10_000


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the page that a browser saved, with the address that it had.

    Args:
        data: the file.
        name: of the file, for messages.
        limits: bounds of size.

    Raises:
        ArticleError: there is no page in it.
    """
    whole = mail.parsed(data, name)
    pages = [part for part in islice(whole.walk(), _MOST_PARTS) if part.get_content_type() in _PAGES]
    page = next((part for part in pages if _is_root(part, whole)), pages[0] if pages else None)
    text = mail.content(page, name) if page is not None else ""
    if page is None or not letters([text]):
        raise ArticleError(f"{place(name)}: there is no page in this file; save it as HTML, and give that")
    if len(text.encode("utf-8", "replace")) > limits.file_bytes:
        raise ArticleError(f"{place(name)}: its page is larger than {limits.file_bytes:,} bytes; save it as text")
    yield replace(Piece("", "", text, page=True), known=Known(url=_address(page, whole)))


def _is_root(part: Part, whole: Part) -> bool:
    """Tell whether a part is the one that the file says it begins with."""
    start = str(whole.get_param("start") or "")
    if start:
        return str(part.get("Content-ID") or "").strip() == start.strip()
    located = _location(whole)
    return bool(located) and _location(part) == located


def _location(part: Part) -> str:
    return mail.header(part, "Content-Location") or mail.header(part, "Snapshot-Content-Location")


def _address(page: Part, whole: Part) -> str | None:
    return metadata.address(_location(page)) or metadata.address(_location(whole))
