"""The steps of a run through the Batch API: submit, look, collect, on any day and by any process."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from summarizer.cli.flags import Format
from summarizer.errors import ConfigurationError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping
    from contextlib import AbstractAsyncContextManager

    from summarizer.batch.events import Event
    from summarizer.batch.inputs import Input
    from summarizer.batch.money import Budget
    from summarizer.cli.output import Sink
    from summarizer.cli.report import Report
    from summarizer.cli.running import Job
    from summarizer.config import Settings
    from summarizer.later.ledger import Ledger
    from summarizer.later.values import Batch, Tally
    from summarizer.later.work import Work
    from summarizer.llm.batches import Remote

__all__ = ["SOME_FAILED", "Task", "bounds", "collect", "kept", "located", "look", "settings", "sink_of", "state",
           "submit", "submitted", "through"]  # fmt: skip

_T = TypeVar("_T")

#: Seconds between two looks at batches that are waited for.
_LOOK_S = 60.0
SOME_FAILED = 6
#: What the store keeps beside settings of how articles were submitted.
_BOUNDS = ("max_cost", "max_tokens")
_NO_SETTINGS = frozenset({"config", "strict", *_BOUNDS})


@dataclass(frozen=True, slots=True)
class Task:
    """What a step is about: the store, the languages, the settings that were given, and the requests in a file."""

    store: Path
    to: tuple[str, ...]
    known: "Mapping[str, Any]"
    requests: int = 50_000


def submit(task: Task, given: "Iterable[Input]") -> int:
    """Take articles in and send what they ask; return how many could not be read."""
    return _run(_submitted(task, given))


def look(task: Task) -> "Mapping[str, Remote]":
    """Return how each batch is at the endpoint that is not collected yet, by its tag."""
    return _run(_looked(task))


def state(store: Path) -> "tuple[Tally, list[Batch]]":
    """Return what the store knows: counts, and every batch."""
    with _ledger(store) as ledger:
        return ledger.tally(), ledger.batches()


def through(job: "Job", flags: "Mapping[str, Any]", form: Format, *, quiet: bool) -> int:
    """Carry out what ``summarize`` was told through batches, and wait for them; return the exit code.

    Args:
        job: what it was told.
        flags: the settings among it, for whoever collects where this process does not come to the end.
        form: how digests are written.
        quiet: say nothing of how it went.

    Raises:
        ConfigurationError: there is nowhere to write to, or something that batches do not have is wanted.
    """
    from summarizer.cli.later import words

    without = job.force or flags.get("request")
    if job.out is None or job.to is None or job.kept_in is None or without:
        raise ConfigurationError(
            "--batch needs --out and a store, and does not go with --no-model, --force or --request",
            "leave them out; request fields may stand in the settings file",
        )
    known = {**kept(flags), **bounds(job.budget.max_usd, job.budget.max_tokens), "strict": job.strict}
    task, sink = Task(job.kept_in, job.to, known), sink_of(form, job.out)
    sink()  # where no digest could be written, nothing is sent and paid for
    unread = submit(task, job.inputs())
    report = collect(task, sink, wait=True)
    if not quiet:
        words.tell_failed(report)
        words.tell_state(task.store)
    return report.exit_code or (SOME_FAILED if unread else 0)


def collect(task: Task, sink: "Callable[[], Sink]", *, wait: bool) -> "Report":
    """Collect once, or until nothing is under way; return how it ended, with everything that failed meanwhile."""
    from summarizer.cli.report import Report

    failed = []
    while True:
        report, into = Report(None, task.store), sink()
        _run(_collected(task, into, report))
        into.end()
        failed += report.failures
        if not (wait and _waiting(task.store)):
            report.failures = failed
            return report
        _until_one_is_over(task)


def _until_one_is_over(task: Task) -> None:
    """Wait until a batch is over; an endpoint that does not answer for a while is waited for, too."""
    from summarizer.errors import ModelUnavailableError

    while True:
        time.sleep(_LOOK_S)
        with suppress(ModelUnavailableError):
            looked = look(task)
            if not looked or any(each.ended for each in looked.values()):
                return


def settings(known: "Mapping[str, Any]") -> "Settings":
    """Return the settings of a submission.

    Raises:
        ConfigurationError: one is wrong.
    """
    from summarizer import config as configuration

    file = known.get("config")
    flags = {name: value for name, value in known.items() if name not in _NO_SETTINGS}
    return configuration.load(flags, Path(file) if file else None)


def kept(flags: "Mapping[str, Any]") -> dict[str, Any]:
    """Return what was given of flags, as the store keeps it."""
    return {name: value for name, value in flags.items() if value is not None}


def located(**named: Path | None) -> dict[str, str | None]:
    """Return where files and folders are, as the store keeps it: whoever collects may stand in another folder."""
    return {name: str(path.resolve()) if path else None for name, path in named.items()}


def bounds(max_cost: float | None, max_tokens: int | None) -> dict[str, float | int]:
    """Return what was given of a budget, by the names under which the store keeps it."""
    return {name: most for name, most in zip(_BOUNDS, (max_cost, max_tokens), strict=True) if most is not None}


def _budget(known: "Mapping[str, Any]") -> "Budget":
    from summarizer.batch.money import Budget

    return Budget(*(known.get(name) for name in _BOUNDS))


def _ledger(store: Path) -> "Ledger":
    from summarizer.later.ledger import Ledger

    return Ledger(store)


def submitted(store: Path, requests: int = 50_000) -> Task:
    """Return what was submitted with a store.

    Raises:
        StoreError: nothing was.
    """
    if not store.is_file():
        raise StoreError(f"{store}: there is no store here", "check the path")
    with _ledger(store) as ledger:
        with_what = ledger.submitted_with
    if with_what is None:
        raise StoreError(f"{store}: nothing was submitted with this store", "begin with summarizer batch submit")
    return Task(store, *with_what, requests)


def _run(step: "Coroutine[Any, Any, _T]") -> _T:
    import asyncio

    return asyncio.run(step)


def _opened(task: Task) -> "AbstractAsyncContextManager[Work]":
    from summarizer.later.work import opened

    known = task.known
    strict = bool(known.get("strict"))
    return opened(settings(known), task.to, task.store, _budget(known), strict=strict)


async def _submitted(task: Task, given: "Iterable[Input]") -> int:
    """Take articles in and send what they ask; return how many could not be read."""
    from summarizer.cli.telling import tell
    from summarizer.later.values import Sizes

    unread = 0
    async with _opened(task) as work:
        for name, error in work.take_in(given, task.known):
            unread += 1
            tell(error, name)
        async for _ in work.step(Sizes(requests=task.requests)):
            pass  # what is whole already is written by whoever collects
    return unread


async def _collected(task: Task, sink: "Sink", report: "Report") -> None:
    from summarizer.later.values import Sizes

    async with _opened(task) as work:
        async for event in work.step(Sizes(requests=task.requests)):
            _write(event, sink, report)


async def _looked(task: Task) -> "Mapping[str, Remote]":
    async with _opened(task) as work:
        return await work.look()


def _write(event: "Event", sink: "Sink", report: "Report") -> None:
    """Write a digest that is whole, and count what happened."""
    from summarizer.batch.events import Ended, Failed, Finished, Started

    match event:
        case Started():
            sink.begin(event)
        case Finished():
            sink.write(event.number, event.digest)
            report.done(event)
        case Failed():
            report.fail(event.name, event.error)
            if event.digest is not None:
                sink.write(event.number, event.digest)
            else:
                sink.skip(event.number)
        case Ended():
            report.cost = event.counts.cost
            report.end(event)
        case _:
            pass  # of no file


def sink_of(form: Format, out: Path) -> "Callable[[], Sink]":
    """Return what makes the place of a step's digests: each step writes all that are whole."""
    from summarizer.cli.output import Folder
    from summarizer.cli.page import PageFolder

    if form is Format.html:
        return lambda: PageFolder(out, ())
    return lambda: Folder(out, "json" if form is Format.auto else form.value, ())


def _waiting(store: Path) -> bool:
    tally, _ = state(store)
    return bool(tally.unsent or tally.sent)
