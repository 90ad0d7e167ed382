"""A folder of an office's own templates: read, and held to what the standard ones are given, before a first call."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from summarizer import resources
from summarizer.ask import sandbox
from summarizer.ask.samples import GIVEN, Sample
from summarizer.errors import TemplateError

__all__ = ["STYLE_FILE", "copy", "files", "hold", "newest", "read", "text"]

#: The house style in the folder.
STYLE_FILE = "style.md"
_ENDING = ".jinja"
_MOST_BYTES = 128_000
_NAME = re.compile(r"(?P<task>[a-z_]+)\.v(?P<version>\d+)\.jinja")


def newest() -> Mapping[str, str]:
    """Return the file name of the standard template of each task that an office may replace."""
    found: dict[str, tuple[int, str]] = {}
    for name in resources.names("prompts"):
        match = _NAME.fullmatch(name)
        if match and match["task"] in GIVEN:
            found[match["task"]] = max(found.get(match["task"], (0, "")), (int(match["version"]), name))
    return {task: name for task, (_, name) in sorted(found.items())}


def files(folder: Path) -> list[Path]:
    """Return the files in a folder by name, without hidden ones.

    Raises:
        TemplateError: there is no such folder, or it cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        advice = f"make one: summarizer prompts init {folder}"
        raise TemplateError(f"{folder}: there is no folder of templates here ({error.strerror})", advice) from None


def read(folder: Path) -> dict[str, str]:
    """Return the sources of the templates in a folder by file name; each is held as `hold` does.

    Raises:
        TemplateError: the folder is not there or holds neither template nor style, or a template is wrong.
    """
    listed = files(folder)
    own = [path for path in listed if path.name.endswith(_ENDING)]
    if not own and not any(path.name == STYLE_FILE for path in listed):
        raise TemplateError(
            f"{folder}: it holds neither a template nor {STYLE_FILE}",
            f"copy the standard ones into it: summarizer prompts init {folder}",
        )
    sources = {path.name: text(path, folder) for path in own}
    for name, source in sources.items():
        hold(name, source, f"{folder / name}")
    return sources


def text(path: Path, folder: Path | None = None) -> str:
    """Return the text of a file.

    Args:
        path: the file.
        folder: where it must be, also as what a link leads to; None for anywhere.

    Raises:
        TemplateError: it cannot be read, is too large or not UTF-8, or a link leads out of the folder.
    """
    try:
        if folder is not None and not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise TemplateError(f"{path}: this is a link to a file elsewhere", "copy the file into the folder")
        if not path.is_file():
            raise TemplateError(f"{path}: this is no file", "give a text file")
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise TemplateError(f"{path}: it is larger than {_MOST_BYTES:,} bytes", "shorten it")
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise TemplateError(f"{path}: it cannot be read ({error.strerror})", "look at its name and rights") from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TemplateError(f"{path}, line {line}: this is not UTF-8", "save the file as UTF-8") from None


def hold(name: str, source: str, place: str) -> None:
    """Hold a template to what the standard one of its name is given, and to showing what a model must see.

    Raises:
        TemplateError: there is no standard one, its source is wrong, or it leaves out what no answer can do without.
    """
    samples = GIVEN[_task(name, place)]
    known = {name for sample in samples for name in sample.values}
    sandbox.hold(source, known, place)
    for sample in samples:
        shown = sandbox.render(source, sample.values, place)
        sandbox.one_turn(shown, place)
        if not shown:
            raise TemplateError(f"{place}: it is empty", "delete the file to have the standard template")
        for missing, advice in _missing(sample, shown):
            raise TemplateError(f"{place}: it does not show {missing}", advice)


def copy(folder: Path, tasks: tuple[str, ...] = ()) -> Iterator[tuple[Path, bool]]:
    """Copy standard templates into a folder, all or those of some tasks; yield each path, and whether it is new.

    A file that is there stays as it is.

    Raises:
        TemplateError: there is no such task, or the folder cannot be written.
    """
    known = newest()
    unknown = sorted(set(tasks) - set(known))
    if unknown:
        raise TemplateError(f"there is no template {', '.join(unknown)}", f"there are: {', '.join(known)}")
    for task in tasks or tuple(known):
        path = folder / known[task]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(resources.read("prompts", known[task]))
        except FileExistsError:
            yield path, False
        except OSError as error:
            raise TemplateError(f"{path}: it cannot be written ({error.strerror})", "name another folder") from None
        else:
            yield path, True


def _task(name: str, place: str) -> str:
    """Return the task of a template by its file name."""
    known = newest()
    match = _NAME.fullmatch(name)
    task = match["task"] if match else name.partition(".")[0]
    if known.get(task) == name:
        return task
    if task in known:
        advice = f"this version of the program asks with {known[task]}: compare the two, then rename yours"
        raise TemplateError(f"{place}: there is no version of this name", advice)
    raise TemplateError(f"{place}: there is no template of this name", f"there are: {', '.join(known.values())}")


def _missing(sample: Sample, shown: str) -> Iterator[tuple[str, str]]:
    """Yield what a filled-in template leaves out of what a model must see, with what to do."""
    for name, words in sample.shown.items():
        left = next((each for each in words if each not in shown), None)
        if left is not None:
            yield f"all of “{name}” (in a trial “{left}” was missing)", "put it in as the standard template has it"
