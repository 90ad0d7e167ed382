"""Wrong files given to the commands of the evals: one line that says what to do, the right code, nothing overwritten."""

import json
import shutil
from pathlib import Path

import pytest

from summarizer import cli

ROOT = Path(__file__).resolve().parents[2]
BASELINE = ROOT / "evals" / "reports" / "baseline.json"
ARTICLE = "Mayor Anna Rossi met investors on Friday. “We will open 12 new schools,” said Rossi.\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with an article, a gold file's draft, JSON that is something else, and an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    Path("other.json").write_text('{"a": 1}', encoding="utf-8")
    Path("list.json").write_text("[1, 2", encoding="utf-8")
    Path("binary").write_bytes(b"\xff\x00\xfe")
    Path("empty").mkdir()
    return tmp_path


@pytest.fixture
def command(place, capsys):
    """Run the command; return its code and what it said, and see that no file that was there has changed."""

    def run(*arguments):
        before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.argv", ["summarizer", "eval", *map(str, arguments)])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        assert all(path.read_bytes() == content for path, content in before.items())
        printed = capsys.readouterr()
        return ended.value.code, printed.err.strip() or printed.out.strip()

    return run


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("empty", "is a folder; name a file in it, such as empty/article.json"),
        ("article.txt", "there already; it may hold somebody's labels: name a new file"),
        ("other.json", "there already"),
        ("new.txt", "ends in .json; name it new.txt.json"),
        ("new", "ends in .json"),
        ("Trieste 1.json", "lower-case letters"),
        (".json", "ends in .json"),
        ("article.txt/new.json", "a file stands where a folder is needed"),
    ],
)
def test_a_draft_is_written_to_a_place_where_gold_can_be(command, place, out, says):
    code, said = command("label", "article.txt", "--out", out)
    assert code == 2
    assert says in said
    assert "\n" not in said
    assert not [path for path in place.rglob("*") if path.name.endswith(".part")]


def test_a_draft_in_a_gold_folder_stops_a_run_with_what_to_do(command):
    assert command("label", "article.txt", "--out", "gold/article.json", "--to", "it")[0] == 0
    code, said = command("run", "--gold", "gold", "--out", "run", "--replay", ROOT / "evals/recordings/pipeline")
    assert code == 5
    assert "read the article, correct it, then write 1" in said
    assert command("label", "article.txt", "--out", "gold/article.json")[0] == 2


@pytest.mark.parametrize(
    ("gold", "code", "says"),
    [
        ("nowhere", 2, "there is no gold folder nowhere; name the folder with --gold"),
        ("article.txt", 2, "article.txt is a file, no gold folder"),
        ("empty", 5, "holds no gold files (*.json); write one with: summarizer eval label"),
        ("mine", 5, "holds no gold files (*.json); name mine/gold"),
        ("several", 5, "holds no gold files (*.json); name several/first or several/second"),
    ],
)
def test_a_gold_folder_that_is_none_says_what_to_do(command, gold, code, says):
    command("init", "mine")
    for name in ("first", "second"):
        shutil.copytree("mine/gold", f"several/{name}")
    for arguments in (("run", "--out", "run"), ("score", "run")):
        assert (got := command(*arguments, "--gold", gold))[0] == code
        assert says in got[1]


@pytest.mark.parametrize("name", ["nowhere.toml", "empty", "other.json", "list.json", "binary", "half.toml"])
def test_a_gate_that_is_none_says_what_to_do(command, name):
    Path("half.toml").write_text('model = "small"\n', encoding="utf-8")
    code, said = command("gate", BASELINE, "--gate", name)
    assert code == 5
    assert "with --gate" in said
    assert "pydantic" not in said
    assert "\n" not in said


def test_a_gate_without_its_baseline_says_what_to_do(command):
    text = (ROOT / "evals" / "gate.toml").read_text(encoding="utf-8")
    Path("gate.toml").write_text(text.replace("reports/baseline.json", "gone.json"), encoding="utf-8")
    code, said = command("gate", BASELINE, "--gate", "gate.toml")
    assert code == 5
    assert "gone.json" in said
    assert "baseline" in said


@pytest.mark.parametrize("name", ["nowhere.json", "empty", "other.json", "list.json", "binary", "article.txt"])
def test_a_report_that_is_none_says_what_to_do(command, name):
    gate = ROOT / "evals" / "gate.toml"
    for arguments in (("gate", name, "--gate", gate), ("compare", name, BASELINE), ("compare", BASELINE, name)):
        code, said = command(*arguments)
        assert code == 5
        assert "summarizer eval score RUN" in said or "name the report in it" in said
        assert "\n" not in said


@pytest.mark.parametrize("name", ["nowhere", "empty", "article.txt"])
def test_a_run_folder_that_is_none_says_what_to_do(command, name):
    code, said = command("score", name, "--gold", ROOT / "evals" / "gold" / "recorded")
    assert code == 5
    assert "holds no run; make one with" in said


@pytest.mark.parametrize("out", ["article.txt/x.json", "empty"])
def test_a_report_that_cannot_be_written_says_what_to_do(command, out):
    code, said = command("compare", BASELINE, BASELINE, "--out", out)
    assert code == 2
    assert f"cannot write {out}" in said
    assert "name" in said


@pytest.mark.parametrize("out", ["article.txt", "article.txt/run"])
def test_a_run_folder_that_cannot_be_written_says_what_to_do(command, out):
    recordings = ROOT / "evals" / "recordings" / "pipeline"
    code, said = command(
        "run",
        "--gold",
        ROOT / "evals/gold/recorded",
        "--case",
        "en-05-port-deal",
        "--out",
        out,
        "--replay",
        recordings,
    )
    assert code == 2
    assert "a file stands where a folder is needed" in said


@pytest.mark.parametrize("name", ["empty", "article.txt", "nowhere"])
def test_a_folder_without_recordings_says_how_to_make_them(command, name):
    code, said = command("run", "--gold", ROOT / "evals" / "gold" / "recorded", "--out", "run", "--replay", name)
    assert code == 5
    assert "make them with: summarizer eval run --record" in said


def test_a_folder_without_alterations_is_no_trial(command):
    code, said = command("adversarial", "--gold", ROOT / "evals" / "gold" / "recorded", "--set", "empty")
    assert code == 5
    assert "name their folder with --set" in said


def test_labellers_of_different_articles_are_not_compared(command):
    command("init", "mine")
    code, said = command("agreement", "mine/gold", "--second", ROOT / "evals" / "gold" / "recorded")
    assert code == 5
    assert "no article in common" in said
    again = json.loads(Path("mine/gold/example.json").read_text(encoding="utf-8"))
    assert again["labellers"]
