"""What becomes of the questions of a batch that is over: answered, put back for the next one, or given up."""

import sqlite3
from collections.abc import Iterable, Mapping

from summarizer.later.lines import Told

__all__ = ["take"]

#: A question that was not taken so often is given up, with the reason of the last time.
_TRIES = 5
_GIVEN_UP = 0


def take(db: sqlite3.Connection, tag: str, answers: Iterable[Told], message: str, *, counts: bool) -> int:
    """Keep the answers of a batch, and take what has none out of it; return how many came.

    Args:
        db: the store's.
        tag: the batch's.
        answers: in any order; of several to one request the first last word counts.
        message: why questions have no answer.
        counts: whether that is a try of each of them.
    """
    reasons: dict[str, str] = {}
    for each in answers:
        if each.is_last_word:
            _answered(db, tag, each)
        else:
            reasons[each.id] = each.said if not each.status else f"status {each.status}"
    return _put_back(db, tag, reasons, message, counts=counts)


def _answered(db: sqlite3.Connection, tag: str, told: Told) -> None:
    sql = "UPDATE later_questions SET status = ?, said = ?, line = '' WHERE id = ? AND batch = ? AND status IS NULL"
    db.execute(sql, (told.status, told.said, told.id, tag))


def _put_back(db: sqlite3.Connection, tag: str, reasons: Mapping[str, str], message: str, *, counts: bool) -> int:
    """Take what has no answer out of a batch, or give it up; return how many have one."""
    sql = "SELECT id, tries FROM later_questions WHERE batch = ? AND status IS NULL"
    for number, tries in db.execute(sql, (tag,)).fetchall():
        why = reasons.get(number) or message or "its line is missing"
        given_up = (_GIVEN_UP, why) if counts and tries + 1 >= _TRIES else (None, why)
        row = (*given_up, tries + counts, number)
        db.execute("UPDATE later_questions SET batch = NULL, status = ?, said = ?, tries = ? WHERE id = ?", row)
    return int(db.execute("SELECT count(*) FROM later_questions WHERE batch = ?", (tag,)).fetchone()[0])
