"""A table of articles, JSON Lines, CSV or Parquet: its rows one after the other, and a row as an `Article`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, date, datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from summarizer import languages
from summarizer.article import Article, load_text, metadata
from summarizer.article.line import one_line
from summarizer.article.model import Known
from summarizer.batch import cells
from summarizer.errors import ArticleError, ConfigurationError

__all__ = ["CSV", "JSON_LINES", "PARQUET", "Columns", "Row", "article", "count", "is_table", "need_parquet", "plain",
           "rows"]  # fmt: skip

JSON_LINES = frozenset({".jsonl", ".ndjson"})
PARQUET = frozenset({".parquet"})
#: Cells parted by commas, semicolons or tabs (RFC 4180).
CSV = frozenset({".csv", ".tsv"})
#: Rows of a Parquet file that are held at once.
_BATCH = 64
_BUFFER_BYTES = 2**20
#: A character of the text may take six bytes in JSON (``\\u4e2d``), and other columns want room, too.
_ESCAPED, _OTHER_BYTES = 6, 4_000_000
#: What pyarrow raises: its own errors are of these kinds.
_UNREADABLE = (OSError, ValueError, KeyError, NotImplementedError, MemoryError)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are called; a column that a table has not is not known."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    date: str = "date"
    url: str = "url"
    author: str = "author"
    outlet: str = "outlet"
    language: str = "language"

    @classmethod
    def parse(cls, pairs: str) -> "Columns":
        """Read ``text=body,date=published_on``; what is not named keeps its own name.

        Raises:
            ConfigurationError: something else than such pairs, or a name that is none of ours.
        """
        given: dict[str, str] = {}
        for pair in filter(None, (piece.strip() for piece in pairs.split(","))):
            name, _, column = (part.strip() for part in pair.partition("="))
            if name not in cls.names() or not column:
                raise ConfigurationError(
                    f"--columns: {pair!r} does not say which column is what",
                    f"write NAME=COLUMN,… with the names {', '.join(cls.names())}, e.g. text=body,date=published_on",
                )
            given[name] = column
        return cls(**given)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names by which this program knows them."""
        return tuple(field.name for field in fields(cls))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        name: the file with the number of the line or row behind it, from 1: ``articles.jsonl:17``.
        values: column → value; empty where the row cannot be read.
        problem: why it cannot.
    """

    name: str
    values: Mapping[str, object]
    problem: ArticleError | None = None


def is_table(path: Path) -> bool:
    """Tell by its suffix whether a file is a table of articles."""
    return path.suffix.lower() in JSON_LINES | PARQUET | CSV


def rows(path: Path, columns: Columns, max_bytes: int) -> Iterator[Row]:
    """Yield the rows of a table; one that cannot be read says why and does not stop the others.

    Args:
        path: a file with a suffix of `JSON_LINES`, `CSV` or `PARQUET`.
        columns: of a Parquet file no others are read.
        max_bytes: largest article; a line of JSON that cannot hold a smaller one is passed over unread.

    Raises:
        ConfigurationError: the file is Parquet and pyarrow is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in PARQUET:
        return _parquet(path, columns)
    return _csv(path, columns, max_bytes) if suffix in CSV else _json_lines(path, max_bytes)


def count(path: Path, max_bytes: int) -> int:
    """Return how many rows a table has, those that cannot be read too.

    Raises:
        ConfigurationError: as `rows`.
    """
    if path.suffix.lower() in PARQUET:
        return _parquet_count(path)
    if path.suffix.lower() in CSV:
        return _csv_count(path, max_bytes)
    try:
        with path.open("rb") as file:
            return 1 if _wide(file) else sum(1 for _ in _lines(file, _longest(max_bytes)))
    except OSError:
        return 1


def need_parquet() -> Any:
    """Return pyarrow's module for Parquet.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError:
        raise ConfigurationError(
            "Parquet files need the package pyarrow", "install it: pip install 'summarizer-briefs[parquet]'"
        ) from None
    return pyarrow.parquet


def article(row: Row, columns: Columns, max_bytes: int, language: str | None) -> Article:
    """Return the article in a row; its `source` is the row's URL where it has one, else the row's name.

    Args:
        row: what was read.
        columns: which column is what.
        max_bytes: more than this is refused.
        language: settles the language, whatever the row says; None to take the row's, or else to identify it.

    Raises:
        ArticleError: there is no text in the row, or another value is not what it should be.
        ConfigurationError: `language` has no file.
    """
    if row.problem is not None:
        raise row.problem
    text = _text(row, columns)
    if len(text) > max_bytes or len(text.encode("utf-8", "replace")) > max_bytes:
        raise ArticleError(f"{row.name}: its text is larger than {max_bytes:,} bytes; raise the limit, or split it")
    known = Known(
        title=_said(row, columns.title),
        published=_date(row.values.get(columns.date)),
        outlet=_said(row, columns.outlet),
        author=_said(row, columns.author),
        url=_said(row, columns.url),
    )
    made = load_text(text, row.name, language=language or _language(row, columns), given=known)
    return replace(made, source=one_line(_said(row, columns.url) or "") or row.name)


def _text(row: Row, columns: Columns) -> str:
    if columns.text not in row.values:
        raise _no_text(row.name, columns, row.values)
    text = _said(row, columns.text)
    if not text or not text.strip():
        raise ArticleError(f"{row.name}: its {columns.text!r} is empty; leave the row out, or give it a text")
    return text


def _said(row: Row, column: str) -> str | None:
    """Return a value that should be text; None where there is none."""
    value = row.values.get(column)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if value is None or isinstance(value, str):
        return value
    raise ArticleError(f"{row.name}: its {column!r} is no text but {_kind(value)}; correct the row")


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), f"a {type(value).__name__}")


def _date(value: object) -> str | None:
    """Return a date as ISO 8601; like a page's own, one that cannot be read is not known."""
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    return metadata.moment(value) if isinstance(value, str) else None


def _language(row: Row, columns: Columns) -> str | None:
    said = (_said(row, columns.language) or "").strip()
    if said and not languages.known(said):
        raise ArticleError(
            one_line(f"{row.name}: its {columns.language!r} is {said[:40]!r}, which is none that can be read"),
            f"these can: {', '.join(languages.available())}, others by their code (docs/languages.md); correct it, "
            "or name the language with --language",
        )
    return said or None


def _longest(max_bytes: int) -> int:
    return _ESCAPED * max_bytes + _OTHER_BYTES


def _json_lines(path: Path, max_bytes: int) -> Iterator[Row]:
    """Yield the rows of a file with one JSON object a line (https://jsonlines.org), in UTF-8."""
    name = one_line(str(path))
    try:
        with path.open("rb") as file:
            if _wide(file):
                yield _unread(name, "this is UTF-16, and JSON Lines are UTF-8; save it as UTF-8")
                return
            for number, line in _lines(file, _longest(max_bytes)):
                yield _json(f"{name}:{number}", line)
    except OSError as error:
        yield _unread(name, f"this cannot be read: {error.strerror or error}; check the path")


def _wide(file: BufferedReader) -> bool:
    """Tell whether a file begins with a mark of UTF-16 or UTF-32; it is only looked at: pipes are read once."""
    return file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff")


def _lines(file: IO[bytes], longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that are not blank with their numbers; None in place of one longer than `longest` bytes."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.removeprefix(b"\xef\xbb\xbf").strip():
            yield number, line


def _json(name: str, line: bytes | None) -> Row:
    if line is None:
        return _unread(name, "this line is far too long for one article; give one object a line")
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _unread(name, "this line is not UTF-8; save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return _unread(name, f"this line is no JSON: {getattr(error, 'msg', error)}; correct it")
    if not isinstance(values, dict):
        return _unread(name, f"this line is {_kind(values)} and no object with a text; correct it")
    return Row(name, values)


def _csv(path: Path, columns: Columns, max_bytes: int) -> Iterator[Row]:
    """Yield the rows of a file of cells whose first row names the columns; a row's number is its first line's."""
    name = one_line(str(path))
    try:
        for line, values, problem in cells.read(path, columns.text, _longest(max_bytes)):
            if problem is not None:
                yield _unread(f"{name}:{line}" if line else name, problem)
            else:
                yield Row(f"{name}:{line}", values)
    except OSError as error:
        yield _unread(name, f"this cannot be read: {error.strerror or error}; check the path")


def _csv_count(path: Path, max_bytes: int) -> int:
    try:
        return sum(1 for _ in cells.read(path, None, _longest(max_bytes)))
    except OSError:
        return 1


def _parquet(path: Path, columns: Columns) -> Iterator[Row]:
    """Yield the rows of a Parquet file (https://parquet.apache.org/docs/file-format/), a batch of them at a time."""
    parquet, name = need_parquet(), one_line(str(path))
    try:
        # by default a whole row group is held, and many files have one alone
        with parquet.ParquetFile(path, buffer_size=_BUFFER_BYTES, pre_buffer=False) as file:
            has = file.schema_arrow.names
            if columns.text not in has:
                yield Row(name, {}, _no_text(name, columns, has))
                return
            before, wanted = 0, [column for column in astuple(columns) if column in has]
            for group in range(file.num_row_groups):
                yield from _group(file, group, wanted, name, before)
                before += file.metadata.row_group(group).num_rows
    except _UNREADABLE as error:
        yield _unread(name, f"this cannot be read as Parquet: {_reason(error)}; check the file")


def _group(file: Any, group: int, wanted: Sequence[str], name: str, before: int) -> Iterator[Row]:
    """Yield the rows of a row group; where it is damaged, the next one may be whole."""
    done = before
    try:
        for batch in file.iter_batches(batch_size=_BATCH, row_groups=[group], columns=wanted):
            for i in range(batch.num_rows):
                done += 1
                yield Row(f"{name}:{done}", {column: _value(batch.column(column)[i]) for column in wanted})
    except _UNREADABLE as error:
        last = before + file.metadata.row_group(group).num_rows
        yield _unread(f"{name}:{done + 1}", f"the rows up to {last} cannot be read: {_reason(error)}")


def _reason(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")[:200] or type(error).__name__


def _parquet_count(path: Path) -> int:
    try:
        with need_parquet().ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except _UNREADABLE:
        return 1


def _value(cell: Any) -> object:
    """Return a cell as Python holds it: bytes for a text that is none, a time with nanoseconds to the second."""
    # where pandas is there, it would give these a type of its own
    if str(cell.type).startswith("timestamp[ns") and cell.is_valid:
        return datetime.fromtimestamp(cell.value // 10**9, UTC)
    try:
        return cell.as_py()
    except ValueError:
        return cell.as_buffer().to_pybytes()


def _unread(name: str, why: str) -> Row:
    return Row(name, {}, ArticleError(one_line(f"{name}: {why}")))


def _no_text(name: str, columns: Columns, has: Iterable[object]) -> ArticleError:
    listed = ", ".join(map(str, has)) or "none"
    return ArticleError(
        one_line(f"{name}: there is no column {columns.text!r}; it has: {listed[:300]}"),
        "name the one that holds the articles: --columns text=NAME",
    )


def plain(row: Row, columns: Columns) -> Mapping[str, str | None]:
    """Return what a row says, as text under our own names: another process can make the same article of it.

    Args:
        row: what was read.
        columns: which column is what.

    Raises:
        ArticleError: as `article`.
    """
    if row.problem is not None:
        raise row.problem
    text, given = _text(row, columns), row.values.get(columns.id)
    is_name = isinstance(given, str | int) and not isinstance(given, bool)
    said = {name: _said(row, getattr(columns, name)) for name in ("title", "url", "author", "outlet", "language")}
    return {
        "text": text,
        "id": str(given) if is_name else None,
        "date": _date(row.values.get(columns.date)),
        **said,
    }
