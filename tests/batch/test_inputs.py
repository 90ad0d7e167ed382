import json
import os
import sys
import threading
import zipfile

import pytest
from hypothesis import HealthCheck
from hypothesis import given as any_of
from hypothesis import settings as bounds
from hypothesis import strategies as st

from summarizer.batch.inputs import Columns, Input, count, inputs, read_ahead
from summarizer.batch.sources import passed_over, why_passed_over
from summarizer.config import Settings
from summarizer.errors import ArticleError, ConfigurationError

TEXT = "The mayor opened the new bridge on Monday. Ten thousand people came to see it."
SETTINGS = Settings()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH = f"<w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body>"


def given(*sources, **named):
    return list(inputs([str(source) for source in sources], SETTINGS, **named))


def names(*sources, **named):
    return [each.name for each in given(*sources, **named)]


def table(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def one(path, row, **named):
    """The article of a table with one row."""
    (only,) = given(table(path / "t.jsonl", [row]), **named)
    return only.load()


def why(each):
    with pytest.raises(ArticleError) as caught:
        each.load()
    return str(caught.value)


def test_files_folders_and_patterns_give_each_article_once_in_order(tmp_path):
    for name in ("b.txt", "a/z.html", "a.txt", "a/.hidden.txt", ".git/x.txt", "a/pic.png", "c.md", "t.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "circle").symlink_to(tmp_path)
    found = names(tmp_path / "b.txt", tmp_path, tmp_path / "*.txt", tmp_path / "**/*.html")
    assert found == [str(tmp_path / name) for name in ("b.txt", "a/z.html", "a.txt", "c.md")]
    assert count([str(tmp_path)], SETTINGS) == 4
    assert given(tmp_path / "b.txt")[0].load().source == str(tmp_path / "b.txt")


def test_what_is_passed_over_in_a_folder_is_known_by_name(tmp_path):
    for name in ("a.txt", "notes.xml", "old/letter.doc", "rows.csv", ".hidden.doc", ".git/x.doc", "index.html"):
        path = tmp_path / "press" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(TEXT)
    left = [str(tmp_path / "press" / name) for name in ("notes.xml", "old/letter.doc", "rows.csv")]
    assert passed_over([str(tmp_path / "press")]) == left
    assert passed_over([str(tmp_path / "press"), left[2]]) == left[:2]
    assert passed_over([str(tmp_path / "press"), str(tmp_path / "press/*.csv")]) == left[:2]
    assert passed_over([left[1], "-", "https://example.org/a", str(tmp_path / "press/*.doc")]) == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("rows.csv", b"text\nwords", "a table, which is read where it is named"),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\0\0",
            "an old Word document (.doc)",
        ),
        ("a.json", b'{"text": "words"}', "a table, whose name does not end in .jsonl"),
        ("b.json", b'[{"text": "words"}]', "JSON, the data of a program"),
        ("notes", b"Words of the harbour master.", "a file whose name does not end as an article's does"),
        ("notes.xml", b"<notes/>", "a file whose name does not end as an article's does"),
        ("empty.dat", b"", "empty, or closed to this user"),
        ("x.dat", bytes(40), "a file of a kind that is not read here"),
    ],
)
def test_why_a_file_in_a_folder_is_passed_over_is_said(name, data, reason, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / name).write_bytes(data)
    (left,) = passed_over([str(tmp_path)])
    assert why_passed_over(left) == reason


@pytest.mark.parametrize("stored", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_of_word_files_gives_each_of_them_however_it_is_packed(stored, tmp_path):
    path = tmp_path / "press.zip"
    with zipfile.ZipFile(path, "w", stored) as archive:
        for name in ("one.docx", "two.docx"):
            inner = tmp_path / name
            with zipfile.ZipFile(inner, "w") as package:
                package.writestr("word/document.xml", f"<w:document xmlns:w='{WORD}'>{PARAGRAPH}</w:document>")
                package.writestr("word/media/picture", os.urandom(20_000))  # a head ends here
            archive.write(inner, name)
    assert [each.load().text for each in given(path)] == [TEXT, TEXT]
    assert count([str(path)], SETTINGS) == 2


def test_a_file_with_a_patterns_name_is_a_file(tmp_path):
    for name in ("a[1].txt", "a1.txt"):
        (tmp_path / name).write_text(TEXT)
    assert names(tmp_path / "a[1].txt") == [str(tmp_path / "a[1].txt")]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("none/*.txt", "nothing is called so"),
        ("empty", "no article in this folder"),
        ("missing.txt", "no such file"),
        ("missing.jsonl", "cannot be read"),
        ("empty/in.jsonl", "cannot be read"),
        ("nul\0.txt", "cannot be read"),
        ("https://example.org/a?b=*", "not fetched"),
    ],
)
def test_what_cannot_be_read_is_an_input_that_says_why(source, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text(TEXT)
    bad, good = given(source, "good.txt")
    assert told in why(bad)
    assert good.load().text == TEXT
    assert count([source, "good.txt"], SETTINGS) == 2


def test_a_row_gives_its_facts(tmp_path):
    row = {
        "id": "A/1",
        "text": TEXT,
        "title": "Bridge opens",
        "date": "2024-05-06T08:00:00Z",
        "url": "https://x.org/a",
    }
    path = table(tmp_path / "t.jsonl", [row])
    (only,) = given(path)
    assert (only.name, only.stem) == (f"{path}:1", "A-1")
    article = only.load()
    assert (article.text, article.title, article.published) == (TEXT, "Bridge opens", "2024-05-06T08:00:00+00:00")
    assert (article.source, article.language) == ("https://x.org/a", "en")


def test_columns_may_have_other_names(tmp_path):
    columns = Columns.parse("text=body, title = head,date=on")
    article = one(tmp_path, {"body": TEXT, "head": "Bridge", "on": "6 May 2024", "text": 7}, columns=columns)
    assert (article.title, article.published) == ("Bridge", "2024-05-06")
    assert article.source.endswith("t.jsonl:1")


@pytest.mark.parametrize("pairs", ["body", "body=text", "text=", "text=a,=b"])
def test_a_mapping_that_says_nothing_is_a_wrong_setting(pairs):
    with pytest.raises(ConfigurationError, match="--columns"):
        Columns.parse(pairs)


def test_a_rows_language_settles_it_and_the_users_word_before_it(tmp_path):
    row = {"text": "Roma, Milano, Torino.", "language": "it-IT"}
    assert one(tmp_path, row).language == "it-IT"
    assert one(tmp_path, row, language="en").language == "en"
    (unknown,) = given(table(tmp_path / "f.jsonl", [{"text": TEXT, "language": "xx"}]))
    assert "its 'language' is 'xx'" in why(unknown)
    with pytest.raises(ConfigurationError):
        given(tmp_path / "f.jsonl", language="xx")


def test_a_page_in_a_row_is_read_as_a_page(tmp_path):
    paragraph = f"<p>{TEXT} The works took three years and cost 40 million euros, the council said.</p>"
    page = f"<!doctype html><html><head><title>Bridge</title></head><body><article>{paragraph * 3}</article></body></html>"
    article = one(tmp_path, {"text": page, "title": "From the table"})
    assert "<p>" not in article.text
    assert article.title == "From the table"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{not json}", "no JSON"),
        (b'["a list"]', "a list and no object"),
        (b"7", "a number and no object"),
        (b'{"text": "cut off', "no JSON"),
        (b'{"text": "\xff\xfe"}', "not UTF-8"),
        (b"[" * 100_000, "no JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", "no JSON"),
        (b'{"body": "x"}', "no column 'text'; it has: body"),
        (b'{"text": null}', "empty"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": 7}', "no text but a number"),
        (b'{"text": ["a"]}', "no text but a list"),
        (b'{"text": "a text", "title": {}}', "'title' is no text but a table"),
        (b'{"text": "' + b"x" * 2_000_001 + b'"}', "larger than 2,000,000 bytes"),
        (b'{"text": "' + b"x" * 17_000_000 + b'"}', "far too long"),
    ],
)
def test_a_bad_row_says_why_and_the_next_one_is_read(line, told, tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes(line + b"\n" + json.dumps({"text": TEXT}).encode() + b"\n")
    bad, good = given(path)
    assert told in why(bad)
    assert f"{path}:1" in why(bad)
    assert (good.name, good.stem) == (f"{path}:2", "t-2")
    assert good.load().text == TEXT
    assert count([str(path)], SETTINGS) == 2


def test_a_mark_of_utf8_blank_lines_and_a_last_line_without_an_end_are_no_fault(tmp_path):
    row = json.dumps({"text": TEXT})
    path = tmp_path / "t.ndjson"
    path.write_bytes(f"\ufeff{row}\r\n\r\n   \n{row}".encode())
    assert names(path) == [f"{path}:1", f"{path}:4"]
    assert {each.load().text for each in given(path)} == {TEXT}
    assert count([str(path)], SETTINGS) == 2


def test_utf16_is_one_fault_and_not_one_for_each_line(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes((json.dumps({"text": TEXT}) + "\n").encode("utf-16") * 3)
    (bad,) = given(path)
    assert "UTF-16" in why(bad)
    assert count([str(path)], SETTINGS) == 1


def test_half_a_character_in_a_row_is_cleaned_away(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "' + TEXT + ' A \\ud83d half.", "title": "b\\udc00d", "id": "\\ud800"}\n')
    (only,) = given(path)
    assert only.stem == "t-1"
    article = only.load()
    article.text.encode()
    article.title.encode()


@pytest.mark.parametrize(
    ("identity", "stem"),
    [
        ("..", "t-1"),
        ("../../etc/passwd", "-..-etc-passwd"),
        (".hidden", "hidden"),
        ("a\nb\x1b[31m", "a b[31m"),
        ("C:\\x|y", "C-x-y"),
        ("", "t-1"),
        (None, "t-1"),
        (17, "17"),
        (True, "t-1"),
        ([1], "t-1"),
        ("新" * 200, "新" * 66),
        ("x. ", "x"),
    ],
)
def test_any_id_gives_a_safe_name(identity, stem, tmp_path):
    (only,) = given(table(tmp_path / "t.jsonl", [{"text": TEXT, "id": identity}]))
    assert only.stem == stem


def test_a_table_is_read_while_it_is_needed(tmp_path):
    """From a pipe whose writer waits: nothing is read ahead."""
    path = tmp_path / "t.jsonl"
    os.mkfifo(path)
    line = (json.dumps({"text": TEXT}) + "\n").encode()
    taken = threading.Event()

    def write():
        with path.open("wb", buffering=0) as file:
            file.write(line * 3)
            taken.wait(60)
            file.write(line)

    writer = threading.Thread(target=write)
    writer.start()
    rows = inputs([str(path)], SETTINGS)
    assert next(rows).load().text == TEXT
    taken.set()
    assert len(list(rows)) == 3
    writer.join()


def test_the_number_in_a_pipe_is_not_known(tmp_path):
    os.mkfifo(tmp_path / "t.jsonl")
    assert count([str(tmp_path / "t.jsonl")], SETTINGS) is None


def test_standard_input_is_one_article(monkeypatch, tmp_path):
    (tmp_path / "in").write_text(TEXT)
    with (tmp_path / "in").open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        (only,) = given("-", "-")
        assert (only.name, only.stem) == ("-", "stdin")
        assert only.load().text == TEXT


def test_without_pyarrow_parquet_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'summarizer-briefs\[parquet\]'"):
        inputs([str(tmp_path / "*.parquet")], SETTINGS)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
COLUMNS = st.sampled_from(["text", "id", "title", "date", "url", "language", "other"])
ROWS = st.lists(st.dictionaries(COLUMNS, VALUES, max_size=7).map(json.dumps).map(str.encode) | st.binary(max_size=60))


@bounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@any_of(lines=ROWS)
def test_any_lines_are_inputs_that_give_an_article_or_say_why(lines, tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = given(path)
    assert len(found) == count([str(path)], SETTINGS)
    for each in found:
        assert each.stem == each.stem.strip(" .") != ""
        assert "/" not in each.stem
        each.name.encode()
        told = str(path)
        try:
            article = each.load()
            (article.text + article.source + (article.title or "")).encode()
        except ArticleError as error:
            told = str(error)
        assert told.startswith(str(path))


def test_a_pdf_can_be_read_beside_the_run_and_a_text_at_once(tmp_path, monkeypatch):
    """Reading a PDF may take seconds, in which answers would lie unread and time out."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (tmp_path / "b.txt").write_text(TEXT)
    pdf, text = given(tmp_path)
    assert text.inside is None
    (read,) = pdf.inside()
    monkeypatch.setattr("summarizer.article.load", lambda *_, **__: pytest.fail("it is read already"))
    assert (read.name, read.stem, read.inside) == (pdf.name, "a", None)
    assert "a.pdf" in why(read)
    assert count([str(tmp_path)], SETTINGS) == 2


def ahead(*given):
    """What `read_ahead` says of inputs: the names it gives back, whether one may be read, and those it has read."""
    taken = []
    inside, readable = read_ahead(iter([_noted(each, taken) for each in given]))
    looked = list(taken)
    return [each.name for each in inside], readable, looked


def _noted(name, taken):
    """An input of that name, read or not as it says, which notes when it is read."""

    def load():
        taken.append(name)
        if "bad" in name:
            raise ArticleError(f"{name}: nothing in it")
        return TEXT

    return Input(name, name, load)


def test_inputs_are_read_ahead_until_one_is_an_article():
    assert ahead() == ([], False, [])
    assert ahead("bad-1", "bad-2") == (["bad-1", "bad-2"], False, ["bad-1", "bad-2"])
    assert ahead("bad-1", "good", "bad-2", "other") == (["bad-1", "good", "bad-2", "other"], True, ["bad-1", "good"])


def test_what_was_read_ahead_is_kept_with_its_reason_and_the_others_stay_unread(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    paths = [tmp_path / "gone.txt", tmp_path / "a.txt"]
    (gone, there), readable = read_ahead(inputs([str(path) for path in paths], SETTINGS))
    (tmp_path / "gone.txt").write_text(TEXT)
    (tmp_path / "a.txt").unlink()
    assert readable
    assert "there is no such file" in why(gone)
    assert there.load().text == TEXT


def test_of_a_long_table_without_an_article_no_more_is_held_than_its_beginning():
    names, readable, looked = ahead(*(f"bad-{number}" for number in range(1_000)))
    assert (len(names), readable, len(looked)) == (1_000, True, 100)


def test_of_several_articles_in_one_place_those_behind_the_first_are_not_fetched_ahead():
    taken = []
    first, second = _noted("good", taken), Input("feed:#2", "b", lambda: None, lambda: taken.append("fetched"))
    feed = Input("feed", "feed", lambda: None, lambda: [_noted("bad", taken), first, second])
    found, readable = read_ahead(iter([feed, _noted("last", taken)]))
    assert (readable, taken) == (True, ["bad", "good"])
    assert [each.name for each in found] == ["bad", "good", "feed:#2", "last"]
    assert taken == ["bad", "good"]
