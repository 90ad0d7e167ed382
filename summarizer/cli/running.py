"""One run of the command: its events become files or lines, its progress a note, its end a report."""

import asyncio
import signal
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarizer.batch.events import Asked, Counts, Ended, Event, Failed, Finished, Started, Waiting
from summarizer.batch.inputs import Columns, inputs, read_ahead
from summarizer.batch.money import Budget
from summarizer.batch.run import Options, run
from summarizer.batch.store import Store, default_path
from summarizer.cli.report import Report, counted, so_far, span
from summarizer.cli.telling import tell
from summarizer.errors import ConfigurationError, SummarizerError, reported

if TYPE_CHECKING:
    from summarizer.batch.inputs import Input
    from summarizer.cli.output import Sink
    from summarizer.cli.terminal import Notes
    from summarizer.config import Settings
    from summarizer.digest import Digest

__all__ = ["Job", "Running"]


@dataclass(frozen=True, slots=True)
class Job:
    """What the command was told to do.

    Attributes:
        settings: of this run.
        sources: files, folders, patterns, tables, ``-``.
        total: how many articles they give; None where only reading them would tell.
        language: of all articles; None to find it out.
        columns: what tables call what we need.
        to: target languages; None for the rules alone.
        out: folder of the digests; None for standard output.
        store: file of the store; None for the usual one.
        keep: whether there is a store at all.
        force: ask anew for what it has.
        strict: write no digest with an error.
        budget: what may be spent.
        debug: show where in this program an article failed.
    """

    settings: "Settings"
    sources: tuple[str, ...]
    total: int | None
    language: str | None
    columns: Columns
    to: tuple[str, ...] | None
    out: Path | None
    store: Path | None
    keep: bool
    force: bool
    strict: bool
    budget: Budget
    debug: bool

    @property
    def several(self) -> bool:
        """Whether this is more than one article, as far as anybody knows."""
        return self.total != 1

    @property
    def kept_in(self) -> Path | None:
        """The file of the store; None where nothing is kept: one article for the screen, or the rules alone."""
        if not self.keep or self.to is None:
            return None
        wanted = self.out is not None or self.several
        return self.store or (default_path(self.out) if wanted else None)

    def inputs(self) -> "Iterator[Input]":
        """Return the articles to come."""
        return inputs(self.sources, self.settings, self.language, self.columns)


class Running:
    """Carries out a job.

    Args:
        job: what to do.
        sink: where digests go.
        said: where progress goes.
        told: whether the end is told in words.
    """

    def __init__(self, job: Job, sink: "Sink", said: "Notes", *, told: bool) -> None:
        self._job = job
        self._sink = sink
        self._said = said
        self._told = told
        self._stop = asyncio.Event()
        self._counts = Counts(total=job.total)
        self._began = time.monotonic()
        self._answered = job.to is None
        self.report = Report(job.total, job.kept_in)

    def run(self) -> int:
        """Carry it out and return the exit code.

        Raises:
            ConfigurationError: nothing could be begun.
            BrokenPipeError: whoever reads the digests has enough.
        """
        try:
            if self._job.to is None:
                with Store(None) as store:
                    self._rule(self._job.inputs(), store)
            else:
                self._ask(self._job.to)
        except asyncio.CancelledError:
            self.report.interrupted = True
        self._said.clear()
        self._sink.end()
        self.report.seconds = time.monotonic() - self._began
        if self._told and self._job.several:
            for line in self.report.lines():
                typer.echo(line, err=True)
        return self.report.exit_code

    def _rule(self, given: "Iterator[Input]", store: Store) -> None:
        from summarizer.batch.making import Ruling

        made = run(Ruling(self._job.settings), given, store, self._options)
        asyncio.run(self._follow(made, _nothing))

    def _ask(self, to: tuple[str, ...]) -> None:
        """Ask a model, once there is something to ask about: to start one may take a fetch of a gigabyte."""
        from summarizer.llm import connect
        from summarizer.pipeline import Summarizer

        settings = self._job.settings
        with Store(self._job.kept_in) as store, Summarizer(settings, self._progress) as summarizer:
            self._job.budget.check(connect.models(settings), settings)
            given, readable = read_ahead(self._job.inputs())
            if not readable:
                self._rule(given, store)  # which tells why each cannot be read
                return
            # not in the loop: a fetch or start that is interrupted here stops at once
            summarizer.connect()
            made = summarizer.run(given, to, store, self._options)
            asyncio.run(self._follow(made, summarizer.aclose_connections))

    @property
    def _options(self) -> Options:
        return Options(
            force=self._job.force,
            strict=self._job.strict,
            budget=self._job.budget,
            total=self._job.total,
            command=f"summarize {' '.join(self._job.sources)}",
            in_order=self._job.out is None,
            stop=self._stop,
        )

    async def _follow(self, events: AsyncGenerator[Event, None], after: Callable[[], object]) -> None:
        try:
            with _interrupts(self._interrupted):
                async with aclosing(events) as all_of_them:
                    async for event in all_of_them:
                        self._on(event)
        finally:
            if asyncio.iscoroutine(closing := after()):
                await closing

    def _on(self, event: Event) -> None:
        self._counts = event.counts
        self.report.cost = event.counts.cost
        match event:
            case Started():
                self._sink.begin(event)
            case Asked(call=call):
                self._answered = self._answered or call.error is None
            case Finished():
                self._finished(event)
            case Failed():
                self._failed(event)
            case Waiting():
                self._said.tally(f"waiting {span(event.seconds)}: {event.why}")
                return
            case Ended():
                self.report.end(event)
                return
        self._show()

    def _finished(self, event: Finished) -> None:
        if self._written(event.number, event.name, event.digest):
            self.report.done(event)

    def _failed(self, event: Failed) -> None:
        if event.digest is None:
            self._sink.skip(event.number)
        else:
            self._written(event.number, event.name, event.digest)
        self._fail(event.name, event.error)

    def _fail(self, name: str, error: SummarizerError) -> None:
        """Say at once what failed; for a reason that was said already, its name comes with the end."""
        known = self._told and self._job.several and self.report.has_said(error)
        self.report.fail(name, error)
        if not known:
            self._said.clear()
            tell(error, name, self._job.settings if self._job.debug else None)

    def _written(self, number: int, name: str, digest: "Digest") -> bool:
        """Write a digest; where that is not possible at all, take no further article."""
        self._said.clear()
        try:
            with reported(digest.article.id):
                self._sink.write(number, digest)
        except ConfigurationError as error:
            self._stop.set()
            self.report.why = self.report.why or error
            self._fail(name, error)
        except SummarizerError as error:
            self._fail(name, error)
        else:
            return True
        return False

    def _interrupted(self) -> None:
        """Finish what is under way; stop at once when asked again, and where nothing was answered yet."""
        self.report.interrupted = True
        if self._stop.is_set() or not self._answered:
            for task in asyncio.all_tasks():
                task.cancel()
            return
        self._stop.set()
        self._said.clear()
        under_way = counted(self._counts.under_way, "article")
        typer.echo(f"summarizer: finishing {under_way} under way; press Ctrl-C again to stop at once", err=True)

    def _progress(self, message: str, done: int, total: int) -> None:
        """Pass on what the summarizer does: every step of one article, of several only what comes before them."""
        if not self._job.several or total or not self._counts.under_way:
            self._said.progress(message, done, total)

    def _show(self) -> None:
        if self._job.several:
            self._said.tally(self._line())

    def _line(self) -> str:
        counts, minutes = self._counts, max(time.monotonic() - self._began, 0.001) / 60
        ended = counts.done + counts.failed
        of = "" if counts.total is None else f" of {counts.total:,}"
        parts = [
            f"{counts.done:,} done, {counts.failed:,} failed, {counts.under_way:,} under way{of}",
            f"{ended / minutes:,.0f} a minute",
            so_far(counts.cost),
        ]
        made = ended - counts.cached
        if counts.total is not None and made:
            parts.append(f"{span((counts.total - ended) * minutes * 60 / made)} left")
        return " · ".join(parts)


def _nothing() -> None:
    """There are no connections to close."""


@contextmanager
def _interrupts(heard: Callable[[], None]) -> Iterator[None]:
    """Have Ctrl-C heard in the running loop, where the system can do that and it is not ignored."""
    loop = asyncio.get_running_loop()
    added = False
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGINT, heard)
            added = True
    try:
        yield
    finally:
        if added:
            loop.remove_signal_handler(signal.SIGINT)
