"""What a reader does not see is not taken: how that is told."""

from collections.abc import Iterable, Iterator

from summarizer.article.findings import Finding
from summarizer.article.line import one_line

__all__ = ["finding"]


def finding(parts: Iterable[str]) -> Iterator[Finding]:
    """Yield one finding about all hidden parts of a file: how much it is and how it begins; none for no words."""
    lines = [line for line in map(one_line, parts) if any(char.isalnum() for char in line)]
    if not lines:
        return
    whole = " ".join(lines)
    begin = f"“{whole[:80]}…”" if len(whole) > 80 else f"“{whole}”"
    message = f"{len(whole):,} characters that its readers do not see were left out: {begin}"
    yield Finding("article.hidden", message)
