import json
import subprocess
import sys
import textwrap

import pytest
from opentelemetry import metrics, trace
from opentelemetry.metrics import _internal
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes
from opentelemetry.semconv._incubating.metrics import gen_ai_metrics
from opentelemetry.trace import StatusCode
from pydantic import SecretStr

from summarizer import Settings, Summarizer, errors
from summarizer.article import from_text
from summarizer.llm import telemetry
from summarizer.llm.endpoint import Endpoint
from tests.support.endpoint import Reply, completion, failure, in_turn, serving
from tests.support.model import changed, extractive

KEY = "sk-very-secret-key-0123456789"
ARTICLE = from_text(
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023.",
    source="confidential/memo.txt",
)
WORDS = ("Trieste", "Rossi", "confidential", "terminal")


class Kept:
    """What the host's OpenTelemetry was told."""

    def __init__(self) -> None:
        self.spans, self.reader = InMemorySpanExporter(), InMemoryMetricReader()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self.spans))
        self.meters = MeterProvider([self.reader])

    def named(self, start: str):
        return [span for span in self.spans.get_finished_spans() if span.name.startswith(start)]

    def points(self, name: str):
        data = self.reader.get_metrics_data()
        found = (m for r in data.resource_metrics for s in r.scope_metrics for m in s.metrics)
        return {m.name: m.data.data_points for m in found}.get(name, [])

    def everything(self) -> str:
        return "".join(span.to_json() for span in self.spans.get_finished_spans())


@pytest.fixture
def kept(monkeypatch):
    # the interface lets a provider be set once in a process
    host = Kept()
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", host.tracers)
    monkeypatch.setattr(_internal, "_METER_PROVIDER", host.meters)
    assert metrics.get_meter_provider() is host.meters
    yield host
    host.tracers.shutdown()
    host.meters.shutdown()


def summarized(endpoint, to=(), **settings):
    given = {"base_url": endpoint.base_url, "model": "test-model", "review": "none", "api_key": SecretStr(KEY)}
    with Summarizer(Settings(**given | settings)) as summarizer:
        return summarizer.summarize_sync(ARTICLE, to)


def unfit(value):
    """Leave a language out of an answer."""
    value.pop("zh")


def drafted():
    """A translation into two languages whose first answer does not fit."""
    with serving(changed(unfit, "TranslationDraft", times=1)) as endpoint:
        return summarized(endpoint, ["it", "zh"]), endpoint


def test_one_article_with_two_briefs_and_one_reask_is_one_tree_of_spans(kept):
    digest, endpoint = drafted()
    (article,) = kept.named("invoke_workflow summarize")
    questions, requests = kept.named("question "), kept.named("chat ")
    assert len(digest.briefs) == 2
    assert len(requests) == len(endpoint.requests) == digest.provenance.requests
    assert len(kept.spans.get_finished_spans()) == 1 + len(questions) + len(requests)
    assert {q.parent.span_id for q in questions} == {article.context.span_id}
    assert {r.parent.span_id for r in requests} <= {q.context.span_id for q in questions}
    assert sum(q.attributes["summarizer.reasks"] for q in questions) == 1
    (again,) = (q for q in questions if q.attributes["summarizer.reasks"])
    assert (
        [r.parent.span_id for r in requests].count(again.context.span_id)
        == 2
        == again.attributes["summarizer.requests"]
    )
    assert {span.status.status_code for span in kept.spans.get_finished_spans()} == {trace.StatusCode.UNSET}


def test_the_spans_say_what_was_asked_and_what_it_cost(kept):
    digest, endpoint = drafted()
    (article,) = kept.named("invoke_workflow")
    assert article.kind is trace.SpanKind.INTERNAL
    assert article.attributes == {
        "gen_ai.operation.name": "invoke_workflow",
        "gen_ai.workflow.name": "summarize",
        "summarizer.article.id": ARTICLE.id,
        "summarizer.article.language": "en",
        "summarizer.article.to": ("it", "zh"),
        "summarizer.briefs": 2,
        "summarizer.quotes": len(digest.quotes),
        "summarizer.requests": len(endpoint.requests),
        "summarizer.findings.error": 0,
        "summarizer.findings.warning": sum(f.severity == "warning" for f in digest.findings),
    }
    request = kept.named("chat test-model")[0]
    assert request.kind is trace.SpanKind.CLIENT
    assert dict(request.attributes) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "test-model",
        "gen_ai.request.max_tokens": endpoint.requests[0].body["max_tokens"],
        "gen_ai.output.type": "json",
        "gen_ai.response.model": "test-model",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 300,
        "gen_ai.usage.output_tokens": 10,
        "server.address": "127.0.0.1",
        "server.port": endpoint.server.server_address[1],
    }
    tasks = {q.attributes["summarizer.task"]: q.attributes["summarizer.prompt"] for q in kept.named("question ")}
    assert tasks == digest.provenance.prompts


def test_the_names_are_those_of_the_conventions(kept):
    drafted()
    known = {value for name, value in vars(gen_ai_attributes).items() if name.startswith("GEN_AI_")}
    used = {name for span in kept.spans.get_finished_spans() for name in span.attributes}
    assert {name for name in used if name.startswith("gen_ai.")} <= known
    assert {name.partition(".")[0] for name in used} == {"gen_ai", "server", "summarizer"}
    assert kept.points(gen_ai_metrics.GEN_AI_CLIENT_OPERATION_DURATION)
    assert kept.points(gen_ai_metrics.GEN_AI_CLIENT_TOKEN_USAGE)


def test_tokens_and_durations_are_measured(kept):
    digest, endpoint = drafted()
    tokens = {p.attributes["gen_ai.token.type"]: p for p in kept.points("gen_ai.client.token.usage")}
    assert {kind: point.sum for kind, point in tokens.items()} == {
        "input": digest.provenance.input_tokens,
        "output": digest.provenance.output_tokens,
    }
    assert tokens["input"].explicit_bounds[:3] == (1, 4, 16)
    (asked,) = kept.points("gen_ai.client.operation.duration")
    assert asked.count == len(endpoint.requests)
    assert asked.attributes["gen_ai.response.model"] == "test-model"
    (made,) = kept.points("summarizer.article.duration")
    assert (made.count, made.sum > 0) == (1, True)


def test_no_text_and_no_key_is_told(kept):
    with serving(in_turn(failure(400, f"Trieste {KEY}"))) as endpoint, pytest.raises(errors.ModelRejectedError):
        summarized(endpoint)
    drafted()
    told = kept.everything()
    assert [word for word in (*WORDS, KEY) if word in told] == []
    assert [span.events for span in kept.spans.get_finished_spans() if span.events] == []


def test_prompts_and_answers_are_told_where_a_setting_asks_for_it_and_the_key_is_not(kept):
    leaky = from_text(f"The port of Trieste handled 62 million tonnes. The key is {KEY}, said the port.")
    with serving(extractive) as endpoint:
        given = Settings(base_url=endpoint.base_url, api_key=SecretStr(KEY), review="none", telemetry_text=True)
        with Summarizer(given) as summarizer:
            summarizer.summarize_sync(leaky)
    request = kept.named("chat ")[0]
    (*_, asked), (said,) = (json.loads(request.attributes[f"gen_ai.{way}.messages"]) for way in ("input", "output"))
    assert (asked["role"], said["role"]) == ("user", "assistant")
    assert "Trieste" in asked["parts"][0]["content"]
    assert "Trieste" in said["parts"][0]["content"]
    assert KEY not in kept.everything()


@pytest.mark.parametrize(
    ("reply", "status", "kind"),
    [
        (failure(401), "401", "ModelRejectedError"),
        (completion("never any JSON"), None, "OutputSchemaError"),
        (Reply(body=b"<html>"), "BrokenReplyError", "ModelRejectedError"),
    ],
)
def test_what_fails_is_told_by_its_kind(kept, reply, status, kind):
    with serving(in_turn(reply)) as endpoint, pytest.raises(errors.SummarizerError) as caught:
        summarized(endpoint)
    assert type(caught.value).__name__ == kind
    assert {r.attributes.get("error.type") for r in kept.named("chat ")} == {status}
    for span in (*kept.named("question ")[:1], *kept.named("invoke_workflow ")):
        assert span.attributes["error.type"] == kind
        assert (span.status.status_code, span.status.description) == (trace.StatusCode.ERROR, None)
    (made,) = kept.points("summarizer.article.duration")
    assert made.attributes["error.type"] == kind


def test_a_request_that_is_sent_again_is_two_spans_of_one_question(kept):
    with serving(in_turn(failure(503), completion("{}"))) as endpoint, pytest.raises(errors.OutputSchemaError):
        summarized(endpoint)
    first, second = sorted(kept.named("chat "), key=lambda span: span.start_time)[:2]
    assert first.parent.span_id == second.parent.span_id
    assert [span.attributes.get("error.type") for span in (first, second)] == ["503", None]


def test_the_spans_hang_below_the_hosts_own(kept):
    with serving(extractive) as endpoint, trace.get_tracer("host").start_as_current_span("GET /digest") as above:
        summarized(endpoint)
    (article,) = kept.named("invoke_workflow")
    assert article.parent.span_id == above.get_span_context().span_id


def test_a_host_that_sets_no_provider_is_not_filled_with_meters(monkeypatch):
    unset = _internal._ProxyMeterProvider()
    monkeypatch.setattr(_internal, "_PROXY_METER_PROVIDER", unset)
    with serving(extractive) as endpoint:
        digest = summarized(endpoint, ["it"])
    assert digest.provenance.requests > 1
    assert len(unset._meters) <= 3


def test_a_host_without_opentelemetry_loads_none_of_it():
    code = """
        import sys
        from summarizer import Settings, Summarizer
        from summarizer.article import from_text
        with Summarizer(Settings(base_url=sys.argv[1], review="none")) as summarizer:
            digest = summarizer.summarize_sync(from_text("The port of Trieste handled 62 million tonnes in 2023."))
        assert digest.provenance.requests
        print([name for name in sys.modules if name.startswith("opentelemetry")])
    """
    with serving(extractive) as endpoint:
        command = [sys.executable, "-c", textwrap.dedent(code), endpoint.base_url]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_answer_that_comes_with_a_batch_is_no_error(kept):
    endpoint = Endpoint("http://127.0.0.1:9/v1", "test-model", None)
    article, question = telemetry.article("0" * 64, "en", []), telemetry.question(endpoint, "digest", "v1")
    with pytest.raises(errors.AwaitedError), article, question:
        raise errors.AwaitedError("the answer comes with a batch")
    assert [span.status.status_code for span in kept.spans.get_finished_spans()] == [StatusCode.UNSET] * 2
    assert "error.type" not in kept.everything()
    assert kept.reader.get_metrics_data() is None
