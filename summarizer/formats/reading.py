"""The bytes of a file of any kind → the articles in it."""

from collections.abc import Iterator

from summarizer.article.decode import decode_as
from summarizer.article.model import place
from summarizer.errors import ArticleError
from summarizer.formats import archive, docx, feed, mail, mailbox, mhtml, outlook, pdf, plain
from summarizer.formats.kind import Kind, kind, unreadable
from summarizer.formats.piece import Limits, Piece

__all__ = ["count", "may_hold_several", "pieces"]

_SEVERAL = frozenset({Kind.zip, Kind.feed, Kind.eml, Kind.mbox, Kind.msg})


def may_hold_several(head: bytes, name: str) -> bool:
    """Tell by its beginning whether a file may hold several articles: an archive, a feed, a mailbox, a mail."""
    return kind(head, name) in _SEVERAL


def count(data: bytes, name: str, limits: Limits) -> int | None:
    """Return how many articles `pieces` would yield, None where only reading all of them would tell.

    Raises:
        ArticleError: as `pieces`.
        ConfigurationError: as `pieces`.
    """
    if kind(data, name) is Kind.zip:
        return archive.count(data, name, limits)
    return sum(1 for _ in pieces(data, name, limits))


def pieces(data: bytes, name: str, limits: Limits, charset: str | None = None) -> Iterator[Piece]:
    """Yield each article that a file holds, in its order; one that cannot be read has a `problem` and stops no other.

    Args:
        data: the whole file.
        name: its path, address or place in another file; named in messages, and its suffix settles what content
            leaves open.
        limits: bounds of size, number, depth and time.
        charset: what a server says that a text is written in.

    Raises:
        ArticleError: nothing in it can be read: what it is, and what to do.
        ConfigurationError: it needs a package that is not installed.
    """
    found = kind(data, name)
    match found:
        case Kind.pdf:
            yield from pdf.pieces(data, name, limits)
        case Kind.docx:
            yield from docx.pieces(data, name, limits)
        case Kind.zip:
            yield from archive.pieces(data, name, limits)
        case Kind.eml:
            yield from mail.pieces(data, name, limits)
        case Kind.mbox:
            yield from mailbox.pieces(data, name, limits)
        case Kind.msg:
            yield from outlook.pieces(data, name, limits)
        case Kind.feed:
            yield from feed.pieces(data, name, limits)
        case Kind.mhtml:
            yield from mhtml.pieces(data, name, limits)
        case Kind.text | Kind.markdown | Kind.page:
            yield _text(data, name, limits, charset)
        case _:
            raise _refused(data, name, found)


def _text(data: bytes, name: str, limits: Limits, charset: str | None) -> Piece:
    shown = place(name)
    if len(data) > limits.text_bytes:
        raise ArticleError(
            f"{shown}: it is larger than {limits.text_bytes:,} bytes; give one article per file, or raise the limit"
        )
    return plain.piece(decode_as(data, charset, shown).text, name)


def _refused(data: bytes, name: str, found: Kind) -> ArticleError:
    """Return why a file is not read here: what it is, and what to save it as."""
    shown = place(name)
    if found in {Kind.table_csv, Kind.table_jsonl, Kind.parquet}:
        told = "give it to summarize by its own name, which has to end in .csv, .tsv, .jsonl, .ndjson or .parquet"
        return ArticleError(f"{shown}: this is a table of articles; {told}")
    what = unreadable(data)
    if what is None:
        return ArticleError(
            f"{shown}: this is a file of a kind that is not read here; give the article as text or PDF"
        )
    verb = "is" if what[0].startswith("protected") else "seems to be"
    return ArticleError(f"{shown}: this {verb} {what[0]}, which cannot be read; {what[1]}")
