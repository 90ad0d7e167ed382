import json
import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summarizer import article, rules_only
from summarizer.batch import database
from summarizer.batch.store import Store, default_path
from summarizer.config import Settings
from summarizer.errors import ArticleError, ModelUnavailableError, StoreError
from summarizer.llm.client import Call

ROOT = Path(__file__).resolve().parents[2]
CALL = Call("summary", "v1#0", "m", 2, 100, 10, 30, 0.5, None)


def made(text="The mayor opened the new bridge on Monday. Ten thousand people came."):
    return rules_only.digest(article.from_text(text, source="a.txt"), Settings())


DIGEST = made()
OTHER = made("The port of Genoa handled 2.4 million containers in 2023. The minister spoke of a record.")


def a_store(tmp_path, **given):
    return Store(tmp_path / "s.sqlite", **given)


@pytest.mark.parametrize("named", [True, False])
def test_what_is_finished_is_found_again_and_its_claim_and_stages_are_gone(tmp_path, named):
    with Store(tmp_path / "s.sqlite" if named else None) as store:
        run = store.begin("summarizer summarize a.txt", {"model": "m"})
        assert store.result("k") is None
        assert store.claim("k", run)
        store.save_stage("k", "summary", b"\x00half")
        assert store.stage("k", "summary") == b"\x00half"
        store.finish("k", run, "a.txt", DIGEST, [CALL, CALL], cost_usd=0.25)
        assert store.result("k") == DIGEST
        assert store.stage("k", "summary") is None
        assert store.holder("k") is None
        assert not store.claim("k", run)
        spent = store.spent("k")
        assert (spent.requests, spent.input_tokens, spent.cached_tokens) == (4, 200, 20)
        assert (spent.output_tokens, spent.cost_usd) == (60, 0.25)


def test_without_a_file_nothing_is_left_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Store(None) as store:
        run = store.begin("c", {})
        store.finish("k", run, "a.txt", DIGEST, [])
    assert list(tmp_path.iterdir()) == []


def test_only_the_file_is_left_after_a_run(tmp_path):
    with a_store(tmp_path) as store:
        store.end(store.begin("c", {}), "done")
        store.begin("c", {})
    assert [path.name for path in tmp_path.iterdir()] == ["s.sqlite"]


def test_a_failure_keeps_the_stages_and_counts_into_the_cost(tmp_path):
    with a_store(tmp_path) as store:
        run = store.begin("c", {})
        store.claim("k", run)
        store.save_stage("k", "summary", b"half")
        store.fail("k", run, "a.txt", ModelUnavailableError("no answer", "try later"), [CALL], cost_usd=0.5)
        assert store.stage("k", "summary") == b"half"
        assert store.claim("k", run)
        store.finish("k", run, "a.txt", DIGEST, [CALL], cost_usd=0.25)
        assert store.spent("k").cost_usd == 0.75
        tried = list(store.attempts(run))
    assert [(t.outcome, t.error, t.message) for t in tried] == [
        ("failed", "ModelUnavailableError", "no answer — try later"),
        ("done", None, None),
    ]


def test_a_run_counts_what_it_did_and_says_where_a_price_is_not_known(tmp_path):
    with a_store(tmp_path) as store:
        first = store.begin("first", {})
        store.finish("k", first, "a.txt", DIGEST, [CALL], cost_usd=0.25)
        store.fail(None, first, "b.txt", ArticleError("b.txt: it is empty"))
        store.end(first, "some failed")
        second = store.begin("second", {})
        store.reuse("k", second, "a.txt")
        store.fail("l", second, "c.txt", ModelUnavailableError("no"), [CALL])
        one, two = store.runs()
    assert (one.done, one.reused, one.failed, one.spent.cost_usd, one.outcome) == (1, 0, 1, 0.25, "some failed")
    assert (two.done, two.reused, two.failed, two.spent.cost_usd) == (0, 1, 1, None)
    assert two.outcome == "going"
    assert one.ended is not None
    assert two.ended is None


def test_a_run_that_was_not_ended_is_broken_off_when_its_store_is_closed(tmp_path):
    with a_store(tmp_path) as store:
        store.begin("c", {})
    with a_store(tmp_path) as store:
        assert [run.outcome for run in store.runs()] == ["broken off"]


def test_nobody_gets_what_somebody_has_and_everybody_what_was_let_go(tmp_path):
    with a_store(tmp_path) as one, a_store(tmp_path) as two:
        first, second = one.begin("one", {}), two.begin("two", {})
        assert one.claim("k", first)
        assert not one.claim("k", first)
        assert not two.claim("k", second)
        assert two.holder("k") == first
        one.release("k", first)
        assert two.claim("k", second)
        two.end(second, "stopped")
        assert one.claim("k", first)
        one.close()
        third = two.begin("three", {})
        assert two.claim("k", third)


def test_by_force_it_is_made_anew_but_once_in_a_run(tmp_path):
    with a_store(tmp_path) as store:
        first = store.begin("c", {})
        store.claim("k", first)
        store.finish("k", first, "a.txt", DIGEST, [])
        assert not store.claim("k", first, force=True)
        second = store.begin("c", {})
        assert not store.claim("k", second)
        assert store.claim("k", second, force=True)
        assert store.result("k") == DIGEST
        store.finish("k", second, "a.txt", OTHER, [])
        assert store.result("k") == OTHER


def test_a_result_that_is_not_whole_is_none_and_can_be_made_anew(tmp_path):
    with a_store(tmp_path) as store:
        run = store.begin("c", {})
        store.finish("k", run, "a.txt", DIGEST, [])
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        db.execute("UPDATE results SET digest = substr(digest, 1, 100)")
    db.close()
    with a_store(tmp_path) as store:
        assert list(store.digests()) == []
        assert store.result("k") is None
        assert store.claim("k", store.begin("c", {}))


def test_digests_are_of_a_run_or_of_all_each_article_of_a_name_once(tmp_path):
    with a_store(tmp_path) as store:
        first = store.begin("c", {})
        store.finish("k1", first, "a.txt", DIGEST, [])
        store.finish("k2", first, "today.txt", DIGEST, [])
        store.reuse("k1", first, "copy/a.txt")
        store.fail("k9", first, "b.txt", ModelUnavailableError("no"))
        second = store.begin("c", {})
        newer = DIGEST.model_copy(update={"quotes": ()})
        store.finish("k3", second, "a.txt", newer, [])
        store.finish("k4", second, "today.txt", OTHER, [])  # another article of the same name
        assert [name for name, _ in store.digests(first)] == ["a.txt", "today.txt", "copy/a.txt"]
        assert dict(store.digests(second)) == {"a.txt": newer, "today.txt": OTHER}
        everything = list(store.digests())
        assert [name for name, _ in everything] == ["today.txt", "copy/a.txt", "a.txt", "today.txt"]
        assert everything[2][1] == newer
        with pytest.raises(StoreError, match="no run 7"):
            list(store.digests(7))


def test_all_digests_come_out_whatever_their_number_while_others_are_written(tmp_path):
    with a_store(tmp_path) as store:
        run = store.begin("c", {})
        for i in range(120):
            store.finish(f"k{i}", run, f"{i}.txt", DIGEST, [])
        names = []
        for name, _ in store.digests(run):
            names.append(name)
            if len(names) == 10:
                store.finish("more", run, "more.txt", DIGEST, [])
    assert names == [*(f"{i}.txt" for i in range(120)), "more.txt"]


def test_what_an_endpoint_asked_for_is_known_to_the_next_process(tmp_path):
    later = time.time() + 60
    with a_store(tmp_path) as store:
        assert store.learned("https://h", "m").not_before == 0
        store.learn("https://h", "m", later, {"form": "tools"})
        store.learn("https://h", "m", 0, {"form": "text"})  # another process, that heard of no pause
    with a_store(tmp_path) as store:
        known = store.learned("https://h", "m")
        assert known.not_before == later
        assert known.dialect == {"form": "text"}
        assert store.learned("https://h", "n").dialect is None


def test_a_clock_that_goes_back_neither_ends_a_pause_nor_makes_it_a_day(tmp_path, monkeypatch):
    with a_store(tmp_path) as store:
        now = time.time()
        store.learn("h", "m", now + 60, None)
        monkeypatch.setattr(time, "time", lambda: now - 86_400)
        again = store.learned("h", "m").not_before
        assert again == pytest.approx(now - 86_400 + 60, abs=5)
        monkeypatch.setattr(time, "time", lambda: now - 86_400 + 30)
        assert store.learned("h", "m").not_before == again
        store.learn("h", "m", now - 86_400 + 40, None)
        assert store.learned("h", "m").not_before == again


def test_a_clock_that_goes_back_hands_nothing_out_twice(tmp_path, monkeypatch):
    with a_store(tmp_path) as one, a_store(tmp_path) as two:
        first, second = one.begin("c", {}), two.begin("c", {})
        assert one.claim("k", first)
        now = time.time()
        for moved in (now - 86_400, now + 86_400):
            monkeypatch.setattr(time, "time", lambda moved=moved: moved)
            assert not two.claim("k", second)


def test_threads_share_a_store(tmp_path):
    def work(_):
        won = []
        for i in range(40):
            if store.claim(f"k{i}", run):
                won.append(i)
                store.finish(f"k{i}", run, f"{i}", DIGEST, [])
        return won

    with a_store(tmp_path) as store, ThreadPoolExecutor(4) as pool:
        run = store.begin("c", {})
        won = [i for each in pool.map(work, range(4)) for i in each]
        assert sorted(won) == list(range(40))
        assert len(list(store.digests())) == 40


def test_a_name_that_is_no_text_is_kept_all_the_same(tmp_path):
    with a_store(tmp_path) as store:
        run = store.begin("summarizer \udcff", {})
        store.finish("k", run, "bad\udcff.txt", DIGEST, [])
        assert [name for name, _ in store.digests()] == ["bad?.txt"]


# what can be wrong with the file


def test_a_store_of_a_later_version_is_left_as_it_is(tmp_path):
    a_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        db.execute(f"PRAGMA user_version = {database.VERSION + 1}")
    db.close()
    before = (tmp_path / "s.sqlite").read_bytes()
    for reading in (False, True):
        with pytest.raises(StoreError, match=r"version 2, and this program reads version 1 — update"):
            a_store(tmp_path, reading=reading)
    assert (tmp_path / "s.sqlite").read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_another_kind_of_file_is_refused_and_left_as_it_is(tmp_path, content):
    (tmp_path / "s.sqlite").write_bytes(content)
    for reading in (False, True):
        with pytest.raises(StoreError, match=r"no store but another kind of file|damaged"):
            a_store(tmp_path, reading=reading)
    assert (tmp_path / "s.sqlite").read_bytes() == content


def test_another_programs_database_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()
    for reading in (False, True):
        with pytest.raises(StoreError, match="database of another program"):
            a_store(tmp_path, reading=reading)


def test_an_empty_file_becomes_a_store(tmp_path):
    (tmp_path / "s.sqlite").touch()
    with a_store(tmp_path) as store:
        assert store.runs() == []


def filled(tmp_path, number=200):
    with a_store(tmp_path) as store:
        run = store.begin("c", {})
        for i in range(number):
            store.finish(f"k{i}", run, f"{i}.txt", DIGEST, [])


def test_a_damaged_store_says_so_and_gives_what_stands_before(tmp_path):
    filled(tmp_path)
    path = tmp_path / "s.sqlite"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 4))
    got = []

    def read():
        with Store(path) as store:
            got.extend(store.digests())

    with pytest.raises(StoreError, match="damaged"):
        read()
    assert path.stat().st_size == size


def test_a_store_cut_off_says_that_it_is_damaged(tmp_path):
    filled(tmp_path, 50)
    path = tmp_path / "s.sqlite"
    os.truncate(path, path.stat().st_size // 2 + 100)

    def read():
        with Store(path) as store:
            list(store.digests())

    with pytest.raises(StoreError, match="damaged"):
        read()


@pytest.mark.parametrize("path", ["folder", "file/s.sqlite"])
def test_a_path_that_cannot_be_a_store_says_so(tmp_path, path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path / path)


def test_folders_on_the_way_are_made(tmp_path):
    with Store(tmp_path / "not/yet/s.sqlite") as store:
        assert store.runs() == []


def test_looking_makes_no_store(tmp_path):
    with pytest.raises(StoreError, match="no store here"):
        a_store(tmp_path, reading=True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_another_program_locks_says_so_and_loses_nothing(tmp_path):
    with a_store(tmp_path, busy_s=0.05) as store:
        run = store.begin("c", {})
        store.claim("k", run)
        other = sqlite3.connect(tmp_path / "s.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program keeps the store locked"):
            store.finish("k", run, "a.txt", DIGEST, [])
        with pytest.raises(StoreError, match="locked"):
            a_store(tmp_path, busy_s=0.05)
        other.execute("ROLLBACK")
        other.close()
        store.finish("k", run, "a.txt", DIGEST, [])
        assert store.result("k") == DIGEST


AS_NOBODY = """
import os, sys
from pathlib import Path
from summarizer.batch.store import Store
from summarizer.errors import StoreError
import json, platformdirs
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    with Store(Path(sys.argv[1]), reading=sys.argv[2] == "look") as store:
        print(len(store.runs()), len(list(store.digests())))
except StoreError as error:
    print(error)
"""


def as_nobody(path, mode):
    """What a process says that owns nothing there."""
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path), mode],
        capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def open_to_all():
    """A folder that everybody can get into: pytest's own are for their owner."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_a_store_that_may_only_be_read_is_refused_for_a_run_and_good_to_look_at(open_to_all):
    filled(open_to_all, 3)
    (open_to_all / "s.sqlite").chmod(0o444)
    assert "may not be written, or its folder may not — change" in as_nobody(open_to_all / "s.sqlite", "run")
    assert as_nobody(open_to_all / "s.sqlite", "look") == "1 3"


def test_a_folder_that_may_not_be_written_is_refused_for_a_run_and_good_to_look_at(open_to_all):
    filled(open_to_all, 3)
    (open_to_all / "s.sqlite").chmod(0o666)
    open_to_all.chmod(0o555)
    try:
        assert "may not be written" in as_nobody(open_to_all / "s.sqlite", "run")
        assert "may not be written" in as_nobody(open_to_all / "new.sqlite", "run")
        assert as_nobody(open_to_all / "s.sqlite", "look") == "1 3"
    finally:
        open_to_all.chmod(0o777)


def test_a_disk_that_fills_up_stops_further_articles_before_what_is_under_way_is_lost(tmp_path, monkeypatch):
    import shutil

    with a_store(tmp_path) as store:
        run = store.begin("c", {})
        assert store.claim("k", run)
        monkeypatch.setattr(
            shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 5_000_000, 5_000_000)
        )
        with pytest.raises(StoreError, match=r"nearly full \(5.0 MB left\)"):
            store.claim("l", run)
        store.finish("k", run, "a.txt", DIGEST, [])
        assert store.result("k") == DIGEST


FULL = """
import resource, signal, sys
from pathlib import Path
from summarizer.batch.store import Store
from summarizer.errors import StoreError
from tests.batch.test_store import DIGEST
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store(Path(sys.argv[1])) as store:
    run = store.begin("c", {})
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    done = 0
    try:
        while done < 1000:
            store.claim(f"k{done}", run)
            store.finish(f"k{done}", run, f"{done}.txt", DIGEST, [])
            done += 1
    except StoreError as error:
        print(done, error, sep="\\n")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.finish(f"k{done}", run, f"{done}.txt", DIGEST, [])
"""


def test_a_file_that_can_grow_no_more_loses_nothing_that_was_finished(tmp_path):
    path = tmp_path / "s.sqlite"
    child = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        capture_output=True, text=True, cwd=ROOT, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    done, told = child.stdout.splitlines()
    assert 0 < int(done) < 1000
    assert "what was finished is kept" in told
    with Store(path) as store:
        assert len(list(store.digests())) == int(done) + 1  # and what had no room went in when there was some


def test_where_it_is_when_nobody_says(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert default_path(tmp_path / "out") == tmp_path / "out.sqlite"
    assert default_path(Path("/")) == Path("/summarizer.sqlite")
    assert default_path(None).name == "store.sqlite"
    assert json.dumps(str(default_path(None)))


def test_results_are_listed_page_by_page_the_latest_first(tmp_path):
    with a_store(tmp_path) as store:
        run = store.begin("test", {})
        for key, digest in (("a", DIGEST), ("b", OTHER), ("c", DIGEST)):
            store.finish(key, run, "a.txt", digest, [])
        store.finish("a", run, "a.txt", OTHER, [])  # made anew: still the same result
        first = store.entries(None, 2)
        rest = store.entries(first[-1].place, 2)
    assert [each.key for each in (*first, *rest)] == ["c", "b", "a"]
    assert [each.article for each in rest] == [OTHER.article.id]
    assert (first[0].source, first[0].language, first[0].title) == ("a.txt", "en", DIGEST.article.title)
    assert first[0].bytes == len(DIGEST.model_dump_json().encode())


def test_of_an_articles_results_the_newest_is_found(tmp_path, monkeypatch):
    changed = DIGEST.model_copy(update={"briefs": (), "figures": ()})
    with a_store(tmp_path) as store:
        run = store.begin("test", {})
        for moment, (key, digest) in enumerate([("b", changed), ("a", DIGEST)]):
            monkeypatch.setattr(time, "time", lambda moment=moment: 1e9 + moment)
            store.finish(key, run, "a.txt", digest, [])
        assert store.newest(DIGEST.article.id) == DIGEST
        assert store.newest(OTHER.article.id) is None
