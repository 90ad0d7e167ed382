"""The Batch API of an endpoint: files go up, batches are begun, looked at and found again, files come down.

Source: https://platform.openai.com/docs/api-reference/files and https://platform.openai.com/docs/api-reference/batch.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import openai

from summarizer.errors import ConfigurationError
from summarizer.llm.client import Around, headers, sdk
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.failures import translate
from summarizer.llm.transport import BoundedTransport

if TYPE_CHECKING:
    from openai.types import Batch

__all__ = ["ENDED", "Batches", "Remote"]

#: A batch with one of these is over; any other word, a new one too, says that it is not.
ENDED = frozenset({"cancelled", "completed", "expired", "failed"})
#: The name under which a batch has our own name for it in its metadata.
_TAG = "summarizer"
#: A file is sent or fetched in this time at most; the answers of 50,000 requests are of this size at most.
_TIMEOUT_S, _MOST_BYTES = 900.0, 2_000_000_000
#: What can be asked again without harm is asked so often more (the SDK's own waiting, Retry-After included).
_RETRIES = 3
_PAGE = 100
#: Time-out and conflict: a request with such an answer may have been carried out all the same.
_NOBODY_KNOWS = frozenset({408, 409})


@dataclass(frozen=True, slots=True)
class Remote:
    """A batch as the endpoint tells of it.

    Attributes:
        id: the endpoint's name for it.
        status: ``validating``, ``in_progress``, ``finalizing``, ``cancelling`` or one of `ENDED`.
        files: of its answers and of its errors, where there are any.
        codes: of what is wrong with all of it.
        message: the same in the endpoint's words; empty where nothing is.
        done: requests that were answered or failed so far.
    """

    id: str
    status: str
    files: tuple[str, ...]
    codes: frozenset[str]
    message: str
    done: int

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.status in ENDED


class Batches:
    """Asks one endpoint; for one event loop.

    Args:
        endpoint: who keeps files and carries batches out.
        limits: bounds on requests; files have their own.
        around: put around the connections; None for nothing.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits, around: Around | None = None) -> None:
        self._endpoint = endpoint
        wide = replace(limits, timeout_s=max(limits.timeout_s, _TIMEOUT_S), max_body_bytes=_MOST_BYTES)
        bounded = BoundedTransport(endpoint, wide, as_sent=True)
        self._transport = around(bounded) if around else bounded
        self._headers = headers(endpoint)
        self._once = sdk(endpoint, wide, self._transport)
        self._sdk = self._once.with_options(max_retries=_RETRIES)

    async def upload(self, tag: str, file: bytes) -> str:
        """Send a file of requests up, and return the endpoint's name for it; that costs nothing.

        Args:
            tag: our own name for the batch that it is for.
            file: JSON Lines.

        Raises:
            ConfigurationError: there is no Batch API here.
            ModelError: it was not taken.
        """
        with self._said():
            sent = await self._sdk.files.create(
                file=(f"summarizer-{tag}.jsonl", file), purpose="batch", extra_headers=self._headers
            )
        return sent.id

    async def begin(self, tag: str, file: str, refused: Callable[[], None]) -> Remote:
        """Have a file of requests carried out within 24 hours. It is asked for once: twice would be paid for twice.

        Args:
            tag: our own name for the batch, by which `find` knows it.
            file: from `upload`.
            refused: called where the endpoint says that it has not taken it; after any other error nobody knows.

        Raises:
            ConfigurationError: there is no Batch API here.
            ModelError: it was not taken, or nobody knows.
        """
        with self._said():
            try:
                begun = await self._once.batches.create(
                    input_file_id=file,
                    endpoint="/v1/chat/completions",
                    completion_window="24h",
                    metadata={_TAG: tag},
                    extra_headers=self._headers,
                )
            except openai.APIStatusError as error:
                if 400 <= error.status_code < 500 and error.status_code not in _NOBODY_KNOWS:
                    refused()
                raise
        return _remote(begun)

    async def get(self, number: str) -> Remote:
        """Return how a batch is.

        Raises:
            ModelError: the endpoint does not say.
        """
        with self._said():
            return _remote(await self._sdk.batches.retrieve(number, extra_headers=self._headers))

    async def find(self, tags: Iterable[str], since: float) -> Mapping[str, Remote]:
        """Return those of our batches that the endpoint has, by their tags.

        Args:
            tags: those to look for.
            since: none was begun before, in seconds since 1970 by the endpoint's clock.

        Raises:
            ModelError: the endpoint does not say.
        """
        left, found = set(tags), dict[str, Remote]()
        with self._said():
            async for each in self._newest_first():
                tag = (each.metadata or {}).get(_TAG, "")
                if tag in left:
                    found.setdefault(tag, _remote(each))
                if each.created_at < since or found.keys() == left:
                    break
        return found

    async def file(self, number: str) -> bytes:
        """Return a file.

        Raises:
            ModelError: it is not there, or cannot be fetched.
        """
        with self._said():
            return (await self._sdk.files.content(number, extra_headers=self._headers)).content

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _newest_first(self) -> "AsyncIterator[Batch]":
        page = await self._sdk.batches.list(limit=_PAGE, extra_headers=self._headers)
        while True:
            for each in page.data:
                yield each
            if not page.data or not page.has_next_page():
                return
            page = await page.get_next_page()

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except openai.NotFoundError as error:
            raise ConfigurationError(
                f"{self._endpoint.label} does not know this file or batch, or has no Batch API",
                "check --base-url and the key's project; without batches use summarizer summarize",
            ) from error
        except openai.OpenAIError as error:
            raise translate(error, self._endpoint) from None


def _remote(told: "Batch") -> Remote:
    problems = (told.errors.data if told.errors else None) or []
    counts = told.request_counts
    return Remote(
        id=told.id,
        status=str(told.status),
        files=tuple(each for each in (told.output_file_id, told.error_file_id) if each),
        codes=frozenset(each.code for each in problems if each.code),
        message="; ".join(dict.fromkeys(str(each.message or each.code) for each in problems))[:500],
        done=(counts.completed + counts.failed) if counts else 0,
    )
