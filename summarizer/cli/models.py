"""The commands ``summarizer models …`` around the embedded model, and ``summarizer doctor``, who asks any model."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.flags import (
    Config,
    ContextTokens,
    Endpoint,
    Listing,
    Quiet,
    ReasoningEffort,
    Request,
    Timeout,
    settings,
)
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.cli.doctor import Diagnosis

__all__ = ["app", "doctor"]

app = typer.Typer(help="The embedded model: list, fetch, find.", rich_markup_mode=None, no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class Asked(Endpoint):
    """Who is asked, and how."""

    config: Config = None
    timeout_s: Timeout = None
    reasoning_effort: ReasoningEffort = None
    request: Request = None
    context_tokens: ContextTokens = None


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


@app.command("list")
def list_models() -> None:
    """List the embedded models, their sizes and whether they are here."""
    from summarizer.local import catalogue

    folder = _models_folder()
    for known in catalogue.MODELS:
        state = "present" if catalogue.is_present(known.name, folder) else "not fetched"
        typer.echo(f"{known.name}\t{known.bytes / 1e9:.2f} GB\t{known.licence}\t{state}")


@app.command()
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


@app.command()
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
