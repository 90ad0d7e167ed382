"""What a run is given: files, folders, patterns, tables and archives of articles, as one `Input` after the other."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from summarizer import article, languages
from summarizer.article import Article
from summarizer.article.line import one_line
from summarizer.article.metadata import is_address
from summarizer.article.model import Known
from summarizer.article.reading import load_piece, read_bytes
from summarizer.batch import rows
from summarizer.batch.rows import Columns, Row
from summarizer.batch.sources import STDIN, found, head, may_hold_several, shown
from summarizer.errors import ArticleError, SummarizerError, reported
from summarizer.formats import kind
from summarizer.formats import reading as formats
from summarizer.formats.piece import Limits, Piece

if TYPE_CHECKING:
    from summarizer.config import Settings
    from summarizer.fetch import Fetched, Fetcher

__all__ = ["Columns", "Input", "count", "inputs", "opened", "read_ahead", "stem"]

#: What cannot stand in a file's name on one system or another.
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')
_ROW = re.compile(r"(.+\.(?:jsonl|ndjson|parquet|csv|tsv)):(\d+)", re.IGNORECASE | re.DOTALL)
_STEM_BYTES = 200  # file systems take 255, and an ending comes on top
#: Counting the lines of a larger file takes longer than it is worth.
_COUNTED_BYTES = 1_000_000_000
#: Of more that cannot be read nobody looks for one that can: what was looked at is held.
_LOOKED_AT = 100
_LIMITS = Limits()


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
        return cls(shown(given.source), stem(given.source), lambda: given)


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


def read_ahead(given: Iterator[Input]) -> tuple[Iterator[Input], bool]:
    """Read until the first article that can be read; return the same inputs, and whether there may be one among them.

    What was read or fetched on the way is kept: no file, pipe or address is read twice.
    """
    looked: list[Input] = []
    waiting: deque[Input] = deque()
    while len(looked) < _LOOKED_AT:
        each = waiting.popleft() if waiting else next(given, None)
        if each is None:
            return iter(looked), False
        if each.inside is not None:
            waiting.extendleft(reversed(each.inside()))
            continue
        read, readable = _read(each)
        looked.append(read)
        if readable:
            break
    return chain(looked, waiting, given), True


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


def _count(source: str, max_bytes: int) -> int | None:
    path = Path(source)
    if source == STDIN or is_address(source):
        return 1
    if not rows.is_table(path):
        return _count_pieces(path, max_bytes) if may_hold_several(path) else 1
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


def stem(name: str) -> str:
    """Return what a file made of an input may be called, without its ending: ``t-17`` for ``news/t.jsonl:17``.

    Args:
        name: the input's.
    """
    if is_address(name):
        return _safe(_slug(name)) or "article"
    row = _ROW.fullmatch(name)
    number = f"-{row[2]}" if row else ""
    return "stdin" if name == STDIN else (_safe(Path(row[1] if row else name).stem) or "article") + number


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
        name = shown(path)
        if problem is not None:
            yield Input(name, stem(name), partial(_raise, problem))
        elif web is not None and is_address(path):
            yield web.later(Input(name, stem(name), partial(article.load, path)), path)
        elif rows.is_table(Path(path)) and not is_address(path):
            yield from _table(Path(path), max_bytes, language, columns)
        elif path == STDIN or may_hold_several(Path(path)):
            yield from _pieces(path, max_bytes, language, web)
        else:
            load = partial(article.load, path, max_bytes=max_bytes, language=language)
            given = Input(name, stem(name), load)
            yield replace(given, inside=partial(_read_aside, given)) if _takes_long(Path(path)) else given


def _takes_long(path: Path) -> bool:
    """Tell whether reading a file may take seconds, in which no other article should wait: a PDF does."""
    return kind.kind(head(path), str(path)) is kind.Kind.pdf


def _read_aside(given: Input) -> Sequence[Input]:
    return [_read(given)[0]]


def _read(given: Input) -> tuple[Input, bool]:
    """Return an input whose article is read already, or that says why it cannot be, and whether it can."""
    try:
        with reported(None):
            read = given.load()
    except SummarizerError as error:
        return _failing(given, error), False
    return replace(given, load=lambda: read, inside=None), True


def _pieces(path: str, max_bytes: int, language: str | None, web: _Web | None) -> Iterator[Input]:
    """Yield each article in a file that may hold several, or the one on standard input."""
    name = shown(path)
    try:
        data = read_bytes(path, max_bytes)
        if path == STDIN and not formats.may_hold_several(data, path):
            load = partial(article.load_bytes, data, path, max_bytes=max_bytes, language=language)
            yield Input(name, stem(name), load)
            return
        from_feed = web if kind.kind(data, path) is kind.Kind.feed else None
        for piece in formats.pieces(data, path, Limits(text_bytes=max_bytes)):
            yield _entry(piece, path, language, from_feed)
    except SummarizerError as error:
        yield Input(name, stem(name), partial(_raise, error))


def _piece(piece: Piece, path: str, language: str | None) -> Input:
    name = one_line(f"{shown(path)}:{piece.name}" if piece.name else shown(path))
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


def _safe(text: str) -> str:
    """Return a file's name out of any text: never hidden, never a folder above; empty where nothing is left."""
    return _UNSAFE.sub("-", one_line(text)).encode()[:_STEM_BYTES].decode("utf-8", "ignore").strip(" .")
