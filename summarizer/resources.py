"""Read ``prompts/``, ``schemas/`` and ``tasks/``, from the wheel or from a checkout."""

from functools import cache
from importlib import resources
from pathlib import Path

from summarizer.errors import ConfigurationError

__all__ = ["names", "read"]

_CHECKOUT = Path(__file__).resolve().parent.parent


def read(folder: str, name: str) -> str:
    """Return the text of ``<folder>/<name>``.

    Raises:
        ConfigurationError: there is no such file; the installation is incomplete.
    """
    path = _folder(folder) / name
    if not path.is_file():
        raise ConfigurationError(f"{folder}/{name} is missing from this installation; reinstall summarizer-briefs")
    return path.read_text(encoding="utf-8")


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the file names in a folder, sorted."""
    return tuple(sorted(p.name for p in _folder(folder).iterdir() if p.is_file()))


@cache
def _folder(folder: str) -> Path:
    packaged = Path(str(resources.files("summarizer"))) / "_data" / folder
    return packaged if packaged.is_dir() else _CHECKOUT / folder
