"""What was made, what it cost and what is known, kept across runs, kills and power cuts: one SQLite file.

A result is written with its cost in one transaction, and is on the disk when `Store.finish` returns. SQLite's log
stands beside the file (``-wal``, ``-shm``), and so does a lock for each run that is going (``-run7.lock``). All of
it is for one machine: no network drive.
"""

import json
import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pydantic

from summarizer.batch.alive import Alive
from summarizer.batch.database import opened, opened_to_read, said, writing
from summarizer.batch.records import Attempt, Entry, Known, Outcome, RunRow, Spent, Tried, safe, spent
from summarizer.digest import Digest
from summarizer.errors import StoreError, SummarizerError

if TYPE_CHECKING:
    from summarizer.llm.client import Call

__all__ = ["Attempt", "Entry", "Known", "Outcome", "RunRow", "Spent", "Store", "default_path"]

#: Room that must be left on the disk before an article is begun, so that what is under way can be kept.
_ROOM_BYTES = 16 * 2**20
#: Rows fetched at once while all are gone through.
_PAGE = 50


def default_path(out: Path | None) -> Path:
    """Return where the store is by default: beside the folder of the digests, else in the user's state folder."""
    if out is not None:
        folder = out.resolve()
        return folder.with_name(f"{folder.name}.sqlite") if folder.name else folder / "summarizer.sqlite"
    import platformdirs

    return Path(platformdirs.user_state_dir("summarizer")) / "store.sqlite"


class Store:
    """Results, attempts, claims and what was learned; safe to share between threads, tasks and processes.

    Args:
        path: its file, made where there is none; None keeps everything until `close` and no longer.
        busy_s: how long another program's lock is waited for, in seconds.
        reading: only look, as `digests` and `runs` do; the file must be there.

    Raises:
        StoreError: it cannot be opened, is damaged, full, locked, read-only, or one of a later version.
    """

    def __init__(self, path: Path | None, *, busy_s: float = 30.0, reading: bool = False) -> None:
        self.path = path.resolve() if path else None
        self._lock = threading.RLock()
        self._alive = Alive(self.path)
        self._db = opened_to_read(self.path, busy_s) if self.path and reading else opened(self.path, busy_s)

    def begin(self, command: str, settings_shown: Mapping[str, Any]) -> int:
        """Return the id of a new run, which holds what it claims until `end`, or until this process is no more.

        Args:
            command: as it was given, without a key in it.
            settings_shown: what was set, as it may be shown.
        """
        row = (safe(command), json.dumps(settings_shown, default=str), version("summarizer-briefs"), time.time())
        run = 0
        try:
            with self._writing() as db:
                self._alive.sweep()
                added = db.execute("INSERT INTO runs (command, settings, version, began) VALUES (?, ?, ?, ?)", row)
                run = int(added.lastrowid or 0)
                self._alive.hold(run)  # before anybody can see it
        except BaseException:
            self._alive.let_go(run)
            raise
        return run

    def end(self, run: int, outcome: str) -> None:
        """Note how a run ended, and let go of what it claimed."""
        with self._writing(lasting=True) as db:
            db.execute("UPDATE runs SET ended = ?, outcome = ? WHERE id = ?", (time.time(), safe(outcome), run))
            db.execute("DELETE FROM claims WHERE run = ?", (run,))
        with self._lock:
            self._alive.let_go(run)

    def result(self, key: str) -> Digest | None:
        """Return the digest at a key; None where there is none that is whole."""
        with self._reading() as db:
            row = db.execute("SELECT digest FROM results WHERE key = ?", (key,)).fetchone()
        digest = _digest(row[0], key) if row else None
        if row and digest is None:
            with self._writing() as db:  # so that it can be claimed, and made anew
                db.execute("DELETE FROM results WHERE key = ? AND digest = ?", (key, row[0]))
        return digest

    def newest(self, article: str) -> Digest | None:
        """Return the digest of an article that was made last; None where there is none that is whole.

        Args:
            article: SHA-256 of its text, hexadecimal.
        """
        with self._reading() as db:
            sql = "SELECT key FROM results WHERE article = ? ORDER BY made DESC LIMIT 1"
            row = db.execute(sql, (article,)).fetchone()
        return self.result(row[0]) if row else None

    def entries(self, before: int | None, most: int) -> list[Entry]:
        """Return a page of the list of results, the latest first.

        Args:
            before: the place of the last one on the page before; None for the first page.
            most: how many make a page.
        """
        with self._reading() as db:
            rows = db.execute(_ENTRIES, (2**63 - 1 if before is None else before, most)).fetchall()
        return [Entry(*row) for row in rows]

    def claim(self, key: str, run: int, *, force: bool = False) -> bool:
        """Take an article for a run; False where it is done, or a run that is going has it, this one too.

        Args:
            key: the article's.
            run: who wants it.
            force: take it also where it is done, unless this run did it.

        Raises:
            StoreError: too little room is left on the disk to keep what would be paid for.
        """
        self._check_room()
        with self._writing() as db:
            done = db.execute("SELECT run FROM results WHERE key = ?", (key,)).fetchone()
            if done and (not force or done[0] == run):
                return False
            holder = db.execute("SELECT run FROM claims WHERE key = ?", (key,)).fetchone()
            if holder and self._alive.is_going(holder[0]):
                return False
            db.execute("INSERT OR REPLACE INTO claims (key, run) VALUES (?, ?)", (key, run))
        return True

    def holder(self, key: str) -> int | None:
        """Return the run that is going and has an article; None where nobody has it."""
        with self._reading() as db:
            row = db.execute("SELECT run FROM claims WHERE key = ?", (key,)).fetchone()
            return row[0] if row and self._alive.is_going(row[0]) else None

    def release(self, key: str, run: int) -> None:
        """Let go of an article that was not finished and did not fail."""
        with self._writing() as db:
            db.execute("DELETE FROM claims WHERE key = ? AND run = ?", (key, run))

    def finish(
        self, key: str, run: int, name: str, digest: Digest, calls: "Sequence[Call]", *, cost_usd: float | None = None
    ) -> None:
        """Keep a result, what it cost, and let go of the article: all of it, or after an error nothing.

        Args:
            key: the article's.
            run: who made it.
            name: the input's.
            digest: validated and whole.
            calls: what was asked for it in this run.
            cost_usd: what they cost; None takes what the digest says.
        """
        cost = digest.provenance.cost_usd if cost_usd is None else cost_usd
        row = (key, digest.article.id, run, time.time(), digest.model_dump_json())
        tried = Tried(run, key, name, digest.article.id, "done", spent(calls, cost), calls)
        with self._writing(lasting=True) as db:
            db.execute(
                "INSERT INTO results (key, article, run, made, digest) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO "
                "UPDATE SET article = excluded.article, run = excluded.run, made = excluded.made, "
                "digest = excluded.digest",
                row,
            )
            tried.write(db)
            db.execute("DELETE FROM stages WHERE key = ?", (key,))
            db.execute("DELETE FROM claims WHERE key = ? AND run = ?", (key, run))

    def reuse(self, key: str, run: int, name: str) -> None:
        """Note that an input found its result in the store: it belongs to the run, and cost nothing."""
        with self._writing() as db:
            row = db.execute("SELECT article FROM results WHERE key = ?", (key,)).fetchone()
            Tried(run, key, name, row[0] if row else None, "reused", Spent(), ()).write(db)

    def fail(
        self,
        key: str | None,
        run: int,
        name: str,
        error: SummarizerError,
        calls: "Sequence[Call]" = (),
        *,
        cost_usd: float | None = None,
    ) -> None:
        """Note why an input has no result and what was spent on it, and let go of it; its stages stay.

        Args:
            key: the article's; None where it could not be read.
            run: who tried.
            name: the input's.
            error: why.
            calls: what was asked for it in this run.
            cost_usd: what they cost; None where that is not known.
        """
        tried = Tried(run, key, name, None, "failed", spent(calls, cost_usd), calls, error)
        with self._writing(lasting=True) as db:
            tried.write(db)
            db.execute("DELETE FROM claims WHERE key = ? AND run = ?", (key, run))

    def save_stage(self, key: str, stage: str, value: bytes) -> None:
        """Keep a part of an article's result that is paid for, until the whole is finished."""
        with self._writing(lasting=True) as db:
            row = (key, stage, value, time.time())
            db.execute("INSERT OR REPLACE INTO stages (key, stage, value, at) VALUES (?, ?, ?, ?)", row)

    def stage(self, key: str, stage: str) -> bytes | None:
        """Return a part that was kept; None where there is none."""
        with self._reading() as db:
            row = db.execute("SELECT value FROM stages WHERE key = ? AND stage = ?", (key, stage)).fetchone()
        return bytes(row[0]) if row else None

    def learn(self, label: str, model: str, not_before: float, dialect: Mapping[str, Any] | None) -> None:
        """Keep what an endpoint asked for; a pause that another process heard of is not made shorter.

        Args:
            label: the endpoint's.
            model: asked there.
            not_before: nothing is sent before, in seconds since 1970; 0 for no pause.
            dialect: what is known of how it wants to be asked, as JSON can hold it.
        """
        with self._writing(lasting=True) as db:
            # after a clock went back, an older moment is later than any pause can be
            db.execute(
                "INSERT INTO endpoints (label, model, not_before, at, dialect) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (label, model) DO UPDATE SET dialect = excluded.dialect, at = excluded.at, not_before = "
                "CASE WHEN excluded.at < at THEN excluded.not_before ELSE max(not_before, excluded.not_before) END",
                (label, model, not_before, time.time(), json.dumps(dialect)),
            )

    def learned(self, label: str, model: str) -> Known:
        """Return what an endpoint asked for; where the clock went back, the whole pause begins anew."""
        with self._reading() as db:
            sql = "SELECT not_before, at, dialect FROM endpoints WHERE label = ? AND model = ?"
            row = db.execute(sql, (label, model)).fetchone()
        if row is None:
            return Known()
        not_before, at, dialect = row[0], row[1], json.loads(row[2])
        now = time.time()
        if now < at:
            not_before = now + max(0.0, not_before - at)
            self.learn(label, model, not_before, dialect)
        return Known(not_before, dialect)

    def spent(self, key: str) -> Spent:
        """Return what an article has cost in all, failed attempts included."""
        with self._reading() as db:
            row = db.execute(f"SELECT {_SPENT} FROM attempts WHERE key = ?", (key,)).fetchone()  # noqa: S608
        return Spent(*row)

    def attempts(self, run: int) -> Iterator[Attempt]:
        """Yield the attempts of a run in the order of their ends, without holding them all."""
        sql = (
            "SELECT id, name, key, outcome, error, message, requests, input_tokens, cached_tokens, output_tokens, "
            "CASE WHEN requests = 0 THEN 0.0 ELSE cost_usd END FROM attempts WHERE run = ? AND id > ? "
            "ORDER BY id LIMIT ?"
        )
        for row in self._pages(sql, (run,)):
            _, name, key, outcome, error, message, *cost = row
            yield Attempt(name, key, outcome, error, message, Spent(*cost))

    def runs(self) -> list[RunRow]:
        """Return all runs, the first one first."""
        with self._reading() as db:
            found = db.execute(_RUNS).fetchall()
            return [self._run(row) for row in found]

    def digests(self, run: int | None = None) -> Iterator[tuple[str, Digest]]:
        """Yield digests with the names of their inputs, without holding them all.

        Args:
            run: of this run, reused ones too; None for all: of each input's article the one that was made last.

        Raises:
            StoreError: there is no such run.
        """
        if run is not None and not any(each.id == run for each in self.runs()):
            raise StoreError(f"there is no run {run} in this store", "summarizer runs lists them")
        wanted: tuple[str, tuple[int, ...]] = (_OF_ALL, ()) if run is None else (_OF_RUN, (run,))
        for _, name, key, text in self._pages(*wanted):
            digest = _digest(text, key)
            if digest is not None:
                yield name, digest

    def close(self) -> None:
        """Let go of everything; what runs of this store had claimed is free again."""
        with self._lock:
            self._db.close()
            self._alive.let_go_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self, *, lasting: bool = False) -> Iterator[sqlite3.Connection]:
        with self._lock, said(self.path), writing(self._db, lasting=lasting and self.path is not None):
            yield self._db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, said(self.path):
            yield self._db

    def _pages(self, sql: str, given: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        """Yield rows by their ids, page by page: a reader that takes an hour holds nobody up."""
        last = 0
        while True:
            with self._reading() as db:
                page = db.execute(sql, (*given, last, _PAGE)).fetchall()
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1][0]

    def _run(self, row: tuple[Any, ...]) -> RunRow:
        run, command, began, ended, outcome, done, reused, failed, *spent = row
        shown = outcome or ("going" if self._alive.is_going(run) else "broken off")
        return RunRow(run, command, began, ended, shown, done, reused, failed, Spent(*spent))

    def _check_room(self) -> None:
        if self.path is None:
            return
        with said(self.path):
            free = shutil.disk_usage(self.path.parent).free
        if free < _ROOM_BYTES:
            raise StoreError(
                f"{self.path}: the disk is nearly full ({free / 1e6:.1f} MB left), and no further article is begun",
                "what was finished is kept; make room and give the same command again",
            )


#: Sums over attempts: the cost is not known where something was asked at a price that is not.
_SPENT = (
    "coalesce(sum(requests), 0), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0), "
    "coalesce(sum(output_tokens), 0), "
    "CASE WHEN coalesce(sum(requests > 0 AND cost_usd IS NULL), 0) = 0 THEN coalesce(sum(cost_usd), 0.0) END"
)
_RUNS = f"""
    SELECT runs.id, command, began, ended, runs.outcome, coalesce(sum(attempts.outcome = 'done'), 0),
        coalesce(sum(attempts.outcome = 'reused'), 0), coalesce(sum(attempts.outcome = 'failed'), 0), {_SPENT}
    FROM runs LEFT JOIN attempts ON attempts.run = runs.id GROUP BY runs.id ORDER BY runs.id
"""  # noqa: S608 - our own words alone
_ENTRIES = (
    "SELECT rowid, key, article, json_extract(digest, '$.article.source'), json_extract(digest, '$.article.title'), "
    "json_extract(digest, '$.article.language'), made, length(CAST(digest AS BLOB)) FROM results "
    "WHERE rowid < ? AND json_valid(digest) ORDER BY rowid DESC LIMIT ?"
)
_OF_RUN = (
    "SELECT attempts.id, name, attempts.key, digest FROM attempts JOIN results ON results.key = attempts.key "
    "WHERE attempts.run = ? AND attempts.id > ? AND outcome <> 'failed' ORDER BY attempts.id LIMIT ?"
)
_OF_ALL = (
    "SELECT tried.id, name, tried.key, digest FROM attempts AS tried JOIN results ON results.key = tried.key "
    "WHERE tried.id > ? AND outcome <> 'failed' AND NOT EXISTS (SELECT 1 FROM attempts AS later WHERE "
    "later.name = tried.name AND later.article = tried.article AND later.id > tried.id "
    "AND later.outcome <> 'failed') ORDER BY tried.id LIMIT ?"
)


def _digest(text: str, key: str) -> Digest | None:
    """Return a digest as it was kept; None, and a line in the log, where it is no longer one."""
    try:
        return Digest.model_validate_json(text)
    except pydantic.ValidationError:
        logging.getLogger(__name__).warning("the result %s in the store is not whole and is left out", key[:12])
        return None
