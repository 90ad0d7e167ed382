"""Checked bilingual digests of Italian, English and Chinese news: every line traceable to its source.

Names are loaded when they are first used, so that ``import summarizer`` stays cheap.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.checks.lines import check_lines, check_statements
    from summarizer.config import Settings
    from summarizer.digest import Digest
    from summarizer.errors import SummarizerError
    from summarizer.pipeline import Summarizer

__all__ = ["Article", "Digest", "Settings", "Summarizer", "SummarizerError", "check_lines", "check_statements"]

_HOME = {
    "Article": "summarizer.article",
    "Digest": "summarizer.digest",
    "Settings": "summarizer.config",
    "Summarizer": "summarizer.pipeline",
    "SummarizerError": "summarizer.errors",
    "check_lines": "summarizer.checks.lines",
    "check_statements": "summarizer.checks.lines",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
