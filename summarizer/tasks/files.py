"""Task files: TOML of an office's own, or one of those that come with the program."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from summarizer import resources
from summarizer.errors import TaskError
from summarizer.tasks.task import Task, held

__all__ = ["load", "read", "shipped"]

_MOST_BYTES = 64_000
_ENDING = ".toml"


def load(given: Iterable[Path]) -> tuple[Task, ...]:
    """Return the tasks in some files, or of some names of those that ship.

    Raises:
        TaskError: as `read`; or they are too many, or two have one name.
    """
    return held([read(each) for each in given])


def read(path: Path) -> Task:
    """Return the task in a file; a name without an ending is one of the `shipped`, if there is no such file.

    Raises:
        TaskError: there is no such file, it is too large, no TOML in UTF-8, or what it says cannot be asked for.
    """
    if str(path) in shipped() and not path.exists():
        return _parsed(resources.read("tasks", f"{path}{_ENDING}"), str(path))
    return _parsed(_text(path), str(path))


def shipped() -> tuple[str, ...]:
    """Return the names of the tasks that come with the program."""
    return tuple(name.removesuffix(_ENDING) for name in resources.names("tasks") if name.endswith(_ENDING))


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            there = f"these come with the program: {', '.join(shipped())}"
            raise TaskError(f"{path}: there is no such task file", f"give a TOML file; {there}")
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise TaskError(f"{path}: it is larger than {_MOST_BYTES:,} bytes", "shorten it")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise TaskError(f"{path}: it cannot be read ({error.strerror})", "look at its name and rights") from None
    except UnicodeDecodeError:
        raise TaskError(f"{path}: this is not UTF-8", "save the file as UTF-8") from None


def _parsed(text: str, place: str) -> Task:
    try:
        return Task.of(tomllib.loads(text), place)
    except tomllib.TOMLDecodeError as error:
        raise TaskError(f"{place}: this is no TOML: {error}", "see docs/tasks.md for a file that works") from None
    except ValueError:
        raise TaskError(f"{place}: a number or date in it is none, or has no end", "take it out") from None
    except RecursionError:
        raise TaskError(f"{place}: it is nested too deeply", "take levels out") from None
