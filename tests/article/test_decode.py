"""Bytes → text: short Italian and Chinese in their own encodings, and a clear word about what is no text."""

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.decode import decode
from summarizer.errors import ArticleError

ITALIAN = [
    "L’attività è già perché più città.",
    "Perché no? È così. Il caffè costa 3 €.",
    "È più",
    "«È così»",
    "Università",
    "Il presidente “parla” di sviluppo – è già tutto.",
    "Ciao a tutti, la festa è domani.",
]
SIMPLIFIED = [
    "会议召开",
    "他说：“好。”",
    "李强",
    "服贸会",
    "CIFTIS 在北京开幕，共 85 个国家参展。",
    "CIFTIS opened (服贸会)",
]
TRADITIONAL = ["北京今天天氣很好。", "習近平", "台灣的半導體產業", "他說：「好。」"]


@pytest.mark.parametrize("text", ITALIAN)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_italian_in_any_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text.removeprefix("\ufeff") == text


def test_italian_of_an_old_macintosh() -> None:
    text = "L’attività è già perché più città: così è l’università."
    assert decode(text.encode("mac_roman"), "x").text == text


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_simplified_chinese_in_any_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_chinese_in_any_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    decoded = decode("The fair opened in Beijing.".encode(encoding), "x")
    assert (decoded.text, decoded.encoding) == ("The fair opened in Beijing.", encoding)


def test_a_few_bad_bytes_in_utf_8_stand_as_replacements() -> None:
    good = "La città è più bella perché c’è l’università, così è.".encode()
    decoded = decode(good[:20] + b"\xff" + good[20:], "x")
    assert decoded.lossy
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1


def test_utf_8_cut_in_the_middle_of_a_character() -> None:
    decoded = decode("会议在北京召开，共有八十五个国家参展。".encode()[:-1], "x")
    assert decoded.lossy
    assert decoded.text.startswith("会议在北京召开")


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb18030"])
def test_a_page_names_its_encoding(name: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={name}"></head><p>镕基</p>'
    assert "镕基" in decode(page.encode("gb18030"), "x").text


def test_latin_1_is_read_as_browsers_do() -> None:
    page = "<meta charset=iso-8859-1><p>“Più” – è così.</p>"
    assert decode(page.encode("cp1252"), "x").text == page


@pytest.mark.parametrize("name", ["iso-8859-1", "no-such-thing", "rot13", "utf-16"])
def test_a_wrong_name_does_not_spoil_utf_8(name: str) -> None:
    page = f"<meta charset={name}><p>È più città.</p>"
    assert decode(page.encode(), "x").text == page


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "undefined"])
def test_a_codec_that_only_python_has_is_no_pages_encoding(name: str) -> None:
    page = f"<meta charset={name}><p>“Più” – è così.</p>"
    assert decode(page.encode("cp1252"), "x").text == page


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (zipped("word/document.xml"), "Word"),
        (zipped("a.bin"), "zip"),
        (b"{\\rtf1\\ansi Ciao}", "RTF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"Some words\x00and then a NUL", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError, match=what) as caught:
        decode(data, "reports/a.bin")
    assert str(caught.value).startswith("reports/a.bin: ")
    assert "export" in str(caught.value)


def test_bytes_of_no_encoding_are_refused() -> None:
    noise = b"".join(hashlib.sha256(bytes([seed])).digest() for seed in range(20))
    with pytest.raises(ArticleError, match="UTF-8"):
        decode(bytes(byte for byte in noise if byte >= 0x20), "x")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        outcome = f"x: {decode(data, 'x').encoding}"
    except ArticleError as error:
        outcome = str(error)
    assert outcome.startswith("x: ")
