"""Word files: opened again with python-docx, and with LibreOffice where it is."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from summarizer.digest import Digest
from summarizer.errors import TemplateError
from summarizer.render import words
from summarizer.render.sheet import sheet
from tests.support.hostile import HOSTILE
from tests.support.hostile_digest import digest, hostile

docx = pytest.importorskip("docx", reason="the extra [documents] is not installed")

from docx.oxml.ns import qn  # noqa: E402 - only where it is there

from summarizer.render.docx import document  # noqa: E402 - the same
from summarizer.render.template import filled, values  # noqa: E402 - the same

KEPT = Path(__file__).resolve().parents[1] / "data/digests/v1.2026-11-28.shanghai-mayor-meets-ambassador.json"
MADE = Digest.model_validate_json(KEPT.read_bytes())
OFFICE = shutil.which("soffice")


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def shown(content: bytes) -> str:
    """The text of a file, links and tables too, a line for each paragraph."""
    body = opened(content).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def remarks(content: bytes) -> list[str]:
    return [comment.text for comment in opened(content).comments]


def well_formed(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))


def doubted(**changed):
    plain = digest("word").model_dump(mode="json")
    plain["summary"] |= {"headline": "H", "abstract": "A."}
    plain["summary"]["key_points"] = [{"text": "P", "evidence": [[0, 5]]}]
    plain["briefs"][0] |= {
        "headline": {"source": "H", "target": "标题"},
        "segments": [{"source": "A.", "target": "甲。", "evidence": [[7, 9]]}],
    }
    return Digest.model_validate(plain | changed)


def found(severity: str, where: str, message: str = "so"):
    return {"code": "figure.missing", "severity": severity, "message": message, "where": where, "span": None}


def test_a_brief_has_the_shape_of_the_house():
    content = document([doubted(findings=[])])
    told = opened(content)
    assert [(p.style.name, p.text) for p in told.paragraphs][:4] == [
        ("Heading 1", "H"),
        ("Translated headline", "标题"),
        ("Byline", "word · 14 September 2025 · English"),
        ("Heading 2", "Key points"),
    ]
    assert [[cell.text for cell in row.cells] for table in told.tables for row in table.rows] == [
        *(["English", "Chinese"], ["P [1]", "left out"]),
        *(["English", "Chinese"], ["A. [2]", "甲。"]),
    ]
    titles = [p.text for p in told.paragraphs if p.style.name == "Heading 2"]
    assert titles == ["Key points", "Quotes", "Brief", "Sentences cited"]
    assert [p.text for p in told.paragraphs if p.style.name == "Cited"] == ["First. [1]", "Second. [2]"]
    assert next(p.text for p in told.paragraphs if p.style.name == "Quote") == "“word” [1]"
    assert remarks(content) == []
    well_formed(content)


def test_a_brief_holds_every_line():
    told, text = sheet(MADE), shown(document([MADE]))
    lines = [t for line in (*told.headlines, *told.abstract, *told.points) for t in (line.source, *line.targets)]
    quotes = [words.text(t) for q in MADE.quotes for t in (q.text, *q.translations.values())]
    assert [line for line in (*lines, *quotes) if line not in text] == []


def test_doubts_are_comments_at_their_line_and_errors_stand_red_in_the_text():
    content = document(
        [
            doubted(
                findings=[
                    found("warning", "/briefs/0/segments/0/target", "doubt"),
                    found("error", "/quotes/0/speaker", "wrong"),
                    found("error", "/briefs/0/segments", "gone"),
                    found("warning", "", "the whole"),
                    found("info", "/provenance", "by the way"),
                ]
            )
        ]
    )
    told = opened(content)
    assert [comment.author for comment in told.comments] == ["Summarizer"] * 3
    assert any("Look at this: doubt\nThe article, sentence 2: Second." in text for text in remarks(content))
    assert any("the whole digest: the whole\nnote: how it was made: by the way" in text for text in remarks(content))
    anchored = told.element.body.xpath(".//w:tc//w:commentRangeStart/following-sibling::w:r[1]/w:t")
    assert [each.text for each in anchored] == ["甲。"]
    red = [
        run.text for p in told.paragraphs for run in p.runs if run.font.color and str(run.font.color.rgb) == "C00000"
    ]
    assert red == ["“word”", " [must be mended: wrong]"]
    (mend,) = (p.text for p in told.paragraphs if p.style.name == "To mend")
    assert mend == "Must be mended: Chinese brief: a translation leaves out a figure of its source: gone"


def test_a_long_objection_is_short_in_the_text_and_whole_in_a_comment():
    content = document([doubted(findings=[found("error", "", "x" * 900)])])
    (line,) = [p.text for p in opened(content).paragraphs if p.style.name == "To mend"]
    assert len(line) < 260
    assert "x" * 900 in remarks(content)[0]


def test_a_run_is_one_press_review_with_contents_and_each_brief_on_a_new_page():
    content = document([MADE, doubted()])
    told = opened(content)
    assert [p.text for p in told.paragraphs[:3]] == ["Press review", "2 articles · 14 September 2025", "Contents"]
    entries = ["".join(t.text for t in p._p.iter(qn("w:t"))) for p in told.paragraphs if p.style.name == "toc 1"]
    assert entries == [MADE.summary.headline, "H"]
    heads = [p for p in told.paragraphs if p.style.name == "Heading 1"]
    assert [p.paragraph_format.page_break_before for p in heads] == [True, True]
    marks = told.element.body.xpath(".//w:bookmarkStart/@w:name")
    linked = told.element.body.xpath(".//w:hyperlink/@w:anchor")
    assert marks == ["article1", "article2"]
    assert set(linked) == set(marks)


def test_text_has_its_language_and_chinese_its_fonts():
    content = document([doubted(findings=[])])
    runs = {"".join(t.text or "" for t in r.iter(qn("w:t"))): r for r in opened(content).element.body.iter(qn("w:r"))}
    assert runs["H"].xpath("./w:rPr/w:lang/@w:val") == ["en-GB"]
    assert runs["甲。"].xpath("./w:rPr/w:lang/@w:eastAsia") == ["zh-CN"]
    assert runs["甲。"].xpath("./w:rPr/w:rFonts/@w:hint") == ["eastAsia"]
    styles = opened(content).styles.element
    assert set(styles.xpath(".//w:rFonts/@w:eastAsia")) == {"Microsoft YaHei"}
    assert styles.xpath(".//w:rFonts/@w:eastAsiaTheme | .//w:rFonts/@w:asciiTheme") == []


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://www.example.com/a?b=c%20d&e#f", True),
        ("javascript:alert(1)", False),
        ('http://a.example/"><x', False),
        ("http://a b.example", False),
        ("file:///etc/passwd", False),
        ("http://a.example/上海", False),
    ],
)
def test_only_a_plain_address_becomes_a_link(address, linked):
    made = MADE.model_copy(update={"article": MADE.article.model_copy(update={"url": address})})
    content = document([made])
    targets = [r.target_ref for r in opened(content).part.rels.values() if r.is_external]
    assert targets == ([address] if linked else [])
    assert words.text(address) in shown(content)


@pytest.mark.parametrize("group", [HOSTILE[i::5] for i in range(5)])
def test_hostile_texts_never_break_a_file(group):
    content = document([hostile(text) for text in group])
    well_formed(content)
    told = opened(content)
    assert len([p for p in told.paragraphs if p.style.name == "Heading 1"]) == len(group)
    instructions = {(i.text or "").split()[0] for i in told.element.body.iter(qn("w:instrText"))}
    assert instructions == {"PAGEREF"}
    assert not any(r.is_external for r in told.part.rels.values())


def template(path: Path, *paragraphs: str) -> Path:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(path)
    return path


def test_a_template_of_ones_own_is_filled_in(tmp_path):
    path = template(
        tmp_path / "my.docx",
        "{{ headline }}",
        "{% for h in headlines %}{{ h.language }}: {{ h.text }};{% endfor %}",
        "{%p for q in quotes %}",
        "{{ q.marked }} — {{ q.speaker }}",
        "{%p endfor %}",
        "{%p for a in articles %}",
        "{{ a.published }}",
        "{%p endfor %}",
    )
    content = filled(path, [doubted(), MADE])
    assert shown(content).splitlines() == [
        "H",
        "English: H;Chinese: 标题;",
        "“word” — word",
        "word — speaker not certain",
        "14 September 2025",
    ]
    well_formed(content)


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("Dear {{ reader }}", "'reader' is undefined"),
        ("{% for q in quotes %}", "end"),
        ("{{ headline", "unexpected"),
        ("{{ headline.__class__.__mro__ }}", "__class__"),
        ("{{ headline|safe }}", "safe"),
        ("{{ 1 / 0 }}", "division"),
        ("{{ headline.nothing }}", "nothing"),
    ],
)
def test_a_template_with_an_error_names_the_place(tmp_path, tag, told):
    path = template(tmp_path / "my.docx", "All is well here.", tag)
    with pytest.raises(TemplateError, match=re.escape(told)) as error:
        filled(path, [MADE])
    assert "my.docx" in str(error.value)


def test_the_line_of_a_wrong_tag_is_shown(tmp_path):
    path = template(tmp_path / "my.docx", *["All is well here."] * 30, "Dear {% reader %}", *["And here."] * 30)
    with pytest.raises(TemplateError, match="near “Dear"):
        filled(path, [MADE])


@pytest.mark.parametrize("content", [b"", b"no Word file", None])
def test_what_is_no_word_file_is_said(tmp_path, content):
    path = tmp_path / "my.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TemplateError, match=r"no Word file|no such file"):
        filled(path, [MADE])


def test_hostile_texts_stay_text_in_a_template(tmp_path):
    path = template(
        tmp_path / "my.docx",
        "{%p for a in articles %}",
        "{{ a.headline }}",
        "{% for k in a.brief %}{{ k.text }}{% for t in k.translations %}{{ t.text }}{% endfor %}{% endfor %}",
        "{{ a.url }}",
        "{%p endfor %}",
    )
    some = HOSTILE[:90]
    content = filled(path, [hostile(text) for text in some])
    well_formed(content)
    text = shown(content)
    assert [t for t in some if "{_" not in t and "_}" not in t and words.text(t) not in text] == []


def test_the_page_about_documents_lists_every_variable():
    page = (Path(__file__).resolve().parents[2] / "docs/documents.md").read_text(encoding="utf-8")
    named = values(MADE)
    inside = {
        key
        for value in named.values()
        if isinstance(value, list) and value and isinstance(value[0], dict)
        for key in value[0]
    }
    assert [name for name in (*named, *inside) if f"`{name}`" not in page] == []


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_press_review(tmp_path):
    (tmp_path / "review.docx").write_bytes(document([MADE, doubted(), *map(hostile, HOSTILE[:20])]))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "review.docx")], check=True, capture_output=True, timeout=180)
    read = (tmp_path / "review.txt").read_text(encoding="utf-8-sig")
    assert read.startswith("Press review")
    told = sheet(MADE)
    assert [line.source for line in told.abstract if line.source not in read] == []
