"""The store's file: opened, checked, and its faults in a user's words (SQLite, https://www.sqlite.org/rescode.html)."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.article.line import one_line
from summarizer.errors import StoreError

__all__ = ["VERSION", "opened", "opened_to_read", "said", "writing"]

#: Counts the shapes of the store; a file of a later one is left alone.
VERSION = 1
#: Marks our files among SQLite's: "SUMR".
_APPLICATION = 0x53554D52

_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, settings TEXT NOT NULL, version TEXT NOT NULL,
    began REAL NOT NULL, ended REAL, outcome TEXT
);
CREATE TABLE results (
    key TEXT PRIMARY KEY, article TEXT NOT NULL, run INTEGER NOT NULL, made REAL NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, key TEXT, name TEXT NOT NULL, article TEXT,
    outcome TEXT NOT NULL, error TEXT, message TEXT, requests INTEGER NOT NULL, input_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_usd REAL, seconds REAL NOT NULL,
    calls TEXT NOT NULL, at REAL NOT NULL
);
CREATE INDEX attempts_of_a_run ON attempts (run);
CREATE INDEX attempts_at_a_key ON attempts (key);
CREATE INDEX attempts_of_a_name ON attempts (name, article);
CREATE TABLE claims (key TEXT PRIMARY KEY, run INTEGER NOT NULL);
CREATE TABLE stages (key TEXT, stage TEXT, value BLOB NOT NULL, at REAL NOT NULL, PRIMARY KEY (key, stage));
CREATE TABLE endpoints (
    label TEXT, model TEXT, not_before REAL NOT NULL, at REAL NOT NULL, dialect TEXT NOT NULL,
    PRIMARY KEY (label, model)
);
"""


def opened(path: Path | None, busy_s: float) -> sqlite3.Connection:
    """Return a connection to the store at `path`, which is made where there is none.

    Args:
        path: an absolute path; None for a file without a name that goes with the connection.
        busy_s: how long another process's writing is waited for, in seconds.

    Raises:
        StoreError: it cannot be opened or written, is no store, or one of a later version.
    """
    with said(path):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        db = _connected(str(path or ""), busy_s)
        try:
            _log_ahead(db, busy_s)
            with writing(db):
                _prepare(db, path)
        except BaseException:
            db.close()
            raise
        return db


def opened_to_read(path: Path, busy_s: float) -> sqlite3.Connection:
    """Return a connection that writes nothing; the store may lie where nobody can write.

    Raises:
        StoreError: there is none, it cannot be read, is no store, or one of a later version.
    """
    if not path.is_file():
        raise StoreError(f"{_shown(path)}: there is no store here", "check the path")
    with said(path):
        db = _connected(f"{path.as_uri()}?mode=ro", busy_s)
        try:
            try:
                db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.OperationalError:
                if path.with_name(f"{path.name}-wal").exists():
                    raise
                # a folder that cannot be written has no room for the log's index, and without a log needs none
                db.close()
                db = _connected(f"{path.as_uri()}?mode=ro&immutable=1", busy_s)
            _check(db, path)
        except BaseException:
            db.close()
            raise
        return db


@contextmanager
def writing(db: sqlite3.Connection, *, lasting: bool = False) -> Iterator[None]:
    """Do everything inside, or nothing: one transaction, that nobody else writes in between.

    Args:
        db: the connection.
        lasting: wait until the disk has it, so that a power cut loses nothing either (4 ms where measured, and
            0.1 ms without). The end of this process loses neither.
    """
    db.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def said(path: Path | None) -> Iterator[None]:
    """Raise what SQLite and the system say as a `StoreError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        # an error's extended code holds the primary one in its last byte
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise StoreError(*_told(_shown(path), code, error)) from error
    except OSError as error:
        told = f"{_shown(path)}: the store cannot be opened or written: {error.strerror or error}"
        raise StoreError(told, "name another file with --store, or mend the folder") from error


def _connected(name: str, busy_s: float) -> sqlite3.Connection:
    # threads share it under the store's own lock; transactions begin where we say so
    return sqlite3.connect(
        name, timeout=busy_s, isolation_level=None, check_same_thread=False, uri=name.startswith("file:")
    )


def _log_ahead(db: sqlite3.Connection, busy_s: float) -> None:
    """Have readers and one writer not wait for each other; SQLite itself does not wait for its turn to switch."""
    until = time.monotonic() + busy_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _prepare(db: sqlite3.Connection, path: Path | None) -> None:
    """Make the tables where there are none: all of them or none."""
    if _number(db, "user_version") == 0 and _number(db, "application_id") == 0 and not _has_tables(db):
        for statement in filter(str.strip, _TABLES.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")
    _check(db, path)
    db.execute("DELETE FROM claims WHERE 0")  # tells now that the file may only be read, and writes nothing


def _check(db: sqlite3.Connection, path: Path | None) -> None:
    if _number(db, "application_id") != _APPLICATION:
        raise StoreError(
            f"{_shown(path)}: this is a database of another program, or no store yet",
            "name another file with --store",
        )
    version = _number(db, "user_version")
    if version != VERSION:
        raise StoreError(
            f"{_shown(path)}: this store is of version {version}, and this program reads version {VERSION}",
            "update summarizer-briefs, or name another file with --store; nothing was changed",
        )


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def _has_tables(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _shown(path: Path | None) -> str:
    return one_line(str(path)) if path else "the store of this run alone"


def _told(where: str, code: int, error: sqlite3.Error) -> tuple[str, str]:
    """Return what went wrong with the store at `where`, and what to do next."""
    known = {
        sqlite3.SQLITE_FULL: (
            "the disk is full, and the store takes nothing more",
            "what was finished is kept; make room and give the same command again",
        ),
        sqlite3.SQLITE_IOERR: (
            "the store cannot be read or written, the disk may be full or failing",
            "what was finished is kept; look at the disk and give the same command again",
        ),
        sqlite3.SQLITE_READONLY: (
            "the store may not be written, or its folder may not",
            "change the permissions of both, or name another file with --store",
        ),
        sqlite3.SQLITE_CANTOPEN: (
            "the store cannot be opened: its folder is missing, may not be written, or this is a folder itself",
            "check the path and its permissions, or name another file with --store",
        ),
        sqlite3.SQLITE_PERM: ("the store may not be opened", "check its permissions"),
        sqlite3.SQLITE_BUSY: (
            "another program keeps the store locked",
            "close it (a database browser, a backup) and give the same command again",
        ),
        sqlite3.SQLITE_CORRUPT: (
            "the store is damaged; nothing in it was changed",
            "take back a copy of it, or move it away with its -wal and -shm files and begin a new one; "
            "summarizer export may still save a part",
        ),
        sqlite3.SQLITE_NOTADB: ("this is no store but another kind of file", "name another file with --store"),
    }
    what, advice = known.get(code, (f"the store failed: {error}", "report this line"))
    return f"{where}: {what}", advice
