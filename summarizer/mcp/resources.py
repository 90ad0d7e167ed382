"""Digests of the store as resources: ``summarizer://digests/`` and an id, listed page by page."""

import re
from typing import TYPE_CHECKING

from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    Annotations,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)

from summarizer.article.line import one_line

if TYPE_CHECKING:
    from summarizer.batch.store import Entry, Store
    from summarizer.mcp.service import Service

__all__ = ["address", "listed", "read", "templates"]

PREFIX = "summarizer://digests/"
MIME = "application/json"
#: Digests on a page of the list.
PAGE = 50
#: A place in the list, as SQLite counts rows.
_CURSOR = re.compile(r"[0-9]{1,18}", re.ASCII)
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)


def address(name: str) -> str:
    """Return the address of a digest, by the key of its result or the id of its article."""
    return f"{PREFIX}{name}"


def listed(store: "Store", cursor: str | None) -> ListResourcesResult:
    """Return a page of the digests in a store, the latest first.

    Args:
        store: whose.
        cursor: what the page before gave; None for the first page.

    Raises:
        MCPError: it is no cursor of ours.
        StoreError: the store cannot be read.
    """
    if cursor is not None and not _CURSOR.fullmatch(cursor):
        raise MCPError(INVALID_PARAMS, "this cursor is none of this server's: list again without one")
    found = store.entries(None if cursor is None else int(cursor), PAGE + 1)
    page = found[:PAGE]
    following = str(page[-1].place) if len(found) > PAGE else None
    return ListResourcesResult(resources=[_resource(each) for each in page], next_cursor=following)


def templates() -> ListResourceTemplatesResult:
    """Return how the address of a digest is made."""
    told = "A digest in this server's store, by the key of its result or the id of its article (article.id)."
    made = ResourceTemplate(name="digest", uri_template=f"{PREFIX}{{id}}", description=told, mime_type=MIME)
    return ListResourceTemplatesResult(resource_templates=[made])


def read(service: "Service", uri: str) -> ReadResourceResult:
    """Return a digest.

    Raises:
        MCPError: there is none at this address.
        StoreError: the store cannot be read.
    """
    name = uri.removeprefix(PREFIX)
    digest = service.kept(name) if uri.startswith(PREFIX) and _ID.fullmatch(name) else None
    if digest is None:
        raise MCPError(
            INVALID_PARAMS, f"{one_line(uri)}: there is no digest here; resources/list has those there are"
        )
    text = digest.model_dump_json()
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=MIME, text=text)])


def _resource(entry: "Entry") -> Resource:
    from datetime import UTC, datetime

    made = datetime.fromtimestamp(entry.made, UTC)
    source = one_line(entry.source)
    return Resource(
        uri=address(entry.key),
        name=entry.key[:12],
        title=one_line(entry.title or "") or source,
        description=f"Digest of {source} ({entry.language}), made {made:%Y-%m-%d %H:%M} UTC",
        mime_type=MIME,
        size=entry.bytes,
        annotations=Annotations(last_modified=made.isoformat(timespec="seconds")),
    )
