"""A process is killed (kill -9) at any point, and nothing that was finished is lost, and nothing is done twice."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.batch.store import Store

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

#: Forks a child for each statement that the store sends to SQLite, and kills it right before that one.
AT_EACH_STATEMENT = """
import os, signal, sqlite3, sys
from pathlib import Path
from summarizer.batch.store import Store
from tests.batch.test_store import CALL, DIGEST

real = sqlite3.connect

def life(path, fatal):
    count = 0
    def traced(statement):
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    def connect(*given, **named):
        db = real(*given, **named)
        db.set_trace_callback(traced)
        return db
    sqlite3.connect = connect
    acknowledged = os.open(f"{path}.done", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with Store(Path(path)) as store:
        run = store.begin("c", {})
        for key in ("k1", "k2"):
            assert store.claim(key, run)
            store.save_stage(key, "summary", b"half")
            store.learn("h", "m", 5.0, {"form": "tools"})
            store.finish(key, run, key, DIGEST, [CALL], cost_usd=1.0)
            os.write(acknowledged, f"{key}\\n".encode())
        store.end(run, "done")

for fatal in range(1, 1000):
    path = f"{sys.argv[1]}/{fatal}.sqlite"
    child = os.fork()
    if child == 0:
        life(path, fatal)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status == 0:
        print(fatal)
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
"""


def run(script, *given):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, given)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )


def test_a_kill_before_any_statement_loses_nothing_that_was_acknowledged(tmp_path):
    child = run(AT_EACH_STATEMENT, tmp_path)
    said, _ = child.communicate()
    assert child.returncode == 0
    assert int(said) > 30  # it was killed at as many points
    for fatal in range(1, int(said)):
        done = Path(f"{tmp_path}/{fatal}.sqlite.done")
        acknowledged = done.read_text().split() if done.exists() else []
        with Store(tmp_path / f"{fatal}.sqlite") as store:
            after = store.begin("the run after", {})
            for key in ("k1", "k2"):
                whole = store.result(key) is not None
                assert whole or key not in acknowledged
                # the result, its cost and the stages go together; what is not done can be taken at once
                assert (store.spent(key).cost_usd == 1.0) == whole
                assert not whole or store.stage(key, "summary") is None
                assert store.claim(key, after) == (not whole)
            assert len(list(store.digests())) >= len(acknowledged)
    assert {path.suffix for path in tmp_path.iterdir()} == {".sqlite", ".done"}


#: Does articles of a common list until none is left, and says which it finished; the last one is kept until a file
#: says that nobody is killed any more, so that each kill comes while there is something to do.
WORKER = """
import sys, time
from pathlib import Path
from summarizer.batch.store import Store
from tests.batch.test_store import CALL, DIGEST

with Store(Path(sys.argv[1])) as store:
    run = store.begin("c", {})
    print("began", flush=True)
    last, may_end = int(sys.argv[2]) - 1, Path(sys.argv[3])
    while True:
        left = 0
        for i in range(int(sys.argv[2])):
            if store.result(f"k{i}") is None:
                left += 1
                if i == last and not may_end.exists():
                    print("waits", flush=True)
                elif store.claim(f"k{i}", run):
                    time.sleep(0.002)  # what asking would take
                    store.finish(f"k{i}", run, f"{i}.txt", DIGEST, [CALL], cost_usd=1.0)
                    print(f"k{i}", flush=True)
        if not left:
            break
    store.end(run, "done")
"""
ARTICLES = 100


def test_two_at_once_killed_again_and_again_do_every_article_once(tmp_path):
    path, chance, told = tmp_path / "s.sqlite", random.Random(7), []
    may_end = tmp_path / "may end"
    kills = 0
    workers = [run(WORKER, path, ARTICLES, may_end) for _ in range(2)]
    while workers:
        worker = chance.choice(workers)
        for _ in range(chance.randrange(2, 25)):
            line = worker.stdout.readline()
            told.append(line.strip())
            if not line:
                break
        if kills < 4 and worker.poll() is None:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
            workers.append(run(WORKER, path, ARTICLES, may_end))
        elif kills == 4:
            may_end.touch()
        if worker.poll() is not None or not line:
            told += worker.stdout.read().split()  # what it said before it died
            worker.wait()
            worker.stdout.close()
            workers.remove(worker)
    with Store(path) as store:
        assert len(list(store.digests())) == ARTICLES
        tried = [attempt for row in store.runs() for attempt in store.attempts(row.id)]
        broken = [row for row in store.runs() if row.outcome == "broken off"]
        last = store.begin("the run after", {})
        assert [p.name for p in tmp_path.glob("*.lock")] == [f"s.sqlite-run{last}.lock"]  # the dead left nothing
    assert len(tried) == ARTICLES  # finished once each: never twice, by nobody
    finished = [line for line in told if line.startswith("k")]
    assert len(finished) == len(set(finished))
    assert len(broken) == kills == 4


#: Opens a store that is not there yet in six processes at the same moment.
AT_ONCE = """
import os, sys
from pathlib import Path
from summarizer.batch.store import Store

gate, go = os.pipe()
children = []
for _ in range(6):
    child = os.fork()
    if child == 0:
        os.close(go)
        os.read(gate, 1)
        with Store(Path(sys.argv[1])) as store:
            store.end(store.begin("c", {}), "done")
        os._exit(0)
    children.append(child)
os.close(go)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6
"""


def test_a_store_that_several_make_at_the_same_moment_is_one(tmp_path):
    for i in range(5):
        child = run(AT_ONCE, tmp_path / f"{i}.sqlite")
        child.communicate()
        assert child.returncode == 0
        with Store(tmp_path / f"{i}.sqlite", reading=True) as store:
            assert [row.outcome for row in store.runs()] == ["done"] * 6
