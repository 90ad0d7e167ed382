"""What an office or a stranger wrote in a task: held to what a model can be told and a reader be shown."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from summarizer.article.line import UNWANTED
from summarizer.errors import TaskError

__all__ = ["alike", "held", "shown"]

#: No server may read the end of a message in it.
_TURN = ("<|", "|>")
_SHOWN_CHARS = 80


def held(text: Any, most: int, place: str) -> str:
    """Return a text of a task as it was written.

    Args:
        text: what stands there.
        most: characters at most.
        place: where that is, for messages.

    Raises:
        TaskError: it is no text, too long, or holds a character that nobody sees or what ends a server's message.
    """
    if not isinstance(text, str) or len(text) > most:
        raise TaskError(f"{place}: this is no text of at most {most:,} characters", "shorten it")
    unseen = next((char for char in text if not _seen(char)), None)
    if unseen is not None:
        raise TaskError(f"{place}: it holds a character that nobody sees (U+{ord(unseen):04X})", "take it out")
    if any(mark in text for mark in _TURN):
        raise TaskError(f"{place}: “<|” and “|>” end a message at some servers", "take them out")
    return text


def alike(text: str) -> str:
    """Return by what two texts are the same to a reader."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def shown(given: Any) -> str:
    """Return something of a stranger's as it may stand in a message: short, on one line."""
    told = " ".join(str(given).split())
    printed = "".join(_printable(told))
    return printed if len(printed) <= _SHOWN_CHARS else f"{printed[:_SHOWN_CHARS]}…"


def _seen(char: str) -> bool:
    return char in "\n\r\t" or unicodedata.category(char) not in UNWANTED


def _printable(text: str) -> Iterator[str]:
    yield from (char for char in text if char.isprintable())
