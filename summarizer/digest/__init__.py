"""The digest: its shape, how its parts are put together, and how published ones are held against their articles."""

from summarizer.digest.model import (
    ArticleRecord,
    Brief,
    Change,
    Digest,
    FigureRecord,
    FindingRecord,
    Line,
    Offsets,
    Provenance,
    Quote,
    Review,
    Segment,
    Speaker,
    Statement,
    Summary,
    schema,
)

__all__ = [
    "ArticleRecord",
    "Brief",
    "Change",
    "Digest",
    "FigureRecord",
    "FindingRecord",
    "Line",
    "Offsets",
    "Provenance",
    "Quote",
    "Review",
    "Segment",
    "Speaker",
    "Statement",
    "Summary",
    "schema",
]
