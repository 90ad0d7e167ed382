"""A mail, whatever program wrote it → the article in it, and the articles attached to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from summarizer.article import metadata, unseen
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.model import Known, place
from summarizer.errors import ArticleError
from summarizer.formats import letter, letter_page, letter_words
from summarizer.formats.letter import Letter, Line
from summarizer.formats.piece import Limits, Piece

__all__ = ["Attachment", "Message", "moment", "pieces"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail: its bytes, or the mail that it is."""

    name: str
    data: bytes = b""
    mail: "Message | None" = None


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as its format held it.

    Attributes:
        subject: as it is, with ``Re:`` and ``Fwd:``.
        sender: name, or the address where there is none.
        sent: ISO 8601.
        html: its body as HTML, empty where there is none.
        plain: its body as text, empty where there is none; quoted lines begin with ``>``.
        attachments: in order, pictures in the text left out.
    """

    subject: str = ""
    sender: str | None = None
    sent: str | None = None
    html: str = ""
    plain: str = ""
    attachments: tuple[Attachment, ...] = ()


_QUOTES = re.compile(r"(?:>[ \t]?)+")
_URL = re.compile(r"<?\bhttps?://[^\s<>\])]+>?")
_TAG = re.compile(r"<[^<>]{0,2000}>")
#: Documents that people attach and that are not read: that is said, as of a document that is damaged.
_DOCUMENTS = frozenset({".doc", ".rtf", ".odt", ".wps", ".pages"})
_MAILS = frozenset({".eml", ".msg"})
_MOST_MAILS = 8  # so many mails in one another are read
#: A body is a note about what it brings where it says less than this, and a fifth of that.
_NOTE_LETTERS, _NOTE_SHARE = 600, 0.2


def pieces(message: Message, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the article in a mail and those attached to it; a forwarded mail is the article, not the note with it.

    Args:
        message: the mail.
        name: of its file, for messages.
        limits: bounds; files attached are read as deep as `limits.depth` allows, mails in mails beside that.

    Raises:
        ArticleError: there is no text in it.
    """
    body = _body(message)
    attached, passed = _attached(message, name, limits)
    if body is not None and _is_note(message, body, attached):
        told = _finding("left out of the mail", [f"a note with what it brings ({_start(body.text)})"])
        attached = [_told(piece, told) for piece in attached]
    elif body is not None:
        attached = [replace(body, name="message" if attached else ""), *attached]
    if not attached:
        also = f"; attached are {', '.join(passed)}, which are not read" if passed else ""
        raise ArticleError(f"{place(name)}: there is no text in this mail{also}; give the article itself")
    if len(attached) == 1:
        attached = [replace(attached[0], name="")]
    if passed:
        attached[0] = _told(attached[0], _finding("attached to the mail and not read", passed))
    yield from attached


def moment(words: str) -> str | None:
    """Return when a mail says that it was sent, ISO 8601; None where that cannot be told."""
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return metadata.iso(words)


def _body(message: Message) -> Piece | None:
    """Return the article in the mail's own text, None where it has none."""
    plain = _lines(message.plain)
    markup = letter_page.parse(message.html) if message.html.strip() else None
    if markup is not None and 2 * _said(markup.lines) >= _said(plain):
        read = letter.read(markup.lines, message.subject)
        as_page = markup.page and bool(read.kept)
        text = markup.html(read.kept) if as_page else _text(markup.lines, read)
        hidden = markup.hidden
    else:
        read = letter.read(plain, message.subject)
        as_page, text, hidden = False, _text(plain, read), ""
    if not letter.letters([text]):
        return None
    known = _known(message, read, "" if as_page else hidden)
    # a page's headline says more than the subject of the circular that it came in
    return Piece("", "", text, as_page, replace(known, title=None) if as_page and text.count("<h1") == 1 else known)


def _known(message: Message, read: Letter, hidden: str) -> Known:
    told = (_finding("left out of the mail", read.left),) if read.left else ()
    sender, sent = message.sender, message.sent
    if read.forwarded:
        sender, sent = read.sender, moment(read.sent) if read.sent else None
    return Known(read.subject or None, sent, None, (*told, *unseen.finding([hidden])), sender)


def _lines(plain: str) -> tuple[Line, ...]:
    """Return a plain text's lines with how deep they are quoted."""
    found = []
    for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        quoted = _QUOTES.match(line)
        text = line[quoted.end() :] if quoted else line
        # the separator's space is its mark (RFC 3676, 4.3)
        found.append(Line(text if text == "-- " else text.rstrip(), quoted[0].count(">") if quoted else 0))
    return tuple(found)


def _text(lines: tuple[Line, ...], read: Letter) -> str:
    return "\n".join(lines[at].text for at in read.kept)


def _said(lines: tuple[Line, ...]) -> int:
    """Return how much lines say, addresses left out: a plain body spells out what HTML only links."""
    return letter.letters([_URL.sub("", line.text) for line in lines])


def _attached(message: Message, name: str, limits: Limits) -> tuple[list[Piece], list[str]]:
    """Return the articles attached, and the names of what is attached and is none."""
    found: list[Piece] = []
    passed: list[str] = []
    for attachment in message.attachments[: limits.entries]:
        inside = one_line(attachment.name) or "attachment"
        if attachment.mail is None and not _may_hold(attachment):
            passed.append(inside)
            continue
        try:
            read = [p for p in _enclosed(attachment, f"{name}:{inside}", limits) if p.problem or _has_words(p)]
            found.extend(_prefixed(piece, inside) for piece in read)
            passed += [inside] if attachment.data.strip() and not read else []
        except ArticleError as error:
            found.append(Piece(inside, PurePosixPath(inside).stem, "", problem=error))
    return found, passed


def _has_words(piece: Piece) -> bool:
    return letter.letters([piece.text]) > 0


def _enclosed(attachment: Attachment, name: str, limits: Limits) -> Iterator[Piece]:
    if attachment.mail is not None:
        return pieces(attachment.mail, name, limits)
    from summarizer.formats import reading  # which reads mails through this module

    if limits.depth < 1:
        raise ArticleError(f"{place(name)}: it lies in a file in a file in another; give it by itself")
    return reading.pieces(attachment.data, name, limits.inside())


def _may_hold(attachment: Attachment) -> bool:
    """Tell whether an attachment may be an article, by its name, and without an ending by its content."""
    from summarizer.formats.kind import SUFFIXES, Kind, kind

    suffix = PurePosixPath(attachment.name.lower()).suffix
    if suffix:
        return suffix in SUFFIXES | _DOCUMENTS
    return kind(attachment.data, attachment.name) in {Kind.text, Kind.page, Kind.pdf, Kind.docx, Kind.eml, Kind.msg}


def _prefixed(piece: Piece, inside: str) -> Piece:
    name = f"{inside}:{piece.name}" if piece.name else inside
    return replace(piece, name=name, stem=piece.stem or PurePosixPath(inside).stem)


def _is_note(message: Message, body: Piece, attached: list[Piece]) -> bool:
    """Tell whether the mail's own text only says what it brings."""
    own = _letters(body)
    mails = {one_line(each.name) for each in message.attachments if each.mail is not None or _is_mail(each.name)}
    for piece in attached:
        brought = _letters(piece)
        mail = piece.name.split(":", 1)[0] in mails
        if mail and brought and (letter_words.is_forward(message.subject) or own < brought):
            return True
        if own < min(_NOTE_LETTERS, _NOTE_SHARE * brought):
            return True
    return False


def _is_mail(name: str) -> bool:
    return PurePosixPath(name.lower()).suffix in _MAILS


def _letters(piece: Piece) -> int:
    return letter.letters([_TAG.sub("", piece.text) if piece.page else piece.text])


def _told(piece: Piece, finding: Finding) -> Piece:
    return replace(piece, known=replace(piece.known, findings=(*piece.known.findings, finding)))


def _finding(what: str, parts: list[str] | tuple[str, ...]) -> Finding:
    return Finding("article.letter", one_line(f"{what}: {'; '.join(parts)}")[:600])


def _start(text: str) -> str:
    line = " ".join(_TAG.sub(" ", text).split())
    return f"“{line[:60]}…”" if len(line) > 60 else f"“{line}”"
