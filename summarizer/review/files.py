"""The files of digests under review: read anew each time, written back whole, once kept as they were."""

import errno
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from summarizer import whole
from summarizer.article.line import one_line
from summarizer.digest import Change, Digest, corrections
from summarizer.digest.audit.reread import parsed, parts, unread
from summarizer.errors import ArticleError, ConfigurationError, SummarizerError

__all__ = ["Changed", "Kept", "Shelf", "original"]

_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_ORIGINAL = ".orig"
#: Beyond this a file is no set of digests that anybody reads through.
_MAX_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A digest as its file holds it.

    Attributes:
        version: of its text, so that nobody writes over what they have not seen.
    """

    digest: Digest
    version: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a digest is: a file, or a line of it (1-based)."""

    path: Path
    line: int | None

    def __str__(self) -> str:
        return one_line(str(self.path) if self.line is None else f"{self.path}:{self.line}")


class Changed(SummarizerError):  # noqa: N818 - an event, told to whoever comes second
    """A digest that somebody else saved since it was read.

    Attributes:
        now: as it is.
    """

    def __init__(self, now: Kept) -> None:
        super().__init__("somebody else saved this digest meanwhile")
        self.now = now


class Shelf:
    """Digests under review, found by their article's id. Several threads may use it; saves come one by one.

    Args:
        sources: files with digests, JSON or JSON Lines, and folders with such.
        tell: is told what was left out, in one line each.

    Raises:
        ArticleError: a file named as such is not there or holds no digest; or there is none at all.
    """

    def __init__(self, sources: Sequence[str], tell: Callable[[str], None]) -> None:
        self._lock = Lock()
        self._tell = tell
        self._places: dict[str, _Place] = {}
        self._saved: dict[Path, None] = {}
        for source in sources:
            for path in _files(Path(source)):
                self._add(path, named=not Path(source).is_dir())
        if not self._places:
            raise ArticleError(f"there are no digests in {', '.join(map(one_line, sources))}", _MAKE)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def saved(self) -> tuple[Path, ...]:
        """The files that were written, in the order of their first save."""
        return tuple(self._saved)

    def read(self) -> list[Kept]:
        """Return the digests as their files hold them now; one that is gone or broken is told and left out."""
        found = []
        for article_id, place in self._places.items():
            try:
                found.append(self._read(article_id, place))
            except ArticleError as error:
                self._tell(str(error))
        return found

    def save(self, article_id: str, changes: Sequence[Change], version: str, reviewer: str | None) -> Kept:
        """Correct a digest and write it back; its file is kept once as it was, beside it.

        Args:
            article_id: of the digest.
            changes: pointers into the digest of that version.
            version: what the changes are based on.
            reviewer: who made them.

        Raises:
            ArticleError: there is no such digest under review, or its file is gone or broken.
            Changed: the file holds another version.
            ConfigurationError: it cannot be written; it is as it was.
            CorrectionError: the changes cannot be made.
        """
        place = self._places.get(article_id)
        if place is None:
            raise ArticleError("this digest is not under review here; load the page anew")
        with self._lock:
            now = self._read(article_id, place)
            if now.version != version:
                raise Changed(now)
            made = corrections.apply(now.digest, changes, reviewer)
            if made == now.digest:
                return now
            text = made.model_dump_json(indent=2) if place.line is None else made.model_dump_json()
            self._write(place, text)
            return Kept(made, _version(text))

    def close(self) -> None:
        """Wait until what is being saved is written."""
        with self._lock:
            return

    def _add(self, path: Path, *, named: bool) -> None:
        try:
            for line, text in parts(_text(path)):
                place = _Place(path, line)
                self._take(parsed(text, str(place)), place)
        except ArticleError as error:
            if named:
                raise
            self._tell(f"{error}; it is left out")

    def _take(self, digest: Digest, place: _Place) -> None:
        known = self._places.setdefault(digest.article.id, place)
        if known != place:
            self._tell(f"{place}: {known} has the same article; it is left out, review it on its own")

    def _read(self, article_id: str, place: _Place) -> Kept:
        found = dict(parts(_text(place.path))).get(place.line)
        if found is None:
            raise ArticleError(f"{place}: the digest is not there any more; it was taken away meanwhile")
        digest = parsed(found, str(place))
        if digest.article.id != article_id:
            raise ArticleError(f"{place}: another article's digest stands there now; end the review and start anew")
        return Kept(digest, _version(found))

    def _write(self, place: _Place, text: str) -> None:
        path = place.path.resolve()
        try:
            before = path.read_bytes()
            if not original(path).exists():
                _write(original(path), before, path)
            _write(path, _with(before, place.line, text), path)
        except OSError as error:
            raise ConfigurationError(f"{place}: your changes were not saved: {_why(error)}", _SAVE_AGAIN) from None
        self._saved[place.path] = None


_MAKE = "make some with: summarizer summarize ARTICLE… --format json --out FOLDER"
_SAVE_AGAIN = "the file is as it was; then save again, the page still has them"


def original(path: Path) -> Path:
    """Return where a file is kept as it was before anybody corrected it: ``a.orig.json`` for ``a.json``."""
    return path.with_name(f"{path.stem}{_ORIGINAL}{path.suffix}")


def _files(source: Path) -> Iterator[Path]:
    """Yield the files of a source, those kept as they were left out where what became of them is there, too."""
    try:
        listed = sorted(p for p in source.iterdir() if p.suffix.lower() in _SUFFIXES) if source.is_dir() else [source]
    except OSError as error:
        raise unread(one_line(str(source)), error) from None
    for path in listed:
        now = path.with_name(f"{path.stem.removesuffix(_ORIGINAL)}{path.suffix}")
        if now == path or not now.exists():
            yield path


def _text(path: Path) -> str:
    name = one_line(str(path))
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ArticleError(f"{name}: this file is too large to be reviewed; export fewer digests")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArticleError(f"{name}: this is no digest: it is not UTF-8") from None
    except (OSError, ValueError) as error:
        raise unread(name, error) from None


def _version(text: str) -> str:
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _with(before: bytes, line: int | None, text: str) -> bytes:
    """Return a file's content with one digest replaced."""
    if line is None:
        return f"{text}\n".encode()
    rows = before.decode("utf-8-sig").split("\n")
    rows[line - 1] = text
    return "\n".join(rows).encode()


def _write(target: Path, content: bytes, like: Path) -> None:
    with whole.written(target, lasting=True, like=like) as file:
        file.write(content)


def _why(error: OSError) -> str:
    told = {
        errno.ENOSPC: "the disk is full; make room",
        errno.EDQUOT: "your share of the disk is used up; make room",
        errno.EROFS: "the disk can only be read; copy the folder to another place and review it there",
        errno.EACCES: "the folder may not be written to; ask for the right to, or copy it to another place",
        errno.EPERM: "the file may not be changed; ask for the right to, or copy it to another place",
        errno.ENOENT: "its folder was taken away; put it back",
    }
    return told.get(error.errno or 0, error.strerror or "the disk gave no reason")
