"""A digest as one row of a table: what a press officer sorts and filters by; the whole is in JSON Lines."""

from collections.abc import Iterator, Mapping

from summarizer import languages
from summarizer.digest import Brief, Digest, Quote, Section
from summarizer.render import marks

__all__ = ["columns", "row"]

_LINES = "\n"
_OTHER = "other"
_FACTS: Mapping[str, type] = {
    "name": str,
    "id": str,
    "source": str,
    "url": str,
    "outlet": str,
    "author": str,
    "published": str,
    "language": str,
    "title": str,
    "headline": str,
    "abstract": str,
    "key_points": str,
    "quotes": str,
    "sections": str,
}
_CHECKS: Mapping[str, type] = {"errors": int, "warnings": int, "findings": str}
_COST: Mapping[str, type] = {
    "model": str,
    "endpoint": str,
    "requests": int,
    "input_tokens": int,
    "cached_tokens": int,
    "output_tokens": int,
    "cost_usd": float,
    "seconds": float,
    "created": str,
}


def columns() -> Mapping[str, type]:
    """Return the columns of every table with the types of their values: text, whole numbers or numbers.

    Each language with a folder has two, ``headline_it`` and ``brief_it``; all others share ``headline_other`` and
    ``brief_other``, in which the tag stands before the text.
    """
    codes = (*languages.available(), _OTHER)
    briefs = {f"{what}_{code}": str for code in codes for what in ("headline", "brief")}
    return {**_FACTS, **briefs, **_CHECKS, **_COST}


def row(name: str, digest: Digest) -> dict[str, str | int | float | None]:
    """Return the row of one digest; several lines of text in one cell are parted by line breaks.

    Args:
        name: the input's.
        digest: what is published of it.
    """
    article, summary, provenance = digest.article, digest.summary, digest.provenance
    found = [f for f in digest.findings if f.severity != "info"]
    made: dict[str, str | int | float | None] = {
        "name": name,
        **{
            name: getattr(article, name)
            for name in ("id", "source", "url", "outlet", "author", "published", "language", "title")
        },
        "headline": summary.headline,
        "abstract": summary.abstract,
        "key_points": _LINES.join(point.text for point in summary.key_points),
        "quotes": _LINES.join(_quote(quote, article.language) for quote in digest.quotes),
        "sections": _LINES.join(line for section in digest.sections for line in _rows(section)),
        "errors": sum(f.severity == "error" for f in found),
        "warnings": sum(f.severity == "warning" for f in found),
        "findings": _LINES.join(f"{f.severity} {f.code} {f.where}: {f.message}" for f in found),
        **{name: getattr(provenance, name) for name in _COST if name != "created"},
        "created": provenance.created.isoformat(),
    }
    for brief in digest.briefs:
        for column, text in _brief(
            brief
        ).items():  # both scripts of Chinese, and languages without a folder, share one
            made[column] = f"{made[column]}{_LINES}{text}" if column in made else text
    return {column: made.get(column) for column in columns()}


def _quote(quote: Quote, language: str) -> str:
    who = quote.speaker.name if quote.speaker else "?"
    return f"{who}: {marks.original(quote, language)}"


def _rows(section: Section) -> Iterator[str]:
    """Yield a section's rows, a line each: its title, then each field's with its values."""
    for row in section.rows:
        told = {field.title: [v.text for v in row.values if v.field == field.name] for field in section.fields}
        shown = "; ".join(f"{title}: {', '.join(texts)}" for title, texts in told.items() if texts)
        yield f"{section.title} – {' '.join(shown.split())}"


def _brief(brief: Brief) -> dict[str, str]:
    code, tag = languages.base(brief.target_language), ""
    if code not in languages.available():
        code, tag = _OTHER, f"{brief.target_language}: "
    lines = _LINES.join(segment.target for segment in brief.segments)
    return {f"headline_{code}": f"{tag}{brief.headline.target}", f"brief_{code}": f"{tag}{lines}"}
