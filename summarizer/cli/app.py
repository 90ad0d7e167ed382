"""The command ``summarizer``: from flags to calls, from errors to exit codes, and nothing else."""

import gc
import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from summarizer.errors import (
    ArticleError,
    ConfigurationError,
    GroundingError,
    ModelError,
    SummarizerError,
    UnexpectedError,
)
from summarizer.evals import commands as evals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from summarizer.article import Article
    from summarizer.article.findings import Finding
    from summarizer.cli.doctor import Diagnosis
    from summarizer.cli.output import Folder, Stream
    from summarizer.cli.terminal import Notes
    from summarizer.config import Settings
    from summarizer.digest import Digest

__all__ = ["app", "main"]

SOME_FAILED, INTERRUPTED = 6, 130


def _codes() -> str:
    """Return the codes of the languages for the help: their folders, since the package takes long to import."""
    folders = Path(__file__).parents[1].joinpath("languages").glob("*/language.toml")
    *most, last = sorted(folder.parent.name for folder in folders)
    return f"{', '.join(most)} or {last}"


app = typer.Typer(
    name="summarizer",
    help="Checked bilingual digests of Italian, English and Chinese news.",
    rich_markup_mode=None,  # plain help starts three times as fast
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # their frames would show settings, and with them keys
    add_completion=False,
)
models = typer.Typer(help="The embedded model: list, fetch, find.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(models, name="models")
app.add_typer(evals.app, name="eval")


class Format(StrEnum):
    """How digests are written."""

    auto = "auto"
    markdown = "markdown"
    json = "json"


class Listing(StrEnum):
    """How findings are listed."""

    text = "text"
    json = "json"


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


@app.command()
def summarize(
    sources: Annotated[list[str], typer.Argument(help="Articles: files, folders, or - for standard input.")],
    to: Annotated[list[str] | None, typer.Option(help=f"Language of a brief: {_codes()}. May be repeated.")] = None,
    form: Annotated[Format, typer.Option("--format", help="auto: markdown on a terminal, else json.")] = Format.auto,
    out: Annotated[Path | None, typer.Option(help="Write one file per article into this folder.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the articles; default: found out.")] = None,
    model: Annotated[str | None, typer.Option(help="Model name at the endpoint, or a GGUF file.")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint, ending in /v1.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file; default: summarizer.toml.")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for one request.")] = None,
    article_timeout: Annotated[float | None, typer.Option(help="Seconds for one article.")] = None,
    context_tokens: Annotated[int | None, typer.Option(help="Context window of the model.")] = None,
    reasoning_effort: Annotated[
        str | None, typer.Option(help="How long a reasoning model thinks: none, minimal, low, medium, high.")
    ] = None,
    request: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Added to each request: a body field, header or query parameter."),
    ] = None,
    trust: Annotated[
        str | None, typer.Option(help="high: publish lines with a doubt beside them; low: leave them out.")
    ] = None,
    review: Annotated[str | None, typer.Option(help="What is read a second time: all, doubts or none.")] = None,
    review_model: Annotated[str | None, typer.Option(help="Model for the second reading.")] = None,
    max_quotes: Annotated[int | None, typer.Option(help="Key quotes at most.")] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Figures and quotes by the rules alone.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on findings of severity error (exit 4).")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in this program an article failed.")] = False,
) -> None:
    """Write a checked digest of each article.

    The key is read from OPENAI_API_KEY (or SUMMARIZER_API_KEY); with neither a key nor an endpoint the
    embedded model answers. Exit codes: 0 done, 2 bad input or setting, 3 no usable answer, 4 an answer
    that cannot be published, 6 some articles failed, 7 a fault of this program, 130 interrupted.
    """
    from summarizer import config as configuration
    from summarizer.article import sources as expand
    from summarizer.cli.output import Folder, Stream
    from summarizer.cli.terminal import notes
    from summarizer.llm import extras

    flags = {
        "model": model,
        "base_url": base_url,
        "timeout_s": timeout,
        "article_timeout_s": article_timeout,
        "context_tokens": context_tokens,
        "reasoning_effort": reasoning_effort,
        "request": extras.parse(request) if request else None,
        "trust": trust,
        "review": review,
        "review_model": review_model,
        "max_quotes": max_quotes,
    }
    if no_model and to:
        raise ConfigurationError("--to needs a model: leave out --no-model, or --to")
    settings = configuration.load(flags, config)
    inputs = expand(sources)
    shape = _shape(form, out)
    sink = Folder(out, shape, inputs) if out else Stream(shape, several=len(inputs) > 1)
    with notes(quiet=quiet) as said, _making(settings, said, None if no_model else to or ()) as make:
        run = _Run(make, sink, said, strict=strict, debug=settings if debug else None)
        try:
            codes = [run.one(source, settings.max_input_bytes, language) for source in inputs]
        except BrokenPipeError:
            # whoever read our output has enough; nothing more can be written, at exit neither
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
    if any(codes):
        raise typer.Exit(codes[0] if len(set(codes)) == 1 else SOME_FAILED)


@contextmanager
def _making(
    settings: "Settings", said: "Notes", to: "Sequence[str] | None"
) -> "Iterator[Callable[[Article], Digest]]":
    """Give what makes a digest of an article: a model, or the rules alone where `to` is None."""
    if to is None:
        from summarizer import rules_only

        yield lambda article: rules_only.digest(article, settings)
        return
    from summarizer.pipeline import Summarizer

    with Summarizer(settings, said.progress) as summarizer:
        yield lambda article: summarizer.summarize_sync(article, to)


def _shape(form: Format, out: Path | None) -> str:
    if form is not Format.auto:
        return str(form)
    return "markdown" if out is None and sys.stdout is not None and sys.stdout.isatty() else "json"


class _Run:
    """One call of the command: takes articles one by one and gives each its exit code."""

    def __init__(
        self,
        make: "Callable[[Article], Digest]",
        sink: "Folder | Stream",
        notes: "Notes",
        *,
        strict: bool,
        debug: "Settings | None",
    ) -> None:
        self._make = make
        self._sink = sink
        self._notes = notes
        self._strict = strict
        self._debug = debug

    def one(self, source: str, max_bytes: int, language: str | None) -> int:
        """Digest one article; an error of its own is told and does not stop the others.

        Raises:
            ConfigurationError: it would be the same for every article.
        """
        from summarizer import article
        from summarizer.errors import reported

        try:
            with reported(None):
                digest = self._make(article.load(source, max_bytes=max_bytes, language=language))
            self._notes.clear()
            with reported(digest.article.id):
                self._sink.write(digest)
            self._check(digest)
            return self._missing(digest, source)
        except ConfigurationError:
            raise
        except SummarizerError as error:
            self._notes.clear()
            _tell(error, source, self._debug)
            return error.exit_code

    def _missing(self, digest: "Digest", source: str) -> int:
        """Tell of briefs that could not be made; the digest is written all the same, and the exit code says so."""
        gone = [f.message for f in digest.findings if f.code == "brief.missing"]
        for message in gone:
            _tell(ModelError(message), source)
        return ModelError.exit_code if gone else 0

    def _check(self, digest: "Digest") -> None:
        errors = [f.code for f in digest.findings if f.severity == "error"]
        if self._strict and errors:
            raise GroundingError(f"{len(errors)} findings of severity error: {', '.join(dict.fromkeys(errors))}")


@app.command()
def check(
    sources: Annotated[list[str], typer.Argument(help="Digests: JSON or JSON Lines files, or - for standard input.")],
    form: Annotated[
        Listing, typer.Option("--format", help="text: a line each; json: an object a line.")
    ] = Listing.text,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in this program a digest failed.")] = False,
) -> None:
    """Hold published digests against the articles inside them, by the rules alone.

    Prints each finding with its place. Exit codes: 0 no finding of severity error, 2 a file that is no digest,
    4 at least one error, 7 a fault of this program, 6 such a fault with some digests and not with others.
    """
    from summarizer import config as configuration

    settings = configuration.load() if debug else None
    codes = [code for source in sources for code in _audited(source, form, settings)]
    kinds = set(codes) or {0}
    if ArticleError.exit_code in kinds:
        raise typer.Exit(ArticleError.exit_code)
    some = UnexpectedError.exit_code in kinds and len(kinds) > 1
    raise typer.Exit(SOME_FAILED if some else max(kinds))


def _audited(source: str, form: Listing, debug: "Settings | None") -> "Iterator[int]":
    """Yield an exit code for each digest in a file, and print what is wrong with it."""
    from summarizer.digest.audit import digests
    from summarizer.errors import reported

    try:
        with reported(None):
            for name, digest in digests(source):
                yield _held(name, digest, form, debug)
    except SummarizerError as error:
        _tell(error, source, debug)
        yield error.exit_code


def _held(name: str, digest: "Digest", form: Listing, debug: "Settings | None") -> int:
    """Return the exit code of one digest; a fault of ours is told and does not stop the others."""
    from summarizer.digest.audit import audit
    from summarizer.errors import reported

    try:
        with reported(digest.article.id):
            found = audit(digest)
    except UnexpectedError as error:
        _tell(error, name, debug)
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


@app.command()
def doctor(
    model: Annotated[str | None, typer.Option(help="Model name at the endpoint, or a GGUF file.")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint, ending in /v1.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file; default: summarizer.toml.")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for one request.")] = None,
    reasoning_effort: Annotated[
        str | None, typer.Option(help="How long a reasoning model thinks: none, minimal, low, medium, high.")
    ] = None,
    request: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Added to each request: a body field, header or query parameter."),
    ] = None,
    context_tokens: Annotated[int | None, typer.Option(help="Context window of the model.")] = None,
    form: Annotated[Listing, typer.Option("--format", help="text: a line each; json: one object.")] = Listing.text,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Find out whether the endpoint answers, in which way, and how fast; costs two small questions.

    Exit codes: 0 it works, 2 a setting is wrong, 3 the endpoint gave no usable answer, 4 its answers do not fit.
    """
    import shutil

    from summarizer import config as configuration
    from summarizer.cli import doctor as examining
    from summarizer.cli.terminal import notes
    from summarizer.llm import extras

    flags = {
        "model": model,
        "base_url": base_url,
        "timeout_s": timeout,
        "context_tokens": context_tokens,
        "reasoning_effort": reasoning_effort,
        "request": extras.parse(request) if request else None,
    }
    settings = configuration.load(flags, config)
    with notes(quiet=quiet) as said:
        found = examining.examine(settings, said.progress)
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


@app.command()
def schema(
    name: Annotated[Literal["digest", "gold"], typer.Argument(help="Of a digest, or of a gold file.")] = "digest",
) -> None:
    """Print a JSON Schema."""
    from summarizer import resources

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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
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


def _tell(error: SummarizerError, source: str | None = None, debug: "Settings | None" = None) -> None:
    """Say what went wrong on standard error; with the settings for `debug`, where in this program, too."""
    from summarizer.article.line import one_line

    if debug is not None:
        typer.echo(_traceback(error, debug), err=True, nl=False)
    # an ArticleError names its file already
    place = f"{source}: " if source and not isinstance(error, ArticleError) else ""
    typer.echo(f"summarizer: {one_line(f'{place}{error}')}", err=True)


def _traceback(error: SummarizerError, settings: "Settings") -> str:
    """Return an error's traceback with its causes; the key is left out, whatever holds it."""
    import traceback

    from summarizer.llm.redaction import Redactor

    return Redactor(settings.secrets).text("".join(traceback.format_exception(error)))


def _start_fast() -> None:
    """Spare the command what costs a process its first seconds; no business of the library, whose host decides."""
    # half a million objects of imported packages stay to the end: looking through them often is a sixth of all work
    gc.set_threshold(50_000)
    # of Chinese only single characters are romanised; the package's own setting leaves its phrases unread
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")


def main() -> None:
    """Run the command and exit with its code."""
    _start_fast()
    try:
        app()
    except SummarizerError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
