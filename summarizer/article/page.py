"""HTML page → the article on it, with a second count of the page's text to see what extraction lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from summarizer.article import metadata
from summarizer.article.blocks import Blocks, visible
from summarizer.errors import ArticleError
from summarizer.findings import Finding

__all__ = ["Page", "looks_like", "read"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says in its body and about itself; None: it does not say."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    findings: tuple[Finding, ...]


_START = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
#: References to control characters and surrogates, on which lxml gives up.
_BAD_REFERENCE = re.compile(
    r"&#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2})|0*(?:[0-8]|1[124-9]|2\d|3[01]))"
    r"(?![\da-fA-F]);?"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\s*[\r\n]\s*")
_SUFFIX = re.compile(r"\s+[|·–—-]\s+|\s*_")
_OWN_LINE = frozenset({"p", "head", "item", "quote", "row", "list", "table", "code", "div"})
_MOST_DEPTH = 255  # libxml2 drops what is nested deeper


def looks_like(text: str) -> bool:
    """Tell whether text of unknown kind begins as an HTML page does."""
    return bool(_START.match(text[:4000]))


def read(html: str, source: str) -> Page:
    """Return the article on a page.

    Raises:
        ArticleError: there is no article on it.
    """
    html = _BAD_REFERENCE.sub("", _CONTROL.sub("", _XML_HEAD.sub("", html)))
    blocks = visible(html)
    document = _extracted(html)
    text = "\n\n".join(_lines(document.body)) if document is not None and document.body is not None else ""
    squeezed = _squeezed(text)
    if any(_key(block) in squeezed for block in blocks.prose) or _is_prose(text):
        findings = tuple(_lost(squeezed, blocks))
    else:
        # what was extracted, if anything, are words of the page's navigation
        text = "\n\n".join(blocks.prose)
        message = "no article was marked on the page; all of its running text was taken"
        findings = (Finding("article.extraction", message),)
    if not text:
        raise ArticleError(
            f"{source}: no article found on this page; save it after it has loaded in a browser, "
            "or paste the text into a .txt file"
        )
    title, outlet = _named(document)
    if title and _squeezed(title) in _squeezed(text) and (title[-1] in ".。" or len(title) > 0.5 * len(text)):
        title = None  # a page without a headline: its first sentence was taken for one
    published = metadata.moment(blocks.published) if blocks.published else None
    return Page(
        text=_without_headline(text, title),
        title=title,
        published=published or metadata.dateline("\n\n".join(blocks.short)),
        outlet=outlet,
        findings=findings,
    )


def _is_prose(text: str) -> bool:
    """Tell whether an extract is long enough to be an article even if the second count saw none of it."""
    return len(text) >= 400 and bool(re.search(r"[.!?。！？]", text))


def _extracted(html: str) -> Any:
    """Return trafilatura's document, None when it finds nothing."""
    import trafilatura  # takes 0.4 s to import, and plain text does without it

    return trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, include_tables=True)


def _lines(element: Any) -> Iterator[str]:
    """Yield the text of each paragraph, heading, list item and table row; ``<br>`` stays a line break."""
    buffer: list[str] = []

    def flush() -> Iterator[str]:
        lines = (" ".join(line.split()) for line in "".join(buffer).split("\n"))
        text = "\n".join(line for line in lines if line)
        buffer.clear()
        if text:
            yield text

    for event, node in _walk(element):
        if event == "text":
            buffer.append(_LINE_END.sub(" ", node))
        elif node == "lb":
            buffer.append("\n")
        elif node == "cell":
            buffer.append(" ")
        elif node in _OWN_LINE:
            yield from flush()
    yield from flush()


def _walk(element: Any) -> Iterator[tuple[str, str]]:
    """Yield ``("tag", name)`` where an element begins and ends and ``("text", words)`` between, in order."""
    stack: list[tuple[Any, Iterator[Any]]] = [(element, iter(element))]
    if element.text:
        yield "text", element.text
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "tag", str(node.tag)
            if stack and node.tail:
                yield "text", node.tail
            continue
        if child.tag != "lb":
            yield "tag", str(child.tag)
        if child.text:
            yield "text", child.text
        stack.append((child, iter(child)))


def _lost(squeezed: str, blocks: Blocks) -> Iterator[Finding]:
    """Compare the extracted text, without spaces and marks, with the second count of the page."""
    prose = [block for block in blocks.prose if len(block) >= 40 or len(_squeezed(block)) >= len(block) * 0.9 >= 15]
    kept = [_key(block) in squeezed for block in prose]
    missing = [block for block, found in zip(prose, kept, strict=True) if not found]
    if blocks.depth > _MOST_DEPTH and missing:
        message = (
            f"the page is nested {blocks.depth} deep, and {_amount(missing)} of its text were dropped, "
            f"beginning with “{missing[0][:60]}…”"
        )
        yield Finding("article.truncated", message)
        return
    if True not in kept:
        return
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    inside = [block for at, block in enumerate(prose) if not kept[at] and first < at < last]
    if inside or sum(map(len, missing)) > 0.5 * len(squeezed):
        worst = inside or missing
        message = f"{_amount(worst)} of the page's text were not taken, beginning with “{worst[0][:60]}…”"
        yield Finding("article.extraction", message)


def _key(block: str) -> str:
    return _squeezed(block)[:60]


def _amount(blocks: list[str]) -> str:
    return f"{sum(map(len, blocks)):,} characters"


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _named(document: Any) -> tuple[str | None, str | None]:
    """Return title and outlet; a title set as ``headline | outlet`` loses its second part."""
    if document is None:
        return None, None
    outlet = " ".join(document.sitename.split()) if document.sitename else None
    title = " ".join(document.title.split()) if document.title else None
    if title and outlet:
        parts = _SUFFIX.split(title)
        while len(parts) > 1 and parts[-1].strip().casefold() in (outlet.casefold(), outlet.casefold().lstrip("@")):
            title = title[: title.rindex(parts.pop())].rstrip(" |·–—-_")
    return title or None, outlet or None


def _without_headline(text: str, title: str | None) -> str:
    """Return the body without the headline as its first line: it is metadata already."""
    first, _, rest = text.partition("\n")
    same = title is not None and _squeezed(first).casefold() == _squeezed(title).casefold()
    return rest.lstrip("\n") if same and rest.strip() else text
