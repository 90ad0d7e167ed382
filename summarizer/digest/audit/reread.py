"""Read published digests again: one JSON object, or JSON Lines with one digest each."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pydantic

from summarizer.article.line import one_line
from summarizer.digest import Digest
from summarizer.errors import ArticleError

__all__ = ["digests", "parsed", "parts", "unread"]


def digests(source: str) -> Iterator[tuple[str, Digest]]:
    """Yield the digests in a file with the name to call each by: ``path``, or ``path:line`` for JSON Lines.

    Args:
        source: a path, ``-`` for standard input.

    Raises:
        ArticleError: the file cannot be read, or something in it is no digest.
    """
    name = "standard input" if source == "-" else one_line(source)
    for number, part in parts(_read(source, name)):
        called = name if number is None else f"{name}:{number}"
        yield called, parsed(part, called)


def parts(text: str) -> list[tuple[int | None, str]]:
    """Return the digests in a text as text: a line each with its number (1-based), or the whole with None."""
    rows = [(number, row) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    if len(rows) > 1 and all(row.lstrip().startswith("{") and row.rstrip().endswith("}") for _, row in rows):
        return list(rows)
    return [(None, text)]


def _read(source: str, name: str) -> str:
    if source == "-" and sys.stdin is None:
        raise ArticleError(f"{name}: it is closed; give a file, or pipe the digests in")
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArticleError(f"{name}: this is no digest: it is not UTF-8") from None
    except (OSError, ValueError) as error:
        raise unread(name, error) from None


def unread(name: str, error: OSError | ValueError) -> ArticleError:
    """Return why a file of digests cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return ArticleError(f"{name}: there is no such file", "check the path")
    if isinstance(error, PermissionError):
        what = "folder" if Path(error.filename).is_dir() else "file"
        return ArticleError(f"{name}: this {what} may not be read", "check its permissions")
    return ArticleError(f"{name}: this file cannot be read: {getattr(error, 'strerror', None) or error}")


def parsed(text: str, name: str) -> Digest:
    """Return a digest out of its text.

    Args:
        text: one JSON object.
        name: what to call it in a message.

    Raises:
        ArticleError: it is no digest.
    """
    try:
        return Digest.model_validate_json(text)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "/".join(str(part) for part in first["loc"])
        message = f"{name}: this is no digest: {place or 'the whole'}: {first['msg']}"
        raise ArticleError(one_line(message)) from None
