"""A model's file from the model hub, over HTTPS, with resume."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import ModelUnavailableError
from summarizer.local.catalogue import Model

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

__all__ = ["add"]

CONNECT_S = 5.0  # a hub that is out of reach is noticed at once; the wheels are next
STALL_S = 30.0
MAX_REDIRECTS = 5
MAX_BREAKS = 5  # broken connections in a row without one new byte


def add(
    model: Model,
    part: Path,
    progress: Callable[[int, int], None],
    transport: httpx2.BaseTransport | None = None,
) -> None:
    """Add to ``part`` until it is as long as the model; a broken connection is taken up where it broke.

    Redirects are followed only to https. ``transport`` replaces the network.

    Raises:
        ModelUnavailableError: the hub is out of reach, or answers something else than the file.
    """
    import httpx2

    timeout = httpx2.Timeout(STALL_S, connect=CONNECT_S)
    headers = {"Accept-Encoding": "identity"}
    with httpx2.Client(timeout=timeout, transport=transport, headers=headers) as client:
        breaks = 0
        while (before := _size(part)) < model.bytes:
            try:
                _one_answer(client, model, part, progress)
                reason = "it sent less than the whole file"
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                raise ModelUnavailableError(f"the model hub is out of reach ({error})") from error
            except httpx2.HTTPError as error:
                reason = str(error)
            breaks = breaks + 1 if _size(part) <= before else 0
            if breaks == MAX_BREAKS:
                raise ModelUnavailableError(f"the model hub keeps breaking off ({reason})")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _one_answer(client: httpx2.Client, model: Model, part: Path, progress: Callable[[int, int], None]) -> None:
    """Write the body of one answer behind what is there; a longer body than the model's is cut off."""
    with part.open("ab") as file:
        there = file.tell()
        headers = {"Range": f"bytes={there}-"} if there else {}
        response = _follow(client, client.build_request("GET", model.url, headers=headers))
        try:
            there = _agreed_start(response, there, model)
            file.truncate(there)
            for chunk in response.iter_bytes():
                file.write(chunk[: model.bytes - there])
                there = min(there + len(chunk), model.bytes)
                progress(there, model.bytes)
                if there == model.bytes:
                    return
        finally:
            response.close()


def _follow(client: httpx2.Client, request: httpx2.Request) -> httpx2.Response:
    for _ in range(MAX_REDIRECTS + 1):
        if request.url.scheme != "https":
            raise ModelUnavailableError(f"the model hub redirects to {request.url.scheme}, not to https")
        response = client.send(request, stream=True)
        if response.next_request is None:
            return response
        response.close()
        request = response.next_request
    raise ModelUnavailableError(f"the model hub redirects more than {MAX_REDIRECTS} times")


def _agreed_start(response: httpx2.Response, there: int, model: Model) -> int:
    """Return the offset of the body's first byte in the file: ``there``, or 0 where Range was not heeded."""
    if response.status_code == 200:
        if response.headers.get("Content-Length", str(model.bytes)) != str(model.bytes):
            raise ModelUnavailableError("the model hub, or a proxy before it, sent something else")
        return 0
    if response.status_code == 206:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
        if found and int(found[1]) == there and found[2] in {str(model.bytes), "*"}:
            return there
        raise ModelUnavailableError("the model hub sent another range than it was asked for")
    raise ModelUnavailableError(f"the model hub answered {response.status_code} {response.reason_phrase}")
