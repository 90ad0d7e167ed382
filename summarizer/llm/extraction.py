"""The JSON object in an answer, which may stand in a code fence, behind ``<think>`` or between prose."""

import json
import re
from collections.abc import Iterable
from typing import Any

__all__ = ["DoubledKeyError", "has_any", "object_text"]


class DoubledKeyError(ValueError):
    """One object has two values for a key: which of them counts would be chance."""


def object_text(text: str) -> str:
    """Return the last JSON object in `text` in canonical form; `text` itself when there is none.

    The last one, because a model thinks first and answers last. In thoughts that never end only one that ends the
    text counts: any other is a guess that was thought about further.

    Raises:
        DoubledKeyError: an object in it has a key twice.
    """
    found = _last(text)
    return text if found is None else json.dumps(found)


def has_any(text: str, keys: Iterable[str]) -> bool:
    """Tell whether the last JSON object in `text` has at least one of `keys`."""
    try:
        found = _last(text)
    except DoubledKeyError:
        return True
    return found is not None and any(key in found for key in keys)


#: Where an object can begin: a brace in prose ("{see below}") is followed by neither a key nor its own end.
_OPENING = re.compile(r'\{(?=\s*["}])')


_THOUGHTS = re.compile(r".*</think(?:ing)?>", re.DOTALL)


def _last(text: str) -> dict[str, Any] | None:
    text = _THOUGHTS.sub("", text, count=1)
    decoder = json.JSONDecoder(object_pairs_hook=_unique)
    found, end, opening = None, 0, _OPENING.search(text)
    while opening:
        try:
            found, end = decoder.raw_decode(text, opening.start())
        except DoubledKeyError:
            raise
        except (ValueError, RecursionError):
            break
        opening = _OPENING.search(text, end)
    unfinished = text.lstrip().startswith("<think") and text[end:].strip()
    return None if unfinished else found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise DoubledKeyError
    return dict(pairs)
