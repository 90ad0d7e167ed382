import pytest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

import asyncio  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from pyarrow import parquet  # noqa: E402

from summarizer.errors import UnexpectedError  # noqa: E402
from summarizer.ray import output  # noqa: E402
from summarizer.ray.attempts import Attempts, Trying  # noqa: E402
from tests.ray.test_making import articles  # noqa: E402
from tests.support.endpoint import serving  # noqa: E402
from tests.support.model import extractive  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
#: A worker as Ray runs one: a process of its own, given a batch; another one gets the same batch after it.
WORKER = """
import asyncio, json, sys
from pathlib import Path
import pyarrow
from summarizer.config import Settings
from summarizer.ray.making import Making, Plan
from summarizer.ray.output import Output

folder, run, url, rows = sys.argv[1:]

async def main():
    making = Making(Plan(Settings(base_url=url, model="m", concurrency=4), (), output=Output(Path(folder), run)))
    async for made in making(pyarrow.Table.from_pylist(json.loads(rows))):
        print(json.dumps([(row["name"], row["outcome"], row["error"]) for row in made.to_pylist()]))

asyncio.run(main())
"""


def worker(out: output.Output, url: str, rows: list[dict[str, object]]) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", WORKER, str(out.folder), out.run, url, json.dumps(rows)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_an_article_that_ends_its_worker_is_given_up_after_three_and_costs_the_others_nothing(tmp_path):
    rows = articles(6)
    rows[2]["text"] = f"POISON. {rows[2]['text']}"
    out, _ = output.begin(tmp_path / "out")
    going: list[subprocess.Popen[str]] = []

    def deadly(request):
        if "POISON" in json.dumps(request.body):
            os.kill(going[-1].pid, signal.SIGKILL)
        return extractive(request)

    with serving(deadly) as endpoint:
        for _ in range(4):
            going.append(worker(out, endpoint.base_url, rows))
            told, err = going[-1].communicate(timeout=120)
    assert [process.returncode for process in going] == [-signal.SIGKILL] * 3 + [0], err
    ended = {name: outcome for name, outcome, _ in json.loads(told)}
    assert ended == {f"a{n}": "failed" if n == 2 else "done" for n in range(6)}
    failed = parquet.read_table(next((tmp_path / "out").glob("failed-*"))).to_pylist()
    assert [(row["name"], row["error"]["kind"]) for row in failed] == [("a2", "UnexpectedError")]
    assert "3 workers were lost" in failed[0]["error"]["said"]
    assert "try it alone" in failed[0]["error"]["advice"]


def test_a_batch_of_failed_rows_alone_is_done_once(tmp_path):
    out, _ = output.begin(tmp_path / "out")
    rows = [{"id": "b", "text": " "}]
    first = worker(out, "http://127.0.0.1:9/v1", rows).communicate(timeout=60)[0]
    file = next((tmp_path / "out").glob("failed-*"))
    at = file.stat().st_mtime_ns
    assert worker(out, "http://127.0.0.1:9/v1", rows).communicate(timeout=60)[0] == first
    assert file.stat().st_mtime_ns == at


def test_what_ended_is_not_suspected(tmp_path):
    kept = tmp_path / "steps"
    with Attempts(kept).of("a"):
        pass
    with pytest.raises(ValueError, match="no"), Attempts(kept).of("b"):
        raise ValueError("no")
    kept.write_text(kept.read_text() + "\n+c\n+c\n-c\n+d")
    known = Attempts(kept)
    assert [known.lost(what) for what in "abcd"] == [0, 0, 1, 1]
    assert not known.done
    known.finish()
    assert Attempts(kept).done


def test_three_lost_workers_are_enough(tmp_path):
    (tmp_path / "steps").write_text("\n+a\n+a\n+a\n+b\n+b")
    with Attempts(tmp_path / "steps").of("b"):
        pass
    with pytest.raises(UnexpectedError, match="3 workers were lost"), Attempts(tmp_path / "steps").of("a"):
        pass


async def test_suspected_articles_go_one_at_a_time(tmp_path):
    under_way, most = 0, 0

    class Slow:
        async def summarize(self, *_):
            nonlocal under_way, most
            under_way, most = under_way + 1, max(most, under_way + 1)
            await asyncio.sleep(0)
            under_way -= 1

    class Named(Trying):
        def key(self, article):
            return article

    (tmp_path / "steps").write_text("\n+a\n+b\n+c")
    trying = Named(Slow(), (), None, Attempts(tmp_path / "steps"), asyncio.Lock())
    await asyncio.gather(*(trying.make(each, None) for each in "abc"))
    assert most == 1
    await asyncio.gather(*(trying.make(each, None) for each in "def"))
    assert most == 3
