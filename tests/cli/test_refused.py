"""What is refused before a model starts: the embedded one takes seconds, and the first time a fetch of a gigabyte."""

import json

import pytest

from summarizer.errors import ModelUnavailableError
from summarizer.local import catalogue, fetch, serve
from tests.cli.test_app import FIRST, articles, run
from tests.support.batches import serving_batches
from tests.support.endpoint import serving
from tests.support.model import extractive

__all__ = ["articles", "run"]


@pytest.fixture
def starts(monkeypatch):
    """Return what is fetched or started in place of the embedded model; both fail."""
    asked = []

    def refuse(what, *_):
        asked.append(what)
        raise ModelUnavailableError("a model was wanted", "this test has none")

    monkeypatch.setattr(serve, "check_installed", lambda: None)
    monkeypatch.setattr(serve, "serve", refuse)
    monkeypatch.setattr(fetch, "pull", refuse)
    return asked


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("nosuch.txt", None, "there is no such file"),
        ("nosuch*.txt", None, "nothing is called so"),
        ("empty.txt", b" \n", "empty"),
        ("scan.pdf", b"%PDF-1.4\nnothing of a PDF", "scan.pdf"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 not for reading", "picture"),
        ("rows.jsonl", b'{"id": 1, "body": "x"}\n' * 3, "rows.jsonl:3"),
        ("http://127.0.0.1:9/news.html", None, "127.0.0.1"),
    ],
)
def test_no_model_starts_where_nothing_can_be_read(run, tmp_path, starts, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, err = run("summarize", name if "//" in name else tmp_path / name, "--format", "json")
    assert (code, out, starts) == (2, "", [])
    assert says in err


def test_no_model_starts_for_a_folder_without_articles_and_files_that_may_not_be_read(run, tmp_path, starts):
    (tmp_path / "here").mkdir()
    code, _, err = run("summarize", tmp_path / "here", tmp_path / "gone.txt", "--out", tmp_path / "out")
    assert (code, starts) == (2, [])
    assert "no article in this folder" in err
    assert "gone.txt: there is no such file" in err
    assert "2 articles: 0 done, 2 failed" in err


def test_a_model_starts_where_one_of_several_can_be_read(run, articles, tmp_path, starts):
    code, _, err = run("summarize", tmp_path / "gone.txt", articles / "first.txt")
    assert code == 3
    assert starts == [catalogue.DEFAULT]
    assert "a model was wanted" in err


def test_what_was_read_before_the_model_started_is_not_read_again(run, articles, tmp_path, monkeypatch):
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST.encode())))
    with serving(extractive) as endpoint:
        asked = ("--format", "json", "--base-url", endpoint.base_url)
        code, out, err = run("summarize", tmp_path / "gone.txt", "-", articles / "second.txt", *asked)
    assert code == 6
    assert [json.loads(line)["article"]["language"] for line in out.splitlines()] == ["en", "it"]
    assert err.count("summarizer: ") == 1
    assert "3 articles: 2 done, 1 failed" in err


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--to", "tlh"], "language 'tlh'"),
        (["--language", "tlh"], "language 'tlh'"),
        (["--prompts", "{tmp}/nosuch"], "nosuch"),
        (["--prompts", "{tmp}/templates"], "summary"),
        (["--style", "{tmp}/nosuch.md"], "nosuch.md"),
        (["--task", "{tmp}/nosuch.toml"], "nosuch.toml"),
        (["--glossary", "{tmp}/nosuch.csv"], "nosuch.csv"),
        (["--columns", "wrong"], "wrong"),
        (["--max-cost", "1"], "--max-cost"),
        (["--review-model", "other"], "--review-model"),
        (["--model", "{tmp}/nosuch.gguf"], "nosuch.gguf"),
        (["--out", "{tmp}/file"], "--out"),
        (["--out", "{tmp}/file/below"], "--out"),
        (["--store", "{tmp}/file", "--out", "{tmp}/out"], "file"),
        (["--summary", "{tmp}/nosuch/end.json"], "--summary"),
        (["--summary", "{tmp}"], "--summary"),
        (["--format", "docx"], "--out"),
    ],
)
def test_no_model_starts_for_a_flag_that_is_wrong(run, articles, tmp_path, starts, flags, says):
    (tmp_path / "file").write_text(FIRST, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/summary.v2.jinja").write_text("{{ nothing_of_that_name }}", encoding="utf-8")
    given = [flag.replace("{tmp}", str(tmp_path)) for flag in flags]
    code, out, err = run("summarize", articles, *given)
    assert (code, out, starts) == (2, "", [])
    assert says in err


def test_no_batch_is_sent_where_the_digests_could_not_be_written(run, articles, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with serving_batches(extractive) as endpoint:
        asked = ("--batch", "--store", tmp_path / "s.sqlite", "--base-url", endpoint.base_url)
        code, _, err = run("summarize", articles, "--out", tmp_path / "file", *asked)
        assert (code, endpoint.begun) == (2, [])
    assert "--out" in err
