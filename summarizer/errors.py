"""The errors a caller can catch, split by whose fault they are.

::

    SummarizerError
    ├── ConfigurationError            exit 2   missing key, unknown language, bad setting
    │   ├── TaskError                          a task of one's own that cannot be asked for or proved
    │   └── TemplateError                      a prompt template that is missing or cannot be rendered
    ├── ArticleError                  exit 2   empty, undecodable or too large input
    ├── ModelError                    exit 3
    │   ├── ModelUnavailableError              time-out, connection, 408, 429, 5xx: the only kind retried
    │   ├── ModelRejectedError                 wrong key, unknown model, a request the endpoint will not take
    │   │   └── ContextWindowError             too long for the window that the endpoint named
    │   ├── ModelTruncatedError                the answer ran into ``max_tokens``
    │   └── ModelRefusedError                  a refusal or a content filter
    ├── OutputError                   exit 4
    │   ├── OutputSchemaError                  the model never gave an answer that fits the schema
    │   ├── GroundingError                     strict mode: a digest carries an ``error`` finding
    │   └── CorrectionError                    changes to a digest that cannot be made; each with its line
    ├── StoreError                    exit 2   the store of results cannot be opened, read or written
    ├── BudgetError                   exit 2   the next call could cost more than was allowed
    ├── EvalError                     exit 5
    │   ├── GoldError
    │   └── RecordingMissingError
    └── UnexpectedError               exit 7   a fault of this program, met with one article

A message says what went wrong, where, and what to do next; the last may be an argument of its own. No message holds a
key or a whole completion.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from summarizer.article.findings import Finding

__all__ = [
    "ArticleError",
    "AwaitedError",
    "BudgetError",
    "ConfigurationError",
    "ContextWindowError",
    "CorrectionError",
    "EvalError",
    "GoldError",
    "GroundingError",
    "ModelError",
    "ModelRefusedError",
    "ModelRejectedError",
    "ModelTruncatedError",
    "ModelUnavailableError",
    "OutputError",
    "OutputSchemaError",
    "RecordingMissingError",
    "StoreError",
    "SummarizerError",
    "TaskError",
    "TemplateError",
    "UnexpectedError",
    "reported",
]


class SummarizerError(Exception):
    """The root of every error this package raises on purpose.

    Arguments are what went wrong and where, and what to do next where that is a part of its own.
    """

    exit_code: ClassVar[int] = 1

    def __str__(self) -> str:
        return " — ".join(str(part) for part in self.args if part)

    @property
    def said(self) -> str:
        """What went wrong, and where."""
        return str(self.args[0]) if self.args else ""

    @property
    def advice(self) -> str:
        """What to do next; empty where `said` has it."""
        return str(self.args[1]) if len(self.args) > 1 else ""


class ConfigurationError(SummarizerError):
    """A setting, flag or file of the user's is missing or wrong."""

    exit_code = 2


class TaskError(ConfigurationError):
    """A task of one's own is wrong: its file, its schema, or what it asks for cannot be proved."""


class TemplateError(ConfigurationError):
    """A prompt template is missing, does not parse or needs a value that it was not given."""


class ArticleError(SummarizerError):
    """The input is empty, binary, undecodable or too large."""

    exit_code = 2


class StoreError(SummarizerError):
    """The store of results cannot be used: damaged, read-only, full, locked, or of a later version."""

    exit_code = 2


class ModelError(SummarizerError):
    """The endpoint gave no usable answer."""

    exit_code = 3


class ModelUnavailableError(ModelError):
    """The request may succeed later: time-out, connection, 408, 429, 5xx. Retries are used up."""


class ModelRejectedError(ModelError):
    """The endpoint will never take this request: wrong key, unknown model, unsupported or too long input."""


class ContextWindowError(ModelRejectedError):
    """A question does not fit into the context window that the endpoint named: the article must be split for it."""


class ModelTruncatedError(ModelError):
    """The answer was cut off at ``max_tokens``."""


class ModelRefusedError(ModelError):
    """The model refused, or a content filter stopped it."""


class OutputError(SummarizerError):
    """The model answered, and the answer cannot be published."""

    exit_code = 4


class OutputSchemaError(OutputError):
    """No answer fitted the schema, re-asks included."""


class GroundingError(OutputError):
    """Strict mode: the digest carries a finding of severity ``error``."""


class CorrectionError(OutputError):
    """Changes to a digest that cannot be made: nothing of them was.

    Attributes:
        findings: each reason, with the line that it is about.
    """

    def __init__(self, message: str, findings: "tuple[Finding, ...]" = ()) -> None:
        super().__init__(message)
        self.findings = findings


class BudgetError(SummarizerError):
    """The next call could cost more than was allowed: it was not sent."""

    exit_code = 2


class AwaitedError(SummarizerError):
    """The answer comes another day: the question is in a batch, or will be in the next one. Not a failure."""

    exit_code = 6


class EvalError(SummarizerError):
    """Something in an eval's inputs is wrong."""

    exit_code = 5


class GoldError(EvalError):
    """A gold file is missing, malformed or contradicts its article."""


class RecordingMissingError(EvalError):
    """A replay needs a recording that is not there."""


class UnexpectedError(SummarizerError):
    """A fault of this program, met with one article; the others are not concerned. Its cause is the exception."""

    exit_code = 7


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
    from importlib.metadata import version  # takes as long to import as all the rest that shows the help

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
