"""Which questions go into which batch: one model each, within the sizes, as long as they can be paid."""

import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.batch.money import Held
from summarizer.later.accounts import Accounts
from summarizer.later.values import Sizes

__all__ = ["plan", "spent"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A question on its way into a batch."""

    id: str
    model: str
    bytes: int
    most: Held


def plan(db: sqlite3.Connection, sizes: Sizes, accounts: Accounts) -> None:
    """Put every question that waits, and can be paid, into a batch."""
    for model, some in _files(_payable(db, accounts), sizes):
        tag, total = secrets.token_hex(12), sum(each.bytes for each in some)
        db.execute(
            "INSERT INTO later_batches (tag, model, requests, bytes, made, status) VALUES (?, ?, ?, ?, ?, 'planned')",
            (tag, model, len(some), total, time.time()),
        )
        held = (sum(each.most.tokens for each in some), sum(each.most.usd for each in some))
        db.execute("INSERT INTO later_accounts (tag, tokens, usd) VALUES (?, ?, ?)", (tag, *held))
        placed = [(tag, each.id) for each in some]
        db.executemany("UPDATE later_questions SET batch = ? WHERE id = ?", placed)


def spent(db: sqlite3.Connection) -> Held:
    """Return what batches have cost, and can cost that are not over."""
    return Held(
        *db.execute("SELECT coalesce(sum(tokens), 0), coalesce(sum(usd), 0.0) FROM later_accounts").fetchone()
    )


def _payable(db: sqlite3.Connection, accounts: Accounts) -> "list[_Line]":
    """Return the questions that wait, in the order of their batches, up to the first that is too dear."""
    held, found = spent(db), list[_Line]()
    waits = "SELECT id, model, bytes, line FROM later_questions WHERE batch IS NULL AND status IS NULL"
    for number, model, size, line in db.execute(f"{waits} ORDER BY model, rowid"):
        most = accounts.most(model, line) if accounts.budget.bounded else Held(0, 0.0)
        if not accounts.fits(held, most):
            break
        held = Held(held.tokens + most.tokens, held.usd + most.usd)
        found.append(_Line(number, model, size, most))
    return found


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
