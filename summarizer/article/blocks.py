"""A page's running text counted a second time: no part of lxml, no limit of depth, linear on any input.

Python's own html.parser would do but for its time: 80 kB of ``<a <a <a`` take it over a minute.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Blocks", "visible"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a reader would see of a page, outside of navigation, banners, link lists, captions and footers.

    Attributes:
        prose: blocks that read as sentences, in order; at least 20 characters, 6 in Chinese.
        short: the other blocks before the first prose: headings, bylines, dates.
        depth: how deep the page's elements are nested.
        published: what the page says when it was published, unparsed, None when it does not say.
    """

    prose: tuple[str, ...]
    short: tuple[str, ...]
    depth: int
    published: str | None


_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/<>]{0,40})((?>[^<>"']+|"[^"<]{0,2000}"|'[^'<]{0,2000}'|["'])*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]{0,40})\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\n]{8,40})"')
_RAW = frozenset({"script", "style", "textarea", "title", "noscript", "template", "iframe", "svg", "math"})
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_SKIPPED = frozenset(
    [
        "head",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "figcaption",
        "object",
        "canvas",
        "audio",
        "video",
        "dialog",
        "menu",
    ]
)
#: Elements whose end tag may be left out: opening one closes an open one of the same kind.
_IMPLIED = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option"])
#: Class names, ids and roles of what surrounds an article, as news sites of the three languages use them.
_ASIDE = re.compile(
    r"cookie|consent|gdpr|privacy|related|correlat|most-?(?:read|popular|viewed)|piu-?lett|popular|trending"
    r"|newsletter|subscri|abbonat|sidebar|footer|\bnav|navbar|\bmenu|breadcrumb|comment|promo|banner|share|social"
    r"|caption|didascal|teaser|widget|advert|\bads?\b|sponsor|copyright|disclaimer|login|signup|paywall|modal"
    r"|popup|recommend|tuijian|xiangguan|\bhot\b|author-?bio|\btags?\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PUBLISHED = frozenset(
    [
        "article:published_time",
        "og:published_time",
        "og:pubdate",
        "article.published",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "releasedate",
        "firstcreatedtime",
    ]
)
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
    published = next((each for each in dates if each), None)
    return Blocks(tuple(reader.prose), tuple(reader.short), reader.depth, published)


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

    prose: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    depth: int = 0
    published: dict[str, str] = field(default_factory=dict)
    _open: list[tuple[str, bool]] = field(default_factory=list)  # tag, and whether it is skipped
    _counts: dict[str, int] = field(default_factory=dict)
    _skipping: int = 0
    _parts: list[str] = field(default_factory=list)
    _linked: int = 0

    def open(self, tag: str, written: str) -> None:
        if tag == "br":
            self._parts.append(" ")
        elif tag not in _INLINE:
            self.flush()
        attributes = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(written)}
        self._date(tag, attributes)
        if tag in _VOID or written.endswith("/"):
            return
        if tag in _IMPLIED and self._open and self._open[-1][0] == tag:
            self._pop()
        skipped = _is_aside(tag, attributes)
        self._open.append((tag, skipped))
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._skipping += skipped
        self.depth = max(self.depth, len(self._open))

    def close(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        if self._counts.get(tag):
            while self._pop() != tag:
                continue

    def text(self, words: str) -> None:
        if not self._skipping:
            self._parts.append(html.unescape(words))
            if self._counts.get("a"):
                self._linked += len(words)

    def flush(self) -> None:
        """End the block: keep it as prose if it reads so, and else if prose has not begun."""
        text = " ".join("".join(self._parts).split())
        linked, self._linked = self._linked, 0
        self._parts.clear()
        if not text or linked > len(text) / 2:
            return
        wide = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
        if (len(text) >= 20 or wide >= 6) and _SENTENCE.search(text):
            self.prose.append(text)
        elif not self.prose and len(text) <= 200:
            self.short.append(text)

    def _date(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta":
            names = {attributes.get(key, "").lower() for key in ("property", "name", "itemprop")}
            if attributes.get("content") and not names.isdisjoint(_PUBLISHED):
                self.published.setdefault("meta", attributes["content"])
        elif tag == "time" and attributes.get("datetime") and not self._skipping:
            self.published.setdefault("time", attributes["datetime"])

    def _pop(self) -> str:
        tag, skipped = self._open.pop()
        self._counts[tag] -= 1
        self._skipping -= skipped
        return tag


def _is_aside(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element holds what surrounds an article, or nothing that is shown."""
    if tag in _SKIPPED:
        return True
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN.search(attributes.get("style", ""))
    ):
        return True
    # a whole page may be called "has-sidebar"
    marks = " ".join(attributes.get(key, "") for key in ("class", "id", "role"))
    return tag not in ("html", "body", "article", "main") and bool(_ASIDE.search(marks))
