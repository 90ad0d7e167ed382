"""Folding a text to the letters the readers know, one code point for one, so that offsets stay true."""

import re
import unicodedata

from summarizer.languages.hant import simplified

__all__ = ["fold"]

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；。"}
_ODD = {
    0x3000: " ",
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
    0x2212: "-",
    0x2010: "-",
    0x2011: "-",
    0x2007: " ",
    0x2018: "'",
    0x2019: "'",
}
_TABLE = _WIDE | {code: ord(character) for code, character in _ODD.items()} | {ord("﹪"): ord("%")}
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def fold(text: str) -> str:
    """Return `text` in lower case, with full-width letters and digits, odd spaces, apostrophes and minus signs plain.

    Traditional Chinese characters become simplified ones, in which the tables are written.

    The result has as many code points as `text`. A full-width comma stays as it is, since it parts clauses,
    except between full-width digits, where it parts thousands.
    """
    plain = _WIDE_COMMA.sub(",", text).translate(_TABLE)
    lower = plain.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in plain)
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), simplified(lower))
