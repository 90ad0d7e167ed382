"""A text that is decoded already, and may be Markdown or a page → a `Piece`."""

from collections.abc import Sequence
from pathlib import PurePath

from summarizer.article import markdown, metadata, page
from summarizer.article.around import asks_to_subscribe, is_part, walled
from summarizer.article.findings import Finding
from summarizer.article.model import Known
from summarizer.formats.piece import Piece

__all__ = ["piece"]

_PAGES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN = frozenset({".md", ".markdown"})


def piece(text: str, name: str) -> Piece:
    """Return the article that a text is; a page and Markdown are known by the name or by their beginning."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _PAGES or page.looks_like(text):
        return Piece("", "", text, page=True)
    if suffix in _MARKDOWN or (suffix != ".txt" and markdown.looks_like(text)):
        return _markdown(text)
    lines = text.split("\n")
    return Piece("", "", _article(lines), known=Known(findings=_walled(lines)))


def _article(lines: Sequence[str]) -> str:
    """Return the lines but those around an article: who copies a page copies them, too."""
    return "\n".join(filter(is_part, lines))


def _walled(lines: Sequence[str]) -> tuple[Finding, ...]:
    return tuple(walled([line for line in lines if asks_to_subscribe(line)]))


def _markdown(text: str) -> Piece:
    plain = markdown.plain(text)
    front = plain.front
    published = next((metadata.iso(front[key]) for key in ("date", "published", "updated") if key in front), None)
    lines = plain.text.split("\n")
    known = Known(
        title=front.get("title"),
        findings=_walled(lines),
        published=published,
        outlet=next((front[key] for key in ("outlet", "publisher", "source", "site") if key in front), None),
        author=front.get("author"),
        url=next((front[key] for key in ("url", "link", "canonical") if key in front), None),
    )
    return Piece("", "", _article(lines), known=known)
