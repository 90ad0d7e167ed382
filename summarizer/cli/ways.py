"""The ways in which a job of the command is carried out: here, on a Ray cluster, or reckoned and not at all."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarizer.cli.flags import Format

if TYPE_CHECKING:
    from summarizer.cli.output import Sink
    from summarizer.cli.report import Report
    from summarizer.cli.running import Job
    from summarizer.cli.summarize import Work

__all__ = ["foretold", "here", "on_ray"]


def foretold(job: "Job", *, quiet: bool) -> None:
    """Say what a job would take, and ask nothing."""
    from summarizer.cli import dry

    typer.echo(dry.text(job))
    _passed_over(job, quiet=quiet)


def here(job: "Job", work: "Work", *, quiet: bool) -> int:
    """Carry a job out in this process, and return the exit code."""
    from summarizer.cli.running import Running
    from summarizer.cli.terminal import notes

    with notes(quiet=quiet) as said:
        sink = _sink(work.form, job)
        running = Running(job, sink, said, told=not quiet)
        try:
            code = running.run()
        except BrokenPipeError:
            # whoever read our output has enough; nothing more can be written, at exit neither
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
    if not quiet:
        _passed_over(job, quiet=quiet)
        _hint(sink, job)
    _sum_up(work.summary, running.report)
    return code


def on_ray(job: "Job", address: str, work: "Work", *, quiet: bool) -> int:
    """Have a Ray cluster carry a job out, and return the exit code."""
    from summarizer.cli.ray import Counting, check
    from summarizer.cli.terminal import notes

    out = check(job, str(work.form))
    with notes(quiet=quiet) as said:
        counting = Counting(job, said, told=not quiet)
        code = counting.run(address, out)
    _sum_up(work.summary, counting.report)
    return code


def _sum_up(summary: Path | None, report: "Report") -> None:
    """Write how a run ended, where that is wanted."""
    from summarizer.cli.output import write_whole

    if summary:
        write_whole(summary, report.as_json().encode())


def _hint(sink: "Sink", job: "Job") -> None:
    """Say what became of corrected digests, and where the page is, or the file of one article."""
    from summarizer.article.line import one_line
    from summarizer.cli.output import Folder
    from summarizer.cli.page import PageFolder

    if kept := sink.corrected:
        those = (
            "1 digest that was corrected stays as it is"
            if kept == 1
            else f"{kept} corrected digests stay as they are"
        )
        typer.echo(f"{those}; --force writes them anew", err=True)
    if isinstance(sink, PageFolder) and sink.page:
        typer.echo(f"to read them: open {sink.page} in a browser", err=True)
        typer.echo(f"to correct them: summarizer review {shlex.quote(str(job.out))}", err=True)
    elif isinstance(sink, Folder) and sink.last and not job.several:
        typer.echo(f"written: {one_line(str(sink.last))}", err=True)


def _passed_over(job: "Job", *, quiet: bool) -> None:
    """Name every file that the folders hold beside articles, those of a kind on a line that says what they are."""
    from summarizer.article.line import one_line
    from summarizer.batch.sources import passed_over, why_passed_over

    kinds: dict[str, list[str]] = {}
    for path in [] if quiet else passed_over(job.sources):
        if _is_ours(Path(path), job):
            continue
        kinds.setdefault(why_passed_over(path), []).append(one_line(path))
    if kinds:
        typer.echo("not read, since a folder is searched for articles only:", err=True)
    for what, names in kinds.items():
        typer.echo(f"  {what}: {', '.join(names)}", err=True)


def _is_ours(path: Path, job: "Job") -> bool:
    """Tell whether a file in a folder of articles is a digest in a folder of its own there, or the store."""
    out, sources = job.out.resolve() if job.out else None, {Path(source).resolve() for source in job.sources}
    if out is not None and out not in sources and path.resolve().is_relative_to(out):
        return True
    store = job.kept_in.resolve() if job.kept_in else None
    # beside the store stand its journal and the locks of runs, called after it
    return store is not None and path.parent.resolve() == store.parent and path.name.startswith(store.name)


def _sink(form: Format, job: "Job") -> "Sink":
    from summarizer.cli.output import Folder, Stream
    from summarizer.cli.page import Page, PageFolder

    if form is Format.html:
        return PageFolder(job.out, job.sources, over=job.force) if job.out else Page()
    shape = _shape(form, job.out)
    return Folder(job.out, shape, job.sources, over=job.force) if job.out else Stream(shape, several=job.several)


def _shape(form: Format, out: Path | None) -> str:
    if form is not Format.auto:
        return str(form)
    return "markdown" if out is None and sys.stdout is not None and sys.stdout.isatty() else "json"
