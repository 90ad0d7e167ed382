"""One article in each format that the room reads: the same sentences; and real files as a person reads them."""

import io
import zipfile
from pathlib import Path

import pytest

from summarizer import article
from summarizer.batch.inputs import count, inputs
from summarizer.config import Settings
from summarizer.errors import ArticleError
from tests.formats.test_docx import document, p, r
from tests.support.printing import printed

#: Real files that are no part of this repository, in a folder beside it or above.
FILES = next(
    (up / "shared/data/files" for up in Path(__file__).parents if (up / "shared/data/files").is_dir()), Path()
)
TITLE = "Il porto di Genova riapre ai traffici"
BODY = (
    "Il presidente della Camera di commercio, Luigi Attanasio, ha annunciato lunedì che i traffici del porto sono "
    "cresciuti del 12,4 per cento nei primi sei mesi dell’anno, raggiungendo 1,37 milioni di container.",
    "«È un risultato straordinario, che premia il lavoro di tutti», ha dichiarato Attanasio nella conferenza stampa.",
    "Nel semestre gli infortuni sono stati 48, contro i 61 dello stesso periodo del 2024, ha detto la segretaria.",
)
PAGE = (
    f"<!doctype html><html lang=it><meta charset=utf-8><title>{TITLE}</title><style>@page{{margin:20mm}}</style>"
    f"<article><h1>{TITLE}</h1>{''.join(f'<p>{text}</p>' for text in BODY)}</article></html>"
)


def sentences(found: article.Article) -> list[str]:
    return [sentence.text for sentence in found.sentences if sentence.text != TITLE]


def word() -> bytes:
    return document("".join(p(r(text)) for text in (TITLE, *BODY)))


def test_the_same_article_in_each_format_has_the_same_sentences(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="the extra [documents] is not installed")
    text = "\n\n".join((TITLE, *BODY))
    given = {
        "a.txt": text.encode(),
        "a.md": ("# " + text).encode(),
        "a.html": PAGE.encode(),
        "a.docx": word(),
        "a.pdf": printed(PAGE, tmp_path),
    }
    found = {name: article.load_bytes(data, name) for name, data in given.items()}
    assert {name: each.title for name, each in found.items()} == dict.fromkeys(given, TITLE)
    assert all(sentences(each) == sentences(found["a.txt"]) for each in found.values())
    assert all(each.findings == () for each in found.values())


def given(path: Path) -> list[object]:
    return list(inputs([str(path)], Settings()))


def packed(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "press.zip", "w") as archive:
        archive.writestr("one.docx", word())
        archive.writestr("two/two.txt", "\n\n".join(BODY))
        archive.writestr("two/scan.doc.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return folder / "press.zip"


def test_an_archive_gives_an_input_for_each_article_in_it(tmp_path: Path) -> None:
    path = packed(tmp_path)
    one, two, bad = inputs([str(path)], Settings())
    assert [each.name for each in (one, two, bad)] == [
        f"{path}:{inside}" for inside in ("one.docx", "two/two.txt", "two/scan.doc.txt")
    ]
    assert [each.stem for each in (one, two, bad)] == ["one", "two", "scan.doc"]
    assert count([str(path)], Settings()) == 3
    made = one.load()
    assert (made.title, made.source) == (TITLE, f"{path}:one.docx")
    assert two.load().text == "\n\n".join(BODY)
    with pytest.raises(ArticleError, match=r"press\.zip:two/scan\.doc\.txt: this seems to be an old Office file"):
        bad.load()


def test_a_file_with_several_articles_is_none_for_one_article(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="holds several articles, and this takes one"):
        article.load(packed(tmp_path))


def test_a_folder_gives_the_documents_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    (tmp_path / "b.xml").write_text("<settings/>")
    (tmp_path / "c.xml").write_text('<rss version="2.0"><channel></channel></rss>')
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    packed(tmp_path)
    names = [each.name for each in inputs([str(tmp_path)], Settings())]
    assert names[0] == str(tmp_path / "a.docx")
    assert not any("b.xml" in name or "d.png" in name for name in names)
    assert any("c.xml" in name for name in names)
    assert sum("press.zip" in name for name in names) == 3


def test_a_large_document_is_read_and_a_large_text_is_not(tmp_path: Path) -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/picture.png", bytes(2_500_000))
    path = tmp_path / "a.docx"
    path.write_bytes(out.getvalue())
    assert article.load(path).title == TITLE
    (tmp_path / "a.txt").write_bytes(b"x" * 2_500_000)
    with pytest.raises(ArticleError, match="larger than 2,000,000 bytes"):
        article.load(tmp_path / "a.txt")


@pytest.mark.skipif(not FILES.name, reason="the real files are not here")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("docling_comments.docx", "This second paragraph also has a reviewer annotation.\n\nThis third"),
        ("docling_sample.docx", "Leaves Ash, Elm, Maple 50"),
        ("markitdown_multipage.docx", "Final paragraph before image.\n\nPage 3"),
        ("markitdown_report.docx", "AutoGen agents are customizable, conversable, and can operate in various modes"),
        ("markitdown_paper.pdf", "because chat-optimized LLMs (e.g., GPT-4) show the ability"),
        ("pdfplumber_bulletin.pdf", "NEEL KASHKARI REP 247"),
        ("pdfplumber_pv.pdf", "la demande de démolition 2023-0379;"),
        ("pdfplumber_roundup.pdf", "Minnesota 1.38 - 1.48 1.40 - 1.49 1.28 - 1.35"),
        ("pypdf_googledoc.pdf", "Population 273.879.750¹ 83,190,556² 8,935,112³ 67,413,000 453"),
        ("pypdf_multicolumn.pdf", "Nam feugiat lacus vel est. Curabitur consectetuer.\n\nSuspendisse vel felis."),
        ("pypdf_multicolumn.pdf", "Belgium 11.5 30,689 Brussels Dutch, French, German\n\nCzech Republic"),
    ],
)
def test_a_real_file_is_read_as_a_person_reads_it(name: str, words: str) -> None:
    pytest.importorskip("pypdfium2", reason="the extra [documents] is not installed")
    assert words in article.load(FILES / name, language="en").text


@pytest.mark.skipif(not FILES.name, reason="the real files are not here")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("markitdown_scanned.pdf", "picture of a text"),
        ("pdfplumber_malformed.pdf", "picture of a text"),
        ("pdfplumber_password.pdf", "protected by a password"),
    ],
)
def test_a_real_file_that_cannot_be_read_says_why(name: str, words: str) -> None:
    pytest.importorskip("pypdfium2", reason="the extra [documents] is not installed")
    with pytest.raises(ArticleError, match=words):
        article.load(FILES / name)
