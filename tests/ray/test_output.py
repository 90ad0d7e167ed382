import json

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

from pyarrow import parquet

from summarizer.batch import nested
from summarizer.errors import ConfigurationError, StoreError
from summarizer.ray import output
from tests.support import hostile_digest

A, B, C = (each * 64 for each in "abc")


def row(name, key, error=None):
    return {"name": name, "key": key, "digest": nested.row(hostile_digest.digest(name)), "error": error}


def test_a_new_folder_has_nothing(tmp_path):
    out, there = output.begin(tmp_path / "new")
    assert there == 0
    assert not out.had.has("n", A)
    assert out.had.digest(A) is None
    assert out.earlier == {}


def test_what_was_written_is_found_by_the_next_run(tmp_path):
    first, _ = output.begin(tmp_path)
    first.write(first.part("1"), [row("one", A), row("two", B)])
    first.write(first.part("2"), [row("three", C)])
    second, there = output.begin(tmp_path)
    assert there == 3
    assert second.had.has("one", A)
    assert not second.had.has("one", B)
    assert second.had.digest(B).summary == hostile_digest.digest("two").summary
    assert second.had.digest("d" * 64) is None


def test_failed_rows_are_forgotten_by_the_next_run_and_no_file_is_made_of_nothing(tmp_path):
    first, _ = output.begin(tmp_path)
    first.write(first.failed("1"), [row("one", A, {"kind": "ModelError", "said": "no", "advice": ""})])
    first.write(first.part("1"), [])
    assert [path.name for path in tmp_path.glob("*.parquet")] == [first.failed("1").name]
    _, there = output.begin(tmp_path)
    assert there == 0
    assert list(tmp_path.glob("*.parquet")) == []


def test_answers_outlive_their_process_and_finished_ones_go(tmp_path):
    first, _ = output.begin(tmp_path)
    kept = first.answers("1")
    kept.add(A, "q", b'{"answer": "\xe4\xba\xba"}')
    kept.add(B, "q", b"{}")
    assert first.answers("1").get(A, "q") == b'{"answer": "\xe4\xba\xba"}'
    first.write(first.part("0"), [row("two", B)])
    second, _ = output.begin(tmp_path)
    assert dict(second.earlier) == {(A, "q"): b'{"answer": "\xe4\xba\xba"}'}
    third, _ = output.begin(tmp_path)
    assert third.earlier == second.earlier


def test_a_line_that_was_broken_off_spoils_no_other(tmp_path):
    out, _ = output.begin(tmp_path)
    out.answers("1").add(A, "q", b"{}")
    file = next((tmp_path / "_run/paid").glob("*-1.jsonl"))
    with file.open("ab") as written:
        written.write(b'\n{"key": "' + B.encode())
    out.answers("1").add(C, "q", b"{}")
    again = out.answers("1")
    assert again.get(A, "q") == again.get(C, "q") == b"{}"
    assert again.get(B, "q") is None


def test_a_run_that_was_taken_over_writes_nothing(tmp_path):
    first, _ = output.begin(tmp_path)
    output.begin(tmp_path)
    with pytest.raises(StoreError, match="another run"):
        first.write(first.part("1"), [row("one", A)])
    assert list(tmp_path.glob("*.parquet")) == []


def test_a_damaged_file_is_named(tmp_path):
    first, _ = output.begin(tmp_path)
    first.write(first.part("1"), [row("one", A)])
    first.part("1").write_bytes(b"PAR1 and nothing")
    with pytest.raises(StoreError, match=r"part-.*cannot be read.*move it away"):
        output.begin(tmp_path)


def test_a_folder_that_cannot_be_one_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigurationError, match="cannot write"):
        output.begin(tmp_path / "file")


def test_half_a_file_of_a_killed_worker_is_removed_and_never_read(tmp_path):
    out, _ = output.begin(tmp_path)
    (tmp_path / ".0123.part").write_bytes(b"half")
    out.write(out.part("1"), [row("one", A)])
    output.begin(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_run", out.part("1").name]
    assert parquet.read_table(out.part("1")).schema.equals(output.schema())
    assert json.loads((tmp_path / "_run" / output.begin(tmp_path)[0].run / "names.json").read_text())
