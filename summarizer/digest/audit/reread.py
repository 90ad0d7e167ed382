"""Read published digests again: one JSON object, or JSON Lines with one digest each."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pydantic

from summarizer.article.line import one_line
from summarizer.digest import Digest
from summarizer.errors import ArticleError

__all__ = ["digests"]


def digests(source: str) -> Iterator[tuple[str, Digest]]:
    """Yield the digests in a file with the name to call each by: ``path``, or ``path:line`` for JSON Lines.

    Args:
        source: a path, ``-`` for standard input.

    Raises:
        ArticleError: the file cannot be read, or something in it is no digest.
    """
    name = "standard input" if source == "-" else one_line(source)
    text = _read(source, name)
    rows = [(number, row) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    if len(rows) > 1 and all(row.lstrip().startswith("{") and row.rstrip().endswith("}") for _, row in rows):
        for number, row in rows:
            yield f"{name}:{number}", _digest(row, f"{name}:{number}")
    else:
        yield name, _digest(text, name)


def _read(source: str, name: str) -> str:
    if source == "-" and sys.stdin is None:
        raise ArticleError(f"{name}: it is closed; give a file, or pipe the digests in")
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArticleError(f"{name}: this is no digest: it is not UTF-8") from None
    except (OSError, ValueError) as error:
        raise ArticleError(f"{name}: this file cannot be read: {error}") from None


def _digest(text: str, name: str) -> Digest:
    try:
        return Digest.model_validate_json(text)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "/".join(str(part) for part in first["loc"])
        message = f"{name}: this is no digest: {place or 'the whole'}: {first['msg']}"
        raise ArticleError(one_line(message)) from None
