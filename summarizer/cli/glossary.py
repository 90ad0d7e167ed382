"""The commands ``summarizer glossary``: from flags to calls, nothing else."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.given import files
from summarizer.cli.help import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.digest import Digest

__all__ = ["app"]

app = typer.Typer(help="What an office calls things: check a file, suggest entries.", rich_markup_mode=None,
                  no_args_is_help=True)  # fmt: skip


@app.command(cls=Command)
def check(
    sources: Annotated[list[Path], typer.Argument(metavar="FILES", help="TOML, CSV or TBX files.")],
) -> None:
    """Read glossaries and say how many entries they have.

    Exit codes: 0 done, 2 a file that is no glossary; its line is told.
    """
    from summarizer.glossary import load

    for path in sources:
        entries = load([path]).entries
        kinds = Counter(entry.kind for entry in entries)
        told = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        typer.echo(f"{path}: {len(entries)} entries ({told})")


@app.command(cls=Command)
def suggest(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIGESTS", help="JSON or JSON Lines files, folders of them, or -.")
    ],
    glossary: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Leave out what this has already; may be repeated.")
    ] = None,
) -> None:
    """Propose entries from what editors corrected in digests, as a TOML file to look through.

    Exit codes: 0 done, also where nothing is proposed; 2 a file that is no digest, or no glossary.
    """
    from summarizer.glossary import load
    from summarizer.glossary.suggest import proposals, toml

    found = proposals(_digests(sources), load(glossary or ()))
    if found:
        typer.echo(toml(found))
    else:
        typer.echo("summarizer: the corrections in these digests propose no entry", err=True)


def _digests(sources: list[str]) -> "Iterator[Digest]":
    from summarizer.digest.audit import digests

    for source in sources:
        for path in files(source):
            yield from (digest for _, digest in digests(path))
