"""A mail file, EML (RFC 5322, MIME: RFC 2045 to 2049) → the article in it, and the articles attached to it."""

import email
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Part
from email.utils import parseaddr

from summarizer.article.decode import decode, decode_as
from summarizer.article.line import one_line
from summarizer.article.model import place
from summarizer.errors import ArticleError
from summarizer.formats import message
from summarizer.formats.message import Attachment, Message
from summarizer.formats.piece import Limits, Piece

__all__ = ["attachment_name", "content", "header", "parsed", "pieces"]

_MOST_MAILS = 8  # so many mails in one another are read
_MOST_PARTS = 2_000
_HEADER_CHARACTERS = 4_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = _PAGES | {"text/plain", "text/enriched", "text/markdown"}
_NOT_FILES = frozenset({"image", "audio", "video"})
#: Signatures, receipts and calendars that programs attach by themselves.
_BY_PROGRAMS = re.compile(
    r"application/(?:x-)?(?:pkcs7-signature|pgp-signature|pgp-encrypted|ms-tnef|pgp-keys)|message/(?!rfc822|global\Z)"
    r"|text/(?:calendar|x-amp-html|vcard|x-vcard|rfc822-headers)"
)
_SEALED = re.compile(r"multipart/encrypted|application/(?:x-)?pkcs7-mime")


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the article in a mail, and those attached to it.

    Args:
        data: the mail as its program saved it.
        name: of its file, for messages.
        limits: bounds of size, number and depth.

    Raises:
        ArticleError: there is no text in it, it is encrypted, or nested beyond reading.
    """
    return message.pieces(_read(parsed(data, name), name, 0), name, limits)


def parsed(data: bytes, name: str) -> Part:
    """Return the parts of a mail.

    The parser's older policy is used: of the newer one a header of 400 kB takes half a minute, and brackets in a
    header are a RecursionError. What it leaves encoded, `header` decodes.

    Raises:
        ArticleError: its parts are nested too deeply.
    """
    try:
        return email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    except RecursionError:
        raise ArticleError(
            f"{place(name)}: the parts of this mail are nested too deeply to be read; give the article itself"
        ) from None


def header(part: Part, name: str) -> str:
    """Return a header's text on one line, decoded (RFC 2047) and with what does not decode guessed; may be empty."""
    raw = next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")
    return _decoded(raw[:_HEADER_CHARACTERS])


def content(part: Part, name: str) -> str:
    """Return a part's text.

    Raises:
        ArticleError: it is no text.
    """
    text = decode_as(_bytes(part), part.get_content_charset(), name).text
    if str(part.get_param("format") or "").lower() == "flowed":
        return _unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def attachment_name(part: Part) -> str:
    """Return what an attached file is called, without folders; may be empty."""
    try:
        given = part.get_filename("")
    except (LookupError, ValueError, TypeError):  # a charset that nobody knows (RFC 2231)
        given = ""
    return re.split(r"[/\\]", _decoded(str(given or "")[:_HEADER_CHARACTERS]))[-1].strip()


def _read(part: Part, name: str, depth: int) -> Message:
    """Return the mail that a parsed message is."""
    parts = _Parts(name, depth)
    parts.take(part)
    if parts.sealed and not (parts.html or parts.plain):
        raise ArticleError(
            f"{place(name)}: this mail is encrypted; open it in your program for mail, and save its text or the file "
            "attached to it"
        )
    given, address = parseaddr(header(part, "From"))
    return Message(
        subject=header(part, "Subject"),
        sender=one_line(given or address) or None,
        sent=message.moment(header(part, "Date")),
        html=parts.html,
        plain=parts.plain,
        attachments=tuple(parts.attachments),
    )


@dataclass(slots=True)
class _Body:
    """A stretch of a mail's text: as HTML, as plain text, or as both, between which a reader's program chooses."""

    html: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)

    def as_html(self) -> str:
        """Return it as HTML, whatever it is."""
        lines = html.escape("\n".join(self.plain), quote=False).split("\n")
        return "\n".join(self.html) or f"<div>{'<br>'.join(lines)}</div>"


class _Parts:
    """The parts of one mail, sorted into its text and what is attached."""

    def __init__(self, name: str, depth: int) -> None:
        self.attachments: list[Attachment] = []
        self.sealed = False
        self._bodies: list[_Body] = []
        self._name, self._depth = name, depth
        self._left = _MOST_PARTS

    @property
    def html(self) -> str:
        """The mail's text as HTML; empty if no part of it is."""
        return "\n".join(body.as_html() for body in self._bodies) if any(body.html for body in self._bodies) else ""

    @property
    def plain(self) -> str:
        """The mail's text as plain text; empty if a part of it is HTML alone."""
        whole = all(body.plain for body in self._bodies)
        return "\n\n".join(text for body in self._bodies for text in body.plain) if whole else ""

    def take(self, part: Part, body: _Body | None = None) -> None:
        """Sort a part in; `body`: the stretch that it is one form of."""
        self._left -= 1
        if self._left < 0:
            return
        kind = part.get_content_type()
        if _SEALED.match(kind) and str(part.get_param("smime-type") or "").lower() != "signed-data":
            self.sealed = True
        if kind.startswith("message/") and not _BY_PROGRAMS.match(kind):
            self._mail(part)
        elif part.is_multipart():
            self._many(kind, part, body)
        elif self._is_file(part, kind):
            self._file(part, kind)
        elif not _BY_PROGRAMS.match(kind):
            self._text(kind, part, body)

    def _many(self, kind: str, part: Part, body: _Body | None) -> None:
        children = _children(part)[: 1 if kind == "multipart/signed" else None]
        if kind == "multipart/alternative" and body is None:
            body = _Body()
            self._bodies.append(body)
        for child in children:
            self.take(child, body)

    def _mail(self, part: Part) -> None:
        inner = next(iter(_children(part)), None)
        named = attachment_name(part) or "forwarded.eml"
        if inner is None or self._depth >= _MOST_MAILS:
            self.attachments.append(Attachment(named, _bytes(part)))
            return
        self.attachments.append(Attachment(named, mail=_read(inner, f"{self._name}:{named}", self._depth + 1)))

    @staticmethod
    def _is_file(part: Part, kind: str) -> bool:
        disposition = str(part.get("Content-Disposition") or "").strip().lower()
        return disposition.startswith("attachment") or kind not in _TEXTS or bool(attachment_name(part))

    def _file(self, part: Part, kind: str) -> None:
        picture = kind.split("/", maxsplit=1)[0] in _NOT_FILES
        named = attachment_name(part)
        shown_in_text = picture and (part.get("Content-ID") is not None or not named)
        if not shown_in_text and not _BY_PROGRAMS.match(kind) and not _SEALED.match(kind):
            self.attachments.append(Attachment(named, _bytes(part)))

    def _text(self, kind: str, part: Part, body: _Body | None) -> None:
        try:
            text = content(part, self._name)
        except ArticleError:  # bytes that are no text, whatever the part says that it is
            self.attachments.append(Attachment("", _bytes(part)))
            return
        if body is None:
            body = _Body()
            self._bodies.append(body)
        (body.html if kind in _PAGES else body.plain).append(text)


def _children(part: Part) -> list[Part]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Part)] if isinstance(payload, list) else []


def _bytes(part: Part) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        return b""
    return data if isinstance(data, bytes) else b""


def _decoded(raw: str) -> str:
    """Return a header as people read it; bytes outside ASCII, which no header should have, are guessed at."""
    try:
        runs = decode_header(re.sub(r"\r?\n[ \t]?", " ", raw))
    except (HeaderParseError, ValueError):
        runs = [(raw, None)]
    return one_line("".join(_run(words, charset) for words, charset in runs))


def _run(words: str | bytes, charset: str | None) -> str:
    data = words if isinstance(words, bytes) else words.encode("utf-8", "surrogateescape")
    try:
        return decode_as(data, charset, "").text if data else ""
    except ArticleError:
        return decode(data.translate(None, bytes(range(32))), "").text if data.isascii() else ""


def _unflowed(text: str, *, delsp: bool) -> str:
    """Return text whose lines were broken for old programs as its author wrote it (RFC 3676)."""
    whole: list[tuple[int, list[str]]] = []
    soft = False
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")  # one space is stuffing
        goes_on = soft and body != "-- " and whole[-1][0] == depth
        soft = body.endswith(" ") and body != "-- "
        shown = body[:-1] if soft and delsp else body
        if goes_on:
            whole[-1][1].append(shown)
        else:
            whole.append((depth, [shown]))
    return "\n".join(f"{'>' * depth}{' ' if depth else ''}{''.join(runs)}" for depth, runs in whole)
