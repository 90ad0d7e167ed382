"""Tables of articles as Ray reads them: one task a table, rows in a stream, each as text under our own names."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer.article.line import one_line
from summarizer.batch import rows
from summarizer.batch.records import safe
from summarizer.batch.rows import Columns, Row
from summarizer.errors import ArticleError

__all__ = ["Reading", "schema"]

#: Rows that are handed on at once.
_SLICE = 256


def schema() -> Any:
    """Return the Arrow schema of articles on their way: name, the fields of `Columns`, why a row cannot be read."""
    rows.need_parquet()
    import pyarrow

    return pyarrow.schema([(name, pyarrow.string()) for name in ("name", *Columns.names(), "problem")])


class Reading:
    """Reads tables: a function of a batch of paths, as Ray's ``map_batches`` wants it.

    Args:
        columns: what the tables' columns are called.
        max_bytes: largest article.
    """

    def __init__(self, columns: Columns, max_bytes: int) -> None:
        self._columns, self._max_bytes = columns, max_bytes

    def __call__(self, batch: Any) -> Iterator[Any]:
        """Yield tables of `schema`.

        Args:
            batch: an Arrow table with the columns ``path`` (absolute) and ``shown`` (as the user named it).
        """
        import pyarrow

        for table in batch.to_pylist():
            made = self._rows(Path(table["path"]), table["shown"])
            while some := list(islice(made, _SLICE)):
                yield pyarrow.Table.from_pylist(some, schema=schema())

    def _rows(self, path: Path, shown: str) -> Iterator[Mapping[str, str | None]]:
        ours, theirs = one_line(str(path)), one_line(shown)
        for row in rows.rows(path, self._columns, self._max_bytes):
            try:
                yield self._row(_named(row, ours, theirs))
            except ArticleError as error:
                yield {"name": safe(row.name.replace(ours, theirs, 1)), "problem": safe(str(error))}

    def _row(self, row: Row) -> Mapping[str, str | None]:
        said = rows.plain(row, self._columns)
        return {"name": safe(row.name), **{name: None if it is None else safe(it) for name, it in said.items()}}


def _named(row: Row, ours: str, theirs: str) -> Row:
    """Return a row under the name that its table has for the user: workers know the whole path alone."""
    problem = row.problem and ArticleError(*(str(part).replace(ours, theirs, 1) for part in row.problem.args))
    return replace(row, name=row.name.replace(ours, theirs, 1), problem=problem)
