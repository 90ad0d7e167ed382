"""What the command says of an error: one line, and where in this program it was met, for whoever asks."""

from typing import TYPE_CHECKING

import typer

from summarizer.errors import ArticleError, SummarizerError

if TYPE_CHECKING:
    from summarizer.config import Settings

__all__ = ["line", "tell"]


def tell(error: SummarizerError, source: str | None = None, debug: "Settings | None" = None) -> None:
    """Say what went wrong on standard error; with the settings for `debug`, where in this program, too."""
    if debug is not None:
        typer.echo(_traceback(error, debug), err=True, nl=False)
    typer.echo(f"summarizer: {line(error, source)}", err=True)


def line(error: SummarizerError, source: str | None) -> str:
    """Return an error on one line behind the name of its article; an ArticleError names it already."""
    from summarizer.article.line import one_line

    place = f"{source}: " if source and not isinstance(error, ArticleError) else ""
    return one_line(f"{place}{error}")


def _traceback(error: SummarizerError, settings: "Settings") -> str:
    """Return an error's traceback with its causes; the key is left out, whatever holds it."""
    import traceback

    from summarizer.llm.redaction import Redactor

    return Redactor(settings.secrets).text("".join(traceback.format_exception(error)))
