"""The command ``summarizer``: from flags to calls, from errors to exit codes, and nothing else."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from summarizer import startup
from summarizer.cli import batch, mcp, options, prompts, review
from summarizer.cli.flags import (
    Config,
    ContextTokens,
    Debug,
    Endpoint,
    Glossaries,
    Listed,
    Listing,
    Quiet,
    ReasoningEffort,
    Request,
    Timeout,
    settings,
)
from summarizer.cli.given import files
from summarizer.cli.glossary import app as glossaries
from summarizer.cli.help import DIGESTS, EVALS, MODELS, RUNS, Command, Commands
from summarizer.cli.later.commands import app as later
from summarizer.cli.render import render
from summarizer.cli.summarize import summarize
from summarizer.cli.telling import tell
from summarizer.errors import ArticleError, ConfigurationError, GroundingError, SummarizerError, UnexpectedError
from summarizer.evals import commands as evals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.article.findings import Finding
    from summarizer.cli.doctor import Diagnosis
    from summarizer.config import Settings
    from summarizer.digest import Digest
    from summarizer.glossary import Glossary

__all__ = ["app", "main"]

SOME_FAILED, INTERRUPTED = 6, 130


app = typer.Typer(
    name="summarizer",
    help="Checked bilingual digests of Italian, English and Chinese news.",
    rich_markup_mode=None,  # plain help starts three times as fast
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # their frames would show settings, and with them keys
    cls=Commands,
)
models = typer.Typer(help="The embedded model: list, fetch, find.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(review.app)
app.add_typer(batch.app)
app.add_typer(mcp.app)
app.add_typer(later, name="batch", rich_help_panel=RUNS)
app.add_typer(prompts.app, name="prompts", rich_help_panel=MODELS)
app.add_typer(glossaries, name="glossary", rich_help_panel=DIGESTS)
app.add_typer(models, name="models", rich_help_panel=MODELS)
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


@app.command(cls=Command, rich_help_panel=DIGESTS)
def check(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIGESTS", help="JSON or JSON Lines files, folders of them, or -.")
    ],
    form: Listed = Listing.text,
    glossary: Glossaries = None,
    debug: Debug = False,
) -> None:
    """Hold published digests against the articles inside them, by the rules alone.

    Prints each finding with its place. Exit codes: 0 no finding of severity error, 2 a file that is no digest,
    4 at least one error, 7 a fault of this program, 6 such a fault with some digests and not with others.
    """
    from summarizer import config as configuration
    from summarizer.glossary import load

    shown, held = configuration.load() if debug else None, load(glossary or ())
    codes = [code for path in _paths(sources) for code in _audited(path, form, shown, held)]
    kinds = set(codes) or {0}
    if ArticleError.exit_code in kinds:
        raise typer.Exit(ArticleError.exit_code)
    some = UnexpectedError.exit_code in kinds and len(kinds) > 1
    raise typer.Exit(SOME_FAILED if some else max(kinds))


def _paths(sources: list[str]) -> "Iterator[str]":
    """Yield the files to check.

    Raises:
        ConfigurationError: there is no digest in a folder.
    """
    for source in sources:
        found = files(source)
        if not found:
            raise ConfigurationError(f"{source}: there is no digest in this folder", "name the folder of the digests")
        yield from found


def _audited(source: str, form: Listing, debug: "Settings | None", glossary: "Glossary") -> "Iterator[int]":
    """Yield an exit code for each digest in a file, and print what is wrong with it."""
    from summarizer.digest.audit import digests
    from summarizer.errors import reported

    try:
        with reported(None):
            for name, digest in digests(source):
                yield _held(name, digest, form, debug, glossary)
    except SummarizerError as error:
        tell(error, source, debug)
        yield error.exit_code


def _held(name: str, digest: "Digest", form: Listing, debug: "Settings | None", glossary: "Glossary") -> int:
    """Return the exit code of one digest; a fault of ours is told and does not stop the others."""
    from summarizer.digest.audit import audit
    from summarizer.errors import reported

    try:
        with reported(digest.article.id):
            found = audit(digest, glossary) if glossary else audit(digest)
    except UnexpectedError as error:
        tell(error, name, debug)
        return error.exit_code
    _list(name, found, form)
    return GroundingError.exit_code if any(f.severity == "error" for f in found) else 0


def _list(name: str, found: "tuple[Finding, ...]", form: Listing) -> None:
    import json

    from summarizer.article.line import one_line

    for f in found:
        if form is Listing.json:
            span = [f.span.start, f.span.end] if f.span else None
            row = {"digest": name, "where": f.where, "code": f.code, "severity": f.severity}
            typer.echo(json.dumps({**row, "message": f.message, "span": span}, ensure_ascii=False))
        else:
            typer.echo(one_line(f"{name}: {f.where or '/'} {f.code} {f.severity} {f.message}"))


@dataclass(frozen=True, slots=True)
class Asked(Endpoint):
    """Who is asked, and how."""

    config: Config = None
    timeout_s: Timeout = None
    reasoning_effort: ReasoningEffort = None
    request: Request = None
    context_tokens: ContextTokens = None


@app.command(rich_help_panel=MODELS)
@options.grouped
def doctor(
    asked: Asked,
    form: Annotated[Listing, typer.Option("--format", help="text: a line each; json: one object.")] = Listing.text,
    quiet: Quiet = False,
) -> None:
    """Find out whether the endpoint answers, in which way, and how fast; costs two small questions.

    Exit codes: 0 it works, 2 a setting is wrong, 3 the endpoint gave no usable answer, 4 its answers do not fit.
    """
    import shutil

    from summarizer import config as configuration
    from summarizer.cli import doctor as examining
    from summarizer.cli.terminal import notes

    held = configuration.load(settings(asked), asked.config)
    with notes(quiet=quiet) as said:
        found = examining.examine(held, said.progress)
    if form is Listing.json:
        typer.echo(_as_json(found))
    else:
        typer.echo(examining.text(found, shutil.get_terminal_size().columns if sys.stdout.isatty() else None))
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _as_json(found: "Diagnosis") -> str:
    import json
    from dataclasses import asdict

    return json.dumps({**asdict(found), "versions": dict(found.versions)}, ensure_ascii=False)


@app.command(rich_help_panel=EVALS)
def schema(
    name: Annotated[Literal["digest", "gold"], typer.Argument(help="Of a digest, or of a gold file.")] = "digest",
) -> None:
    """Print a JSON Schema."""
    from summarizer import resources

    if sys.stdout is None:
        raise ConfigurationError("standard output is closed; redirect it to a file or a pipe")
    sys.stdout.write(resources.read("schemas", f"{name}.v1.schema.json"))


@models.command("list")
def list_models() -> None:
    """List the embedded models, their sizes and whether they are here."""
    from summarizer.local import catalogue

    folder = _models_folder()
    for known in catalogue.MODELS:
        state = "present" if catalogue.is_present(known.name, folder) else "not fetched"
        typer.echo(f"{known.name}\t{known.bytes / 1e9:.2f} GB\t{known.licence}\t{state}")


@models.command()
def pull(
    name: Annotated[str | None, typer.Argument(help="An embedded model's name; default: the standard one.")] = None,
    quiet: Quiet = False,
) -> None:
    """Fetch an embedded model, go on where an earlier try stopped, and verify it."""
    from summarizer.cli.terminal import notes
    from summarizer.local import fetch

    model = _known(name)
    with notes(quiet=quiet) as said:
        path = fetch.pull(
            model, _models_folder(), lambda done, total: said.progress(f"fetching {model.name}", done, total)
        )
    typer.echo(path)


@models.command()
def path(
    name: Annotated[str | None, typer.Argument(help="An embedded model's name; default: the standard one.")] = None,
) -> None:
    """Print where a fetched model is."""
    from summarizer.local import catalogue

    model, folder = _known(name), _models_folder()
    if not catalogue.is_present(model.name, folder):
        raise ConfigurationError(f"{model.name} is not here yet; run: summarizer models pull")
    typer.echo(catalogue.path_of(model.name, folder))


def _models_folder() -> Path:
    from summarizer import config
    from summarizer.local import catalogue

    return catalogue.models_dir(config.load().models_dir)


def _known(name: str | None) -> Any:
    from summarizer.local import catalogue

    model = catalogue.DEFAULT if name is None else catalogue.find(name)
    if model is None:
        raise ConfigurationError(f"unknown model {name!r}; known: {', '.join(m.name for m in catalogue.MODELS)}")
    return model


def _end_unwritten(error: OSError) -> None:
    """End where what was to be printed cannot be; everything else that a system refuses is told where it is met."""
    if error.filename is not None:
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
