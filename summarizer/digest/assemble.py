"""Put the checked parts together into a digest, and let none leave that its schema refuses."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from summarizer import figures, languages, resources
from summarizer.article import Article
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks import fewer
from summarizer.digest import ArticleRecord, Digest, FigureRecord, FindingRecord, Quote, Section
from summarizer.errors import OutputSchemaError
from summarizer.ground.reading import Reading
from summarizer.languages import hant

if TYPE_CHECKING:
    from summarizer.ask.briefs import Missing, Translation
    from summarizer.ask.quotes import GroundedQuotes
    from summarizer.ask.rows import GroundedSection
    from summarizer.ask.summary import GroundedSummary
    from summarizer.config import Settings
    from summarizer.digest.provenance import Account

__all__ = ["Parts", "article_record", "digest", "figure_record", "finding_record", "validate"]

SCHEMA_FILE = "digest.v1.schema.json"


@dataclass(frozen=True, slots=True)
class Parts:
    """The checked parts of a digest.

    Attributes:
        missing: briefs that could not be made.
        skipped: targets in the article's own language.
        findings: about the way of the article to the model.
        glossary: its hash; empty where there is none.
        sections: one for each task of the office's own.
    """

    summary: "GroundedSummary"
    quotes: "GroundedQuotes"
    translations: "tuple[Translation, ...]"
    missing: "tuple[Missing, ...]"
    skipped: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    glossary: str = ""
    sections: "tuple[GroundedSection, ...]" = ()


def digest(reading: Reading, parts: Parts, account: "Account", settings: "Settings") -> Digest:
    """Return the digest of an article.

    Raises:
        OutputSchemaError: the result does not fit the published schema: a bug here, caught before it leaves.
    """
    article = reading.printed
    shown = (article.language, *(t.brief.target_language for t in parts.translations))
    made = Digest(
        article=article_record(article),
        summary=parts.summary.published(article.language),
        quotes=_quotes(parts),
        figures=tuple(figure_record(f) for f in reading.figures),
        briefs=tuple(t.brief for t in parts.translations),
        findings=tuple(finding_record(f) for f in _findings(reading, parts, account)),
        provenance=account.record(settings, parts.glossary),
        sections=tuple(_labelled(each.section, shown) for each in parts.sections),
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


def article_record(article: Article) -> ArticleRecord:
    """Return the article as the digest writes it."""
    return ArticleRecord(
        id=article.id,
        source=article.source,
        url=article.url,
        author=article.author,
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


def _labelled(section: Section, shown: Sequence[str]) -> Section:
    """Return a section with its titles in the languages of the digest alone, each by its tag there."""
    fields = tuple(each.model_copy(update={"titles": dict(_titles(each.titles, shown))}) for each in section.fields)
    return section.model_copy(update={"titles": dict(_titles(section.titles, shown)), "fields": fields})


def _titles(known: Mapping[str, str], shown: Sequence[str]) -> Iterator[tuple[str, str]]:
    for tag in shown:
        plain = known.get(languages.base(tag), "")
        own = known.get(tag) or (hant.traditional(plain, tag) if hant.is_traditional(tag) else plain)
        if own:
            yield tag, own


def figure_record(figure: figures.Figure) -> FigureRecord:
    """Return a figure as the digest writes it."""
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


def _findings(reading: Reading, parts: Parts, account: "Account") -> Iterable[Finding]:
    yield from reading.printed.findings
    yield from fewer.of_article(reading.language)
    yield from parts.findings
    for i, figure in enumerate(reading.figures):
        if figure.suspect:
            message = f"{figure.text!r} cannot be right as printed; it was not repaired"
            yield Finding("figure.garbled", message, f"/figures/{i}", Span(figure.start, figure.end))
    yield from parts.summary.findings(reading.language)
    yield from parts.quotes.findings
    for translation in parts.translations:
        yield from translation.findings
    for i, translation in enumerate(parts.translations):
        yield from fewer.of_brief(reading.language, translation.brief.target_language, f"/briefs/{i}")
    yield from (gone.finding for gone in parts.missing)
    for i, made in enumerate(parts.sections):
        yield from made.at(i)
    for code in parts.skipped:
        yield Finding("brief.skipped", f"the article is in {code!r} already; no brief was made", "/briefs")
    yield from account.findings()


def finding_record(finding: Finding) -> FindingRecord:
    """Return a finding as the digest writes it."""
    return FindingRecord(
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        where=finding.where,
        span=(finding.span.start, finding.span.end) if finding.span else None,
        within=(finding.within.start, finding.within.end) if finding.within else None,
    )
