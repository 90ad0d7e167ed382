import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import httpx
import pytest

from summarizer import Digest, Settings, Summarizer, errors
from summarizer.batch.store import Store
from tests.support.endpoint import Reply, completion, failure, in_turn, serving
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = "The port of Trieste handled 62 million passengers in 2023. The terminal cost 186.3 million euros."
HANDLER, WORKER, TELEMETRY = 0, 1, 2


def example(number):
    """Run a program of the page; return its names."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs/services.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    module = ModuleType("example")
    sys.modules["example"] = module  # dataclasses and FastAPI look names up there
    try:
        exec(compile(blocks[number], f"docs/services.md program {number}", "exec"), vars(module))
    finally:
        del sys.modules["example"]
    return module


@pytest.fixture
def service(monkeypatch):
    """Start the handler's program against an endpoint with a script; return who asks it."""

    def started(endpoint, **names):
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        monkeypatch.setenv("SUMMARIZER_REVIEW", "none")
        program = example(HANDLER)
        for name, value in names.items():
            setattr(program, name, value)
        return program

    return started


class Asked:
    """A client of a program, without a socket."""

    def __init__(self, program):
        self.app, self._life = program.app, program.lifespan(program.app)

    async def __aenter__(self):
        await self._life.__aenter__()
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://service")
        return self

    async def __aexit__(self, *error):
        await self._client.aclose()
        await self._life.__aexit__(*error)

    async def post(self, text=ENGLISH, to=("it",)):
        return await self._client.post("/digests", json={"text": text, "to": list(to)})

    async def raw(self, body):
        return await self._client.post("/digests", content=body, headers={"Content-Type": "application/json"})


async def test_the_handler_returns_the_digest(service):
    with serving(extractive) as endpoint:
        async with Asked(service(endpoint)) as client:
            answer = await client.post()
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    digest = Digest.model_validate_json(answer.content)
    assert [brief.target_language for brief in digest.briefs] == ["it"]


@pytest.mark.parametrize(("text", "to"), [("  ", ["it"]), (ENGLISH, ["xx"]), (ENGLISH, ["it", "zh", "en"])])
async def test_what_the_client_can_mend_is_told_with_what_to_do(service, text, to):
    with serving(extractive) as endpoint:
        async with Asked(service(endpoint)) as client:
            answer = await client.post(text, to)
    assert answer.status_code == 422
    assert answer.json().get("error") or answer.json()["detail"]
    assert not endpoint.requests


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "' + b"x" * 300_000 + b'"}',
        b'{"text": "half a sign \\ud800 of two"}',
        b'{"text": "x", "to": ["it", "zh", "secret"]}',
        b'{"text": ',
    ],
)
async def test_a_body_that_does_not_fit_is_told_in_words_and_not_sent_back(service, body):
    with serving(extractive) as endpoint:
        async with Asked(service(endpoint)) as client:
            answer = await client.raw(body)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert len(answer.content) < 500
    assert "secret" not in answer.text


async def test_a_body_without_end_is_not_taken_in(service):
    sent = []

    async def endless():
        for _ in range(1_000):
            sent.append(100_000)
            yield b" " * 100_000

    with serving(extractive) as endpoint:
        async with Asked(service(endpoint)) as client:
            answer = await client.raw(endless())
    assert answer.status_code == 413
    assert sum(sent) < 5_000_000


@pytest.mark.parametrize(
    ("reply", "status", "later"),
    [
        (failure(401, "Incorrect API key"), 502, None),
        (completion("never any JSON"), 502, None),
        (failure(429, headers={"Retry-After": "7200"}), 503, "30"),
    ],
)
async def test_what_the_endpoint_does_is_not_the_clients_fault(service, caplog, reply, status, later):
    with serving(in_turn(reply)) as endpoint:
        async with Asked(service(endpoint)) as client:
            answer = await client.post()
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, later)
    assert endpoint.root not in answer.text
    assert endpoint.root in caplog.text or "schema" in caplog.text


async def test_an_article_that_takes_too_long_is_told_in_time(service):
    with serving(lambda _: Reply(hang_s=5)) as endpoint:
        program = service(endpoint, SETTINGS=Settings(base_url=endpoint.base_url, article_timeout_s=0.3))
        async with Asked(program) as client:
            answer = await client.post()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


async def test_a_full_house_says_so_at_once(service):
    with serving(extractive) as endpoint:
        program = service(endpoint, ROOM=1)
        async with Asked(program) as client:
            async with program.app.state.room:
                answer = await client.post()
            after = await client.post()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert after.status_code == 200


async def test_a_client_that_goes_away_ends_the_requests(service):
    body = json.dumps({"text": ENGLISH, "to": []}).encode()
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(_):
        loop.call_soon_threadsafe(asked.set)
        return Reply(hang_s=3)

    given = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive():
        message = next(given, None)
        if message is None:
            await asked.wait()
            return {"type": "http.disconnect"}
        return message

    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/digests", "raw_path": b"/digests", "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("service", 80), "headers": [(b"content-type", b"application/json")],
    }  # fmt: skip
    with serving(slow) as endpoint:
        program = service(endpoint)
        async with Asked(program) as client:
            await asyncio.wait_for(client.app(scope, receive, send), 2.5)
            await asyncio.sleep(0.2)
            assert len(endpoint.requests) == 1
    assert sent[0]["status"] == 499


async def test_a_handler_that_is_cancelled_takes_its_requests_along(service):
    asked, loop = asyncio.Event(), asyncio.get_running_loop()

    def slow(_):
        loop.call_soon_threadsafe(asked.set)
        return Reply(hang_s=1)

    with serving(slow) as endpoint:
        async with Asked(service(endpoint)) as client:
            answer = asyncio.create_task(client.post())
            await asked.wait()
            before = asyncio.all_tasks()
            answer.cancel()
            with pytest.raises(asyncio.CancelledError):
                await answer
            left = {task for task in before if not task.done()} - {asyncio.current_task()}
    assert left == set()
    assert len(endpoint.requests) == 1


def test_a_wrong_setting_is_told_at_the_start(monkeypatch):
    monkeypatch.setenv("SUMMARIZER_MODEL", "no-such-model")
    program = example(HANDLER)

    async def start():
        async with Asked(program):
            pass

    with pytest.raises(errors.ConfigurationError, match="no key"):
        asyncio.run(start())


def test_what_takes_long_to_load_is_loaded_at_the_start_and_not_in_the_event_loop():
    code = "import sys; from summarizer import Summarizer; Summarizer().connect(); print('instructor' in sys.modules)"
    environment = {**os.environ, "SUMMARIZER_BASE_URL": "http://127.0.0.1:9/v1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "True"


def settings(endpoint, **more):
    return Settings(base_url=endpoint.base_url, review="none", concurrency=2, **more)


async def seen(condition):
    """Wait until a condition holds that another thread, or a program of the page, makes true."""
    while not condition():  # noqa: ASYNC110 - neither has an event to wait for
        await asyncio.sleep(0.01)


async def worked(program, given, jobs, store, until, grace_s=30.0):
    """Let a worker work until a condition holds, then stop it."""
    stop = asyncio.Event()
    async with Summarizer(given) as summarizer:
        with Store(store) as kept:
            work = asyncio.create_task(program.Worker(summarizer, kept, jobs, stop).work(grace_s))
            await seen(lambda: until() or work.done())
            stop.set()
            await work


async def test_the_worker_does_each_job_once_though_it_comes_twice(tmp_path):
    program = example(WORKER)
    jobs = program.InMemory()
    for name in ("a", "b", "a again"):
        text = ENGLISH if name.startswith("a") else ENGLISH.replace("Trieste", "Ancona")
        jobs.waiting.put_nowait(program.Job(name, text, ("it",)))
    with serving(extractive) as endpoint:
        await worked(program, settings(endpoint), jobs, tmp_path / "s.sqlite", lambda: len(jobs.digests) == 3)
    assert sorted(name for name, _ in jobs.digests) == ["a", "a again", "b"]
    paid = {digest.article.id: digest.provenance.requests for _, digest in jobs.digests}
    assert len(paid) == 2
    assert len(endpoint.requests) == sum(paid.values())


async def test_a_job_that_cannot_be_done_fails_and_the_others_go_on(tmp_path):
    program = example(WORKER)
    jobs = program.InMemory()
    for name, text, to in (("empty", " ", ()), ("strange", ENGLISH, ("xx",)), ("good", ENGLISH, ())):
        jobs.waiting.put_nowait(program.Job(name, text, to))
    with serving(extractive) as endpoint:
        await worked(program, settings(endpoint), jobs, tmp_path / "s.sqlite", lambda: len(jobs.digests) == 1)
    assert {name: type(error) for name, error in jobs.errors} == {
        "empty": errors.ArticleError,
        "strange": errors.ConfigurationError,
    }


async def test_a_job_whose_endpoint_is_at_its_limit_comes_back_later(tmp_path):
    program = example(WORKER)
    put = []
    jobs = program.InMemory()
    jobs.waiting.put_nowait(program.Job("a", ENGLISH))
    jobs.back = lambda job, after_s: put_back(put, job, after_s)
    with serving(in_turn(failure(429, headers={"Retry-After": "7200"}))) as endpoint:
        await worked(program, settings(endpoint), jobs, tmp_path / "s.sqlite", lambda: put)
    assert [(job.name, job.attempt, after_s) for job, after_s in put] == [("a", 2, 30.0)]
    assert not jobs.errors


async def put_back(put, job, after_s):
    put.append((job, after_s))


async def test_a_worker_that_is_told_to_stop_finishes_what_it_has_and_takes_no_more(tmp_path):
    program = example(WORKER)
    jobs = program.InMemory()
    for number in range(6):
        jobs.waiting.put_nowait(program.Job(str(number), f"{ENGLISH} This is story number {number}."))

    def slowly(request):
        time.sleep(0.1)
        return extractive(request)

    with serving(slowly) as endpoint:
        given = settings(endpoint)
        await worked(program, given, jobs, tmp_path / "s.sqlite", lambda: endpoint.requests)
    assert len(jobs.digests) + jobs.waiting.qsize() == 6
    assert jobs.waiting.qsize() >= 1


async def test_what_takes_longer_than_the_grace_goes_back(tmp_path):
    program = example(WORKER)
    jobs = program.InMemory()
    jobs.waiting.put_nowait(program.Job("a", ENGLISH))
    with serving(lambda _: Reply(hang_s=2)) as endpoint:
        given = settings(endpoint)
        await worked(program, given, jobs, tmp_path / "s.sqlite", lambda: endpoint.requests, grace_s=0.05)
    await asyncio.sleep(0.01)
    assert (jobs.waiting.qsize(), jobs.digests, jobs.errors) == (1, [], [])


def test_the_workers_main_ends_at_sigterm(tmp_path, monkeypatch):
    program = example(WORKER)
    store = tmp_path / "s.sqlite"

    async def main():
        jobs = program.InMemory()
        jobs.waiting.put_nowait(program.Job("a", ENGLISH))
        work = asyncio.create_task(program.main(jobs, store))
        await seen(lambda: jobs.digests or work.done())
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(work, 30)
        return jobs.digests

    with serving(extractive) as endpoint:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        assert len(asyncio.run(main())) == 1
    with sqlite3.connect(store) as db:
        assert db.execute("SELECT count(*) FROM results").fetchone() == (1,)


def test_the_program_of_the_telemetry_section_prints_spans(tmp_path):
    text = (ROOT / "docs/services.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[TELEMETRY]
    # a process of its own: providers are set once
    with serving(extractive) as endpoint:
        environment = {**os.environ, "SUMMARIZER_BASE_URL": endpoint.base_url, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
        )
    assert done.stdout.count("chat ") == len(endpoint.requests)
    assert done.stdout.rstrip().endswith("invoke_workflow summarize")
