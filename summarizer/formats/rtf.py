"""The text of a mail's compressed RTF (MS-OXRTFCP), of which Outlook sometimes saves nothing else."""

import re

__all__ = ["text"]

#: With what a decompressor's window begins (MS-OXRTFCP, 2.1.2.1).
_WINDOW = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_SIZE = 4096
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"cell": " ", b"tab": " "}
_MARKS = {b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"}
_SYMBOLS = {b"\\": "\\", b"{": "{", b"}": "}", b"~": "\u00a0", b"_": "-"}
#: Groups that hold no text of the mail.
_ASIDE = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer"})
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def text(data: bytes, most_bytes: int) -> str:
    """Return the text of compressed RTF; empty where it is none, or unpacks to more than `most_bytes`."""
    return _text(_unpacked(data, most_bytes))


def _unpacked(data: bytes, most_bytes: int) -> bytes:
    kind, size = data[8:12], int.from_bytes(data[4:8], "little")
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _COMPRESSED or size > most_bytes:
        return b""
    return bytes(_expanded(data[16:], size))


def _expanded(data: bytes, size: int) -> bytearray:
    """Return the bytes that runs of literals and references into a window of 4,096 bytes stand for."""
    window = bytearray(_WINDOW.ljust(_SIZE, b"\x00"))
    out, at, write = bytearray(), 0, len(_WINDOW)
    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            run, at, ended = _run(data, at, control >> bit & 1, window, write)
            for byte in run:
                window[write] = byte
                write = (write + 1) % _SIZE
            out += run
            if ended:
                return out[:size]
    return out[:size]


def _run(data: bytes, at: int, reference: int, window: bytearray, write: int) -> tuple[bytes, int, bool]:
    """Return the next bytes, the place behind what stands for them, and whether that was the end."""
    if not reference:
        return data[at : at + 1], at + 1, at >= len(data)
    pair = int.from_bytes(data[at : at + 2], "big")
    start, length = pair >> 4, (pair & 15) + 2
    if start == write or at + 2 > len(data):
        return b"", at + 2, True
    # a reference may reach into what it writes itself
    period = (write - start) % _SIZE
    run = bytes(window[(start + i % period) % _SIZE] for i in range(length))
    return run, at + 2, False


def _text(rtf: bytes) -> str:
    """Return what RTF says, without fonts, pictures and the marks of HTML that it may have been."""
    found = _CODEPAGE.search(rtf[:2000])
    reader = _Reader(f"cp{found[1].decode()}" if found and found[1] != b"65001" else "cp1252")
    for token in _TOKEN.finditer(rtf):
        reader.take(*token.groups())
    return reader.text()


class _Reader:
    """The text of RTF in the making, token by token (Rich Text Format 1.9.1)."""

    def __init__(self, codec: str) -> None:
        self._codec = codec
        self._out: list[str] = []
        self._bytes = bytearray()
        self._groups: list[bool] = []
        self._aside = self._opened = self._fallback = False

    def take(
        self,
        word: bytes | None,
        number: bytes | None,
        code: bytes | None,
        symbol: bytes | None,
        brace: bytes | None,
        plain: bytes | None,
    ) -> None:
        """Go on with a control word and its number, a byte in digits, a control symbol, a brace, or text."""
        opened, self._opened = self._opened, brace == b"{"
        if brace:
            self._group(brace)
        elif (symbol == b"*" and opened) or word in _ASIDE:
            self._aside = True
        elif word == b"htmlrtf":
            self._aside = number != b"0"
        elif not self._aside and (code or plain):
            self._byte(bytes([int(code, 16)]) if code else plain or b"")
        elif not self._aside:
            self._control(word or b"", number, symbol or b"")

    def text(self) -> str:
        """Return what was said."""
        self._settle()
        return "".join(self._out)

    def _group(self, brace: bytes) -> None:
        if brace == b"{":
            self._groups.append(self._aside)
        else:
            self._aside = self._groups.pop() if self._groups else False

    def _byte(self, data: bytes) -> None:
        """Take bytes of the code page; the first after a character of Unicode stands for it in old programs."""
        self._bytes += data[1:] if self._fallback else data
        self._fallback = False

    def _control(self, word: bytes, number: bytes | None, symbol: bytes) -> None:
        self._settle()
        if word == b"u" and number:
            self._out.append(chr(int(number) % 65536))
            self._fallback = True
        else:
            self._out.append(_BREAKS.get(word, _MARKS.get(word, _SYMBOLS.get(symbol, ""))))

    def _settle(self) -> None:
        """Decode the bytes so far: a character of Chinese is two, each written by itself."""
        if self._bytes:
            try:
                self._out.append(self._bytes.decode(self._codec, "replace"))
            except LookupError:
                self._out.append(self._bytes.decode("cp1252", "replace"))
            self._bytes.clear()
