"""Endpoints beside those of `providers`: how each was seen to refuse, to answer and to fail, and what comes of it.

A case names the page that shows the behaviour. `ROOM` and the like are told by the number of requests that a client
needs beside those of a digest: each thing is learned once.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from summarizer import Settings, Summarizer, errors
from summarizer.article import from_text
from summarizer.digest import Digest, assemble
from tests.providers.protocol import document, functions, limit, message, nodes, prompt_tokens, response_format
from tests.support.endpoint import Reply, Request, Script, completion, failure, in_turn, serving
from tests.support.model import said

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
#: About 5,500 tokens.
LONG = ARTICLE + "\n\n".join(
    f" In week {n} the port of Trieste handled {n * 1_307} containers, and {n * 11} trains left the northern terminal "
    f"for the markets of the upper valleys beyond the mountains. The warehouses behind the quay took in {n * 29} lorries, "
    f"{n * 17} vans and {n * 53} wagons from the coastal road, where the works on the new lane went on all the season."
    for n in range(11, 81)
)
#: Summary and quotes, and the translations.
QUESTIONS = 2

Refuses = Callable[[Request], Reply | None]


@dataclass(frozen=True)
class Refusing:
    """An endpoint that refuses something in the form of a question.

    Attributes:
        name: whose behaviour it is.
        refuses: its refusal, None where it takes the request.
        learned: requests beside these, one for each thing that is to be learned.
    """

    name: str
    refuses: Refuses
    learned: int = 1
    settings: dict[str, Any] = field(default_factory=dict)


def digest_of(endpoint, text: str = ARTICLE, **settings: Any) -> Digest:
    given = {"model": "test-model", "api_key": "sk-of-a-test-only", "concurrency": 1, "review": "none", **settings}
    with Summarizer(Settings(base_url=endpoint.base_url, **given)) as summarizer:
        return summarizer.summarize_sync(from_text(text), ["it", "zh"])


def assert_complete(digest: Digest) -> None:
    assemble.validate(digest)
    assert [f"{f.code}: {f.message}" for f in digest.findings if f.severity == "error"] == []
    assert [brief.target_language for brief in digest.briefs] == ["it", "zh"]
    assert all(line.target for brief in digest.briefs for line in (brief.headline, *brief.segments))
    assert digest.quotes
    assert all(set(quote.translations) == {"it", "zh"} for quote in digest.quotes)


def answering(request: Request) -> Reply:
    """Answer as asked: through the tool where there is one."""
    said_here = message(request, said(request))
    return completion(None, message=said_here, finish_reason="tool_calls" if functions(request) else "stop")


def unless(refuses: Refuses) -> Script:
    return lambda request: refuses(request) or answering(request)


def keyword(request: Request, name: str) -> bool:
    """Tell whether a keyword stands in the schema that the request asks for, wherever that is."""
    shapes = [response_format(request), *(function["parameters"] for function in functions(request))]
    return any(name in node for shape in shapes for node in nodes(shape))


def form(request: Request) -> str:
    return "tools" if functions(request) else response_format(request)["type"]


def thinking(request: Request) -> Reply | None:
    """Tell of thinking, so that a client sends ``reasoning_effort`` from now on."""
    reply = answering(request)
    told = json.loads(reply.body)
    told["usage"]["completion_tokens_details"] = {"reasoning_tokens": 7}
    return Reply(200, json.dumps(told).encode(), reply.headers)


# --- what endpoints refuse -----------------------------------------------------------------------------------------


def _xai(request):
    # https://github.com/BerriAI/litellm/pull/16265
    if "reasoning_effort" not in request.body:
        return thinking(request)
    told = "Model grok-4-latest does not support parameter reasoningEffort."
    return document(400, {"code": "Client specified an invalid argument", "error": told})


def _moonshot(request):
    # https://github.com/opencyvis/opencyvis-phone/issues/12
    if request.body.get("temperature", 1) == 1:
        return None
    return failure(400, "invalid temperature: only 1 is allowed for this model", type="invalid_request_error")


def _cerebras(request):
    # https://github.com/musistudio/claude-code-router/issues/708
    if not keyword(request, "minItems"):
        return None
    told = {"message": "Unsupported JSON schema fields: {'minItems', 'items'}", "type": "invalid_request_error"}
    return document(400, {**told, "param": "response_format", "code": "wrong_api_format"})


def _cerebras_text(request):
    # https://github.com/Cerebras/cerebras-cloud-sdk-python/issues/4
    if form(request) != "json_schema":
        return None
    told = {"message": "type: Input should be 'text'", "type": "invalid_request_error"}
    return document(400, {**told, "param": "validation_error", "code": "wrong_api_format"})


def _perplexity(request):
    # https://github.com/567-labs/instructor/issues/1005; here it takes no schema either, and no tools
    if form(request) == "text":
        return None
    told = "[\"At body -> response_format -> ResponseFormatText -> type: Input should be 'text'\"]"
    wrong = "tools are not supported" if functions(request) else told
    return document(400, {"error": {"message": wrong, "type": "bad_request", "code": 400}})


def _cohere(request):
    # https://github.com/koharu-rs/koharu/issues/1128
    if form(request) != "json_schema":
        return None
    told = "response_format validation: invalid 'json_schema' provided: missing required field 'type'"
    return document(400, {"message": f"invalid request: {told}"})


def _together(request):
    # https://github.com/mozilla-ai/any-llm/issues/714: what is wrong is not said
    if form(request) != "json_schema":
        return None
    return document(400, {"message": "Input validation error", "type_": "invalid_request_error"})


def _fireworks(request):
    # https://github.com/web-infra-dev/midscene/issues/1322, the wording; a field that a client may leave out
    if "reasoning_effort" not in request.body:
        return thinking(request)
    told = "Extra inputs are not permitted, field: 'reasoning_effort', value: 'low'"
    return failure(400, told, type="invalid_request_error")


def _vllm_old(request):
    # https://github.com/1Panel-dev/MaxKB/issues/2912: a list in a string, with what was sent in it
    if "temperature" not in request.body:
        return None
    wrong = [{"type": "extra_forbidden", "loc": ("body", "temperature"), "msg": "Extra inputs are not permitted"}]
    told = str([{**wrong[0], "input": request.body["messages"]}])
    return document(400, {"object": "error", "message": told, "type": "BadRequestError", "param": None, "code": 400})


def _llamacpp_old(request):
    # https://github.com/ggml-org/llama.cpp/issues/9522: a 500, and tools are ignored in silence
    if form(request) == "tools":
        return completion("The article reports on a port.")
    if form(request) != "json_schema":
        return None
    told = 'response_format type must be one of "text" or "json_object", but got: json_schema'
    return document(500, {"error": {"code": 500, "message": told, "type": "server_error"}})


def _deepinfra(request):
    # https://github.com/truefoundry/models/pull/913: a 405 that names the form, told twice
    if form(request) == "text":
        return None
    told = f"deepinfra error: {form(request)} response format is not supported for model: stepfun-ai/Step-3.5-Flash"
    wrong = "deepinfra error: tools are not supported" if functions(request) else told
    inner = {"message": wrong, "type": "APIError", "code": "405"}
    return document(405, {"status": "failure", "message": wrong, "error": inner, "provider": "deepinfra"})


def _modelscope(request):
    # https://github.com/modelscope/modelscope/issues/1801: a 200 without an answer, for a form that it does not know
    if form(request) not in ("json_schema", "tools"):
        return None
    return document(200, {"id": "", "object": "", "created": 0, "model": "", "choices": None, "usage": {}})


def _bedrock(request):
    # https://github.com/aws-samples/bedrock-access-gateway/issues/191: ``top_p`` is the gateway's own
    if "temperature" not in request.body:
        return None
    told = (
        "The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model."
    )
    return document(
        400, {"detail": f"An error occurred (ValidationException) when calling the Converse operation: {told}"}
    )


REFUSING = [
    Refusing("xai", _xai),
    Refusing("moonshot", _moonshot),
    Refusing("cerebras", _cerebras),
    Refusing("cerebras-text", _cerebras_text),
    # neither a schema nor a tool nor JSON mode: three refusals
    Refusing("perplexity", _perplexity, 3),
    Refusing("cohere", _cohere),
    # a vague refusal says nothing of what to give up: the next form, then the one after it
    Refusing("together", _together, 2),
    Refusing("fireworks", _fireworks),
    Refusing("vllm-old", _vllm_old),
    # the schema is refused, the tool ignored: the question is asked anew with the schema in the message
    Refusing("llamacpp-old", _llamacpp_old, 2),
    Refusing("deepinfra", _deepinfra, 3),
    # it may be a whim: the same question once more, then another form
    Refusing("modelscope", _modelscope, 2),
    Refusing("bedrock", _bedrock),
]


@pytest.mark.parametrize("case", REFUSING, ids=lambda case: case.name)
def test_what_is_refused_is_given_up_once_and_a_digest_comes_out(case):
    with serving(unless(case.refuses)) as endpoint:
        digest = digest_of(endpoint, **case.settings)
    assert_complete(digest)
    assert len(endpoint.requests) == QUESTIONS + case.learned


# --- windows -------------------------------------------------------------------------------------------------------


def _github(_, window):
    # https://github.com/eslint/tsc-meetings/pull/593
    told = f"Request body too large for gpt-4o model. Max size: {window} tokens."
    return document(413, {"error": {"code": "tokens_limit_reached", "message": told, "details": told}})


def _tgi(request, window):
    # https://github.com/barun-saha/slide-deck-ai/issues/44
    told = (
        f"Input validation error: `inputs` tokens + `max_new_tokens` must be <= {window}. "
        f"Given: {prompt_tokens(request)} `inputs` tokens and {limit(request)} `max_new_tokens`"
    )
    return document(422, {"error": told, "error_type": "validation"})


def _tgi_inputs(request, window):
    # https://github.com/huggingface/text-generation-inference/issues/937, and in a 200 as in its issue 2749
    told = f"Input validation error: `inputs` must have less than {window} tokens. Given: {prompt_tokens(request)}"
    return document(200, {"error": told, "error_type": "validation"})


def _tabby(request, window):
    # https://github.com/SillyTavern/SillyTavern/issues/3543
    told = f"Request length {prompt_tokens(request)} + {limit(request)} is greater than max_seq_len {window}"
    return document(400, {"detail": told})


def _sambanova(request, window):
    # https://github.com/cline/cline/issues/294
    sent = prompt_tokens(request)
    told = (
        f"Requested generation length 1 is not possible! The provided prompt is {sent} tokens long, so generating 1 "
        f"tokens requires a sequence length of {sent + 1}, but the maximum supported sequence length is just {window}!"
    )
    return document(400, {"error": {"message": told, "type": "invalid_request_error"}})


def _textgen(request, window):
    # https://github.com/oobabooga/textgen/issues/3910
    sent = prompt_tokens(request)
    return failure(
        400,
        f"This model maximum context length is {window} tokens. However, your messages resulted in over {sent} tokens.",
    )


def _per_minute(request, window):
    # https://github.com/fork-dev/TrackerWin/issues/2595: no waiting makes a question smaller
    told = (
        f"Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit {window}, Requested "
        f"{prompt_tokens(request)}. The input or output tokens must be reduced in order to run successfully."
    )
    return failure(429, told, type="tokens", code="rate_limit_exceeded")


WINDOWS = [_github, _tgi, _tgi_inputs, _tabby, _sambanova, _textgen, _per_minute]


@pytest.mark.parametrize("refusal", WINDOWS, ids=lambda refusal: refusal.__name__)
def test_a_window_is_learned_from_the_refusal_that_names_it(refusal):
    counted = refusal in (_tgi, _tabby)

    def refuses(request):
        used = prompt_tokens(request) + (limit(request) or 0) * counted
        return refusal(request, 4_096) if used > 4_096 else None

    with serving(unless(refuses)) as endpoint:
        digest = digest_of(endpoint, LONG, max_key_points=1)
    assert_complete(digest)
    refused = [r for r in endpoint.requests if refuses(r) is not None]
    assert len(refused) == 1


# --- unusual answers -----------------------------------------------------------------------------------------------


def body_of(request: Request, **over: Any) -> dict[str, Any]:
    return json.loads(completion(said(request), **over).body)


def chunks(request: Request) -> list[dict[str, Any]]:
    """Return an answer as the events of a stream, with the last one's usage."""
    text = said(request)
    parts = [{"role": "assistant", "content": ""}, *({"content": text[i : i + 40]} for i in range(0, len(text), 40))]
    made = [{"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": part}]} for part in parts]
    end = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    counted = {
        "object": "chat.completion.chunk",
        "choices": [],
        "usage": {"prompt_tokens": 900, "completion_tokens": 90},
    }
    return [*made, end, counted]


def raw(body: str, kind: str = "application/json") -> Reply:
    return Reply(200, body.encode(), {"Content-Type": kind})


def _stream(request):
    # https://github.com/unslothai/unsloth/issues/6570 and https://github.com/BerriAI/litellm/issues/25766
    events = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks(request))
    return raw(f": keep-alive\n\n{events}data: [DONE]\n\n", "text/event-stream")


def _stream_as_json(request):
    # https://github.com/NEKOparapa/AiNiee/pull/920: the header says JSON; without a space after the colon, and CRLF
    events = "".join(f"data:{json.dumps(chunk)}\r\n\r\n" for chunk in chunks(request))
    return raw(f"{events}data:[DONE]\r\n\r\n", "text/json")


def _whole_and_done(request):
    # https://github.com/decolua/9router/issues/3492
    return raw(json.dumps(body_of(request)) + "data: [DONE]\n\n", "text/event-stream")


def _lines(request):
    # https://github.com/langgenius/dify/issues/4120: one object a line
    return raw("\n".join(json.dumps(chunk) for chunk in chunks(request)), "application/x-ndjson")


def _tool_stream(request):
    # the same stream with a tool's call in pieces: https://platform.openai.com/docs/api-reference/chat-streaming
    text = said(request)
    call = {"index": 0, "id": "c", "type": "function", "function": {"name": "SummaryDraft", "arguments": ""}}
    deltas = [{"role": "assistant", "content": None, "tool_calls": [call]}]
    deltas += [
        {"tool_calls": [{"index": 0, "function": {"arguments": text[i : i + 9]}}]} for i in range(0, len(text), 9)
    ]
    made = [json.dumps({"choices": [{"index": 0, "delta": delta}]}) for delta in deltas]
    end = json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
    return raw("".join(f"data: {line}\n\n" for line in [*made, end]), "text/event-stream")


def _blank_lines(request):
    # https://github.com/inferencerlabs/inferencer-feedback/issues/158
    return raw("\n\n\n \n" + json.dumps(body_of(request)))


def _arguments_object(request):
    # https://github.com/ggml-org/llama.cpp/issues/20198
    call = {"type": "function", "function": {"name": "SummaryDraft", "arguments": json.loads(said(request))}}
    return completion(None, message={"tool_calls": [call]}, finish_reason="tool_calls")


def _no_call_id(request):
    # https://github.com/NVIDIA/nim-deploy/issues/182
    call = {"id": None, "type": "function", "function": {"name": "SummaryDraft", "arguments": said(request)}}
    return completion(None, message={"tool_calls": [call]}, finish_reason="tool_calls")


def _content_object(request):
    # https://developers.cloudflare.com/workers-ai/json-mode: the answer is the object itself, not its text
    return completion(None, message={"content": json.loads(said(request))})


def _no_opening(request):
    # https://github.com/perplexityai/api-discussion/issues/177
    return completion(f'First I thought {{"headline": "no"}}, but ...\n</think>\n\n{said(request)}')


def _thinking_in_full(request):
    # https://github.com/dgtlmoon/changedetection.io/pull/4349
    return completion(f"<thinking>Let me see ...</thinking>{said(request)}")


def _reasoning_pro(request):
    # https://github.com/sgaunet/perplexity-go/issues/89
    return completion(f"<think>\nLet me analyze the task.\n</think>\n\n{said(request)}")


def _odd_envelope(request):
    # created as a string, no model, no usage, the only choice called 1, no finish_reason:
    # https://github.com/vllm-project/vllm/issues/27572 and https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/1602
    told = body_of(request, model=None, usage=None, created="2026-01-01", finish_reason=None)
    told["choices"][0]["index"] = 1
    return raw(json.dumps(told))


def _fenced_with_mark(request):
    # a byte-order mark and a code fence at once: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
    return raw("\ufeff" + json.dumps(json.loads(completion(f"```json\n{said(request)}\n```").body)))


def _doubled(request):
    # https://github.com/ollama/ollama/issues/4446 and its like: the object, and then whatever follows
    return completion(f"{said(request)}\n{said(request)}\n\n\n")


UNUSUAL = [
    _stream,
    _stream_as_json,
    _whole_and_done,
    _lines,
    _tool_stream,
    _blank_lines,
    _arguments_object,
    _no_call_id,
    _content_object,
    _no_opening,
    _thinking_in_full,
    _reasoning_pro,
    _odd_envelope,
    _fenced_with_mark,
    _doubled,
]


@pytest.mark.parametrize("answer", UNUSUAL, ids=lambda answer: answer.__name__)
def test_an_answer_in_an_unusual_form_costs_no_second_request(answer):
    with serving(answer) as endpoint:
        digest = digest_of(endpoint)
    assert_complete(digest)
    assert len(endpoint.requests) == QUESTIONS


def test_what_a_stream_cost_is_counted():
    with serving(_stream) as endpoint:
        digest = digest_of(endpoint)
    assert digest.provenance.input_tokens == 900 * QUESTIONS


def test_a_key_that_a_stream_echoes_in_pieces_is_taken_out():
    key = "sk-of-a-test-only-9876543210"

    def script(request):
        echoed = said(request).replace("The port", f"{key} The port")
        pieces = [
            {"choices": [{"index": 0, "delta": {"content": echoed[i : i + 5]}}]} for i in range(0, len(echoed), 5)
        ]
        return raw("".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces) + "data: [DONE]\n\n")

    with serving(script) as endpoint:
        digest = digest_of(endpoint, api_key=key)
    assert key not in digest.model_dump_json()


# --- unusual answers that are none ---------------------------------------------------------------------------------


def _open_think(request):
    # https://github.com/dgtlmoon/changedetection.io/pull/4349: the guess in an unfinished thought is no answer
    return completion(f"<think>\nPerhaps {said(request)}? But then the second sentence")


def _aborted(request):
    # https://github.com/vllm-project/vllm/issues/57082
    return completion(said(request)[:40], finish_reason="abort")


def _network(_):
    # https://docs.z.ai/api-reference/llm/chat-completion: finish_reason "network_error"
    return completion("", finish_reason="network_error")


def _cut_stream(request):
    # a stream that ends in the middle: neither a finish_reason nor [DONE]
    events = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks(request)[:3])
    return raw(events, "text/event-stream")


def _stream_error(request):
    # https://openrouter.ai/docs/api/reference/errors-and-debugging: an error in the middle of a stream
    events = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks(request)[:3])
    error = {
        "error": {"code": 502, "message": "Provider disconnected"},
        "choices": [{"delta": {}, "finish_reason": "error"}],
    }
    return raw(f"{events}data: {json.dumps(error)}\n\n", "text/event-stream")


def _bad_gateway(_):
    return Reply(
        502,
        b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
        {"Content-Type": "text/html"},
    )


def _timeout_524(_):
    # https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-524/
    return Reply(524, b"error code: 524", {"Content-Type": "text/plain"})


def _overloaded_529(_):
    # https://docs.anthropic.com/en/api/errors
    return document(529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})


def _closed_499(_):
    # nginx's status for a client that went away, told by gateways whose own client did
    return Reply(499, b"client closed request", {"Content-Type": "text/plain"})


def _busy_koboldcpp(_):
    # https://github.com/TavernAI/TavernAI-v1/issues/137
    return document(
        503, {"detail": {"msg": "Server is busy; please try again later.", "type": "service_unavailable"}}
    )


def _generation_424(_):
    # https://huggingface.github.io/text-generation-inference: 424 Generation Error
    return document(424, {"error": "Request failed during generation", "error_type": "generation"})


PASSING = [
    _open_think,
    _aborted,
    _network,
    _cut_stream,
    _stream_error,
    _bad_gateway,
    _timeout_524,
    _overloaded_529,
    _closed_499,
    _busy_koboldcpp,
    _generation_424,
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.__name__)
def test_what_may_pass_is_asked_for_once_more(fault):
    left = [fault]

    def script(request):
        return left.pop()(request) if left else answering(request)

    with serving(script) as endpoint:
        digest = digest_of(endpoint)
    assert_complete(digest)
    assert len(endpoint.requests) == QUESTIONS + 1


# --- what no retry can mend ----------------------------------------------------------------------------------------

_BALANCE = {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}, "choices": None}
_CLOUDFLARE = {
    "result": None,
    "success": False,
    "errors": [{"code": 10000, "message": "Authentication error"}],
    "messages": [],
}

#: The reply, the error, and what its message says.
LASTING = [
    # https://platform.minimax.io/docs/api-reference/errorcode
    pytest.param(
        document(200, _BALANCE), errors.ModelRejectedError, "insufficient balance.*billing", id="minimax-200"
    ),
    # https://github.com/modelscope/modelscope/issues/1691
    pytest.param(
        document(
            429,
            {
                "error": {
                    "http_code": "429",
                    "message": "insufficient balance (1008)",
                    "type": "insufficient_balance_error",
                }
            },
        ),
        errors.ModelRejectedError,
        "insufficient balance.*billing",
        id="minimax-429",
    ),
    # https://github.com/MiniMax-AI/MiniMax-M2/issues/62
    pytest.param(
        document(500, {"type": "error", "error": {"type": "api_error", "message": "insufficient balance (1008)"}}),
        errors.ModelRejectedError,
        "insufficient balance.*billing",
        id="minimax-500",
    ),
    # https://docs.z.ai/api-reference/api-code: 429, account balance exhausted
    pytest.param(
        failure(429, "余额不足或无可用资源包,请充值。", code="1113"),
        errors.ModelRejectedError,
        "余额不足.*billing",
        id="zhipu-1113",
    ),
    # https://github.com/earendil-works/pi/issues/8991
    pytest.param(
        document(400, {"error": {"code": "1261", "message": "Prompt exceeds max length"}}),
        errors.ModelRejectedError,
        "--context-tokens",
        id="zhipu-1261",
    ),
    # https://github.com/anomalyco/opencode/issues/32051
    pytest.param(
        document(401, _CLOUDFLARE), errors.ModelRejectedError, "Authentication error.*OPENAI_API_KEY", id="cloudflare"
    ),
    # https://github.com/anomalyco/opencode/issues/23773
    pytest.param(
        document(
            404,
            {
                "success": False,
                "errors": [{"code": 7003, "message": "Could not route to /client/v4"}],
                "messages": [],
            },
        ),
        errors.ModelRejectedError,
        "Could not route.*--base-url",
        id="cloudflare-route",
    ),
    # https://developers.cloudflare.com/ai-gateway: its own refusal is a list
    pytest.param(
        document(
            401,
            {"success": False, "result": [], "messages": [], "error": [{"code": 2009, "message": "Unauthorized"}]},
        ),
        errors.ModelRejectedError,
        "Unauthorized.*OPENAI_API_KEY",
        id="cloudflare-gateway",
    ),
    # https://github.com/ray-project/ray/issues/64833
    pytest.param(
        document(
            404, {"detail": 'Got request for model "test-model". Could not find base model with ID "test-model".'}
        ),
        errors.ModelRejectedError,
        "Could not find base model.*--model",
        id="ray-serve",
    ),
    # https://github.com/can1357/oh-my-pi/issues/2299
    pytest.param(
        Reply(410, b"Gone", {"Content-Type": "text/plain"}), errors.ModelRejectedError, "410.*--model", id="nim-gone"
    ),
    # https://docs.z.ai/api-reference/llm/chat-completion: finish_reason "sensitive"
    pytest.param(completion("", finish_reason="sensitive"), errors.ModelRefusedError, "filter", id="zhipu-sensitive"),
    # https://docs.cloud.google.com/python/docs/reference/aiplatform/1.54.1/vertexai.preview.generative_models.FinishReason
    pytest.param(
        completion("", finish_reason="BLOCKLIST"), errors.ModelRefusedError, "filter", id="vertex-blocklist"
    ),
    # https://docs.anthropic.com/en/api/handling-stop-reasons: "refusal", passed on by gateways as it is
    pytest.param(completion("", finish_reason="refusal"), errors.ModelRefusedError, "refus", id="anthropic-refusal"),
    # https://github.com/anomalyco/opencode/pull/18918
    pytest.param(
        completion("{", finish_reason="model_context_window_exceeded"),
        errors.ModelRejectedError,
        "context window.*--context-tokens",
        id="zhipu-window",
    ),
]


@pytest.mark.parametrize(("reply", "kind", "says"), LASTING)
def test_what_no_retry_can_mend_is_told_at_once(reply, kind, says):
    with serving(in_turn(reply)) as endpoint, pytest.raises(errors.SummarizerError) as raised:
        digest_of(endpoint)
    assert type(raised.value) is kind
    assert re.search(says, str(raised.value))
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("fault", [_bad_gateway, _timeout_524], ids=lambda fault: fault.__name__)
def test_a_page_in_place_of_an_error_is_told_by_its_title(fault):
    with serving(fault) as endpoint, pytest.raises(errors.ModelUnavailableError) as raised:
        digest_of(endpoint)
    assert "<" not in str(raised.value)
    assert re.search(r"502 Bad Gateway|524", str(raised.value))
