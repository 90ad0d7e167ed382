"""HTML page → the article on it, with a second count of the page's text to see what extraction lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from summarizer.article import metadata
from summarizer.article.around import asks_to_subscribe, is_around, is_never_article, is_part, unsigned, walled
from summarizer.article.blocks import MOST_DEPTH, Blocks, squeeze, visible
from summarizer.article.findings import Finding
from summarizer.article.marks import settled
from summarizer.article.quoted import in_marks
from summarizer.article.unseen import finding, is_hidden, is_styled
from summarizer.errors import ArticleError

__all__ = ["Page", "looks_like", "read"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says in its body and about itself; None: it does not say."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    findings: tuple[Finding, ...]
    author: str | None = None
    url: str | None = None


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
_LINE_END = re.compile(r"(?<!\s)\s*[\r\n]\s*")
_SUFFIX = re.compile(r"\s+[|·–—-]+\s+|\s*(?:_|--|\|)\s*|(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff])")
#: What content systems call the box that stands in the way.
_WALL = "//*[contains(@class, 'paywall') or contains(@id, 'paywall')]"
_OWN_LINE = frozenset({"p", "head", "item", "quote", "row", "list", "table", "code", "div"})


def looks_like(text: str) -> bool:
    """Tell whether text of unknown kind begins as an HTML page does."""
    return bool(_START.match(text[:4000]))


def read(html: str, source: str) -> Page:
    """Return the article on a page.

    Raises:
        ArticleError: there is no article on it.
    """
    html = settled(html)
    html = _BAD_REFERENCE.sub("", _CONTROL.sub("", _XML_HEAD.sub("", html)))
    html = in_marks(html)
    document, unseen, walls = _extracted(html)
    seen = visible(html)
    walls += [line for line, _ in seen.lines if asks_to_subscribe(line)]
    blocks = _without(seen, unseen)
    text, findings = _body(document, blocks)
    if not text:
        raise ArticleError(
            f"{source}: no article found on this page; save it after it has loaded in a browser, "
            "or paste the text into a .txt file"
        )
    title, outlet = _named(document, blocks)
    if title and squeeze(title) in squeeze(text) and (title[-1] in ".。" or len(title) > 0.5 * len(text)):
        title = None  # a page without a headline: its first sentence was taken for one
    author = (document.author if document is not None else None) or blocks.author
    published = metadata.moment(blocks.published) if blocks.published else None
    return Page(
        text=_without_headline(text, title),
        title=title,
        published=published or metadata.dateline("\n\n".join(blocks.head)),
        outlet=outlet,
        findings=(*findings, *walled(walls), *finding(unseen)),
        author=unsigned(author) if author else None,
        url=(document.url if document is not None else None) or blocks.url,
    )


def _without(blocks: Blocks, unseen: list[str]) -> Blocks:
    """Return the second count without what is no part of the article, and what no reader sees of it."""
    hidden = squeeze(" ".join(unseen))
    lines = ((text, prose) for text, prose in blocks.lines if is_part(text))
    return replace(blocks, lines=tuple(line for line in lines if not hidden or _key(line[0]) not in hidden))


def _body(document: Any, blocks: Blocks) -> tuple[str, tuple[Finding, ...]]:
    """Return the article's text, and what was lost of it; an empty text when there is no article."""
    lines = list(_lines(document.body)) if document is not None and document.body is not None else []
    dates = {squeeze(line) for line in blocks.head if len(line) <= 80 and metadata.dateline(line)}
    lines = [line for line in lines if squeeze(line) not in blocks.linked | dates and is_part(line)]
    text = "\n\n".join(lines)
    squeezed = squeeze(text)
    inside = [block for block in blocks.prose if _key(block) in squeezed]
    if len(lines) == 1 and inside and squeeze(inside[0]) != squeezed:
        # trafilatura's last resort runs a short article together
        return "\n\n".join(blocks.running), ()
    if inside or any(map(_is_prose, lines)):
        return text, tuple(_lost(squeezed, blocks))
    # what was extracted, if anything, are words of the page's navigation
    message = "no article was marked on the page; all of its running text was taken"
    return "\n\n".join(blocks.prose), (Finding("article.extraction", message),)


def _is_prose(line: str) -> bool:
    """Tell whether an extracted line is a sentence of an article even if the second count did not see it."""
    return (
        len(line) + sum(1 for char in line if char > "\u2e7f") >= 40 and re.search(r"[.!?。！？]", line) is not None
    )


def _extracted(html: str) -> tuple[Any, list[str], list[str]]:
    """Return trafilatura's document, None when it finds nothing or fails, the text that no reader sees, and walls.

    The second count stands in for a document that is not there.
    """
    import trafilatura  # takes 0.4 s to import, and plain text does without it

    tree = trafilatura.load_html(html)
    if tree is None:
        return None, [], []
    unseen = _drop_unseen(tree)
    walls = [line for each in tree.xpath(_WALL) for line in _lines(each) if asks_to_subscribe(line)]
    for anchor in tree.xpath("//a[not(@href)]"):
        anchor.tag = "span"  # it leads nowhere, and would count as a link
    _prune(tree)
    try:
        return trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False), unseen, walls
    except Exception:  # noqa: BLE001 - it and what it calls document no errors, and assert what an odd page breaks
        return None, unseen, walls


def _drop_unseen(tree: Any) -> list[str]:
    """Take out what no reader sees, unless it is most of the page, which waits for a script; return what to report.

    What surrounds an article is hidden on most pages, menus and dialogues, and is no news.
    """
    most = 0.5 * len(squeeze("".join(tree.itertext())))
    found: list[str] = []
    dropped: set[Any] = set()
    styled = is_styled(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or not is_hidden(element, styled=styled):
            continue
        if not dropped.isdisjoint(element.iterancestors()):
            continue
        text = " ".join("".join(element.itertext()).split())
        if len(squeeze(text)) > most:
            continue
        if len(text) + sum(char > "\u2e7f" for char in text) >= 20 and not _is_around(element):
            found.append(text)
        dropped.add(element)
        element.drop_tree()
    return found


def _is_around(element: Any) -> bool:
    """Tell whether an element, or one that it stands in, surrounds the article whether it is seen or not."""
    for each in (element, *element.iterancestors()):
        seen = {name: value for name, value in _attributes(each).items() if name not in {"hidden", "style"}}
        if is_around(str(each.tag), seen):
            return True
    return False


def _attributes(element: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _prune(tree: Any) -> None:
    """Take out what surrounds the article: of a short one trafilatura takes everything on the page.

    An element with the headline in it stays whatever it is called; so does, where the page marks no headline, one
    with most of the text, unless its tag or a cookie banner's name is certain.
    """
    marked = next(tree.iter("h1", "article", "main"), None) is not None
    total = len(squeeze("".join(tree.itertext())))
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if (
            not is_around(element.tag, attributes := _attributes(element))
            or next(element.iter("h1", "article", "main"), None) is not None
        ):
            continue
        sure = marked or is_never_article(element.tag, attributes)
        if sure or len(squeeze("".join(element.itertext()))) <= 0.5 * total:
            element.drop_tree()


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
    prose = [block for block in blocks.prose if len(block) >= 40 or len(squeeze(block)) >= len(block) * 0.9 >= 15]
    kept = [_key(block) in squeezed for block in prose]
    missing = [block for block, found in zip(prose, kept, strict=True) if not found]
    if blocks.depth > MOST_DEPTH and missing:
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
    return squeeze(block)[:60]


def _amount(blocks: list[str]) -> str:
    return f"{sum(map(len, blocks)):,} characters"


def _named(document: Any, blocks: Blocks) -> tuple[str | None, str | None]:
    """Return title and outlet; a title set as ``headline | outlet`` is parted."""
    if document is None:
        return None, blocks.publisher
    outlet = " ".join(document.sitename.split()) if document.sitename else blocks.publisher
    title = " ".join(document.title.split()) if document.title else ""
    headings = {squeeze(line).casefold() for line in blocks.head}
    for separator in _SUFFIX.finditer(title):
        headline, rest = title[: separator.start()], title[separator.end() :]
        named = outlet is not None and rest.casefold() == outlet.casefold().lstrip("@")
        if named or squeeze(headline).casefold() in headings:
            return headline, outlet or rest
    return title or None, outlet


def _without_headline(text: str, title: str | None) -> str:
    """Return the body without the headline as its first line: it is metadata already."""
    first, _, rest = text.partition("\n")
    same = title is not None and squeeze(first).casefold() == squeeze(title).casefold()
    return rest.lstrip("\n") if same and rest.strip() else text
