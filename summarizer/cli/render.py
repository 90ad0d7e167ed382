"""The command ``summarizer render``: digests that are there already, in a format for people."""

import os
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.given import files
from summarizer.errors import ArticleError, ConfigurationError, StoreError

if TYPE_CHECKING:
    from summarizer.digest import Digest

__all__ = ["render"]

_SOME_FAILED = 6
_STORES = frozenset({".sqlite", ".sqlite3", ".db"})


class Rendered(StrEnum):
    """How digests are written for people."""

    auto = "auto"
    html = "html"
    docx = "docx"
    eml = "eml"
    text = "text"
    markdown = "markdown"
    csv_quotes = "csv-quotes"
    csv_figures = "csv-figures"
    csv_sections = "csv-sections"


def render(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="DIGESTS", help="JSON or JSON Lines files, folders of them, a store (.sqlite), or -."),
    ],
    out: Annotated[
        Path, typer.Option(help="A file for all of them; a folder for one file each; - for standard output.")
    ],
    form: Annotated[Rendered, typer.Option("--format", help="auto: by the ending of --out.")] = Rendered.auto,
    template: Annotated[Path | None, typer.Option(help="Word template (.docx) of your own; see docs.")] = None,
) -> None:
    """Write digests for people: a page, a Word brief or press review, mail, text, tables. No model is asked.

    Where --out has the ending of the format, all digests become one file: a press review. Else --out is a folder
    with a file for each. Exit codes: 0 done, 2 nothing to write or it cannot be written, 6 some of the files given
    are no digests; the others are written.
    """
    kind = _kind(form, out, template)
    faults: list[str] = []
    named = list(_digests(sources, faults))
    if not named:
        raise ConfigurationError("there is no digest to write", "name JSON files of summarizer summarize, or a store")
    try:
        written = _write(named, kind, out, template)
    except BrokenPipeError:
        # whoever read our output has enough; nothing more can be written, at exit neither
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    number = "1 digest" if len(named) == 1 else f"{len(named)} digests"
    typer.echo(f"summarizer: {number} written to {written}", err=True)
    if faults:
        raise typer.Exit(_SOME_FAILED)


def _kind(form: Rendered, out: Path, template: Path | None) -> str:
    """Return the format: as asked for, that of the template, or by the ending of the output.

    Raises:
        ConfigurationError: nothing says which, or --template stands with another format than docx.
    """
    from summarizer.render.files import FORMATS

    if template and form not in (Rendered.auto, Rendered.docx):
        raise ConfigurationError(f"--template makes Word files, not {form.value}", "leave out --format")
    if form is not Rendered.auto:
        return form.value
    if template:
        return Rendered.docx.value
    found = [name for name, each in FORMATS.items() if each.suffix == out.suffix.lower()]
    if len(found) != 1:
        which = " or ".join(found) or ", ".join(FORMATS)
        raise ConfigurationError(f"--out {out} does not say which format is wanted", f"add --format {which}")
    return found[0]


def _digests(sources: Sequence[str], faults: list[str]) -> "Iterator[tuple[str, Digest]]":
    """Yield the digests of all sources; what is none is told, and the others go on."""
    from summarizer.cli.telling import tell

    for source in sources:
        for path in files(source):
            try:
                yield from _read(path)
            except (ArticleError, StoreError) as error:
                faults.append(path)
                tell(error, path)


def _read(source: str) -> "Iterator[tuple[str, Digest]]":
    if Path(source).suffix.lower() in _STORES:
        from summarizer.batch.store import Store

        with Store(Path(source), reading=True) as kept:
            yield from kept.digests()
    else:
        from summarizer.digest.audit import digests

        yield from digests(source)


def _write(named: "list[tuple[str, Digest]]", kind: str, out: Path, template: Path | None) -> Path:
    """Write one file, or one for each digest, and return where.

    Raises:
        ConfigurationError: it cannot be written, or a package is not installed.
    """
    from summarizer.batch.inputs import stem
    from summarizer.batch.writing import free, said, written
    from summarizer.render.files import FORMATS

    form = FORMATS[kind]
    with said(out):
        if form.parts and str(out) != "-" and out.suffix.lower() != form.suffix:
            for name, content in form.parts(named).items():
                with written(out / f"{stem(name)}{form.suffix}") as file:
                    file.write(content)
            return out
        if str(out) == "-" or form.together or out.suffix.lower() == form.suffix:
            _one(named, kind, out, template)
            return out
        taken: set[str] = set()
        for name, digest in named:
            content = _content([(name, digest)], kind, template)
            with written(out / f"{free(name, digest, taken)}{form.suffix}") as file:
                file.write(content)
    return out


def _one(named: "list[tuple[str, Digest]]", kind: str, out: Path, template: Path | None) -> None:
    from summarizer.batch.writing import written

    if str(out) == "-":
        _may_stream(kind)
        if kind == "markdown" and sys.stdout.isatty():
            from rich.console import Console

            from summarizer.cli.terminal import show

            show(_content(named, kind, template).decode(), Console())
            return
    content = _content(named, kind, template)
    with written(out) as file:
        file.write(content)


def _may_stream(kind: str) -> None:
    if sys.stdout is None:
        raise ConfigurationError("standard output is closed", "name a file: --out")
    if kind == "docx" and sys.stdout.isatty():
        raise ConfigurationError("a Word file is nothing for a terminal", "name a file: --out review.docx")


def _content(named: "list[tuple[str, Digest]]", kind: str, template: Path | None) -> bytes:
    from summarizer.render.files import of_template, rendered

    return of_template(named, template) if template else rendered(named, kind)
