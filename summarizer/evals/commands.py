"""The commands ``summarizer eval …``: from flags to calls and exit codes, nothing else."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.evals.tape import Mode

__all__ = ["app"]

app = typer.Typer(help="Evals: run, score, compare, gate.", rich_markup_mode=None, no_args_is_help=True)

Gold = Annotated[Path, typer.Option(help="Folder of gold files.")]
System = Literal["pipeline", "plain"]
_GOLD = Path("evals/gold")


@app.command()
def run(
    out: Annotated[Path, typer.Option(help="Run folder to write.")],
    gold: Gold = _GOLD,
    system: Annotated[System, typer.Option(help="The product, or one unchecked call an article.")] = "pipeline",
    record: Annotated[Path | None, typer.Option(help="Keep the answers here; ask only for those not there.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Take the answers from here; ask nobody.")] = None,
    case: Annotated[list[str] | None, typer.Option(help="Only this case. May be repeated.")] = None,
    model: Annotated[str | None, typer.Option(help="Model name at the endpoint, or a GGUF file.")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint, ending in /v1.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file; default: summarizer.toml.")] = None,
) -> None:
    """Run a system over the gold's articles and write what it says, one file each.

    Exit codes: 0 every article has an output, 5 recordings are missing, 6 some articles failed.
    """
    from summarizer import config as configuration
    from summarizer.evals import cases, runner

    if record and replay:
        raise ConfigurationError("--record asks a model, --replay asks nobody: give one of them")
    wanted = cases.chosen(cases.load(gold), case or ())
    mode: Mode = "record" if record else "replay" if replay else "live"
    job = runner.Job(system, mode, record or replay, out, _command(gold, system, record or replay))
    settings = configuration.load({"model": model, "base_url": base_url}, config)
    made = runner.run(wanted, job, settings, lambda line: typer.echo(line, err=True))
    for name in made.unused:
        typer.echo(f"summarizer: the recording {name} was not asked for", err=True)
    if made.failures:
        missing = all(kind == "RecordingMissingError" for kind in made.failures.values())
        raise typer.Exit(5 if missing else 6)


def _command(gold: Path, system: str, folder: Path | None) -> str:
    """Return the command that records anew, without the address of an endpoint."""
    words = ["summarizer", "eval", "run", "--gold", str(gold), "--system", system, "--out", "build/eval"]
    return shlex.join([*words, "--record", str(folder)] if folder else words)
