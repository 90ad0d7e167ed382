"""A page's running text counted a second time: no part of lxml, no limit of depth, linear on any input.

Python's own html.parser would do but for its time: 80 kB of ``<a <a <a`` take it over a minute.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from summarizer.article.around import is_around

__all__ = ["INLINE", "MOST_DEPTH", "Blocks", "squeeze", "visible"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a reader would see of a page, outside of navigation, banners, captions and footers.

    Attributes:
        lines: text and whether it reads as sentences (at least 20 characters, 6 in Chinese), in order;
            ``<br>`` is a line break in it.
        linked: lines that are links for more than half, squeezed as `squeeze` does.
        depth: how deep the page's elements are nested.
        published: what the page says when it was published, unparsed, None when it does not say.
        publisher: who its linked data (JSON-LD) name as publisher, None when they do not.
        url: what they give as the article's address, None when they give none.
        author: a Chinese name that it gives as its author's, or whom its linked data name; None when there is none.
    """

    lines: tuple[tuple[str, bool], ...]
    linked: frozenset[str]
    depth: int
    published: str | None
    publisher: str | None
    url: str | None = None
    author: str | None = None

    @property
    def prose(self) -> tuple[str, ...]:
        """The lines that read as sentences."""
        return tuple(text for text, prose in self.lines if prose)

    @property
    def head(self) -> tuple[str, ...]:
        """The lines before the first prose: headings, bylines, dates."""
        first = next((at for at, (_, prose) in enumerate(self.lines) if prose), len(self.lines))
        return tuple(text for text, _ in self.lines[:first])

    @property
    def running(self) -> tuple[str, ...]:
        """The lines from the first prose to the last, headings between them too."""
        places = [at for at, (_, prose) in enumerate(self.lines) if prose]
        return tuple(text for text, _ in self.lines[places[0] : places[-1] + 1]) if places else ()


def squeeze(text: str) -> str:
    """Return the letters and digits of `text`, for comparing what two readers made of one page."""
    return re.sub(r"[\W_]+", "", text)


_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/<>]{0,40})((?>[^<>"']+|"[^"<]{0,2000}"|'[^'<]{0,2000}'|["'])*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]{0,40})\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\n]{8,40})"')
_RAW = frozenset(["script", "style", "textarea", "title", "noscript", "template", "iframe", "svg", "math"])
_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,400}?"name"\s*:\s*"((?:[^"\\\n]|\\.){2,80})"')
_LINKED = re.compile(r"<script[^>]{0,300}ld\+json[^>]{0,300}>([^<]{1,200000})</script", re.IGNORECASE)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
#: libxml2 drops what is nested deeper.
MOST_DEPTH = 255
#: Elements within a line.
INLINE = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
])  # fmt: skip
#: Elements whose end tag may be left out: opening one closes an open one of the same kind.
_IMPLIED = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option"])
_PUBLISHED = frozenset([
    "article:published_time", "og:published_time", "og:pubdate", "article.published", "datepublished", "date",
    "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "parsely-pub-date", "sailthru.date", "releasedate", "firstcreatedtime",
])  # fmt: skip
_AUTHOR = frozenset(["author", "article:author", "dc.creator"])
#: A name without a space, which trafilatura takes for none.
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+[·•・][\u3400-\u9fff·•・]+")
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?。！？…][”’\"'»)）」]*(?:\s|\Z)|[。！？]")


def visible(page: str) -> Blocks:
    """Return what a reader would see of a page; never raises on broken markup."""
    reader = _Reader()
    for kind, name, value in _tokens(page):
        if kind == "text":
            reader.text(value)
        elif kind == "open":
            reader.open(name, value)
        else:
            reader.close(name)
    reader.flush()
    linked_data = _DATE_PUBLISHED.search(page)
    dates = [reader.published.get("meta"), linked_data[1] if linked_data else None, reader.published.get("time")]
    publisher, linked = _PUBLISHER.search(page), _linked(page)
    return Blocks(
        lines=tuple(reader.lines),
        linked=frozenset(reader.linked),
        depth=reader.depth,
        published=next((each for each in dates if each), None),
        publisher=_spelled(publisher[1]) if publisher else None,
        url=next(iter(_value(linked.get("mainEntityOfPage") or linked.get("url"), "@id")), None),
        author=reader.author or "; ".join(_value(linked.get("author"), "name")) or None,
    )


def _spelled(written: str) -> str | None:
    """Return a JSON string's text, None when it is none."""
    try:
        return str(json.loads(f'"{written}"'))
    except ValueError:
        return None


def _linked(page: str) -> dict[str, Any]:
    """Return what a page's linked data (JSON-LD) say of its article (schema.org), nothing where they do not."""
    for found in islice(_LINKED.finditer(page), 20):
        try:
            waiting = [json.loads(found[1], strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            each = waiting.pop()
            if isinstance(each, dict) and "Article" in str(each.get("@type")):
                return each
            if isinstance(each, dict | list):
                waiting += each.values() if isinstance(each, dict) else each
    return {}


def _value(given: Any, key: str) -> list[str]:
    """Return what linked data give as texts: they may be given themselves, in objects, or as a list of either."""
    each = given if isinstance(given, list) else [given]
    named = (one.get(key) if isinstance(one, dict) else one for one in each)
    return [one for one in named if isinstance(one, str)]


def _tokens(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield ``("open", tag, attributes)``, ``("close", tag, "")`` and ``("text", "", words)`` in order."""
    folded = page.lower() if len(page.lower()) == len(page) else page
    at = 0
    while at < len(page):
        start = page.find("<", at)
        if start < 0:
            yield "text", "", page[at:]
            return
        if start > at:
            yield "text", "", page[at:start]
        at = start
        tag = _TAG.match(page, start)
        if page.startswith("<!--", start):
            at = _after(page, "-->", start + 4)
        elif page.startswith(("<!", "<?"), start):
            at = _after(page, ">", start)
        elif tag is None:
            yield "text", "", "<"
            at = start + 1
        else:
            at = tag.end()
            name = tag[2].lower()
            if not tag[1] and name in _RAW:
                at = _after(folded, f"</{name}", at)
            else:
                yield ("close" if tag[1] else "open"), name, tag[3]


def _after(page: str, mark: str, at: int) -> int:
    """Return where `mark` ends, or the page's end: what is not closed runs to it."""
    found = page.find(mark, at)
    return len(page) if found < 0 else found + len(mark)


@dataclass(slots=True)
class _Reader:
    """The open elements and the text since the last block began."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    depth: int = 0
    published: dict[str, str] = field(default_factory=dict)
    author: str | None = None
    _open: list[tuple[str, bool, bool]] = field(default_factory=list)  # tag, whether it is skipped, and a link
    _counts: dict[str, int] = field(default_factory=dict)
    _skipping: int = 0
    _links: int = 0
    _parts: list[str] = field(default_factory=list)
    _in_links: int = 0

    def open(self, tag: str, written: str) -> None:
        if tag == "br":
            self._parts.append("\n")
        elif tag not in INLINE:
            self.flush()
        attributes = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(written)}
        self._date(tag, attributes)
        if tag in _VOID or written.endswith("/"):
            return
        if tag in _IMPLIED and self._open and self._open[-1][0] == tag:
            self._pop()
        skipped = is_around(tag, attributes)
        link = tag == "a" and "href" in attributes
        self._open.append((tag, skipped, link))
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._skipping += skipped
        self._links += link
        self.depth = max(self.depth, len(self._open))

    def close(self, tag: str) -> None:
        if tag not in INLINE:
            self.flush()
        if self._counts.get(tag):
            while self._pop() != tag:
                continue

    def text(self, words: str) -> None:
        if not self._skipping:
            self._parts.append(_SPACE.sub(" ", html.unescape(words)))
            if self._links:
                self._in_links += len(words)

    def flush(self) -> None:
        """End the block and keep it, unless it is empty or a link for the most part."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        text = "\n".join(line for line in lines if line)
        in_links, self._in_links = self._in_links, 0
        self._parts.clear()
        if not text:
            return
        if in_links > len(text) / 2:
            self.linked.append(squeeze(text))
            return
        wide = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
        self.lines.append((text, (len(text) >= 20 or wide >= 6) and _SENTENCE.search(text) is not None))

    def _date(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta":
            names = {attributes.get(key, "").lower() for key in ("property", "name", "itemprop")}
            if attributes.get("content") and not names.isdisjoint(_PUBLISHED):
                self.published.setdefault("meta", attributes["content"])
            if not names.isdisjoint(_AUTHOR) and _HAN_NAME.fullmatch(attributes.get("content", "").strip()):
                self.author = self.author or attributes["content"].strip()
        elif tag == "time" and attributes.get("datetime") and not self._skipping:
            self.published.setdefault("time", attributes["datetime"])

    def _pop(self) -> str:
        tag, skipped, link = self._open.pop()
        self._counts[tag] -= 1
        self._skipping -= skipped
        self._links -= link
        return tag
