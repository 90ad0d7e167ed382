"""Forms in which a key can be given back, and a reader that finds them; neither knows how the product redacts.

The reader decodes with the standard library whatever can be decoded, again and again, and looks for the key.
"""

import base64
import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

#: Four last characters are shown by providers; a run of this many is a leak.
PIECE = 20

KEYS = {
    "plain": "sk-proj-Zq3vXk81LmTpW0aBcD9eRfGh",
    "quote": 'sk-Zq3"vXk81LmT"pW0aBcD9eRfGh"x',
    "backslash": "sk-Zq3\\vXk81Lm\\TpW0aBcD9eRfGhx",
    "slash": "sk/Zq3vXk81/LmTpW0aB/cD9eRfGh",
    "plus": "sk+Zq3vXk81+LmTpW0aB+cD9eRfGh==",
    "percent": "sk-100%Zq3v%Xk81LmTp%W0aBcD9eR",
    "markup": "sk-Zq3<vXk>81&LmTpW0a'BcD9eRfGh",
    "long": "sk-" + "".join(f"{n * 7919 % 99991:05d}xQ" for n in range(30)),
    "base64": base64.b64encode(bytes(range(7, 250, 9))).decode(),
    "bearer": "BearerZq3vXk81LmTpW0aBcD9eRfGh",
    "jwt": ".".join(
        base64.urlsafe_b64encode(part).decode().rstrip("=")
        for part in (b'{"alg":"HS256","typ":"JWT"}', b'{"sub":"press","iat":1763769600}', bytes(range(90, 122)))
    ),
    "short": "Zq3vXk81Lm",
}


def _escaped(mark: str) -> Callable[[str], str]:
    return lambda key: "".join(f"{mark}u{ord(c):04x}" for c in key)


def _some(every: int, code: Callable[[str], str], least: Callable[[str], str]) -> Callable[[str], str]:
    """Code some characters although none has to be; `least` codes those that have to."""
    return lambda key: "".join(code(c) if i % every == 0 else least(c) for i, c in enumerate(key))


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _base64(before: bytes, code: Callable[[bytes], bytes] = base64.b64encode) -> Callable[[str], str]:
    return lambda key: code(before + key.encode() + b"/v1").decode()


#: A name → how a key is written in this form.
FORMS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "json": _escaped("\\"),
    "json twice": _escaped("\\\\"),
    "json in part": _some(3, _escaped("\\"), _in_json),
    "json in capitals": lambda key: "".join(f"\\u{ord(c):04X}" for c in key),
    "json slash": lambda key: _in_json(key).replace("/", "\\/"),
    "python": lambda key: "".join(f"\\x{ord(c):02x}" for c in key),
    "url": lambda key: quote(key, safe=""),
    "url whole": lambda key: "".join(f"%{ord(c):02x}" for c in key),
    "url in part": _some(2, lambda c: f"%{ord(c):02X}", quote),
    "url twice": lambda key: quote(quote(key, safe=""), safe=""),
    "html": lambda key: html.escape(key, quote=True),
    "html numbers": lambda key: "".join(f"&#{ord(c)};" for c in key),
    "html hex": lambda key: "".join(f"&#x{ord(c):X};" for c in key),
    "html in part": _some(4, lambda c: f"&#x{ord(c):04x};", html.escape),
    "url of json": lambda key: quote(_escaped("\\")(key), safe=""),
    "html of json": _escaped("&#92;"),
    "base64": _base64(b""),
    "base64, one before": _base64(b":"),
    "base64, two before": _base64(b"u:"),
    "base64, of a header": _base64(b"Bearer "),
    "base64 url": _base64(b"user:", base64.urlsafe_b64encode),
    "base64 wrapped": lambda key: base64.encodebytes(b"api_key=" + key.encode()).decode(),
    "hex": lambda key: key.encode().hex(),
    "hex capitals": lambda key: key.encode().hex().upper(),
}
#: Of long keys only: a short one may be a word, which these would tear from other text.
LOOSE: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small": str.lower,
    "spaced": " ".join,
    "wrapped": lambda key: "\n".join(key[at : at + 8] for at in range(0, len(key), 8)),
    "wrapped in json": lambda key: _in_json("\n".join(key[at : at + 8] for at in range(0, len(key), 8))),
    "invisible": "\u200b".join,
    "beginning": lambda key: key[:PIECE] + "...",
    "end": lambda key: "..." + key[-PIECE:],
    "middle": lambda key: "***" + key[2 : PIECE + 2] + "***",
}


def forms(key: str) -> dict[str, str]:
    """Return every form of a key."""
    made = FORMS if len(key) < PIECE else FORMS | LOOSE
    return {name: write(key) for name, write in made.items()}


def leaks(key: str, text: str) -> bool:
    """Tell whether `text` gives the key back, or twenty characters of it in a row."""
    width = min(PIECE, len(key))
    pieces = {_squeezed(key)[at : at + width] for at in range(len(key) - width + 1)}
    return any(piece in reading for reading in map(_squeezed, readings(text)) for piece in pieces)


def readings(text: str) -> set[str]:
    """Return all that `text` can be decoded to in four steps."""
    known, new = {text}, {text}
    for _ in range(4):
        new = {decoded for each in new for decoded in _decoded(each)} - known
        known |= new
    return known | {token for each in known for token in _tokens(each)}


def _squeezed(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZC").casefold()


def _decoded(text: str) -> Iterator[str]:
    yield re.sub(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", _json, text, flags=re.DOTALL)
    yield unquote(text)
    yield html.unescape(text)


def _json(match: re.Match[str]) -> str:
    body = match[1]
    return chr(int(body[1:], 16)) if len(body) > 1 else {"n": "\n", "r": "\r", "t": "\t"}.get(body, body)


def _tokens(text: str) -> Iterator[str]:
    """Yield what runs of base64 and of hex stand for."""
    whole = "".join(text.split())
    for run in re.findall(r"[A-Za-z0-9+/_-]{10,}", text) + re.findall(r"[A-Za-z0-9+/_-]{10,}", whole):
        plain = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            part = plain[start:]
            yield base64.b64decode(part[: len(part) // 4 * 4]).decode("latin-1")
    for run in re.findall(r"[0-9a-fA-F]{16,}", text):
        yield bytes.fromhex(run[: len(run) // 2 * 2]).decode("latin-1")
