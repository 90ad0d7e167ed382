"""The server's child process: a stand-in for llama.cpp first, then the real model."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, ModelUnavailableError
from summarizer.local import catalogue, fetch, serve

ROOT = Path(serve.__file__).parents[2]

STAND_IN = """
import http.server, os, sys, threading, time, types
class CommonParams(types.SimpleNamespace):
    def __init__(self):
        super().__init__(model=types.SimpleNamespace(), cpuparams=types.SimpleNamespace(),
                         cpuparams_batch=types.SimpleNamespace())
class Server:
    def __init__(self, params):
        print("loading", params.model.path, "for", params.api_keys[0])
        sys.stdout.flush()
        do = open(params.model.path).read()
        if "broken" in do:
            raise RuntimeError("tensor 'blk.0' has wrong shape")
        if "memory" in do:
            os.kill(os.getpid(), 9)
        if "slow" in do:
            time.sleep(60)
        web = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        self.listening_address = f"http://127.0.0.1:{web.server_port}"
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a pretended xllamacpp first on the path and return a file that it serves."""
    (tmp_path / "xllamacpp.py").write_text(STAND_IN)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    model = tmp_path / "own.gguf"
    model.write_text("GGUF")
    return model


def gone(pid: int) -> bool:
    """Wait until the process is gone or a zombie; False where it lives on."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.05)
    return False


def test_a_server_says_where_it_is_and_ends_with_the_block(stand_in: Path) -> None:
    with serve.serve(stand_in) as server:
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.base_url.endswith("/v1")
        assert server.model == "own"
        assert server.api_key not in repr(server)
        os.kill(server.pid, 0)
    assert gone(server.pid)
    server.close()


def test_the_key_is_new_every_time_and_not_on_the_command_line(stand_in: Path) -> None:
    with serve.serve(stand_in) as one, serve.serve(stand_in) as two:
        assert one.api_key != two.api_key
        for name in ("cmdline", "environ"):
            assert one.api_key.encode() not in Path(f"/proc/{one.pid}/{name}").read_bytes()


def test_nothing_reaches_our_own_output(stand_in: Path, capfd: pytest.CaptureFixture[str]) -> None:
    serve.serve(stand_in).close()
    assert capfd.readouterr() == ("", "")


def test_a_file_that_cannot_be_loaded_is_the_users_to_change(stand_in: Path) -> None:
    stand_in.write_text("GGUF broken")
    with pytest.raises(ConfigurationError, match="wrong shape") as caught:
        serve.serve(stand_in)
    assert str(stand_in) in str(caught.value)
    assert "for …" in str(caught.value)  # the stand-in prints the key


def test_a_killed_child_is_told_from_a_bad_file(stand_in: Path) -> None:
    stand_in.write_text("GGUF memory")
    with pytest.raises(ModelUnavailableError, match="memory"):
        serve.serve(stand_in)


def test_a_child_that_does_not_come_up_is_given_up(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in.write_text("GGUF slow")
    monkeypatch.setattr(serve, "START_S", 0.5)
    with pytest.raises(ModelUnavailableError, match="before it was ready"):
        serve.serve(stand_in)


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'summarizer-briefs\[local\]'"):
        serve.serve(tmp_path / "own.gguf")


PARENT = """
import os, subprocess, sys, threading
from pathlib import Path
from summarizer.local import serve
spawn = serve._spawn
def told(order, log):
    process = spawn(order, log)
    print(process.pid, flush=True)
    return process
serve._spawn = told
kept = []
thread = threading.Thread(target=lambda: kept.append(serve.serve(Path(sys.argv[1]))))
thread.start()
thread.join()
sibling = os.fork() if sys.argv[2] == "forked" else 1
if sibling:
    print(sibling, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("case", ["loading", "ready", "forked"])
def test_a_killed_parent_takes_the_child_along(stand_in: Path, case: str) -> None:
    """Also one started from a thread that has ended, and one whose pipe a forked sibling keeps open."""
    if case == "loading":
        stand_in.write_text("GGUF slow")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(stand_in.parent), str(ROOT)])}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(stand_in), case],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        sibling = 1
        if case == "loading":
            time.sleep(1)
        else:
            sibling = int(parent.stdout.readline())
            time.sleep(1)  # past the look at the parent's id: the thread's end did not take it along
        assert Path(f"/proc/{child}").exists()
        parent.kill()
        assert gone(child)
        if sibling != 1:
            os.kill(sibling, signal.SIGKILL)


def test_a_parent_that_ends_without_closing_leaves_nothing(stand_in: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from summarizer.local.serve import serve\n"
        "server = serve(Path(sys.argv[1])); print(server.pid)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(stand_in.parent), str(ROOT)])}
    command = [sys.executable, "-W", "error", "-c", program, str(stand_in)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert gone(int(done.stdout))


@pytest.mark.parametrize(
    ("limit", "cpus"), [("max 100000", None), ("150000 100000", 2), ("50000 100000", 1), ("", None)]
)
def test_the_quota_of_a_container_counts(tmp_path: Path, limit: str, cpus: int | None) -> None:
    path = tmp_path / "cpu.max"
    path.write_text(limit)
    assert serve._quota(path) == cpus
    assert serve._quota(tmp_path / "absent") is None


def absent() -> bool:
    """Tell whether the real model cannot be tried here; in CI it always can."""
    installed = importlib.util.find_spec("xllamacpp") is not None
    there = installed and catalogue.is_present(catalogue.DEFAULT.name, catalogue.models_dir())
    return not there and not os.environ.get("CI")


@pytest.fixture(scope="module")
def real() -> Iterator[serve.Server]:
    path = fetch.pull(catalogue.DEFAULT, catalogue.models_dir(), lambda *_: None)
    with serve.serve(path, context_tokens=2048) as server:
        yield server


def post(server: serve.Server, body: dict, key: str | None = None) -> tuple[int, dict, dict]:
    request = urllib.request.Request(
        f"{server.base_url}/chat/completions",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {key or server.api_key}",
            "Content-Type": "application/json",
            "Origin": "https://elsewhere.example",
        },
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), json.load(error)


@pytest.mark.model
@pytest.mark.skipif(absent(), reason="xllamacpp or the default model is not here: summarizer models pull")
class TestRealModel:
    def test_a_schema_is_held_and_a_shared_prefix_cached(self, real: serve.Server) -> None:
        article = "Il porto di Trieste ha movimentato 62 milioni di tonnellate. " * 20
        schema = {
            "type": "object",
            "properties": {"sentence": {"type": "integer", "minimum": 3, "maximum": 7}},
            "required": ["sentence"],
            "additionalProperties": False,
        }
        form = {"type": "json_schema", "json_schema": {"name": "choice", "strict": True, "schema": schema}}
        for task, cached in (("Answer with number 9.", 0.0), ("Answer with number 1.", 0.7)):
            message = {"role": "user", "content": f"{article}\n{task}"}
            status, _, answer = post(
                real, {"messages": [message], "max_tokens": 40, "temperature": 0, "response_format": form}
            )
            assert status == 200
            assert 3 <= json.loads(answer["choices"][0]["message"]["content"])["sentence"] <= 7
            usage = answer["usage"]
            assert usage["prompt_tokens_details"]["cached_tokens"] >= cached * usage["prompt_tokens"]

    def test_the_token_limit_is_reported(self, real: serve.Server) -> None:
        message = {"role": "user", "content": "Count from 1 to 100."}
        _, _, answer = post(real, {"messages": [message], "max_tokens": 5, "temperature": 0})
        assert answer["choices"][0]["finish_reason"] == "length"
        assert answer["usage"]["completion_tokens"] == 5

    def test_no_other_key_and_no_other_origin(self, real: serve.Server) -> None:
        status, headers, _ = post(real, {"messages": []}, key="guess")
        assert status == 401
        assert headers.get("Access-Control-Allow-Origin", "") == ""

    def test_the_model_answers_under_its_files_name(self, real: serve.Server) -> None:
        message = {"role": "user", "content": "Say hello."}
        _, _, answer = post(real, {"messages": [message], "max_tokens": 3})
        assert answer["model"] == real.model == catalogue.DEFAULT.file.removesuffix(".gguf")
