"""What a press officer would curse: names that are empty, links that lead nowhere, closed folders, full disks."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summarizer.batch.money import Cost
from summarizer.cli.given import files
from summarizer.cli.report import Report
from tests.cli.test_app import ROOT, articles, run

__all__ = ["articles", "run"]

#: Where everything that is written fails: the disk is full.
FULL = Path("/dev/full")


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_not_the_folder_one_stands_in(run, articles, monkeypatch, name):
    monkeypatch.chdir(articles)
    code, out, err = run("summarize", name, "--no-model", "--format", "json")
    assert (code, out) == (2, "")
    assert "an empty name" in err


def test_one_file_is_one_article_however_its_path_is_written(run, articles):
    winding = articles / ".." / articles.name / "first.txt"
    code, out, _ = run("summarize", articles / "first.txt", winding, "--no-model", "--format", "json", "-q")
    assert (code, out.count("schema_version")) == (0, 1)


def test_a_link_that_leads_nowhere_is_told_and_the_others_go_on(run, articles):
    (articles / "third.txt").symlink_to(articles / "gone.txt")
    (articles / "notes").symlink_to(articles.parent)
    code, out, err = run("summarize", articles, "--no-model", "--format", "json")
    assert (code, len(out.splitlines())) == (6, 2)
    assert "third.txt: this link leads to a file that is not there" in err
    told = err[err.index("not read") :]
    assert f"a link to a folder, which is not followed: {articles / 'notes'}" in told


@pytest.mark.parametrize(
    ("to", "says"),
    [("it,zh", "--to it --to zh"), ("Italian", "--to it"), ("italiano", "--to it"), ("中文", "--to zh")],
)
def test_a_language_that_is_named_otherwise_is_told_as_it_is_written(run, articles, to, says):
    code, _, err = run("summarize", articles, "--to", to, "--base-url", "http://127.0.0.1:9/v1")
    assert code == 2
    assert says in err


def test_a_setting_that_is_wrong_is_told_in_words(run, articles):
    code, _, err = run("summarize", articles, "--timeout", "-3")
    assert (code, err) == (2, "summarizer: settings: timeout_s must be greater than 0\n")
    code, _, err = run("summarize", articles, "--length", "huge")
    assert (code, err) == (2, "summarizer: settings: length must be 'short', 'medium' or 'long'\n")


@pytest.mark.parametrize("command", ["check", "review", "render"])
def test_a_file_that_is_not_there_is_told_without_the_systems_number(run, tmp_path, command):
    more = {"review": ["--no-open"], "render": ["--out", tmp_path / "page.html"]}.get(command, [])
    code, _, err = run(command, tmp_path / "gone.json", *more)
    assert code == 2
    assert "gone.json: there is no such file" in err
    assert "Errno" not in err


def _without_a_key_to_closed_doors(*arguments):
    """Run the command as one who may not read what is closed, whoever runs the tests."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"] if os.getuid() == 0 else []
    command = [*drop, sys.executable, "-m", "summarizer", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(("command", "code"), [("check", 2), ("render", 6), ("review", 2)])
def test_a_closed_folder_of_digests_is_not_taken_for_an_empty_one(run, articles, tmp_path, command, code):
    digests, closed = tmp_path / "digests", tmp_path / "digests/closed"
    run("summarize", articles, "--no-model", "--out", digests, "-q")
    closed.mkdir()
    closed.chmod(0)
    try:
        more = {"review": ["--no-open"], "render": ["--out", tmp_path / "page.html"]}.get(command, [])
        done = _without_a_key_to_closed_doors(command, closed if command == "review" else digests, *more)
    finally:
        closed.chmod(0o755)
    assert done.returncode == code
    assert "this folder may not be read" in done.stderr
    assert "Errno" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("command", [("schema",), ("models", "list"), ("--help",)])
def test_a_full_disk_is_told_in_one_line(command):
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", *command], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
            encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "summarizer: cannot write to standard output: No space left on device\n"


def test_a_closed_output_is_told_in_one_line():
    closed = f"exec {sys.executable} -m summarizer schema >&-"
    done = subprocess.run(["sh", "-c", closed], cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (
        2, "summarizer: standard output is closed; redirect it to a file or a pipe\n",
    )  # fmt: skip


def test_where_the_digests_are_is_told_of_one_article_too(run, articles, tmp_path):
    out = tmp_path / "Presseschau für Köln"
    code, said, err = run("summarize", articles / "first.txt", "--no-model", "--out", out)
    assert (code, said) == (0, "")
    assert f"written: {out / 'first.json'}" in err


def test_digests_beside_their_articles_are_not_told_as_files_that_nobody_reads(run, articles):
    (articles / "rows.csv").write_text("text\n", encoding="utf-8")
    for _ in range(2):
        _, _, err = run("summarize", articles, "--no-model", "--out", articles / "made")
    told = err[err.index("not read") :]
    assert "rows.csv" in told
    assert "made" not in told


def test_what_is_counted_is_said_in_the_right_number():
    report = Report(1, None, written=1, cost=Cost(requests=1, input_tokens=1))
    assert next(report.lines()).startswith("1 article: 1 done, 0 failed · 0.0 s · 1 request · 1 token · ")
    report = Report(2, None, written=2, cost=Cost(requests=1_000, input_tokens=2))
    assert "2 articles: 2 done, 0 failed · 0.0 s · 1,000 requests · 2 tokens · " in next(report.lines())


def test_digests_below_a_hidden_folder_are_found_but_no_hidden_ones(tmp_path):
    digests = tmp_path / ".state" / "digests"
    for name in ("a.json", "b/c.jsonl", ".hidden.json", ".git/d.json", "a.orig.json", "e.txt"):
        (digests / name).parent.mkdir(parents=True, exist_ok=True)
        (digests / name).write_text("{}", encoding="utf-8")
    assert files(str(digests)) == [str(digests / "a.json"), str(digests / "b/c.jsonl")]
    assert files(str(digests / ".." / "digests" / "b")) == [str(digests / ".." / "digests" / "b/c.jsonl")]


def test_templates_are_copied_to_the_last_one_where_nobody_reads_what_is_said_of_it(tmp_path):
    command = [sys.executable, "-m", "summarizer", "prompts", "init", str(tmp_path / "mine")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == sorted(
        path.name for path in (ROOT / "prompts").iterdir() if not path.name.startswith(("judge", "plain"))
    )


def test_what_is_no_file_is_written_to_and_not_replaced(run, articles, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_text, "utf-8")
        code, _, _ = run("summarize", articles, "--no-model", "--summary", pipe, "-q")
        assert (code, pipe.is_fifo()) == (0, True)
        assert json.loads(read.result(timeout=60))["done"] == 2


@pytest.mark.parametrize(
    ("flag", "name", "says"),
    [
        ("--out", "-", "leave out --out"),
        ("--summary", "-", "/dev/stderr"),
        ("--out", "first.json", "> first.json"),
        ("--out", "Brief.DOCX", "--out digests/"),
    ],
)
def test_a_name_that_means_something_else_makes_no_folder(run, articles, monkeypatch, tmp_path, flag, name, says):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("summarize", articles / "first.txt", "--no-model", flag, name)
    assert (code, out, [path.name for path in tmp_path.iterdir()]) == (2, "", ["press"])
    assert says in err


def test_a_folder_that_is_there_is_taken_whatever_it_is_called(run, articles, tmp_path):
    folder = tmp_path / "news.json"
    folder.mkdir()
    assert run("summarize", articles, "--no-model", "--out", folder, "-q")[0] == 0
    assert len(list(folder.iterdir())) == 2
