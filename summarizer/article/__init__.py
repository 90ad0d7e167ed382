"""An article: text or a page in any encoding → clean text, sentences, metadata and what was odd about it."""

from summarizer.article.model import Article, from_text
from summarizer.article.reading import load, load_bytes, load_text

__all__ = ["Article", "from_text", "load", "load_bytes", "load_text"]
