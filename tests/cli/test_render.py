"""``summarizer render``: from digests that are there to files for people."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from summarizer import render as rendering
from summarizer.digest import Digest
from tests.batch.test_store import DIGEST, OTHER, filled
from tests.cli.test_app import articles, run
from tests.support.endpoint import serving
from tests.support.model import extractive

__all__ = ["articles", "run"]

KEPT = Path(__file__).resolve().parents[1] / "data/digests/v1.2026-11-28.shanghai-mayor-meets-ambassador.json"
MADE = Digest.model_validate_json(KEPT.read_bytes())


@pytest.fixture
def digests(tmp_path):
    folder = tmp_path / "digests"
    (folder / "more").mkdir(parents=True)
    (folder / "a.json").write_text(rendering.json(MADE), encoding="utf-8")
    (folder / "a.orig.json").write_text(rendering.json(MADE), encoding="utf-8")
    (folder / ".hidden.json").write_text("{}", encoding="utf-8")
    lines = rendering.json(DIGEST, lines=True) + rendering.json(OTHER, lines=True)
    (folder / "more" / "b.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "begins"), [("r.txt", "Press review\n"), ("r.md", "# "), ("r.eml", "Subject: ")])
def test_a_folder_becomes_one_file_by_the_ending_of_its_name(run, digests, tmp_path, name, begins):
    code, out, err = run("render", digests, "--out", tmp_path / name)
    assert (code, out) == (0, "")
    assert "3 digests written" in err
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert written.startswith(begins)
    assert {path.name for path in tmp_path.iterdir()} == {"digests", name}


def test_a_folder_gets_a_file_for_each_digest(run, digests, tmp_path):
    assert run("render", digests, "--format", "text", "--out", tmp_path / "out")[0] == 0
    assert len(list((tmp_path / "out").glob("*.txt"))) == 3
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8") == rendering.text(MADE)


def test_tables_are_one_file_for_all(run, digests, tmp_path):
    for form in ("csv-quotes", "csv-figures"):
        assert run("render", digests, "--format", form, "--out", tmp_path / f"{form}.csv")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "csv-quotes.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == sum(len(each.quotes) for each in (MADE, DIGEST, OTHER))


def test_a_store_is_read(run, tmp_path):
    filled(tmp_path, 2)
    (path,) = tmp_path.glob("*.sqlite")
    code, out, _ = run("render", path, "--format", "text", "--out", "-")
    assert code == 0
    assert DIGEST.summary.headline in out


def test_word_files_come_from_the_command(run, digests, tmp_path):
    docx = pytest.importorskip("docx", reason="the extra [documents] is not installed")
    assert run("render", digests, "--out", tmp_path / "review.docx")[0] == 0
    made = docx.Document(tmp_path / "review.docx")
    assert made.paragraphs[0].text == "Press review"
    template = docx.Document()
    template.add_paragraph("{{ headline }}")
    template.save(tmp_path / "my.docx")
    given = ("--template", tmp_path / "my.docx", "--out", tmp_path / "mine.docx")
    assert run("render", digests / "a.json", *given)[0] == 0
    assert docx.Document(tmp_path / "mine.docx").paragraphs[0].text == MADE.summary.headline
    template.add_paragraph("{{ nobody }}")
    template.save(tmp_path / "my.docx")
    code, _, err = run("render", digests / "a.json", *given)
    assert (code, "my.docx: 'nobody' is undefined" in err) == (2, True)


def test_what_is_no_digest_is_told_and_the_others_are_written(run, digests, tmp_path):
    (digests / "run.json").write_text(json.dumps({"done": 3}), encoding="utf-8")
    code, _, err = run("render", digests, "--out", tmp_path / "r.txt")
    assert code == 6
    assert "run.json" in err
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith("Press review\n")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--out", "x.pdf"], "--format html, docx, eml, text"),
        (["--out", "x.csv"], "--format csv-quotes or csv-figures"),
        (["--template", "t.docx", "--format", "eml", "--out", "x.eml"], "leave out --format"),
    ],
)
def test_what_does_not_say_what_is_wanted_is_told(run, digests, given, told):
    code, _, err = run("render", digests, *given)
    assert code == 2
    assert told in " ".join(err.split())


def test_nothing_to_write_is_an_error(run, tmp_path):
    assert run("render", tmp_path, "--out", tmp_path / "r.txt")[0] == 2
    assert not (tmp_path / "r.txt").exists()


def test_without_the_extra_the_line_to_install_it_is_told(run, digests, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    code, _, err = run("render", digests, "--out", tmp_path / "r.docx")
    assert (code, "pip install 'summarizer-briefs[documents]'" in " ".join(err.split())) == (2, True)


@pytest.mark.parametrize("form", ["text", "eml", "docx"])
def test_summarize_writes_documents_and_knows_them_again(run, articles, tmp_path, form):
    if form == "docx":
        pytest.importorskip("docxtpl", reason="the extra [documents] is not installed")
    out, ending = tmp_path / "out", {"text": ".txt"}.get(form, f".{form}")
    for _ in range(2):
        with serving(extractive) as endpoint:
            assert run("summarize", articles, "--out", out, "--format", form, "--base-url", endpoint.base_url)[0] == 0
    assert sorted(path.name for path in out.iterdir()) == [f"first{ending}", f"second{ending}"]


def test_a_word_file_needs_a_folder(run, articles):
    code, _, err = run("summarize", articles, "--format", "docx", "--no-model")
    assert (code, "--out" in err) == (2, True)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("render", "a.json", "--out", "b", "--format", "text", "--format", "docx"), "--format"),
        (("render", "a.json", "--out=b", "--out", "c"), "--out"),
        (("summarize", "a.txt", "--format", "json", "--format", "text"), "--format"),
        (("export", "a.sqlite", "--out", "b", "--format", "csv", "--format", "jsonl"), "--format"),
    ],
)
def test_of_two_values_for_an_option_that_takes_one_none_is_dropped_in_silence(run, command, option):
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert f"Invalid value for '{option}': give it once" in err


def test_an_option_that_may_be_repeated_and_a_flag_may_stand_twice(run, digests):
    code, _, err = run("summarize", digests / "none.txt", "--to", "it", "--to", "zh", "--quiet", "--quiet")
    assert code == 2
    assert "give it once" not in err
