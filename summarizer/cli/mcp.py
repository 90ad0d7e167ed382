"""The command ``summarizer mcp``: from flags to a server, nothing else."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.flags import Config, ContextTokens, Endpoint, Fetch, ReasoningEffort, Request, Timeout, settings
from summarizer.cli.help import DIGESTS, Command
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.mcp.service import Service

__all__ = ["TOKEN", "app"]

#: Where the token of the HTTP server is read from: on the command line everybody on the machine could see it.
TOKEN = "SUMMARIZER_MCP_TOKEN"

app = typer.Typer(rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Reached:
    """How the server is reached, and what its clients may have read."""

    root: Annotated[
        list[Path] | None,
        options.article(
            metavar="FOLDER", help="Clients may name files in it; may be repeated. Default: texts alone."
        ),
    ] = None
    fetch: Fetch = False
    http: Annotated[
        bool, options.served("--http", help="Serve HTTP on this machine instead of standard input and output.")
    ] = False
    port: Annotated[
        int | None, options.served(min=0, max=65535, help="Port for --http; default: any that is free.")
    ] = None


@dataclass(frozen=True, slots=True)
class Asked(Endpoint):
    """Who is asked, and how."""

    timeout_s: Timeout = None
    context_tokens: ContextTokens = None
    reasoning_effort: ReasoningEffort = None
    request: Request = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, and what it may cost."""

    store: Annotated[Path | None, options.kept(help="Keep digests in this file; default: in the user's folder.")] = (
        None
    )
    no_store: Annotated[bool, options.kept("--no-store", help="Forget digests when the server ends.")] = False
    max_cost: Annotated[
        float | None, options.kept(min=0, help="US dollars at most, of all calls; needs prices in the settings.")
    ] = None
    max_tokens: Annotated[int | None, options.kept(min=0, help="Tokens sent and received at most, of all calls.")] = (
        None
    )


@app.command(cls=Command, rich_help_panel=DIGESTS)
@options.grouped
def mcp(reached: Reached, asked: Asked, kept: Kept, config: Config = None) -> None:
    """Serve digests, checks, quotes and figures to programs that speak the Model Context Protocol.

    The client starts it and speaks over standard input and output; with --http it listens on 127.0.0.1, prints its
    address and wants the token that SUMMARIZER_MCP_TOKEN holds, if it holds one.

    Exit codes: 0 the client went away, or with --http Ctrl-C; 2 a setting is wrong, the extra is missing or the port
    is taken; 130 interrupted.
    """
    from summarizer import config as configuration
    from summarizer.mcp import need

    need()
    if kept.store and kept.no_store:
        raise ConfigurationError("--store and --no-store do not go together: leave one out")
    if reached.port is not None and not reached.http:
        raise ConfigurationError("--port is for --http: give both, or neither")
    flags = {**settings(asked), "fetch": reached.fetch or None}
    from summarizer.batch.money import Budget
    from summarizer.batch.store import Store, default_path
    from summarizer.mcp.roots import Roots
    from summarizer.mcp.service import Service

    loaded, roots = configuration.load(flags, config), Roots(reached.root or ())
    budget = Budget(kept.max_cost, kept.max_tokens)
    with Store(None if kept.no_store else kept.store or default_path(None)) as store:
        _serve(Service(loaded, store, roots, budget), reached.port or 0 if reached.http else None)


def _serve(service: "Service", port: int | None) -> None:
    """Serve until the client or the user has enough."""
    import asyncio
    import signal

    from summarizer.mcp import serving

    try:
        if port is None:
            # a read of a terminal cannot be interrupted, and asyncio would wait for it; what is paid for is kept
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            asyncio.run(serving.stdio(service))
        else:
            asyncio.run(serving.http(service, port, os.environ.get(TOKEN) or None, typer.echo))
    except KeyboardInterrupt:
        typer.echo("", err=True)  # the terminal shows ^C
