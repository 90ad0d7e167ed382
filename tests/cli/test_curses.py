"""What a press officer would curse: names that are empty, links that lead nowhere, closed folders, full disks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.cli.given import files
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


def test_digests_below_a_hidden_folder_are_found_but_no_hidden_ones(tmp_path):
    digests = tmp_path / ".state" / "digests"
    for name in ("a.json", "b/c.jsonl", ".hidden.json", ".git/d.json", "a.orig.json", "e.txt"):
        (digests / name).parent.mkdir(parents=True, exist_ok=True)
        (digests / name).write_text("{}", encoding="utf-8")
    assert files(str(digests)) == [str(digests / "a.json"), str(digests / "b/c.jsonl")]
    assert files(str(digests / ".." / "digests" / "b")) == [str(digests / ".." / "digests" / "b/c.jsonl")]
