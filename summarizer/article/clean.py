"""Characters that no reader sees are taken out and counted; line ends and spaces get one form."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Cleaned", "clean"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    r"""Text in NFC with ``\n`` as its only control character.

    Attributes:
        text: no control, surrogate, bidirectional, zero-width or other format character; no line has white
            space at its ends, no more than one blank line follows another, none begins or ends the text.
        removed: what was taken out → how often; spacing and line ends are not counted.
        undecoded: how many U+FFFD stand in `text`.
    """

    text: str
    removed: Mapping[str, int] = field(default_factory=dict)
    undecoded: int = 0


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u200b-\u200d\u2060-\u2064\ufeff\u180e"
_REMOVED: Mapping[str, re.Pattern[str]] = {
    "control": re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]"),
    "surrogate": re.compile("[\ud800-\udfff]"),
    "bidirectional": re.compile(f"[{_BIDI}]"),
    "zero-width": re.compile(f"[{_ZERO_WIDTH}]"),
    "soft hyphen": re.compile("\u00ad"),
    "other invisible": re.compile(
        "[\u0600-\u0605\u06dd\u070f\u206a-\u206f\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
        "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    ),
}
#: Unicode's Stream-Safe limit (UAX #15). Sorting a longer run of marks takes quadratic time.
_MARKS = 30
_MARK_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MARKS + 1},}}")
_SPACE_AT_END = re.compile(r"(?<![^\S\n])[^\S\n]++$|^[^\S\n]+", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(raw: str) -> Cleaned:
    """Return `raw` cleaned; cleaning what is clean changes nothing."""
    text = raw.removeprefix("\ufeff")
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    removed: dict[str, int] = {}
    for name, pattern in _REMOVED.items():
        text, count = pattern.subn("", text)
        if count:
            removed[name] = count
    text, marks = _without_mark_runs(text)
    if marks:
        removed["combining marks beyond 30 in a row"] = marks
    text = unicodedata.normalize("NFC", text)
    text = _BLANK_LINES.sub("\n\n", _SPACE_AT_END.sub("", text)).strip()
    return Cleaned(text, removed, text.count("\ufffd"))


def _without_mark_runs(text: str) -> tuple[str, int]:
    """Cut runs of combining marks to `_MARKS`; return the text and how many went."""
    dropped = 0

    def shorten(run: re.Match[str]) -> str:
        nonlocal dropped
        kept: list[str] = []
        marks = 0
        for char in run[0]:
            marks = marks + 1 if unicodedata.combining(char) else 0
            if marks <= _MARKS:
                kept.append(char)
        dropped += len(run[0]) - len(kept)
        return "".join(kept)

    return _MARK_RUN.sub(shorten, text), dropped
