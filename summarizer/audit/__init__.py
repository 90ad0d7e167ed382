"""Published digests, read again and held against the articles inside them."""

from summarizer.audit.digests import audit
from summarizer.audit.reread import digests

__all__ = ["audit", "digests"]
