import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.cli.output import Folder
from summarizer.errors import ConfigurationError
from tests.support.endpoint import failure, in_turn, serving
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parents[2]
TEXT = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."


def command(*arguments: object, stdout: object = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess:
    import os

    return subprocess.run(
        [sys.executable, "-m", "summarizer", "summarize", *map(str, arguments), "--no-model"],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def press(tmp_path):
    for name in ("x", "y", "z"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "press.txt").write_text(f"{TEXT} It is {name}.", encoding="utf-8")
    return tmp_path / "in"


def test_articles_of_one_name_all_get_a_file(press, tmp_path):
    done = command(press, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_articles_are_never_overwritten(tmp_path):
    article = tmp_path / "a.md"
    article.write_text(TEXT, encoding="utf-8")
    done = command(tmp_path, "--out", tmp_path, "--format", "markdown")
    assert done.returncode == 2
    assert b"another folder" in done.stderr
    assert article.read_text(encoding="utf-8") == TEXT


def test_a_pipe_is_utf8_whatever_the_locale(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("上海市市长龚正周五会见了意大利大使。港口去年运送旅客六千万人次。", encoding="utf-8")
    done = command(article, "--format", "json", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    assert "龚正" in done.stdout.decode("utf-8")


def test_a_full_disk_is_a_clear_error(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = command(article, "--format", "json", stdout=full)
    assert done.returncode == 2
    assert b"cannot write" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="--out"):
        Folder(tmp_path / "file" / "deeper", "json", [])


def test_escapes_in_names_and_metadata_do_not_reach_the_terminal(tmp_path):
    article = tmp_path / "a\x1b]0;pwn\x07.md"
    article.write_text(f'---\noutlet: "Le\x1b[2Jdger\u202e"\n---\n{TEXT}\n', encoding="utf-8")
    with serving(extractive) as endpoint:
        shown = subprocess.run(
            [
                sys.executable,
                "-m",
                "summarizer",
                "summarize",
                str(article),
                "--format",
                "markdown",
                "--base-url",
                endpoint.base_url,
            ],
            capture_output=True,
            cwd=ROOT,
            check=True,
        )
    assert b"\x1b" not in shown.stdout + shown.stderr
    assert "\u202e".encode() not in shown.stdout


def test_an_unknown_flag_is_a_usage_error():
    done = command("a.txt", "--nonsense")
    assert done.returncode == 2
    assert b"--nonsense" in done.stderr


def test_an_endpoints_message_cannot_steer_the_terminal(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    with serving(in_turn(failure(400, "\x1b[2Jno\u202e"))) as endpoint:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "summarize", str(article), "--base-url", endpoint.base_url],
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == 3
    assert b"\x1b" not in done.stderr


def test_a_reader_that_has_enough_is_no_error(press):
    # more than a pipe holds: whoever reads is gone before all of it is written, however fast this machine is
    (press / "long.txt").write_text(f"{TEXT} " * 800, encoding="utf-8")
    # quiet: on a busy machine it may take so long that it tells how far it is
    line = f"{sys.executable} -m summarizer summarize {press} --no-model --format json -q | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
