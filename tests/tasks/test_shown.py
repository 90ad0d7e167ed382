"""Sections of one's own in what people read: Markdown, text, mail, Word, templates and the words for a place."""

import email
import email.policy
import io

import pytest

from summarizer import Digest
from summarizer.render import words
from summarizer.render.mail import mail
from summarizer.render.markdown import markdown
from summarizer.render.page import page
from summarizer.render.sections import shares, tables
from summarizer.render.template import values
from summarizer.render.text import text
from tests.support import press
from tests.support.driver import chromium, opening

NOTE = "Not translated: what stands here is in English, the article's language."


def field(name, title, proof):
    return {"name": name, "title": title, "proof": proof}


def value(name, told, spans=((3, 40),)):
    return {"field": name, "text": told, "evidence": [list(span) for span in spans]}


@pytest.fixture
def digest():
    body = press.port().model_dump(mode="json")
    body["sections"] = [
        {
            "name": "signed",
            "title": "Signed <b>",
            "fields": [
                field("who", "Who", "name"),
                field("what", "What|which", "text"),
                field("when", "When", "date"),
            ],
            "rows": [
                {"values": [value("who", "Ada"), value("who", "Bea"), value("what", "a *quay*")]},
                {"values": [value("what", "a mole")]},
            ],
        },
        {"name": "none", "title": "Visits", "fields": [field("who", "Who", "name")], "rows": []},
    ]
    doubt = {"severity": "warning", "span": None, "code": "name.unsupported"}
    body["findings"] += [
        {**doubt, "message": "Bea is nobody", "where": "/sections/0/rows/0/values/1"},
        {**doubt, "message": "Cleo was left out", "code": "field.left_out", "where": "/sections/0"},
    ]
    return Digest.model_validate(body)


def test_a_section_is_a_table_without_the_columns_that_no_row_has(digest):
    signed, visits = tables(digest)
    assert signed.columns == ("Who", "What|which")
    assert [[cell.text for cell in row] for row in signed.rows] == [["Ada; Bea", "a *quay*"], ["", "a mole"]]
    assert signed.rows[0][0].places == ("/sections/0/rows/0/values/0", "/sections/0/rows/0/values/1")
    assert signed.rows[0][0].sentences == (1,)
    assert visits.rows == ()


def test_markdown_has_each_section_with_its_doubts_in_the_cell_and_no_markup_of_others(digest):
    shown = markdown(digest)
    assert "## Signed \\<b\\>" in shown
    assert "| Who | What\\|which |" in shown
    assert "| Ada; Bea \\[1\\] *Look at this: Bea is nobody* | a \\*quay\\* \\[1\\] |" in shown
    assert "## Visits\n\n*nothing found*" in shown
    assert f"*{NOTE}*\n\n| Who |" in shown
    assert "Signed \\<b\\>: Cleo was left out" in shown
    assert shown.count("Bea is nobody") == 1


def test_text_and_mail_have_them_too(digest):
    told = text(digest)
    assert (
        f"SIGNED <B>\n\n{NOTE}\n\nWho: Ada; Bea [1]\nWhat|which: a *quay* [1]\n[look at this: Bea is nobody]" in told
    )
    sent = email.message_from_bytes(mail([digest]), policy=email.policy.default).get_body(("html",)).get_content()
    assert "<h3>Signed &lt;b&gt;</h3>" in sent
    assert "Bea is nobody" in sent
    assert "<b>" not in sent


def test_a_word_file_has_a_table_for_each(digest):
    docx = pytest.importorskip("docx")
    from summarizer.render.docx import document

    made = docx.Document(io.BytesIO(document([digest])))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 2"]
    assert "Signed <b>" in headings
    assert "Visits" in headings
    table = next(t for t in made.tables if t.rows[0].cells[0].text == "Who")
    assert [cell.text for cell in table.rows[1].cells] == ["Ada; Bea [1]", "a *quay* [1]"]
    assert any("Bea is nobody" in comment.text for comment in made.comments)


@pytest.fixture
def labelled(digest):
    """The same with titles in the languages of the article and of its brief, and in another."""
    signed = digest.sections[0]
    who, what, when = signed.fields
    fields = (who.model_copy(update={"titles": {"en": "Who", "it": "Chi", "zh": "谁"}}), what, when)
    section = signed.model_copy(update={"fields": fields, "titles": {"en": "Signed", "it": "Firmati <i>"}})
    return digest.model_copy(update={"sections": (section,)})


def test_a_section_is_called_in_the_languages_of_the_digest_alone(labelled):
    (signed,) = tables(labelled)
    assert (signed.title, signed.columns) == ("Signed / Firmati <i>", ("Who / Chi", "What|which"))
    assert signed.note == NOTE
    (alone,) = tables(labelled.model_copy(update={"briefs": ()}))
    assert (alone.title, alone.columns, alone.note) == ("Signed", ("Who", "What|which"), "")


def test_every_form_has_its_titles_in_the_language_of_the_brief_and_says_that_the_rows_are_not(labelled, tmp_path):
    sent = email.message_from_bytes(mail([labelled]), policy=email.policy.default)
    html = sent.get_body(("html",)).get_content()
    assert "<h3>Signed / Firmati &lt;i&gt;</h3>" in html
    assert NOTE.replace("'", "&#x27;") in html
    own = values(labelled)["sections"][0]
    assert (own["title"], own["columns"][0], own["note"]) == ("Signed / Firmati <i>", "Who / Chi", NOTE)
    assert f"SIGNED / FIRMATI <I>\n\n{NOTE}\n\nWho / Chi: Ada; Bea [1]" in text(labelled)
    with chromium() as started, opening(started, tmp_path) as show:
        section = show(page([labelled])).locator("#digest section.own")
        assert section.locator("h3").inner_text() == "Signed / Firmati <i>"
        assert NOTE in section.inner_text()
        assert "Who / Chi: Bea" in section.inner_text()


def test_a_word_file_says_that_the_rows_are_not_translated(labelled):
    docx = pytest.importorskip("docx")
    from summarizer.render.docx import document

    made = docx.Document(io.BytesIO(document([labelled])))
    assert "Signed / Firmati <i>" in [p.text for p in made.paragraphs]
    assert NOTE in [p.text for p in made.paragraphs]
    assert any(table.rows[0].cells[0].text == "Who / Chi" for table in made.tables)


def test_a_column_is_as_wide_as_its_texts_want_and_breaks_no_word():
    sentence = "one of a quay that was built in the harbour " * 3
    day, name, long = shares([["Day", "Friday"], ["Guest", "Massimo Ambrosetti"], ["Said", sentence]])
    assert day < name < long < 6 * day
    assert shares([["A"], ["A"]]) == (0.5, 0.5)
    assert shares([["", "港务局"], ["", "harbour"]])[0] < 0.5 < sum(shares([["a"], ["b"]]))


def test_a_template_of_an_office_may_use_them(digest):
    signed = values(digest)["sections"][0]
    assert signed["columns"] == ["Who", "What|which"]
    assert signed["rows"][0][0] == {"text": "Ada; Bea", "sentences": [1], "doubts": ["look at this: Bea is nobody"]}


def test_a_place_in_a_section_is_called_by_its_titles(digest):
    found = {f.message: words.where(f, digest) for f in digest.findings}
    assert found["Bea is nobody"] == "Signed <b>, row 1, Who"
    assert found["Cleo was left out"] == "Signed <b>"
    assert words.line(digest, "/sections/0/rows/0/values/1") == "Bea"
    lost = digest.findings[-1].model_copy(update={"where": "/sections/9/rows/1"})
    assert words.where(lost, digest) == "sections"


def test_the_page_has_a_line_for_each_value_with_its_doubts_and_what_was_left_out(digest, tmp_path):
    with chromium() as started, opening(started, tmp_path) as show:
        shown = show(page([digest]))
        own = shown.locator("#digest section.own")
        assert own.locator("h3").all_inner_texts() == ["Signed <b>", "Visits"]
        line = shown.locator('#digest .line[data-where="/sections/0/rows/0/values/1"]')
        assert "Who: Bea" in line.inner_text()
        assert "Bea is nobody" in line.inner_text()
        assert "Cleo was left out" in own.first.inner_text()
        assert "nothing found" in own.last.inner_text()
        assert shown.inner_text("#digest").count("Cleo was left out") == 1
        line.hover()
        assert shown.locator("#article .sentence.lit").count() == 1


def test_without_a_section_nothing_is_shown():
    assert "nothing found" not in markdown(press.port())
