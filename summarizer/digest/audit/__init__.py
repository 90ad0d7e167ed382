"""Published digests, read again and held against the articles inside them."""

from summarizer.digest.audit.digests import audit
from summarizer.digest.audit.reread import digests

__all__ = ["audit", "digests"]
