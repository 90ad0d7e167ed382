import gzip
import inspect
import json
import logging
import time

import httpx2
import openai
import pytest
from pydantic import SecretStr

from summarizer import errors
from summarizer.ask.drafts import translation
from summarizer.llm import Dialect, Limits
from summarizer.llm import Endpoint as Where
from summarizer.llm.client import Client, Session
from summarizer.llm.dialect import Complaint
from summarizer.llm.failures import translate
from summarizer.llm.prompt import Message, Prompt
from tests.providers.protocol import subschemas
from tests.support.endpoint import Endpoint, Reply, completion, failure, in_turn, serving

KEY = "sk-very-secret-key-0123456789"
PROMPT = Prompt("translation", "v1#00000000", (Message("system", "Rules."), Message("user", "{{ 7*7 }} {% raw ")))
SOON = {"retry-after-ms": "250"}
GOOD = json.dumps({"it": {"1": "ciao"}})
WANTED = translation(["it"], 1)


async def ask(endpoint: Endpoint, limits: Limits | None = None, **where: object) -> tuple[object, Session]:
    client = Client(Where(endpoint.base_url, "test-model", SecretStr(KEY), **where), limits or Limits())
    session = client.session()
    try:
        return (await session.ask(PROMPT, WANTED, 200)).value, session
    finally:
        await client.aclose()


async def failing(endpoint: Endpoint, limits: Limits | None = None) -> errors.SummarizerError:
    with pytest.raises(errors.SummarizerError) as caught:
        await ask(endpoint, limits)
    return caught.value


async def test_a_good_answer_is_one_strict_request():
    with serving(in_turn(completion(GOOD))) as endpoint:
        value, session = await ask(endpoint)
    assert {number: line.text for number, line in value.lines("it").items()} == {1: "ciao"}
    (request,) = endpoint.requests
    assert request.path == "/v1/chat/completions"
    assert request.body["response_format"]["json_schema"]["strict"] is True
    assert request.body["max_tokens"] == 200
    assert request.schema["additionalProperties"] is False
    assert "maxLength" not in json.dumps(request.schema)
    (call,) = session.calls
    assert (call.requests, call.input_tokens, call.output_tokens, call.error) == (1, 300, 10, None)


async def test_templates_in_an_article_are_sent_as_they_are():
    with serving(in_turn(completion(GOOD))) as endpoint:
        await ask(endpoint)
    assert endpoint.requests[0].prompt == "{{ 7*7 }} {% raw "


async def test_bounded_strings_are_sent_where_the_endpoint_takes_them():
    with serving(in_turn(completion(GOOD))) as endpoint:
        await ask(endpoint, bounded_strings=True)
    assert "maxLength" in json.dumps(endpoint.requests[0].schema)


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{GOOD}\n```",
        f"Sure! Here it is:\n\n{GOOD}\n\nAnything else?",
        f'<think>Maybe {{"it": {{}}}} ...</think>\n{GOOD}',
    ],
)
async def test_an_answer_in_a_wrapping_costs_no_second_request(content):
    with serving(in_turn(completion(content))) as endpoint:
        value, _ = await ask(endpoint)
    assert value.lines("it")[1].text == "ciao"
    assert len(endpoint.requests) == 1


async def test_bad_json_is_asked_for_again_and_counted_once():
    with serving(in_turn(completion("{not json"), completion(GOOD))) as endpoint:
        _, session = await ask(endpoint)
    assert len(endpoint.requests) == 2
    assert (session.calls[0].requests, session.calls[0].input_tokens) == (2, 600)


@pytest.mark.parametrize(
    "content",
    [
        "never any JSON",
        '{"it": []}',
        '{"it": {"1": "a", "1": "b"}}',
        '{"it": {"1": ["a"]}}',
        '{"it": {"1": "\\ud83d"}}',
        '{"it": {"1": "a"}, "more": 1}',
        '{"zh": {"1": "a"}}',
        "",
    ],
)
async def test_an_answer_that_never_fits_is_an_error_after_two_reasks(content):
    with serving(in_turn(completion(content))) as endpoint:
        error = await failing(endpoint)
    assert type(error) is errors.OutputSchemaError
    assert len(endpoint.requests) == 3


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (failure(401, f"Incorrect API key provided: {KEY}"), errors.ModelRejectedError, "OPENAI_API_KEY"),
        (failure(403), errors.ModelRejectedError, "403"),
        (failure(404, code="model_not_found"), errors.ModelRejectedError, "--model"),
        (failure(400, code="context_length_exceeded"), errors.ModelRejectedError, "--context-tokens"),
        (failure(400, code="content_filter"), errors.ModelRefusedError, "content filter"),
        (failure(429, "You exceeded your quota", code="insufficient_quota"), errors.ModelRejectedError, "billing"),
        (Reply(307, headers={"Location": "http://127.0.0.2:9/v1"}), errors.ModelRejectedError, "redirects"),
        (completion(None, message={"refusal": "I will not."}), errors.ModelRefusedError, "I will not"),
        (completion("I'm sorry, but I can't help with that."), errors.ModelRefusedError, "sorry"),
        (completion("{", finish_reason="content_filter"), errors.ModelRefusedError, "content filter"),
        (completion('{"it": {', finish_reason="length"), errors.ModelTruncatedError, "token limit"),
        (Reply(body=b"x" * 3000), errors.ModelRejectedError, "larger than"),
        (
            Reply(body=gzip.compress(b" " * 9_000), headers={"Content-Encoding": "gzip"}),
            errors.ModelRejectedError,
            "larger",
        ),
    ],
)
async def test_what_no_retry_can_mend_is_an_error_of_its_own_at_once(reply, kind, says):
    with serving(in_turn(reply)) as endpoint:
        error = await failing(endpoint, Limits(max_body_bytes=2_500))
    assert type(error) is kind
    assert says in str(error)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(body=b"<html>hello</html>"), "base URL"),
        (Reply(), "0 bytes"),
        (Reply(body=completion(GOOD).body[:60]), "60 bytes"),
        (Reply(body=b'{"object": "chat.completion"}'), "without any choices"),
    ],
)
async def test_a_broken_reply_is_asked_for_once_more(reply, says):
    with serving(in_turn(reply, completion(GOOD))) as endpoint:
        value, _ = await ask(endpoint)
    assert value.lines("it")[1].text == "ciao"
    with serving(in_turn(reply)) as endpoint:
        error = await failing(endpoint)
    assert type(error) is errors.ModelRejectedError
    assert says in str(error)
    assert len(endpoint.requests) == 2


def error_in_200(**error: object) -> Reply:
    return Reply(body=json.dumps({"id": "gen-1", "error": error}).encode())


async def test_an_error_inside_a_200_that_can_pass_is_retried():
    busy = error_in_200(code=502, message="Provider returned error", metadata={"raw": "overloaded"})
    with serving(in_turn(busy, completion(GOOD))) as endpoint:
        value, _ = await ask(endpoint)
    assert value.lines("it")[1].text == "ciao"
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize(
    ("reply", "kind", "says", "requests"),
    [
        (Reply(body=b'{"choices": [], "error": "overloaded"}'), errors.ModelUnavailableError, "overloaded", 2),
        (error_in_200(code=402, message="Insufficient credits"), errors.ModelRejectedError, "no credit", 1),
        (error_in_200(code="invalid_api_key", message="No auth"), errors.ModelRejectedError, "OPENAI_API_KEY", 1),
        (
            completion("", finish_reason="error", error={"code": 403, "message": "flagged"}),
            errors.ModelRejectedError,
            "flagged",
            1,
        ),
    ],
)
async def test_an_error_inside_a_200_is_told_by_its_code(reply, kind, says, requests):
    with serving(in_turn(reply)) as endpoint:
        error = await failing(endpoint, Limits(attempts=2))
    assert type(error) is kind
    assert says in str(error)
    assert len(endpoint.requests) == requests


async def test_an_error_beside_an_empty_error_field_is_heard():
    def script(request):
        refused = {"error": None, "message": "temperature is not supported with this model"}
        return Reply(400, json.dumps(refused).encode()) if "temperature" in request.body else completion(GOOD)

    with serving(script) as endpoint:
        value, _ = await ask(endpoint)
    assert value.lines("it")[1].text == "ciao"
    assert len(endpoint.requests) == 2


async def test_no_key_in_an_error_or_its_chain_or_a_log(caplog):
    caplog.set_level(logging.INFO)
    with serving(in_turn(failure(401, f"bad key {KEY}"))) as endpoint:
        error = await failing(endpoint)
    assert KEY not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__
    assert KEY not in caplog.text


async def test_five_hundred_twice_then_fine():
    with serving(in_turn(failure(500, headers=SOON), failure(502, headers=SOON), completion(GOOD))) as endpoint:
        _, session = await ask(endpoint)
    assert len(endpoint.requests) == 3
    assert session.calls[0].requests == 3


async def test_five_hundred_for_ever_ends_after_the_attempts():
    with serving(in_turn(failure(503, headers=SOON))) as endpoint:
        error = await failing(endpoint, Limits(attempts=3))
    assert type(error) is errors.ModelUnavailableError
    assert len(endpoint.requests) == 3


async def test_retry_after_is_honoured_and_a_429_is_no_attempt():
    seconds = failure(429, headers={"Retry-After": "1"})
    milliseconds = failure(429, headers={"retry-after-ms": "300", "Retry-After": "3600"})
    with serving(in_turn(seconds, milliseconds, completion(GOOD))) as endpoint:
        await ask(endpoint, Limits(attempts=1))
    first, second, third = (r.at for r in endpoint.requests)
    assert second - first >= 1
    assert third - second >= 0.3


async def test_a_wait_longer_than_the_patience_is_an_error_at_once():
    with serving(in_turn(failure(429, headers={"Retry-After": "3600"}))) as endpoint:
        error = await failing(endpoint)
    assert type(error) is errors.ModelUnavailableError
    assert "rate-limited" in str(error)
    assert len(endpoint.requests) == 1


async def test_a_hang_ends_at_the_deadline_and_is_tried_twice():
    with serving(lambda _: Reply(hang_s=2)) as endpoint:
        error = await failing(endpoint, Limits(timeout_s=0.3))
    assert type(error) is errors.ModelUnavailableError
    assert "in time" in str(error)
    assert len(endpoint.requests) == 2


async def test_nobody_there():
    client = Client(Where("http://127.0.0.1:9/v1", "m", SecretStr(KEY)), Limits(attempts=2))
    with pytest.raises(errors.ModelUnavailableError, match="no connection"):
        await client.session().ask(PROMPT, WANTED, 100)


async def test_a_connection_that_breaks_off_is_not_called_one_that_never_was():
    short = Reply(body=completion(GOOD).body, headers={"Content-Length": "5000", "Connection": "close"})
    with serving(lambda _: short) as endpoint:
        error = await failing(endpoint, Limits(attempts=2, timeout_s=5))
    assert type(error) is errors.ModelUnavailableError
    assert "broke the connection off" in str(error)


async def test_an_answer_without_a_word_is_not_called_bad_json():
    with serving(in_turn(completion(None))) as endpoint:
        error = await failing(endpoint)
    assert "it wrote nothing" in str(error)


async def test_a_json_document_with_a_mark_and_a_wrong_type_is_read():
    body = b"\xef\xbb\xbf" + completion(GOOD).body
    with serving(in_turn(Reply(body=body, headers={"Content-Type": "text/plain"}))) as endpoint:
        value, _ = await ask(endpoint)
    assert value.lines("it")[1].text == "ciao"


async def test_the_dialect_is_learned_once_and_remembered():
    def script(request):
        body = request.body
        if "response_format" in body and body["response_format"]["type"] == "json_schema":
            return failure(400, "'response_format' of type 'json_schema' is not supported with this model.")
        if "max_tokens" in body:
            return failure(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        if "temperature" in body:
            return failure(400, "Unsupported value: 'temperature' does not support 0.")
        call = {"id": "1", "type": "function", "function": {"name": "TranslationDraft", "arguments": GOOD}}
        return completion(None, message={"tool_calls": [call]}, finish_reason="tool_calls")

    with serving(script) as endpoint:
        client = Client(Where(endpoint.base_url, "m", SecretStr(KEY)), Limits())
        session = client.session()
        first = await session.ask(PROMPT, WANTED, 200)
        second = await session.ask(PROMPT, WANTED, 200)
        await client.aclose()
    assert first.value == second.value
    assert [c.requests for c in session.calls] == [3, 1]  # a refused max_tokens says that no temperature is taken


async def test_the_last_rung_is_json_mode():
    def script(request):
        if request.body.get("tools"):
            return failure(400, "this server does not support tools")
        if request.body["response_format"]["type"] == "json_schema":
            return failure(400, "response_format.type must be json_object")
        return completion(GOOD)

    with serving(script) as endpoint:
        value, _ = await ask(endpoint)
    assert value.lines("it")[1].text == "ciao"
    assert len(endpoint.requests) == 3


def complaint(text: str, *sent: str, limit: int = 200) -> Complaint:
    return Complaint(400, text, frozenset({"max_tokens", "temperature", "response_format", "system", *sent}), limit)


def test_an_unrelated_complaint_changes_no_dialect():
    assert Dialect().after(complaint("the article is too long")) is None
    assert Dialect(form="text").after(complaint("response_format is not supported")) is None
    assert Dialect().after(complaint("max_tokens must be positive")) is not None


@pytest.mark.parametrize("usage", [None, {"prompt_tokens": -5, "completion_tokens": 10**18, "total_tokens": 3}])
async def test_unusable_token_counts_count_nothing(usage):
    with serving(in_turn(completion(GOOD, usage=usage))) as endpoint:
        _, session = await ask(endpoint)
    assert (session.calls[0].input_tokens, session.calls[0].output_tokens) == (0, 0)


async def test_cached_tokens_are_kept():
    usage = {"prompt_tokens": 90, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 70}}
    with serving(in_turn(completion(GOOD, usage=usage))) as endpoint:
        _, session = await ask(endpoint)
    assert session.calls[0].cached_tokens == 70


def sdk_errors() -> list[type[Exception]]:
    found = [c for c in list(vars(openai).values()) if inspect.isclass(c) and issubclass(c, openai.OpenAIError)]
    return sorted(set(found), key=lambda c: c.__name__)


@pytest.mark.parametrize("kind", sdk_errors(), ids=lambda c: c.__name__)
def test_every_error_class_of_the_sdk_becomes_one_of_ours(kind):
    request = httpx2.Request("POST", "http://127.0.0.1/v1")
    status = getattr(kind, "status_code", None)
    offered = {
        "message": "m",
        "request": request,
        "response": httpx2.Response(status if isinstance(status, int) else 418, request=request),
        "body": None,
        "completion": completion_object(),
        "unsent_messages": [],
    }
    parameters = inspect.signature(kind.__init__).parameters
    plain = "args" in parameters
    error = kind("m") if plain else kind(**{name: offered[name] for name in parameters if name in offered})
    ours = translate(error, Where("http://127.0.0.1/v1", "m", SecretStr(KEY)))
    assert isinstance(ours, errors.ModelError)
    assert type(ours) is not errors.ModelError


def completion_object():
    from openai.types.chat import ChatCompletion

    return ChatCompletion.model_validate(json.loads(completion(GOOD).body))


def test_drafts_have_no_optional_fields():
    for draft in (WANTED, translation(["it", "zh"], 2, defended=True)):
        for _, schema in subschemas(draft.model_json_schema()):
            assert set(schema.get("required", [])) == set(schema.get("properties", {}))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=json.dumps({"error": f"key {KEY} is bad"}).encode()),
        completion(None, message={"refusal": f"not for {KEY}"}),
        completion(f"I'm sorry, I cannot help {KEY}"),
        Reply(body=b"x", headers={"Content-Type": KEY}),
    ],
)
async def test_a_key_that_is_echoed_anywhere_is_taken_out(reply):
    with serving(in_turn(reply)) as endpoint:
        error = await failing(endpoint, Limits(attempts=1))
    assert KEY not in str(error)


async def test_a_key_in_the_models_name_does_not_reach_the_account():
    with serving(in_turn(completion(GOOD, model=f"m-{KEY}" + "x" * 500))) as endpoint:
        _, session = await ask(endpoint)
    assert KEY not in session.calls[0].model
    assert len(session.calls[0].model) <= 100


async def test_a_server_that_asks_for_no_wait_is_not_hammered():
    limited = failure(429, headers={"Retry-After": "0"})
    with serving(in_turn(limited)) as endpoint:
        error = await failing(endpoint, Limits(patience_s=1))
    assert type(error) is errors.ModelUnavailableError
    assert len(endpoint.requests) <= 3


async def test_a_slow_answer_uses_up_no_patience():
    def script(_):
        if len(endpoint.requests) == 1:
            time.sleep(0.6)
            return completion("{not json")
        return failure(429, headers={"Retry-After": "0.3"}) if len(endpoint.requests) == 2 else completion(GOOD)

    with serving(script) as endpoint:
        value, _ = await ask(endpoint, Limits(patience_s=0.5))
    assert value.lines("it")[1].text == "ciao"
