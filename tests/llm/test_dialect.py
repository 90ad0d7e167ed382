"""What a request says to one endpoint: learned from its refusals, and kept."""

import asyncio
import json
import threading

import pytest
from pydantic import SecretStr

from summarizer import errors
from summarizer.ask.drafts import translation
from summarizer.llm import Endpoint, Extras, Limits
from summarizer.llm.client import Client
from summarizer.llm.prompt import Message, Prompt
from tests.support.endpoint import Request, completion, failure, serving

KEY = "key-0123456789"
PROMPT = Prompt("translation", "v1#00000000", (Message("system", "Rules."), Message("user", "Task.")))
GOOD = json.dumps({"it": {"1": "ciao"}})
SOON = {"retry-after-ms": "250"}


async def asked(script, *, times: int = 1, **where) -> list[Request]:
    """Ask the same question some times, one after the other; return the requests."""
    with serving(script) as endpoint:
        client = Client(Endpoint(endpoint.base_url, "m", SecretStr(KEY), **where), Limits())
        session = client.session()
        try:
            for _ in range(times):
                await session.ask(PROMPT, translation(["it"], 1), 200)
        finally:
            await client.aclose()
    return endpoint.requests


def refusing(field: str, reply):
    """Refuse whatever has the field."""
    return lambda request: reply if field in request.body else completion(GOOD)


async def test_reasoning_effort_is_sent_where_it_is_set():
    (request,) = await asked(lambda _: completion(GOOD), reasoning_effort="high")
    assert request.body["reasoning_effort"] == "high"


async def test_reasoning_effort_is_low_only_after_the_model_was_seen_to_think():
    plain = await asked(lambda _: completion(GOOD), times=2)
    assert not any("reasoning_effort" in request.body for request in plain)
    thoughtful = await asked(lambda _: completion(GOOD, message={"reasoning_content": "hmm"}), times=3)
    assert [request.body.get("reasoning_effort") for request in thoughtful] == [None, "low", "low"]
    assert thoughtful[1].body["max_tokens"] > thoughtful[0].body["max_tokens"]


@pytest.mark.parametrize("effort", ["high", None])
async def test_reasoning_effort_is_given_up_where_it_is_refused(effort):
    refusal = failure(400, "Unrecognized request argument supplied: reasoning_effort")

    def script(request):
        if "reasoning_effort" in request.body:
            return refusal
        return completion(GOOD, message={"reasoning_content": "hmm"})

    requests = await asked(script, times=3, reasoning_effort=effort)
    efforts = [request.body.get("reasoning_effort") for request in requests]
    assert efforts == ["high", None, None, None] if effort else [None, "low", None, None]
    assert all("temperature" in request.body for request in requests)


async def test_a_refused_system_role_stands_at_the_head_of_the_question():
    def script(request):
        roles = [message["role"] for message in request.body["messages"]]
        return failure(400, "System role is not supported") if "system" in roles else completion(GOOD)

    first, second, third = await asked(script, times=2)
    assert [m["role"] for m in first.body["messages"]] == ["system", "user"]
    assert second.body["messages"] == third.body["messages"] == [{"role": "user", "content": "Rules.\n\nTask."}]


@pytest.mark.parametrize(
    "reply",
    [
        failure(400, "Unsupported value: 'temperature' does not support 0.0"),
        failure(
            422,
            detail=[{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "Extra inputs", "input": 0}],
        ),
        failure(
            422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "not permitted"}]}
        ),
        failure(500, "the engine takes no temperature"),
        failure(400, param="temperature", code="unsupported_value"),
    ],
    ids=["400", "422", "422 of Mistral", "500", "param alone"],
)
async def test_a_field_that_a_refusal_names_is_left_out_from_then_on(reply):
    requests = await asked(refusing("temperature", reply), times=2)
    assert ["temperature" in request.body for request in requests] == [True, False, False]


async def test_a_500_is_no_lesson_once_this_form_was_answered():
    replies = [completion(GOOD), failure(500, "temperature of the server too high", headers=SOON), completion(GOOD)]
    requests = await asked(lambda _: replies.pop(0), times=2)
    assert all("temperature" in request.body for request in requests)
    assert len(requests) == 3


async def test_what_the_user_adds_goes_along_and_is_never_given_up():
    extras = Extras.of({"temperature": 1, "api-version": "2024-10-21", "headers": {"X-Title": "Press"}})
    (request,) = await asked(lambda _: completion(GOOD), extras=extras)
    assert request.body["temperature"] == 1
    assert request.query == {"api-version": "2024-10-21"}
    assert (request.header("x-title"), request.header("api-key"), request.header("authorization")) == (
        "Press",
        KEY,
        "",
    )
    with pytest.raises(errors.ModelRejectedError, match="check 'temperature' in --request"):
        await asked(refusing("temperature", failure(400, "temperature is not supported")), extras=extras)


@pytest.mark.parametrize("many", [2, 7])
async def test_as_many_questions_are_under_way_as_concurrency_says(many):
    together, under_way, most = threading.Barrier(many), 0, 0
    lock, opened = threading.Lock(), threading.Event()

    def script(_):
        nonlocal under_way, most
        if not opened.is_set():
            return completion(GOOD)
        with lock:
            under_way += 1
            most = max(most, under_way)
        together.wait(20)  # nobody is answered before all of them have asked
        with lock:
            under_way -= 1
        return completion(GOOD)

    with serving(script) as endpoint:
        client = Client(Endpoint(endpoint.base_url, "m", None, concurrency=many), Limits())
        session = client.session()
        try:
            await session.ask(PROMPT, translation(["it"], 1), 200)  # the first question goes alone
            opened.set()
            await asyncio.gather(*(session.ask(PROMPT, translation(["it"], 1), 200) for _ in range(2 * many)))
        finally:
            await client.aclose()
    assert len(session.calls) == 2 * many + 1
    assert most == endpoint.connections == many
