"""Put the checked parts together into a digest, and let none leave that its schema refuses."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from summarizer import figures, prompts, resources
from summarizer.article import Article
from summarizer.briefs import Translation
from summarizer.config import Settings
from summarizer.digest import ArticleRecord, Digest, FigureRecord, FindingRecord, Provenance, Quote
from summarizer.errors import OutputSchemaError
from summarizer.findings import Finding
from summarizer.llm import Call, Session
from summarizer.quotes import GroundedQuotes
from summarizer.span import Span
from summarizer.summary import GroundedSummary

__all__ = ["Parts", "digest", "validate"]

SCHEMA_FILE = "digest.v1.schema.json"


@dataclass(frozen=True, slots=True)
class Parts:
    """The checked parts of a digest; `skipped` are targets in the article's own language."""

    summary: GroundedSummary
    quotes: GroundedQuotes
    translations: tuple[Translation, ...]
    skipped: tuple[str, ...]


def digest(article: Article, parts: Parts, session: Session, settings: Settings, seconds: float) -> Digest:
    """Return the digest of `article`.

    Raises:
        OutputSchemaError: the result does not fit the published schema: a bug here, caught before it leaves.
    """
    found = figures.find(article.text, article.language)
    made = Digest(
        article=_article(article),
        summary=parts.summary.published(article.language),
        quotes=_quotes(parts),
        figures=tuple(_figure(f) for f in found),
        briefs=tuple(t.brief for t in parts.translations),
        findings=tuple(_record(f) for f in _findings(article, parts, session, found)),
        provenance=_provenance(session, settings, seconds),
    )
    validate(made)
    return made


def validate(made: Digest) -> None:
    """Hold a digest against the committed schema.

    Raises:
        OutputSchemaError: it does not fit.
    """
    error = next(iter(_validator().iter_errors(json.loads(made.model_dump_json()))), None)
    if error is not None:
        raise OutputSchemaError(f"the digest does not fit {SCHEMA_FILE} at {error.json_path}: {error.message[:300]}")


@cache
def _validator() -> Any:
    import jsonschema
    import referencing

    schema = json.loads(resources.read("schemas", SCHEMA_FILE))
    # an empty registry: a $ref to anywhere else is never fetched
    return jsonschema.Draft202012Validator(schema, registry=referencing.Registry())


def _article(article: Article) -> ArticleRecord:
    return ArticleRecord(
        id=article.id,
        source=article.source,
        title=article.title,
        language=article.language,
        published=article.published,
        outlet=article.outlet,
        text=article.text,
        sentences=tuple((s.start, s.end) for s in article.sentences),
    )


def _quotes(parts: Parts) -> tuple[Quote, ...]:
    """Return the quotes with their translations."""
    made = []
    for i, quote in enumerate(parts.quotes.quotes):
        texts = {t.brief.target_language: t.quotes[i] for t in parts.translations}
        kept = {code: text for code, text in texts.items() if text is not None}
        made.append(quote.model_copy(update={"translations": kept}))
    return tuple(made)


def _figure(figure: figures.Figure) -> FigureRecord:
    value = None if figure.value is None else figure.value if isinstance(figure.value, str) else f"{figure.value:f}"
    return FigureRecord(
        text=figure.text,
        start=figure.start,
        end=figure.end,
        kind=figure.kind,
        value=value,
        unit=figure.currency or figure.unit,
        direction=figure.direction,
        suspect=figure.suspect,
    )


def _findings(article: Article, parts: Parts, session: Session, found: Sequence[figures.Figure]) -> Iterable[Finding]:
    yield from article.findings
    for i, figure in enumerate(found):
        if figure.suspect:
            message = f"{figure.text!r} cannot be right as printed; it was not repaired"
            yield Finding("figure.garbled", message, f"/figures/{i}", Span(figure.start, figure.end))
    yield from parts.summary.findings
    yield from parts.quotes.findings
    for translation in parts.translations:
        yield from translation.findings
    for code in parts.skipped:
        yield Finding("brief.skipped", f"the article is in {code!r} already; no brief was made", "/briefs")
    yield from _provenance_findings(session)


def _provenance_findings(session: Session) -> Iterable[Finding]:
    if session.endpoint.embedded:
        message = f"written by the embedded model {session.endpoint.model}: a draft to check word for word"
        yield Finding("brief.draft", message, "/provenance/model")
    asked = session.endpoint.model
    for model in sorted({c.model for c in session.calls if c.error is None}):
        if not _alike(asked, model):
            yield Finding("provenance.model", f"{asked!r} was asked, {model!r} answered", "/provenance/model")
    if any(c.error is None and not c.input_tokens for c in session.calls):
        yield Finding("provenance.usage", "some answers came without usable token counts", "/provenance")


def _alike(asked: str, answered: str) -> bool:
    """Tell whether one name is the other's, with a date, a folder or a file ending more."""
    a, b = (name.lower().rpartition("/")[2].removesuffix(".gguf") for name in (asked, answered))
    return a.startswith(b) or b.startswith(a)


def _record(finding: Finding) -> FindingRecord:
    return FindingRecord(
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        where=finding.where,
        span=(finding.span.start, finding.span.end) if finding.span else None,
    )


def _provenance(session: Session, settings: Settings, seconds: float) -> Provenance:
    calls = session.calls
    answered = [c.model for c in calls if c.error is None]
    return Provenance(
        model=answered[-1] if answered else session.endpoint.model,
        endpoint=session.endpoint.label,
        prompts={task: prompts.load(task).signature for task in sorted({c.task for c in calls})},
        requests=sum(c.requests for c in calls),
        input_tokens=sum(c.input_tokens for c in calls),
        cached_tokens=sum(c.cached_tokens for c in calls),
        output_tokens=sum(c.output_tokens for c in calls),
        cost_usd=_cost(calls, settings),
        seconds=round(seconds, 3),
        created=datetime.now(UTC).replace(microsecond=0),
    )


def _cost(calls: Sequence[Call], settings: Settings) -> float | None:
    """Return the price in US dollars; None unless prices of input and output tokens are set."""
    fresh, written = settings.input_usd_per_million, settings.output_usd_per_million
    if fresh is None or written is None:
        return None
    kept = fresh if settings.cached_usd_per_million is None else settings.cached_usd_per_million
    cached = sum(c.cached_tokens for c in calls)
    sent = sum(c.input_tokens for c in calls) - cached
    received = sum(c.output_tokens for c in calls)
    return round((sent * fresh + cached * kept + received * written) / 1_000_000, 6)
