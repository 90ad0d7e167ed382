"""The command ``summarizer summarize``: from flags to a job, and to the way in which it is carried out."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.flags import (
    Checks,
    Config,
    ContextTokens,
    Debug,
    Endpoint,
    Fetch,
    Format,
    House,
    Language,
    Quiet,
    ReasoningEffort,
    Request,
    Timeout,
    settings,
)
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summarizer.cli.running import Job

__all__ = ["summarize"]


def _codes() -> str:
    """Return the codes of the languages for the help: their folders, since the package takes long to import."""
    folders = Path(__file__).parents[1].joinpath("languages").glob("*/language.toml")
    *most, last = sorted(folder.parent.name for folder in folders)
    return f"{', '.join(most)} or {last}"


@dataclass(frozen=True, slots=True)
class Work:
    """What is made of the articles, where it is written, and how they are read."""

    to: Annotated[
        list[str] | None,
        options.written(
            help=f"Language of a brief: {_codes()} (zh-Hant, zh-TW, zh-HK: traditional characters), any other by its "
            "code with fewer checks (pt-BR, ja); may be repeated."
        ),
    ] = None
    form: Annotated[
        Format, options.written("--format", help="auto: markdown on a terminal, else json. html: one page.")
    ] = Format.auto
    out: Annotated[Path | None, options.written(help="Write one file per article into this folder.")] = None
    summary: Annotated[Path | None, options.written(help="Write how the run ended into this file, as JSON.")] = None
    strict: Annotated[
        bool, options.written("--strict", help="Write no digest with a finding of severity error (exit 4).")
    ] = False

    language: Language = None
    columns: Annotated[
        str | None,
        options.article(metavar="NAME=COLUMN,…", help="What a table calls text, id, title, date, url …"),
    ] = None
    fetch: Fetch = False


@dataclass(frozen=True, slots=True)
class Asked(Endpoint):
    """Who is asked, and how."""

    timeout_s: Timeout = None
    article_timeout_s: Annotated[
        float | None, options.model("--article-timeout", help="Seconds for one article.")
    ] = None
    context_tokens: ContextTokens = None
    concurrency: Annotated[int | None, options.model(help="Requests, and articles, under way at once.")] = None
    requests_per_minute: Annotated[float | None, options.model(help="Requests a minute at most.")] = None
    tokens_per_minute: Annotated[
        float | None, options.model(help="Tokens a minute at most, longest answers reckoned.")
    ] = None
    reasoning_effort: ReasoningEffort = None
    request: Request = None


@dataclass(frozen=True, slots=True)
class Way:
    """How it is carried out: what is kept, what it may cost, by whom, and what is told meanwhile."""

    store: Annotated[
        Path | None, options.kept(help="Keep results in this file; default: beside --out, else in the user's folder.")
    ] = None
    no_store: Annotated[bool, options.kept("--no-store", help="Keep nothing beside the digests.")] = False
    force: Annotated[bool, options.kept("--force", help="Ask anew for what the store has.")] = False
    max_cost: Annotated[
        float | None, options.kept(min=0, help="US dollars at most; needs prices in the settings.")
    ] = None
    max_tokens: Annotated[int | None, options.kept(min=0, help="Tokens sent and received at most.")] = None
    ray: Annotated[
        str | None,
        options.kept(
            metavar="ADDRESS", help="Let a Ray cluster do it, tables to Parquet; local: this machine alone."
        ),
    ] = None
    dry_run: Annotated[bool, options.kept("--dry-run", help="Say what it would cost, and ask nothing.")] = False
    batch: Annotated[
        bool, options.kept("--batch", help="Ask through the Batch API, and wait: half the price, up to days.")
    ] = False
    no_model: Annotated[bool, options.checked("--no-model", help="Figures and quotes by the rules alone.")] = False

    config: Config = None
    quiet: Quiet = False
    debug: Debug = False


@options.grouped
def summarize(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLES",
            help="Files, folders, patterns, tables (.jsonl, .csv, .parquet), addresses with --fetch, "
            "or - for standard input.",
        ),
    ],
    work: Work,
    asked: Asked,
    checks: Checks,
    house: House,
    way: Way,
) -> None:
    """Write a checked digest of each article.

    The key is read from OPENAI_API_KEY (or SUMMARIZER_API_KEY); with neither a key nor an endpoint the
    embedded model answers. What is finished is kept and not paid for twice: the same command goes on where it
    stopped. Exit codes: 0 done, 2 bad input or setting, 3 no usable answer, 4 an answer that cannot be
    published, 6 some articles failed or had no turn, 7 a fault of this program, 130 interrupted.
    """
    from summarizer.cli import ways

    _check(work, house, way)
    flags = {**settings(asked, checks, house), "fetch": work.fetch or None}
    job = _job(sources, work, way, flags)
    if way.dry_run:
        ways.foretold(job, quiet=way.quiet)
        return
    if way.batch:
        from summarizer.cli.later.steps import located, through

        named = located(config=way.config, prompts=house.prompts, style=house.style)
        code = through(job, {**flags, **named}, work.form, quiet=way.quiet)
    elif way.ray:
        code = ways.on_ray(job, way.ray, work, quiet=way.quiet)
    else:
        code = ways.here(job, work, quiet=way.quiet)
    if code:
        raise typer.Exit(code)


def _check(work: Work, house: House, way: Way) -> None:
    """Refuse flags that do not go together, and a file that cannot be written.

    Raises:
        ConfigurationError: with what to leave out.
    """
    from summarizer.cli.output import check_file

    if way.no_model and (work.to or house.task):
        flag = "--to" if work.to else "--task"
        raise ConfigurationError(f"{flag} needs a model: leave out --no-model, or {flag}")
    if way.store and way.no_store:
        raise ConfigurationError("--store and --no-store do not go together: leave one out")
    if work.summary:
        check_file(work.summary, "--summary")


def _job(sources: list[str], work: Work, way: Way, flags: "Mapping[str, Any]") -> "Job":
    """Return what is to be done.

    Raises:
        ConfigurationError: a language, a column or a setting is wrong.
    """
    from summarizer import config as configuration
    from summarizer.batch.inputs import Columns, count
    from summarizer.batch.money import Budget
    from summarizer.cli.given import targets
    from summarizer.cli.running import Job

    loaded = configuration.load(flags, way.config)
    return Job(
        settings=loaded,
        sources=tuple(sources),
        total=count(sources, loaded),
        language=work.language,
        columns=Columns.parse(work.columns or ""),
        to=None if way.no_model else targets(work.to or ()),
        out=work.out,
        store=way.store,
        keep=not way.no_store,
        force=way.force,
        strict=work.strict,
        budget=Budget(way.max_cost, way.max_tokens),
        debug=way.debug,
    )
