"""Is there somebody who answers, in which dialect, how fast: what `summarizer doctor` finds out by two questions."""

import asyncio
import platform
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from summarizer.article import Article, from_text
from summarizer.article.line import one_line
from summarizer.ask import chunks, drafts, prompts
from summarizer.config import Settings
from summarizer.digest.provenance import Account
from summarizer.errors import ModelRejectedError, SummarizerError
from summarizer.llm import connect
from summarizer.llm.connect import Backend, Progress
from summarizer.llm.dialect import SCHEMA_IN_MESSAGE, Form
from summarizer.llm.listing import Listed, Listing

if TYPE_CHECKING:
    from summarizer.llm.client import Session
    from summarizer.llm.failures import Failure

__all__ = ["Diagnosis", "examine", "text"]

#: Short, so that it costs little, and with a quotation and figures, so that a question about it is one of ours.
_TEXT = (
    "The port of Genoa opened a new terminal on Monday. It cost 186.3 million euros and employs 230 people. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority.'
)
_LINES = ("The port of Genoa opened a new terminal on Monday.", "It employs 230 people.")
_BLANK: Mapping[str, Any] = {"role": "", "figures": [], "placeholders": [], "names": [], "last": "", "objections": []}
_LINES_WANTED = {
    "lines": [{"number": number, "text": line, **_BLANK} for number, line in enumerate(_LINES, 1)],
    "source_language": "English",
    "target_language": "Italian",
    "placeholders": False,
}
_PACKAGES = ("summarizer-briefs", "openai", "instructor", "pydantic", "xllamacpp")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out; None where it was not.

    Attributes:
        endpoint: who is asked: scheme, host and port, or ``embedded``; empty where the settings name nobody.
        model: the model asked for.
        reachable: whether anybody answered, be it with a refusal.
        key_accepted: whether the key was taken; None where nobody said.
        model_listed: whether the endpoint lists the model; None where it lists none.
        answered: whether both questions were answered in the form asked for.
        form: how answers are asked for, see `summarizer.llm.dialect`.
        refused: what the endpoint does not take.
        reasons: whether the model thinks before it answers.
        reasoning_tokens: hidden tokens of the two answers.
        context_tokens: the window that is used.
        endpoint_context_tokens: the window that the endpoint names.
        tokens_per_second: of the second answer, hidden tokens included.
        requests: what the examination cost; so do the next three.
        input_tokens: tokens sent.
        output_tokens: tokens received.
        cost_usd: by the prices of the settings, else by those that the endpoint lists.
        versions: name → version of what is installed.
        error: why the examination ended early, empty where it did not.
        verdict: one line.
        next_step: what to do now, one line.
        exit_code: of the command.
    """

    endpoint: str = ""
    model: str = ""
    reachable: bool | None = None
    key_accepted: bool | None = None
    model_listed: bool | None = None
    answered: bool = False
    form: Form | None = None
    refused: tuple[str, ...] = ()
    reasons: bool | None = None
    reasoning_tokens: int | None = None
    context_tokens: int | None = None
    endpoint_context_tokens: int | None = None
    tokens_per_second: float | None = None
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    versions: tuple[tuple[str, str], ...] = ()
    error: str = ""
    verdict: str = ""
    next_step: str = ""
    exit_code: int = 0


def examine(settings: Settings, progress: Progress) -> Diagnosis:
    """Find out who answers under `settings`, and how; two small questions are asked.

    Nothing that goes wrong is raised: it is what was to be found out. The embedded model is started where it is its
    turn, and never fetched.
    """
    nobody = Diagnosis(versions=_versions())
    try:
        connect.check_here(settings)
        # not in an event loop: a start that is interrupted here stops at once
        backend = connect.backend(settings, progress)
    except SummarizerError as error:
        return _failed(nobody, error, error.advice)  # no name is shown: a key may have been pasted into it
    try:
        return asyncio.run(_examined(backend, settings, progress))
    finally:
        if backend.server is not None:
            backend.server.close()


async def _examined(backend: Backend, settings: Settings, progress: Progress) -> Diagnosis:
    from summarizer.llm.client import Client

    client = Client(backend.endpoint, backend.limits, backend.around, backend.learned)
    session, listing, failure = client.session(), None, None
    try:
        if not backend.endpoint.embedded:
            progress(f"asking {backend.endpoint.label} for its models", 0, 0)
            listing = await client.listing()
        await _ask(session, progress)
    except SummarizerError as error:
        failure = error
    finally:
        await client.aclose()
    return _told(session, settings, listing, failure)


async def _ask(session: "Session", progress: Progress) -> None:
    """Ask two of the questions that a digest asks, about three sentences.

    Raises:
        SummarizerError: one was not answered.
    """
    article = from_text(_TEXT, language="en", source="doctor")
    progress(f"asking {session.endpoint.model} for a summary (1 of 2)", 0, 0)
    wanted = {"language": "English", "abstract": 1, "key_points": 1, "further": False, "headline": "12 words"}
    summary = prompts.load("summary").render(_beginning(article), wanted)
    await session.ask(summary, drafts.summary(1, len(article.sentences), 1, 1, "latin"), 400)
    progress(f"asking {session.endpoint.model} for a translation (2 of 2)", 0, 0)
    translation = prompts.load("lines").render(_beginning(article), _LINES_WANTED)
    await session.ask(translation, drafts.translation(["it"], len(_LINES)), 300)


def _beginning(article: Article) -> Mapping[str, Any]:
    return chunks.split(article, 32_768)[0].values


def _told(
    session: "Session", settings: Settings, listing: Listing | None, failure: SummarizerError | None
) -> Diagnosis:
    """Return the diagnosis of what was asked and answered."""
    endpoint, last = session.endpoint, _last_word(session)
    known = listing or Listing()
    listed = known.find(endpoint.model)
    found = Diagnosis(
        endpoint=endpoint.label,
        model=endpoint.model,
        reachable=listing is not None or _somebody(session),
        model_listed=listed is not None if known.models else None,
        context_tokens=endpoint.context_tokens,
        versions=_versions(),
    )
    found = replace(found, **_learned(session, listed), **_cost(session, settings, listed))
    if endpoint.key and not endpoint.embedded:
        found = replace(found, key_accepted=_key_accepted(session, last))
    if failure is None:
        return replace(found, verdict=_verdict(found), next_step=_next_step(found))
    return _failed(found, failure, _other_names(known, endpoint.model, last, failure) or failure.advice)


def _last_word(session: "Session") -> "Failure | None":
    """Return what the endpoint said in place of the answer that is missing; None where it said nothing."""
    from summarizer.llm.failures import EndpointFailureError

    failed = session.trouble.failures[-1:]
    return next((error.failure for error in failed if isinstance(error, EndpointFailureError)), None)


def _somebody(session: "Session") -> bool:
    """Tell whether any request was answered, be it with an error."""
    from openai import APIConnectionError

    failures = session.trouble.failures
    answered = sum(call.requests for call in session.calls) > len(failures)
    return answered or any(not isinstance(error, APIConnectionError) for error in failures)


def _key_accepted(session: "Session", last: "Failure | None") -> bool | None:
    if last is not None and last.is_about_key:
        return False
    return True if any(call.error is None for call in session.calls) else None


def _other_names(listing: Listing, model: str, last: "Failure | None", failure: SummarizerError) -> str:
    """Return the advice to name another model, where the endpoint refused this one and lists others; else nothing."""
    if last is None or not isinstance(failure, ModelRejectedError) or model in listing.models or last.is_about_key:
        return ""
    blamed = "model" in last.text.lower() or model.lower() in last.text.lower()
    near = listing.near(model) if blamed and last.status in (400, 403, 404, 422) else ()
    return f"name a model that the endpoint has with --model: {' or '.join(near)}" if near else ""


def _learned(session: "Session", listed: Listed | None) -> dict[str, Any]:
    """Return what the questions taught about the endpoint."""
    dialect = session.client.learned.dialect
    answered = [call for call in session.calls if call.error is None]
    windows = (dialect.context_tokens, listed.context_tokens if listed else None)
    return {
        "answered": len(answered) == 2,
        "form": dialect.form if answered else None,
        "refused": tuple(sorted(dialect.refused)),
        "reasons": dialect.reasons if answered else None,
        "reasoning_tokens": sum(call.hidden_tokens for call in answered) if answered else None,
        "endpoint_context_tokens": min((n for n in windows if n), default=None),
        "tokens_per_second": _speed(answered[-1].output_tokens, answered[-1].seconds) if answered else None,
    }


def _speed(tokens: int, seconds: float) -> float | None:
    return round(tokens / seconds, 1) if tokens and seconds > 0 else None


def _cost(session: "Session", settings: Settings, listed: Listed | None) -> dict[str, Any]:
    """Return what it took, counted and priced as a digest is; where the settings have no prices, by listed ones."""
    if listed is not None and None in (settings.input_usd_per_million, settings.output_usd_per_million):
        prices = {
            "input_usd_per_million": listed.input_usd_per_million,
            "output_usd_per_million": listed.output_usd_per_million,
        }
        settings = settings.model_copy(update=prices)
    spent = Account(session.endpoint, tuple(session.calls), 0.0).record(settings)
    return {
        "requests": spent.requests,
        "input_tokens": spent.input_tokens,
        "output_tokens": spent.output_tokens,
        "cost_usd": spent.cost_usd,
    }


def _failed(found: Diagnosis, error: SummarizerError, advice: str) -> Diagnosis:
    """Return the diagnosis with what went wrong, and what to do."""
    return replace(
        found,
        error=str(error),
        verdict=f"it does not work: {error.said}",
        next_step=advice or "mend that, then run summarizer doctor again",
        exit_code=error.exit_code,
    )


def _verdict(found: Diagnosis) -> str:
    loosely = ", with answers that nothing holds to their form" if found.form in SCHEMA_IN_MESSAGE else ""
    return f"it works{loosely}: {found.model} at {found.endpoint} answers"


def _next_step(found: Diagnosis) -> str:
    """Return the next step when everything works: what is still worth setting, else the main job."""
    own = found.endpoint_context_tokens
    if own is not None and found.context_tokens is not None and own < found.context_tokens:
        return f"set --context-tokens {own}: this model's window is smaller than the {found.context_tokens:,} assumed"
    if found.endpoint == "embedded":
        return "summarizer summarize ARTICLE --to it; for text to publish, set OPENAI_API_KEY or --base-url"
    return "summarizer summarize ARTICLE --to it"


def _versions() -> tuple[tuple[str, str], ...]:
    """Return what is installed, Python first."""
    return ("python", platform.python_version()), *((name, _version(name)) for name in _PACKAGES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def text(found: Diagnosis, width: int | None = None) -> str:
    """Return the diagnosis for a reader: a label and its words a line; what was not found out is left out.

    Args:
        found: the diagnosis.
        width: columns of the terminal; longer lines go on below their words. None for one line each.
    """
    told = [(label, one_line(words)) for label, words in _rows(found) if words]
    room = 10**6 if width is None else max(width - _INDENT, _INDENT)
    broken = [(label, textwrap.wrap(w, room, break_long_words=False, break_on_hyphens=False)) for label, w in told]
    return "\n".join(f"{label:<{_INDENT}}" + f"\n{' ' * _INDENT}".join(words) for label, words in broken)


def _rows(found: Diagnosis) -> tuple[tuple[str, str | None], ...]:
    return (
        ("endpoint", found.endpoint),
        ("model", found.model),
        ("reachable", _yes(found.reachable)),
        ("key", {True: "accepted", False: "refused", None: None}[found.key_accepted]),
        ("model listed", _yes(found.model_listed)),
        ("answers as", _FORMS[found.form] if found.form else None),
        ("refuses", ", ".join(found.refused)),
        ("thinks first", _thinking(found)),
        ("window", _window(found)),
        ("speed", f"{found.tokens_per_second} tokens a second" if found.tokens_per_second else None),
        ("cost", _spent(found)),
        ("versions", ", ".join(f"{name} {number}" for name, number in found.versions)),
        ("verdict", found.verdict),
        ("next", found.next_step),
    )


_INDENT = 14
_FORMS: Mapping[Form, str] = {
    "json_schema": "strict JSON schema",
    "reduced_schema": "JSON schema without its bounds",
    "tools": "the parameters of a tool",
    "json_object": "any JSON; the schema stands in the question",
    "text": "plain text; the schema stands in the question",
}


def _yes(value: bool | None) -> str | None:  # noqa: FBT001 - the value is what is told
    return {True: "yes", False: "no", None: None}[value]


def _thinking(found: Diagnosis) -> str | None:
    hidden = f", {found.reasoning_tokens:,} hidden tokens in two answers" if found.reasoning_tokens else ""
    return f"yes{hidden}" if found.reasons else _yes(found.reasons)


def _window(found: Diagnosis) -> str | None:
    used = f"{found.context_tokens:,} tokens used" if found.context_tokens else None
    own = found.endpoint_context_tokens
    return f"{used}, {own:,} by the endpoint's own word" if used and own else used


def _spent(found: Diagnosis) -> str | None:
    if not found.requests:
        return None
    unknown = "price unknown: set input_usd_per_million and output_usd_per_million"
    price = f"{found.cost_usd:.6f} USD" if found.cost_usd is not None else unknown
    requests = f"{found.requests} request{'s' if found.requests > 1 else ''}"
    return f"{requests}, {found.input_tokens:,} tokens in, {found.output_tokens:,} out; {price}"
