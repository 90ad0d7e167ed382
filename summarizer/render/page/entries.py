"""What the page's list says of a digest before it is opened, and of articles that tell the same story."""

from collections import Counter
from typing import Any

from summarizer.digest import Digest
from summarizer.digest.same import Group

__all__ = ["entry", "group"]


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
