"""Pieces of a Word file that python-docx has no words for: languages, fields, bookmarks, links, lines of a table.

Element and attribute names are those of ECMA-376, part 1.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

from summarizer import languages
from summarizer.languages import hant
from summarizer.render import words

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

__all__ = ["bookmark", "field", "fonts", "lined", "link", "page_reference", "repeated", "shared", "spoken", "whole"]

LATIN, HAN = "Calibri", "Microsoft YaHei"
_GREY = "BFBFBF"
_TAGS = {"en": "en-GB", "it": "it-IT", "zh": "zh-CN"}
_EAST_ASIAN = ("han", "jpan", "kore")
#: What may stand behind ``w:bidi`` in the properties of a paragraph.
_BEHIND_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
#: An address that every reader of Word files takes as a link's target; another one would make the file unreadable.
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#][\w\-.~!$&'()*+,;=:@/?#%]*)?", re.ASCII | re.IGNORECASE)


def fonts(styles: "BaseOxmlElement") -> None:
    """Give every style of a file its fonts for Latin and for Chinese letters, by name and not by theme."""
    for given in styles.iter(qn("w:rFonts")):
        given.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            given.set(qn(f"w:{script}"), LATIN)
        given.set(qn("w:eastAsia"), HAN)


def spoken(run: "Run", language: str) -> None:
    """Mark the language of a run, for hyphens, spelling and fonts.

    In a Chinese one the marks that both scripts have (“ ” … —) are Chinese, and as wide as a character.
    """
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 - the only way to what python-docx does not name
    tag = _tag(language)
    if languages.known(language) and languages.get(language).script in _EAST_ASIAN:
        properties.insert(0, _made("w:rFonts", hint="eastAsia"))
        properties.append(_made("w:lang", eastAsia=tag))
    elif languages.right_to_left(language):
        _from_the_right(run)
        properties.append(_made("w:rtl"))
        properties.append(_made("w:lang", bidi=tag))
    else:
        properties.append(_made("w:lang", val=tag))


def _from_the_right(run: "Run") -> None:
    """Let a paragraph that begins with a run go from right to left."""
    paragraph = run._element.getparent()  # noqa: SLF001 - as above
    properties = paragraph.get_or_add_pPr()
    if paragraph.r_lst[0] is run._element and properties.find(qn("w:bidi")) is None:  # noqa: SLF001
        properties.insert_element_before(_made("w:bidi"), *_BEHIND_BIDI)


def _tag(language: str) -> str:
    """Return the tag of a language as office programs know it."""
    base = languages.base(language)
    if base == "zh":
        return f"zh-{hant.region(language) or 'TW'}" if hant.is_traditional(language) else "zh-CN"
    return _TAGS.get(language) or words.tag(language)


def field(paragraph: "Paragraph", instruction: str, shown: str) -> None:
    """Add a field that shows a text until a program counts anew: ``PAGE``, ``NUMPAGES``."""
    for element in (*_begun(instruction), *_text(shown), _char("end")):
        paragraph.add_run()._element.append(element)  # noqa: SLF001 - as above


def page_reference(paragraph: "Paragraph", name: str) -> None:
    """Add the number of the page on which a bookmark stands, which only a program that lays pages out can know."""
    begin = _char("begin")
    begin.set(qn("w:dirty"), "true")
    for element in (begin, _instruction(f"PAGEREF {name} \\h"), _char("separate"), _char("end")):
        paragraph.add_run()._element.append(element)  # noqa: SLF001 - as above


def bookmark(paragraph: "Paragraph", name: str, number: int) -> None:
    """Put a paragraph's runs into a bookmark."""
    start = _made("w:bookmarkStart", id=str(number), name=name)
    paragraph._element.insert(1 if paragraph._element.pPr is not None else 0, start)  # noqa: SLF001 - as above
    paragraph._element.append(_made("w:bookmarkEnd", id=str(number)))  # noqa: SLF001 - as above


def link(run: "Run", paragraph: "Paragraph", *, address: str = "", to: str = "") -> None:
    """Make a run a link: to an address, or to a bookmark of this file. What is no plain address stays text."""
    if address and not _ADDRESS.fullmatch(address):
        return
    made = _made("w:hyperlink", anchor=to) if to else _made("w:hyperlink")
    if address:
        related = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), related)
    run._element.addprevious(made)  # noqa: SLF001 - as above
    made.append(run._element)  # noqa: SLF001 - as above


def lined(table: "Table") -> None:
    """Give a table thin grey lines between its rows and columns."""
    borders = _made("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "nil" if side in ("left", "right") else "single"
        borders.append(_made(f"w:{side}", val=kind, sz="4", space="0", color=_GREY))
    properties = table._tbl.tblPr  # noqa: SLF001 - as above
    # the schema wants them before the layout and the look
    after = next((properties.find(qn(f"w:{n}")) for n in ("tblLayout", "tblLook")
                  if properties.find(qn(f"w:{n}")) is not None), None)  # fmt: skip
    if after is None:
        properties.append(borders)
    else:
        after.addprevious(borders)


def shared(table: "Table", shares: Sequence[float]) -> None:
    """Share the width of a table among its columns; LibreOffice reads the columns' widths, Word the cells'."""
    whole = sum(column.width or 0 for column in table.columns)
    for column, share in zip(table.columns, shares, strict=True):
        width = Length(round(whole * share))
        column.width = width
        for cell in column.cells:
            cell.width = width


def repeated(row: "_Row") -> None:
    """Show a row again at the head of each page of its table."""
    whole(row)
    row._tr.get_or_add_trPr().append(_made("w:tblHeader"))  # noqa: SLF001 - as above


def whole(row: "_Row") -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_made("w:cantSplit"))  # noqa: SLF001 - as above


def _made(name: str, /, **attributes: str) -> "BaseOxmlElement":
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _char(kind: str) -> "BaseOxmlElement":
    return _made("w:fldChar", fldCharType=kind)


def _instruction(text: str) -> "BaseOxmlElement":
    element = _made("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {text} "
    return element


def _begun(instruction: str) -> "tuple[BaseOxmlElement, ...]":
    return _char("begin"), _instruction(instruction), _char("separate")


def _text(shown: str) -> "Iterator[BaseOxmlElement]":
    element = _made("w:t")
    element.text = shown
    yield element
