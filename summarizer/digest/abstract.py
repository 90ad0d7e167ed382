"""The sentences of an abstract: the digest has them as one text, and briefs have them one by one."""

from collections.abc import Iterator, Mapping

from summarizer.article import segment
from summarizer.digest.model import Offsets

__all__ = ["sentences"]


def sentences(
    abstract: str, lines: Mapping[str, tuple[Offsets, ...]], language: str
) -> Iterator[tuple[str, tuple[Offsets, ...]]]:
    """Yield the sentences of an abstract with their evidence: lines of a brief where it is made of them.

    Args:
        abstract: of a digest.
        lines: source lines of its briefs with their evidence.
        language: of the abstract, BCP 47.

    Raises:
        ConfigurationError: the language has no folder.
    """
    at = 0
    for piece in segment.split(abstract, language):
        at = max(at, piece.start)
        while (rest := abstract[at : piece.end]).strip():
            at += len(rest) - len(rest.lstrip())
            known = (s for s in lines if s and abstract.startswith(s, at))
            line = max(known, key=len, default=abstract[at : piece.end])
            yield line, lines.get(line, ())
            at += len(line)
