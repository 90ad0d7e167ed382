"""What the commands for digests are given: files as they are, folders as the digests in them."""

import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["files"]

_JSON = frozenset({".json", ".jsonl", ".ndjson"})
#: What a digest was before somebody corrected it stands beside it under this name.
_BACKUP = ".orig.json"


def files(source: str) -> list[str]:
    """Return a file as it is, and of a folder the files that may hold digests, sorted.

    A folder that may not be read is among them: whoever reads it says so.

    Args:
        source: a path, or ``-``; of a folder hidden files, and what digests were before a correction, are left out.
    """
    folder = Path(source)
    if source == "-" or not folder.is_dir():
        return [source]
    return sorted(map(str, _inside(folder)))


def _inside(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(where, name) for name in names if not name.startswith(".") and not name.endswith(_BACKUP))
        yield from (path for path in paths if path.suffix.lower() in _JSON and path.is_file())
    yield from closed
