"""What is told of batches and articles on their way: in words, and as JSON."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarizer.article.line import one_line
from summarizer.cli.later import steps
from summarizer.cli.report import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from summarizer.cli.report import Report
    from summarizer.later.values import Batch, Tally
    from summarizer.llm.batches import Remote

__all__ = ["as_json", "status", "tell_failed", "tell_state"]


def tell_state(store: Path) -> None:
    """Tell on standard error how far everything is, and what to do next."""
    tally, batches = steps.state(store)
    for line in _lines(tally):
        typer.echo(f"summarizer: {line}", err=True)
    for each in filter(lambda batch: batch.is_unheard, batches):
        typer.echo(f"summarizer: a batch of {counted(each.requests, 'question')}: {_unheard(each)}", err=True)
    if tally.sent or tally.unsent:
        typer.echo(f"summarizer: collect, today or tomorrow: summarizer batch collect {store} --out FOLDER", err=True)


def tell_failed(report: "Report") -> None:
    """Tell what failed in a step."""
    for _, _, told in report.failures:
        typer.echo(f"summarizer: failed: {told}", err=True)


def status(tally: "Tally", batches: "Iterable[Batch]", looked: "Mapping[str, Remote]") -> "Iterator[str]":
    """Yield how far everything is: articles, questions, and each batch."""
    yield from _lines(tally)
    yield from (_line(each, looked.get(each.tag)) for each in batches)


def _lines(tally: "Tally") -> "Iterator[str]":
    failed = len(tally.failed)
    waiting = max(tally.articles - tally.done - failed, 0)
    yield f"{counted(tally.articles, 'article')}: {tally.done:,} done, {failed:,} failed, {waiting:,} waiting"
    yield f"{tally.sent:,} questions are in batches, {tally.unsent:,} are still to be sent"
    for name, why in tally.failed:
        yield one_line(f"failed: {name}: {why}")


def _line(batch: "Batch", remote: "Remote | None") -> str:
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


def as_json(tally: "Tally", batches: "Iterable[Batch]", looked: "Mapping[str, Remote]") -> str:
    """Return the same as one JSON object."""
    import json

    shown = [
        {**asdict(each), "status": looked[each.tag].status if each.tag in looked else each.status} for each in batches
    ]
    return json.dumps({**asdict(tally), "batches": shown}, ensure_ascii=False)
