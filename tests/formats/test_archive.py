"""Zip files → the articles in them, each by its name; bombs, odd names and locked entries."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from summarizer.errors import ArticleError
from summarizer.formats import archive as formats
from summarizer.formats import reading
from summarizer.formats.piece import Limits, Piece

TEXT = "The mayor opened the new bridge on Monday. Ten thousand people came to see it."


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def found(data: bytes, limits: Limits | None = None) -> list[Piece]:
    return list(reading.pieces(data, "a.zip", limits or Limits()))


def test_each_file_that_may_hold_an_article_gives_one() -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>".encode()
    data = packed(
        ("b/one.txt", TEXT.encode()),
        ("a.html", page),
        ("b/pic.png", b"\x89PNG"),
        ("__MACOSX/b/._one.txt", b"x"),
        (".hidden.txt", b"x"),
        ("inner.zip", packed(("deep.txt", TEXT.encode()))),
    )
    pieces = found(data)
    assert [(each.name, each.stem, each.page) for each in pieces] == [
        ("b/one.txt", "one", False),
        ("a.html", "a", True),
        ("inner.zip:deep.txt", "deep", False),
    ]
    assert formats.count(data, "a.zip", Limits()) is None
    assert formats.count(packed(("a.txt", b"x"), ("b.txt", b"x")), "a.zip", Limits()) == 2


def test_one_that_cannot_be_read_stops_no_other() -> None:
    broken, empty, table = ("x.pdf", b"%PDF-1.7 broken"), ("y.txt", b" "), ("t.csv", b"text\nwords\n")
    bad, blank, rows, good = found(packed(broken, empty, table, ("z.txt", TEXT.encode())))
    assert "a.zip:x.pdf: this PDF is damaged" in str(bad.problem)
    assert "a.zip:y.txt: it is empty" in str(blank.problem)
    assert "table of articles" in str(rows.problem)
    assert good.text == TEXT


def test_nothing_that_may_be_an_article_is_passed_over_in_silence() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    read = (
        ("pic.jpg", b"\xff\xd8\xff"),
        ("style.css", b"p {}"),
        ("notes", TEXT.encode()),
        ("b.json", b'{\n "a": 1\n}'),
    )
    feed = b"<rss version='2.0'><channel><item><title>T</title><description>%b</description></item></channel></rss>"
    found_here = found(packed(*read, ("a.doc", old), ("news.xml", feed % TEXT.encode())))
    named = {each.name: str(each.problem) for each in found_here if each.problem is not None}
    assert list(named) == ["notes", "b.json", "a.doc"]
    assert "does not end as an article's does" in named["notes"]
    assert "JSON" in named["b.json"]
    assert "save it as" in named["a.doc"]
    assert [each.name for each in found_here if each.problem is None] == ["news.xml:#1"]


def test_a_locked_entry_says_so() -> None:
    data = bytearray(packed(("locked.txt", TEXT.encode()), ("open.txt", TEXT.encode())))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked, free = found(bytes(data))
    assert "locked.txt: it is protected by a password" in str(locked.problem)
    assert free.text == TEXT


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\Windows\\a.txt", "a\x1b[31m.txt", "con.txt"]
)
def test_a_name_leads_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (piece,) = found(packed((name, TEXT.encode())))
    assert piece.text == TEXT
    assert "\x1b" not in piece.name
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed(), "no article in this archive"),
        (packed(("a.png", b"x")), "no article in this archive"),
        (packed(("a.txt", TEXT.encode()))[:-30], "damaged"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged"),
    ],
    ids=["nothing", "a picture", "cut", "zeros"],
)
def test_what_cannot_be_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words):
        found(data)


def nested(levels: int) -> bytes:
    data = packed(("a.txt", TEXT.encode()))
    for _ in range(levels):
        data = packed(("next.zip", data))
    return data


def test_archives_in_archives_are_read_to_a_depth() -> None:
    assert found(nested(1))[0].text == TEXT
    assert "archive in an archive" in str(found(nested(2))[0].problem)
    assert "archive in an archive" in str(found(nested(40))[0].problem)


def crowd() -> bytes:
    """A directory of a million entries, said in its end record alone."""
    data = bytearray(packed(("a.txt", TEXT.encode())))
    struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, 60_000_000)
    return bytes(data)


def liar() -> bytes:
    """An entry that says it unpacks to 7 bytes, and unpacks to 80 million."""
    data = bytearray(packed(("a.txt", b" " * 80_000_000)))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 7)
    struct.pack_into("<L", data, data.index(b"PK\x03\x04") + 22, 7)
    return bytes(data)


def test_an_entry_that_unpacks_to_too_much_is_refused() -> None:
    huge, good = found(packed(("a.txt", b" " * 60_000_000), ("b.txt", TEXT.encode())))
    assert "unpacks to more than 50,000,000 bytes" in str(huge.problem)
    assert good.text == TEXT


def test_many_entries_that_unpack_to_much_are_stopped() -> None:
    data = packed(*((f"{at}.txt", b"x" * 1_900_000) for at in range(20)))
    pieces = found(data, Limits(unpacked_bytes=10_000_000))
    assert len(pieces) <= 7
    assert pieces[-1].problem is not None


def test_more_entries_than_are_read_are_counted() -> None:
    data = packed(*((f"{at}.txt", TEXT.encode()) for at in range(9)))
    pieces = found(data, Limits(entries=5))
    assert len(pieces) == 6 == formats.count(data, "a.zip", Limits(entries=5))
    assert "holds 9 files, and the first 5 were read" in str(pieces[-1].problem)


@pytest.mark.parametrize("data", [crowd(), liar(), nested(3)], ids=["crowd", "liar", "nested"])
def test_a_bomb_does_no_harm(data: bytes) -> None:
    try:
        pieces = found(data)
    except ArticleError:
        return
    assert all(len(each.text) <= 2_000_000 for each in pieces)


def test_a_problem_keeps_its_words_and_nothing_that_was_read() -> None:
    (piece,) = found(packed(("a.txt", b"word " * 1_000)), Limits(text_bytes=100))
    assert "larger than 100 bytes" in str(piece.problem)
    kept = piece.problem and (piece.problem.__traceback__, piece.problem.__cause__, piece.problem.__context__)
    assert kept == (None, None, None)
