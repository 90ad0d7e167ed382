"""Glossaries in files: TOML, CSV and TBX; what is wrong with one is told with its line."""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigurationError
from summarizer.glossary import tbx
from summarizer.glossary.model import Glossary
from summarizer.glossary.rows import Row, entry, wrong

__all__ = ["load"]

_MOST_BYTES, _MOST_ENTRIES = 20_000_000, 20_000
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\]", re.MULTILINE)
_KEYS = ("term", "language", "kind", "note", "renderings", "forbidden", "titles")
#: Columns of a CSV file beside those named like a language.
_COLUMNS = ("term", "language", "kind", "note")
_CODE = re.compile(r"(?:(forbidden|title)[ :_])?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)", re.IGNORECASE)
_DELIMITERS = ",;\t"


def load(files: Iterable[Path]) -> Glossary:
    """Return the glossary of some files; a later one has the last word on what an earlier one has, too.

    A file is read again when it changed.

    Raises:
        ConfigurationError: a file cannot be read or is no glossary; the message has the line and what to do.
    """
    whole = Glossary()
    for path in files:
        try:
            about = path.stat()
        except OSError as error:
            raise _unreadable(path, error.strerror) from None
        whole = _read(path, about.st_mtime_ns, about.st_size).over(whole)
    return whole


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int, size: int) -> Glossary:
    if size > _MOST_BYTES:
        raise ConfigurationError(
            f"{path}: a glossary of more than {_MOST_BYTES // 10**6} MB", "part it, or leave out what is never used"
        )
    readers = {".toml": _toml, ".csv": _csv, ".tsv": _csv, ".tbx": tbx.rows, ".xml": tbx.rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ConfigurationError(f"{path}: a glossary is a .toml, .csv or .tbx file", "save it as one of them")
    rows = list(reader(_text(path), path.name))
    if len(rows) > _MOST_ENTRIES:
        raise ConfigurationError(
            f"{path}: more than {_MOST_ENTRIES:,} entries", "part it, or leave out what is never used"
        )
    _distinct(rows)
    return Glossary(tuple(entry(row) for row in rows))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror) from None
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise wrong(path.name, line, "this is no UTF-8", "save the file as UTF-8 (in Excel: CSV UTF-8)") from None
    return text


def _unreadable(path: Path, why: str | None) -> ConfigurationError:
    return ConfigurationError(f"cannot read the glossary {path}: {why or 'unknown reason'}", "check --glossary")


def _distinct(rows: Sequence[Row]) -> None:
    """Hold that a term stands once, as far as the file is one of terms: a file of concepts may have homonyms."""
    seen = dict[tuple[str, str], Row]()
    for row in (r for r in rows if r.term):
        before = seen.setdefault((row.language.lower(), row.term), row)
        if before is not row:
            told = f"{row.term!r} ({row.language}) stands in line {before.line} already"
            raise wrong(row.file, row.line, told, "write all its renderings into one entry")


def _toml(text: str, name: str) -> Iterator[Row]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{name}: this is no TOML: {error}", "docs/glossary.md has an example") from None
    lines = [text.count("\n", 0, header.start()) + 1 for header in _ENTRY.finditer(text)]
    listed = found.get("entry")
    if set(found) != {"entry"} or not isinstance(listed, list) or len(lines) != len(listed):
        raise wrong(name, 1, "there must be tables [[entry]] and nothing else", "docs/glossary.md has an example")
    for line, raw in zip(lines, listed, strict=True):
        yield _row(raw, name, line)


def _row(raw: Mapping[str, Any], name: str, line: int) -> Row:
    for key, value in raw.items():
        if key not in _KEYS:
            raise wrong(name, line, f"the unknown key {key!r}", f"known are {', '.join(_KEYS)}")
        if not isinstance(value, dict if key in _KEYS[4:] else str):
            raise wrong(name, line, f"{key} is not as it must be", "docs/glossary.md has an example")
    told: dict[str, Any] = {key: raw.get(key, "") for key in _KEYS[:4]}
    tables: dict[str, Any] = {
        key: {tag: _listed(v, name, line, tag) for tag, v in raw.get(key, {}).items()} for key in _KEYS[4:]
    }
    return Row(name, line, **told, **tables)


def _listed(value: object, name: str, line: int, tag: str) -> tuple[str, ...]:
    phrases = [value] if isinstance(value, str) else value
    if not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
        raise wrong(name, line, f"{tag} must be text or a list of text", 'write it like zh = ["…", "…"]')
    return tuple(phrases)


def _csv(text: str, name: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heads, last = list[str](), 0
    while True:
        line = last + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            raise wrong(name, reader.line_num, f"this is no row: {error}", "close the quotation marks") from None
        last = reader.line_num
        if not heads:
            heads = _heads(cells, name)
        elif any(cells):
            yield _cells(heads, cells, name, line)
    if not heads:
        raise wrong(name, 1, "the file is empty", "its first row has to name the columns: term, language, …")


def _heads(cells: Sequence[str], name: str) -> list[str]:
    heads = [cell.lower() for cell in cells]
    for head in heads:
        if head not in _COLUMNS and not _CODE.fullmatch(head):
            told = f"the unknown column {head!r}"
            raise wrong(
                name, 1, told, "known are term, language, kind, note, a language (zh), 'forbidden zh', 'title zh'"
            )
    missing = [head for head in ("term", "language") if head not in heads]
    twice = [head for head in heads if heads.count(head) > 1]
    if missing or twice:
        told = f"there is no column {missing[0]!r}" if missing else f"two columns are called {twice[0]!r}"
        raise wrong(name, 1, told, "the first row names the columns, each once")
    return heads


def _cells(heads: Sequence[str], cells: Sequence[str], name: str, line: int) -> Row:
    if len(cells) > len(heads) and any(cells[len(heads) :]):
        told = f"{len(cells)} cells where the first row has {len(heads)}"
        raise wrong(name, line, told, "put a cell that holds the delimiter in quotation marks")
    own: dict[str, Any] = dict(zip(heads, cells, strict=False))
    tables: dict[str, Any] = {"renderings": {}, "forbidden": {}, "titles": {}}
    for head, cell in own.items():
        if head not in _COLUMNS and cell and (named := _CODE.fullmatch(head)):
            table = {"forbidden": "forbidden", "title": "titles"}.get(named[1] or "", "renderings")
            tables[table][named[2]] = tuple(part.strip() for part in cell.split("|"))
    return Row(name, line, **{head: own.get(head, "") for head in _COLUMNS}, **tables)
