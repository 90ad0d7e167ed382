"""A run of the command on Ray: many machines write Parquet files, this one counts and tells."""

import sys
import time
from contextlib import closing, redirect_stdout
from typing import TYPE_CHECKING, Any

import typer

from summarizer import errors
from summarizer.batch.money import Cost
from summarizer.batch.rows import is_table
from summarizer.batch.sources import found
from summarizer.cli.report import Report, amount, span
from summarizer.cli.telling import tell
from summarizer.errors import BudgetError, ConfigurationError, SummarizerError, UnexpectedError

if TYPE_CHECKING:
    from pathlib import Path

    from summarizer.cli.running import Job
    from summarizer.cli.terminal import Notes

__all__ = ["Counting", "check", "paths"]


def check(job: "Job", form: str) -> "Path":
    """Return the folder of the digests.

    Raises:
        ConfigurationError: a flag that says something else than many machines can do.
    """
    if job.out is None:
        raise ConfigurationError("--ray needs a folder for its Parquet files", "add --out digests/")
    if form != "auto":
        raise ConfigurationError(f"--ray writes Parquet, not {form}", "leave out --format")
    folder = "the folder of the digests is the store"
    refused = {
        "--store": (job.store is not None, folder, "leave out --store"),
        "--no-store": (not job.keep, folder, "leave out --no-store"),
        "--force": (job.force, folder, "name a new folder with --out, and everything is asked anew"),
        "--no-model": (job.to is None, "it is faster on one machine", "leave out --ray"),
    }
    for flag, (given, why, advice) in refused.items():
        if given:
            raise ConfigurationError(f"{flag} and --ray do not go together: {why}", advice)
    return job.out


def paths(job: "Job") -> list[str]:
    """Return the tables that are named.

    Raises:
        ConfigurationError: something else is.
    """
    named = list(found(job.sources))
    for path, problem in named:
        if problem is not None:
            raise ConfigurationError(str(problem))
        if not is_table(_path(path)):
            told = f"{path}: with --ray articles come in tables: .parquet, .jsonl or .csv"
            raise ConfigurationError(told, "name the tables of a folder with a pattern: 'articles/*.parquet'")
    return [path for path, _ in named]


class Counting:
    """Follows a run on Ray.

    Args:
        job: what to do.
        said: where progress goes.
        told: whether failures and the end are told in words.
    """

    def __init__(self, job: "Job", said: "Notes", *, told: bool) -> None:
        self._job = job
        self._said = said
        self._told = told
        self._began = time.monotonic()
        self.report = Report(job.total, None)

    def run(self, address: str, out: "Path") -> int:
        """Carry it out and return the exit code.

        Args:
            address: of the cluster, or ``local``.
            out: folder of the digests.

        Raises:
            ConfigurationError: nothing could be begun.
            StoreError: a file in the folder cannot be read.
        """
        from summarizer import ray

        listed = paths(self._job)
        # Ray prints what became of a worker to standard output, where only results belong
        with redirect_stdout(sys.stderr), ray.joined(address):
            output, there = ray.begin(out)
            self._said.progress(f"{there:,} digests are in {out}", 0, 0)
            rows = ray.tables(listed, self._job.settings, self._job.columns)
            job = self._job
            work = ray.Work(job.language, strict=job.strict, budget=job.budget, total=job.total)
            try:
                self._follow(ray.kept(rows, self._job.settings, self._job.to or (), output, work))
            except KeyboardInterrupt:
                self.report.interrupted = True
        return self._end()

    def _follow(self, receipts: Any) -> None:
        """Count what is told until there is no more, or it makes no sense to go on."""
        batches = receipts.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)
        try:
            with closing(iter(batches)) as some:
                for batch in some:
                    for receipt in batch.to_pylist():
                        self._count(receipt)
                    self._said.tally(self._line())
                    if self.report.why is not None:
                        return
        except Exception as error:
            raise _ours(error) from error

    def _count(self, receipt: dict[str, Any]) -> None:
        self.report.cost += Cost(**receipt["cost"])
        error, name = _error(receipt["error"]), receipt["name"]
        if receipt["outcome"] == "left":
            self.report.why = self.report.why or error
        elif error is not None:
            self._fail(name, error)
            if isinstance(error, BudgetError):
                self.report.why = self.report.why or error  # the next article would end in the same way
        else:
            self.report.count(name, cached=receipt["outcome"] == "had", wrong=receipt["wrong"])

    def _fail(self, name: str, error: SummarizerError) -> None:
        known = self._told and self.report.has_said(error)
        self.report.fail(name, error)
        if not known:
            self._said.clear()
            tell(error, name)

    def _end(self) -> int:
        self._said.clear()
        self.report.seconds = time.monotonic() - self._began
        if self.report.why is None and not self.report.interrupted:
            self.report.total = self.report.written + len(self.report.failures)
        if self._told:
            for line in self.report.lines():
                typer.echo(line, err=True)
        return self.report.exit_code

    def _line(self) -> str:
        report, minutes = self.report, max(time.monotonic() - self._began, 0.001) / 60
        ended = report.written + len(report.failures)
        of = "" if report.total is None else f" of {report.total:,}"
        parts = [
            f"{report.written:,} done, {len(report.failures):,} failed{of}",
            f"{ended / minutes:,.0f} a minute",
            amount(report.cost),
        ]
        made = ended - report.cached
        if report.total is not None and made:
            parts.append(f"{span((report.total - ended) * minutes * 60 / made)} left")
        return " · ".join(parts)


def _path(path: str) -> "Path":
    from pathlib import Path

    return Path(path)


def _error(told: dict[str, str] | None) -> SummarizerError | None:
    """Return the error that a worker told of."""
    if told is None:
        return None
    kind = getattr(errors, told["kind"], UnexpectedError)
    made: SummarizerError = kind(*(part for part in (told["said"], told["advice"]) if part))
    return made


def _ours(error: Exception) -> SummarizerError:
    """Return what went wrong on another machine in our own words."""
    cause = getattr(error, "cause", None)
    for each in (error, cause, error.__cause__):
        if isinstance(each, SummarizerError):
            return each
    told = next(iter(str(error).splitlines()), "")[:200]
    return errors.ModelUnavailableError(
        f"the Ray cluster failed: {type(error).__name__}: {told}", "what is done is kept: give the same command again"
    )
