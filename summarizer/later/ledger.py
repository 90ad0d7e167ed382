"""What waits for answers: articles, their questions and the batches these are in, kept in the store's file.

Every step that sends or takes something is one transaction that is on the disk when it returns, so that the next one
can be taken by another process on another day. The tables stand beside the store's own, and a store without them
opens as before.
"""

import hashlib
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summarizer.batch.database import opened, said, writing
from summarizer.batch.money import Held
from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.later import lines, planning, tables, taking
from summarizer.later.accounts import Accounts
from summarizer.later.lines import Told
from summarizer.later.values import Batch, Entry, Question, Sizes, Tally

__all__ = ["Ledger", "form"]

_BUSY_S = 30.0


class Ledger:
    """What waits, and for what; safe to share between the tasks and threads of one process.

    Args:
        path: the store's file.

    Raises:
        StoreError: it cannot be used as a store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = threading.RLock()
        self._db = opened(self.path, _BUSY_S)
        with self._writing() as db:
            for statement in filter(str.strip, tables.TABLES.split(";")):
                db.execute(statement)

    def begin(self, targets: Sequence[str], flags: Mapping[str, Any]) -> None:
        """Note what holds for everything in this store.

        Args:
            targets: the languages of the briefs.
            flags: the settings that were given, as JSON can hold them; no key.

        Raises:
            ConfigurationError: something is under way there with others.
        """
        wanted = list(targets)
        with self._writing() as db:
            row = db.execute("SELECT targets FROM later_work").fetchone()
            waiting = db.execute("SELECT 1 FROM later_articles WHERE failed IS NULL LIMIT 1").fetchone()
            if row and waiting and sorted(json.loads(row[0])) != sorted(wanted):
                known = ", ".join(json.loads(row[0])) or "no language"
                raise ConfigurationError(
                    f"{self.path}: the batches of this store are for briefs in {known}",
                    "give the same --to, or name another file with --store",
                )
            db.execute(
                "INSERT OR REPLACE INTO later_work (one, targets, flags) VALUES (1, ?, ?)",
                (json.dumps(wanted), json.dumps(flags)),
            )

    @property
    def submitted_with(self) -> tuple[tuple[str, ...], Mapping[str, Any]] | None:
        """The target languages and the settings that were given; None where nothing was submitted."""
        with self._reading() as db:
            row = db.execute("SELECT targets, flags FROM later_work").fetchone()
        return (tuple(json.loads(row[0])), json.loads(row[1])) if row else None

    def add(self, entry: Entry) -> None:
        """Take an article in; one that failed is tried anew. Its stem is made its own, so its file keeps its name."""
        written = tables.written(entry.article)
        with self._writing(lasting=False) as db:
            sql = "SELECT 1 FROM later_articles WHERE lower(stem) = lower(?) AND NOT (key = ? AND name = ?)"
            taken = db.execute(sql, (entry.stem, entry.key, entry.name)).fetchone()
            stem = f"{entry.stem}-{entry.key[:12]}" if taken else entry.stem
            row = (entry.key, entry.name, stem, written)
            db.execute(
                "INSERT INTO later_articles (key, name, stem, article) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (key, name) DO UPDATE SET failed = NULL",
                row,
            )

    def entries(self) -> Iterator[Entry]:
        """Yield the articles that a run can take further, or has finished, in the order in which they were given.

        Not those that failed, nor those that wait for answers and have got none since. They are not all held.
        """
        last = 0
        while True:
            with self._reading() as db:
                row = db.execute(tables.NEXT, (last,)).fetchone()
            if row is None:
                return
            last = row[0]
            yield tables.entry(row)

    def first(self) -> Entry | None:
        """Return the first article that was given and has not failed; None where there is none."""
        with self._reading() as db:
            row = db.execute(tables.FIRST).fetchone()
        return tables.entry(row) if row else None

    def fail(self, name: str, error: SummarizerError) -> None:
        """Try an article no more, until it is given again."""
        with self._writing(lasting=False) as db:
            db.execute("UPDATE later_articles SET failed = ? WHERE name = ?", (str(error), name))

    def asked(self, key: str, question: str) -> list[Question]:
        """Return the requests of a question in the order in which they were made."""
        with self._reading() as db:
            sql = "SELECT id, form, batch, status, said FROM later_questions WHERE key = ? AND question = ?"
            return [Question(*row) for row in db.execute(f"{sql} ORDER BY number", (key, question))]

    def ask(self, key: str, question: str, model: str, body: Mapping[str, Any]) -> None:
        """Keep a request that waits for a batch; in place of one that waits for it in another form.

        Args:
            key: the article's.
            question: by which the question is known.
            model: who is asked.
            body: as it would be posted.
        """
        with self._writing(lasting=False) as db:
            waits = "key = ? AND question = ? AND batch IS NULL AND status IS NULL"
            sql = f"SELECT coalesce(max(tries), 0) FROM later_questions WHERE {waits}"  # noqa: S608 - our own words
            tries = db.execute(sql, (key, question)).fetchone()[0]
            db.execute(f"DELETE FROM later_questions WHERE {waits}", (key, question))  # noqa: S608 - our own words
            sql = "SELECT coalesce(max(number), -1) + 1 FROM later_questions WHERE key = ? AND question = ?"
            number = db.execute(sql, (key, question)).fetchone()[0]
            made = secrets.token_hex(12)
            line = lines.request(made, body)
            row = (made, key, question, number, model, form(body), line, len(line.encode()), tries)
            db.execute(
                "INSERT INTO later_questions (id, key, question, number, model, form, line, bytes, tries) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def forget(self, key: str, question: str) -> None:
        """Let go of a question that has its answer, or will get none."""
        with self._writing(lasting=False) as db:
            db.execute("DELETE FROM later_questions WHERE key = ? AND question = ?", (key, question))

    def plan(self, sizes: Sizes, accounts: Accounts) -> None:
        """Put every question that waits, and can be paid, into a batch: one model each, within the sizes."""
        with self._writing() as db:
            planning.plan(db, sizes, accounts)

    @property
    def spent(self) -> Held:
        """What batches have cost, and can cost that are not over."""
        with self._reading() as db:
            return planning.spent(db)

    def batches(self) -> list[Batch]:
        """Return all batches, the oldest first."""
        with self._reading() as db:
            return [Batch(*row) for row in db.execute(tables.ALL_BATCHES)]

    def lines(self, tag: str) -> bytes:
        """Return the file of a batch: JSON Lines in UTF-8."""
        with self._reading() as db:
            sql = "SELECT line FROM later_questions WHERE batch = ? AND status IS NULL ORDER BY rowid"
            return b"".join(row[0].encode() for row in db.execute(sql, (tag,)))

    def trying(self, tag: str, at: float | None) -> None:
        """Note that the endpoint is asked to begin a batch: it may do so even where its answer is never heard.

        Args:
            tag: the batch's.
            at: when, in seconds since 1970; None where it is certain that it was not begun.
        """
        with self._writing() as db:
            db.execute("UPDATE later_batches SET tried = ? WHERE tag = ?", (at, tag))

    def submitted(self, tag: str, number: str, status: str) -> None:
        """Keep the endpoint's name for a batch, and how it is there."""
        with self._writing() as db:
            db.execute("UPDATE later_batches SET id = ?, status = ? WHERE tag = ?", (number, status, tag))

    def take(
        self, tag: str, status: str, answers: Iterable[Told], message: str, paid: Held, *, counts: bool = True
    ) -> int:
        """Keep the answers of a batch that is over; what has none waits for the next batch. Return how many came.

        Args:
            tag: the batch's.
            status: how it ended.
            answers: in any order; of several to one request the first last word counts.
            message: why questions have no answer.
            paid: what the answers cost.
            counts: whether that is a try of each of them.
        """
        with self._writing() as db:
            came = taking.take(db, tag, answers, message, counts=counts)
            row = (status, message or None, came, time.time(), tag)
            db.execute("UPDATE later_batches SET status = ?, message = ?, answered = ?, ended = ? WHERE tag = ?", row)
            account = (tag, paid.tokens, paid.usd)
            db.execute("INSERT OR REPLACE INTO later_accounts (tag, tokens, usd) VALUES (?, ?, ?)", account)
        return came

    def tally(self) -> Tally:
        """Return how far everything is."""
        with self._reading() as db:
            articles = db.execute("SELECT count(*) FROM later_articles").fetchone()[0]
            finished = "SELECT count(*) FROM later_articles JOIN results USING (key) WHERE failed IS NULL"
            done = db.execute(finished).fetchone()[0]
            failed = db.execute("SELECT name, failed FROM later_articles WHERE failed IS NOT NULL").fetchall()
            waits = "SELECT count(*) FROM later_questions WHERE status IS NULL AND batch IS"
            unsent = db.execute(f"{waits} NULL").fetchone()[0]
            sent = db.execute(f"{waits} NOT NULL").fetchone()[0]
        return Tally(articles, done, tuple((name, why) for name, why in failed), unsent, sent)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Write in one transaction; one that need not last by itself is on the disk with the next one that does."""
        with self._lock, said(self.path), writing(self._db, lasting=lasting):
            yield self._db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, said(self.path):
            yield self._db


def form(body: Mapping[str, Any]) -> str:
    """Return what the body of a request is known by."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
