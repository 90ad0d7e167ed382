"""The commands ``summarizer prompts init`` and ``check``: templates of one's own, copied and held, nothing asked."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.flags import Language
from summarizer.errors import ConfigurationError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["app"]

app = typer.Typer(
    help="Templates and house style of your own: copy, check.", rich_markup_mode=None, no_args_is_help=True
)
#: The templates that the house style stands behind.
_RULES = ("system", "translator")
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of your templates.")]


@app.command()
def init(
    into: Folder,
    tasks: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these, e.g. summary; default: all.")
    ] = None,
) -> None:
    """Copy the standard templates into a folder; what is there stays as it is.

    Exit codes: 0 done, 2 there is no such template, or the folder cannot be written.
    """
    from summarizer.ask import folder

    # all of them before a word is said: who reads no further must not stop the rest
    for path, new in list(folder.copy(into, tuple(tasks or ()))):
        typer.echo(f"{path}" if new else f"{path}: is there already and stays as it is")


@app.command()
def check(
    of: Folder,
    article: Annotated[
        str | None, typer.Option(metavar="FILE", help="Fill the templates in on this article.")
    ] = None,
    language: Language = None,
    show: Annotated[
        str | None, typer.Option(metavar="NAME", help="Print this one, e.g. summary, as the model sees it.")
    ] = None,
) -> None:
    """Hold templates and house style to what they may do, fill them in on an article, and say what is wrong.

    Nothing is asked. Exit codes: 0 nothing is wrong, though something may be to think over; 2 something is.
    """
    from summarizer.ask.lint import lint

    values = _values(article, language) if article else None
    remarks = list(lint(of, values))
    for remark in remarks:
        typer.echo(f"{remark.severity}: {remark.says}")
    if any(remark.severity == "error" for remark in remarks):
        raise typer.Exit(TemplateError.exit_code)
    if show:
        typer.echo(_shown(of, show, values))


def _values(source: str, language: str | None) -> "Mapping[str, Any]":
    """Return what the template of the article is given about a file."""
    from summarizer import config as configuration
    from summarizer.ask import chunks
    from summarizer.batch.inputs import inputs

    settings = configuration.load()
    given = next(iter(inputs([source], settings, language)), None)
    if given is None:
        raise ConfigurationError(f"{source}: there is no article here", "name a file with one")
    return chunks.split(given.load(), settings.context_tokens)[0].values


def _shown(of: Path, task: str, values: "Mapping[str, Any] | None") -> str:
    from summarizer.ask import folder
    from summarizer.ask.house import House
    from summarizer.ask.lint import shown
    from summarizer.config import Settings

    known = folder.newest()
    if task not in known:
        raise TemplateError(f"there is no template {task}", f"there are: {', '.join(known)}")
    templates, name = House.of(Settings(prompts=of)).templates, known[task]
    text = shown(templates.source(name), name, templates.place(name), values)
    return templates.styled(text) if task in _RULES else text
