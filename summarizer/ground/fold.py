"""The reversible fold: what may differ between a passage and its copy without changing what it says.

Each folded character remembers the code points it came from, so a match in the fold is a span of the source.
Folded: composed and decomposed letters, full-width forms, ligatures, quotation marks, dashes, spaces and line
wraps, invisible characters, soft hyphens, and spaces beside Han. Never folded: digits of another kind (``²``,
``½``, ``①``), letters, case, words.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Folded", "fold", "is_han", "line_hyphens"]

#: The one mark that every quotation mark and apostrophe folds to; after a digit, double marks fold to `INCH`.
QUOTE, INCH = "'", '"'
_SINGLE = "'‘’‚‛‹›ʼ′´`＇"
_DOUBLE = '"“”„‟«»「」『』〝〞〟″＂｢｣'
_DASHES = "-‐‑‒–—―−﹘﹣－─"
#: Compatibility forms that only look different. ``<super>``, ``<sub>``, ``<fraction>``, ``<circle>`` are left out:
#: NFKC would turn ``10²`` into ``102`` and ``1½`` into ``11⁄2``.
_LOOKS = ("<wide>", "<narrow>", "<compat>", "<font>", "<noBreak>", "<square>")
_OWN = {"。": ".", "｡": ".", "㎡": "m²", "㎥": "m³", "…": "..."}
_SPACE = re.compile(r"\s*")
_LINE_HYPHEN = re.compile(r"(?<!\w)(\w+)([-‐‑])[^\S\n]*\n\s*(\w+)")

_Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character ``text[i]`` stands for the source's code points ``starts[i]`` to ``ends[i]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def is_han(char: str) -> bool:
    """Tell whether a character is a Han ideograph or a punctuation mark of Han text."""
    return (
        "\u2e80" <= char <= "\u303f"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or ("\uff00" <= char <= "\uff60" or "\U00020000" <= char <= "\U0003ffff")
    )


def line_hyphens(text: str) -> list[tuple[int, str, str]]:
    """Return where a hyphen ends a line inside a word, with the letters before and after it.

    Between digits the hyphen belongs to the figure and is not listed.
    """
    found = _LINE_HYPHEN.finditer(text)
    return [(m.start(2), m[1], m[3]) for m in found if m[1][-1].isalpha() and m[3][0].isalpha()]


@lru_cache(maxsize=8)
def _plain(text: str) -> Folded:
    return fold(text, lambda _before, _after: True)


def fold(text: str, joins: Callable[[str, str], bool] | None = None) -> Folded:
    """Fold a text.

    Args:
        text: any text.
        joins: told the letters before and after a hyphen at a line's end, says whether they are one word without
            a hyphen. None: they are.
    """
    if joins is None:
        return _plain(text)
    hyphens = {at: joins(before, after) for at, before, after in line_hyphens(text)}
    pieces: list[_Piece] = []
    at = 0
    while at < len(text):
        end = _cluster_end(text, at)
        at = _fold_cluster(text, at, end, pieces, hyphens)
    kept = _tidy(pieces)
    return Folded(
        "".join(p[0] for p in kept),
        tuple(start for p, start, _ in kept for _ in p),
        tuple(end for p, _, end in kept for _ in p),
    )


def _cluster_end(text: str, at: int) -> int:
    end = at + 1
    while end < len(text) and text[end] > "\u02ff" and _joins_cluster(text[end]):
        end += 1
    return end


def _joins_cluster(char: str) -> bool:
    """Tell whether a character composes with the one before it: marks, and the second half of Hangul."""
    return unicodedata.category(char) in {"Mn", "Mc"} or "\u1160" <= char <= "\u11ff"


def _fold_cluster(text: str, at: int, end: int, pieces: list[_Piece], hyphens: dict[int, bool]) -> int:
    """Append the fold of ``text[at:end]`` and return where to go on."""
    if at in hyphens or text[at] == "\u00ad":
        wrap = _SPACE.match(text, end)
        after = wrap.end() if wrap and "\n" in wrap[0] else end
        if at in hyphens and not hyphens[at]:
            pieces.append(("-", at, at + 1))
        return after
    folded = _fold_char(text[at]) if end == at + 1 else unicodedata.normalize("NFC", text[at:end])
    if folded:
        pieces.append((folded, at, end))
    return end


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """Return what one character folds to, ``""`` when it is invisible."""
    if char in _OWN:
        return _OWN[char]
    if char.isspace():
        return " "
    for marks, plain in ((_SINGLE, QUOTE), (_DOUBLE, INCH), (_DASHES, "-")):
        if char in marks:
            return plain
    if unicodedata.category(char) in {"Cf", "Cc"} or "\ufe00" <= char <= "\ufe0f":
        return ""
    decomposition = unicodedata.decomposition(char)
    if decomposition.startswith(_LOOKS):
        plain = unicodedata.normalize("NFKC", char)
        digits = any(c.isdigit() for c in plain) and not decomposition.startswith(("<wide>", "<narrow>", "<font>"))
        return char if digits else plain
    return unicodedata.normalize("NFC", char)


def _tidy(pieces: list[_Piece]) -> list[_Piece]:
    """Merge runs of spaces, dashes and marks; drop the spaces beside Han and on both sides of a dash."""
    kept: list[_Piece] = []
    at = 0
    while at < len(pieces):
        folded, start, end = pieces[at]
        after = _run_end(pieces, at) if folded in {" ", "-"} else at + 1
        end = pieces[after - 1][2]
        if folded == " ":
            if not _beside_han(kept, pieces, after):
                kept.append((" ", start, end))
        elif folded == "-":
            if kept and kept[-1][0] == " " and after < len(pieces) and pieces[after][0] == " ":
                kept.pop()
                after = _run_end(pieces, after)
            kept.append(("-", start, end))
        elif folded in {QUOTE, INCH}:
            _add_mark(kept, folded, start, end)
        else:
            kept.append((folded, start, end))
        at = after
    return kept


def _run_end(pieces: list[_Piece], at: int) -> int:
    end = at + 1
    while end < len(pieces) and pieces[end][0] == pieces[at][0]:
        end += 1
    return end


def _add_mark(kept: list[_Piece], folded: str, start: int, end: int) -> None:
    """Fold single and double marks to one, except where the difference is feet or inches."""
    if kept and kept[-1][0] == folded == QUOTE and kept[-1][2] == start:
        kept[-1] = (QUOTE, kept[-1][1], end)
        return
    after_digit = bool(kept) and kept[-1][0][-1].isdigit()
    kept.append((folded if after_digit else QUOTE, start, end))


def _beside_han(kept: list[_Piece], pieces: list[_Piece], after: int) -> bool:
    """Tell whether a run of spaces, between the last kept piece and ``pieces[after]``, stands beside Han."""
    if after < len(pieces) and is_han(pieces[after][0][0]):
        return True
    if not kept:
        return False
    if is_han(kept[-1][0][-1]):
        return True
    return kept[-1][0] in ",.;:!?)" and len(kept) > 1 and is_han(kept[-2][0][-1])
