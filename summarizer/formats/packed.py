"""Zip files within bounds: what they say they hold, and one entry of it unpacked.

What an entry says of its own size is not believed: it is counted while it is unpacked.
"""

import io
import struct
import zipfile
import zlib

from summarizer.errors import ArticleError

__all__ = ["begun", "damaged", "entries", "is_encrypted", "opened", "unpacked"]

#: An entry takes 46 bytes of the directory and its name: as many as no archive of articles has.
_MOST_DIRECTORY_BYTES = 8_000_000
_END = struct.Struct("<4s4H2LH")  # APPNOTE 4.3.16: the end of central directory record
_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7: a local file header
_STEP = 65_536
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def entries(data: bytes, shown: str) -> tuple[zipfile.ZipInfo, ...]:
    """Return what a zip file holds, folders left out, in its own order.

    Raises:
        ArticleError: as `opened`.
    """
    return tuple(entry for entry in opened(data, shown).infolist() if not entry.is_dir())


def begun(data: bytes) -> list[str]:
    """Return the names of the entries that begin in a zip file's beginning, as far as their sizes lead.

    An entry may be a zip file that is not packed further: what stands in it is none of this file's.
    """
    names, at = [], 0
    while data.startswith(b"PK\x03\x04", at) and len(data) >= at + _LOCAL.size:
        _, _, flags, *_, packed_bytes, _, name_bytes, extra_bytes = _LOCAL.unpack_from(data, at)
        content = at + _LOCAL.size + name_bytes + extra_bytes
        names.append(data[at + _LOCAL.size : at + _LOCAL.size + name_bytes].decode("utf-8", "replace"))
        unknown = flags & 8 and not packed_bytes  # its size stands behind it, before the next header
        at = data.find(b"PK\x03\x04", content) if unknown else content + packed_bytes
        if at < 0:
            break
    return names


def opened(data: bytes, shown: str) -> zipfile.ZipFile:
    """Return a zip file to unpack entries of: its directory, which may be long, is read once.

    Raises:
        ArticleError: it is damaged, or its directory is larger than any honest one.
    """
    if _directory_bytes(data) > _MOST_DIRECTORY_BYTES:
        raise ArticleError(f"{shown}: it lists far too many files for an archive of articles; pack fewer")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise damaged(shown) from error


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str, max_bytes: int) -> bytes:
    """Return an entry's content.

    Raises:
        ArticleError: it is encrypted or damaged, or larger than `max_bytes` however small it is packed.
    """
    if is_encrypted(entry):
        raise ArticleError(f"{shown}: it is protected by a password; pack it again without one")
    parts: list[bytes] = []
    left = max_bytes
    try:
        with archive.open(entry) as file:
            while left >= 0 and (part := file.read(_STEP)):
                parts.append(part)
                left -= len(part)
    except _DAMAGED as error:
        raise damaged(shown) from error
    if left < 0:
        raise ArticleError(
            f"{shown}: it unpacks to more than {max_bytes:,} bytes, which no article does; check what it is"
        )
    return b"".join(parts)


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry needs a password (APPNOTE 4.4.4, bit 0)."""
    return bool(entry.flag_bits & 1)


def damaged(shown: str) -> ArticleError:
    """Return what is said of a zip file that cannot be unpacked."""
    return ArticleError(f"{shown}: it is damaged and cannot be unpacked; get it again, or save it anew")


def _directory_bytes(data: bytes) -> int:
    """Return how large the central directory says it is; of the 64-bit form, all before its end."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or len(data) - at < _END.size:
        return 0
    size = int(_END.unpack_from(data, at)[5])
    return len(data) if size == 0xFFFFFFFF else size
