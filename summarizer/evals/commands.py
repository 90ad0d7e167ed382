"""The commands ``summarizer eval …``: from flags to calls and exit codes, nothing else."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summarizer.evals.recorder import Mode

__all__ = ["app"]

app = typer.Typer(help="Evals: run, score, compare, gate.", rich_markup_mode=None, no_args_is_help=True)

Gold = Annotated[Path, typer.Option(help="Folder of gold files; folders inside it are not read.")]
System = Literal["pipeline", "plain"]
_GOLD, _UNRECORDED = Path("evals/gold/recorded"), Path("evals/gold/unrecorded")
_GATE, _ADVERSARIAL = Path("evals/gate.toml"), Path("evals/adversarial")
_BELOW = 1
_MAX_BYTES = 2_000_000


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
    task: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Fields of yours that the gold has labels for. May be repeated."),
    ] = None,
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
    own = list(map(str, task)) if task else None
    settings = configuration.load({"model": model, "base_url": base_url, "task": own}, config)
    made = runner.run(wanted, job, settings, lambda line: typer.echo(line, err=True))
    for name in made.unused:
        typer.echo(f"summarizer: the recording {name} was not asked for", err=True)
    if made.failures:
        missing = all(kind == "RecordingMissingError" for kind in made.failures.values())
        raise typer.Exit(5 if missing else 6)


@app.command()
def score(
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder that `eval run` wrote.")],
    gold: Gold = _GOLD,
    out: Annotated[Path | None, typer.Option(help="Write the report (JSON) here.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write a Markdown summary here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with every article here.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Another report, to show beside this one.")] = None,
    judge: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Ask this model, too; never part of the gate.")
    ] = None,
) -> None:
    """Score a run against the gold; asks no model, and gives the same bytes each time."""
    from summarizer import config as configuration
    from summarizer.evals import cases, outputs, page, report, tables

    wanted = cases.load(gold)
    made = report.make(wanted, run_folder)
    known = report.load(baseline) if baseline else None
    if judge:
        made = report.judged(made, wanted, run_folder, configuration.load({"model": judge}))
    if out:
        outputs.write(out, made)
    _write(markdown, lambda: tables.markdown(made, baseline=known))
    _write(junit, lambda: tables.junit(made))
    _write(html, lambda: page.render(made, wanted, outputs.read(run_folder)[1], known))
    typer.echo(tables.terminal(made), nl=False)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="Report of `eval score`.")],
    after: Annotated[Path, typer.Argument(help="Another one, on the same gold.")],
    out: Annotated[Path | None, typer.Option(help="Write the comparison (JSON) here.")] = None,
) -> None:
    """Tell what changed between two reports, article by article, and whether chance explains it."""
    from summarizer.evals import compare as comparing
    from summarizer.evals import outputs, report, tables

    made = comparing.compare(report.load(before), report.load(after))
    if out:
        outputs.write(out, made)
    typer.echo(tables.comparison_markdown(made), nl=False)


@app.command()
def gate(
    report_file: Annotated[Path, typer.Argument(metavar="REPORT", help="Report of `eval score`.")],
    gate_file: Annotated[Path, typer.Option("--gate", help="Floors, pinned gold, baseline.")] = Path(
        "evals/gate.toml"
    ),
    markdown: Annotated[Path | None, typer.Option(help="Write a Markdown summary here.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
) -> None:
    """Hold a report against its floors and its baseline; exit 1 with the reasons when it does not pass."""
    from summarizer.evals import gate as gating
    from summarizer.evals import report, tables

    rules = gating.load(gate_file)
    made = report.load(report_file)
    baseline = gating.load_baseline(rules, gate_file)
    reasons = gating.check(rules, made, baseline)
    _write(markdown, lambda: tables.markdown(made, reasons, baseline))
    _write(junit, lambda: tables.junit(made, reasons))
    for reason in reasons:
        typer.echo(f"gate: {reason}")
    if reasons:
        raise typer.Exit(_BELOW)
    typer.echo(f"gate: green, {len(rules.floors)} floors, {made.gold.articles} articles")


@app.command()
def adversarial(
    gold: Annotated[
        list[Path] | None,
        typer.Option(
            help=f"Folder of gold files. May be repeated; default: {_GOLD}, and {_UNRECORDED} where it is there."
        ),
    ] = None,
    folder: Annotated[Path, typer.Option("--set", help="Folder of alterations.")] = _ADVERSARIAL,
    out: Annotated[Path | None, typer.Option(help="Write what became of each alteration (JSON) here.")] = None,
) -> None:
    """Put single faults into right digests and tell which of them the checks see."""
    from summarizer.evals import adversarial as altering
    from summarizer.evals import cases, outputs

    folders = gold or [_GOLD, *([_UNRECORDED] if _UNRECORDED.is_dir() else [])]
    wanted = tuple(case for each in folders for case in cases.load(each))
    made = altering.trial(wanted, altering.load(folder, wanted))
    if out:
        outputs.write(out, made)
    for name, counts, share in altering.rows(made):
        typer.echo(f"{name:<14}{counts:>20}  {share}")


@app.command()
def agreement(
    gold: Annotated[list[Path], typer.Argument(help="Folders of gold files, by the first labeller.")],
    second: Annotated[Path, typer.Option(help="Folder of the same articles, labelled by somebody else.")],
) -> None:
    """Tell how far two labellers agree."""
    from summarizer.evals import agreement as agreeing
    from summarizer.evals import cases

    first = [case for folder in gold for case in cases.load(folder)]
    made = agreeing.agreement(first, cases.load(second))
    for name in made.__slots__:
        value = getattr(made, name)
        told = f"{value:.3f}" if isinstance(value, float) else "–" if value is None else value
        typer.echo(f"{name:<16}{told}")


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Folder to set up; made where it is not there.")]) -> None:
    """Set up a gold folder: an example, guidelines, and the schema that editors check files against."""
    from summarizer.evals import starter

    for path in starter.init(folder):
        typer.echo(path)


@app.command()
def label(
    out: Annotated[Path, typer.Option(help="Gold file to write; its name without .json is the case's id.")],
    article: Annotated[str | None, typer.Argument(help="File, or - for standard input.")] = None,
    reviewed: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A corrected digest, in place of ARTICLE."),
    ] = None,
    to: Annotated[list[str] | None, typer.Option(help="Language of a reference brief. May be repeated.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the article; default: found out.")] = None,
    task: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Fields of yours to write down in it. May be repeated."),
    ] = None,
) -> None:
    """Write a draft gold file for a person to correct; it counts as gold only after that.

    The labels are the rules', or those of a digest that somebody corrected (summarizer review).
    """
    from summarizer.article import load
    from summarizer.evals import starter
    from summarizer.tasks import files

    if (article is None) == (reviewed is None):
        raise ConfigurationError("give an article, or a corrected digest with --from: one of the two")
    if reviewed and task:
        raise ConfigurationError("--task goes with an article", "a corrected digest has rows: leave --task out")
    if article is not None:
        read = load(article, max_bytes=_MAX_BYTES, language=language)
        typer.echo(starter.label(read, out, to or (), files.load(task or ())))
    else:
        typer.echo(_reviewed(str(reviewed), out, to or ()))


def _reviewed(source: str, out: Path, to: "Sequence[str]") -> Path:
    from summarizer.digest.audit import digests
    from summarizer.evals import reviewed

    found = list(digests(source))
    if len(found) > 1:
        raise ConfigurationError(f"{source} holds {len(found)} digests; give a file with the one that you corrected")
    return reviewed.label(found[0][1], out, to)


def _write(path: Path | None, text: "Callable[[], str]") -> None:
    from summarizer.evals import files

    if path is not None:
        files.write(path, text())


def _command(gold: Path, system: str, folder: Path | None) -> str:
    """Return the command that records anew, without the address of an endpoint."""
    words = ["summarizer", "eval", "run", "--gold", str(gold), "--system", system, "--out", "build/eval"]
    return shlex.join([*words, "--record", str(folder)] if folder else words)
