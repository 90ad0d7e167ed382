"""A mail as Outlook saves it, MSG (MS-OXMSG, a compound file: MS-CFB) → the article in it, and those attached."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from summarizer.article.decode import decode_as
from summarizer.article.line import one_line
from summarizer.article.model import place
from summarizer.errors import ArticleError, ConfigurationError
from summarizer.formats import letter, mail, message, rtf
from summarizer.formats.message import Attachment, Message
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

#: Properties (MS-OXPROPS) by their number: what stands in a stream of its own, and what in the list of fixed ones.
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENDER, _REPRESENTED, _ADDRESSES, _HEADERS = "0C1A", "0042", ("5D01", "0C1F"), "007D"
_SUBMITTED, _DELIVERED, _CODEPAGE, _HTML_CODEPAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_DATA, _NAMES, _CONTENT_ID, _MIME = "3701", ("3707", "3704", "3001"), "3712", "370E"
_TEXT, _ANSI, _BINARY = "001F", "001E", "0102"
_TIME, _INTEGER = 0x0040, 0x0003
_FIXED, _ENTRY_BYTES = "__properties_version1.0", 16
_MOST_MAILS, _MOST_ATTACHMENTS = 8, 200
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the article in a mail that Outlook saved, and those attached to it.

    Args:
        data: the file.
        name: of the file, for messages.
        limits: bounds of size, number and depth.

    Raises:
        ArticleError: it is damaged, no mail, or there is no text in it.
        ConfigurationError: olefile is not installed.
    """
    olefile = _need_olefile()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            read = _Folder(file, (), limits.file_bytes).message(0)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ArticleError(
            f"{place(name)}: this file of Outlook is damaged; save the mail again, as text or .eml"
        ) from None
    yield from message.pieces(read, name, limits)


def _need_olefile() -> Any:
    try:
        import olefile
    except ImportError:
        raise ConfigurationError(
            "mails that Outlook saved (.msg) need the package olefile",
            "install it: pip install 'summarizer-briefs[documents]'",
        ) from None
    return olefile


class _Folder:
    """A mail, or an attachment, in a compound file: a storage with a stream for each property."""

    def __init__(self, file: Any, path: tuple[str, ...], most_bytes: int) -> None:
        self._file, self._path, self._most_bytes = file, path, most_bytes
        self._fixed = self._numbers()

    def message(self, depth: int) -> Message:
        """Return the mail that this is."""
        headers = mail.parsed(self.text(_HEADERS).encode("utf-8", "replace"), "")
        sender = self.text(_REPRESENTED) or self.text(_SENDER) or next(filter(None, map(self.text, _ADDRESSES)), "")
        html, plain = self._html(), self.text(_BODY)
        if not html and not plain.strip():
            plain = rtf.text(self.stream(_RTF + _BINARY), self._most_bytes)
        return Message(
            subject=one_line(self.text(_SUBJECT)),
            sender=letter.name(one_line(sender)),
            sent=message.moment(mail.header(headers, "Date")) or self._time(),
            html=html,
            plain=plain,
            attachments=tuple(self._attachments(depth)),
        )

    def text(self, number: str) -> str:
        """Return a property that is text, in Unicode or in the mail's own code page; empty where it is not there."""
        wide = self.stream(number + _TEXT)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        return self._decoded(self.stream(number + _ANSI).rstrip(b"\x00"), _CODEPAGE)

    def stream(self, tag: str) -> bytes:
        """Return a property's stream; empty where it is not there, or is larger than any mail's."""
        path = [*self._path, f"__substg1.0_{tag}"]
        if self._file.get_type(path) != 2 or self._file.get_size(path) > self._most_bytes:
            return b""
        data = self._file.openstream(path).read()
        return data if isinstance(data, bytes) else b""

    def _html(self) -> str:
        data = self.stream(_HTML + _BINARY)
        return self._decoded(data, _HTML_CODEPAGE) if data else self.text(_HTML)

    def _decoded(self, data: bytes, page: int) -> str:
        number = self._fixed.get((page, _INTEGER), 0) & 0xFFFF
        charset = {0: None, 65001: "utf-8", 1200: "utf-16-le", 20127: "ascii", 54936: "gb18030", 28591: "latin-1"}
        try:
            return decode_as(data, charset.get(number, f"cp{number}"), "").text if data.strip() else ""
        except ArticleError:
            return ""

    def _time(self) -> str | None:
        """Return when it was sent: 100 ns since 1601."""
        for number in (_SUBMITTED, _DELIVERED):
            ticks = self._fixed.get((number, _TIME), 0)
            with suppress(OverflowError):
                if ticks:
                    return (_EPOCH + timedelta(microseconds=ticks // 10)).replace(microsecond=0).isoformat()
        return None

    def _numbers(self) -> dict[tuple[int, int], int]:
        """Return the properties of fixed size: (number, type) → value (MS-OXMSG, 2.4)."""
        path = [*self._path, _FIXED]
        if self._file.get_type(path) != 2 or self._file.get_size(path) > 1_000_000:
            return {}
        data = self._file.openstream(path).read()
        start = len(data) % _ENTRY_BYTES or (32 if not self._path else 24 if "attach" not in self._path[-1] else 8)
        found = {}
        for at in range(start, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            kind, number = (
                int.from_bytes(data[at : at + 2], "little"),
                int.from_bytes(data[at + 2 : at + 4], "little"),
            )
            size = 8 if kind == _TIME else 4
            found[number, kind] = int.from_bytes(data[at + 8 : at + 8 + size], "little")
        return found

    def _attachments(self, depth: int) -> Iterator[Attachment]:
        beginning = "__attach_version1.0_#"
        inside = len(self._path)
        listed = {
            tuple(path[: inside + 1])
            for path in self._file.listdir(streams=True, storages=True)
            if tuple(path[:inside]) == self._path and len(path) > inside and path[inside].startswith(beginning)
        }
        for path in sorted(listed)[:_MOST_ATTACHMENTS]:
            attachment = _Folder(self._file, path, self._most_bytes).attachment(depth)
            if attachment is not None:
                yield attachment

    def attachment(self, depth: int) -> Attachment | None:
        """Return the file or mail that this attachment is, None where it is a picture in the text."""
        named = one_line(next(filter(None, map(self.text, _NAMES)), ""))
        inner = (*self._path, f"__substg1.0_{_DATA}000D")
        if self._file.get_type(list(inner)) == 1 and depth < _MOST_MAILS:
            return Attachment(
                named or "forwarded.msg", mail=_Folder(self._file, inner, self._most_bytes).message(depth + 1)
            )
        if self.text(_CONTENT_ID) and self.text(_MIME).startswith("image/"):
            return None
        data = self.stream(_DATA + _BINARY)
        return Attachment(named, data) if data else None
