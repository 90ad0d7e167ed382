"""Bytes → text: by byte order mark, as UTF-8, by the page's own word, and only then by guessing.

The guess knows what is plausible here: Western (cp1252), Simplified (GB 18030) and Traditional (Big5) Chinese.
General detectors need more text than a two-sentence article has.
"""

import codecs
import re
from dataclasses import dataclass

from summarizer.errors import ArticleError

__all__ = ["Decoded", "chinese", "decode", "decode_as"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the Python codec that gave it; ``lossy`` when bytes that did not decode stand as U+FFFD."""

    text: str
    encoding: str
    lossy: bool = False


_MAGIC: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "a PDF file"),
    (b"\x89PNG", 0, "a PNG image"),
    (b"\xff\xd8\xff", 0, "a JPEG image"),
    (b"GIF8", 0, "a GIF image"),
    (b"RIFF", 0, "a sound, video or WebP image file"),
    (b"ftyp", 4, "a video or HEIF image file"),
    (b"ID3", 0, "a sound file"),
    (b"OggS", 0, "a sound or video file"),
    (b"\x1f\x8b", 0, "a gzip archive"),
    (b"BZh", 0, "a bzip2 archive"),
    (b"\xfd7zXZ", 0, "an xz archive"),
    (b"7z\xbc\xaf", 0, "a 7-Zip archive"),
    (b"Rar!", 0, "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", 0, "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0", 0, "an old Office document"),
    (b"{\\rtf", 0, "an RTF document"),
    (b"SQLite format 3", 0, "a SQLite database"),
    (b"\x7fELF", 0, "a program"),
    (b"MZ\x90", 0, "a program"),
    (b"\x00asm", 0, "a program"),
    (b"PAR1", 0, "a Parquet file"),
    (b"GGUF", 0, "a model file"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"opendocument", "an OpenDocument file"),
    (b"epub", "an e-book"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What pages call an encoding → the superset browsers read it as (WHATWG Encoding Standard).
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
#: Text codecs of Python's own (library reference, "Python Specific Encodings"): no page is written in one.
_PYTHONS = frozenset(
    {"idna", "mbcs", "oem", "palmos", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
#: Encodings worth guessing at; a detector free to choose takes short text for the rarest of scripts.
_RARE = (
    "cp1252", "iso8859_15", "cp1250", "cp1251", "koi8_r", "cp850", "gb18030", "big5hkscs", "cp932", "euc_jp",
    "cp949",
)  # fmt: skip
#: Western characters beyond these are rare in Italian and English; another script in cp1252 is full of them.
_WESTERN = frozenset("àèéìíòóùúÀÈÉÌÍÒÓÙÚâêîôûäëïöüÄÖÜçÇñÑãõÃÕåÅáÁßøØœŒæÆ«»“”‘’„…–—•·°ºª€£¥§©®™×½¼¾²³±´\u00a0\u00ad")


def decode(data: bytes, source: str) -> Decoded:
    """Return the text of `data`; `source` names it in messages.

    Raises:
        ArticleError: the bytes are no text, or no encoding makes text of them.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _replacing(data, encoding)
    encoding = _wide_encoding(data)
    if encoding:
        return _replacing(data, encoding)
    _refuse_binary(data, source)
    text = _strict(data, "utf-8")
    if text is None:
        return _other(data, source)
    _refuse_controls(text, source)
    return Decoded(text, "utf-8")


def decode_as(data: bytes, charset: str | None, source: str) -> Decoded:
    """Return the text of `data` as a header beside it names its encoding, or by `decode` where that cannot be.

    A charset that ASCII alone is written in, and one that the bytes contradict, settle nothing.

    Raises:
        ArticleError: as `decode`.
    """
    codec = _codec(charset) if charset else ""
    text = _strict(data, codec) if codec and codec != "cp1252" else None
    if text is not None and not (codec.startswith("iso2022") or codec == "hz"):
        _refuse_controls(text, source)
    if text is not None:
        return Decoded(text, codec)
    return decode(data, source)


def chinese(data: bytes) -> str | None:
    """Return the text of bytes that are nothing but everyday Chinese in one of its own encodings, else None."""
    guessed = _guess(data)
    return guessed.text if guessed is not None and guessed.encoding in {"gb18030", "big5hkscs"} else None


def _other(data: bytes, source: str) -> Decoded:
    """Decode what is not UTF-8: as declared, as UTF-8 with a few bad bytes, or as the script it looks like."""
    declared = _declared(data)
    text = _strict(data, declared) if declared else None
    if text is not None:
        return Decoded(text, declared)
    repaired = data.decode("utf-8", errors="replace")
    bad = repaired.count("\ufffd")
    good = sum(1 for char in repaired if char > "\x7f") - bad
    if good >= 4 * bad:
        return Decoded(repaired, "utf-8", lossy=True)
    guessed = _guess(data) or _detected(data)
    if guessed is not None:
        _refuse_controls(guessed.text, source)
        return guessed
    if declared:
        return _replacing(data, declared)
    raise ArticleError(
        f"{source}: no known encoding makes text of these bytes; save the article as UTF-8 text and try again"
    )


def _guess(data: bytes) -> Decoded | None:
    """Choose between Western and Chinese by what the non-ASCII characters would be in each."""
    eastern = max((_chinese(data, codec) for codec in ("gb18030", "big5hkscs")), key=lambda c: c[0])
    western = max((_western(data, codec) for codec in ("cp1252", "mac_roman")), key=lambda c: c[0])
    if eastern[0] >= 0.7 and eastern[0] > western[0]:
        return Decoded(eastern[1], eastern[2])
    return Decoded(western[1], western[2]) if western[0] >= 0.9 else None


def _chinese(data: bytes, codec: str) -> tuple[float, str, str]:
    """Return (share of non-ASCII characters that are everyday Chinese, text, codec); 0 when it does not decode."""
    text = _strict(data, codec)
    if text is None:
        return 0.0, "", codec
    high = [char for char in text if char > "\x7f"]
    return sum(_everyday(char, codec) for char in high) / max(1, len(high)), text, codec


def _everyday(char: str, codec: str) -> float:
    """Return 1 for punctuation and the first planes of GB 2312 and Big5, which are the frequent characters.

    Traditional characters are written in GB 18030 too, but less often than in Big5.
    """
    simplified = char.encode("gb2312", errors="ignore")
    if (
        codec == "gb18030"
        and simplified
        and (simplified[0] <= 0xA3 or (simplified[0] <= 0xD7 and simplified[0] >= 0xB0))
    ):
        return 1.0
    traditional = char.encode("big5", errors="ignore")
    if traditional and traditional[0] <= 0xC6:
        return 1.0 if codec == "big5hkscs" else 0.8
    return 0.0


def _western(data: bytes, codec: str) -> tuple[float, str, str]:
    """Return (share of non-ASCII characters that Italian and English use, text, codec).

    The share is 0 where long runs of such characters show another script.
    """
    text = _strict(data, codec)
    runs = _HIGH_RUN.findall(data)
    high = sum(map(len, runs))
    if text is None or 2 * high > len(data) or max(map(len, runs)) > 4:
        return 0.0, "", codec
    return sum(1 for char in text if char in _WESTERN) / high, text, codec


def _detected(data: bytes) -> Decoded | None:
    """Ask charset-normalizer, which knows the encodings that are rare here."""
    from charset_normalizer import from_bytes  # takes 30 ms to import, and few articles need it

    best = from_bytes(data[:200_000], cp_isolation=list(_RARE)).best()
    text = _strict(data, best.encoding) if best is not None and best.encoding else None
    return Decoded(text, str(best.encoding)) if text is not None and best is not None else None


def _declared(data: bytes) -> str:
    """Return the Python codec that a page names in its first 4096 bytes, or an empty string."""
    found = _DECLARED.search(data[:4096])
    name = _codec((found[1] or found[2]).decode("ascii")) if found else ""
    return "" if name.startswith(("utf-16", "utf-32", "utf-7")) else name  # the page itself was read as ASCII


def _codec(charset: str) -> str:
    """Return the Python codec of what texts call an encoding, or an empty string."""
    try:
        codec = codecs.lookup(charset.lower().removeprefix("x-"))
        text, _ = codec.decode(b"aaaa")
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    if not isinstance(text, str):  # some codecs of Python are no text encodings
        return ""
    name = codec.name
    return "" if name.replace("_", "-") in _PYTHONS else _SUPERSETS.get(name, name)


def _wide_encoding(data: bytes) -> str:
    """Return UTF-16's byte order when every second byte of Western text is NUL, else an empty string."""
    sample = data[:4000]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd >= 0.7 * len(sample[1::2]) and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= 0.7 * len(sample[0::2]) and not odd else ""


def _refuse_binary(data: bytes, source: str) -> None:
    for magic, offset, what in _MAGIC:
        if data.startswith(magic, offset):
            raise _binary(source, what)
    if data.startswith(b"PK\x03\x04"):
        raise _binary(source, next((what for mark, what in _ZIPPED if mark in data), "a zip archive"))
    if b"\x00" in data:
        raise _binary(source, "a binary file")


def _refuse_controls(text: str, source: str) -> None:
    """Refuse text of which a twentieth is control characters."""
    if len(_CONTROL.findall(text)) > len(text) / 20:
        raise _binary(source, "a binary file")


def _binary(source: str, what: str) -> ArticleError:
    return ArticleError(
        f"{source}: this seems to be {what}, not text; export the article as plain text, Markdown or HTML"
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    strict = _strict(data, encoding)
    return Decoded(text, encoding, lossy=strict is None)
