"""The files of examples are strict: what no test would read is an error, and so is what is missing."""

import re
from pathlib import Path

import pytest

from summarizer import languages
from tests.support import examples
from tests.support.examples import FOLDER, Record, cases, lacking, read


class Line(Record):
    """One line, and what it is for."""

    text: str
    why: str = ""


class Lines(Record):
    """A file of lines."""

    line: tuple[Line, ...]
    nothing: tuple[str, ...]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of Italian in an empty folder of examples."""
    monkeypatch.setattr(examples, "FOLDER", tmp_path)
    (tmp_path / "it").mkdir()
    return tmp_path / "it"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('nothing = ["a"]\n[[line]]\ntext = "b"\nwhi = "c"', "it/lines.toml: line.0.whi: Extra inputs are not"),
        (
            'nothing = ["a"]\n[[lines]]\ntext = "b"',
            "it/lines.toml: line: Field required; lines: Extra inputs are not",
        ),
        ("nothing = [1]\nline = []", "it/lines.toml: nothing.0: Input should be a valid string"),
        ("nothing = [", "it/lines.toml: "),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_key(folder: Path, text: str, message: str) -> None:
    (folder / "lines.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        read("it", "lines", Lines)


def test_a_file_that_is_missing_is_named(folder: Path) -> None:  # noqa: ARG001
    with pytest.raises(ValueError, match=r"tests/languages/it/lines\.toml is missing: every language has examples"):
        lacking("it", "lines", Lines)


def test_a_section_without_examples_is_named(folder: Path) -> None:
    (folder / "lines.toml").write_text('nothing = []\n[[line]]\ntext = "b"', encoding="utf-8")
    assert lacking("it", "lines", Lines) == ["nothing"]


def test_an_example_is_named_by_its_beginning(folder: Path) -> None:
    text = "Il sindaco ha detto che gli scambi cresceranno ancora."
    (folder / "lines.toml").write_text(f'nothing = ["{text}"]\nline = []', encoding="utf-8")
    (case,) = cases("lines", Lines, "nothing")
    assert (case.values, case.id) == (("it", text), "it-nothing-Il sindaco ha detto che gli scambi cresc")


@pytest.mark.parametrize("code", languages.available())
def test_every_file_of_a_language_is_read_by_a_test(code: str) -> None:
    names = {path.stem.removeprefix("test_") for path in FOLDER.glob("test_*.py")}
    assert [path.name for path in (FOLDER / code).glob("*.toml") if path.stem not in names] == []


def test_every_folder_is_a_language() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(languages.available())


def test_the_page_shows_examples_that_exist() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (FOLDER / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    files = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "it").glob("*.toml"))
    assert blocks
    assert [line for block in blocks for line in block.splitlines() if line not in files.splitlines()] == []
