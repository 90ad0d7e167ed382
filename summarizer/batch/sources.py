"""What a command names: files, folders, patterns and addresses, as the paths that they lead to, each once."""

import glob
import os
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from summarizer.article.metadata import is_address
from summarizer.article.reading import SUFFIXES
from summarizer.batch import rows
from summarizer.errors import ArticleError
from summarizer.formats import kind
from summarizer.formats import reading as formats
from summarizer.formats.piece import Limits

__all__ = ["STDIN", "Found", "found", "head", "may_hold_several", "passed_over", "shown", "why_passed_over"]

#: Standard input, as a command names it.
STDIN = "-"
#: A path, and why nothing can be read there where that is known already.
Found = tuple[str, ArticleError | None]
_LIMITS = Limits()


def found(sources: Sequence[str]) -> Iterator[Found]:
    """Yield every path named, each once."""
    seen: set[str] = set()
    for source in sources:
        for path, problem in _expanded(source):
            known = _known_by(path)
            if known not in seen:
                yield path, problem
            if len(sources) > 1:  # one source names nothing twice
                seen.add(known)


def _known_by(path: str) -> str:
    """Return what two ways of naming one file have in common."""
    if path == STDIN or is_address(path):
        return path
    try:
        way = Path(path).absolute()
        # what is above a link is not what is written before "..": only the file system knows
        return str(way.parent.resolve() / way.name if ".." in way.parts else way)
    except OSError:  # the working folder is gone: reading the file will say so
        return path


def _expanded(source: str) -> Iterator[Found]:
    if not source.strip():  # as a path it would be the folder that one stands in, with all that is in it
        yield source, ArticleError("an empty name was given; name a file or a folder, . for this one")
        return
    if source == STDIN or not _is_pattern(source):
        yield from _at(source)
        return
    matched = _matching(Path(source))
    if not matched:
        yield source, ArticleError(f"{shown(source)}: nothing is called so; check the pattern")
    for path in matched:
        yield from _at(path)


def _matching(pattern: Path) -> list[str]:
    """Return the paths that a pattern names, sorted; links to folders are not followed, hidden files left out."""
    fixed = list(takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    base, rest = Path(*fixed), pattern.parts[len(fixed) :]
    hidden = any(part.startswith(".") for part in rest)
    try:
        found = list(base.glob("/".join(rest)))
    except (OSError, ValueError):  # "**" beside other characters is no pattern
        return []
    return sorted(
        str(path) for path in found if hidden or not any(p.startswith(".") for p in path.relative_to(base).parts)
    )


def _is_pattern(source: str) -> bool:
    """Tell whether a source is a pattern: a file may be called ``[1].txt``, and an address have a ``?``."""
    return glob.has_magic(source) and not is_address(source) and not os.path.lexists(source)


def _at(source: str) -> Iterator[Found]:
    """Yield a file as it is, a folder as the articles in it."""
    if source == STDIN or is_address(source) or not _is_folder(Path(source)):
        yield source, None
        return
    inside = False
    for found in _inside(Path(source)):
        inside = True
        yield found
    if not inside:
        kinds = ", ".join(sorted(SUFFIXES))
        told = (
            f"{shown(source)}: no article in this folder; it is searched for {kinds} files; give a table by its name"
        )
        yield source, ArticleError(told)


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; of one that nobody can look at, reading it says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    """Tell whether a path is a file, or something that nobody can look at: reading it says why."""
    try:
        return path.is_file()
    except OSError:
        return True


def _inside(folder: Path) -> Iterator[Found]:
    """Yield the articles below a folder in the order of their paths; one that may not be read says so."""
    for path, closed in _files(folder):
        problem = closed or _lost(path)
        if problem is not None or (_is_file(path) and _is_wanted(path)):
            yield str(path), problem


def _lost(path: Path) -> ArticleError | None:
    """Return what is wrong with an article's name that leads to no article."""
    if path.suffix.lower() in SUFFIXES and _leads_nowhere(path):
        return ArticleError(f"{shown(path)}: this link leads to a file that is not there; mend it, or take it away")
    return None


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _files(folder: Path) -> Iterator[tuple[Path, ArticleError | None]]:
    """Yield what is below a folder and no folder itself but hidden ones, in the order of the paths.

    A closed folder says so.
    """
    waiting: list[Path] = [folder]
    while waiting:
        path = waiting.pop()
        if path is not folder and not _is_own_folder(path):
            yield path, None
            continue
        try:
            names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
        except OSError as error:
            yield path, ArticleError(f"{shown(path)}: this folder may not be read: {error.strerror}")
            continue
        waiting.extend(path / name for name in reversed(names))


def _is_wanted(path: Path) -> bool:
    """Tell whether a file in a folder is one to read; of XML only what is a feed."""
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or (suffix == ".xml" and may_hold_several(path))


def _is_own_folder(path: Path) -> bool:
    """Tell whether a path is a folder and no link to one: links may lead in circles."""
    return not path.is_symlink() and _is_folder(path)


def passed_over(sources: Sequence[str]) -> list[str]:
    """Return what the folders named hold and `inputs` does not read: tables, links to folders, kinds not read here.

    Args:
        sources: as for `inputs`; a file that is named itself or by a pattern is not passed over.
    """
    read = {_known_by(path) for path, _ in found(sources)}
    folders = (Path(each) for each in sources if each != STDIN and not is_address(each) and _is_folder(Path(each)))
    files = (path for folder in folders for path, problem in _files(folder) if problem is None)
    return [shown(path) for path in files if _known_by(str(path)) not in read]


def why_passed_over(path: str) -> str:
    """Return why a file in a folder is not read: a table, a kind that nothing here reads, or another name."""
    if rows.is_table(Path(path)):
        return "a table, which is read where it is named"
    return _no_file(Path(path)) or _why_not_this_file(path, head(Path(path)))


def _why_not_this_file(path: str, begins: bytes) -> str:
    if not begins.strip():
        return "empty, or closed to this user"
    what, found = kind.unreadable(begins), kind.kind(begins, path)
    if found is kind.Kind.table_jsonl:
        return "a table, whose name does not end in .jsonl"
    if what is not None:
        return what[0]
    if b"\x00" in begins and found is kind.Kind.text:
        return "a file of a kind that is not read here"
    return "a file whose name does not end as an article's does"


def _no_file(path: Path) -> str | None:
    """Return what a path is that is no file."""
    if _leads_nowhere(path):
        return "a link to a file that is not there"
    if _is_folder(path):
        return "a link to a folder, which is not followed"
    return None if _is_file(path) else "no file, but a pipe, a socket or a device"


def may_hold_several(path: Path) -> bool:
    """Tell by its beginning whether a file may hold several articles; where it cannot be read, reading says why."""
    return formats.may_hold_several(head(path), str(path))


def head(path: Path) -> bytes:
    """Return the beginning of a file; nothing of what is no file, or may not be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            head = file.read(kind.HEAD_BYTES)
            # an archive of Word files may begin so: its end lists them
            return head + (file.read(_LIMITS.file_bytes) if kind.kind(head, str(path)) is kind.Kind.docx else b"")
    except (OSError, ValueError):
        return b""


def shown(path: Path | str) -> str:
    """Return a path fit for messages and JSON: bytes that are no text become �."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
