"""The digest: its shape, how its parts are put together, and how published ones are held against their articles."""

from summarizer.digest.model import (
    ArticleRecord,
    Brief,
    Digest,
    FigureRecord,
    FindingRecord,
    Line,
    Offsets,
    Provenance,
    Quote,
    Segment,
    Speaker,
    Statement,
    Summary,
    schema,
)

__all__ = [
    "ArticleRecord",
    "Brief",
    "Digest",
    "FigureRecord",
    "FindingRecord",
    "Line",
    "Offsets",
    "Provenance",
    "Quote",
    "Segment",
    "Speaker",
    "Statement",
    "Summary",
    "schema",
]
