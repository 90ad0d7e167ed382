"""The connection: one transport that bounds every response, one that retries what can pass."""

import asyncio
import zlib
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2
import tenacity

from summarizer.errors import ModelRejectedError
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.redaction import Redactor, guard_logs, in_url
from summarizer.llm.reply import read_reply

__all__ = ["BoundedTransport", "RetryingTransport"]

_PASSING = frozenset({408, 429})


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Reads every response whole, within a wall-clock deadline and a size, before anybody sees it."""

    def __init__(self, endpoint: Endpoint, limits: Limits) -> None:
        self._inner = httpx2.AsyncHTTPTransport(proxy=_proxy(endpoint.base_url), retries=0)
        self._limits = limits
        self._redactor = Redactor((endpoint.api_key.get_secret_value(), *in_url(_proxy(endpoint.base_url))))
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
        return httpx2.Response(response.status_code, headers=headers, content=known(body), request=request)

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


@dataclass(slots=True)
class RetryingTransport(httpx2.AsyncBaseTransport):
    """Sends one question, again while the failure can pass; keeps count for the answer's provenance.

    One instance serves one question. Retried: time-outs, broken connections, 408, 429 and 5xx;
    ``Retry-After`` is honoured. A 429 does not count as an attempt, it only uses up patience.

    Attributes:
        requests: requests sent so far.
        usage: the token counts of each reply that had any.
    """

    inner: httpx2.AsyncBaseTransport
    limits: Limits
    requests: int = 0
    failures: list[Exception] = field(default_factory=list)
    usage: list[tuple[int, int, int]] = field(default_factory=list)
    model: str | None = None
    _waited_s: float = 0.0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send `request` until it is answered; the last failing response is returned as it is.

        Raises:
            httpx2.TransportError: the last attempt failed on the wire.
            ModelError: the reply is no chat completion, a refusal or cut off (`read_reply`).
        """
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type((_PassingStatusError, httpx2.TransportError)),
            wait=_wait,
            stop=self._stop,
            reraise=True,
        )
        try:
            return await retrying(self._send, request)
        except _PassingStatusError as last:
            return last.response

    async def _send(self, request: httpx2.Request) -> httpx2.Response:
        self.requests += 1
        try:
            response = await self.inner.handle_async_request(request)
        except httpx2.TransportError as failure:
            self.failures.append(failure)
            raise
        if _can_pass(response):
            self.failures.append(_PassingStatusError(response))
            raise self.failures[-1]
        if not response.is_success:
            return response
        reply = read_reply(response.content, response.headers.get("content-type", ""))
        self.usage.append(reply.usage)
        self.model = reply.model or self.model
        return httpx2.Response(200, json=reply.document, request=request)

    def _stop(self, state: tenacity.RetryCallState) -> bool:
        """Tell whether to give up: attempts, time-outs or the patience with rate limits are used up."""
        limited = [f for f in self.failures if isinstance(f, _PassingStatusError) and f.response.status_code == 429]
        timeouts = [f for f in self.failures if isinstance(f, httpx2.TimeoutException)]
        self._waited_s += state.upcoming_sleep
        return (
            len(self.failures) - len(limited) >= self.limits.attempts
            or len(timeouts) >= self.limits.timeouts
            or self._waited_s > self.limits.patience_s
        )


class _PassingStatusError(Exception):
    """A response whose status may be another one the next time."""

    def __init__(self, response: httpx2.Response) -> None:
        super().__init__(response.status_code)
        self.response = response


_SHORTEST_WAIT_S = 0.25
_TRANSFER_HEADERS = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})
_backoff = tenacity.wait_exponential_jitter(multiplier=0.5, max=20, jitter=0.5)


def _wait(state: tenacity.RetryCallState) -> float:
    """Return the seconds that the server asks for, else exponential back-off (0.5 s … 20 s) with jitter.

    A server that asks for no wait at all, or names a time gone by, gets the back-off: it is busy all the same.
    """
    failure = state.outcome.exception() if state.outcome else None
    asked = _retry_after(failure.response) if isinstance(failure, _PassingStatusError) else None
    return asked if asked is not None and asked >= _SHORTEST_WAIT_S else _backoff(state)


def _retry_after(response: httpx2.Response) -> float | None:
    """Read ``Retry-After`` (RFC 9110, 10.2.3: seconds or a date); None when absent or garbled."""
    value = response.headers.get("retry-after", "").strip()
    if value.replace(".", "", 1).isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    seconds = (when - datetime.now(UTC)).total_seconds()
    # dates have whole seconds: one more keeps us from coming too early
    return seconds + 1.0 if seconds > 0 else 0.0


def _can_pass(response: httpx2.Response) -> bool:
    # An exhausted quota is sent as 429 too, but only paying helps.
    if response.status_code == 429 and b"insufficient_quota" in response.content:
        return False
    return response.status_code in _PASSING or response.status_code >= 500


def _inflate(body: bytes, encoding: str, cap: int) -> bytes:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ModelRejectedError(f"the endpoint compresses its answers as {encoding!r}; turn that off in its proxy")
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


def _proxy(base_url: str) -> str | None:
    """Return the proxy that the environment names for this host (``HTTPS_PROXY``, ``NO_PROXY``)."""
    url = urlsplit(base_url)
    if url.hostname is None or url.hostname in ("127.0.0.1", "::1", "localhost") or proxy_bypass(url.hostname):
        return None
    return getproxies().get(url.scheme)
