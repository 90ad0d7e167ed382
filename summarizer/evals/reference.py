"""The digest that a case's own labels make: reference brief, labelled quotes, the article's figures.

It is right by definition, so whatever the checks object to in it is a false alarm, and every altered copy of it has
exactly one known fault.
"""

from datetime import UTC, datetime

from summarizer import article, figures, languages
from summarizer.digest import (
    Brief,
    Digest,
    Line,
    Offsets,
    Provenance,
    Quote,
    Segment,
    Speaker,
    Statement,
    Summary,
    assemble,
)
from summarizer.evals.cases import Case, QuoteLabel, Reference
from summarizer.ground.evidence import Index

__all__ = ["digest"]

#: Lines of the reference that make the abstract; the others are key points.
_ABSTRACT = 2


def digest(case: Case) -> Digest:
    """Return the digest made of a case's labels; its summary follows the first target's reference brief.

    Raises:
        KeyError: the case has no reference brief.
    """
    text = article.from_text(case.text, source=case.id, language=case.language)
    index = Index.of(text.sentences, text.language)
    reference = case.briefs[case.targets[0]]
    return Digest(
        article=assemble.article_record(text),
        summary=_summary(reference, index, case.language),
        quotes=tuple(_quote(label, case.text) for label in case.quotes),
        figures=tuple(assemble.figure_record(figure) for figure in figures.find(case.text, case.language)),
        briefs=tuple(_brief(case, code, index) for code in case.targets),
        findings=(),
        provenance=_provenance(),
    )


def _summary(reference: Reference, index: Index, code: str) -> Summary:
    lines = [line.source for line in reference.lines]
    first, others = lines[:_ABSTRACT], lines[_ABSTRACT:]
    return Summary(
        language=code,
        headline=reference.headline.source,
        abstract=languages.get(code).joint.join(first),
        key_points=tuple(Statement(text=line, evidence=_evidence(line, index, code)) for line in others),
    )


def _evidence(line: str, index: Index, code: str) -> tuple[Offsets, ...]:
    return tuple((span.start, span.end) for span in index.evidence(line, (), code).spans)


def _quote(label: QuoteLabel, text: str) -> Quote:
    party = label.speaker
    speaker = None
    if party is not None:
        at = text.find(party.name)
        start, end = (at, at + len(party.name)) if at >= 0 else (None, None)
        speaker = Speaker(name=party.name, role=party.role, organisation=party.organisation, start=start, end=end)
    return Quote(
        text=label.text,
        start=label.start,
        end=label.end,
        kind=label.kind,
        status="verified",
        speaker=speaker,
        translations={},
    )


def _brief(case: Case, code: str, index: Index) -> Brief:
    reference = case.briefs[code]
    return Brief(
        source_language=case.language,
        target_language=code,
        headline=Line(source=reference.headline.source, target=reference.headline.target),
        segments=tuple(
            Segment(source=line.source, target=line.target, evidence=_evidence(line.source, index, case.language))
            for line in reference.lines
        ),
    )


def _provenance() -> Provenance:
    return Provenance(
        model="gold",
        endpoint="none",
        prompts={},
        requests=0,
        input_tokens=0,
        cached_tokens=0,
        output_tokens=0,
        cost_usd=None,
        seconds=0.0,
        created=datetime(2026, 1, 1, tzinfo=UTC),
    )
