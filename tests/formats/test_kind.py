"""What a file is, by its content; and what is said of what is not read."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ArticleError
from summarizer.formats import reading
from summarizer.formats.kind import Kind, kind, may_be_large
from summarizer.formats.piece import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


def zipped(*names: str, content: str | bytes = "words") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


MAIL = "From: a@example.org\r\nTo: b@example.org\r\nSubject: A bridge\r\nMIME-Version: 1.0\r\n\r\nWords."
SAVED = "From: <Saved by Blink>\r\nSubject: A bridge\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x"


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"%PDF-1.7\n%", "a.txt", Kind.pdf),
        (b"\r\n\r\n%PDF-1.4\n1 0 obj", "a", Kind.pdf),
        (b"The mark of a file is %PDF-, says the standard.", "a.txt", Kind.text),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.zip", Kind.docx),
        (zipped("[Content_Types].xml", "word/document.xml")[:150], "a.docx", Kind.docx),
        (zipped("a.docx", content=zipped("[Content_Types].xml", "word/document.xml")), "a.zip", Kind.zip),
        (zipped("a.docx", content=zipped("[Content_Types].xml", "word/document.xml"))[:-60], "a.zip", Kind.zip),
        (zipped("a.txt"), "a.docx", Kind.zip),
        (zipped("xl/workbook.xml"), "a.docx", Kind.unknown_binary),
        (ole("__properties_version1.0"), "a.doc", Kind.msg),
        (ole("WordDocument"), "a.msg", Kind.unknown_binary),
        (MAIL.encode(), "a.txt", Kind.eml),
        (SAVED.encode(), "a", Kind.mhtml),
        (b"From: the mayor\nDate: 3 March 2025\n\nThe bridge opens.", "a.txt", Kind.text),
        (b"From: the mayor\nDate: 3 March 2025\n\nThe bridge opens.", "a.eml", Kind.eml),
        (b"Note: this is a text\nAnd: so is this\n\nWords", "a", Kind.text),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0"><channel>', "a.html", Kind.feed),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", Kind.feed),
        (b'<rdf:RDF xmlns:rdf="x">', "a.xml", Kind.feed),
        ('<rss version="2.0">'.encode("utf-16"), "a.xml", Kind.feed),
        (b"<!doctype html><p>x", "a.txt", Kind.page),
        (b"<p>x", "a.html", Kind.page),
        (b"# A bridge\n\nWords", "a", Kind.markdown),
        (b"# A bridge\n\nWords", "a.txt", Kind.text),
        (b"PAR1xxxx", "a", Kind.parquet),
        (b'{"text": "words"}\n{"text": "more"}\n', "a", Kind.table_jsonl),
        (b'{"text": "words"}\n{"text": "more"}\n', "a.txt", Kind.table_jsonl),
        (b'{\n  "text": "words"\n}\n', "a.json", Kind.data),
        (b'[{"text": "words"}, {"text": "more"}]', "a.txt", Kind.data),
        (b'["words", "more"]', "a", Kind.data),
        (b'["Words", said the mayor, and more of them]', "a.txt", Kind.text),
        (b"[1] A note: words. {x} more", "a.txt", Kind.text),
        (b'<?xml version="1.0"?><nitf><body><p>Words.</p></body></nitf>', "a.txt", Kind.data),
        (b'<?xml version="1.0"?><html><body><p>Words.</p></body></html>', "a.xml", Kind.page),
        (b"From a@example.org Mon Mar  3 10:00:00 2025\n" + MAIL.encode(), "a.txt", Kind.mbox),
        (b"From 2025 the bridge opens.\n\nWords.", "a.txt", Kind.text),
        (b"text,date\nwords,2025", "a.csv", Kind.table_csv),
        (b"text,date\nwords,2025", "a.txt", Kind.text),
        ("Il porto".encode("utf-16"), "a.txt", Kind.text),
        (b"\x89PNG\r\n\x1a\n", "a.txt", Kind.unknown_binary),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, name: str, found: Kind) -> None:
    assert kind(data, name) is found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ole("WordDocument"), r"old Word document \(\.doc\).*save it as \.docx"),
        (ole("Workbook"), r"old Excel workbook.*\.csv"),
        (ole("PowerPoint Document"), "old PowerPoint.*PDF"),
        (ole("EncryptedPackage"), "is protected by a password.*save it without one"),
        (OLE, "old Office file"),
        (zipped("xl/workbook.xml"), r"Excel workbook.*\.csv"),
        (zipped("ppt/presentation.xml"), "PowerPoint.*PDF"),
        (zipped("mimetype", "content.xml"), r"OpenDocument.*\.docx"),
        (b"{\\rtf1 words}", r"RTF.*\.docx"),
        (b"\x89PNG\r\n\x1a\n", r"picture \(PNG\).*OCR"),
        (b"\xff\xd8\xff\xe0", r"picture \(JPEG\)"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "sound file.*transcript"),
        (b"ID3\x03", "MP3.*transcript"),
        (b"\x00\x00\x00\x18ftypmp42", "video.*transcript"),
        (b"\x1f\x8b\x08", "gzip.*unpack"),
        (b"Rar!\x1a", r"RAR.*\.zip"),
        (b"PAR1xxxx", "table of articles"),
        (b'{"text": "words"}\n{"text": "more"}\n', r"table of articles.*\.jsonl"),
        (b'{\n  "text": "words"\n}\n', r"JSON.*\.jsonl"),
        (b'<?xml version="1.0"?><nitf/>', "XML.*neither a page nor a feed.*HTML"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "WARC.*save it as HTML"),
        (b"bplist00\xd1", "Safari.*PDF"),
        (b"a.txt".ljust(257, b"\0") + b"ustar", r"tar archive.*\.zip"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "server's answer.*the page alone"),
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (b"%!PS-Adobe-3.0\n", "PostScript.*PDF"),
        (b"\x00\x01\x02\x03", "binary file"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as caught:
        list(reading.pieces(data, "press/a.bin", Limits()))
    assert str(caught.value).startswith("press/a.bin: ")


def test_only_what_holds_more_than_text_may_be_large() -> None:
    assert may_be_large(b"%PDF-1.7", "a")
    assert may_be_large(zipped("a.txt")[:40], "a")
    assert not may_be_large(b"words " * 100, "a.pdf")
    assert not may_be_large(bytes(16_000), "a")


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE[:8], b"%PDF-", b"<rss", b"From: a\nTo: b\n"])
)
def test_any_bytes_are_of_some_kind(data: bytes, start: bytes) -> None:
    assert kind(start + data, "a") in Kind
