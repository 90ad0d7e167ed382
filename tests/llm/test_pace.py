"""One pace for all articles of an endpoint, against a server on this machine."""

import asyncio
import logging
import threading
import time
from collections import deque
from types import SimpleNamespace

import httpx2
import pytest
from pydantic import BaseModel, SecretStr

from summarizer.errors import ModelRejectedError, ModelUnavailableError
from summarizer.llm import Endpoint, Learned, Limits
from summarizer.llm.client import Client
from summarizer.llm.pace import Pace
from summarizer.llm.prompt import Message, Prompt
from tests.support.endpoint import Reply, completion, failure, serving

KEY = "sk-very-secret-key-0123456789"
PROMPT = Prompt("summary", "v1#0", (Message("user", "Say a word, and nothing of the secret article."),))
GOOD = completion('{"word": "ciao"}')
QUICK = Limits(timeout_s=0.4, pause_s=0.05, long_pause_s=30)


class Word(BaseModel):
    word: str


def client_of(base_url, limits=None, *, known=True, concurrency=64):
    where = Endpoint(base_url, "m", SecretStr(KEY), concurrency=concurrency)
    return Client(where, limits or Limits(), learned=Learned(fitting={"json_schema"} if known else set()))


async def article(client, questions=1):
    """Ask one article's questions one after the other; return the last answer."""
    session = client.session()
    async with client.pace.article(session.number):
        for _ in range(questions):
            answer = await session.ask(PROMPT, Word, 100)
    return answer


async def articles(client, number, questions=1):
    try:
        return await asyncio.gather(*(article(client, questions) for _ in range(number)), return_exceptions=True)
    finally:
        await client.aclose()


def failed(answers):
    return [answer for answer in answers if isinstance(answer, BaseException)]


def limited(per_s):
    """Answer so many requests in any second, and refuse the others."""
    taken, lock = deque(), threading.Lock()

    def script(request):
        with lock:
            while taken and taken[0] <= request.at - 1:
                taken.popleft()
            if len(taken) < per_s:
                taken.append(request.at)
                return GOOD
            return failure(429, headers={"Retry-After": "0.3"})

    return script


async def test_a_limit_that_nobody_names_costs_few_requests():
    # finding it out costs the same for any number: of 100 articles a busy machine's share was once 32
    with serving(limited(20)) as endpoint:
        answers = await articles(client_of(endpoint.base_url), 200)
    assert failed(answers) == []
    assert len(endpoint.requests) <= 1.3 * 200


@pytest.mark.parametrize("status", [429, 503])
async def test_nobody_sends_before_a_pause_is_over_that_one_was_asked_for(status):
    refused_at = []

    def script(request):
        if len(endpoint.requests) == 5:
            refused_at.append(request.at)
            return failure(status, headers={"Retry-After": "0.6"})
        time.sleep(0.05)
        return GOOD

    with serving(script) as endpoint:
        answers = await articles(client_of(endpoint.base_url, concurrency=4), 20)
    assert failed(answers) == []
    # what was on its way when the server refused could not know
    early = [r.at for r in endpoint.requests if refused_at[0] + 0.05 < r.at < refused_at[0] + 0.6]
    assert early == []


async def test_a_pause_from_an_earlier_process_is_kept_to():
    with serving(lambda _: GOOD) as endpoint:
        client = client_of(endpoint.base_url)
        client.pace.not_before = until = time.time() + 0.5
        seconds, why = client.pace.waiting
        assert (0 < seconds <= 0.5, why) == (True, "the endpoint asks for a pause")
        await articles(client, 2)
        assert time.time() >= until
        assert client.pace.not_before == pytest.approx(until, abs=0.05)
    assert len(endpoint.requests) == 2


async def test_a_pause_longer_than_anybody_waits_is_told_to_all_and_one_request_made():
    with serving(lambda _: failure(429, headers={"Retry-After": "3600"})) as endpoint:
        client = client_of(endpoint.base_url, known=False)
        answers = await articles(client, 10)
    assert len(endpoint.requests) == 1
    assert {type(answer) for answer in answers} == {ModelUnavailableError}
    assert all("is rate-limited" in str(answer) for answer in answers)
    assert client.pace.not_before > time.time() + 3_500


async def test_what_headers_say_is_left_is_not_exceeded():
    windows = []

    def script(request):
        if not windows or request.at - windows[-1][0] > 0.8:
            windows.append([request.at, 5])
        began, left = windows[-1]
        if not left:
            return failure(429)
        windows[-1][1] -= 1
        reset = f"{(began + 0.85 - request.at) * 1_000:.0f}ms"
        headers = {"x-ratelimit-remaining-requests": str(left - 1), "x-ratelimit-reset-requests": reset}
        return Reply(body=GOOD.body, headers={**GOOD.headers, **headers})

    with serving(script) as endpoint:
        answers = await articles(client_of(endpoint.base_url, concurrency=1), 12)
    assert failed(answers) == []
    assert len(windows) >= 3
    assert len(endpoint.requests) == 12


@pytest.mark.parametrize("status", [401, 402, 404])
async def test_a_rejection_of_all_is_asked_for_once(status):
    with serving(lambda _: failure(status, "not you")) as endpoint:
        client = client_of(endpoint.base_url, known=False)
        answers = await articles(client, 50)
    assert {type(answer) for answer in answers} == {ModelRejectedError}
    assert all("not you" in str(answer) for answer in answers)
    assert len(endpoint.requests) <= 5
    assert isinstance(client.pace.stopped, ModelRejectedError)


async def test_a_quota_that_is_used_up_half_way_ends_the_rest():
    def script(_):
        return GOOD if len(endpoint.requests) <= 10 else failure(429, "no credit", code="insufficient_quota")

    with serving(script) as endpoint:
        answers = await articles(client_of(endpoint.base_url, concurrency=4), 50)
    assert len(failed(answers)) == 40
    assert len(endpoint.requests) <= 10 + 4


async def test_a_rejection_of_one_article_is_no_reason_to_leave_out_the_others():
    def script(_):
        return failure(403, "your input was flagged") if len(endpoint.requests) == 5 else GOOD

    with serving(script) as endpoint:
        client = client_of(endpoint.base_url)
        answers = await articles(client, 20)
    assert len(failed(answers)) == 1
    assert client.pace.stopped is None


@pytest.mark.parametrize("known", [False, True])
async def test_an_endpoint_that_hangs_costs_three_timeouts(known):
    with serving(lambda _: Reply(hang_s=0.8)) as endpoint:
        began = time.monotonic()
        client = client_of(endpoint.base_url, QUICK, known=known, concurrency=4)
        answers = await articles(client, 50)
        seconds = time.monotonic() - began
    assert {type(answer) for answer in answers} == {ModelUnavailableError}
    assert "nothing more is asked there for now" in str(answers[-1])
    assert isinstance(client.pace.stopped, ModelUnavailableError)
    # 4 at once hang together where the endpoint is known; then one at a time does
    assert len(endpoint.requests) <= (3 if not known else 4 + 2)
    assert seconds < 50 * 0.4


async def test_a_dead_port_is_tried_for_three_articles():
    tries = []

    class Counting(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request):
            tries.append(request)
            raise httpx2.ConnectError("connection refused", request=request)

    where = Endpoint("http://127.0.0.1:9/v1", "m", None, concurrency=64)
    client = Client(where, Limits(attempts=2, pause_s=0.05), around=lambda _: Counting())
    answers = await articles(client, 50)
    assert {type(answer) for answer in answers} == {ModelUnavailableError}
    assert all("no connection" in str(answer) for answer in answers)
    assert len(tries) <= 2 + 1 + 1


async def test_an_endpoint_that_comes_back_is_asked_again():
    def script(_):
        return failure(500) if len(endpoint.requests) <= 2 else GOOD

    with serving(script) as endpoint:
        client = client_of(endpoint.base_url, Limits(attempts=2, pause_s=0.05), known=False)
        answers = await articles(client, 10)
    assert len(failed(answers)) == 1
    assert len(endpoint.requests) == 2 + 9


async def test_older_articles_go_first():
    with serving(lambda _: GOOD) as endpoint:
        client = client_of(endpoint.base_url, concurrency=1)
        ended = []

        async def one(name):
            await article(client, 3)
            ended.append(name)

        await asyncio.gather(*(one(name) for name in range(5)))
        await client.aclose()
    assert ended == [0, 1, 2, 3, 4]
    assert len(endpoint.requests) == 15


async def test_a_cancelled_article_gives_its_turn_to_the_next():
    loop, arrived = asyncio.get_running_loop(), asyncio.Event()

    def script(_):
        loop.call_soon_threadsafe(arrived.set)
        return Reply(hang_s=2) if len(endpoint.requests) == 1 else GOOD

    with serving(script) as endpoint:
        client = client_of(endpoint.base_url, concurrency=1)
        first, second, third = (asyncio.create_task(article(client)) for _ in range(3))
        await arrived.wait()
        second.cancel()
        first.cancel()
        assert (await third).value.word == "ciao"
        await client.aclose()


async def test_a_turn_that_is_cancelled_when_it_is_let_through_is_free_again():
    pace = Pace(Endpoint("http://127.0.0.1:9/v1", "m", None, concurrency=1), Limits())

    async def take():
        async with pace.turn(0, 0):
            await asyncio.sleep(0)

    async with pace.turn(0, 0):
        waiting = asyncio.create_task(take())
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(take(), 1)


async def test_connections_are_kept_while_articles_do_something_else(monkeypatch):
    with serving(lambda _: GOOD) as endpoint:
        client = client_of(endpoint.base_url, concurrency=8)
        for _ in range(3):
            await asyncio.gather(*(article(client) for _ in range(8)))
            # nobody asks for half a minute, by the clock of the connections
            later = time.monotonic() + 30
            monkeypatch.setattr("httpcore2._async.http11.time", SimpleNamespace(monotonic=lambda later=later: later))
        await client.aclose()
    assert len(endpoint.requests) == 24
    assert endpoint.connections <= 8


async def test_each_question_is_one_line_in_the_log_without_text_or_key(caplog):
    with (
        caplog.at_level(logging.INFO, logger="summarizer.llm"),
        serving(lambda _: completion('{"word": "ciao ciao"}')) as endpoint,
    ):
        await articles(client_of(endpoint.base_url), 2)
    lines = [record for record in caplog.records if record.name == "summarizer.llm"]
    assert len(lines) == 2
    fields = vars(lines[0])
    assert (fields["task"], fields["model"], fields["attempts"], fields["error"]) == (
        "summary",
        "test-model",
        1,
        None,
    )
    assert (fields["input_tokens"], fields["output_tokens"]) == (300, 10)
    assert fields["seconds"] > 0
    shown = "".join(map(str, [fields, lines[0].getMessage()]))
    assert "secret" not in shown
    assert "ciao" not in shown
