"""The command on a Ray of this machine: one start for each of two tests, since each takes seconds."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("ray.data")

from pyarrow import parquet  # noqa: E402

from summarizer.errors import ConfigurationError  # noqa: E402
from summarizer.llm.limit import PerMinute  # noqa: E402
from tests.support.endpoint import serving  # noqa: E402
from tests.support.model import extractive  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
#: Ray starts half a dozen processes: on a busy machine that takes its time.
PATIENCE_S = 240


def tables(folder: Path, number: int) -> None:
    texts = [seed.read_text(encoding="utf-8") for seed in sorted((ROOT / "seeds").glob("*.en.txt"))]
    rows = [{"id": f"a{n}", "text": f"{texts[n % len(texts)]}\n\nThis is copy {n}."} for n in range(number)]
    folder.mkdir()
    for name, some in (("one", rows[::2]), ("two", [*rows[1::2], {"id": "bad", "text": ""}])):
        parquet.write_table(pyarrow.Table.from_pylist(some), folder / f"{name}.parquet")


def command(folder: Path, url: str, *more: str) -> "subprocess.Popen[str]":
    words = ["summarize", "in/*.parquet", "--ray", "local", "--out", "out", "--base-url", url, "--model", "m", *more]
    env = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer", *words],
        cwd=folder,
        env={**env, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> tuple[str, str]:
    try:
        return process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()


def rows(folder: Path) -> list[dict[str, object]]:
    return [row for path in sorted(folder.glob("*.parquet")) for row in parquet.read_table(path).to_pylist()]


def workers(root: int) -> list[int]:
    """The processes below one that make digests."""
    parents, found = {}, []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if b"MapWorker(MapBatches(Making" in (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return [pid for pid in found if root in ancestors(pid, parents)]


def ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while (pid := parents.get(pid, 0)) > 1:
        yield pid


def kill_one(process: "subprocess.Popen[str]", folder: Path) -> None:
    """Kill a worker as soon as an answer is kept."""
    while process.poll() is None:
        if any(file.stat().st_size for file in folder.glob("out/_run/paid/*")) and (found := workers(process.pid)):
            os.kill(found[0], signal.SIGKILL)
            return
        time.sleep(0.02)


def test_many_workers_write_each_digest_once_though_one_is_killed_and_a_rerun_asks_nothing(tmp_path):
    tables(tmp_path / "in", 12)
    with serving(extractive) as endpoint:
        process = command(tmp_path, endpoint.base_url, "--summary", "end.json")
        killer = threading.Thread(target=kill_one, args=(process, tmp_path), daemon=True)
        killer.start()
        out, err = ended(process)
        killer.join(5)
        asked = len(endpoint.requests)
        again = command(tmp_path, endpoint.base_url)
        _, told = ended(again)
    assert out == ""
    assert process.returncode == 6, err
    assert "raylet" not in err
    assert "13 articles: 12 done, 1 failed" in err
    assert "in/two.parquet:7: its 'text' is empty" in err
    summary = json.loads((tmp_path / "end.json").read_text(encoding="utf-8"))
    assert (summary["done"], summary["failed"], summary["not_done"]) == (12, 1, 0)
    found = [row for row in rows(tmp_path / "out") if row["error"] is None]
    places = {f"in/{table}.parquet:{n}" for table in ("one", "two") for n in range(1, 7)}
    assert sorted(row["name"] for row in found) == sorted(places)
    needed = sum(row["digest"]["provenance"]["requests"] for row in found)
    assert asked <= needed + 8  # what was on its way when the worker was killed: two batches, four at once
    assert len(endpoint.requests) == asked
    assert re.search(r"13 articles: 12 done \(12 of them were in the store\), 1 failed", told)


def test_digests_of_a_pipeline_keep_to_one_limit_for_all_workers(tmp_path):
    script = (ROOT / "docs/ray.md").read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    tables(tmp_path / "in", 6)
    with serving(extractive) as endpoint:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "SUMMARIZER_BASE_URL": endpoint.base_url}
        env |= {"SUMMARIZER_MODEL": "m", "SUMMARIZER_REQUESTS_PER_MINUTE": "300"}
        words = [sys.executable, "-c", script]
        done = subprocess.run(
            words, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    assert done.returncode == 0, done.stderr
    made = rows(tmp_path / "digests")
    assert len(made) == 7
    assert [row["error"]["kind"] for row in made if row["digest"] is None] == ["ArticleError"]
    sent = sorted(request.at for request in endpoint.requests)
    assert sent[-1] - sent[0] >= (len(sent) - 1) * 60 / 300 * 0.9


def test_a_budget_holds_for_all_workers_together_and_a_higher_one_goes_on(tmp_path):
    tables(tmp_path / "in", 12)
    with serving(extractive) as endpoint:
        out, err = ended(first := command(tmp_path, endpoint.base_url, "--max-tokens", "9000"))
        asked = len(endpoint.requests)
        _, told = ended(second := command(tmp_path, endpoint.base_url, "--max-tokens", "1000000"))
    assert (out, first.returncode) == ("", 6), err
    assert "the limit of 9,000 tokens would not hold" in err
    assert 0 < asked * 310 <= 9_000  # what the endpoint says that a request took
    assert second.returncode == 6, told
    made = [row for row in rows(tmp_path / "out") if row["digest"] is not None]
    assert len(made) == 12
    needed = sum(row["digest"]["provenance"]["requests"] for row in made)
    assert len(endpoint.requests) <= needed + 8  # what was on its way when the first worker told of the end


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ([], "--out"),
        (["--out", "d", "--format", "html"], "Parquet, not html"),
        (["--out", "d", "--store", "s.sqlite"], "the folder of the digests is the store"),
        (["--out", "d", "--no-model"], "--no-model"),
        (["--out", "d", "--force"], "--force"),
    ],
)
def test_what_does_not_go_with_ray_is_said_before_anything_is_started(tmp_path, monkeypatch, flags, told):
    from summarizer import cli

    monkeypatch.chdir(tmp_path)
    tables(tmp_path / "in", 1)
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        cli.app(["summarize", "in/one.parquet", "--ray", "local", *flags], standalone_mode=False)


def test_what_is_no_table_is_refused(tmp_path, monkeypatch):
    from summarizer import cli

    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="articles come in tables"):
        cli.app(["summarize", "a.txt", "--ray", "local", "--out", "d"], standalone_mode=False)


def test_without_ray_the_package_to_install_is_named(monkeypatch):
    from summarizer.ray import cluster

    monkeypatch.setitem(sys.modules, "ray.data", None)
    with pytest.raises(ConfigurationError, match=r"summarizer-briefs\[ray\]"):
        cluster.need_ray()


def test_a_limit_is_the_same_for_all_that_ask_the_actor(monkeypatch):
    from summarizer.ray import gate

    monkeypatch.setattr(gate.time, "monotonic", lambda: 5.0)
    turns = gate.Turns(PerMinute(requests=600))
    assert [round(turns.wait(10, 0.0), 3) for _ in range(3)] == [0.0, 0.1, 0.2]
