import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.batch import flat
from summarizer.batch.export import export
from summarizer.batch.store import Store
from summarizer.digest import Brief, Digest, Line, Segment
from summarizer.errors import ArticleError, ConfigurationError, StoreError
from tests.batch.test_store import CALL, DIGEST, OTHER, filled

ROOT = Path(__file__).resolve().parents[2]
BRIEF = Brief(
    source_language="en",
    target_language="zh",
    headline=Line(source="Bridge", target="=大桥通车"),
    segments=(Segment(source="a", target="市长宣布大桥通车。", evidence=()),),
)
TRANSLATED = DIGEST.model_copy(update={"briefs": (BRIEF,)})


def two():
    return iter([("news/a.txt", TRANSLATED), ("b.txt", OTHER)])


def test_json_lines_hold_the_digests_whole(tmp_path):
    assert export(two(), "jsonl", tmp_path / "new/d.jsonl") == 2
    lines = (tmp_path / "new/d.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Digest.model_validate_json(line) for line in lines] == [TRANSLATED, OTHER]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["d.jsonl"]


def test_markdown_is_one_file_or_a_folder(tmp_path):
    assert export(two(), "markdown", tmp_path / "all.md") == 2
    assert (tmp_path / "all.md").read_text(encoding="utf-8").count("\n---\n") == 1
    named = [
        ("one/A.txt", DIGEST),
        ("two/a.txt", OTHER),
        ("a.txt", OTHER),
        ("-", OTHER),
        ("t.jsonl:3", DIGEST),
        ("..", DIGEST),
    ]
    assert export(named, "markdown", tmp_path / "out") == 6
    other = OTHER.article.id[:12]
    names = {"A.md", f"a-{other}.md", f"a-{other}-2.md", "stdin.md", "t-3.md", "article.md"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert export(named, "markdown", tmp_path / "out") == 6  # a view of the store: written again, not beside
    assert {path.name for path in (tmp_path / "out").iterdir()} == names


def test_a_table_opens_in_a_spreadsheet_and_runs_nothing(tmp_path):
    assert export(two(), "csv", tmp_path / "d.csv") == 2
    content = (tmp_path / "d.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert list(first) == list(flat.columns())
    assert (first["name"], first["headline_zh"], first["brief_zh"]) == (
        "news/a.txt",
        "'=大桥通车",
        "市长宣布大桥通车。",
    )
    assert (first["headline_it"], second["brief_zh"], first["requests"]) == ("", "", "0")


def test_parquet_has_types_and_the_whole_digest(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra [parquet] is not installed")
    many = (pair for _ in range(150) for pair in two())
    assert export(many, "parquet", tmp_path / "d.parquet") == 300
    rows = pq.read_table(tmp_path / "d.parquet").to_pylist()
    assert len(rows) == 300
    assert Digest.model_validate_json(rows[0]["digest"]) == TRANSLATED
    assert (rows[0]["requests"], rows[0]["cost_usd"], rows[0]["brief_it"]) == (0, None, None)
    assert export(iter([]), "parquet", tmp_path / "none.parquet") == 0
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0


def test_what_fails_leaves_the_old_file_and_nothing_half(tmp_path):
    out = tmp_path / "d.jsonl"
    out.write_text("old")

    def breaking():
        yield "a.txt", DIGEST
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export(breaking(), "jsonl", out)
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["d.jsonl"]


def test_of_a_damaged_store_what_can_be_read_is_written(tmp_path):
    def damaged():
        yield from two()
        raise StoreError("s.sqlite: the store is damaged", "take a copy")

    with pytest.raises(
        StoreError, match=r"damaged; the 2 digests before that were written to .*d.jsonl — take a copy"
    ):
        export(damaged(), "jsonl", tmp_path / "d.jsonl")
    assert len((tmp_path / "d.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("form", ["jsonl", "markdown", "csv"])
def test_where_nothing_can_be_written_says_so(form, tmp_path):
    (tmp_path / "file").touch()
    for out in (tmp_path / "file/d.md", Path("/dev/full")):
        if out.parent.exists():
            with pytest.raises(ConfigurationError, match="cannot write"):
                export(two(), form if out.suffix or form != "markdown" else "jsonl", out)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    (tmp_path / "real.jsonl").touch()
    assert export(two(), "jsonl", tmp_path / "link.jsonl") == 2
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").stat().st_size > 0


def command(*given, **named):
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *map(str, given)],
        capture_output=True, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}, **named,
    )  # fmt: skip


def test_the_command_writes_what_the_store_has(tmp_path):
    filled(tmp_path, 3)
    store = tmp_path / "s.sqlite"
    before = store.read_bytes()
    done = command("export", store, "--out", "-")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.decode() == "summarizer: 3 digests written to -\n"
    assert command("export", store, "--out", "/dev/stdout").stdout == done.stdout
    assert Path("/dev/stdout").is_symlink()
    wrong = command("export", store, "--run", "9", "--out", tmp_path / "d.jsonl")
    assert (wrong.returncode, b"no run 9" in wrong.stderr) == (2, True)
    missing = command("export", tmp_path / "none.sqlite", "--out", "-")
    assert (missing.returncode, b"no store here" in missing.stderr) == (2, True)
    assert not (tmp_path / "none.sqlite").exists()
    parquet = command("export", store, "--format", "parquet", "--out", "-")
    assert (parquet.returncode, b"name a file" in parquet.stderr) == (2, True)
    assert store.read_bytes() == before


def test_the_command_lists_runs(tmp_path):
    store = tmp_path / "s.sqlite"
    with Store(store) as kept:
        first = kept.begin("summarizer summarize news", {})
        kept.finish("k", first, "a.txt", DIGEST, [CALL] * 600, cost_usd=0.25)
        kept.fail(None, first, "b.txt", ArticleError("empty"))
        kept.end(first, "some failed")
        second = kept.begin("again", {})
        kept.fail("l", second, "c.txt", ArticleError("x"), [CALL])
        told = command("runs", store).stdout.decode()
    lines = told.splitlines()
    assert lines[1].split()[-8:] == ["failed", "1", "0", "1", "1,200", "60,000", "18,000", "0.2500"]
    assert "going" in lines[2]  # looked at while it goes on
    assert lines[2].endswith("price unknown")
    rows = [json.loads(line) for line in command("runs", store, "--format", "json").stdout.splitlines()]
    assert [row["outcome"] for row in rows] == ["some failed", "broken off"]
    assert rows[0]["spent"]["requests"] == 1200
    assert rows[0]["ended"] >= rows[0]["began"]
    assert rows[1]["ended"] is None
