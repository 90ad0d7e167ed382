"""What the host's OpenTelemetry is told of the protocol's calls: their names and errors, and no word of a client."""

import pytest
from mcp.shared.exceptions import MCPError
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from tests.support.endpoint import serving
from tests.support.model import extractive
from tests.support.protocol_client import in_process

TEXT = "The port of Trieste handled 62 million passengers in 2023. The terminal cost 186.3 million euros."
WORDS = ("Trieste", "terminal", "confidential")


@pytest.fixture
def spans(monkeypatch):
    # the interface lets a provider be set once in a process; the client's own spans are its host's affair
    kept, tracers = InMemorySpanExporter(), TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", tracers)
    monkeypatch.setattr("mcp.shared.jsonrpc_dispatcher.otel_span", _silent)
    yield kept
    tracers.shutdown()


def _silent(*_, **__):
    return trace.use_span(trace.INVALID_SPAN)


async def test_a_tool_call_is_the_parent_of_the_articles_span(spans):
    with serving(extractive) as endpoint:
        async with in_process(endpoint.base_url, review="none") as client:
            await client.call_tool("summarize", {"text": TEXT})
    found = {span.name: span for span in spans.get_finished_spans()}
    call, article = found["tools/call summarize"], found["invoke_workflow summarize"]
    assert call.kind is SpanKind.SERVER
    assert call.attributes["mcp.method.name"] == "tools/call"
    assert call.attributes["gen_ai.operation.name"] == "execute_tool"
    assert call.attributes["gen_ai.tool.name"] == "summarize"
    assert call.status.status_code is StatusCode.UNSET
    assert article.context.trace_id == call.context.trace_id


async def test_a_call_joins_the_trace_of_its_client(spans):
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    with serving(extractive) as endpoint:
        async with in_process(endpoint.base_url) as client:
            await client.call_tool("figures", {"text": TEXT}, meta={"traceparent": parent})
            await client.call_tool("quotes", {"text": TEXT}, meta={"traceparent": "confidential", "tracestate": "1"})
    (call,) = [span for span in spans.get_finished_spans() if span.name == "tools/call figures"]
    assert f"{call.context.trace_id:032x}" == parent.split("-")[1]


async def test_no_span_has_a_word_of_what_a_client_sent(spans):
    with serving(extractive) as endpoint:
        async with in_process(endpoint.base_url, review="none") as client:
            await client.call_tool("summarize", {"text": TEXT})
            assert (await client.call_tool("figures", {"path": "confidential/memo.txt"})).is_error
            assert (await client.call_tool("quotes", {"confidential": TEXT})).is_error
            with pytest.raises(MCPError):
                await client.call_tool("confidential", {})
            with pytest.raises(MCPError):
                await client.read_resource("summarizer://digests/confidential")
            with pytest.raises(MCPError):
                await client.get_prompt("confidential")
    told = spans.get_finished_spans()
    assert not [word for word in WORDS if word in "".join(span.to_json() for span in told)]
    errors = [(span.name, span.attributes["error.type"]) for span in told if "error.type" in span.attributes]
    assert errors == [
        ("tools/call figures", "tool_error"),
        ("tools/call quotes", "tool_error"),
        ("tools/call", "-32602"),
        ("resources/read", "-32602"),
        ("prompts/get", "-32601"),
    ]
