"""Marks that would change what a page says if only their tags were taken away."""

import re

__all__ = ["settled"]

#: What an author struck out is not what the page says; a reference to a note is not a part of the figure before it.
_STRUCK = re.compile(r"<(del|s|strike)\b[^<>]{0,300}>[^<]{0,2000}</\1\s*>", re.IGNORECASE)
_NOTE = re.compile(
    r"<sup\b[^<>]{0,300}>\s*(?:<a\b[^<>]{0,500}>[^<]{0,12}</a\s*>|\[\w{1,4}\]|\*{1,3}|†|‡)\s*</sup\s*>", re.IGNORECASE
)
_RAISED = re.compile(r"<sup\b[^<>]{0,300}>\s*([-+−]?\d{1,4})\s*</sup\s*>", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def settled(markup: str) -> str:
    """Return HTML (or Markdown with tags) in which raised digits are superscript characters.

    ``m<sup>2</sup>`` becomes m² and not "m2", ``2023<sup>1</sup>`` 2023¹ and not "20231"; references to notes
    and struck-out text are removed.
    """
    without = _NOTE.sub("", _STRUCK.sub("", markup))
    return _RAISED.sub(lambda found: found[1].translate(_SUPERSCRIPT), without)
