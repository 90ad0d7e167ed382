"""What the host's OpenTelemetry is told: spans of articles, questions and requests, their tokens and durations.

Only a host that has imported OpenTelemetry is told anything: whoever sets a provider has. Nobody else pays for an
import.
Names are those of the semantic conventions for generative AI, release 1.37 and later
(https://opentelemetry.io/docs/specs/semconv/gen-ai/); what these have no name for is ``summarizer.*``.

No attribute holds a key. None holds text, unless `Endpoint.telemetry_text` asks for it: an exception's message may
hold either, so errors are told by their kind alone.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.errors import AwaitedError
from summarizer.llm.endpoint import Endpoint

if TYPE_CHECKING:
    from opentelemetry.metrics import Histogram, MeterProvider
    from opentelemetry.trace import Span as Told
    from opentelemetry.trace import Tracer, TracerProvider

    from summarizer.llm.reply import Reply
    from summarizer.llm.request import Request

__all__ = ["Span", "Value", "answered", "article", "question", "request"]

#: What an attribute may be.
Value = str | int | float | bool | Sequence[str]
_SCOPE = "summarizer"
_PORTS = {"http": 80, "https": 443}
# bucket boundaries as the conventions have them
_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
_TOKENS = [4**power for power in range(14)]
_ARTICLE_SECONDS = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0, 8192.0]


@dataclass(slots=True)
class Span:
    """A span under way; where the host keeps none, what is put into it goes nowhere.

    Attributes:
        told: the host's span, None where there is none.
        error: kind of the error that ended it, None as long as there is none.
        metered: attributes of the metrics that are known only at the end.
    """

    told: "Told | None" = None
    error: str | None = None
    metered: dict[str, Value] = field(default_factory=dict)

    def put(self, values: Mapping[str, Value]) -> None:
        """Add attributes."""
        if self.told is not None:
            self.told.set_attributes(values)

    def failed(self, error: str) -> None:
        """Say that it ended with an error of this kind; the first word counts."""
        if self.error is None:
            self.error = error
            if self.told is not None:
                trace = sys.modules["opentelemetry.trace"]
                self.told.set_attribute("error.type", error)
                self.told.set_status(trace.StatusCode.ERROR)


@contextmanager
def article(article_id: str, language: str, to: Sequence[str]) -> Iterator[Span]:
    """Hold the span of one article, ``invoke_workflow summarize``, and measure how long it took.

    Args:
        article_id: SHA-256 of the article's text, hexadecimal.
        language: of the article, as BCP 47 has it.
        to: target languages of the briefs.
    """
    if not _is_heard():
        yield Span()
        return
    known: dict[str, Value] = {"gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": "summarize"}
    about: dict[str, Value] = {
        "summarizer.article.id": article_id,
        "summarizer.article.language": language,
        "summarizer.article.to": list(to),
    }
    began = time.monotonic()
    with _span("invoke_workflow summarize", known | about) as span:
        try:
            yield span
        except AwaitedError:  # its answers come with a batch: neither an error nor a duration
            raise
        except BaseException as error:
            span.failed(type(error).__name__)
            _measure("summarizer.article.duration", time.monotonic() - began, known | _ending(span))
            raise
        _measure("summarizer.article.duration", time.monotonic() - began, known | _ending(span))


@contextmanager
def question(endpoint: Endpoint, task: str, signature: str) -> Iterator[Span]:
    """Hold the span of one question, its retries and re-asks included.

    Args:
        endpoint: who is asked.
        task: the template's task.
        signature: version and hash of the template.
    """
    about = {"summarizer.task": task, "summarizer.prompt": signature, "gen_ai.request.model": endpoint.model}
    with _span(f"question {task}", about) as span:
        try:
            yield span
        except AwaitedError:
            raise
        except BaseException as error:
            span.failed(type(error).__name__)
            raise


@contextmanager
def request(endpoint: Endpoint, asked: "Request") -> Iterator[Span]:
    """Hold the span of one request, ``chat MODEL``, and measure how long it took.

    Args:
        endpoint: where it goes.
        asked: what is sent.
    """
    if not _is_heard():
        yield Span()
        return
    known = _known(endpoint)
    about = {"gen_ai.request.max_tokens": asked.limit, "gen_ai.output.type": "json", **_said(endpoint, asked)}
    began = time.monotonic()
    with _span(f"chat {endpoint.model}", known | about, client=True) as span:
        try:
            yield span
        except BaseException as error:
            span.failed(_kind(error))
            raise
        finally:
            _measure("gen_ai.client.operation.duration", time.monotonic() - began, known | _ending(span))


def answered(span: Span, endpoint: Endpoint, reply: "Reply") -> None:
    """Tell what a request was answered, and what it cost."""
    if not _is_heard():
        return
    usage = reply.usage
    if reply.model:
        span.metered["gen_ai.response.model"] = reply.model
    # an endpoint that does not count is not said to have counted nothing
    counted = {
        "gen_ai.usage.input_tokens": usage.sent,
        "gen_ai.usage.cache_read.input_tokens": usage.cached,
        "gen_ai.usage.output_tokens": usage.received,
        "gen_ai.usage.reasoning.output_tokens": usage.hidden,
    }
    ended: dict[str, Value] = {"gen_ai.response.finish_reasons": ["length" if reply.cut else "stop"]}
    span.put(span.metered | ended | {name: count for name, count in counted.items() if count})
    if span.told is not None and endpoint.telemetry_text:
        span.put({"gen_ai.output.messages": _messages(endpoint, [("assistant", reply.content)])})
    about = _known(endpoint) | span.metered
    for kind, count in (("input", usage.sent), ("output", usage.received)):
        if count:
            _measure("gen_ai.client.token.usage", count, about | {"gen_ai.token.type": kind})


def _is_heard() -> bool:
    """Tell whether the host has imported OpenTelemetry's interface."""
    return "opentelemetry.trace" in sys.modules or "opentelemetry.metrics" in sys.modules


@contextmanager
def _span(name: str, values: Mapping[str, Value], *, client: bool = False) -> Iterator[Span]:
    """Hold a span of the host's, the current one; nothing where the host keeps none."""
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        yield Span()
        return
    kind = trace.SpanKind.CLIENT if client else trace.SpanKind.INTERNAL
    tracer = _tracer(trace.get_tracer_provider())
    # an exception's message would be recorded, and with it texts and places
    with tracer.start_as_current_span(
        name, kind=kind, attributes=values, record_exception=False, set_status_on_exception=False
    ) as told:
        yield Span(told)


def _measure(name: str, value: float, values: Mapping[str, Value]) -> None:
    """Add a value to a histogram of the host's."""
    metrics = sys.modules.get("opentelemetry.metrics")
    if metrics is not None:
        _histogram(metrics.get_meter_provider(), name).record(value, values)


# made once for each provider: the interface keeps every meter that is asked for before there is a provider
@lru_cache(maxsize=8)
def _histogram(provider: "MeterProvider", name: str) -> "Histogram":
    unit, told, bounds = _HISTOGRAMS[name]
    meter = provider.get_meter(_SCOPE)
    return meter.create_histogram(name, unit, told, explicit_bucket_boundaries_advisory=bounds)


@lru_cache(maxsize=2)
def _tracer(provider: "TracerProvider") -> "Tracer":
    return provider.get_tracer(_SCOPE)


_HISTOGRAMS: Mapping[str, tuple[str, str, Sequence[float]]] = {
    "gen_ai.client.operation.duration": ("s", "GenAI operation duration.", _SECONDS),
    "gen_ai.client.token.usage": ("{token}", "Number of input and output tokens used.", _TOKENS),
    "summarizer.article.duration": ("s", "Time from an article's turn to its digest or error.", _ARTICLE_SECONDS),
}


def _known(endpoint: Endpoint) -> dict[str, Value]:
    """Return what spans and metrics of a request have in common; the provider's name is that of the protocol."""
    url = urlsplit(endpoint.base_url)
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": endpoint.model,
        "server.address": url.hostname or "",
        "server.port": url.port or _PORTS.get(url.scheme, 0),
    }


def _ending(span: Span) -> dict[str, Value]:
    return span.metered | ({} if span.error is None else {"error.type": span.error})


def _kind(error: BaseException) -> str:
    """Return the status that an endpoint refused with, ``timeout``, or the exception's name: few values, no text."""
    status = getattr(getattr(error, "failure", None), "status", None)
    if status is not None:
        return str(status)
    name = type(error).__name__
    return "timeout" if name == "APITimeoutError" else name


def _said(endpoint: Endpoint, asked: "Request") -> dict[str, Value]:
    if not endpoint.telemetry_text or "opentelemetry.trace" not in sys.modules:
        return {}
    messages = [(message["role"], message["content"]) for message in asked.body["messages"]]
    return {"gen_ai.input.messages": _messages(endpoint, messages)}


def _messages(endpoint: Endpoint, said: Sequence[tuple[str, str]]) -> str:
    """Return messages in the conventions' form, as JSON, without secrets."""
    from summarizer.llm.redaction import Redactor

    parts: list[dict[str, Any]] = [
        {"role": role, "parts": [{"type": "text", "content": content}]} for role, content in said
    ]
    return Redactor(endpoint.secrets).text(json.dumps(parts, ensure_ascii=False))
