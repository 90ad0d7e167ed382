"""What nobody expected about one article: a fault of this program, told so that it can be reported."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from summarizer.errors import SummarizerError, UnexpectedError

__all__ = ["reported"]

_PACKAGE = __name__.partition(".")[0]
#: Not about one article: our own errors say what they are, a full memory leaves nothing to go on with, and a closed
#: pipe means that whoever read the results has enough.
_PASSED_ON = (SummarizerError, MemoryError, BrokenPipeError)


@contextmanager
def reported(article_id: str | None) -> Iterator[None]:
    """Raise what nobody expected inside as an `UnexpectedError`, with the exception as its cause.

    An interrupt or a cancelled task is no failure and passes.

    Args:
        article_id: SHA-256 of the article's text; None while there is no article yet.

    Raises:
        UnexpectedError: in place of any exception that is not ours.
    """
    try:
        yield
    except _PASSED_ON:
        raise
    except Exception as error:
        raise UnexpectedError(_report(error, article_id)) from error


def _report(error: Exception, article_id: str | None) -> str:
    """Return what to report: no text of an article and no value, for an exception's own text may hold either."""
    details = [f"{type(error).__name__} at {_place(error)}", f"version {version('summarizer-briefs')}"]
    if article_id:
        details.append(f"article {article_id[:12]}")
    return (
        "this program failed, and the article is not to blame; leave it out for now, and report this line, "
        f"which holds none of its text: {', '.join(details)}"
    )


def _place(error: Exception) -> str:
    """Return the module and line of ours where it happened, or that called what raised it."""
    frames = ((frame.f_globals.get("__name__", ""), line) for frame, line in traceback.walk_tb(error.__traceback__))
    ours = [f"{name}:{line}" for name, line in frames if name.partition(".")[0] == _PACKAGE]
    return ours[-1]
