"""The server as its users reach it: started by a client, or over HTTP on this machine."""

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import pytest
from mcp import Client

from summarizer.digest import Digest
from summarizer.errors import ConfigurationError
from tests.support.endpoint import serving
from tests.support.model import extractive
from tests.support.protocol_client import ROOT, command, listening, over_http, over_stdio

SEED = "shanghai-mayor-meets-ambassador.en.txt"
TEXT = (ROOT / f"seeds/{SEED}").read_text(encoding="utf-8")
KEY = "sk-test-0123456789abcdefghij"
TOKEN = "a-token-of-thirty-two-characters"


@pytest.fixture
def endpoint():
    with serving(extractive) as served:
        yield served


@pytest.fixture
def held_up():
    """An endpoint whose first question is not answered before the test ends."""
    asked, go = threading.Event(), threading.Event()

    def script(request):
        if not asked.is_set():
            asked.set()
            go.wait(30)
        return extractive(request)

    with serving(script) as served:
        served.asked = asked
        yield served
        go.set()


async def used(client, given):
    """List, call with progress, check, read: what every connection must carry."""
    told = []

    async def progress(done, _, message):
        told.append((done, message))

    assert len((await client.list_tools()).tools) == 4
    result = await client.call_tool("summarize", {**given, "to": ["zh"]}, progress_callback=progress)
    assert not result.is_error
    digest = Digest.model_validate(result.structured_content)
    checked = await client.call_tool("check", {"id": digest.article.id})
    refused = await client.call_tool("figures", {"path": "/etc/hostname"})
    (resource,) = (await client.list_resources()).resources
    kept = await client.read_resource(resource.uri)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert any(message.endswith("summary and quotes") for _, message in told)
    assert checked.structured_content["article"] == digest.article.id
    assert refused.is_error
    assert Digest.model_validate_json(kept.contents[0].text) == digest


async def cancelled(client, held_up):
    """Cancel a call and make it again: it would wait for ever had the first not let go of the article."""
    call = asyncio.create_task(client.call_tool("summarize", {"text": TEXT}))
    await asyncio.to_thread(held_up.asked.wait, 30)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert not (await client.call_tool("summarize", {"text": TEXT})).is_error


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_command_serves_the_client_that_started_it(mode, endpoint, tmp_path, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    errors = tmp_path / "errors.txt"
    flags = ("--root", ROOT / "seeds", "--store", tmp_path / "s.sqlite")
    async with over_stdio(endpoint.base_url, errors, mode=mode, flags=flags) as client:
        await used(client, {"path": SEED})
    assert KEY not in errors.read_text(encoding="utf-8")
    assert "Traceback" not in errors.read_text(encoding="utf-8")
    assert (tmp_path / "s.sqlite").exists()


async def test_a_call_is_cancelled_over_standard_input(held_up, tmp_path):
    async with over_stdio(held_up.base_url, tmp_path / "errors.txt", flags=["--no-store"]) as client:
        await cancelled(client, held_up)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_http_serves_clients_of_this_machine(mode, endpoint):
    async with listening(endpoint.base_url) as address, over_http(address, mode=mode) as client:
        await used(client, {"text": TEXT})


async def test_the_sdks_client_needs_nothing_but_the_address(endpoint, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with listening(endpoint.base_url) as address, Client(address) as client:
        assert not (await client.call_tool("figures", {"text": TEXT})).is_error


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_call_is_cancelled_over_http(mode, held_up):
    async with listening(held_up.base_url) as address, over_http(address, mode=mode) as client:
        await cancelled(client, held_up)


def posted(address, headers, method="POST", body=None):
    """Return the status of a raw request."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    asked = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    given = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    try:
        line.request(method, parts.path, json.dumps(asked) if body is None else body, given)
        return line.getresponse().status
    finally:
        line.close()


async def test_http_answers_only_under_names_of_this_machine_and_no_page_of_another_origin(endpoint):
    async with listening(endpoint.base_url) as address:
        port = urlsplit(address).port
        for headers, status in (
            ({"Host": "evil.example"}, 421),
            ({"Host": f"evil.example:{port}"}, 421),
            ({"Host": "127.0.0.1:1"}, 421),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "http://localhost:1"}, 403),
            ({"Origin": "null"}, 403),
            ({"Content-Type": "text/plain"}, 400),
        ):
            for version in ({}, {"MCP-Protocol-Version": "2026-07-28"}):
                assert await asyncio.to_thread(posted, address, {**headers, **version}) == status, headers
        async with over_http(address.replace("127.0.0.1", "localhost")) as client:
            assert await client.list_tools()


async def test_http_takes_no_more_than_an_article_can_need(endpoint):
    async with listening(endpoint.base_url, max_input_bytes=1_000_000) as address:
        large = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"_": "x" * 6_000_000}})
        assert await asyncio.to_thread(posted, address, {}, body=large) == 413


async def test_who_has_not_the_token_is_refused(endpoint):
    async with listening(endpoint.base_url, token=TOKEN) as address:
        for given in (None, "", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ", "Bearer ä"):
            headers = {} if given is None else {"Authorization": given.encode("latin-1")}
            for method in ("POST", "GET", "DELETE", "OPTIONS"):
                assert await asyncio.to_thread(posted, address, headers, method) == 401
        async with over_http(address, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
            assert await client.list_tools()


@pytest.mark.parametrize("token", ["short", "sixteen or more characters", "ünfzehn-und-mehr-zeichen"])
async def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused(token, endpoint):
    with pytest.raises(ConfigurationError, match="16 ASCII characters"):
        async with listening(endpoint.base_url, token=token):
            pass


def started(*flags, **environment):
    given = command(*flags)
    return subprocess.Popen(
        [given.command, *given.args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **given.env, **environment},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
async def test_the_command_prints_its_address_and_ends_when_it_is_told(told):
    process = started("--http", "--no-store", SUMMARIZER_MCP_TOKEN=TOKEN)
    try:
        address = (await asyncio.to_thread(process.stdout.readline)).strip()
        assert urlsplit(address).hostname == "127.0.0.1"
        async with over_http(address, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
            assert not (await client.call_tool("quotes", {"text": TEXT})).is_error
    finally:
        process.send_signal(told)
        out, errors = await asyncio.to_thread(process.communicate, timeout=30)
    assert out == ""
    assert errors.strip() == ""
    assert process.returncode == (0 if told == signal.SIGINT else -signal.SIGTERM)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_ctrl_c_ends_the_command_also_while_it_waits_for_a_client():
    process = started("--no-store")
    process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}) + "\n")
    process.stdin.flush()
    assert process.stdout.readline()  # it serves
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == -signal.SIGINT
    _, errors = process.communicate(timeout=30)
    assert errors == ""


def test_standard_output_carries_the_protocol_alone_and_the_end_of_the_input_is_the_end():
    process = started("--no-store")
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    messages = (
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "figures", "arguments": {"text": TEXT}},
        },
        "this is no JSON",
        {"jsonrpc": "2.0", "id": 3, "method": "ping"},
    )
    for message in messages:
        process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(3)]
    rest, errors = process.communicate(timeout=30)
    assert {answer["jsonrpc"] for answer in answers} == {"2.0"}
    assert {1, 2, 3} <= {answer.get("id") for answer in [*answers, *map(json.loads, rest.splitlines())]}
    assert process.returncode == 0
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--root", "no/such/folder"], "--root no/such/folder: this is no folder"),
        (["--port", "1"], "--port is for --http"),
        (["--store", "a", "--no-store"], "leave one out"),
        (["--base-url", "nowhere"], "base URL"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_served(flags, words):
    process = started(*flags)
    out, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert out == ""
    assert words in errors


def test_a_port_that_is_taken_is_told(endpoint):
    process = started("--http", "--no-store", "--port", str(endpoint.server.server_address[1]))
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "cannot be used" in errors
    assert "--port" in errors


def test_without_the_extra_the_command_says_what_to_install_and_the_others_go_on(tmp_path):
    (tmp_path / "mcp.py").write_text("raise ImportError('not here')", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    for flags, code, words in ((["mcp"], 2, "pip install 'summarizer-briefs[mcp]'"), (["--help"], 0, "mcp")):
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", *flags],
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == code
        assert words in done.stdout + done.stderr


def test_the_command_starts_without_the_sdk():
    code = (
        "import sys; from summarizer import cli; cli.app(['--help'], standalone_mode=False); "
        "sys.exit(bool({'mcp', 'mcp_types', 'starlette', 'uvicorn'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode == 0
    )
