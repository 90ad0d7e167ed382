"""Digests out of a store: JSON Lines, Markdown, CSV, Parquet; whole or not at all."""

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

from summarizer import render
from summarizer.article.line import one_line
from summarizer.batch import flat
from summarizer.batch.rows import need_parquet
from summarizer.batch.writing import free, said, written
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError, StoreError
from summarizer.render import tables
from summarizer.render.rows import Rows, rows

__all__ = ["Format", "export"]

Format = Literal["jsonl", "markdown", "csv", "parquet"]
#: A digest with the name of its input.
_Named = Iterable[tuple[str, Digest]]
_MARKDOWN = frozenset({".md", ".markdown"})
#: Rows of a row group of Parquet.
_BATCH = 200


def export(digests: _Named, form: Format, out: Path, section: str = "") -> int:
    """Write digests and return how many there were.

    Args:
        digests: one after the other, as `Store.digests` gives them; none is held longer than needed.
        form: ``jsonl``: one digest a line (schemas/digest.v1.schema.json). ``markdown``: one file for each article
            in a folder, or, where `out` ends with .md, all in one file. ``csv``: a row each, for a spreadsheet.
            ``parquet``: the same row with types, and the whole digest as JSON in a last column.
        section: with CSV and Parquet, the rows of this task in place of the digests; see `summarizer.render.rows`.
        out: a file or, for Markdown, a folder; ``-`` for standard output, which takes no Parquet.

    Raises:
        ConfigurationError: `out` cannot be written, or pyarrow is not installed.
        StoreError: the store is damaged; what came before is written.
    """
    if form == "parquet" and str(out) == "-":
        raise ConfigurationError("Parquet cannot be written to standard output", "name a file: --out digests.parquet")
    if str(out) == "-" and sys.stdout is None:
        raise ConfigurationError("standard output is closed", "name a file: --out")
    faults: list[StoreError] = []
    with said(out):
        sound = _sound(digests, faults)
        number = _section(sound, form, out, section) if section else _export(sound, form, out)
    if faults:
        told = f"{faults[0].said}; the {number} digests before that were written to {one_line(str(out))}"
        raise StoreError(told, faults[0].advice)
    return number


def _export(digests: _Named, form: Format, out: Path) -> int:
    if form == "markdown" and str(out) != "-" and out.suffix.lower() not in _MARKDOWN:
        return _folder(digests, out)
    writers: dict[Format, Callable[[_Named, IO[bytes]], int]] = {
        "jsonl": _json_lines,
        "markdown": _markdown,
        "csv": _csv,
        "parquet": _parquet,
    }
    with written(out) as file:
        return writers[form](digests, file)


def _section(digests: _Named, form: Format, out: Path, name: str) -> int:
    """Write the rows of one task, and return how many digests there were."""
    if form not in ("csv", "parquet"):
        raise ConfigurationError(f"--section makes a table, not {form}", "add --format csv or --format parquet")
    counted = itertools.count()
    made = rows((next(counted), each)[1] for each in digests)
    if name not in made:
        known = f"these digests have: {', '.join(made)}"
        raise ConfigurationError(f"--section: no digest has a section “{one_line(name)}”", known)
    with written(out) as file:
        if form == "csv":
            tables.write(made[name].rows, made[name].columns, file)
        else:
            _text_parquet(made[name], file)
    return next(counted)


def _text_parquet(table: Rows, file: IO[bytes]) -> None:
    """Write a table: the number of a row is one, all else is text, figures in plain decimal notation."""
    parquet = need_parquet()
    import pyarrow

    kinds = {True: pyarrow.int64(), False: pyarrow.string()}
    schema = pyarrow.schema([(column, kinds[column == "row.number"]) for column in table.columns])
    parquet.write_table(pyarrow.Table.from_pylist(list(table.rows), schema=schema), file, compression="zstd")


def _sound(digests: _Named, faults: list[StoreError]) -> Iterator[tuple[str, Digest]]:
    """Yield digests up to a fault of the store: what came before is saved."""
    try:
        yield from digests
    except StoreError as fault:
        faults.append(fault)


def _json_lines(digests: _Named, file: IO[bytes]) -> int:
    return sum(1 for _, digest in digests if file.write(render.json(digest, lines=True).encode()))


def _markdown(digests: _Named, file: IO[bytes]) -> int:
    number = 0
    for _, digest in digests:
        file.write(("\n---\n\n" * (number > 0) + render.markdown(digest)).encode())
        number += 1
    return number


def _csv(digests: _Named, file: IO[bytes]) -> int:
    return tables.write((flat.row(name, digest) for name, digest in digests), list(flat.columns()), file)


def _parquet(digests: _Named, file: IO[bytes]) -> int:
    parquet = need_parquet()
    import pyarrow

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    fields = [(column, types[kind]) for column, kind in flat.columns().items()]
    schema = pyarrow.schema([*fields, ("digest", pyarrow.string())])
    number = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _batches(
            flat.row(name, digest) | {"digest": digest.model_dump_json()} for name, digest in digests
        ):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            number += len(rows)
    return number


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _folder(digests: _Named, folder: Path) -> int:
    """Write one file for each digest; two of one name in this export get their articles' ids added."""
    taken: set[str] = set()
    folder.mkdir(parents=True, exist_ok=True)
    for name, digest in digests:
        with written(folder / f"{free(name, digest, taken)}.md") as file:
            file.write(render.markdown(digest).encode())
    return len(taken)
