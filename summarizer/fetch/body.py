"""Bodies of answers without their compression, in bounded pieces: nothing is unpacked that is not taken."""

import zlib
from collections.abc import Iterable, Iterator

from summarizer.article.line import one_line
from summarizer.errors import ArticleError

__all__ = ["inflated"]

_PIECE = 65_536
_SAVE = "open it in a browser and save the page"


def inflated(chunks: Iterable[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """Yield a body unpacked, at most 64 KiB at a time.

    Args:
        chunks: as they come.
        encoding: Content-Encoding (RFC 9110, 8.4): gzip is what we ask for; empty where there is none.
        url: named in messages.

    Raises:
        ArticleError: compressed in another way, or twice, or damaged.
    """
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        yield from chunks
    elif coding in ("gzip", "x-gzip"):
        yield from _gunzipped(chunks, url)
    else:
        raise ArticleError(f"{url}: the server packs its answer as {one_line(coding)[:40]}, unasked; {_SAVE}")


def _gunzipped(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Yield what gzip data hold (RFC 1952); they may be several members, one after the other."""
    decoder = _decoder()
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if decoder.eof:
                    decoder = _decoder()
                yield decoder.decompress(rest, _PIECE)
                rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
        yield decoder.flush()
    except zlib.error:
        raise ArticleError(f"{url}: the server's packed answer is damaged; try again later, or {_SAVE}") from None
    if not decoder.eof:
        raise ArticleError(f"{url}: the server's packed answer is cut short; try again later, or {_SAVE}")


def _decoder() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: gzip alone
