"""A mailbox, mbox (RFC 4155) → the articles in its mails, a mail after the other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from summarizer.article.model import place
from summarizer.errors import ArticleError
from summarizer.formats import mail
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

#: The line before each mail: behind an empty one, and before a field of a header.
_ENVELOPE = re.compile(rb"(?:\A\s*|(?<=\n)\r?\n)From [^\r\n]{1,240}\r?\n(?=[!-9;-~]{1,80}:)")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the articles of each mail, called by its number; one mail that cannot be read stops no other.

    Args:
        data: the mailbox as a program saved it.
        name: of its file, for messages.
        limits: bounds of size, number and depth.

    Raises:
        ArticleError: it holds one mail, and that cannot be read.
    """
    mails = [_ESCAPED.sub(rb"\1", each) for each in _ENVELOPE.split(data) if each.strip()]
    if len(mails) == 1:
        yield from mail.pieces(mails[0], name, limits)
        return
    for number, each in enumerate(mails[: limits.entries], 1):
        yield from _mail(each, f"#{number}", name, limits)
    if len(mails) > limits.entries:
        told = f"{place(name)}: it holds {len(mails):,} mails, and the first {limits.entries:,} were read"
        yield Piece("more", "", "", problem=ArticleError(told, "save the others by themselves"))


def _mail(data: bytes, number: str, name: str, limits: Limits) -> Iterator[Piece]:
    try:
        found = list(mail.pieces(data, f"{name}:{number}", limits))
    except ArticleError as error:
        found = [Piece("", "", "", problem=error)]
    for piece in found:
        yield replace(piece, name=f"{number}:{piece.name}" if piece.name else number)
