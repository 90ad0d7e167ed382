"""The commands around a store, ``summarizer export`` and ``summarizer runs``: from flags to calls, nothing else."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.help import RUNS, Command

if TYPE_CHECKING:
    from summarizer.batch.records import RunRow

__all__ = ["app"]

app = typer.Typer(rich_markup_mode=None)

StorePath = Annotated[
    Path, typer.Argument(metavar="STORE", help="The store of summarizer summarize: a .sqlite file.")
]


class Exported(StrEnum):
    """How digests leave a store."""

    jsonl = "jsonl"
    markdown = "markdown"
    csv = "csv"
    parquet = "parquet"


class Shown(StrEnum):
    """How runs are listed."""

    text = "text"
    json = "json"


@app.command(cls=Command, rich_help_panel=RUNS)
def export(
    store: StorePath,
    out: Annotated[
        Path, typer.Option(help="File to write; for markdown a folder or a .md file; - for the terminal.")
    ],
    form: Annotated[Exported, typer.Option("--format", help="How digests are written.")] = Exported.jsonl,
    run: Annotated[int | None, typer.Option(help="Of this run alone; default: each article's newest.")] = None,
    section: Annotated[
        str, typer.Option(metavar="TASK", help="With csv or parquet: the rows of this task's section.")
    ] = "",
) -> None:
    """Write the digests of a store: JSON Lines, Markdown, CSV or Parquet. No model is asked.

    Exit codes: 0 done, 2 the store cannot be read or the output not be written.
    """
    from summarizer.batch.export import export as write
    from summarizer.batch.store import Store
    from summarizer.cli.report import counted

    with Store(store, reading=True) as kept:
        try:
            number = write(kept.digests(run), form.value, out, section)
        except BrokenPipeError:
            # whoever read our output has enough; nothing more can be written, at exit neither
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
    typer.echo(f"summarizer: {counted(number, 'digest')} written to {out}", err=True)


@app.command(cls=Command, rich_help_panel=RUNS)
def runs(
    store: StorePath,
    form: Annotated[Shown, typer.Option("--format", help="text: a table; json: an object a line.")] = Shown.text,
) -> None:
    """List the runs of a store: when, how many articles, tokens and cost.

    Exit codes: 0 done, 2 the store cannot be read.
    """
    from summarizer.batch.store import Store

    with Store(store, reading=True) as kept:
        found = kept.runs()
    if form is Shown.json:
        for row in found:
            typer.echo(_as_json(row))
    else:
        _table(found)


def _as_json(row: "RunRow") -> str:
    import json
    from dataclasses import asdict

    moments = {"began": _moment(row.began), "ended": _moment(row.ended) if row.ended else None}
    return json.dumps({**asdict(row), **moments}, ensure_ascii=False)


def _table(found: "list[RunRow]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("run", "began", "outcome"):
        table.add_column(name, no_wrap=True)
    for name in ("done", "reused", "failed", "requests", "tokens in", "out", "USD"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in found:
        table.add_row(*_cells(row))
    # a file or a pipe gets whole lines
    Console(markup=False, emoji=False, highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


def _cells(row: "RunRow") -> tuple[str, ...]:
    spent = row.spent
    cost = "price unknown" if spent.cost_usd is None else f"{spent.cost_usd:.4f}"
    counts = (row.done, row.reused, row.failed, spent.requests, spent.input_tokens, spent.output_tokens)
    return str(row.id), _moment(row.began).replace("T", " "), row.outcome, *(f"{n:,}" for n in counts), cost


def _moment(seconds: float) -> str:
    """Return a moment by this machine's clock, ISO 8601 to the second with its zone."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds")
