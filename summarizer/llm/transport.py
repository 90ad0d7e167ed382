"""The connection: bounds every response in time and size before anybody sees it."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from summarizer.errors import ModelRejectedError
from summarizer.llm.body import as_document
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.redaction import Redactor, guard_logs, in_url

__all__ = ["BoundedTransport"]


#: Longer than an article waits for its next question: by default 5 s, which most connections would not see out. A
#: connection that the server closes before is noticed, and made anew.
_KEPT_ALIVE_S = 60.0


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Reads every response whole, within a wall-clock deadline and a size, before anybody sees it.

    Args:
        endpoint: who is asked.
        limits: the bounds.
        as_sent: leave a body as it came; otherwise events and lines are put together to one document.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits, *, as_sent: bool = False) -> None:
        most = endpoint.concurrency
        pool = httpx2.Limits(max_connections=most, max_keepalive_connections=most, keepalive_expiry=_KEPT_ALIVE_S)
        proxy = _proxy(endpoint.base_url)
        trusted = _nobody() if endpoint.base_url.startswith("http://") and proxy is None else True
        self._inner = httpx2.AsyncHTTPTransport(verify=trusted, proxy=proxy, retries=0, limits=pool)
        self._limits = limits
        self._as_sent = as_sent
        self._redactor = Redactor((*endpoint.secrets, *in_url(proxy)))
        guard_logs(self._redactor)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            httpx2.TransportError: connection, protocol or time-out.
            ModelRejectedError: the body is larger than allowed or compressed in an unknown way.
        """
        # An uncompressed body is the only one whose size on the wire is its size.
        request.headers["Accept-Encoding"] = "identity"
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                response = await self._inner.handle_async_request(request)
                try:
                    body = await self._read(response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise httpx2.ReadTimeout(f"no answer in {self._limits.timeout_s:g} s", request=request) from error
        except Exception as error:
            self._redactor.scrub(error)  # h11 quotes the header that it does not like
            raise
        known = self._redactor.data  # nobody behind this line sees what an endpoint echoes, its reason phrase least
        headers = [(known(k), known(v)) for k, v in response.headers.raw if k.lower() not in _TRANSFER_HEADERS]
        content = known(body if self._as_sent else as_document(body))
        return httpx2.Response(response.status_code, headers=headers, content=content, request=request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    async def _read(self, response: httpx2.Response) -> bytes:
        cap = self._limits.max_body_bytes
        stream = response.stream
        if not isinstance(stream, AsyncIterable):
            raise ModelRejectedError("the endpoint's response cannot be read; report this as a bug")
        body = bytearray()
        async for chunk in stream:
            body += chunk
            if len(body) > cap:
                raise _too_large(cap)
        return _inflate(bytes(body), response.headers.get("content-encoding", ""), cap)


_TRANSFER_HEADERS = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


def _inflate(body: bytes, encoding: str, cap: int) -> bytes:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ModelRejectedError(f"the endpoint compresses its answers as {encoding!r}", "turn that off in its proxy")
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: gzip or zlib, told by the header
    try:
        inflated = decoder.decompress(body, cap + 1)
    except zlib.error as error:
        raise ModelRejectedError(f"the endpoint's compressed answer is damaged: {error}") from None
    if len(inflated) > cap:
        raise _too_large(cap)
    return inflated


def _too_large(cap: int) -> ModelRejectedError:
    return ModelRejectedError(
        f"the endpoint's answer is larger than {cap:,} bytes; no chat completion is: check the base URL"
    )


def _nobody() -> ssl.SSLContext:
    """Return what trusts no certificate: reading those of the world takes long, and no TLS is spoken here."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _proxy(base_url: str) -> str | None:
    """Return the proxy that the environment names for this host (``HTTPS_PROXY``, ``NO_PROXY``)."""
    url = urlsplit(base_url)
    if url.hostname is None or url.hostname in ("127.0.0.1", "::1", "localhost") or proxy_bypass(url.hostname):
        return None
    return getproxies().get(url.scheme)
