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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter

from summarizer.article import Article
from summarizer.batch.database import opened, said, writing
from summarizer.batch.money import Held
from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.later import lines
from summarizer.later.accounts import Accounts
from summarizer.later.lines import Told

__all__ = ["Batch", "Entry", "Ledger", "Question", "Sizes", "Tally", "form"]

#: A question that was not taken so often is given up, with the reason of the last time.
_TRIES = 5
_GIVEN_UP = 0
_BUSY_S = 30.0
_TABLES = """
CREATE TABLE IF NOT EXISTS later_work (
    one INTEGER PRIMARY KEY CHECK (one = 1), targets TEXT NOT NULL, flags TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS later_articles (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, stem TEXT NOT NULL, article TEXT NOT NULL,
    failed TEXT, UNIQUE (key, name)
);
CREATE TABLE IF NOT EXISTS later_questions (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, question TEXT NOT NULL, number INTEGER NOT NULL, model TEXT NOT NULL,
    form TEXT NOT NULL, line TEXT NOT NULL, bytes INTEGER NOT NULL, batch TEXT, tries INTEGER NOT NULL DEFAULT 0,
    status INTEGER, said TEXT, UNIQUE (key, question, number)
);
CREATE INDEX IF NOT EXISTS later_questions_of_a_batch ON later_questions (batch);
CREATE TABLE IF NOT EXISTS later_batches (
    tag TEXT PRIMARY KEY, model TEXT NOT NULL, requests INTEGER NOT NULL, bytes INTEGER NOT NULL, made REAL NOT NULL,
    tried REAL, id TEXT, status TEXT NOT NULL, message TEXT, answered INTEGER, ended REAL
);
CREATE TABLE IF NOT EXISTS later_accounts (tag TEXT PRIMARY KEY, tokens INTEGER NOT NULL, usd REAL NOT NULL);
"""
_ARTICLE = TypeAdapter(Article)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that was given.

    Attributes:
        name: as the user knows it.
        stem: for the name of a file.
        key: of its result in the store.
        article: itself.
    """

    name: str
    stem: str
    key: str
    article: Article


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a question, the first or one after an answer that did not fit.

    Attributes:
        id: by which its answer is known.
        form: SHA-256 of its body, hexadecimal.
        batch: the tag of the batch that it is in; None where it is in none.
        status: of its answer; None while there is none, 0 where it was given up.
        said: the answer's body; why it was given up.
    """

    id: str
    form: str
    batch: str | None
    status: int | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of requests to one model.

    Attributes:
        tag: our own name for it, by which it is found again at the endpoint.
        model: who is asked.
        requests: lines in it.
        bytes: of all lines.
        made: when, in seconds since 1970.
        tried: when the endpoint was asked to begin it; None where it never was, or has said that it did not.
        id: the endpoint's name for it; None while that is not known.
        status: the endpoint's word, ``planned`` before there is one.
        message: what the endpoint says is wrong.
        answered: requests with a last word; None while it is not over.
        ended: when it was collected, in seconds since 1970.
    """

    tag: str
    model: str
    requests: int
    bytes: int
    made: float
    tried: float | None
    id: str | None
    status: str
    message: str | None
    answered: int | None
    ended: float | None

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be begun."""
        return self.id is None and self.tried is None and self.ended is None

    @property
    def is_unheard(self) -> bool:
        """Whether it may have been begun or not: the endpoint was asked, and nobody heard its answer."""
        return self.id is None and self.tried is not None


@dataclass(frozen=True, slots=True)
class Sizes:
    """What one file may hold.

    Attributes:
        requests: lines at most, from 1 to 50,000.
        bytes: at most, 200 MB.
    """

    requests: int = lines.MOST_REQUESTS
    bytes: int = lines.MOST_BYTES


@dataclass(frozen=True, slots=True)
class Tally:
    """How far everything is.

    Attributes:
        articles: given in all.
        done: of these, with a digest.
        failed: given up, each name with its reason.
        unsent: questions that are in no batch yet.
        sent: questions in a batch that is not collected.
    """

    articles: int
    done: int
    failed: tuple[tuple[str, str], ...]
    unsent: int
    sent: int


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
            for statement in filter(str.strip, _TABLES.split(";")):
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
        written = _ARTICLE.dump_json(entry.article).decode()
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
                row = db.execute(_NEXT, (last,)).fetchone()
            if row is None:
                return
            last = row[0]
            yield _entry(row)

    def first(self) -> Entry | None:
        """Return the first article that was given and has not failed; None where there is none."""
        with self._reading() as db:
            row = db.execute(_FIRST).fetchone()
        return _entry(row) if row else None

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
            for model, some in _files(self._payable(db, accounts), sizes):
                tag, total = secrets.token_hex(12), sum(each.bytes for each in some)
                db.execute(
                    "INSERT INTO later_batches (tag, model, requests, bytes, made, status) "
                    "VALUES (?, ?, ?, ?, ?, 'planned')",
                    (tag, model, len(some), total, time.time()),
                )
                held = (sum(each.most.tokens for each in some), sum(each.most.usd for each in some))
                db.execute("INSERT INTO later_accounts (tag, tokens, usd) VALUES (?, ?, ?)", (tag, *held))
                placed = [(tag, each.id) for each in some]
                db.executemany("UPDATE later_questions SET batch = ? WHERE id = ?", placed)

    @property
    def spent(self) -> Held:
        """What batches have cost, and can cost that are not over."""
        with self._reading() as db:
            return _spent(db)

    def batches(self) -> list[Batch]:
        """Return all batches, the oldest first."""
        with self._reading() as db:
            return [Batch(*row) for row in db.execute(_ALL_BATCHES)]

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
            reasons: dict[str, str] = {}
            for each in answers:
                if each.is_last_word:
                    self._answered(db, tag, each)
                else:
                    reasons[each.id] = each.said if not each.status else f"status {each.status}"
            came = self._put_back(db, tag, reasons, message, counts=counts)
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

    @staticmethod
    def _payable(db: sqlite3.Connection, accounts: Accounts) -> "list[_Line]":
        """Return the questions that wait, in the order of their batches, up to the first that is too dear."""
        spent, found = _spent(db), list[_Line]()
        waits = "SELECT id, model, bytes, line FROM later_questions WHERE batch IS NULL AND status IS NULL"
        for number, model, size, line in db.execute(f"{waits} ORDER BY model, rowid"):
            most = accounts.most(model, line) if accounts.budget.bounded else Held(0, 0.0)
            if not accounts.fits(spent, most):
                break
            spent = Held(spent.tokens + most.tokens, spent.usd + most.usd)
            found.append(_Line(number, model, size, most))
        return found

    @staticmethod
    def _answered(db: sqlite3.Connection, tag: str, told: Told) -> None:
        sql = (
            "UPDATE later_questions SET status = ?, said = ?, line = '' WHERE id = ? AND batch = ? AND status IS NULL"
        )
        db.execute(sql, (told.status, told.said, told.id, tag))

    @staticmethod
    def _put_back(db: sqlite3.Connection, tag: str, reasons: Mapping[str, str], message: str, *, counts: bool) -> int:
        """Take what has no answer out of a batch, or give it up; return how many have one."""
        sql = "SELECT id, tries FROM later_questions WHERE batch = ? AND status IS NULL"
        for number, tries in db.execute(sql, (tag,)).fetchall():
            why = reasons.get(number) or message or "its line is missing"
            given_up = (_GIVEN_UP, why) if counts and tries + 1 >= _TRIES else (None, why)
            row = (*given_up, tries + counts, number)
            db.execute("UPDATE later_questions SET batch = NULL, status = ?, said = ?, tries = ? WHERE id = ?", row)
        return int(db.execute("SELECT count(*) FROM later_questions WHERE batch = ?", (tag,)).fetchone()[0])

    @contextmanager
    def _writing(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Write in one transaction; one that need not last by itself is on the disk with the next one that does."""
        with self._lock, said(self.path), writing(self._db, lasting=lasting):
            yield self._db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, said(self.path):
            yield self._db


_FIRST = "SELECT id, name, stem, key, article FROM later_articles WHERE failed IS NULL ORDER BY id LIMIT 1"
_NEXT = """
    SELECT id, name, stem, key, article FROM later_articles AS given WHERE failed IS NULL AND id > ? AND (
        NOT EXISTS (SELECT 1 FROM later_questions AS asked WHERE asked.key = given.key)
        OR EXISTS (SELECT 1 FROM later_questions AS asked WHERE asked.key = given.key AND status IS NOT NULL)
    ) ORDER BY id LIMIT 1
"""
_ALL_BATCHES = (
    "SELECT tag, model, requests, bytes, made, tried, id, status, message, answered, ended FROM later_batches "
    "ORDER BY made, rowid"
)


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(row[1], row[2], row[3], _ARTICLE.validate_json(row[4]))


def form(body: Mapping[str, Any]) -> str:
    """Return what the body of a request is known by."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Line:
    """A question on its way into a batch."""

    id: str
    model: str
    bytes: int
    most: Held


def _spent(db: sqlite3.Connection) -> Held:
    return Held(
        *db.execute("SELECT coalesce(sum(tokens), 0), coalesce(sum(usd), 0.0) FROM later_accounts").fetchone()
    )


def _files(lines: Iterable[_Line], sizes: Sizes) -> Iterator[tuple[str, list[_Line]]]:
    """Yield files, each as its model and its lines, which come sorted by model."""
    some: list[_Line] = []
    total = 0
    for line in lines:
        full = len(some) >= sizes.requests or total + line.bytes > sizes.bytes
        if some and (full or line.model != some[0].model):
            yield some[0].model, some
            some, total = [], 0
        some.append(line)
        total += line.bytes
    if some:
        yield some[0].model, some
