"""A Word document → the article in it: what its readers see, revisions accepted, comments and notes left out.

The format is Office Open XML, WordprocessingML (ECMA-376, part 1, 17); its parts are read here and not by a library,
because none tells what is deleted, moved, hidden or white from what a reader sees.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from summarizer.article import metadata, unseen
from summarizer.article.blocks import squeeze
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.model import Known, place
from summarizer.errors import ArticleError
from summarizer.formats import head, packed
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: Deleted, moved away, an instruction of a field, a comment's or note's mark: nothing that a reader reads here.
_SKIPPED = frozenset(
    [_FALLBACK]
    + [
        _W + name
        for name in (
            "del",
            "moveFrom",
            "delText",
            "instrText",
            "delInstrText",
            "commentReference",
            "annotationRef",
            "footnoteReference",
            "endnoteReference",
            "footnoteRef",
            "endnoteRef",
            "pPr",
            "rPr",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
            "sectPr",
            "sdtPr",
            "rt",
        )
    ]
)
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_TINY_HALF_POINTS = 4
_MARKUP = 5  # bytes of XML to a byte of text, at most: an element takes a hundred bytes of memory
_WHITE = re.compile(r"f[c-f]f[c-f]f[c-f]", re.IGNORECASE)
_MOST_DEPTH = 200


#: A paragraph that is set as a title and longer is text in a large print.
_TITLE_CHARS = 300


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style shows its text; None where it leaves that to the one that it is based on.

    Attributes:
        vanish: whether it is hidden text.
        white: whether its colour is white.
        backed: whether something stands behind it: shading, a highlight.
        tiny: whether it is smaller than anybody reads.
        raised: whether it is superscript.
    """

    vanish: bool | None = None
    white: bool | None = None
    backed: bool | None = None
    tiny: bool | None = None
    raised: bool | None = None

    def over(self, base: "_Look") -> "_Look":
        """Return this look, and where it says nothing the other's."""
        mine = (self.vanish, self.white, self.backed, self.tiny, self.raised)
        theirs = (base.vanish, base.white, base.backed, base.tiny, base.raised)
        return _Look(*(b if a is None else a for a, b in zip(mine, theirs, strict=True)))

    @property
    def unseen(self) -> bool:
        """Whether no reader sees text that looks so."""
        return bool(self.vanish or self.tiny or (self.white and not self.backed))


@dataclass(slots=True)
class _Text:
    """What has been read: lines, what is hidden, and the first heading set as a title."""

    lines: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    title: str | None = None


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the one article of a Word document (.docx).

    Raises:
        ArticleError: it is damaged, unpacks to too much, or holds no text.
    """
    shown = place(name)
    part = partial(
        _part, packed.opened(data, shown), {e.filename.lower(): e for e in packed.entries(data, shown)}, shown, limits
    )
    body = part("word/document.xml")
    if body is None:
        raise packed.damaged(shown)
    styles = part("word/styles.xml")
    looks = _styles(styles) if styles is not None else {}
    text = _Text()
    _block(body, text, looks, _Look())
    whole = "\n\n".join(text.lines)
    if not whole.strip():
        raise _empty(text, shown)
    core = part("docprops/core.xml")
    findings = (*unseen.finding(text.hidden), *_notes(part), *_cut(whole, limits))
    yield Piece("", "", whole[: limits.text_bytes], known=_known(core, text, whole, findings))


def _part(
    archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], shown: str, limits: Limits, name: str
) -> Any | None:
    """Return a part's root element, None where there is no such part.

    Raises:
        ArticleError: it is no XML, or brings declarations of its own, which the format forbids (ECMA-376-2, 9.2).
    """
    from lxml import etree  # comes with trafilatura and takes 20 ms

    if name not in entries:
        return None
    xml = packed.unpacked(archive, entries[name], shown, max(1_000_000, _MARKUP * limits.text_bytes))
    declares = ArticleError(f"{shown}: this Word document declares entities, which none does; save it anew")
    if re.search(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00O|\x00<\x00!\x00D", xml[:4096]):
        raise declares
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(xml.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.XMLSyntaxError as error:
        raise packed.damaged(shown) from error
    if root.getroottree().docinfo.doctype:  # behind a long comment
        raise declares
    return root


def _empty(text: _Text, shown: str) -> ArticleError:
    if text.hidden:
        return ArticleError(f"{shown}: all text in this document is hidden from its readers; check what it is")
    return ArticleError(f"{shown}: there is no text in this document; check that it holds the article")


def _styles(root: Any) -> dict[str, tuple[str, _Look]]:
    """Return the styles: id → name, and look with that of the styles that it is based on."""
    own = {each.get(_W + "styleId", ""): each for each in root.iter(_W + "style")}
    return {key: (_said(each, "name"), _resolved(key, own)) for key, each in own.items()}


def _resolved(key: str, own: Mapping[str, Any]) -> _Look:
    look, seen = _Look(), 0
    while key in own and seen < 20:  # a style may be based on itself
        look = look.over(_look(own[key].find(_W + "rPr")).over(_behind(own[key].find(_W + "pPr"))))
        key, seen = _said(own[key], "basedOn"), seen + 1
    return look


def _look(properties: Any | None) -> _Look:
    """Return what run properties (ECMA-376-1, 17.3.2) say of how text looks."""
    if properties is None:
        return _Look()
    colour, size, raised = (_said(properties, name) for name in ("color", "sz", "vertAlign"))
    highlighted = _said(properties, "highlight")
    backed = _behind(properties).backed
    return _Look(
        vanish=_switch(properties, "vanish"),
        white=_WHITE.fullmatch(colour) is not None if colour else None,
        backed=True if highlighted not in {"", "none", "white"} else backed,
        tiny=int(size) <= _TINY_HALF_POINTS if size.isdecimal() else None,
        raised=raised == "superscript" if raised else None,
    )


def _behind(properties: Any | None) -> _Look:
    """Return whether paragraph, cell or run properties put a colour behind text."""
    shading = properties.find(_W + "shd") if properties is not None else None
    if shading is None:
        return _Look()
    fill = shading.get(_W + "fill", "auto")
    return _Look(backed=fill.lower() != "auto" and not _WHITE.fullmatch(fill))


def _said(element: Any, name: str) -> str:
    """Return the value of a child element, empty where there is none."""
    child = element.find(_W + name)
    return child.get(_W + "val", "") if child is not None else ""


def _switch(properties: Any, name: str) -> bool | None:
    """Return a property that is on by being there (ECMA-376-1, 17.17.4); None where it is not."""
    child = properties.find(_W + name)
    return None if child is None else child.get(_W + "val", "true") not in {"0", "false", "off"}


_Looks = Mapping[str, tuple[str, _Look]]


def _block(parent: Any, text: _Text, looks: _Looks, base: _Look, depth: int = 0) -> None:
    """Read the paragraphs and tables of a body, cell or text box; a row of a table is one line."""
    if depth > _MOST_DEPTH:
        return
    for child in parent:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == _W + "p":
            _paragraph(child, text, looks, base)
        elif child.tag == _W + "tbl":
            _table(child, text, looks, base, depth)
        else:
            _block(child, text, looks, base, depth + 1)


def _table(table: Any, text: _Text, looks: _Looks, base: _Look, depth: int) -> None:
    """Read a table row by row; white on the colours of a table's own style is meant to be read."""
    styled = table.find(f"{_W}tblPr/{_W}tblStyle") is not None
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl"), None) is not table or _is_gone(row):
            continue
        cells = []
        for cell in row.iter(_W + "tc"):
            if next(cell.iterancestors(_W + "tr"), None) is row:
                inside = _Text(hidden=text.hidden)
                behind = _Look(backed=True) if styled else _behind(cell.find(_W + "tcPr")).over(base)
                _block(cell, inside, looks, behind, depth + 1)
                cells.append(" ".join(" ".join(inside.lines).split()))
        line = " ".join(filter(None, cells))
        if line:
            text.lines.append(line)


def _is_gone(row: Any) -> bool:
    """Tell whether a row of a table is deleted, or hidden."""
    properties = row.find(_W + "trPr")
    return properties is not None and (
        properties.find(_W + "del") is not None or _switch(properties, "hidden") is True
    )


def _paragraph(paragraph: Any, text: _Text, looks: _Looks, base: _Look) -> None:
    if not len(paragraph):
        return
    properties = paragraph.find(_W + "pPr")
    key = _said(properties, "pStyle") if properties is not None else ""
    style, look = looks.get(key, ("", _Look()))
    look = _behind(properties).over(look.over(base))
    boxes: list[Any] = []
    parts = [words for run in _runs(paragraph, boxes) for words in _run(run, text, looks, look)]
    line = "\n".join(filter(None, (" ".join(each.split()) for each in "".join(parts).split("\n"))))
    if line:
        text.lines.append(line)
        styled = style.lower() == "title" or (style.lower() == "heading 1" and len(text.lines) < 4)
        if text.title is None and styled and len(line) <= _TITLE_CHARS:
            text.title = " ".join(line.split())
    for box in boxes:
        _block(box, text, looks, base)


def _runs(element: Any, boxes: list[Any]) -> Iterator[Any]:
    """Yield the runs of a paragraph, those in links, fields and insertions too; collect the text boxes in it."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == _W + "txbxContent":
            boxes.append(child)
        elif child.tag not in _SKIPPED:
            if child.tag in {_W + "r", _MATH + "r"}:
                yield child
            if len(waiting) < _MOST_DEPTH:
                waiting.append(iter(child))


def _run(run: Any, text: _Text, looks: _Looks, base: _Look) -> Iterator[str]:
    """Yield the words of a run, or keep them apart where no reader sees them."""
    properties = run.find(_W + "rPr")
    styled = looks.get(_said(properties, "rStyle"), ("", _Look()))[1] if properties is not None else _Look()
    look = _look(properties).over(styled.over(base))
    words = "".join(_words(run))
    if look.unseen and words.strip():
        text.hidden.append(words)
    elif look.raised:
        yield words.translate(_RAISED)
    else:
        yield words


def _words(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag in {_W + "t", _MATH + "t"}:
            yield child.text or ""
        elif child.tag in {_W + "tab", _W + "ptab"}:
            yield " "
        elif child.tag in {_W + "br", _W + "cr"}:
            yield "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "-"


def _notes(part: Any) -> Iterator[Finding]:
    """Yield what is left out of a document's notes."""
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        root = part(name)
        notes = [" ".join("".join(each.itertext(_W + "t")).split()) for each in root] if root is not None else []
        notes = [note for note in notes if note]
        if notes:
            kind = "footnote" if "foot" in name else "endnote"
            counted = f"1 {kind} was" if len(notes) == 1 else f"{len(notes)} {kind}s were"
            yield Finding("article.extraction", f"{counted} not taken, beginning with “{notes[0][:60]}”")


def _cut(text: str, limits: Limits) -> Iterable[Finding]:
    if len(text) <= limits.text_bytes:
        return ()
    message = f"of the {len(text):,} characters in this document the first {limits.text_bytes:,} were read"
    return (Finding("article.truncated", message),)


def _known(core: Any | None, text: _Text, whole: str, findings: tuple[Finding, ...]) -> Known:
    """Return what the document knows: core properties (ECMA-376-2, 11), and a paragraph set as its title."""
    told = (
        {_local(each): one_line(each.text or "") for each in core if isinstance(each.tag, str)}
        if core is not None
        else {}
    )
    title = told.get("title", "")
    return Known(
        title=text.title or (title if title and squeeze(title) in squeeze(whole[:3000]) else None),
        published=head.published(text.lines) or _made(told),
        author=told.get("creator")
        if len(told.get("creator", "").split()) > 1 or _is_han(told.get("creator"))
        else None,
        findings=findings,
    )


def _made(told: Mapping[str, str]) -> str | None:
    """Return the day on which a document was made; None of one that nobody saved since: that is its template's."""
    untouched = told.get("created") == told.get("modified") and not told.get("lastModifiedBy")
    return None if untouched else metadata.iso(told.get("created", "")[:10])


def _is_han(name: str | None) -> bool:
    return sum("\u3400" <= char <= "\u9fff" for char in name or "") > 1


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
