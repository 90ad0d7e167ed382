"""The command ``summarizer``: from flags to calls, from errors to exit codes, and nothing else."""

import os
import sys
from errno import EDQUOT, EFBIG, EIO, ENOSPC
from typing import Annotated, Literal

import typer

from summarizer import startup
from summarizer.cli import batch, mcp, models, prompts, review
from summarizer.cli.check import check
from summarizer.cli.glossary import app as glossaries
from summarizer.cli.help import DIGESTS, EVALS, MODELS, RUNS, Command, Commands
from summarizer.cli.later.commands import app as later
from summarizer.cli.models import doctor
from summarizer.cli.render import render
from summarizer.cli.summarize import summarize
from summarizer.cli.telling import tell
from summarizer.errors import ConfigurationError, SummarizerError
from summarizer.evals import commands as evals

__all__ = ["app", "main"]

INTERRUPTED = 130
#: Why nothing more can be written: the disk or what one may use of it is full, or it fails.
_UNWRITTEN = frozenset({ENOSPC, EDQUOT, EFBIG, EIO})

app = typer.Typer(
    name="summarizer",
    help="Checked bilingual digests of Italian, English and Chinese news.",
    rich_markup_mode=None,  # plain help starts three times as fast
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # their frames would show settings, and with them keys
    cls=Commands,
)
app.add_typer(review.app)
app.add_typer(batch.app)
app.add_typer(mcp.app)
app.add_typer(later, name="batch", rich_help_panel=RUNS)
app.add_typer(prompts.app, name="prompts", rich_help_panel=MODELS)
app.add_typer(glossaries, name="glossary", rich_help_panel=DIGESTS)
app.add_typer(models.app, name="models", rich_help_panel=MODELS)
app.add_typer(evals.app, name="eval", rich_help_panel=EVALS)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"summarizer {version('summarizer-briefs')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Checked bilingual digests of Italian, English and Chinese news."""


app.command(cls=Command, rich_help_panel=DIGESTS)(summarize)
app.command(cls=Command, rich_help_panel=DIGESTS)(render)
app.command(cls=Command, rich_help_panel=DIGESTS)(check)
app.command(rich_help_panel=MODELS)(doctor)


@app.command(rich_help_panel=EVALS)
def schema(
    name: Annotated[Literal["digest", "gold"], typer.Argument(help="Of a digest, or of a gold file.")] = "digest",
) -> None:
    """Print a JSON Schema."""
    from summarizer import resources

    if sys.stdout is None:
        raise ConfigurationError("standard output is closed; redirect it to a file or a pipe")
    sys.stdout.write(resources.read("schemas", f"{name}.v1.schema.json"))


def _end_unwritten(error: OSError) -> None:
    """End where what was to be printed cannot be; everything else that a system refuses is told where it is met."""
    if error.filename is not None or error.errno not in _UNWRITTEN:
        raise error
    tell(ConfigurationError(f"cannot write to standard output: {error.strerror}"))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # at exit nothing can be written, either
    sys.exit(ConfigurationError.exit_code)


def main() -> None:
    """Run the command and exit with its code."""
    startup.fast()
    try:
        app()
    except SummarizerError as error:
        tell(error)
        sys.exit(error.exit_code)
    except OSError as error:
        _end_unwritten(error)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
