"""The commands ``summarizer batch submit``, ``status`` and ``collect``: from flags to steps, nothing else."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.flags import (
    Checks,
    Config,
    ContextTokens,
    Endpoint,
    Fetch,
    Format,
    House,
    Language,
    Listed,
    Listing,
    Quiet,
    ReasoningEffort,
    settings,
)
from summarizer.cli.help import Command

__all__ = ["app"]

app = typer.Typer(
    help="Many articles through the Batch API: half the price, a day's patience.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

StorePath = Annotated[Path, typer.Argument(metavar="STORE", help="The store of summarizer batch submit.")]
MaxCost = Annotated[
    float | None, options.kept(min=0, help="US dollars at most, of all batches; needs prices in the settings.")
]
MaxTokens = Annotated[int | None, options.kept(min=0, help="Tokens sent and received at most, of all batches.")]
Requests = Annotated[int, typer.Option(min=1, max=50_000, help="Requests in one file at most.")]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken in, where it is kept, and what is made of it."""

    store: Annotated[Path, options.kept(help="Keep everything in this file: articles, questions, answers, digests.")]
    to: Annotated[list[str] | None, options.written(help="Language of a brief; may be repeated.")] = None
    language: Language = None
    columns: Annotated[
        str | None, options.article(metavar="NAME=COLUMN,…", help="What a table calls its columns.")
    ] = None
    fetch: Fetch = False
    strict: Annotated[bool, options.written("--strict", help="Write no digest with a finding of severity error.")] = (
        False
    )


@dataclass(frozen=True, slots=True)
class Asked(Endpoint):
    """Who is asked, and how."""

    context_tokens: ContextTokens = None
    reasoning_effort: ReasoningEffort = None


@dataclass(frozen=True, slots=True)
class Step:
    """How a step goes: what all batches may cost, how large they are, and what is told."""

    max_cost: MaxCost = None
    max_tokens: MaxTokens = None
    requests: Requests = 50_000
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class FirstStep:
    """The same of the step that settles the settings."""

    max_cost: MaxCost = None
    max_tokens: MaxTokens = None
    config: Config = None
    requests: Requests = 50_000
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class Collected:
    """What is written of the answers, and how long they are waited for."""

    out: Annotated[Path, options.written(help="Write one file per article into this folder.")]
    form: Annotated[Format, options.written("--format", help="How digests are written.")] = Format.json
    wait: Annotated[bool, typer.Option("--wait", help="Go on until every article has its digest.")] = False


@app.command(cls=Command)
@options.grouped
def submit(
    sources: Annotated[list[str], typer.Argument(help="Articles, as for summarizer summarize.")],
    taken: Taken,
    asked: Asked,
    checks: Checks,
    house: House,
    step: FirstStep,
) -> None:
    """Take articles in and send their first questions as a batch; collect takes the answers, on any day.

    Given again, it goes on where it stopped, and adds articles. Exit codes: 0 done, 2 bad input or setting,
    3 the endpoint takes no batch now, 6 some articles could not be read.
    """
    from summarizer.batch.inputs import Columns, inputs
    from summarizer.cli.given import targets
    from summarizer.cli.later import steps, words

    known = steps.kept(
        {
            **settings(asked, checks, house),
            "fetch": taken.fetch or None,
            "strict": taken.strict or None,
            **steps.located(config=step.config, prompts=house.prompts, style=house.style),
            **steps.bounds(step.max_cost, step.max_tokens),
        }
    )
    given = inputs(tuple(sources), steps.settings(known), taken.language, Columns.parse(taken.columns or ""))
    unread = steps.submit(steps.Task(taken.store, targets(taken.to or ()), known, step.requests), given)
    if not step.quiet:
        words.tell_state(taken.store)
    if unread:
        raise typer.Exit(steps.SOME_FAILED)


@app.command(cls=Command)
@options.grouped
def collect(
    store: StorePath,
    collected: Collected,
    step: Step,
) -> None:
    """Take the answers that are there, write the digests that are whole, and send what is asked next as a batch.

    The settings are those of the submission; only the key is read anew. Give it again until nothing is under way.
    Exit codes: 0 done or under way, 2 a setting or the store, 3 the endpoint does not answer, 6 some articles failed.
    """
    from summarizer.cli.later import steps, words

    task = steps.submitted(store, step.requests)
    task = replace(task, known={**task.known, **steps.bounds(step.max_cost, step.max_tokens)})
    report = steps.collect(task, steps.sink_of(collected.form, collected.out), wait=collected.wait)
    if not step.quiet:
        words.tell_failed(report)
        words.tell_state(store)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@app.command(cls=Command)
def status(store: StorePath, form: Listed = Listing.text) -> None:
    """Tell how far batches and articles are; nothing is taken and nothing sent.

    Exit codes: 0 done, 2 a setting or the store, 3 the endpoint does not answer.
    """
    from summarizer.cli.later import steps, words

    looked = steps.look(steps.submitted(store))
    tally, batches = steps.state(store)
    if form is Listing.json:
        typer.echo(words.as_json(tally, batches, looked))
        return
    for line in words.status(tally, batches, looked):
        typer.echo(line)
