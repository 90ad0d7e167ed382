"""A file of cells, CSV (RFC 4180) or its relatives with semicolons and tabs: a bad row stops no other."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.article.decode import decode
from summarizer.errors import ArticleError

__all__ = ["Cells", "read"]

_DELIMITERS = ",;\t|"
#: How much of a file is looked at for its encoding: Excel writes the local one, GB18030 or cp1252, without a mark.
_SAMPLE_BYTES, _SEARCHED_BYTES = 1_000_000, 64_000_000
_HEAD_CHARACTERS = 100_000
#: What stands for bytes that are not UTF-8 while a row is not parted yet.
_UNDECODED = re.compile("[\udc80-\udcff]")
#: A first line by which Excel is told the delimiter.
_TOLD = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


class Cells(NamedTuple):
    """A row: the line it begins on (0: the whole file is meant), column → cell, and why it cannot be read."""

    line: int
    values: Mapping[str, object]
    problem: str | None = None


def read(path: Path, wanted: str | None, longest: int) -> Iterator[Cells]:
    """Yield the rows below the head, blank ones left out, while they are read: a row is held, a file never.

    Args:
        path: the file; its first row names the columns.
        wanted: the column that must be there, by which the delimiter is told first; None to take any table.
        longest: most characters of a row; a longer one is passed over.

    Raises:
        OSError: the file cannot be read.
    """
    with io.BufferedReader(path.open("rb", buffering=0), _SAMPLE_BYTES) as file:
        try:
            encoding = _encoding(file)
        except ArticleError as error:
            yield Cells(0, {}, error.said.partition(": ")[2])
            return
        errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
        text = io.TextIOWrapper(file, encoding, errors, newline="")
        yield from _rows(_Lines(text, longest), wanted, longest)


def _rows(lines: "_Lines", wanted: str | None, longest: int) -> Iterator[Cells]:
    """Yield the rows below the head, or why there are none."""
    head = lines.peek(_HEAD_CHARACTERS)
    told = _TOLD.match(head)
    if told:
        next(lines)
    delimiter = told[1] if told else _delimiter(head, wanted)
    records = _records(lines, delimiter, longest)
    names = next((names for names in records if not isinstance(names[1], str)), None)
    if names is None:
        yield Cells(0, {}, "this table is empty; its first row must name the columns")
        return
    columns = [name.strip() for name in names[1]]
    if wanted is not None and columns.count(wanted) != 1:
        yield Cells(0, {}, _no_column(wanted, columns))
        return
    for line, found in records:
        yield Cells(line, {}, found) if isinstance(found, str) else _row(line, found, columns)


def _no_column(wanted: str, columns: list[str]) -> str:
    if wanted in columns:
        return f"two columns are called {wanted!r}; rename one"
    listed = ", ".join(column for column in columns if column)[:300]
    return f"there is no column {wanted!r}; the first row names: {listed}. Say which is which: --columns text=NAME"


def _row(line: int, found: list[str], columns: list[str]) -> Cells:
    """Return a row's cells by their columns; one with more cells or fewer cannot be trusted."""
    while len(found) > len(columns) and not found[-1].strip():
        found.pop()
    if len(found) != len(columns):
        told = f"this row has {len(found)} cells, and the first row names {len(columns)} columns"
        return Cells(line, {}, f"{told}; correct it: a cell with a line break or a delimiter stands in quotes")
    if any(map(_UNDECODED.search, found)):
        return Cells(line, {}, "this row does not decode like the rows before it; save the file as UTF-8")
    values = {column: cell for column, cell in zip(columns, found, strict=True) if column and cell}
    return Cells(line, values)


def _records(lines: "_Lines", delimiter: str, longest: int) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row with the number of its first line: its cells, or why it cannot be parted."""
    # its bound is the module's own, and 131,072 characters are fewer than some articles have
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    while lines.begin():
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
        except csv.Error as error:
            yield lines.first, _wrong(lines, str(error))
            continue
        if lines.too_long:
            yield lines.first, _wrong(lines, "")
        elif cells and any(cell.strip() for cell in cells):
            yield lines.first, cells


def _wrong(lines: "_Lines", error: str) -> str:
    """Return why a row cannot be parted, and go on behind it, or behind its first line where it has no end."""
    if lines.too_long or "unexpected end" in error:
        lines.back()
        return "a quotation mark opens here and is not closed, or the row is far too long for one article; correct it"
    return "a quotation mark stands inside a cell and is not doubled; correct it, or export the table again"


class _Lines(Iterator[str]):
    """The lines of a text with their numbers; those of the row being read can be given back."""

    def __init__(self, text: io.TextIOWrapper, longest: int) -> None:
        self.first = 0
        self.too_long = False
        self._text, self._longest = text, longest
        self._waiting: deque[str] = deque()
        self._row: list[str] = []
        self._held = 0
        self._number = 0

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._text.readline(self._longest + 1)
        if not line or self._held + len(line) > self._longest:
            self.too_long = bool(line)
            if line:
                self._waiting.appendleft(line)
            raise StopIteration
        self._number += 1
        self._row.append(line)
        self._held += len(line)
        return line

    def begin(self) -> bool:
        """Begin a row; return whether there is one."""
        self._row, self._held, self.too_long = [], 0, False
        self.first = self._number + 1
        if not self._waiting:
            line = self._text.readline(self._longest + 1)
            if line:
                self._waiting.append(line)
        return bool(self._waiting)

    def back(self) -> None:
        """Give back the row's lines but its first; of a first one that is too long the rest is passed over."""
        if not self._row:
            self._skip()
            return
        self._waiting.extendleft(reversed(self._row[1:]))
        self._number -= len(self._row) - 1

    def peek(self, most: int) -> str:
        """Return the beginning of the text, which is read again afterwards."""
        size = 0
        while size < most and (line := self._text.readline(self._longest + 1)):
            self._waiting.append(line)
            size += len(line)
        return "".join(self._waiting)[:most]

    def _skip(self) -> None:
        """Pass over a line, however long it is."""
        line = self._waiting.popleft()
        self._number += 1
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(self._longest)


def _delimiter(head: str, wanted: str | None) -> str:
    """Return what parts the cells: what gives the first row the wanted column, else what csv's Sniffer says."""
    first = head.partition("\n")[0]
    for delimiter in _DELIMITERS if wanted else ():
        if wanted in [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]:
            return delimiter
    try:
        return csv.Sniffer().sniff(head[:20_000], _DELIMITERS).delimiter
    except csv.Error:
        return max(_DELIMITERS, key=first.count)


def _encoding(file: "io.BufferedReader[Any]") -> str:
    """Return the codec of a file by its first bytes that are not ASCII; a pipe can be looked at only once.

    Raises:
        ArticleError: it is no text.
    """
    sample = file.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES]
    start = 0
    while sample.isascii() and file.seekable() and start < _SEARCHED_BYTES and len(sample) > 0:
        start += len(sample)
        file.seek(start)
        sample = file.peek(_SAMPLE_BYTES)[:_SAMPLE_BYTES]
    if file.seekable():
        file.seek(0)
    wide = sample[:2] in {b"\xff\xfe", b"\xfe\xff"}
    # a character cut at the sample's end would say that it is not UTF-8
    whole = sample if wide else sample[: sample.rfind(b"\n") + 1] or sample
    if 0 < whole.count(0) < len(whole) / 100:  # bytes of no text in a text: the rows that have them are damaged
        whole = whole.replace(b"\x00", b"")
    found = decode(whole, "").encoding if whole.strip() else "utf-8"
    return "utf-8-sig" if found == "utf-8" else found
