"""The commands ``summarizer batch submit``, ``status`` and ``collect``: a run through the Batch API, step by step."""

import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from summarizer.cli import options
from summarizer.cli.flags import (
    BaseUrl,
    Config,
    ContextTokens,
    Fetch,
    Glossaries,
    HeadlineChars,
    HeadlineWords,
    Language,
    Length,
    Listed,
    Listing,
    Model,
    Points,
    Prompts,
    Quiet,
    ReasoningEffort,
    Sentences,
    Style,
    Tasks,
    placed,
)
from summarizer.cli.help import Command
from summarizer.cli.summarize import Format
from summarizer.errors import ConfigurationError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
    from contextlib import AbstractAsyncContextManager

    from summarizer.batch.events import Event
    from summarizer.batch.inputs import Input
    from summarizer.batch.money import Budget
    from summarizer.cli.output import Sink
    from summarizer.cli.report import Report
    from summarizer.cli.running import Job
    from summarizer.config import Settings
    from summarizer.later.ledger import Batch, Ledger, Tally
    from summarizer.later.work import Work
    from summarizer.llm.batches import Remote

__all__ = ["app", "located", "through"]

_T = TypeVar("_T")

app = typer.Typer(
    help="Many articles through the Batch API: half the price, a day's patience.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
#: Seconds between two looks at batches that are waited for.
_LOOK_S = 60.0
SOME_FAILED = 6
#: What the store keeps beside settings of how articles were submitted.
_BOUNDS = ("max_cost", "max_tokens")
_NO_SETTINGS = frozenset({"config", "strict", *_BOUNDS})

StorePath = Annotated[Path, typer.Argument(metavar="STORE", help="The store of summarizer batch submit.")]
MaxCost = Annotated[
    float | None, options.kept(min=0, help="US dollars at most, of all batches; needs prices in the settings.")
]
MaxTokens = Annotated[int | None, options.kept(min=0, help="Tokens sent and received at most, of all batches.")]
Requests = Annotated[int, typer.Option(min=1, max=50_000, help="Requests in one file at most.")]


@app.command(cls=Command)
def submit(
    sources: Annotated[list[str], typer.Argument(help="Articles, as for summarizer summarize.")],
    store: Annotated[Path, options.kept(help="Keep everything in this file: articles, questions, answers, digests.")],
    to: Annotated[list[str] | None, options.written(help="Language of a brief; may be repeated.")] = None,
    language: Language = None,
    columns: Annotated[
        str | None, options.article(metavar="NAME=COLUMN,…", help="What a table calls its columns.")
    ] = None,
    fetch: Fetch = False,
    model: Model = None,
    base_url: BaseUrl = None,
    config: Config = None,
    context_tokens: ContextTokens = None,
    reasoning_effort: ReasoningEffort = None,
    trust: Annotated[
        str | None, options.checked(help="high: publish lines with a doubt beside them; low: leave them out.")
    ] = None,
    review: Annotated[str | None, options.checked(help="What is read a second time: all, doubts or none.")] = None,
    review_model: Annotated[str | None, options.checked(help="Model for the second reading.")] = None,
    max_quotes: Annotated[int | None, options.checked(help="Key quotes at most.")] = None,
    strict: Annotated[
        bool, options.written("--strict", help="Write no digest with a finding of severity error.")
    ] = False,
    prompts: Prompts = None,
    style: Style = None,
    task: Tasks = None,
    length: Length = None,
    sentences: Sentences = None,
    points: Points = None,
    headline_words: HeadlineWords = None,
    headline_chars: HeadlineChars = None,
    glossary: Glossaries = None,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    requests: Requests = 50_000,
    quiet: Quiet = False,
) -> None:
    """Take articles in and send their first questions as a batch; collect takes the answers, on any day.

    Given again, it goes on where it stopped, and adds articles. Exit codes: 0 done, 2 bad input or setting,
    3 the endpoint takes no batch now, 6 some articles could not be read.
    """
    from summarizer.batch.inputs import Columns, inputs

    flags: dict[str, Any] = {
        "model": model,
        "base_url": base_url,
        "context_tokens": context_tokens,
        "reasoning_effort": reasoning_effort,
        "trust": trust,
        "review": review,
        "review_model": review_model,
        "max_quotes": max_quotes,
        "task": placed(task),
        "length": length,
        "sentences": sentences,
        "max_key_points": points,
        "headline_words": headline_words,
        "headline_chars": headline_chars,
        "fetch": fetch or None,
        "glossary": [str(path.resolve()) for path in glossary] if glossary else None,
        "strict": strict or None,
        **located(config=config, prompts=prompts, style=style),
        **_bounds(max_cost, max_tokens),
    }
    known = {name: value for name, value in flags.items() if value is not None}
    given = inputs(tuple(sources), _settings(known), language, Columns.parse(columns or ""))
    unread = _run(_submitted(_Task(store, tuple(to or ()), known, requests), given))
    if not quiet:
        _say(store)
    if unread:
        raise typer.Exit(SOME_FAILED)


@app.command(cls=Command)
def collect(
    store: StorePath,
    out: Annotated[Path, options.written(help="Write one file per article into this folder.")],
    form: Annotated[Format, options.written("--format", help="How digests are written.")] = Format.json,
    wait: Annotated[bool, typer.Option("--wait", help="Go on until every article has its digest.")] = False,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    requests: Requests = 50_000,
    quiet: Quiet = False,
) -> None:
    """Take the answers that are there, write the digests that are whole, and send what is asked next as a batch.

    The settings are those of the submission; only the key is read anew. Give it again until nothing is under way.
    Exit codes: 0 done or under way, 2 a setting or the store, 3 the endpoint does not answer, 6 some articles failed.
    """
    task = _known(store, requests)
    task = replace(task, known={**task.known, **_bounds(max_cost, max_tokens)})
    report = _through(task, _sink_of(form, out), wait=wait)
    if not quiet:
        _tell_end(report)
        _say(store)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@app.command(cls=Command)
def status(store: StorePath, form: Listed = Listing.text) -> None:
    """Tell how far batches and articles are; nothing is taken and nothing sent.

    Exit codes: 0 done, 2 a setting or the store, 3 the endpoint does not answer.
    """
    task = _known(store)
    looked = _run(_looked(task))
    with _ledger(store) as ledger:
        tally, batches = ledger.tally(), ledger.batches()
    if form is Listing.json:
        typer.echo(_as_json(tally, batches, looked))
        return
    for line in (*_lines(tally), *(_line(each, looked.get(each.tag)) for each in batches)):
        typer.echo(line)


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
    without = job.force or flags.get("request")
    if job.out is None or job.to is None or job.kept_in is None or without:
        raise ConfigurationError(
            "--batch needs --out and a store, and does not go with --no-model, --force or --request",
            "leave them out; request fields may stand in the settings file",
        )
    bounds = _bounds(job.budget.max_usd, job.budget.max_tokens)
    known = {**{name: value for name, value in flags.items() if value is not None}, **bounds, "strict": job.strict}
    task, sink = _Task(job.kept_in, job.to, known), _sink_of(form, job.out)
    sink()  # where no digest could be written, nothing is sent and paid for
    unread = _run(_submitted(task, job.inputs()))
    report = _through(task, sink, wait=True)
    if not quiet:
        _tell_end(report)
        _say(task.store)
    return report.exit_code or (SOME_FAILED if unread else 0)


def _through(task: "_Task", sink: "Callable[[], Sink]", *, wait: bool) -> "Report":
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


def _until_one_is_over(task: "_Task") -> None:
    """Wait until a batch is over; an endpoint that does not answer for a while is waited for, too."""
    from summarizer.errors import ModelUnavailableError

    while True:
        time.sleep(_LOOK_S)
        with suppress(ModelUnavailableError):
            looked = _run(_looked(task))
            if not looked or any(each.ended for each in looked.values()):
                return


@dataclass(frozen=True, slots=True)
class _Task:
    """What a step is about: the store, the languages, the settings that were given, and the requests in a file."""

    store: Path
    to: tuple[str, ...]
    known: "Mapping[str, Any]"
    requests: int = 50_000


def _settings(known: "Mapping[str, Any]") -> "Settings":
    from summarizer import config as configuration

    file = known.get("config")
    flags = {name: value for name, value in known.items() if name not in _NO_SETTINGS}
    return configuration.load(flags, Path(file) if file else None)


def located(**named: Path | None) -> dict[str, str | None]:
    """Return where files and folders are, as the store keeps it: whoever collects may stand in another folder."""
    return {name: str(path.resolve()) if path else None for name, path in named.items()}


def _bounds(max_cost: float | None, max_tokens: int | None) -> dict[str, float | int]:
    """Return what was given of a budget, by the names under which the store keeps it."""
    return {name: most for name, most in zip(_BOUNDS, (max_cost, max_tokens), strict=True) if most is not None}


def _budget(known: "Mapping[str, Any]") -> "Budget":
    from summarizer.batch.money import Budget

    return Budget(*(known.get(name) for name in _BOUNDS))


def _ledger(store: Path) -> "Ledger":
    from summarizer.later.ledger import Ledger

    return Ledger(store)


def _known(store: Path, requests: int = 50_000) -> _Task:
    """Return what was submitted with a store.

    Raises:
        StoreError: nothing was.
    """
    if not store.is_file():
        raise StoreError(f"{store}: there is no store here", "check the path")
    with _ledger(store) as ledger:
        submitted = ledger.submitted_with
    if submitted is None:
        raise StoreError(f"{store}: nothing was submitted with this store", "begin with summarizer batch submit")
    return _Task(store, *submitted, requests)


def _run(step: "Coroutine[Any, Any, _T]") -> _T:
    import asyncio

    return asyncio.run(step)


def _opened(task: _Task) -> "AbstractAsyncContextManager[Work]":
    from summarizer.later.work import opened

    known = task.known
    strict = bool(known.get("strict"))
    return opened(_settings(known), task.to, task.store, _budget(known), strict=strict)


async def _submitted(task: _Task, given: "Iterable[Input]") -> int:
    """Take articles in and send what they ask; return how many could not be read."""
    from summarizer.cli.telling import tell
    from summarizer.later.ledger import Sizes

    unread = 0
    async with _opened(task) as work:
        for name, error in work.take_in(given, task.known):
            unread += 1
            tell(error, name)
        async for _ in work.step(Sizes(requests=task.requests)):
            pass  # what is whole already is written by whoever collects
    return unread


async def _collected(task: _Task, sink: "Sink", report: "Report") -> None:
    from summarizer.later.ledger import Sizes

    async with _opened(task) as work:
        async for event in work.step(Sizes(requests=task.requests)):
            _write(event, sink, report)


async def _looked(task: _Task) -> "Mapping[str, Remote]":
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


def _sink_of(form: Format, out: Path) -> "Callable[[], Sink]":
    """Return what makes the place of a step's digests: each step writes all that are whole."""
    from summarizer.cli.output import Folder
    from summarizer.cli.page import PageFolder

    if form is Format.html:
        return lambda: PageFolder(out, ())
    return lambda: Folder(out, "json" if form is Format.auto else form.value, ())


def _tally(store: Path) -> "Tally":
    with _ledger(store) as ledger:
        return ledger.tally()


def _waiting(store: Path) -> bool:
    tally = _tally(store)
    return bool(tally.unsent or tally.sent)


def _say(store: Path) -> None:
    """Tell on standard error how far everything is, and what to do next."""
    tally = _tally(store)
    for line in _lines(tally):
        typer.echo(f"summarizer: {line}", err=True)
    with _ledger(store) as ledger:
        for each in filter(lambda batch: batch.is_unheard, ledger.batches()):
            typer.echo(f"summarizer: a batch of {each.requests:,} questions: {_unheard(each)}", err=True)
    if tally.sent or tally.unsent:
        typer.echo(f"summarizer: collect, today or tomorrow: summarizer batch collect {store} --out FOLDER", err=True)


def _tell_end(report: "Report") -> None:
    """Tell what failed in this step."""
    for _, _, told in report.failures:
        typer.echo(f"summarizer: failed: {told}", err=True)


def _lines(tally: "Tally") -> "Iterator[str]":
    from summarizer.article.line import one_line

    failed = len(tally.failed)
    waiting = max(tally.articles - tally.done - failed, 0)
    yield f"{tally.articles:,} articles: {tally.done:,} done, {failed:,} failed, {waiting:,} waiting"
    yield f"{tally.sent:,} questions are in batches, {tally.unsent:,} are still to be sent"
    for name, why in tally.failed:
        yield one_line(f"failed: {name}: {why}")


def _line(batch: "Batch", remote: "Remote | None") -> str:
    from summarizer.article.line import one_line

    status = remote.status if remote else batch.status
    done = remote.done if remote else batch.answered or 0
    number = batch.id or (_unheard(batch) if batch.is_unheard else "not begun")
    parts = [number, batch.model, status, f"{done:,} of {batch.requests:,} answered"]
    parts += ["to be collected"] if remote and remote.ended else []
    return one_line(" · ".join([*parts, *([batch.message] if batch.message else [])]))


def _unheard(batch: "Batch") -> str:
    """Return what is known of a batch whose beginning nobody heard."""
    from summarizer.later.rounds import SETTLE_S

    until = time.strftime("%H:%M", time.localtime((batch.tried or 0.0) + SETTLE_S))
    return f"begun or not, nobody heard; looked for at the endpoint until {until}, and then sent again"


def _as_json(tally: "Tally", batches: "list[Batch]", looked: "Mapping[str, Remote]") -> str:
    import json

    shown = [
        {**asdict(each), "status": looked[each.tag].status if each.tag in looked else each.status} for each in batches
    ]
    return json.dumps({**asdict(tally), "batches": shown}, ensure_ascii=False)
