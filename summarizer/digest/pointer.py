"""JSON pointers (RFC 6901) into a digest: what stands there, which line it belongs to, and where it has moved to."""

import re
from collections.abc import Sequence
from typing import Any

__all__ = ["at", "beneath", "line", "moved", "pointer", "steps"]

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
#: The lines of a digest. What is found beneath one, at its evidence or its office, is about the line.
_LINES = re.compile(
    r"/summary/(?:headline|abstract|key_points/\d+)"
    r"|/briefs/\d+/(?:headline|segments/\d+)"
    r"|/sections/\d+/rows/\d+/values/\d+"
    r"|/quotes/\d+/(?:speaker|translations/[^/]+)"
    r"|/quotes/\d+"
)


def steps(where: str) -> list[str]:
    """Return the names and numbers of a pointer, in order; ``[]`` for the whole document."""
    return [step.replace("~1", "/").replace("~0", "~") for step in where.split("/")[1:]]


def pointer(*names: str | int) -> str:
    """Return the pointer that leads by names and numbers."""
    return "".join(f"/{str(name).replace('~', '~0').replace('/', '~1')}" for name in names)


def at(body: Any, where: str) -> Any:
    """Return what stands at a pointer of a JSON document.

    Raises:
        KeyError: nothing stands there, not even null.
    """
    if where and not where.startswith("/"):
        raise KeyError(where)
    for step in steps(where):
        body = _entered(body, step)
    return body


def _entered(body: Any, step: str) -> Any:
    if isinstance(body, dict) and step in body:
        return body[step]
    if isinstance(body, list) and _INDEX.fullmatch(step) and int(step) < len(body):
        return body[int(step)]
    raise KeyError(step)


def line(where: str) -> str:
    """Return the line that a pointer is about: itself where it is none."""
    found = _LINES.match(where)
    return found[0] if found and where[found.end() :][:1] in {"", "/"} else where


def beneath(where: str, above: str) -> bool:
    """Tell whether a pointer leads to a place or to something inside it."""
    return where == above or where.startswith(f"{above}/")


def moved(where: str, removed: Sequence[str]) -> str | None:
    """Return where a pointer leads once entries of lists are gone, None where it led into one of them.

    Args:
        where: any pointer.
        removed: pointers to entries of lists, all into the document as it was.
    """
    if any(beneath(where, gone) for gone in removed):
        return None
    taken = where.split("/")
    shifts = [0] * len(taken)
    for gone in set(removed):
        above, _, number = gone.rpartition("/")
        depth = above.count("/") + 1
        same = "/".join(taken[:depth]) == above and len(taken) > depth and _INDEX.fullmatch(taken[depth])
        if same and _INDEX.fullmatch(number) and int(number) < int(taken[depth]):
            shifts[depth] += 1
    return "/".join(str(int(step) - shift) if shift else step for step, shift in zip(taken, shifts, strict=True))
