"""The command ``summarizer review``: from flags to calls, nothing else."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.help import DIGESTS, Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.digest import Digest
    from summarizer.review.files import Shelf
    from summarizer.review.server import Review

__all__ = ["app"]

app = typer.Typer(rich_markup_mode=None)


@app.command(cls=Command, rich_help_panel=DIGESTS)
def review(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIGESTS", help="JSON or JSON Lines files, or folders with such.")
    ],
    reviewer: Annotated[str | None, typer.Option(help="Your name, kept beside what you correct.")] = None,
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, show_default=False, help="Port of this machine; default: any that is free."),
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address and open no browser.")] = False,
) -> None:
    """Correct digests in a page of this machine, and write them back. Ctrl-C ends it.

    Each file is kept once as it was: a.orig.json beside a.json. Nothing leaves this machine; whoever has the address
    that is printed can read and correct the digests.

    Exit codes: 0 done, 2 a file is no digest, or the port is taken.
    """
    from summarizer.review.files import Shelf
    from summarizer.review.server import Review

    shelf = Shelf(sources, _say)
    under_way = Review(shelf, _page, reviewer, port)
    typer.echo(under_way.address)
    _say(f"{_digests(len(shelf))} to review at the address above; Ctrl-C ends it")
    if not no_open:
        _open(under_way)
    try:
        under_way.serve()
    except KeyboardInterrupt:
        typer.echo("", err=True)  # the terminal shows ^C
    _end(shelf)


def _page(digests: "Sequence[Digest]") -> str:
    from summarizer.digest.same import groups
    from summarizer.render.page import ReviewMode, page

    return page(digests, groups(digests), review=ReviewMode())


def _open(under_way: "Review") -> None:
    import webbrowser

    if not webbrowser.open(under_way.address):
        _say("no browser could be opened; open the address yourself")


def _end(shelf: "Shelf") -> None:
    """Say where the files are."""
    from summarizer.review.files import original

    if not shelf.saved:
        _say("nothing was corrected; the files are as they were")
    for path in shelf.saved:
        was = original(path.resolve() if path.is_symlink() else path)
        _say(f"corrected: {_shown(path)} (as it was: {_shown(was)})")


def _digests(number: int) -> str:
    return f"{number} digest{'s' if number != 1 else ''}"


def _shown(path: Path) -> str:
    from summarizer.article.line import one_line

    return one_line(str(path))


def _say(line: str) -> None:
    typer.echo(f"summarizer: {line}", err=True)
