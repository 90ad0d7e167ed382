"""A feed, RSS 2.0, RSS 1.0 (RDF) or Atom (RFC 4287) → one article for each entry.

lxml reads it and not feedparser, which takes 25 s over 400 kB of ``<!--`` and grows with the square. Nothing is
fetched, entities of a feed's own are not resolved, and where a feed is broken what can be read of it is.
"""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from summarizer.article import metadata
from summarizer.article.decode import decode
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.model import Known, place
from summarizer.errors import ArticleError
from summarizer.formats import message
from summarizer.formats.letter import letters
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN = frozenset({"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"})
_RSS = frozenset({"", "http://purl.org/rss/1.0/", "http://backend.userland.com/rss2"})
_XHTML = "http://www.w3.org/1999/xhtml"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")
#: With what is declared in it: an entity of a feed's own stands for nothing that an article needs.
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
#: Names that HTML has and XML has not; the five that it has stay.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,30});")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|[a-zA-Z])")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_CUT = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|[>»→])\s*\Z")
#: RSS 2.0 gives an author as ``mail@example.org (Name)``.
_NAMED = re.compile(r"\A[^\s()]+@[^\s()]+\s*\((.{1,200})\)\Z", re.DOTALL)
#: A summary that says less than this is not the article, if the feed names the page where that is.
_TEASER_LETTERS = 600


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the article of each entry, ``#1`` first; of one that has only a headline, why it cannot be read.

    Args:
        data: the feed.
        name: of its file or its address, for messages.
        limits: entries beyond its number are not read.

    Raises:
        ArticleError: it is no feed, or has no entries.
    """
    shown = place(name)
    root = _tree(decode(data, shown).text)
    entries = [] if root is None else list(root.iter("{*}item", "{*}entry", "item", "entry"))
    if not entries:
        raise ArticleError(f"{shown}: there are no entries in this feed; give the page of the article itself")
    source = _source(root)
    for number, entry in enumerate(entries[: limits.entries], 1):
        yield _entry(entry, number, source, shown)
    if len(entries) > limits.entries:
        told = f"{shown}: it holds {len(entries):,} entries, and the first {limits.entries:,} were read"
        yield Piece("more", "", "", problem=ArticleError(told))


def _tree(text: str) -> Any:
    """Return the tree of a feed, None where there is none in it."""
    from lxml import etree

    text = _undeclared(_DECLARATION.sub("", _CONTROL.sub("", text)))
    text = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("<", "&lt;"), text)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.strip().encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _undeclared(text: str) -> str:
    """Return a feed without its document type; only the first is one."""
    start = text.lower().find("<!doctype")
    found = _DOCTYPE.match(text, start) if start >= 0 else None
    return text[: found.start()] + text[found.end() :] if found else text


def _source(root: Any) -> tuple[str | None, str]:
    """Return the feed's own title, and the address that its links start from."""
    channel = next(iter(root.iter("{*}channel", "channel")), root)
    title = _text(channel, ("title", _RSS | _ATOM))
    return one_line(_plain(title)) or None, _link(channel) or root.get(_BASE) or ""


def _entry(entry: Any, number: int, source: tuple[str | None, str], shown: str) -> Piece:
    title = one_line(_plain(_text(entry, ("title", _RSS | _ATOM), ("title", _DUBLIN))))
    link = _address(source[1], _link(entry))
    text, whole = _article(entry)
    findings = (_teaser(link),) if letters([_plain(text)]) and not whole and link else ()
    known = Known(title or None, _date(entry), source[0], findings, _author(entry), link)
    stem = re.sub(r"[\W_]+", "-", title)[:60].strip("-")
    if not letters([_plain(text)]):
        why = f"{shown}: entry {number} has no text of its own; give the address of its page"
        return Piece(f"#{number}", stem, "", known=known, problem=ArticleError(why, "or give --fetch"))
    if not _MARKUP.search(text):
        return Piece(f"#{number}", stem, text.strip(), known=known)
    return Piece(f"#{number}", stem, f"<html><body><article>{text}</article></body></html>", page=True, known=known)


def _address(base: str, link: str) -> str | None:
    """Return a link as a whole address, None where it is none."""
    try:
        return metadata.address(urljoin(base, link)) if link.strip() else None
    except ValueError:  # brackets that hold no address of IPv6
        return None


def _teaser(link: str | None) -> Finding:
    return Finding(
        "article.extraction", f"the feed holds only the beginning of this article; the whole of it is at {link}"
    )


def _article(entry: Any) -> tuple[str, bool]:
    """Return an entry's text, as HTML if it has any markup, and whether that is all of the article."""
    full = _text(entry, ("encoded", {_CONTENT}), ("content", _ATOM), ("body", {_XHTML}))
    short = _text(entry, ("description", _RSS), ("summary", _ATOM), ("description", _DUBLIN), ("abstract", _DUBLIN))
    text = full if letters([_plain(full)]) >= letters([_plain(short)]) else short
    said = _plain(text).strip()
    enough = text is full or letters([said]) >= _TEASER_LETTERS
    return text, enough and _CUT.search(said) is None


def _text(parent: Any, *wanted: tuple[str, Any]) -> str:
    """Return the longest text of the first kind of child that has any: a name and the namespaces it may have."""
    for name, spaces in wanted:
        texts = [_markup(child) for child in parent.iterchildren() if _is(child, name, spaces)]
        text = max(texts, key=len, default="")
        if text.strip():
            return text
    return ""


def _is(element: Any, name: str, spaces: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    space, _, local = element.tag.rpartition("}")
    return local == name and space.removeprefix("{") in spaces


def _markup(element: Any) -> str:
    """Return what an element holds as HTML: its text may be HTML, plain, or elements (Atom's three types)."""
    from lxml import etree

    if len(element):
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element.iterchildren())
        return html.escape(element.text or "", quote=False) + inner
    text = element.text or ""
    return html.escape(text, quote=False) if element.get("type") == "text" else str(text)


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub(" ", markup))


def _link(parent: Any) -> str:
    """Return where an entry's page is, as it is written; empty where the feed does not say."""
    found = ""
    for child in parent.iterchildren():
        if _is(child, "link", _ATOM) and child.get("rel", "alternate") == "alternate":
            return str(child.get("href") or "").strip()
        if _is(child, "link", _RSS) and (child.text or "").strip():
            return str(child.text).strip()
        if _is(child, "guid", _RSS) and child.get("isPermaLink", "true") != "false":
            found = str(child.text or "").strip()
    return found if found.startswith(("http://", "https://")) else ""


def _author(entry: Any) -> str | None:
    said = _text(entry, ("creator", _DUBLIN), ("author", _RSS))
    for child in entry.iterchildren() if not said else ():
        if _is(child, "author", _ATOM):
            said = _text(child, ("name", _ATOM))
            break
    named = _NAMED.match(said.strip())
    return one_line(_plain(named[1] if named else said)) or None


def _date(entry: Any) -> str | None:
    written = _text(
        entry, ("pubDate", _RSS), ("published", _ATOM), ("issued", _ATOM), ("date", _DUBLIN), ("updated", _ATOM),
        ("modified", _ATOM),
    ).strip()  # fmt: skip
    return (
        (metadata.moment(written) if re.match(r"\d{4}-", written) else message.moment(written)) if written else None
    )
