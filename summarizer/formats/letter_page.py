"""A mail's HTML as lines of a letter, each with the places in the markup that it came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.article import unseen
from summarizer.article.blocks import visible
from summarizer.article.marks import settled
from summarizer.formats.letter import Line

__all__ = ["Markup", "parse"]

#: A piece of text in the tree: its element, whether it stands inside (text) or behind (tail), and its words.
_Chunk = tuple[Any, bool, str]
_MOST_DEPTH = 255  # libxml2 drops what is nested deeper
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
#: Blocks between which a reader sees a space: the lines of one of the others are one paragraph's.
_PARAGRAPHS = frozenset(
    ["blockquote", "dd", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"]
)
_UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "textarea",
        "select",
    ]
)
_QUOTED = re.compile(r"(?:^|[\s_-])quote|yahoo_quoted", re.IGNORECASE)
#: How Outlook is told to hide what other programs hide by its style.
_OUTLOOKS = re.compile(r"mso-hide\s*:\s*all", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?:^|[\s_-])signature", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """A mail's HTML.

    Attributes:
        lines: what a reader sees, line for line; empty between paragraphs.
        page: whether it is laid out as a page: it has a headline, or tables in tables.
        hidden: text that no reader sees.
    """

    lines: tuple[Line, ...]
    page: bool
    hidden: str
    _tree: Any
    _chunks: tuple[tuple[_Chunk, ...], ...]

    def html(self, kept: Sequence[int]) -> str:
        """Return the markup with the text of the lines at `kept` alone; to be called once."""
        from lxml import etree

        stays = set(kept)
        for at, chunks in enumerate(self._chunks):
            for element, inside, _ in chunks if at not in stays else ():
                if inside:
                    element.text = None
                else:
                    element.tail = None
        return str(etree.tostring(self._tree, encoding="unicode", method="html"))


def parse(html: str) -> Markup | None:
    """Return a mail's HTML as lines, None when there is nothing in it."""
    import trafilatura  # takes 0.4 s to import

    cleaned = _CONTROL.sub("", _HEAD.sub("", settled(html)))
    tree = trafilatura.load_html(cleaned)
    if tree is None:
        return None
    counted = visible(cleaned)
    if counted.depth > _MOST_DEPTH:
        lines = [line for text, _ in counted.lines for line in (Line(text), Line(""))]
        return Markup(tuple(lines), page=False, hidden="", _tree=tree, _chunks=())
    reader = _Reader()
    for kind, element in _walk(tree):
        reader.take(kind, element)
    reader.flush()
    hidden = " ".join(" ".join(reader.hidden).split())
    return Markup(tuple(reader.lines), _is_page(tree), hidden, tree, tuple(map(tuple, reader.chunks)))


def _is_page(tree: Any) -> bool:
    """Tell whether HTML is laid out as a page and not as a letter."""
    if next(tree.iter("h1", "article", "main"), None) is not None:
        return True
    return any(next(table.iterancestors("table"), None) is not None for table in tree.iter("table"))


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield what begins and ends; what no reader sees is "unseen", and its end, like a comment, "after"."""
    from lxml import etree

    events = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    styled, skipped = unseen.is_styled(tree), None
    for kind, element in events:
        if kind in {"comment", "pi"}:
            yield "after", element
        elif kind == "start" and (element.tag in _UNSEEN or _is_hidden(element, styled=styled)):
            events.skip_subtree()
            skipped = element
            yield "unseen", element
        elif kind == "end" and element is skipped:
            skipped = None
            yield "after", element
        else:
            yield kind, element


def _is_hidden(element: Any, *, styled: bool) -> bool:
    """Tell whether an element's own style hides it, as circulars hide the words for the list of mails."""
    return _OUTLOOKS.search(element.get("style") or "") is not None or unseen.is_hidden(element, styled=styled)


class _Reader:
    """Lines in the making."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.chunks: list[list[_Chunk]] = []
        self.hidden: list[str] = []
        self._open: list[_Chunk] = []
        self._depth = self._signature = self._verbatim = 0

    def take(self, kind: str, element: Any) -> None:
        """Go on with what begins or ends in the tree."""
        tag = element.tag
        if kind == "unseen":
            if element.tag not in _UNSEEN:
                self.hidden.extend(element.itertext())
            return
        if kind == "after":
            self._say(element, inside=False)
            return
        change = 1 if kind == "start" else -1
        if tag in _BLOCKS or tag == "br":
            if tag != "br" or kind == "start":
                self.flush(forced=tag == "br")
            self._part(tag)
        if kind == "start":
            self._nest(element, change)
            self._say(element, inside=True)
            return
        self._nest(element, change)
        if tag in {"td", "th"}:
            self._open.append((element, False, " "))
        self._say(element, inside=False)

    def flush(self, *, forced: bool = False) -> None:
        """End the line; `forced`: an empty one, too."""
        text = "".join(words for _, _, words in self._open)
        for line in text.split("\n") if self._verbatim else [" ".join(text.split())]:
            if line.strip() or forced:
                self._add(line, [] if self._verbatim else self._open)
        self._open = []

    def _add(self, text: str, chunks: list[_Chunk]) -> None:
        self.lines.append(Line(text, self._depth, bool(self._signature)))
        self.chunks.append(chunks)

    def _part(self, tag: str) -> None:
        """Part paragraphs by one empty line."""
        if tag in _PARAGRAPHS and self.lines and self.lines[-1].text:
            self._add("", [])

    def _nest(self, element: Any, change: int) -> None:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag == "blockquote" and (element.get("type") == "cite" or _QUOTED.search(names)):
            self._depth += change
        if _SIGNATURE.search(names):
            self._signature += change
        if element.tag == "pre":
            self._verbatim += change

    def _say(self, element: Any, *, inside: bool) -> None:
        words = element.text if inside else element.tail
        if words:
            self._open.append((element, inside, str(words)))
