"""A digest for its readers: JSON for programs; Markdown, text, Word, mail and tables for people (`files`)."""

from summarizer.digest import Digest
from summarizer.render.markdown import markdown
from summarizer.render.text import text

__all__ = ["json", "markdown", "text"]


def json(digest: Digest, *, lines: bool = False) -> str:
    """Return the digest as JSON: indented, or on one line for JSON Lines; ends with a line break."""
    return digest.model_dump_json(indent=None if lines else 2) + "\n"
