"""Text without what hides words from a rule and not from a language model: markup, look-alikes, parted letters."""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator

__all__ = ["decoded", "plain"]

#: Tags that stand inside a line, marks of Markdown that stand inside a word.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|br|code|div|em|font|i|img|li|mark|p|s|small|span|strong|title|h[1-6]|figcaption|footer|header|sub|sup|td|u|wbr)\b[^<>]{0,300}>|[*`~]|(?<!\w)_|_(?!\w)",
    re.IGNORECASE,
)
#: What a tag shows or tells where its text would be: an image's description.
_DESCRIBED = re.compile(r"""\b(?:alt|title|aria-label|content|value|summary)\s*=\s*["']([^"'<>]{0,600})["']""")
#: Letters of other alphabets that look like Latin ones (Unicode TR39, confusables.txt).
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝѵАВЕНКМОРСТХІЈЅαονιρυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhqwvABEHKMOPCTXIJSaovipuxABEZHIKMNOPTYX"
)
_LATIN = re.compile("[a-zA-Z]")
_OTHER = re.compile("[Ͱ-Ͽ\u0400-\u052f]")
_WORD = re.compile(r"\w+")
#: Three letters and more, each by itself: "I g n o r e", "s-a-y".
_PARTED = re.compile(r"(?<!\w)[^\W\d_]([ .\-·|/])[^\W\d_](?:\1[^\W\d_]){1,40}(?!\w)")
#: A digit that stands for a letter: one between letters, or before three.
_DIGIT = re.compile(r"(?<=[a-z])[013457](?=[a-z])|(?<!\w)[013457](?=[a-z]\w?[a-z])", re.IGNORECASE)
_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{24,4000}={0,2}(?![\w+/=])")


def plain(text: str) -> str:
    """Return `text` as a reader of its words would write it: compatibility forms, tags and look-alikes resolved."""
    shown = html.unescape(unicodedata.normalize("NFKC", text))
    described = " ".join(m[1] + "." for m in _DESCRIBED.finditer(shown))
    bare = _WORD.sub(_latin, _INLINE.sub("", shown))
    joined = _PARTED.sub(lambda run: run[0].replace(run[1], ""), bare)
    read = _DIGIT.sub(lambda digit: _LETTERS[digit[0]], joined)
    return f"{read}\n{described}" if described else read


def decoded(text: str) -> Iterator[str]:
    """Yield what runs of Base64 (RFC 4648) in `text` spell, where that is text."""
    for run in _BASE64.finditer(text):
        try:
            spelt = base64.b64decode(run[0] + "=" * (-len(run[0]) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if spelt.isprintable():
            yield spelt


def _latin(word: re.Match[str]) -> str:
    """Write a word in Latin letters where it mixes them with others, or is made of nothing but their look-alikes."""
    if not _OTHER.search(word[0]):
        return word[0]
    written = word[0].translate(_ALIKE)
    return written if _LATIN.search(word[0]) or not _OTHER.search(written) else word[0]
