"""What the commands for digests are given: files as they are, folders as the digests in them."""

from pathlib import Path

__all__ = ["files"]

_JSON = frozenset({".json", ".jsonl", ".ndjson"})
#: What a digest was before somebody corrected it stands beside it under this name.
_BACKUP = ".orig.json"


def files(source: str) -> list[str]:
    """Return a file as it is, and of a folder the files that may hold digests, sorted.

    Args:
        source: a path, or ``-``; of a folder hidden files, and what digests were before a correction, are left out.
    """
    folder = Path(source)
    if source == "-" or not folder.is_dir():
        return [source]
    found = (path for path in folder.rglob("*") if path.suffix.lower() in _JSON and path.is_file())
    kept = (
        p for p in found if not p.name.endswith(_BACKUP) and not any(part.startswith(".") for part in p.parts[1:])
    )
    return sorted(map(str, kept))
