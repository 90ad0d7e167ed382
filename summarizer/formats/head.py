"""What stands at the head of a document's text: its date."""

from collections.abc import Sequence

from summarizer.article import metadata

__all__ = ["published"]


def published(lines: Sequence[str]) -> str | None:
    """Return the date, ISO 8601, that a text gives itself: in a dateline, or in one of its first short lines.

    Args:
        lines: its paragraphs in order.
    """
    short = (line for line in lines[:8] if len(line) <= 80)
    return metadata.dateline("\n\n".join(lines[:20])) or next(filter(None, map(metadata.iso, short)), None)
