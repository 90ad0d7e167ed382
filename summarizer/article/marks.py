"""Marks that would change what a page says if only their tags were taken away."""

import re
from typing import NamedTuple

__all__ = ["LONGEST_NAME", "SetApart", "named", "set_apart", "settled"]

#: Of a line that names a speaker; a longer one is a sentence.
LONGEST_NAME = 150
_PAIRS = ("“”", "«»", "「」")
_OPENING = frozenset('"“„«»「『‘‹')
_SIGNED = re.compile(r"\s*(?:[—–―~]{1,2}|--?)\s*[^\W\d_][^.!?。！？]*[.。]?\s*\Z")
#: What stands around a name below a quotation: a dash, an account, a date behind it.
_ABOUT = re.compile(r"\A[\s—–―~-]+|\s*\(@.*|[\s.。,，:：—–-]+\Z", re.DOTALL)
_HAN = re.compile("[\u3400-\u9fff]")

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


class SetApart(NamedTuple):
    """What is written around a quotation that a page sets apart; each paragraph opens, the last alone closes."""

    label: str
    opens: str
    closes: str
    aside: str


def set_apart(text: str, who: str = "") -> SetApart:
    """Return the marks around a quotation: such as it does not hold, none where it begins with its own.

    Args:
        text: all of it.
        who: whom the page names for it, name and office, with what stands around them; may be empty.
    """
    used = set(text) | ({"“"} if '"' in text else set())
    pair = "" if text[:1] in _OPENING else next((pair for pair in _PAIRS if used.isdisjoint(pair)), "")
    label, aside = _label(who)
    return SetApart(label, pair[:1], pair[1:], aside)


def named(line: str) -> str:
    """Return who is named by a line below a quotation that begins with a dash; empty where it is no such line."""
    return line if _SIGNED.match(line) and len(line) <= LONGEST_NAME else ""


def _label(who: str) -> tuple[str, str]:
    """Return what stands before the words and behind them: an office by the name, anything else out of the way."""
    name, _, rest = re.split(r"\s*([,，]|\Z)\s*", _ABOUT.sub("", who.strip()), maxsplit=1)
    if not name:
        return "", ""
    if _HAN.search(name):
        return f"{name}（{rest}）：" if rest else f"{name}：", ""
    if rest[:1].islower():
        return f"{name}, {rest}: ", ""
    return f"{name}: ", f" ({rest})" if rest else ""
