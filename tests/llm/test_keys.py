"""No key leaves: keys and the forms of their echoes put wherever a reply can hold them, and looked for in every sink."""

import asyncio
import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from summarizer import Settings, Summarizer, SummarizerError, cli
from summarizer.article import from_text
from summarizer.llm import connect
from tests.support.endpoint import Reply, Request, completion, failure, serving
from tests.support.eval_case import TEXTS, case_in
from tests.support.leaks import KEYS, forms, leaks
from tests.support.model import answer, asked

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."
Echo = Callable[[Request, str], Reply]


def in_json(reply: Reply, echo: str) -> Reply:
    """Put `echo` where a reply says ECHO: as it is where all stays JSON, else as a string, or a string in a string."""
    for form in (echo, quoted(echo), quoted(quoted(echo))):
        body = reply.body.replace(b"ECHO", form.encode())
        if is_whole(body):
            return Reply(reply.status, body, reply.headers, reason=reply.reason)
    raise AssertionError("a form that no string can hold")


def quoted(text: str) -> str:
    return json.dumps(text)[1:-1]


def is_whole(body: bytes) -> bool:
    """Tell whether a reply is JSON, and the answer in it, too, where it is one."""
    try:
        message = json.loads(body).get("choices", [{}])[0].get("message", {})
        content = message.get("content") or ""
        json.loads(content if content.startswith("{") else "{}")
    except ValueError:
        return False
    return True


def header(echo: str) -> str:
    return " ".join(echo.encode().decode("latin-1").split())


def answered(request: Request, *, content: bool = True, **over: Any) -> Reply:
    value = answer(*asked(request))
    if content and "headline" in value:
        value["headline"] = "ECHO"
        value["key_points"][0]["text"] = "ECHO " + value["key_points"][0]["text"]
    return completion(json.dumps(value), **over)


#: Where an answer that is published can hold an echo.
GOOD: dict[str, Echo] = {
    "content": lambda r, echo: in_json(answered(r), echo),
    "model": lambda r, echo: in_json(answered(r, content=False, model="m-ECHO"), echo),
    "id": lambda r, echo: in_json(answered(r, content=False, id="ECHO"), echo),
    "fingerprint": lambda r, echo: in_json(answered(r, content=False, system_fingerprint="ECHO"), echo),
    "usage": lambda r, echo: in_json(answered(r, content=False, usage={"prompt_tokens": 1, "ECHO": "ECHO"}), echo),
    "reasoning": lambda r, echo: in_json(answered(r, content=False, message={"reasoning_content": "ECHO"}), echo),
    "header": lambda r, echo: Reply(
        200, answered(r, content=False).body, {"Content-Type": "application/json", "X-Echo": header(echo)}
    ),
    "reason": lambda r, echo: Reply(200, answered(r, content=False).body, reason=header(echo)),
    "everywhere": lambda r, echo: in_json(
        answered(r, model="ECHO", id="ECHO", message={"ECHO": "ECHO", "reasoning_content": "ECHO"}), echo
    ),
}
#: Where a reply that is no answer can.
BAD: dict[str, Echo] = {
    "error": lambda _, echo: in_json(failure(401, "Incorrect API key provided: ECHO."), echo),
    "error code": lambda _, echo: in_json(failure(400, code="ECHO", param="ECHO", type="ECHO"), echo),
    "error detail": lambda _, echo: in_json(Reply(422, b'{"detail": [{"msg": "ECHO", "input": {"ECHO": 1}}]}'), echo),
    "forbidden": lambda _, echo: Reply(403, f"<html><p>{echo}</p></html>".encode(), {"Content-Type": "text/html"}),
    "error in 200": lambda _, echo: in_json(Reply(200, b'{"error": {"message": "ECHO"}}'), echo),
    "page": lambda _, echo: Reply(200, f"<h1>{echo}</h1>".encode(), {"Content-Type": header(f"text/{echo}")}),
    "broken": lambda _, echo: Reply(200, f'{{"choices": [{{"message": {{"content": "{echo}'.encode()),
    "refusal": lambda _, echo: in_json(completion(None, message={"refusal": "ECHO"}), echo),
    "prose refusal": lambda _, echo: in_json(completion("I'm sorry, I cannot help ECHO"), echo),
    "misfit": lambda _, echo: in_json(completion('{"ECHO": "ECHO"}'), echo),
    "prose": lambda _, echo: in_json(completion("Your key is ECHO"), echo),
    "tool call": lambda _, echo: in_json(
        completion(
            None,
            message={
                "tool_calls": [{"id": "ECHO", "type": "function", "function": {"name": "x", "arguments": "ECHO"}}]
            },
        ),
        echo,
    ),
    "location": lambda _, echo: Reply(307, b"", {"Location": f"http://127.0.0.2:9/{header(echo)}"}),
    "reason": lambda _, echo: Reply(401, b"", reason=header(echo)),
    "header name": lambda _, echo: Reply(401, b"{}", {header(echo).replace(":", "") or "x": "1"}),
    "header line": lambda _, echo: Reply(200, b"{}", {f"no name {header(echo)}": header(echo)}),
    "compression": lambda _, echo: Reply(200, b"{}", {"Content-Encoding": header(echo)}),
    "unavailable": lambda _, echo: in_json(failure(500, "ECHO", {"Retry-After": "0"}), echo),
}


def cycling(places: dict[str, Echo], key: str, start: int) -> Callable[[Request], Reply]:
    """Echo the key in the next place and the next form with each request."""
    makers, echoes, number = list(places.values()), list(forms(key).values()), count(start)

    def script(request: Request) -> Reply:
        n = next(number)
        if request.method != "POST":  # asked what models there are
            return in_json(failure(404, "ECHO"), echoes[n % len(echoes)])
        return makers[n % len(makers)](request, echoes[n % len(echoes)])

    return script


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch):
    """Failures that may pass are tried again at once."""
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda _, result=None: sleep(0, result))


@pytest.fixture
def sinks(monkeypatch, capsys, caplog, tmp_path):
    """Run the command at logging level DEBUG; returns each sink with what it got."""
    caplog.set_level(logging.DEBUG)

    def run(key: str, endpoint_url: str, *arguments: object) -> dict[str, str]:
        monkeypatch.setenv("OPENAI_API_KEY", key)
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint_url)
        monkeypatch.setenv("SUMMARIZER_MODEL", "test-model")
        monkeypatch.setattr(sys, "argv", ["summarizer", *map(str, arguments)])
        caplog.clear()
        try:
            cli.main()
        except SystemExit:
            pass
        except BaseException as error:  # noqa: BLE001 - whatever a user would be shown
            traceback.print_exception(error)
        said = capsys.readouterr()
        files = {str(p): p.read_text("utf-8") for p in (tmp_path / "written").rglob("*") if p.is_file()}
        return {"standard output": said.out, "standard error": said.err, "log": caplog.text, **files}

    return run


@pytest.fixture
def ways(tmp_path) -> dict[str, Callable[[int], list[object]]]:
    """The commands that ask a model, for a number of articles."""
    press, gold, written = tmp_path / "press", tmp_path / "gold", tmp_path / "written"

    def articles(many: int) -> Path:
        press.mkdir(exist_ok=True)
        for number in range(many):
            text = f"{ARTICLE} This is version {'abcdefghi'[number]}."  # the same text is asked about once
            (press / f"{number}.txt").write_text(text, encoding="utf-8")
        return press

    def cases(many: int) -> Path:
        gold.mkdir(exist_ok=True)
        for number in range(many):
            case = case_in("en", id=f"c{number}", text=f"{TEXTS['en']} This is version {'abcdefghi'[number]}.")
            (gold / f"c{number}.json").write_text(
                json.dumps(case.model_dump(mode="json", exclude={"schema_"})), "utf-8"
            )
        return gold

    return {
        "json": lambda many: ["summarize", articles(many), "--format", "json"],
        "folder": lambda many: ["summarize", articles(many), "--to", "it", "--out", written],
        "evals": lambda many: [
            *("eval", "run", "--gold", cases(many), "--out", written / "run", "--record", written / "recordings"),
        ],
    }


def held(key: str, sinks: dict[str, str]) -> Iterator[str]:
    """Yield the sinks that give the key back, line by line: an echo stays within one."""
    for name, text in sinks.items():
        lines = {line for line in text.splitlines() if len(line) >= 8}
        yield from (f"{name}: {line[:3000]}" for line in lines if leaks(key, line))


@pytest.mark.parametrize("way", ["json", "folder", "evals"])
@pytest.mark.parametrize("places", [GOOD, BAD], ids=["answers", "failures"])
@pytest.mark.parametrize("name", KEYS)
def test_a_key_echoed_in_any_form_reaches_no_sink(name, places, way, sinks, ways):
    key = KEYS[name]
    start = list(KEYS).index(name) * 5 + len(way)
    with serving(cycling(places, key, start)) as endpoint:
        got = sinks(key, endpoint.base_url, *ways[way](9 if way == "json" else 4))
    sent = {name.lower(): value for name, value in endpoint.requests[0].headers.items()}
    assert sent["authorization"] == f"Bearer {key}"
    assert not list(held(key, got))
    assert "[key]" in "".join(got.values())


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("place", BAD)
@pytest.mark.parametrize("name", ["plain", "quote"])
async def test_no_error_holds_a_key_nor_does_any_behind_it(name, place):
    key = KEYS[name]
    for form in ("raw", "json", "base64, of a header"):
        echo = forms(key)[form]
        with serving(lambda request, echo=echo: BAD[place](request, echo)) as endpoint:
            settings = Settings(api_key=SecretStr(key), base_url=endpoint.base_url, model="test-model")
            with pytest.raises(SummarizerError) as caught:
                async with Summarizer(settings) as summarizer:  # waiting for it would cut the chain of errors
                    await summarizer.summarize(from_text(ARTICLE, source="a.txt"))
        told = ["".join(traceback.format_exception(caught.value))]
        told += [f"{each} {each!r} {each.args}" for each in chain(caught.value)]
        assert not list(held(key, {f"error {n}": text for n, text in enumerate(told)}))


def test_a_key_with_a_line_end_is_sent_without_it_and_reaches_no_sink(sinks, ways):
    key = KEYS["plain"]
    with serving(lambda request: BAD["error"](request, key)) as endpoint:
        got = sinks(f"“{key}”\r\n", endpoint.base_url, *ways["json"](1))
    assert f"Bearer {key}" in endpoint.requests[0].headers.values()
    assert not list(held(key, got))
    assert "Incorrect API key provided: [key]." in got["standard error"]


@pytest.mark.parametrize("way", ["json", "evals"])
@pytest.mark.parametrize("inside", ["\n", " ", "–", "\u200b", "\x01", "а"])
def test_a_key_that_no_header_can_hold_is_not_sent_and_not_shown(inside, way, sinks, ways):
    key = KEYS["plain"]
    with serving(lambda request: BAD["error"](request, key)) as endpoint:
        got = sinks(f"{key}{inside}{key}", endpoint.base_url, *ways[way](1))
    assert not endpoint.requests
    assert not list(held(key, got))
    assert "copy it again" in got["standard error"]


@pytest.mark.parametrize("name", KEYS)
def test_no_representation_shows_a_key(name):
    key = KEYS[name]
    settings = Settings(api_key=SecretStr(key), base_url="http://127.0.0.1:9/v1", model="test-model")
    backend = connect.backend(settings, lambda *_: None)
    with Summarizer(settings) as summarizer:
        shown = [settings, settings.model_dump(), settings.model_dump_json(), backend, backend.endpoint, summarizer]
        shown += [vars(summarizer)]
    assert not leaks(key, " ".join(f"{each!r} {each}" for each in shown))


@pytest.mark.parametrize("place", ["error", "reason"])
def test_the_sdks_own_log_shows_no_key(place, tmp_path):
    key = KEYS["plain"]
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with serving(lambda request: BAD[place](request, key)) as endpoint:
        known = {"OPENAI_LOG": "debug", "OPENAI_API_KEY": key, "OPENAI_BASE_URL": endpoint.base_url}
        command = [sys.executable, "-m", "summarizer", "summarize", str(tmp_path / "a.txt"), "--format", "json"]
        done = subprocess.run(
            command,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **known, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
    assert "openai._base_client" in done.stderr
    assert done.returncode == 3
    assert not list(held(key, {"standard output": done.stdout, "standard error": done.stderr}))


@pytest.mark.parametrize("place", [*GOOD, *BAD])
def test_doctor_shows_no_echoed_key(place, sinks):
    key = KEYS["plain"]
    with serving(cycling({place: {**GOOD, **BAD}[place]}, key, len(place))) as endpoint:
        for form in ("text", "json"):
            got = sinks(key, endpoint.base_url, "doctor", "--format", form)
            assert "verdict" in got["standard output"]
            assert not list(held(key, got))
    assert endpoint.requests
