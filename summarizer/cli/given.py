"""What commands are given: digests in files and folders, languages by their codes."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.errors import ConfigurationError

__all__ = ["files", "targets"]

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


def targets(to: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of briefs.

    Raises:
        ConfigurationError: nothing is known of one; of a name, or several in one, with how they are written.
    """
    from summarizer import languages

    found = []
    for each in to:
        try:
            found.append(languages.checked(each))
        except ConfigurationError:
            if codes := languages.meant(each):
                told = f"--to {each!r}: each language is given by its code"
                raise ConfigurationError(told, f"write {' '.join(f'--to {code}' for code in codes)}") from None
            raise
    return tuple(found)
