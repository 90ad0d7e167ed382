"""The empty Word file that a press brief begins with: paper, fonts, styles, page numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
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


@dataclass(frozen=True, slots=True)
class _Look:
    """How paragraphs of a style look; sizes and spaces in points, the indent in centimetres."""

    size: float
    after: float = 2
    before: float = 0
    indent: float = 0
    color: RGBColor | None = None
    bold: bool = False


_LOOKS = {
    "Normal": _Look(10.5, after=6),
    "Title": _Look(24, after=4, color=_BLUE, bold=True),
    "Heading 1": _Look(17, color=_BLUE, bold=True),
    "Heading 2": _Look(11, before=12, after=4, color=_BLUE, bold=True),
    "Quote": _Look(10.5, indent=0.6),
    "Translated headline": _Look(14, color=_BLUE),
    "Contents": _Look(13, before=14, after=4, color=_BLUE, bold=True),
    "Byline": _Look(9.5, before=4, after=8, color=_GREY),
    "Cell": _Look(10.5),
    "Said by": _Look(9.5, after=8, indent=0.6, color=_GREY),
    "Cited": _Look(9.5, after=3),
    "To mend": _Look(9.5, after=4, color=_RED),
    "toc 1": _Look(10.5, before=4, after=0),
    "toc 2": _Look(9.5, after=0, indent=0.6, color=_GREY),
}


def _styles(made: "Document") -> None:
    ooxml.fonts(made.styles.element)
    for name, look in _LOOKS.items():
        _set(_style(made, name), look)
    tabs = made.styles["toc 1"].paragraph_format.tab_stops
    tabs.add_tab_stop(_WIDTH - 2 * _MARGIN, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name in ("Heading 1", "Translated headline", "Heading 2", "Quote"):
        made.styles[name].paragraph_format.keep_with_next = True


def _style(made: "Document", name: str) -> "ParagraphStyle":
    """Return a style by name, made where there is none."""
    style: ParagraphStyle
    if name in made.styles:
        style = made.styles[name]
        return style
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style.base_style = made.styles["Normal"]
    return style


def _set(style: "ParagraphStyle", look: _Look) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = look.color
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.left_indent = Pt(look.before), Pt(look.after), Cm(look.indent)


def _page_numbers(made: "Document") -> None:
    foot = made.sections[0].footer.paragraphs[0]
    foot.alignment, foot.style = WD_ALIGN_PARAGRAPH.CENTER, made.styles["Byline"]
    ooxml.field(foot, "PAGE", "1")
    foot.add_run(" / ")
    ooxml.field(foot, "NUMPAGES", "1")
