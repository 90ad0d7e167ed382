"""Mails that Outlook saved: Unicode, code pages, HTML, compressed RTF, attachments, mails in mails, damage."""

import struct
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ArticleError
from summarizer.formats import outlook, rtf
from summarizer.formats.piece import Limits, Piece
from tests.support.compound import compound

TEXT = "The Turin chamber opened an office in Shanghai on Monday.\r\n\r\nIt employs twelve people."
READ = TEXT.replace("\r\n", "\n")
PLACES = [folder / "shared/data/files" for folder in Path(__file__).resolve().parents]
FILES = next((place for place in PLACES if place.is_dir()), PLACES[0])
TICKS = int((datetime(2024, 3, 4, 9, 30, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7


def fixed(start: int, page: int = 0) -> bytes:
    """The list of properties of fixed size: when it was sent, and the code page."""
    return bytes(start) + struct.pack("<HHIQ", 0x40, 0x39, 6, TICKS) + struct.pack("<HHIQ", 3, 0x3FFD, 6, page)


def mail(start: int = 32, page: int = 0, **streams: bytes) -> dict[str, object]:
    named = {f"__substg1.0_{name[1:]}": content for name, content in streams.items()}
    return {"__properties_version1.0": fixed(start, page), **named}


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def pieces(tree: object) -> list[Piece]:
    return list(outlook.pieces(tree if isinstance(tree, bytes) else compound(tree), "m.msg", Limits()))  # type: ignore[arg-type]


def test_unicode_body_with_what_the_mail_knows():
    (piece,) = pieces(
        mail(p1000001F=wide(TEXT), p0037001F=wide("R: Office opened"), p0C1A001F=wide("Press <a@b.it>"))
    )
    assert piece.text == READ
    assert (piece.known.title, piece.known.author) == ("Office opened", "Press")
    assert piece.known.published == "2024-03-04T09:30:00+00:00"


def test_a_body_in_its_own_code_page():
    (piece,) = pieces(
        mail(page=936, p1000001E="都灵商会在上海设立办事处。".encode("gbk"), p0037001E="开业".encode("gbk"))
    )
    assert (piece.text, piece.known.title) == ("都灵商会在上海设立办事处。", "开业")


def test_html_is_read_before_text():
    page = b"<html><body><p>L\xe0 c'\xe8 un ufficio a Shanghai.</p><p>Ha dodici impiegati.</p></body></html>"
    (piece,) = pieces(mail(page=1252, p10130102=page, p1000001F=wide("-")))
    assert piece.text == "Là c'è un ufficio a Shanghai.\n\nHa dodici impiegati."


def packed(text: bytes, kind: bytes = b"MELA") -> bytes:
    return struct.pack("<II", len(text) + 12, len(text)) + kind + bytes(4) + text


def test_rtf_where_there_is_nothing_else():
    source = (
        rb"{\rtf1\ansi\ansicpg936\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"\'b6\'bc\'c1\'e9: caff\u232\'e8 \{12\}\par{\*\htmltag84 x}\ldblquote S\'ec\rdblquote}}"
    )
    (piece,) = pieces(mail(p10090102=packed(source)))
    assert piece.text.startswith("都灵: caffè {12}\n“S")


def test_compressed_rtf_of_the_standard():
    # MS-OXRTFCP, 3.1.1: the first example, and the second, which refers into what it writes itself
    first = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert rtf._unpacked(first, 1000) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    second = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert rtf._unpacked(second, 1000) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert rtf.text(first, 1000).strip() == "hello world"
    assert rtf.text(first, 10) == ""


def test_attached_files_and_mails():
    attached = mail(8, p3707001F=wide("nota.txt"), p37010102=b"A text of its own, which is an article as well.")
    picture = mail(
        8, p3704001F=wide("logo.png"), p3712001F=wide("cid"), p370E001F=wide("image/png"), p37010102=b"\x89PNG"
    )
    inside = mail(8, p3001001F=wide("Inside"))
    inside["__substg1.0_3701000D"] = mail(24, p1000001F=wide(TEXT), p0037001F=wide("Inside"))
    whole = mail(p1000001F=wide("FYI"), p0037001F=wide("Fwd: Inside"))
    tree = {**whole, "__attach_version1.0_#00000000": attached, "__attach_version1.0_#00000001": picture}
    note, inner = pieces({**tree, "__attach_version1.0_#00000002": inside})
    assert (note.name, note.text) == ("nota.txt", "A text of its own, which is an article as well.")
    assert (inner.name, inner.text, inner.known.title) == ("Inside", READ, "Inside")


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (b"no compound file", "damaged"),
        (mail(p0037001F=wide("only a subject")), "no text in this mail"),
    ],
)
def test_what_cannot_be_read_is_refused(tree, told):
    with pytest.raises(ArticleError, match=told):
        pieces(tree)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused(at, noise):
    good = compound(mail(p1000001F=wide(TEXT), p10090102=packed(b"{\\rtf1 x}"), p10130102=b"<p>Text of a page.</p>"))
    place = at % len(good)
    found: list[Piece] = []
    with suppress(ArticleError):
        found = pieces(good[:place] + noise + good[place + len(noise) :])
    assert all(piece.problem is not None or piece.text.strip() for piece in found)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_rtf_ends(noise):
    head = struct.pack("<II", len(noise) + 12, 5000) + b"LZFu" + bytes(4)
    assert len(rtf.text(head + noise, 10_000)) <= 5000
    rtf.text(packed(b"{\\rtf1 " + noise), 10_000)


@pytest.mark.skipif(not FILES.is_dir(), reason="the collected files are not here")
def test_a_collected_mail():
    (piece,) = pieces((FILES / "markitdown_outlook.msg").read_bytes())
    assert piece.text == "This is the body of the test email message"
    assert piece.known.title == "Test Email Message"
