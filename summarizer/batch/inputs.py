"""What a run is given: files, folders, patterns, tables and archives of articles, as one `Input` after the other."""

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from summarizer import article, languages
from summarizer.article import Article
from summarizer.article.line import one_line
from summarizer.article.metadata import is_address
from summarizer.article.model import Known
from summarizer.article.reading import SUFFIXES, load_piece, read_bytes
from summarizer.batch import rows
from summarizer.batch.rows import Columns, Row
from summarizer.errors import ArticleError, SummarizerError, reported
from summarizer.formats import kind
from summarizer.formats import reading as formats
from summarizer.formats.piece import Limits, Piece

if TYPE_CHECKING:
    from summarizer.config import Settings
    from summarizer.fetch import Fetched, Fetcher

__all__ = ["Columns", "Input", "count", "found", "inputs", "opened", "passed_over", "stem"]

_STDIN = "-"
#: What cannot stand in a file's name on one system or another.
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')
_ROW = re.compile(r"(.+\.(?:jsonl|ndjson|parquet|csv|tsv)):(\d+)", re.IGNORECASE | re.DOTALL)
_STEM_BYTES = 200  # file systems take 255, and an ending comes on top
#: Counting the lines of a larger file takes longer than it is worth.
_COUNTED_BYTES = 1_000_000_000
_LIMITS = Limits()
#: A path, and why nothing can be read there where that is known already.
_Found = tuple[str, ArticleError | None]


@dataclass(frozen=True, slots=True)
class Input:
    """One article to come.

    Attributes:
        name: as the user knows it: a path, ``path:17`` for a row of a table, ``file.zip:inside.pdf`` or
            ``feed.xml:#3`` for one of several articles in a file, ``-`` for standard input.
        stem: for the name of an output file: safe on every system, never empty, not unique.
        load: reads it; raises ArticleError.
        inside: fetches what stands at an address, or reads a file that takes long, and returns that, one input at
            least; may be done in another thread. None: `load` does not wait.
    """

    name: str
    stem: str
    load: Callable[[], Article]
    inside: "Callable[[], Sequence[Input]] | None" = None

    @classmethod
    def of(cls, given: Article) -> "Input":
        """Return an article that is read already as an input."""
        return cls(_shown(given.source), stem(given.source), lambda: given)


def inputs(
    sources: Sequence[str],
    settings: "Settings",
    language: str | None = None,
    columns: Columns | None = None,
    fetcher: "Fetcher | None" = None,
) -> Iterator[Input]:
    """Yield every article named, each path once, while it is needed: a row is held, a table never.

    What cannot be read is an input, too, whose `load` says why; so every input ends in one outcome.

    Args:
        sources: files, folders with all in them that can be read (hidden ones left out, sorted by path), patterns
            (``news/**/*.html``), tables (.jsonl, .ndjson, .parquet), http and https addresses where `settings` has
            them fetched, and ``-``; a file or an address that holds several articles, an archive or a feed, gives
            each of them.
        settings: bounds the size of an article, and says whether and from where anything is fetched.
        language: settles the language of all of them; None to take a row's own, or else to identify it.
        columns: what a table's columns are called.
        fetcher: shared with other runs of this process, so that all together are polite; None for one of its own.

    Raises:
        ConfigurationError: `language` has no file, or a Parquet file is named and pyarrow is not installed, or an
            address is to be fetched and the extra for that is not.
    """
    if language:
        languages.name(language)
    if any(Path(source).suffix.lower() in rows.PARQUET and not is_address(source) for source in sources):
        rows.need_parquet()
    web = _Web.of(settings, language, fetcher) if settings.fetch else None
    return _inputs(sources, settings.max_input_bytes, language, columns or Columns(), web)


def opened(given: Iterator[Input]) -> Iterator[Input]:
    """Yield inputs with nothing left to fetch: what stands at an address is fetched when its turn comes."""
    for each in given:
        yield from (each,) if each.inside is None else opened(iter(each.inside()))


def count(sources: Sequence[str], settings: "Settings") -> int | None:
    """Return how many inputs `sources` give, None where only reading it all would tell: pipes, huge files.

    Raises:
        ConfigurationError: as `inputs`.
    """
    total = 0
    for path, problem in found(sources):
        fetched = settings.fetch and is_address(path)  # what stands there may be a feed
        known = None if fetched else 1 if problem else _count(path, settings.max_input_bytes)
        if known is None:
            return None
        total += known
    return total


def passed_over(sources: Sequence[str]) -> list[str]:
    """Return the files in the folders named that `inputs` does not read: tables, and kinds that nothing here reads.

    Args:
        sources: as for `inputs`; a file that is named itself or by a pattern is not passed over.
    """
    read = {str(Path(path).absolute()) for path, _ in found(sources)}
    folders = (Path(each) for each in sources if each != _STDIN and not is_address(each) and _is_folder(Path(each)))
    inside = (path for folder in folders for path, problem in _files(folder) if problem is None)
    return [_shown(path) for path in inside if str(path.absolute()) not in read]


def _count(source: str, max_bytes: int) -> int | None:
    path = Path(source)
    if source == _STDIN or is_address(source):
        return 1
    if not rows.is_table(path):
        return _count_pieces(path, max_bytes) if _may_hold_several(path) else 1
    try:
        large = not path.is_file() or path.stat().st_size > _COUNTED_BYTES
    except OSError:
        return 1
    return None if large and path.exists() else rows.count(path, max_bytes)


def _count_pieces(path: Path, max_bytes: int) -> int | None:
    try:
        return formats.count(read_bytes(path, max_bytes), str(path), Limits(text_bytes=max_bytes))
    except SummarizerError:
        return 1


def _may_hold_several(path: Path) -> bool:
    """Tell by its beginning whether a file may hold several articles; where it cannot be read, reading says why."""
    return formats.may_hold_several(_head(path), str(path))


def _head(path: Path) -> bytes:
    """Return the beginning of a file; nothing of what is no file, or may not be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            head = file.read(kind.HEAD_BYTES)
            # an archive of Word files may begin so: its end lists them
            return head + (file.read(_LIMITS.file_bytes) if kind.kind(head, str(path)) is kind.Kind.docx else b"")
    except (OSError, ValueError):
        return b""


def stem(name: str) -> str:
    """Return what a file made of an input may be called, without its ending: ``t-17`` for ``news/t.jsonl:17``.

    Args:
        name: the input's.
    """
    if is_address(name):
        return _safe(_slug(name)) or "article"
    row = _ROW.fullmatch(name)
    number = f"-{row[2]}" if row else ""
    return "stdin" if name == _STDIN else (_safe(Path(row[1] if row else name).stem) or "article") + number


def _slug(url: str) -> str:
    """Return what an address calls its page: the last part of its path, else its host."""
    try:
        parts = urlsplit(url)
        return Path(unquote(parts.path)).stem or parts.hostname or ""
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class _Web:
    """What a run fetches with.

    Attributes:
        fetcher: shared, so that it is polite to each server.
        max_bytes: largest text of one article.
        language: settles that of all articles; None to identify it.
    """

    fetcher: "Fetcher"
    max_bytes: int
    language: str | None

    @classmethod
    def of(cls, settings: "Settings", language: str | None, fetcher: "Fetcher | None") -> "_Web":
        from summarizer import fetch

        return cls(fetcher or fetch.Fetcher(fetch.Limits.of(settings)), settings.max_input_bytes, language)

    def later(self, given: Input, url: str) -> Input:
        """Return an input for what stands at an address, not fetched yet."""
        return replace(given, inside=partial(self._inside, given, url))

    def _inside(self, given: Input, url: str) -> Sequence[Input]:
        """Fetch what stands at an address; where nothing can be read there, return an input that says why."""
        try:
            with reported(None):
                found = self.fetcher.get(url)
                return list(self._inputs(given, found)) or [_failing(given, _without(found.url))]
        except SummarizerError as error:
            return [_failing(given, error)]

    def _inputs(self, given: Input, found: "Fetched") -> Iterator[Input]:
        limits = Limits(text_bytes=self.max_bytes)
        is_feed = kind.kind(found.data, found.url) is kind.Kind.feed
        for piece in formats.pieces(found.data, found.url, limits, found.charset):
            if piece.name:
                yield _entry(piece, given.name, self.language, self if is_feed else None)
            else:  # where an article was found is a fact, what a page says of that a claim
                known = Known(url=found.url)
                load = partial(load_piece, piece, found.url, language=self.language, given=known)
                yield Input(given.name, given.stem, load)


def _entry(piece: Piece, path: str, language: str | None, web: _Web | None) -> Input:
    """Return one of several articles in a file; a feed's has its full text at its address."""
    each, url = _piece(piece, path, language), piece.known.url
    return web.later(each, url) if web is not None and url is not None else each


def _failing(given: Input, error: SummarizerError) -> Input:
    return Input(given.name, given.stem, partial(_raise, error))


def _without(url: str) -> ArticleError:
    return ArticleError(f"{url}: there is no article in it; give the address of an article or of a feed with entries")


def _inputs(
    sources: Sequence[str], max_bytes: int, language: str | None, columns: Columns, web: _Web | None
) -> Iterator[Input]:
    for path, problem in found(sources):
        name = _shown(path)
        if problem is not None:
            yield Input(name, stem(name), partial(_raise, problem))
        elif web is not None and is_address(path):
            yield web.later(Input(name, stem(name), partial(article.load, path)), path)
        elif rows.is_table(Path(path)) and not is_address(path):
            yield from _table(Path(path), max_bytes, language, columns)
        elif path == _STDIN or _may_hold_several(Path(path)):
            yield from _pieces(path, max_bytes, language, web)
        else:
            load = partial(article.load, path, max_bytes=max_bytes, language=language)
            given = Input(name, stem(name), load)
            yield replace(given, inside=partial(_read_aside, given)) if _takes_long(Path(path)) else given


def _takes_long(path: Path) -> bool:
    """Tell whether reading a file may take seconds, in which no other article should wait: a PDF does."""
    return kind.kind(_head(path), str(path)) is kind.Kind.pdf


def _read_aside(given: Input) -> Sequence[Input]:
    """Return an input whose article is read already, or that says why it cannot be."""
    try:
        with reported(None):
            read = given.load()
    except SummarizerError as error:
        return [_failing(given, error)]
    return [replace(given, load=lambda: read, inside=None)]


def _pieces(path: str, max_bytes: int, language: str | None, web: _Web | None) -> Iterator[Input]:
    """Yield each article in a file that may hold several, or the one on standard input."""
    name = _shown(path)
    try:
        data = read_bytes(path, max_bytes)
        if path == _STDIN and not formats.may_hold_several(data, path):
            load = partial(article.load_bytes, data, path, max_bytes=max_bytes, language=language)
            yield Input(name, stem(name), load)
            return
        from_feed = web if kind.kind(data, path) is kind.Kind.feed else None
        for piece in formats.pieces(data, path, Limits(text_bytes=max_bytes)):
            yield _entry(piece, path, language, from_feed)
    except SummarizerError as error:
        yield Input(name, stem(name), partial(_raise, error))


def _piece(piece: Piece, path: str, language: str | None) -> Input:
    name = one_line(f"{_shown(path)}:{piece.name}" if piece.name else _shown(path))
    plain = re.sub(r"\W+", "-", piece.name).strip("-")
    suggested = _safe(piece.stem) or (f"{stem(path)}-{_safe(plain)}" if plain else stem(path))
    return Input(name, suggested, partial(load_piece, piece, name, language=language))


def _table(path: Path, max_bytes: int, language: str | None, columns: Columns) -> Iterator[Input]:
    for row in rows.rows(path, columns, max_bytes):
        load = partial(rows.article, row, columns, max_bytes, language)
        yield Input(row.name, _safe(_id(row, columns)) or stem(row.name), load)


def _id(row: Row, columns: Columns) -> str:
    given = row.values.get(columns.id)
    return str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""


def _raise(problem: SummarizerError) -> Article:
    raise problem


def found(sources: Sequence[str]) -> Iterator[_Found]:
    """Yield every path named, each once: those in folders and those that patterns name; nothing is opened."""
    seen: set[str] = set()
    for source in sources:
        for path, problem in _expanded(source):
            known = path if path == _STDIN or is_address(path) else str(Path(path).absolute())
            if known not in seen:
                yield path, problem
            if len(sources) > 1:  # one source names nothing twice
                seen.add(known)


def _expanded(source: str) -> Iterator[_Found]:
    if source == _STDIN or not _is_pattern(source):
        yield from _at(source)
        return
    matched = _matching(Path(source))
    if not matched:
        yield source, ArticleError(f"{_shown(source)}: nothing is called so; check the pattern")
    for path in matched:
        yield from _at(path)


def _matching(pattern: Path) -> list[str]:
    """Return the paths that a pattern names, sorted; links to folders are not followed, hidden files left out."""
    fixed = list(takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    base, rest = Path(*fixed), pattern.parts[len(fixed) :]
    hidden = any(part.startswith(".") for part in rest)
    try:
        found = list(base.glob("/".join(rest)))
    except (OSError, ValueError):  # "**" beside other characters is no pattern
        return []
    return sorted(
        str(path) for path in found if hidden or not any(p.startswith(".") for p in path.relative_to(base).parts)
    )


def _is_pattern(source: str) -> bool:
    """Tell whether a source is a pattern: a file may be called ``[1].txt``, and an address have a ``?``."""
    return glob.has_magic(source) and not is_address(source) and not os.path.lexists(source)


def _at(source: str) -> Iterator[_Found]:
    """Yield a file as it is, a folder as the articles in it."""
    if source == _STDIN or is_address(source) or not _is_folder(Path(source)):
        yield source, None
        return
    inside = False
    for each in _inside(Path(source)):
        inside = True
        yield each
    if not inside:
        kinds = ", ".join(sorted(SUFFIXES))
        told = (
            f"{_shown(source)}: no article in this folder; it is searched for {kinds} files; give a table by its name"
        )
        yield source, ArticleError(told)


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; of one that nobody can look at, reading it says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    """Tell whether a path is a file, or something that nobody can look at: reading it says why."""
    try:
        return path.is_file()
    except OSError:
        return True


def _inside(folder: Path) -> Iterator[_Found]:
    """Yield the articles below a folder in the order of their paths; one that may not be read says so."""
    for path, problem in _files(folder):
        if problem is not None or _is_wanted(path):
            yield str(path), problem


def _files(folder: Path) -> Iterator[tuple[Path, ArticleError | None]]:
    """Yield every file below a folder but hidden ones, in the order of their paths; a closed folder says so."""
    waiting: list[Path] = [folder]
    while waiting:
        path = waiting.pop()
        if path is not folder and not _is_own_folder(path):
            if _is_file(path):
                yield path, None
            continue
        try:
            names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
        except OSError as error:
            yield path, ArticleError(f"{_shown(path)}: this folder may not be read: {error.strerror}")
            continue
        waiting.extend(path / name for name in reversed(names))


def _is_wanted(path: Path) -> bool:
    """Tell whether a file in a folder is one to read; of XML only what is a feed."""
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or (suffix == ".xml" and _may_hold_several(path))


def _is_own_folder(path: Path) -> bool:
    """Tell whether a path is a folder and no link to one: links may lead in circles."""
    return not path.is_symlink() and _is_folder(path)


def _safe(text: str) -> str:
    """Return a file's name out of any text: never hidden, never a folder above; empty where nothing is left."""
    return _UNSAFE.sub("-", one_line(text)).encode()[:_STEM_BYTES].decode("utf-8", "ignore").strip(" .")


def _shown(path: Path | str) -> str:
    """Return a path fit for messages and JSON: bytes that are no text become �."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
