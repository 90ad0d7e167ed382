"""The steps of a batch round: what is over is fetched, every article goes as far as it can, what it asks is sent."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.batch.inputs import Input, opened
from summarizer.batch.making import Asking
from summarizer.batch.run import Options
from summarizer.errors import ConfigurationError, StoreError, SummarizerError, reported
from summarizer.later import lines
from summarizer.later.accounts import Accounts
from summarizer.later.desk import LaterDesk
from summarizer.later.ledger import Ledger
from summarizer.later.values import Batch, Entry, Sizes
from summarizer.local.lock import taken

if TYPE_CHECKING:
    from summarizer.llm.batches import Batches, Remote

__all__ = ["Rounds", "desk", "fetch", "inputs", "look", "only_one", "send", "take_in"]

#: A batch whose beginning nobody heard is looked for so many seconds among the endpoint's; then it was not begun.
SETTLE_S = 900.0
#: Clocks differ; a batch is looked for among those begun up to a day before it was sent.
_CLOCKS_S = 86_400.0
#: The endpoint's queue is full: the batch cost nothing, was not looked at, and may be sent again.
_QUEUE_FULL = "token_limit_exceeded"


@dataclass(frozen=True, slots=True)
class Rounds:
    """What the steps share.

    Attributes:
        ledger: what waits.
        batches: the endpoint's Batch API.
        accounts: what batches cost, and may cost.
        settle_s: seconds after which the endpoint lists a batch that it took.
    """

    ledger: Ledger
    batches: "Batches"
    accounts: Accounts
    settle_s: float = SETTLE_S


@contextmanager
def only_one(store: Path) -> Iterator[None]:
    """Keep every other process from taking a step with this store.

    Raises:
        StoreError: one does.
    """
    store = store.resolve()
    store.parent.mkdir(parents=True, exist_ok=True)
    with store.with_name(f"{store.name}-batch.lock").open("ab") as file:
        if not taken(file):
            raise StoreError(
                f"{store}: another process submits or collects with this store", "try again when it is done"
            )
        yield


def take_in(ledger: Ledger, maker: Asking, given: Iterable[Input]) -> Iterator[tuple[str, SummarizerError]]:
    """Take articles in; yield the name of each that cannot be read, with the reason."""
    for each in opened(iter(given)):
        try:
            with reported(None):
                article = each.load()
        except SummarizerError as error:
            yield each.name, error
            continue
        key = maker.key(article)
        ledger.add(Entry(each.name, each.stem, key, article))


def inputs(ledger: Ledger, maker: Asking) -> Iterator[Input]:
    """Yield the articles that a run can take further, or has finished, as it takes them.

    Raises:
        ConfigurationError: the settings are others than when they were submitted.
    """
    first = ledger.first()
    if first is not None:
        _check(first, maker)
    for entry in ledger.entries():
        _check(entry, maker)
        yield Input(entry.name, entry.stem, partial(_itself, entry))


def _check(entry: Entry, maker: Asking) -> None:
    if maker.key(entry.article) != entry.key:
        raise ConfigurationError(
            f"{entry.name} was submitted with other settings, or another version of this program",
            "collect with the same settings file and flags, or submit again with another --store",
        )


def desk(ledger: Ledger, command: str, *, strict: bool = False) -> Options:
    """Return how a run goes that sends nothing: it answers from the ledger, and puts into it what it asks."""
    return Options(command=command, strict=strict, desk=partial(LaterDesk, ledger=ledger))


async def fetch(rounds: Rounds) -> None:
    """Take the answers of every batch that is over, once it is known which batches there are.

    Raises:
        ModelError: the endpoint does not answer.
    """
    await _find_again(rounds)
    for each in rounds.ledger.batches():
        if each.id is not None and each.ended is None:
            remote = await rounds.batches.get(each.id)
            if remote.ended:
                await _take(rounds, each, remote)
            elif remote.status != each.status:
                rounds.ledger.submitted(each.tag, remote.id, remote.status)


async def look(rounds: Rounds) -> "dict[str, Remote]":
    """Return how each batch is that was not over when it was last looked at, by its tag; nothing is changed."""
    open_ones = [each for each in rounds.ledger.batches() if each.id is not None and each.ended is None]
    return {each.tag: await rounds.batches.get(str(each.id)) for each in open_ones}


async def send(rounds: Rounds, sizes: Sizes) -> None:
    """Put every question that waits into a batch, and begin each batch that is planned; one after the other.

    Questions that the budget has no room for wait until batches that are under way have cost less than they could.

    Raises:
        BudgetError: none is under way, and there is no room.
        ConfigurationError: the endpoint has no Batch API.
        ModelError: it takes none now; what was begun is kept, and the next `send` goes on.
    """
    await _find_again(rounds)
    rounds.ledger.plan(sizes, rounds.accounts)
    for each in rounds.ledger.batches():
        if each.is_planned:
            file = await rounds.batches.upload(each.tag, rounds.ledger.lines(each.tag))
            rounds.ledger.trying(each.tag, time.time())
            begun = await rounds.batches.begin(each.tag, file, partial(rounds.ledger.trying, each.tag, None))
            rounds.ledger.submitted(each.tag, begun.id, begun.status)
    tally = rounds.ledger.tally()
    if tally.unsent and not tally.sent:
        raise rounds.accounts.refusal(rounds.ledger.spent, tally.unsent)


async def _find_again(rounds: Rounds) -> None:
    """Find the batches that may have been begun, and whose names at the endpoint nobody heard.

    One that the endpoint does not list for long enough was not begun: it is sent again.
    """
    unheard = {each.tag: each.tried or 0.0 for each in rounds.ledger.batches() if each.is_unheard}
    if not unheard:
        return
    now = time.time()
    found = await rounds.batches.find(unheard, min(unheard.values()) - _CLOCKS_S)
    for tag, tried in unheard.items():
        if tag in found:
            rounds.ledger.submitted(tag, found[tag].id, found[tag].status)
        elif now - tried >= rounds.settle_s:
            rounds.ledger.trying(tag, None)


async def _take(rounds: Rounds, batch: Batch, remote: "Remote") -> None:
    answers = [told for number in remote.files for told in lines.told(await rounds.batches.file(number))]
    why = "" if remote.status == "completed" else f"the batch is {remote.status}"
    message = f"{why}: {remote.message}" if why and remote.message else why or remote.message
    paid, counts = rounds.accounts.paid(batch.model, answers), _QUEUE_FULL not in remote.codes
    rounds.ledger.take(batch.tag, remote.status, answers, message, paid, counts=counts)


def _itself(entry: Entry) -> Article:
    return entry.article
