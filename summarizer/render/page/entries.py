"""What the page's list says of a digest before it is opened, and of articles that tell the same story."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from summarizer.digest import Digest

__all__ = ["Difference", "Group", "entry", "group"]


class Value(Protocol):
    """What one article of a group prints.

    Attributes:
        member: the article's place among the digests.
        text: as printed there.
        sentence: the sentence around it.
    """

    @property
    def member(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def sentence(self) -> str: ...


class Difference(Protocol):
    """A figure or quote that is not the same in all articles of a group."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def values(self) -> Sequence[Value]: ...  # noqa: D102


class Group(Protocol):
    """Articles that tell the same story, by their places among the digests."""

    @property
    def members(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def differs(self) -> Sequence[Difference]: ...  # noqa: D102


def entry(digest: Digest, name: str, key: str) -> dict[str, Any]:
    """Return what the list needs of a digest: a few hundred bytes, whatever the article's length.

    Args:
        digest: the digest.
        name: what whoever saves corrections calls it.
        key: SHA-256 of its JSON; corrections of another digest do not fit this one.
    """
    article, codes = digest.article, Counter(f.code for f in digest.findings)
    return {
        "id": name,
        "key": key[:32],
        "language": article.language,
        "headline": digest.summary.headline,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "source": article.source,
        "speakers": sorted({quote.speaker.name for quote in digest.quotes if quote.speaker}),
        "codes": sorted(codes),
        "errors": sum(f.severity == "error" for f in digest.findings),
        "warnings": sum(f.severity == "warning" for f in digest.findings),
    }


def group(each: Group) -> dict[str, Any]:
    """Return a group as the page shows it: who is in it, and what each one prints where they differ."""
    return {
        "members": list(each.members),
        "differs": [
            {
                "kind": difference.kind,
                "values": [{"member": v.member, "text": v.text, "sentence": v.sentence} for v in difference.values],
            }
            for difference in each.differs
        ],
    }
