"""What the host's OpenTelemetry is told of a client's messages: a span each, without a word of what the client sent.

The SDK has a span of its own, which holds the names that clients make up, and messages of errors. Attributes are
those of the semantic conventions for MCP (https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/).
"""

from collections.abc import Collection
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerMiddleware, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult
from mcp_types.methods import SPEC_CLIENT_METHODS, SPEC_CLIENT_NOTIFICATION_METHODS
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, StatusCode

__all__ = ["Spans"]

#: What the conventions call a name that is none of those known.
_OTHER = "_OTHER"
_METHODS = SPEC_CLIENT_METHODS | SPEC_CLIENT_NOTIFICATION_METHODS


class Spans(ServerMiddleware[Any]):
    """Holds the span of each message, in the trace of the client where it sent one along.

    Args:
        tools: names that may be told.
    """

    def __init__(self, tools: Collection[str]) -> None:
        self._tools = tools

    async def __call__(self, context: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        """Answer a message within its span."""
        about = self._about(context)
        name = f"{about['mcp.method.name']} {about.get('gen_ai.tool.name', '')}".strip()
        # an exception's message would be recorded, and with it texts and places
        with trace.get_tracer("summarizer").start_as_current_span(
            name,
            _parent(context),
            SpanKind.SERVER,
            about,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            return await _answered(span, context, call_next)

    def _about(self, context: ServerRequestContext[Any, Any]) -> dict[str, str]:
        method = context.method if context.method in _METHODS else _OTHER
        about = {"mcp.method.name": method, "mcp.protocol.version": context.protocol_version}
        if method == "tools/call":
            about["gen_ai.operation.name"] = "execute_tool"
            tool = (context.params or {}).get("name")
            if isinstance(tool, str) and tool in self._tools:
                about["gen_ai.tool.name"] = tool
        return about


def _parent(context: ServerRequestContext[Any, Any]) -> Context | None:
    """Return the client's span; None, which is whatever is current here, where it sent none that can be read."""
    try:
        found = propagate.extract(context.meta or {})
    except (TypeError, ValueError):
        return None
    return found if trace.get_current_span(found).get_span_context().is_valid else None


async def _answered(span: Span, context: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    try:
        result = await call_next(context)
    except BaseException as error:
        _failed(span, str(error.error.code) if isinstance(error, MCPError) else type(error).__name__)
        raise
    match result:  # as the tool gave it, or as it goes to the client
        case CallToolResult(is_error=True) | {"isError": True}:
            _failed(span, "tool_error")
    return result


def _failed(span: Span, error: str) -> None:
    span.set_attribute("error.type", error)
    span.set_status(StatusCode.ERROR)
