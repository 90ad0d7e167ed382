"""Every format for people: what it holds, and that no text of a stranger does harm in it."""

import csv
import email
import io
import re
import zipfile
from email import policy
from html.parser import HTMLParser
from pathlib import Path

import pytest

from summarizer import render
from summarizer.batch import flat
from summarizer.digest import Digest
from summarizer.render import evidence, marks, tables, words
from summarizer.render.files import FORMATS, rendered
from summarizer.render.sheet import sheet
from tests.support import written
from tests.support.hostile import HOSTILE
from tests.support.hostile_digest import digest, hostile

KEPT = Path(__file__).resolve().parents[1] / "data/digests/v1.2026-11-28.shanghai-mayor-meets-ambassador.json"
MADE = Digest.model_validate_json(KEPT.read_bytes())
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Each holds some of the thousand texts; a file of each would take minutes.
GROUPS = [HOSTILE[i::8] for i in range(8)]


def lines(made: Digest) -> set[str]:
    """What every format must hold."""
    told = sheet(made)
    pairs = (
        text for line in (*told.headlines, *told.abstract, *told.points) for text in (line.source, *line.targets)
    )
    quotes = (words.text(text) for q in made.quotes for text in (q.text, *q.translations.values()))
    return {*pairs, *quotes, *(words.speaker(q.speaker, made.article.language) for q in made.quotes)} - {""}


class Read(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.names, self.text = set(), set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text.append(data)


def opened(content: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def test_text_holds_every_line_and_what_is_to_be_mended_beside_it():
    shown = render.text(MADE)
    assert [line for line in lines(MADE) if line not in shown] == []
    assert shown.startswith(MADE.summary.headline)
    assert "[must be mended: " in shown
    assert "/briefs" not in shown


def test_a_mail_is_a_draft_in_two_parts_that_hold_every_line():
    made = opened(rendered([("a", MADE)], "eml"))
    assert (made.get_content_type(), made["X-Unsent"], made["From"], made["To"]) == (
        "multipart/alternative",
        "1",
        None,
        None,
    )
    plain, page = made.iter_parts()
    assert [part.get_content_type() for part in (plain, page)] == ["text/plain", "text/html"]
    shown = "".join(Read(page.get_content()).text)
    assert [line for line in lines(MADE) if line not in shown or line not in plain.get_content()] == []
    assert made["Subject"].startswith(MADE.summary.headline)


def test_several_digests_are_one_mail_and_one_text():
    named = [("a", MADE), ("b", digest("word"))]
    assert opened(rendered(named, "eml"))["Subject"] == "Press review: 2 articles"
    page = "".join(Read(opened(rendered(named, "eml")).get_body(("html",)).get_content()).text)
    (translated,) = filter(None, sheet(MADE).headlines[0].targets)
    assert page.startswith(f"Press review1. {MADE.summary.headline}{translated}2. wordword")
    shown = rendered(named, "text").decode()
    assert shown.startswith(f"Press review\n\n1. {MADE.summary.headline}\n   {translated}\n2. word\n   word\n")


SAID = "Der Hafen ist „offen“, sagte Rossi: „Wir stellen 230 Menschen ein.“"
QUOTED = written.digest(
    SAID,
    "de",
    headline="Der Hafen",
    abstract="Der Hafen.",
    quotes=[
        written.quote(
            SAID,
            "Wir stellen 230 Menschen ein.",
            "Rossi",
            translations={"fr": "Nous embauchons.", "zh-TW": "我們招人。", "it": "Un «porto»"},
        )
    ],
)


@pytest.mark.parametrize("form", ["text", "markdown", "eml", "docx"])
def test_a_quote_stands_in_the_marks_of_each_of_its_languages(form):
    content = rendered([("a", QUOTED)], form)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = packed.read("word/document.xml")
    shown = (
        "".join(part.get_content() for part in opened(content).iter_parts()) if form == "eml" else content.decode()
    )
    wanted = ("„Wir stellen 230 Menschen ein.“", "«\u202fNous embauchons.\u202f»", "「我們招人。」", "“Un «porto»”")
    assert [each for each in wanted if each not in shown] == []


def test_a_row_of_all_digests_has_its_quotes_in_marks():
    assert flat.row("a", QUOTED)["quotes"] == "Rossi: „Wir stellen 230 Menschen ein.“"


@pytest.mark.parametrize(
    "subject", ["上海市市长会见意大利大使" * 12, "x" * 900, "a\r\nBcc: b@c.example", "=?utf-8?q?a?="]
)
def test_a_subject_is_one_header_and_reads_as_it_was(subject):
    content = rendered([("a", digest(subject))], "eml")
    made = opened(content)
    assert {name.lower() for name in made} == {
        *("subject", "x-unsent", "x-summarizer-article", "mime-version", "content-type")
    }
    assert max(map(len, content.split(b"\r\n"))) < 998
    if "=?" not in subject:
        assert made["Subject"].startswith(words.text(subject)[:200])


def test_quotes_and_figures_are_rows_that_a_spreadsheet_reads():
    file = io.BytesIO()
    assert tables.write(tables.quotes([("a.txt", MADE)]), tables.quote_columns(), file) == len(MADE.quotes)
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == [words.text(quote.text) for quote in MADE.quotes]
    assert rows[0]["speaker"] == "Gong Zheng"
    figures = list(csv.DictReader(io.StringIO(rendered([("a.txt", MADE)], "csv-figures").decode("utf-8-sig"))))
    assert [row["figure"] for row in figures] == [words.text(figure.text) for figure in MADE.figures]
    assert all(row["figure"] in row["sentence"] for row in figures)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *(("=1+1", "'=1+1"), ("@a", "'@a"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("＝1", "'＝1"), ("-1+2", "'-1+2")),
        *(("-1.5", "-1.5"), ("+3", "+3"), ("a=1", "a=1"), (3, 3), (None, None)),
    ],
)
def test_no_cell_is_a_formula_and_numbers_stay_numbers(value, shown):
    assert tables.cell(value) == shown


@pytest.mark.parametrize("group", GROUPS)
def test_hostile_texts_do_no_harm_in_text_mail_tables_and_markdown(group):
    named = [(text, hostile(text)) for text in group]
    for form in ("text", "markdown"):
        assert CONTROL.findall(rendered(named, form).decode()) == []
    plain, page = opened(rendered(named, "eml")).iter_parts()
    read = Read(page.get_content())
    assert CONTROL.findall((plain.get_content() + page.get_content()).replace("\r\n", "\n")) == []
    assert read.tags <= {
        "html",
        "head",
        "meta",
        "body",
        "h1",
        "h2",
        "h3",
        "p",
        "table",
        "tr",
        "th",
        "td",
        "span",
        "i",
        "div",
        "blockquote",
        "hr",
    }
    assert read.names <= {"charset", "style", "lang"}
    for form in ("csv-quotes", "csv-figures"):
        cells = [cell for row in csv.reader(io.StringIO(rendered(named, form).decode("utf-8-sig"))) for cell in row]
        assert [
            c for c in cells if c[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[-+]\d+", c)
        ] == []


@pytest.mark.parametrize("text", HOSTILE[:90])
def test_a_mail_of_a_hostile_article_has_no_header_of_its_own(text):
    made = opened(rendered([("a", hostile(text))], "eml"))
    assert len(made.keys()) == 5


def test_every_format_has_an_ending():
    assert {name: form.suffix for name, form in FORMATS.items()}["eml"] == ".eml"
    assert zipfile.is_zipfile(io.BytesIO(b"")) is False


@pytest.mark.parametrize("form", ["text", "markdown", "eml", "docx"])
def test_every_form_has_the_numbers_and_the_words_of_the_sentences_behind_each_line_and_quote(form):
    content = rendered([("a", MADE)], form)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = "".join(re.findall(r"<w:t\b[^>]*>([^<]*)", packed.read("word/document.xml").decode())).encode()
    parts = opened(content).iter_parts() if form == "eml" else ()
    told = sheet(MADE)
    for shown in [" ".join("".join(Read(part.get_content()).text).split()) for part in parts] or [content.decode()]:
        plain = shown.replace("\\", "")
        for line in (*told.abstract, *told.points):
            assert f"{line.source} {evidence.numbers(line.sentences)}" in plain
        for quote in MADE.quotes:
            numbers = evidence.numbers(evidence.of_quote(MADE, quote))
            assert f"{marks.original(quote, 'en')} {numbers}" in plain
        _, heading, listed = plain.lower().partition("sentences cited")
        assert heading
        assert [said for _, said in evidence.cited(MADE, told) if said.lower() not in listed] == []


def test_a_table_of_quotes_has_the_sentences_in_which_they_stand():
    rows = list(tables.quotes([("a", MADE)]))
    assert all(words.text(quote.text) in row["sentence"] for quote, row in zip(MADE.quotes, rows, strict=True))


def test_an_abstract_without_a_brief_rests_on_the_key_points_and_sentences_in_it():
    plain = MADE.model_copy(update={"briefs": ()})
    (abstract,) = sheet(plain).abstract
    spans = [span for point in plain.summary.key_points if point.text in abstract.source for span in point.evidence]
    assert set(words.cited(plain, spans)) <= set(abstract.sentences)
    own = plain.summary.model_copy(update={"abstract": words.sentence(plain, 2), "key_points": ()})
    assert sheet(plain.model_copy(update={"summary": own})).abstract[0].sentences == (2,)


def doubted(*places):
    """QUOTED with a brief, and a doubt at each of these places that says where it is."""
    made = written.brief("de", "fr", ("Der Hafen", "Le port"), ("Der Hafen.", "Le port.", [0, 9]))
    doubts = [written.finding("figure.missing", "warning", f"at {place}", place) for place in places]
    body = QUOTED.model_dump(mode="json") | {"briefs": [made], "findings": doubts}
    return Digest.model_validate(body)


@pytest.mark.parametrize("form", ["text", "markdown", "eml"])
@pytest.mark.parametrize(
    ("place", "line", "following"),
    [
        ("/quotes/0/translations/fr", "Nous embauchons.", "我們招人。"),
        ("/quotes/0/translations/zh-TW", "我們招人。", "Un «porto»"),
        ("/briefs/0/segments/0/target", "Le port.", "Wir stellen"),
        ("/summary/headline", "Der Hafen", "Le port"),
    ],
)
def test_a_doubt_stands_right_beneath_the_line_that_it_is_about(form, place, line, following):
    content = rendered([("a", doubted(place))], form)
    parts = [part.get_content() for part in opened(content).iter_parts()] if form == "eml" else [content.decode()]
    for shown in parts[-1:]:
        at = shown.index(f"at {place}")
        if form == "eml" and place == "/summary/headline":
            continue  # a headline's doubts stand beneath all of its languages there
        assert shown.rindex(line, 0, at) == max(shown.rfind(each, 0, at) for each in (line, following))


def test_a_mail_parts_notes_from_what_is_to_be_looked_at():
    noted = written.finding("summary.attribution", "info", "by the way")
    left = written.finding("summary.left_out", "warning", "gone", "/summary")
    made = QUOTED.model_copy(
        update={
            "findings": Digest.model_validate(QUOTED.model_dump(mode="json") | {"findings": [noted, left]}).findings
        }
    )
    page = "".join(Read(opened(rendered([("a", made)], "eml")).get_body(("html",)).get_content()).text)
    assert "To look atlook at this: summary: goneNotesnote: the whole digest: by the way" in page


@pytest.mark.parametrize("form", ["text", "markdown", "eml", "docx", "html"])
def test_nothing_is_said_of_a_file_that_came_through_standard_input(form):
    assert QUOTED.article.source == "-"
    assert words.origin(QUOTED) == ""
    content = rendered([("a", QUOTED)], form)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert "Source: " not in packed.read("word/document.xml").decode()
    else:
        assert "· -" not in content.decode()


@pytest.mark.parametrize("form", ["text", "markdown", "eml"])
def test_a_french_line_is_not_folded_inside_its_marks(form):
    told = written.brief("de", "fr", ("Der Hafen", "« Le port »"), ("Der Hafen.", "Le « port ».", [0, 9]))
    made = Digest.model_validate(QUOTED.model_dump(mode="json") | {"briefs": [told]})
    content = rendered([("a", made)], form)
    for part in opened(content).iter_parts() if form == "eml" else [content.decode()]:
        shown = part if isinstance(part, str) else part.get_content()
        assert "«\u202fLe port\u202f»" in shown
        assert "Le «\u202fport\u202f»." in shown
    assert made.briefs[0].segments[0].target == "Le « port »."
