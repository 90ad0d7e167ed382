"""Which files a client may have read."""

import os
from pathlib import Path

import pytest

from summarizer.errors import ArticleError, ConfigurationError
from summarizer.mcp import roots
from summarizer.mcp.roots import Roots

BOUND = 1_000


@pytest.fixture
def home(tmp_path):
    inside = tmp_path / "articles"
    (inside / "deep").mkdir(parents=True)
    (inside / "a.txt").write_text("in", encoding="utf-8")
    (inside / "deep/b.txt").write_text("deep", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("out", encoding="utf-8")
    (tmp_path / "articles-of-others").mkdir()
    (tmp_path / "articles-of-others/c.txt").write_text("out", encoding="utf-8")
    return inside


def test_files_in_the_folders_are_read_by_relative_and_absolute_paths(home, tmp_path):
    allowed = Roots([home])
    assert allowed.read("a.txt", BOUND) == b"in"
    assert allowed.read("deep/../deep/b.txt", BOUND) == b"deep"
    assert allowed.read(str(home / "a.txt"), BOUND) == b"in"
    several = Roots([home, tmp_path / "articles-of-others"])
    assert several.read("c.txt", BOUND) == b"out"


def test_a_link_counts_as_what_it_leads_to(home):
    (home / "there").symlink_to(home / "deep")
    (home / "out").symlink_to(home.parent / "secret.txt")
    (home / "up").symlink_to(home.parent)
    (home / "round").symlink_to(home / "round")
    allowed = Roots([home])
    assert allowed.read("there/b.txt", BOUND) == b"deep"
    for path in ("out", "up/secret.txt", "round"):
        with pytest.raises(ArticleError, match="no such file in the folders"):
            allowed.read(path, BOUND)


def test_a_folder_that_is_a_link_itself_can_be_given(home, tmp_path):
    (tmp_path / "link").symlink_to(home)
    assert Roots([tmp_path / "link"]).read("a.txt", BOUND) == b"in"
    assert Roots([tmp_path / "link"]).read(str(tmp_path / "link/a.txt"), BOUND) == b"in"


def test_what_is_elsewhere_is_told_in_the_same_words_whether_it_is_there_or_not(home, tmp_path):
    allowed, told = Roots([home]), set()
    for path in ("../secret.txt", "../none.txt", str(tmp_path / "articles-of-others/c.txt"), "a\0.txt", "", "."):
        with pytest.raises(ArticleError) as error:
            allowed.read(path, BOUND)
        told.add(str(error.value).partition(": ")[2])
    assert len(told) == 1


def test_no_folder_no_file():
    with pytest.raises(ArticleError, match="--root FOLDER"):
        Roots(()).read(__file__, BOUND)


def test_what_is_no_folder_cannot_be_given(home):
    for path in (home / "a.txt", home / "none"):
        with pytest.raises(ConfigurationError, match="this is no folder"):
            Roots([path])


def test_a_folder_a_pipe_and_a_file_too_large_are_refused_and_leave_nothing_open(home):
    os.mkfifo(home / "pipe")
    (home / "large.txt").write_bytes(b"x" * (BOUND + 1))
    allowed, descriptors = Roots([home]), Path("/proc/self/fd")
    before = len(list(descriptors.iterdir())) if descriptors.is_dir() else None
    for path, words in (("deep", "it is no file"), ("pipe", "it is no file"), ("large.txt", "larger than 1,000")):
        with pytest.raises(ArticleError, match=words):
            allowed.read(path, BOUND)
    if before is not None:
        assert len(list(descriptors.iterdir())) == before


def test_a_file_that_becomes_a_link_while_it_is_looked_at_is_not_followed(home, monkeypatch):
    opened = roots._opened

    def swapped(root, parts):
        (home / "a.txt").unlink()
        (home / "a.txt").symlink_to(home.parent / "secret.txt")
        return opened(root, parts)

    monkeypatch.setattr(roots, "_opened", swapped)
    with pytest.raises(ArticleError, match="cannot be read"):
        Roots([home]).read("a.txt", BOUND)


def test_a_folder_that_becomes_a_link_while_it_is_looked_at_is_not_followed(home, monkeypatch):
    opened = roots._opened

    def swapped(root, parts):
        (home / "deep").rename(home / "was")
        (home / "deep").symlink_to(home.parent / "articles-of-others")
        return opened(root, parts)

    (home.parent / "articles-of-others/b.txt").write_text("out", encoding="utf-8")
    monkeypatch.setattr(roots, "_opened", swapped)
    with pytest.raises(ArticleError, match="cannot be read"):
        Roots([home]).read("deep/b.txt", BOUND)
