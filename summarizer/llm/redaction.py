"""Secrets taken out of text, in every form in which an endpoint or a library gives them back.

A form counts as a leak when it can be read back mechanically, without a guess: escapes of JSON, URLs and HTML, also
one inside the other or of single characters; base64 and hex; another case; spaces, line ends or invisible characters
in between; a longer piece. Four last characters, as providers show them, are none.
"""

import html
import logging
import re
import sys
import traceback
from array import array
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

__all__ = ["MASK", "LogFilter", "Redactor", "guard_logs", "in_named", "in_url"]

#: Stands where a secret stood.
MASK = "[key]"
#: Shorter placeholders for endpoints without keys ("none", "ollama") are words, not secrets.
_SHORTEST = 8
#: Shorter secrets may be words: they count only in their own case and without spaces in between.
_LONG = 16
#: Characters of a secret in a row that are a leak; vendors' prefixes are shorter.
_PIECE = 13
#: Characters that are looked up at once, at every fourth place: any eleven in a row hold such a block.
_BLOCK, _STEP = 8, 4
#: How many times an escape may be escaped again; what is packed deeper was not echoed but hidden.
_DEPTH = 6

#: What stands for an escape: always the same, or read from it.
_Meaning = bytes | Callable[[re.Match[bytes]], bytes]
#: What an escape looks like, and what it means: of JSON (one level at a time: two backslashes are one), URLs, HTML.
#: A run of escapes for other than visible ASCII characters, as in Chinese text, is read at once.
_ESCAPES: tuple[tuple[re.Pattern[bytes], _Meaning], ...] = (
    (
        re.compile(
            rb"""\\(?:[\\"'/]|u00[2-7][0-9A-Fa-f]|x[0-9A-Fa-f]{2}"""
            rb"""|(?:u[0-9A-Fa-f]{4}|[nrtbf])(?:\\(?:u(?!00[2-7])[0-9A-Fa-f]{4}|[nrtbf]))*)"""
        ),
        lambda it: _unescaped(it[0][1:]),
    ),
    (re.compile(rb"%(?:25)*[0-9A-Fa-f]{2}"), lambda it: _character(it[0][-2:])),
    (re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});"), lambda it: _entity(it[0])),
)
#: Dropped at the end: no sooner, for a backslash may belong to an escape whose rest is escaped itself.
_DROPPED = bytes(code for code in range(256) if not 0x21 <= code <= 0x7E) + b"\\"
_DROPPED_RUN = re.compile(rb"[^!-\[\]-~]+")
_SECRET = re.compile(r"auth|cookie|key|pass|secret|sig|token", re.IGNORECASE)
_SPACE = re.compile(rb"\s")


@dataclass(frozen=True, slots=True)
class _Needle:
    """One form of a secret to look for.

    Attributes:
        text: the form as `_plain` leaves it.
        low: the same in small letters.
        piece: how many of its characters in a row are a leak.
        exact: whether its case counts, and no space may stand in between.
    """

    text: bytes
    low: bytes
    piece: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Where a needle, or a piece of it, stands in plain text: half-open offsets in bytes."""

    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Redactor:
    """Takes secrets out of text and bytes; everything else stays as it is, and JSON stays JSON.

    Time is linear in the length: about 0.1 s for 8 MB that hold no secret.

    Attributes:
        secrets: keys, passwords; those of fewer than eight characters are words and stay.
    """

    secrets: tuple[str, ...] = field(repr=False)
    _needles: tuple[_Needle, ...] = field(init=False, repr=False, compare=False)
    _blocks: Mapping[int, tuple[tuple[_Needle, int], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        needles = tuple(dict.fromkeys(n for secret in self.secrets for n in _needles(secret)))
        object.__setattr__(self, "_needles", needles)
        object.__setattr__(self, "_blocks", _blocks(needles))

    def text(self, text: str) -> str:
        """Return `text` with `MASK` in the place of each secret."""
        data = text.encode("utf-8", "surrogatepass")
        redacted = self.data(data)
        return text if redacted is data else redacted.decode("utf-8", "surrogatepass")

    def data(self, data: bytes) -> bytes:
        """Return `data` (ASCII or a superset of it, also UTF-16) with `MASK` in the place of each secret."""
        while (redacted := self._once(data)) != data:
            data = redacted
        return data

    def scrub(self, error: BaseException) -> None:
        """Take the secrets out of the words of `error` and of all errors behind it, in place.

        In place, because a copy would lose what its type keeps and what it was raised from.
        """
        for each in _chain(error):
            each.args = tuple(self._scrubbed(argument) for argument in each.args)
            for name, value in vars(each).items():
                if (scrubbed := self._scrubbed(value)) != value:
                    setattr(each, name, scrubbed)
            if isinstance(each, OSError):  # which prints this, not its arguments
                each.strerror = self._scrubbed(each.strerror)

    def _scrubbed(self, value: Any) -> Any:
        """Redact a text, bytes or a list of them (an error's notes); anything else stays the same object."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bytes | bytearray):
            return self.data(bytes(value))
        return [self._scrubbed(each) for each in value] if type(value) is list else value

    def _once(self, data: bytes) -> bytes:
        plain = _plain(data)
        runs = list(self._runs(plain))
        if not runs:
            return data
        places = _places(data)
        spans = ((places.starts[run.start], places.ends[run.end - 1], run.exact) for run in runs)
        # "change me" is no leak of the key "changeme"
        return _masked(data, sorted((a, b) for a, b, exact in spans if not (exact and _SPACE.search(data, a, b))))

    def _runs(self, plain: bytes) -> Iterator[_Run]:
        low = plain.lower()
        for shift in range(0, _BLOCK, _STEP):
            yield from self._runs_at(plain, low, shift)
        for needle in self._needles:
            if len(needle.low) < _BLOCK + _STEP - 1:  # too short to hold a block wherever it stands
                yield from _found(plain, low, needle)

    def _runs_at(self, plain: bytes, low: bytes, shift: int) -> Iterator[_Run]:
        whole = (len(low) - shift) // _BLOCK * _BLOCK
        blocks = memoryview(low)[shift : shift + max(whole, 0)].cast("Q")
        if self._blocks.keys().isdisjoint(blocks):
            return
        done = 0
        for number, block in enumerate(blocks):
            at = shift + number * _BLOCK
            if at + _BLOCK <= done or block not in self._blocks:
                continue
            for run in (_grown(plain, low, at, *place) for place in self._blocks[block]):
                if run is not None:
                    done = max(done, run.end)
                    yield run


def in_named(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of those headers or query parameters whose names say that they hold a secret."""
    return tuple(word for name, value in values.items() if _SECRET.search(name) for word in value.split())


def in_url(url: str | None) -> tuple[str, ...]:
    """Return the password of a URL, e.g. of a proxy, as it stands there and decoded; nothing where there is none."""
    try:
        password = urlsplit(url or "").password or ""
    except ValueError:
        return ()
    return tuple(dict.fromkeys(filter(None, (password, unquote(password)))))


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Takes secrets out of log records (`logging.Filter` is a protocol of one method)."""

    redactor: Redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the message and the traceback; keep every record."""
        said = record.getMessage()
        redacted = self.redactor.text(said)
        if redacted != said:
            record.msg, record.args = redacted, ()
        if record.exc_info and record.exc_info[1] is not None:
            self._redact_traceback(record, record.exc_info[1])
        return True

    def _redact_traceback(self, record: logging.LogRecord, error: BaseException) -> None:
        told = "".join(traceback.format_exception(error)).rstrip()
        redacted = self.redactor.text(told)
        if redacted != told:
            record.exc_text, record.exc_info = redacted, None


def guard_logs(redactor: Redactor) -> None:
    """Put a filter on every logger of the libraries that see requests and replies, whatever level the user sets.

    On the loggers, not on handlers: those are the user's. A filter is not inherited, so each logger gets its own.
    To be called when the connections are made: a logger is there once its library is imported.
    """
    for name in list(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in ("httpx2", "httpcore2", "openai", "instructor", "asyncio"):
            logging.getLogger(name).addFilter(LogFilter(redactor))  # one that equals it is not added again


def _needles(secret: str) -> Iterator[_Needle]:
    """Yield the forms of one secret that have no common plain form."""
    raw = secret.strip().encode("utf-8", "surrogatepass")
    if len(raw) < _SHORTEST:
        return
    short = len(raw) < _LONG
    yield from _needle(_plain(raw), _PIECE, exact=short)
    for text in _base64(raw):
        yield from _needle(text, _PIECE * 4 // 3 + 1, exact=short)
    yield from _needle(raw.hex().encode(), _PIECE * 2, exact=False)


def _needle(text: bytes, piece: int, *, exact: bool) -> Iterator[_Needle]:
    if len(text) >= _SHORTEST:
        yield _Needle(text, text.lower(), min(piece, len(text)), exact)


def _base64(raw: bytes) -> Iterator[bytes]:
    """Yield what stands for `raw` inside base64 (RFC 4648, both alphabets), whatever comes before and after it."""
    for before in range(3):
        coded = b64encode(b"\0" * before + raw + b"\0\0")
        own = coded[-(-8 * before // 6) : 8 * (before + len(raw)) // 6]
        yield own
        yield own.translate(bytes.maketrans(b"+/", b"-_"))


def _blocks(needles: tuple[_Needle, ...]) -> Mapping[int, tuple[tuple[_Needle, int], ...]]:
    """Return each block of the needles as a number → the needles that have it, and where."""
    places: dict[int, tuple[tuple[_Needle, int], ...]] = {}
    for needle in needles:
        for at in range(len(needle.low) - _BLOCK + 1):
            block = int.from_bytes(needle.low[at : at + _BLOCK], sys.byteorder)
            places[block] = (*places.get(block, ()), (needle, at))
    return places


def _grown(plain: bytes, low: bytes, at: int, needle: _Needle, offset: int) -> _Run | None:
    """Return the longest run of `needle` around its block at `at`; None where it is no leak."""
    start, end = at, at + _BLOCK
    first, last = offset, offset + _BLOCK
    while start and first and low[start - 1] == needle.low[first - 1]:
        start, first = start - 1, first - 1
    while end < len(low) and last < len(needle.low) and low[end] == needle.low[last]:
        end, last = end + 1, last + 1
    if end - start < needle.piece or (needle.exact and plain[start:end] != needle.text[first:last]):
        return None
    return _Run(start, end, needle.exact)


def _found(plain: bytes, low: bytes, needle: _Needle) -> Iterator[_Run]:
    text, among = (needle.text, plain) if needle.exact else (needle.low, low)
    at = among.find(text)
    while at >= 0:
        yield _Run(at, at + len(text), needle.exact)
        at = among.find(text, at + 1)


def _plain(data: bytes) -> bytes:
    """Return the visible ASCII characters that `data` stands for once its escapes are read, backslashes dropped."""
    for _ in range(_DEPTH):
        before = data
        for escape, meaning in _ESCAPES:
            data = escape.sub(meaning, data)
        if data == before:
            break
    return data.translate(None, _DROPPED)


def _unescaped(text: bytes) -> bytes:
    if text[:1] in (b"u", b"x"):
        return _character(text[1:]) if len(text) <= 5 else b""
    return text if text in (b"\\", b'"', b"'", b"/") else b""


def _character(digits: bytes) -> bytes:
    """Return the visible character with this code (hexadecimal); nothing for others."""
    code = int(digits, 16)
    return bytes((code,)) if 0x21 <= code <= 0x7E else b""


def _entity(text: bytes) -> bytes:
    char = html.unescape(text.decode("ascii"))
    if len(char) > 1:  # no entity at all
        return text
    return char.encode("ascii") if "!" <= char <= "~" else b""


@dataclass(frozen=True, slots=True)
class _Places:
    """Plain text, and for each of its characters where it begins and ends in what was read (in bytes)."""

    plain: bytes
    starts: "array[int]"
    ends: "array[int]"


def _places(data: bytes) -> _Places:
    """Read `data` as `_plain` does, step by step."""
    places = _Places(data, array("I", range(len(data))), array("I", range(1, len(data) + 1)))
    for _ in range(_DEPTH):
        before = places.plain
        for escape, meaning in _ESCAPES:
            places = _read(places, escape, meaning)
        if places.plain == before:
            break
    return _read(places, _DROPPED_RUN, b"")


def _read(places: _Places, escape: re.Pattern[bytes], meaning: _Meaning) -> _Places:
    """Put their meaning in the place of all escapes of one kind."""
    plain, starts, ends, done = bytearray(), array("I"), array("I"), 0
    for match in escape.finditer(places.plain):
        meant = meaning if isinstance(meaning, bytes) else meaning(match)
        plain += places.plain[done : match.start()] + meant
        starts += places.starts[done : match.start()]
        ends += places.ends[done : match.start()]
        starts.extend([places.starts[match.start()]] * len(meant))
        ends.extend([places.ends[match.end() - 1]] * len(meant))
        done = match.end()
    return _Places(bytes(plain + places.plain[done:]), starts + places.starts[done:], ends + places.ends[done:])


def _masked(data: bytes, spans: list[tuple[int, int]]) -> bytes:
    pieces, done = [], 0
    for start, end in spans:
        if start >= done:
            pieces += [data[done:start], MASK.encode()]
        done = max(done, end)
    return b"".join((*pieces, data[done:]))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen, left = set[int](), [error]
    while left:
        each = left.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            members = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
            left += [e for e in (each.__cause__, each.__context__, *members) if e is not None]
