"""The folder of a run on many machines: digests in Parquet files, each written whole, and what is paid for meanwhile.

``part-*.parquet`` holds digests, ``failed-*.parquet`` rows with their errors, in the same columns. ``_run/`` says
which run is going, what the folder had when it began, keeps answers of articles that are not finished and marks of
what was begun.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.article.line import one_line
from summarizer.batch import nested
from summarizer.batch.rows import need_parquet
from summarizer.batch.writing import said, written
from summarizer.digest import Digest
from summarizer.errors import StoreError
from summarizer.ray.attempts import Attempts

if TYPE_CHECKING:
    from summarizer.llm.client import Call

__all__ = ["Answers", "Had", "Output", "begin", "schema"]

_PART, _FAILED = "part-{}.parquet", "failed-{}.parquet"
_RUN, _ID, _PAID, _BEGUN = "_run", "id", "paid", "begun"
#: What pyarrow raises: its own errors are of these kinds.
_UNREADABLE = (OSError, ValueError, KeyError)


def schema() -> Any:
    """Return the Arrow schema of the files: name, key, digest, error; of the last two one is there, or both.

    Both are there where only a brief is missing.

    Raises:
        ConfigurationError: pyarrow is not installed.
    """
    need_parquet()
    import pyarrow

    text = pyarrow.string()
    error = pyarrow.struct([("kind", text), ("said", text), ("advice", text)])
    return pyarrow.schema([("name", text), ("key", text), ("digest", nested.kind()), ("error", error)])


@dataclass(frozen=True)
class Output:
    """The folder as a run sees it, from any machine.

    Attributes:
        folder: the same path on all of them.
        run: the id of the run.
    """

    folder: Path
    run: str

    @property
    def _inner(self) -> Path:
        return self.folder / _RUN

    def part(self, batch: str) -> Path:
        """Return the file of a batch's digests."""
        return self.folder / _PART.format(f"{self.run}-{batch}")

    def failed(self, batch: str) -> Path:
        """Return the file of a batch's failed rows."""
        return self.folder / _FAILED.format(f"{self.run}-{batch}")

    def write(self, path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows of `schema` into a file, whole or not at all; none are no file.

        Raises:
            StoreError: another run has begun here since: what it does must not be done twice.
            ConfigurationError: it cannot be written.
        """
        if not rows:
            return
        import pyarrow

        self.check()
        table = pyarrow.Table.from_pylist(list(rows), schema=schema())
        with said(path), written(path) as file:
            need_parquet().write_table(table, file, compression="zstd")

    def check(self) -> None:
        """Check that this is still the run of this folder.

        Raises:
            StoreError: it is not.
        """
        if (going := _text(self._inner / _ID)) != self.run:
            told = f"another run ({going or 'unknown'}) has begun in {one_line(str(self.folder))}"
            raise StoreError(told, "let one run at a time write into a folder; what was paid for here is kept")

    def answers(self, batch: str) -> "Answers":
        """Return where the answers of a batch are kept until its file is written."""
        return Answers(self._inner / _PAID / f"{self.run}-{batch}.jsonl")

    def attempts(self, batch: str) -> Attempts:
        """Return what was begun of a batch."""
        return Attempts(self._inner / _BEGUN / f"{self.run}-{batch}")

    def digest(self, batch: str, key: str) -> Digest | None:
        """Return a digest that a batch of this run has written; None without one."""
        part = self.part(batch)
        return _digest(part, key) if part.exists() else None

    @cached_property
    def earlier(self) -> Mapping[tuple[str, str], bytes]:
        """What earlier runs paid for and did not finish: (key, question) → answer."""
        return dict(_answers(self._inner / _PAID / f"{self.run}.jsonl"))

    @cached_property
    def had(self) -> "Had":
        """What the folder had when the run began."""
        return Had(self.folder, self._inner / self.run)


class Had:
    """The rows that a folder had when a run began; held once for all processes of a machine, 132 bytes a row.

    Args:
        folder: of the output.
        index: folder of the index: sorted arrays, mapped into memory.
    """

    def __init__(self, folder: Path, index: Path) -> None:
        import numpy as np

        self._folder = folder
        self._rows = np.load(index / "rows.npy", mmap_mode="r")
        self._keys = np.load(index / "keys.npy", mmap_mode="r")
        self._parts = np.load(index / "parts.npy", mmap_mode="r")
        self._names: list[str] = json.loads((index / "names.json").read_text(encoding="utf-8"))

    def has(self, name: str, key: str) -> bool:
        """Tell whether there is a digest of this row."""
        return _at(self._rows, _row_id(name, key)) is not None

    def digest(self, key: str) -> Digest | None:
        """Return the digest of the same text and settings from another row; None without one."""
        at = _at(self._keys, key)
        if at is None:
            return None
        return _digest(self._folder / self._names[int(self._parts[at])], key)


class Answers:
    """What a batch's articles have paid for so far, a line for each answer: it outlives the process, however it ends.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = dict(_answers(path))

    def get(self, key: str, question: str) -> bytes | None:
        """Return an answer that a lost worker kept; None without one."""
        return self._kept.get((key, question))

    def of(self, key: str) -> Mapping[str, bytes]:
        """Return the answers for one article by their questions, as they were when this was opened."""
        return {question: answer for (text, question), answer in self._kept.items() if text == key}

    def add(self, key: str, question: str, answer: bytes) -> None:
        """Keep an answer.

        Raises:
            StoreError: it cannot be written.
        """
        line = json.dumps({"key": key, "question": question, "answer": answer.decode()}, ensure_ascii=False)
        try:
            with self._path.open("ab") as file:
                file.write(f"\n{line}".encode())  # a line that a lost worker broke off spoils none after it
        except OSError as error:
            raise StoreError(f"cannot write {one_line(str(self._path))}: {error.strerror or error}") from None

    @property
    def calls(self) -> "list[Call]":
        """The questions that were paid for when this was opened."""
        from summarizer.llm.client import Call

        return [Call(**json.loads(answer)["call"]) for answer in self._kept.values()]

    def forget(self) -> None:
        """Remove them: the file of their digests is written."""
        self._path.unlink(missing_ok=True)


def begin(folder: Path) -> tuple[Output, int]:
    """Begin a run in a folder, and return it with the number of digests there.

    Rows that failed are forgotten, to be tried again. Runs that were going here can write nothing any more.

    Args:
        folder: a new one, or one of an earlier run.

    Raises:
        StoreError: a file in it cannot be read.
        ConfigurationError: it cannot be written.
    """
    output = Output(folder.absolute(), secrets.token_hex(4))
    inner = output.folder / _RUN
    with said(folder):
        (inner / _PAID).mkdir(parents=True, exist_ok=True)
        with written(inner / _ID) as file:
            file.write(output.run.encode())
        (inner / _BEGUN).mkdir(exist_ok=True)
        gone = output.folder.glob(_FAILED.format("*")), output.folder.glob(".*.part"), (inner / _BEGUN).iterdir()
        for old in chain(*gone):
            old.unlink()
        keys = _index(output.folder, inner / output.run)
        _gather(inner / _PAID, output.run, keys)
    return output, len(keys)


def _index(folder: Path, index: Path) -> list[str]:
    """Write down which rows a folder has, and return their keys; indexes of earlier runs go."""
    import shutil

    import numpy as np

    for old in index.parent.glob("*/rows.npy"):
        shutil.rmtree(old.parent)
    index.mkdir()
    names = sorted(path.name for path in folder.glob(_PART.format("*")))
    found = [(n, key, name) for n, part in enumerate(names) for key, name in _rows(folder / part)]
    keys = np.array([key for _, key, _ in found], dtype="S64")
    order = np.argsort(keys)
    np.save(index / "keys.npy", keys[order])
    np.save(index / "parts.npy", np.array([n for n, *_ in found], dtype="i4")[order])
    np.save(index / "rows.npy", np.sort(np.array([_row_id(name, key) for _, key, name in found], dtype="S64")))
    (index / "names.json").write_text(json.dumps(names), encoding="utf-8")
    return [key for _, key, _ in found]


def _digest(part: Path, key: str) -> Digest | None:
    with _sound(part):
        table = need_parquet().read_table(part, columns=["digest"], filters=[("key", "=", key)])
    return nested.digest(table["digest"][0].as_py()) if len(table) else None


def _rows(part: Path) -> Iterator[tuple[str, str]]:
    with _sound(part):
        table = need_parquet().read_table(part, columns=["key", "name"])
    yield from zip(table["key"].to_pylist(), table["name"].to_pylist(), strict=True)


def _gather(paid: Path, run: str, done: Iterable[str]) -> None:
    """Put together what earlier runs paid for and did not finish."""
    finished, old = set(done), sorted(paid.glob("*.jsonl"))
    if not old:
        return
    with written(paid / f"{run}.jsonl") as file:
        for path in old:
            for (key, question), answer in _answers(path):
                if key not in finished:
                    line = {"key": key, "question": question, "answer": answer.decode()}
                    file.write(f"\n{json.dumps(line, ensure_ascii=False)}".encode())
    for path in old:
        path.unlink()


def _answers(path: Path) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Yield the answers in a file; a line that was broken off is none."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                value = json.loads(line)
                yield (value["key"], value["question"]), value["answer"].encode()
            except (ValueError, KeyError, TypeError, AttributeError):
                continue


def _row_id(name: str, key: str) -> str:
    return sha256(f"{key}\0{name}".encode("utf-8", "replace")).hexdigest()


def _at(listed: Any, wanted: str) -> int | None:
    """Return where something stands in a sorted array; None where it does not."""
    value = wanted.encode()
    at = int(listed.searchsorted(value))
    return at if at < len(listed) and listed[at] == value else None


@contextmanager
def _sound(part: Path) -> Iterator[None]:
    """Tell in words that a file of digests cannot be read.

    Raises:
        StoreError: in place of what pyarrow raises.
    """
    try:
        yield
    except _UNREADABLE as error:
        told = next(iter(str(error).splitlines()), "")[:200]
        raise StoreError(
            f"{one_line(str(part))} cannot be read: {told}",
            "move it away, and its articles are asked for anew; or take another folder",
        ) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
