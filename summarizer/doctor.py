"""Is there somebody who answers, in which dialect, how fast: what `summarizer doctor` finds out by two questions."""

import difflib
import platform
from collections.abc import Collection
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from summarizer import connect, drafts, prompts, sections
from summarizer.article import Article, from_text
from summarizer.config import Settings
from summarizer.connect import Backend, Progress
from summarizer.errors import ModelUnavailableError, SummarizerError
from summarizer.llm.listing import Listed, Listing

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["Diagnosis", "examine", "lines"]

#: Short, so that it costs little, and with a quotation and figures, so that a question about it is one of ours.
_TEXT = (
    "The port of Genoa opened a new terminal on Monday. It cost 186.3 million euros and employs 230 people. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority.'
)
_LINES = ("The port of Genoa opened a new terminal on Monday.", "It employs 230 people.")
_PACKAGES = ("summarizer-briefs", "openai", "instructor", "pydantic", "xllamacpp")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out; None where it was not.

    Attributes:
        endpoint: who is asked: scheme, host and port, or ``embedded``.
        model: the model asked for.
        reachable: whether anybody answered.
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

    endpoint: str
    model: str
    reachable: bool | None = None
    key_accepted: bool | None = None
    model_listed: bool | None = None
    answered: bool = False
    form: str | None = None
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


async def examine(settings: Settings, progress: Progress) -> Diagnosis:
    """Find out who answers under `settings`, and how; two small questions are asked.

    Nothing that goes wrong is raised: it is what was to be found out.
    """
    found = Diagnosis(endpoint="none", model=settings.model or "", versions=_versions())
    try:
        backend = connect.backend(settings, progress)
    except SummarizerError as error:
        return _failed(found, error)
    endpoint = backend.endpoint
    found = replace(found, endpoint=endpoint.label, model=endpoint.model, context_tokens=endpoint.context_tokens)
    try:
        return await _examined(backend, settings, found)
    finally:
        if backend.server is not None:
            backend.server.close()


async def _examined(backend: Backend, settings: Settings, found: Diagnosis) -> Diagnosis:
    from summarizer.llm.client import Client

    client = Client(backend.endpoint, backend.limits, learned=backend.learned)
    session = client.session()
    listing, failure = Listing(), None
    try:
        if not backend.endpoint.embedded:
            listing = await client.listing()
        await _ask(session)
    except SummarizerError as error:
        failure = error
    finally:
        await client.aclose()
    listed = listing.find(backend.endpoint.model)
    found = replace(found, **_learned(session), **_cost(session, settings, listed), **_heard(failure, session))
    if listing.models:
        found = replace(found, model_listed=listed is not None)
    if listed is not None:
        found = replace(found, endpoint_context_tokens=found.endpoint_context_tokens or listed.context_tokens)
    return _sound(found) if failure is None else _failed(found, failure, listing.models)


async def _ask(session: "Session") -> None:
    """Ask two of the questions that a digest asks, about three sentences.

    Raises:
        SummarizerError: one was not answered.
    """
    article = from_text(_TEXT, language="en", source="doctor")
    wanted = {"language": "English", "abstract": 1, "key_points": 1, "complaints": []}
    summary = prompts.load("summary").render(_beginning(article), wanted)
    await session.ask(summary, drafts.summary(1, len(article.sentences), 1, 1), 400)
    blank = {"figures": [], "names": [], "fault": "", "message": ""}
    numbered = [{"number": number, "text": text, **blank} for number, text in enumerate(_LINES, 1)]
    wanted = {"lines": numbered, "source_language": "English", "target_language": "Italian", "markers": False}
    translation = prompts.load("translation").render(_beginning(article), wanted)
    await session.ask(translation, drafts.translation(len(_LINES)), 300)


def _beginning(article: Article) -> Any:
    return sections.split(article, 32_768)[0].values


def _learned(session: "Session") -> dict[str, Any]:
    """Return what the questions taught about the endpoint."""
    dialect = session.client.learned.dialect
    answered = [call for call in session.calls if call.error is None]
    if not answered:
        return {}
    last = answered[-1]
    speed = round(last.output_tokens / last.seconds, 1) if last.output_tokens and last.seconds > 0 else None
    return {
        "answered": len(answered) == 2,
        "form": dialect.form,
        "refused": tuple(sorted(dialect.refused)),
        "reasons": dialect.reasons,
        "reasoning_tokens": sum(call.hidden_tokens for call in answered),
        "endpoint_context_tokens": dialect.context_tokens,
        "tokens_per_second": speed,
    }


def _cost(session: "Session", settings: Settings, listed: Listed | None) -> dict[str, Any]:
    sent = sum(call.input_tokens for call in session.calls)
    received = sum(call.output_tokens for call in session.calls)
    fresh, written = settings.input_usd_per_million, settings.output_usd_per_million
    if (fresh is None or written is None) and listed is not None:
        fresh, written = listed.input_usd_per_million, listed.output_usd_per_million
    known = fresh is not None and written is not None
    return {
        "requests": sum(call.requests for call in session.calls),
        "input_tokens": sent,
        "output_tokens": received,
        "cost_usd": round((sent * (fresh or 0) + received * (written or 0)) / 1e6, 6) if known else None,
    }


def _heard(failure: SummarizerError | None, session: "Session") -> dict[str, Any]:
    """Return whether somebody answered, and whether the key was taken."""
    answered = any(call.error is None for call in session.calls)
    has_key = bool(session.endpoint.key) and not session.endpoint.embedded
    if answered:
        return {"reachable": True, "key_accepted": True if has_key else None}
    if isinstance(failure, ModelUnavailableError):
        return {"reachable": "no connection" not in str(failure) and "in time" not in str(failure)}
    return {"reachable": True, "key_accepted": False if "(401)" in str(failure) or "(403)" in str(failure) else None}


def _failed(found: Diagnosis, error: SummarizerError, names: Collection[str] = ()) -> Diagnosis:
    """Return the diagnosis with what went wrong and what to do, which every message of ours ends with."""
    said, _, advice = str(error).replace("; ", " — ", 1).partition(" — ")
    near = difflib.get_close_matches(found.model, list(names), n=3, cutoff=0.3) if found.model_listed is False else []
    if near:
        advice = f"the endpoint has no {found.model!r}; it has {', '.join(near)}: name one with --model"
    return replace(
        found, error=str(error), verdict=f"it does not work: {said}", next_step=advice, exit_code=error.exit_code
    )


def _sound(found: Diagnosis) -> Diagnosis:
    verdict = (
        "it works" if found.form in ("json_schema", "reduced_schema") else "it works, without structured outputs"
    )
    return replace(found, verdict=f"{verdict}: {found.model} at {found.endpoint} answers", next_step=_advice(found))


def _advice(found: Diagnosis) -> str:
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


def lines(found: Diagnosis) -> tuple[tuple[str, str], ...]:
    """Return the diagnosis as label and words, for a reader; what was not found out is left out."""
    window = f"{found.context_tokens:,} tokens used" if found.context_tokens else None
    if window and found.endpoint_context_tokens:
        window += f", {found.endpoint_context_tokens:,} by the endpoint's own word"
    thinks = {True: f"yes, {found.reasoning_tokens} hidden tokens in two answers", False: "no", None: None}
    told = (
        ("endpoint", found.endpoint),
        ("model", found.model),
        ("reachable", _yes(found.reachable)),
        ("key", {True: "accepted", False: "refused", None: None}[found.key_accepted]),
        ("model there", _yes(found.model_listed)),
        ("answers as", found.form),
        ("refuses", ", ".join(found.refused) or None),
        ("thinks first", thinks[found.reasons]),
        ("window", window),
        ("speed", f"{found.tokens_per_second} tokens a second" if found.tokens_per_second else None),
        ("cost", _spent(found)),
        ("versions", ", ".join(f"{name} {number}" for name, number in found.versions)),
        ("verdict", found.verdict),
        ("next", found.next_step or None),
    )
    return tuple((label, words) for label, words in told if words)


def _yes(value: bool | None) -> str | None:  # noqa: FBT001 - the value is what is told
    return {True: "yes", False: "no", None: None}[value]


def _spent(found: Diagnosis) -> str | None:
    if not found.requests:
        return None
    price = f"{found.cost_usd:.6f} USD" if found.cost_usd is not None else "price unknown (input_usd_per_million …)"
    return f"{found.requests} requests, {found.input_tokens:,} tokens in, {found.output_tokens:,} out, {price}"
