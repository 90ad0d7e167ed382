"""What no reader of a page or document sees: how it is told apart, and how it is reported.

It is left out of an article, because a language model would read it: sites hide text for search engines, and some
people hide instructions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from summarizer.article.findings import Finding
from summarizer.article.line import one_line

__all__ = ["finding", "is_hidden", "is_styled", "is_unseen"]

_DECLARATION = re.compile(r"([a-z-]{2,30})\s*:\s*([^;]{1,200})")
_NOTHING = re.compile(r"0*\.?0+(?:px|pt|em|rem|%)?")
_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{1,6})(px|pt|em|rem|vw|vh|%)?")
_WHITE = re.compile(
    r"white|#f[c-f]f[c-f]f[c-f](?:[0-9a-f]{2})?|#fff[0-9a-f]?"
    r"|rgba?\(25[2-5][,\s]+25[2-5][,\s]+25[2-5](?:[,/\s]+[\d.]+%?)?\)"
)
_TRANSPARENT = re.compile(r"transparent|#[0-9a-f]{6}00|#[0-9a-f]{3}0|rgba\([\d.,\s]+[,/]\s*0?\.?0+%?\)")
#: A background that lets through what is behind it.
_NONE = frozenset({"none", "inherit", "initial", "unset"})
#: A background that a rule of a style sheet gives.
_BEHIND = re.compile(r"background(?:-color|-image)?\s*:\s*([^;}]{1,200})")
_CLIPPED = re.compile(r"rect\((?:0(?:px)?|1px)[,\s]|inset\((?:50|100)%|circle\(0")
_TINY = {"px": 2.0, "pt": 2.0, "em": 0.1, "rem": 0.1, "%": 10.0}
_FAR = {"px": -500.0, "pt": -500.0, "em": -40.0, "rem": -40.0, "vw": -80.0, "vh": -80.0, "%": -80.0}


def is_hidden(element: Any, *, styled: bool) -> bool:
    """Tell whether no reader sees an element: by its own attributes, or because it is white on white.

    Args:
        element: of lxml's tree.
        styled: see `is_styled`.
    """
    return is_unseen(_attributes(element)) or _is_white_on_white(element, styled=styled)


def is_styled(tree: Any) -> bool:
    """Tell whether style sheets may put another colour than white behind a page's text; those linked are not read."""
    if any("stylesheet" in (each.get("rel") or "").lower() for each in tree.iter("link")):
        return True
    sheets = ((each.text or "").lower() for each in tree.iter("style"))
    given = (value for sheet in sheets for value in _BEHIND.findall(sheet))
    return any(_is_coloured(value.replace("!important", "").strip()) for value in given)


def is_unseen(attributes: Mapping[str, str]) -> bool:
    """Tell by an element's own attributes whether no reader sees it; ``aria-hidden`` hides from no reader's eyes.

    Told are ``hidden``, and as inline style: not displayed, invisible, transparent, no size or a tiny one, clipped
    away, out of the screen. What a style sheet says of it is not known here.
    """
    if "hidden" in attributes:
        return True
    style = _style(attributes)
    if not style:
        return False
    said = style.get
    return (
        said("display") == "none"
        or said("visibility") in {"hidden", "collapse"}
        or _NOTHING.fullmatch(said("opacity", "1")) is not None
        or _TRANSPARENT.fullmatch(said("color", "")) is not None
        or _is_at_most(said("font-size", ""), _TINY)
        or _is_away(style)
    )


def _attributes(element: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _is_white_on_white(element: Any, *, styled: bool) -> bool:
    """Tell whether an element's own attributes make its text white, and what is behind it is white, too.

    The nearest element that says what is behind decides. Where none does, it is paper, unless a style sheet may have
    put a colour there: then nothing is known.
    """
    own = _attributes(element)
    if not _WHITE.fullmatch(_style(own).get("color") or own.get("color", "").lower()):
        return False
    around = (element, *element.iterancestors())
    behind = (white for each in around if (white := _is_white_behind(_attributes(each))) is not None)
    return next(behind, not styled)


def _is_white_behind(attributes: Mapping[str, str]) -> bool | None:
    """Return whether an element's own attributes put white behind its text; None where they say nothing of it."""
    style = _style(attributes)
    if style.get("background-image", "none") not in _NONE or "background" in attributes:
        return False
    given = style.get("background-color") or style.get("background") or attributes.get("bgcolor", "").lower()
    if not given or given in _NONE or _TRANSPARENT.fullmatch(given):
        return None
    return not _is_coloured(given)


def _is_coloured(background: str) -> bool:
    return not (background in _NONE or _WHITE.fullmatch(background) or _TRANSPARENT.fullmatch(background))


def finding(parts: Iterable[str]) -> Iterator[Finding]:
    """Yield one finding about all hidden parts: how much it is and how it begins; none where there are no words."""
    lines = [line for line in map(one_line, parts) if any(char.isalnum() for char in line)]
    if not lines:
        return
    whole = " ".join(lines)
    begin = f"“{whole[:80]}…”" if len(whole) > 80 else f"“{whole}”"
    yield Finding("article.hidden", f"{len(whole):,} characters that its readers do not see were left out: {begin}")


def _style(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the inline style (CSS Style Attributes): property → value, in lower case, without ``!important``."""
    written = attributes.get("style", "")[:2000].lower()
    return {name: value.replace("!important", "").strip() for name, value in _DECLARATION.findall(written)}


def _is_away(style: Mapping[str, str]) -> bool:
    """Tell whether an element is clipped away, has no room, or stands far from the screen."""
    said = style.get
    if _CLIPPED.match(said("clip", "")) or _CLIPPED.match(said("clip-path", "")):
        return True
    sides = ("width", "height", "max-width", "max-height")
    if said("overflow", "").startswith("hidden") and any(_NOTHING.fullmatch(said(side, "auto")) for side in sides):
        return True
    placed = ("left", "top", "right", "bottom") if said("position") in {"absolute", "fixed"} else ()
    return any(_is_at_most(said(name, ""), _FAR) for name in (*placed, "text-indent", "margin-left"))


def _is_at_most(value: str, bounds: Mapping[str, float]) -> bool:
    """Tell whether a length is at most the bound of its unit."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return False
    return float(found[1]) <= bounds.get(found[2] or "px", 0.0)
