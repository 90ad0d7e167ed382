"""The command ``summarizer summarize``: from flags to a run, from its events to files, lines and an exit code."""

import os
import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.flags import (
    BaseUrl,
    Config,
    ContextTokens,
    Debug,
    Fetch,
    Glossaries,
    HeadlineChars,
    HeadlineWords,
    Language,
    Length,
    Model,
    Points,
    Prompts,
    Quiet,
    ReasoningEffort,
    Request,
    Sentences,
    Style,
    Tasks,
    Timeout,
    placed,
)
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.cli.output import Sink
    from summarizer.cli.running import Job

__all__ = ["summarize"]


class Format(StrEnum):
    """How digests are written."""

    auto = "auto"
    markdown = "markdown"
    json = "json"
    html = "html"
    text = "text"
    docx = "docx"
    eml = "eml"


def _codes() -> str:
    """Return the codes of the languages for the help: their folders, since the package takes long to import."""
    folders = Path(__file__).parents[1].joinpath("languages").glob("*/language.toml")
    *most, last = sorted(folder.parent.name for folder in folders)
    return f"{', '.join(most)} or {last}"


def summarize(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLES",
            help="Files, folders, patterns, tables (.jsonl, .csv, .parquet), addresses with --fetch, "
            "or - for standard input.",
        ),
    ],
    to: Annotated[
        list[str] | None,
        options.written(
            help=f"Language of a brief: {_codes()} (zh-Hant, zh-TW, zh-HK: traditional characters), any other by its "
            "code with fewer checks (pt-BR, ja); may be repeated."
        ),
    ] = None,
    form: Annotated[
        Format, options.written("--format", help="auto: markdown on a terminal, else json. html: one page.")
    ] = Format.auto,
    out: Annotated[Path | None, options.written(help="Write one file per article into this folder.")] = None,
    language: Language = None,
    columns: Annotated[
        str | None,
        options.article(metavar="NAME=COLUMN,…", help="What a table calls text, id, title, date, url …"),
    ] = None,
    fetch: Fetch = False,
    model: Model = None,
    base_url: BaseUrl = None,
    config: Config = None,
    timeout: Timeout = None,
    article_timeout: Annotated[float | None, options.model(help="Seconds for one article.")] = None,
    context_tokens: ContextTokens = None,
    concurrency: Annotated[int | None, options.model(help="Requests, and articles, under way at once.")] = None,
    requests_per_minute: Annotated[float | None, options.model(help="Requests a minute at most.")] = None,
    tokens_per_minute: Annotated[
        float | None, options.model(help="Tokens a minute at most, longest answers reckoned.")
    ] = None,
    reasoning_effort: ReasoningEffort = None,
    request: Request = None,
    trust: Annotated[
        str | None, options.checked(help="high: publish lines with a doubt beside them; low: leave them out.")
    ] = None,
    review: Annotated[str | None, options.checked(help="What is read a second time: all, doubts or none.")] = None,
    review_model: Annotated[str | None, options.checked(help="Model for the second reading.")] = None,
    max_quotes: Annotated[int | None, options.checked(help="Key quotes at most.")] = None,
    prompts: Prompts = None,
    style: Style = None,
    task: Tasks = None,
    length: Length = None,
    sentences: Sentences = None,
    points: Points = None,
    headline_words: HeadlineWords = None,
    headline_chars: HeadlineChars = None,
    glossary: Glossaries = None,
    store: Annotated[
        Path | None, options.kept(help="Keep results in this file; default: beside --out, else in the user's folder.")
    ] = None,
    no_store: Annotated[bool, options.kept("--no-store", help="Keep nothing beside the digests.")] = False,
    force: Annotated[bool, options.kept("--force", help="Ask anew for what the store has.")] = False,
    max_cost: Annotated[
        float | None, options.kept(min=0, help="US dollars at most; needs prices in the settings.")
    ] = None,
    max_tokens: Annotated[int | None, options.kept(min=0, help="Tokens sent and received at most.")] = None,
    ray: Annotated[
        str | None,
        options.kept(
            metavar="ADDRESS", help="Let a Ray cluster do it, tables to Parquet; local: this machine alone."
        ),
    ] = None,
    dry_run: Annotated[bool, options.kept("--dry-run", help="Say what it would cost, and ask nothing.")] = False,
    batch: Annotated[
        bool, options.kept("--batch", help="Ask through the Batch API, and wait: half the price, up to days.")
    ] = False,
    summary: Annotated[Path | None, options.written(help="Write how the run ended into this file, as JSON.")] = None,
    no_model: Annotated[bool, options.checked("--no-model", help="Figures and quotes by the rules alone.")] = False,
    strict: Annotated[
        bool, options.written("--strict", help="Write no digest with a finding of severity error (exit 4).")
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a checked digest of each article.

    The key is read from OPENAI_API_KEY (or SUMMARIZER_API_KEY); with neither a key nor an endpoint the
    embedded model answers. What is finished is kept and not paid for twice: the same command goes on where it
    stopped. Exit codes: 0 done, 2 bad input or setting, 3 no usable answer, 4 an answer that cannot be
    published, 6 some articles failed or had no turn, 7 a fault of this program, 130 interrupted.
    """
    from summarizer import config as configuration
    from summarizer import languages
    from summarizer.batch.inputs import Columns, count
    from summarizer.batch.money import Budget
    from summarizer.cli.output import check_file
    from summarizer.cli.running import Job
    from summarizer.llm import extras

    flags = {
        "model": model,
        "base_url": base_url,
        "timeout_s": timeout,
        "article_timeout_s": article_timeout,
        "context_tokens": context_tokens,
        "concurrency": concurrency,
        "requests_per_minute": requests_per_minute,
        "tokens_per_minute": tokens_per_minute,
        "reasoning_effort": reasoning_effort,
        "request": extras.parse(request) if request else None,
        "trust": trust,
        "review": review,
        "review_model": review_model,
        "max_quotes": max_quotes,
        "prompts": prompts,
        "style": style,
        "task": placed(task),
        "length": length,
        "sentences": sentences,
        "max_key_points": points,
        "headline_words": headline_words,
        "headline_chars": headline_chars,
        "fetch": fetch or None,
        "glossary": [str(path.resolve()) for path in glossary] if glossary else None,
    }
    if no_model and (to or task):
        flag = "--to" if to else "--task"
        raise ConfigurationError(f"{flag} needs a model: leave out --no-model, or {flag}")
    if store and no_store:
        raise ConfigurationError("--store and --no-store do not go together: leave one out")
    settings = configuration.load(flags, config)
    if summary:
        check_file(summary, "--summary")
    job = Job(
        settings=settings,
        sources=tuple(sources),
        total=count(sources, settings),
        language=language,
        columns=Columns.parse(columns or ""),
        to=None if no_model else tuple(map(languages.checked, to or ())),
        out=out,
        store=store,
        keep=not no_store,
        force=force,
        strict=strict,
        budget=Budget(max_cost, max_tokens),
        debug=debug,
    )
    if dry_run:
        from summarizer.cli import dry

        typer.echo(dry.text(job))
        _passed_over(job, quiet=quiet)
        return
    if batch:
        from summarizer.cli.later import located, through

        named = located(config=config, prompts=prompts, style=style)
        code = through(job, {**flags, **named}, form, quiet=quiet)
    elif ray:
        code = _run_on_ray(job, ray, form, summary, quiet)
    else:
        code = _run(job, form, summary, quiet=quiet)
    if code:
        raise typer.Exit(code)


def _run(job: "Job", form: Format, summary: Path | None, *, quiet: bool) -> int:
    from summarizer.cli.output import write_whole
    from summarizer.cli.running import Running
    from summarizer.cli.terminal import notes

    with notes(quiet=quiet) as said:
        sink = _sink(form, job)
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
    if summary:
        write_whole(summary, running.report.as_json().encode())
    return code


def _run_on_ray(job: "Job", address: str, form: Format, summary: Path | None, quiet: bool) -> int:
    from summarizer.cli.output import write_whole
    from summarizer.cli.ray import Counting, check
    from summarizer.cli.terminal import notes

    out = check(job, str(form))
    with notes(quiet=quiet) as said:
        counting = Counting(job, said, told=not quiet)
        code = counting.run(address, out)
    if summary:
        write_whole(summary, counting.report.as_json().encode())
    return code


def _hint(sink: "Sink", job: "Job") -> None:
    """Say what became of corrected digests, and where the page is."""
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


def _passed_over(job: "Job", *, quiet: bool) -> None:
    """Name every file that the folders hold beside articles, those of a kind on a line that says what they are."""
    from summarizer.article.line import one_line
    from summarizer.batch.sources import passed_over, why_passed_over

    kinds: dict[str, list[str]] = {}
    for path in [] if quiet else passed_over(job.sources):
        kinds.setdefault(why_passed_over(path), []).append(one_line(path))
    if kinds:
        typer.echo("not read, since a folder is searched for articles only:", err=True)
    for what, names in kinds.items():
        typer.echo(f"  {what}: {', '.join(names)}", err=True)


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
