"""A server of the Model Context Protocol: digests, checks, quotes and figures for whoever speaks it.

The protocol: https://modelcontextprotocol.io/specification; the official SDK, extra ``[mcp]``, carries it.
"""

from summarizer.errors import ConfigurationError

__all__ = ["need"]


def need() -> None:
    """Make sure that the SDK is there.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        import mcp.server.lowlevel  # noqa: F401 - only whether it can be
    except ImportError:
        raise ConfigurationError(
            "summarizer mcp needs the package mcp, version 2.3 or newer",
            "install it: pip install 'summarizer-briefs[mcp]'",
        ) from None
