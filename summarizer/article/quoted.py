"""Quotations that a page marks by elements alone (``<q>``, ``<blockquote>``, schema.org's Quotation) → in marks.

A browser draws marks around the first and sets the second apart; taken for text, both would be the article's words.
"""

import re
from collections.abc import Iterator
from typing import Any

from summarizer.article.blocks import INLINE, MOST_DEPTH, squeeze, visible
from summarizer.article.marks import LONGEST_NAME, named, set_apart
from summarizer.article.unseen import is_unseen

__all__ = ["in_marks"]

_MAY = re.compile(r"<(?:q|blockquote)\b|schema\.org/Quotation", re.IGNORECASE)
_SPEAKER = frozenset({"author", "creator", "spokenByCharacter"})
_NAMING = frozenset({"cite", "footer", "figcaption"})
_INLINE = INLINE | {"br"}
_BLOCKS = ("p", "div", "blockquote", "ul", "ol", "li", "h2", "h3", "h4")
_WHOLE = frozenset({"html", "body", "article", "main"})
_RAW = frozenset({"script", "style", "template", "noscript"})
_MOST = 200  # a page with more quotations is no article; each is sought in the whole page
_LAYOUT = 4  # so many paragraphs with most of a page's text are its article, set in
_LEAST = 20  # letters that do not stand on a page twice by chance
_TRAILING = " \t\r\n\u00a0—–―"

#: What a sentence ends with, or a name begins with.
_APART = (*'.!?…。！？”»"」', "—", "–", "―", "-")

#: An element, and which of its texts: ``text`` before its children or ``tail`` behind it.
Node = tuple[Any, str]


def in_marks(html: str) -> str:
    """Return a page with its quotations in marks; one without any, or too deep to be parsed, comes back as it is."""
    if not _MAY.search(html) or visible(html).depth > MOST_DEPTH:
        return html
    import trafilatura  # takes 0.4 s to import, and plain text does without it
    from lxml.html import tostring

    tree = trafilatura.load_html(html)
    if tree is None:
        return html
    for element in reversed(list(tree.iter("q"))):
        _inline(element)
    written = squeeze("".join(map(_text, _paragraphs(tree))))
    for element in _quotations(tree):
        _block(element, written)
    return str(tostring(tree, encoding="unicode"))


def _inline(element: Any) -> None:
    """Put a quotation within a line in marks, unless its author did."""
    nodes = [node for group in _paragraphs(element) for node in group]
    if not nodes:
        return
    inner = next(element.iterancestors("q"), None) is not None
    around = set_apart(_text(nodes))
    before = (element.getprevious().tail if element.getprevious() is not None else element.getparent().text) or ""
    if around.opens and not before.endswith(tuple('“«"「『‘')):
        _write(nodes, "‘" if inner else around.opens, "’" if inner else around.closes)
    element.tag = "span"


def _quotations(tree: Any) -> list[Any]:
    """Return the elements that set a quotation apart, none of them inside another."""
    found = tree.xpath("//blockquote | //*[contains(@itemtype, 'schema.org/Quotation')]")
    found = [each for each in found if each.tag not in _WHOLE]
    every = set(found)
    return [each for each in found[:_MOST] if every.isdisjoint(each.iterancestors())]


def _block(element: Any, written: str) -> None:
    """Put a quotation that is set apart in marks; layout stays as it is, and words that the page has elsewhere go."""
    groups, by = _parted(element)
    text = "\n".join(map(_text, groups))
    key = squeeze(text)
    around_all = len(groups) >= _LAYOUT and 2 * len(key) > len(written)
    if not key or around_all or next(element.iter("h1", "article", "main"), None) is not None:
        return
    if len(key) >= _LEAST and written.count(key) > 1:
        element.drop_tree()
        return
    who = _text(by) or _outside(element)
    around = set_apart(text, who)
    for node in by:
        setattr(*node, "")
    for group in groups:
        _write(group, around.opens, "")
    _write(groups[0], around.label, "")
    _write(groups[-1], "", around.closes + around.aside)
    _settle(element, groups, joins=not who)
    _drop_empty(element, by)


def _parted(element: Any) -> tuple[list[list[Node]], list[Node]]:
    """Return the paragraphs of a quotation, and what in it names its speaker: by an element, or below by a dash."""
    by = _naming(element, _paragraphs(element))
    said = next((each for each in element.iter() if each.get("itemprop") == "text"), element)
    groups = [[node for node in group if node not in by] for group in _paragraphs(said)]
    groups = [group for group in groups if group]
    if not by and len(groups) > 1 and named(_text(groups[-1])):
        by = groups.pop()
    return groups, by


def _naming(element: Any, groups: list[list[Node]]) -> list[Node]:
    """Return the texts with which an element names a speaker: ``<cite>`` and what is behind it, or a property.

    A ``<cite>`` inside a sentence is a work's title.
    """
    nodes = [node for group in groups for node in group]
    begins = [group[0] for group in groups]
    for at, node in enumerate(nodes):
        by = next((each for each in _around(node, element) if _names(each)), None)
        if by is None:
            continue
        apart = node in begins or getattr(*nodes[at - 1]).rstrip().endswith(_APART)
        rest = at > 0 and by.tag in _NAMING
        own = nodes[at:] if rest else [each for each in nodes if by in _around(each, element)]
        return own if apart and len(_text(own)) <= LONGEST_NAME else []
    return []


def _names(element: Any) -> bool:
    return element.tag in _NAMING or element.get("itemprop") in _SPEAKER


def _around(node: Node, root: Any) -> list[Any]:
    """Return the elements within a quotation in which a text stands, the nearest first."""
    element, text = node
    found, at = [], element if text == "text" or element is root else element.getparent()
    while at is not None and at is not root:
        found.append(at)
        at = at.getparent()
    return found


def _outside(element: Any) -> str:
    """Return whom the caption of a quotation's figure, or what stands right behind it, names; cut that out."""
    parent, behind = element.getparent(), element.getnext()
    near = []
    if parent is not None and parent.tag == "figure":
        near, parent.tag = list(parent.iter("figcaption")), "div"
    if behind is not None and (behind.tag in _NAMING or (behind.tag == "p" and named(_plain(behind)))):
        near.append(behind)
    for each in near:
        who = _plain(each)
        if 0 < len(who) <= LONGEST_NAME:
            each.drop_tree()
            return who
    return ""


def _drop_empty(element: Any, nodes: list[Node]) -> None:
    """Take out the elements that named a speaker: an empty link would count as a link."""
    for each, _ in nodes:
        if each is not element and each.getparent() is not None and not _plain(each):
            each.drop_tree()


def _settle(element: Any, groups: list[list[Node]], *, joins: bool) -> None:
    """Make a quotation a part of the text: a paragraph, on the line that announces it with a colon."""
    before, first = element.getprevious(), groups[0][0][0]
    inner = next(element.iterdescendants(*_BLOCKS), None) is not None
    element.tag = "div" if inner else "p"
    while first is not element and first.getparent() is not element:
        first = first.getparent()
    seen = _paragraphs(before) if joins and before is not None and before.tag == "p" else []
    if not seen or not _text(seen[-1]).endswith((":", "：")) or (first is element and inner):
        return
    if not (before.tail or "").strip() and not (first.tail or "").strip():
        first.tag = "span"
        _write(seen[-1], "", "" if _text(seen[-1]).endswith("：") else " ")
        before.append(first)


def _paragraphs(root: Any) -> list[list[Node]]:
    """Return the texts of each paragraph of an element; what no reader sees is none."""
    groups: list[list[Node]] = [[]]
    for node in _texts(root):
        if node is None:
            groups.append([])
        else:
            groups[-1].append(node)
    return [group for group in groups if group]


def _texts(element: Any) -> Iterator[Node | None]:
    """Yield each text in an element that says something, and None where a paragraph begins or ends."""
    if not isinstance(element.tag, str) or element.tag in _RAW or is_unseen(dict(element.attrib)):
        return
    breaks = element.tag not in _INLINE
    yield from [None] * breaks
    if (element.text or "").strip():
        yield element, "text"
    for child in element:
        yield from _texts(child)
        if (child.tail or "").strip():
            yield child, "tail"
    yield from [None] * breaks


def _write(nodes: list[Node], before: str, behind: str) -> None:
    """Write something before the first of some texts, and behind the last."""
    (first, own), (last, its) = nodes[0], nodes[-1]
    if before:
        setattr(first, own, before + getattr(first, own).lstrip())
    if behind:
        setattr(last, its, getattr(last, its).rstrip(_TRAILING) + behind)


def _text(nodes: list[Node]) -> str:
    return " ".join("".join(getattr(*node) for node in nodes).split())


def _plain(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
