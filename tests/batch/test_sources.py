"""What a command names, as paths: folders in order, hidden files left out, each once."""

from pathlib import Path

import pytest

from summarizer.batch.inputs import inputs
from summarizer.batch.sources import found
from summarizer.config import Settings
from summarizer.errors import ArticleError


def paths(*sources: object) -> list[str]:
    return [path for path, problem in found([str(source) for source in sources]) if problem is None]


def why(*sources: object) -> str:
    return "".join(str(problem) for _, problem in found([str(source) for source in sources]) if problem is not None)


def test_folders_are_gone_through_in_order_and_nothing_twice(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", "a/b.HTML", ".hidden.txt", ".git/x.txt", "z.png", "manifest.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    given = paths(tmp_path / "b.txt", tmp_path, "-", tmp_path / "a", "-", tmp_path / "missing.txt")
    names = [each if each == "-" else Path(each).relative_to(tmp_path).as_posix() for each in given]
    assert names == ["b.txt", "a/b.HTML", "a/c.md", "-", "missing.txt"]


def test_a_folder_under_a_hidden_one_is_read(tmp_path: Path) -> None:
    folder = tmp_path / ".cache" / "articles"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("x", encoding="utf-8")
    assert paths(folder) == [str(folder / "a.txt")]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    assert "no article in this folder" in why(tmp_path)


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000])
def test_a_name_that_no_file_can_have_is_left_to_its_reader(name: str) -> None:
    assert paths(name) == [name]


def test_a_working_folder_that_is_gone_is_left_to_the_files_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert paths("a.txt", "b.txt", "a.txt") == ["a.txt", "b.txt"]
    (first, *_) = inputs(["a.txt", "b.txt"], Settings())
    with pytest.raises(ArticleError, match=r"a\.txt: there is no such file"):
        first.load()
