"""The empty Word file that a press brief begins with: paper, fonts, styles, page numbers."""

from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from summarizer.render import ooxml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

__all__ = ["empty"]

_RED, _GREY, _BLUE = RGBColor(0xC0, 0, 0), RGBColor(0x59, 0x59, 0x59), RGBColor(0x1F, 0x38, 0x64)
_WIDTH, _HEIGHT, _MARGIN = Cm(21), Cm(29.7), Cm(2.2)


def empty() -> "Document":
    """Return an empty A4 document with the styles of a press brief."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    _styles(made)
    _page_numbers(made)
    return made


def _styles(made: "Document") -> None:
    for style in made.styles:
        if style.element.find(f".//{qn('w:rFonts')}") is not None:
            ooxml.fonts(style)
    _set(made, "Normal", size=10.5, after=6)
    ooxml.fonts(made.styles["Normal"])
    _set(made, "Title", size=24, color=_BLUE, bold=True, after=4)
    _set(made, "Heading 1", size=17, color=_BLUE, bold=True, after=2)
    _set(made, "Heading 2", size=11, color=_BLUE, bold=True, before=12, after=4)
    _set(made, "Quote", size=10.5, italic=False, after=2, indent=0.6)
    _set(made, "Translated headline", size=14, color=_BLUE, after=2)
    _set(made, "Contents", size=13, color=_BLUE, bold=True, before=14, after=4)
    _set(made, "Byline", size=9.5, color=_GREY, before=4, after=8)
    _set(made, "Cell", size=10.5, after=2)
    _set(made, "Said by", size=9.5, color=_GREY, after=8, indent=0.6)
    _set(made, "To mend", size=9.5, color=_RED, after=4)
    _set(made, "toc 1", size=10.5, before=4, after=0)
    _set(made, "toc 2", size=9.5, color=_GREY, after=0, indent=0.6)
    made.styles["toc 1"].paragraph_format.tab_stops.add_tab_stop(
        _WIDTH - 2 * _MARGIN, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    for name in ("Heading 1", "Translated headline", "Heading 2", "Quote"):
        made.styles[name].paragraph_format.keep_with_next = True


def _set(
    made: "Document",
    name: str,
    *,
    size: float,
    color: RGBColor | None = None,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float,
    indent: float = 0,
) -> None:
    style: ParagraphStyle
    if name in made.styles:
        style = made.styles[name]
    else:
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        style.base_style = made.styles["Normal"]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = color
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.left_indent = Pt(before), Pt(after), Cm(indent)


def _page_numbers(made: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    foot = made.sections[0].footer.paragraphs[0]
    foot.alignment, foot.style = WD_ALIGN_PARAGRAPH.CENTER, made.styles["Byline"]
    ooxml.field(foot, "PAGE", "1")
    foot.add_run(" / ")
    ooxml.field(foot, "NUMPAGES", "1")
