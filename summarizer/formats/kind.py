"""What a file is, told by its content; its name decides only between kinds that look alike.

Signatures are those of the formats' own standards: PDF (ISO 32000), ZIP (APPNOTE), compound files (MS-CFB), mail
(RFC 5322), mailboxes (RFC 4155), MHTML (RFC 2557), RSS 2.0 and Atom (RFC 4287), Parquet.
"""

import codecs
import json
import re
from enum import StrEnum
from pathlib import PurePath

from summarizer.article import markdown, page
from summarizer.errors import ArticleError
from summarizer.formats import packed

__all__ = ["HEAD_BYTES", "SUFFIXES", "Kind", "kind", "may_be_large", "unreadable"]


class Kind(StrEnum):
    """What a file is; `unknown_binary` and `data`, which is text for programs, are all that no reader here takes."""

    text = "text"
    page = "page"
    markdown = "markdown"
    pdf = "pdf"
    docx = "docx"
    eml = "eml"
    mbox = "mbox"
    msg = "msg"
    feed = "feed"
    mhtml = "mhtml"
    table_csv = "table_csv"
    table_jsonl = "table_jsonl"
    parquet = "parquet"
    zip = "zip"
    data = "data"
    unknown_binary = "unknown_binary"


_PAGES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN = frozenset({".md", ".markdown"})
_DOCUMENTS = frozenset({".pdf", ".docx", ".eml", ".mbox", ".msg", ".mht", ".mhtml", ".rss", ".atom", ".zip"})
#: What a folder is searched for. An ``.xml`` is taken where it is a feed, which only a look into it tells.
SUFFIXES = _PAGES | _MARKDOWN | _DOCUMENTS | {".txt"}
#: So much of a file tells what it is.
HEAD_BYTES = 16_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: Header fields (RFC 5322, 3.6) of which a mail has two at least before its first blank line.
_MAIL = re.compile(
    r"^(from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|delivered-to|content-type"
    r"|sender|list-id|dkim-signature)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"(?:[\x21-\x39\x3b-\x7e]+[ \t]*:|[ \t]|From )")
#: The line before each mail of a mailbox (RFC 4155): the sender and the time.
_ENVELOPE = re.compile(r"\s*From \S[^\n]{0,200}\d{4}")
_RELATED = re.compile(r"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_ADDRESSED = re.compile(r"^(?:to|received|delivered-to|cc)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FEED = re.compile(
    r"\A\s*(?:<\?[^>]{0,400}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,400}>\s*)*"
    r"<(?:[a-z]{1,10}:)?(?:rss|feed|rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
#: What is known by name and read by nothing here → what it is and what to do.
_REFUSED: tuple[tuple[bytes, int, str, str], ...] = (
    (b"\x89PNG", 0, "a picture (PNG)", "run text recognition (OCR) on it, and give the text"),
    (b"\xff\xd8\xff", 0, "a picture (JPEG)", "run text recognition (OCR) on it, and give the text"),
    (b"GIF8", 0, "a picture (GIF)", "run text recognition (OCR) on it, and give the text"),
    (b"II*\x00", 0, "a picture (TIFF)", "run text recognition (OCR) on it, and give the text"),
    (b"MM\x00*", 0, "a picture (TIFF)", "run text recognition (OCR) on it, and give the text"),
    (b"WEBP", 8, "a picture (WebP)", "run text recognition (OCR) on it, and give the text"),
    (b"{\\rtf", 0, "an RTF document", "open it in a word processor and save it as Word (.docx)"),
    (b"\xdb\xa5-\x00", 0, "an old Word document", "open it in a word processor and save it as .docx"),
    (b"WAVE", 8, "a sound file", "give its transcript"),
    (b"AVI ", 8, "a video file", "give its transcript"),
    (b"ID3", 0, "a sound file (MP3)", "give its transcript"),
    (b"\xff\xfb", 0, "a sound file (MP3)", "give its transcript"),
    (b"OggS", 0, "a sound or video file", "give its transcript"),
    (b"fLaC", 0, "a sound file (FLAC)", "give its transcript"),
    (b"ftyp", 4, "a video, sound or HEIF picture file", "give its text or transcript"),
    (b"\x1f\x8b", 0, "a gzip archive", "unpack it and give what is in it"),
    (b"BZh", 0, "a bzip2 archive", "unpack it and give what is in it"),
    (b"\xfd7zXZ", 0, "an xz archive", "unpack it and give what is in it"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive", "unpack it, or pack it as .zip"),
    (b"Rar!", 0, "a RAR archive", "unpack it, or pack it as .zip"),
    (b"ustar", 257, "a tar archive", "unpack it, or pack it as .zip"),
    (b"WARC/", 0, "a web archive (WARC)", "open the page in a browser and save it as HTML"),
    (b"bplist00", 0, "a page saved by Safari (.webarchive)", "open it there and save its page source or a PDF"),
    (b"HTTP/1.", 0, "a server's answer with its header", "save the page alone"),
    (b"%!PS", 0, "a PostScript file", "save it as PDF"),
    (b"BEGIN:VCALENDAR", 0, "a calendar", "give the article's text"),
    (b"BEGIN:VCARD", 0, "a visiting card", "give the article's text"),
)
#: Text for programs → what the file is and what to do: objects of JSON (RFC 8259), XML that is no page and no feed.
_DATA: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"""\s*(?:\[\s*)*\{\s*(?:\}|"(?:[^"\\\n]|\\.){0,200}"\s*:)|\s*\[\s*"(?:[^"\\\n]|\\.){0,2000}"\s*[,\]]\s*(?:"|\Z)"""
        ),
        "JSON, the data of a program",
        "give the article's text, or save articles as JSON Lines (an object a line) in a file that ends in .jsonl",
    ),
    (
        re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html))", re.IGNORECASE),
        "an XML file, and neither a page nor a feed",
        "open it in the program that wrote it and save it as text, HTML or PDF",
    ),
)
#: Streams of compound files, as their directory spells them → what the file is and what to do.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "protected by a password", "save it without one"),
    ("WordDocument", "an old Word document (.doc)", "open it in a word processor and save it as .docx"),
    ("Workbook", "an old Excel workbook (.xls)", "save the table of articles as .csv"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", "save it as PDF"),
)
_MSG_STREAM = "__properties_version1.0"
#: Parts of packages that are zip files → what the file is and what to do.
_PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook", "an Excel workbook", "save the table of articles as .csv"),
    ("ppt/presentation", "a PowerPoint presentation", "save it as PDF"),
    ("META-INF/container.xml", "an e-book", "give the article's text"),
    ("mimetype", "an OpenDocument file", "open it in an office program and save it as Word (.docx) or PDF"),
    ("Index/Document.iwa", "a Pages document", "export it as Word (.docx) or PDF"),
    ("AndroidManifest.xml", "a program", "give the article's text"),
)


def kind(data: bytes, name: str) -> Kind:
    """Return what a file is.

    Args:
        data: the file, or its beginning: a package that is cut off is a zip file.
        name: the file's; its suffix tells apart what only a name can: Markdown, tables, pages without a beginning.
    """
    if _is_pdf(data):
        return Kind.pdf
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(_OLE):
        return Kind.msg if _has_stream(data, _MSG_STREAM) else Kind.unknown_binary
    if data.startswith(b"PAR1"):
        return Kind.parquet
    if _refused(data) is not None:
        return Kind.unknown_binary
    return _written(_head(data), PurePath(name).suffix.lower())


def may_be_large(head: bytes, name: str) -> bool:
    """Tell by its beginning whether a file may hold more than text: pictures, fonts, attachments, entries."""
    return kind(head, name) in {
        Kind.pdf,
        Kind.docx,
        Kind.zip,
        Kind.msg,
        Kind.eml,
        Kind.mbox,
        Kind.mhtml,
        Kind.feed,
    } or (head.startswith(_OLE))


def unreadable(data: bytes) -> tuple[str, str] | None:
    """Return what a file is that nothing here reads, and what to do about it; None where it may be read."""
    if data.startswith(_OLE):
        found = next(((what, do) for stream, what, do in _STREAMS if _has_stream(data, stream)), None)
        return found or ("an old Office file", "open it in an office program and save it as .docx or PDF")
    if data.startswith(_ZIP):
        names = _names(data)
        return next(((what, do) for part, what, do in _PACKAGES if any(n.startswith(part) for n in names)), None)
    return _refused(data) or _data(_head(data))


def _refused(data: bytes) -> tuple[str, str] | None:
    return next(((what, do) for magic, at, what, do in _REFUSED if data.startswith(magic, at)), None)


def _data(head: str) -> tuple[str, str] | None:
    return next(((what, do) for begins, what, do in _DATA if begins.match(head)), None)


def _is_pdf(data: bytes) -> bool:
    """Tell whether this is a PDF: its mark stands within the first 1,024 bytes (ISO 32000-1, annex H)."""
    at = data.find(b"%PDF-", 0, 1024)
    return at == 0 or (at > 0 and (b"\x00" in data[:4096] or not data[:at].strip() or b" obj" in data[:4096]))


def _packed(data: bytes) -> Kind:
    if any(name.lower() == "word/document.xml" for name in _names(data)):
        return Kind.docx
    return Kind.zip if unreadable(data) is None else Kind.unknown_binary


def _names(data: bytes) -> list[str]:
    """Return what a zip file says it holds; of one that is cut off, what its local headers spell."""
    begun = packed.begun(data)
    try:
        names = [entry.filename for entry in packed.entries(data, "")]
    except ArticleError:
        return begun
    # where the end is missing, that of a zip file within this one may be found instead
    return names if not begun or begun[0] in names else begun


def _has_stream(data: bytes, name: str) -> bool:
    """Tell whether a compound file's directory has an entry called so (MS-CFB, 2.6.1: UTF-16, NUL at its end)."""
    return name.encode("utf-16-le") + b"\x00\x00" in data


def _written(head: str, suffix: str) -> Kind:
    """Return which kind of text begins so."""
    if _FEED.match(head):
        return Kind.feed
    if page.looks_like(head):
        return Kind.page
    return _mail(head, suffix) if _is_mail(head, suffix) else _named(head, suffix)


def _named(head: str, suffix: str) -> Kind:
    """Return which kind of text a file's name says that it is, and where it says nothing its beginning."""
    if suffix in _PAGES:
        return Kind.page
    if suffix in {".csv", ".tsv"}:
        return Kind.table_csv
    if suffix in {".jsonl", ".ndjson"} or _is_object(head):
        return Kind.table_jsonl
    if _data(head) is not None:
        return Kind.data
    return Kind.markdown if suffix in _MARKDOWN or (suffix != ".txt" and markdown.looks_like(head)) else Kind.text


def _is_mail(head: str, suffix: str) -> bool:
    """Tell whether text begins with a mail's header: nothing but fields, two known ones among them.

    A release may begin with ``From:`` and ``Date:``, too: then a field that only a mail has, or the name, decides.
    """
    fields, blank, _ = head.replace("\r\n", "\n").lstrip("\n").partition("\n\n")
    lines = fields.split("\n") if blank else fields.split("\n")[:-1]
    known = {found[1].lower() for found in _MAIL.finditer(fields)}
    sure = suffix in {".eml", ".mht", ".mhtml"} or not known <= {"from", "to", "subject", "date", "cc"}
    return sure and len(known) >= 2 and all(map(_FIELD.match, lines))


def _mail(head: str, suffix: str) -> Kind:
    fields = head.replace("\r\n", "\n").lstrip("\n").partition("\n\n")[0]
    if suffix in {".mht", ".mhtml"} or (_RELATED.search(fields) and not _ADDRESSED.search(fields)):
        return Kind.mhtml
    return Kind.mbox if _ENVELOPE.match(head) else Kind.eml


def _is_object(head: str) -> bool:
    """Tell whether the first line is a JSON object (https://jsonlines.org)."""
    first = head.lstrip().partition("\n")[0]
    try:
        return first.startswith("{") and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _head(data: bytes) -> str:
    """Return the beginning as text: good enough for markup, which is ASCII in every encoding met here."""
    head = data[:HEAD_BYTES]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    if b"\x00" in head[:4]:
        return head.decode("utf-16-be" if head[:1] == b"\x00" else "utf-16-le", "replace")
    return head.decode("utf-8-sig", "replace")
