"""The official client of the Model Context Protocol, connected to our server in each way there is."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from summarizer.batch.store import Store
from summarizer.config import load
from summarizer.mcp import serving
from summarizer.mcp.roots import Roots
from summarizer.mcp.server import server
from summarizer.mcp.service import Service

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def in_process(base_url, *, mode="auto", roots=(), store=None, budget=None, **given) -> AsyncIterator[Client]:
    """Connect to a server in this process, without a line in between."""
    settings = load({"base_url": base_url, "model": "test-model", **given})
    with Store(store) as kept:
        service = Service(settings, kept, Roots(roots), budget)
        try:
            async with Client(server(service), mode=mode) as client:
                yield client
        finally:
            await service.aclose()


def command(*flags) -> StdioServerParameters:
    """Return how a client starts the command."""
    environment = {name: value for name, value in os.environ.items() if name.startswith(("SUMMARIZER_", "XDG_"))}
    arguments = ["-m", "summarizer", "mcp", *map(str, flags)]
    return StdioServerParameters(
        command=sys.executable, args=arguments, env={**environment, "PYTHONPATH": str(ROOT)}, cwd=ROOT
    )


@asynccontextmanager
async def over_stdio(base_url, errors, *, mode="auto", flags=()) -> AsyncIterator[Client]:
    """Connect to the command, started as a client does it; what it says beside goes to `errors`."""
    started = command("--base-url", base_url, "--model", "test-model", *flags)
    with errors.open("w", encoding="utf-8") as told:
        async with Client(stdio_client(started, told), mode=mode) as client:
            yield client


@asynccontextmanager
async def listening(base_url, *, token=None, **given) -> AsyncIterator[str]:
    """Serve HTTP in this process; yields the address."""
    settings = load({"base_url": base_url, "model": "test-model", **given})
    address = asyncio.get_running_loop().create_future()
    with Store(None) as kept:
        work = asyncio.create_task(
            serving.http(Service(settings, kept, Roots(())), 0, token, address.set_result), name="http"
        )
        await asyncio.wait([work, address], return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
        yield await address
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


@asynccontextmanager
async def over_http(address, *, mode="auto", headers=None) -> AsyncIterator[Client]:
    """Connect to a server that listens."""
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60, trust_env=False) as line,
        Client(streamable_http_client(address, http_client=line), mode=mode) as client,
    ):
        yield client
