"""A house style: a page of plain words for the model, and in it lists of words that no line may have."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer import languages
from summarizer.ask import folder
from summarizer.checks.house import Forbidden
from summarizer.errors import TemplateError

__all__ = ["Style"]

#: A page that is longer takes more of every question than the task itself.
_MOST_CHARS = 12_000
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<title>.*?)(?:[（(](?P<codes>[^()（）]*)[)）])?[\s:：#]*")
_ITEM = re.compile(r"\s*[-*+]\s+(?P<word>.+?)(?:\s*(?:→|->)\s*(?P<instead>.+?))?\s*")
#: Emphasis in Markdown, and quotation marks, around a word.
_EMPHASIS = re.compile(r"([*_`]{1,3})(?P<word>[^*_`].*?)\1")
_AROUND = "\"'“”‘’«»「」『』 "
#: What a list of forbidden words is called.
_FORBIDDEN = frozenset({"forbidden words", "words not to use", "parole vietate", "禁用词", "禁用词语"})


@dataclass(frozen=True, slots=True)
class Style:
    """A house style.

    Attributes:
        text: all of it, as the model is shown it.
        words: what its lists forbid.
    """

    text: str = ""
    words: tuple[Forbidden, ...] = ()

    @classmethod
    def read(cls, path: Path, within: Path | None = None) -> "Style":
        """Return the style in a Markdown file; `within` is the folder that it must not lead out of.

        Raises:
            TemplateError: it cannot be read or is too long, or a list of forbidden words has an entry that is none.
        """
        text = folder.text(path, within).strip()
        if len(text) > _MOST_CHARS:
            advice = "say what matters most; it is sent with every question"
            raise TemplateError(f"{path}: it is longer than {_MOST_CHARS:,} characters", advice)
        return cls(text, tuple(_words(text, path)))


def _words(text: str, path: Path) -> Iterator[Forbidden]:
    """Yield the items of the lists under headings that say so."""
    listed = False
    among: tuple[str, ...] = ("",)
    for number, line in enumerate(text.splitlines(), 1):
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        place = f"{path}, line {number}"
        if heading:
            listed = _folded(heading["title"]) in _FORBIDDEN
            among = _codes(heading["codes"] or "", place) if listed else among
        elif listed and item:
            yield from (_forbidden(item, code, place) for code in among)


def _forbidden(item: re.Match[str], language: str, place: str) -> Forbidden:
    word, instead = (_bare(item[part] or "") for part in ("word", "instead"))
    if not any(char.isalnum() for char in word):
        raise TemplateError(f"{place}: there is no word to forbid", "write one word or phrase behind each dash")
    return Forbidden(word, instead, language)


def _codes(named: str, place: str) -> tuple[str, ...]:
    """Return the languages that stand in brackets behind a heading; ``""`` for all where there are none.

    Raises:
        TemplateError: one of them is unknown.
    """
    codes = [code.strip() for code in re.split(r"[,，、]", named) if code.strip()]
    unknown = [code for code in codes if not languages.known(code)]
    if unknown:
        advice = f"write a language's code, such as {', '.join(languages.available())} or pt, or none for all"
        raise TemplateError(f"{place}: {', '.join(unknown)} is no language here", advice)
    return tuple(map(languages.base, codes)) or ("",)


def _bare(text: str) -> str:
    """Return a word without emphasis and quotation marks around it, in the form in which lines are written."""
    inner = _EMPHASIS.fullmatch(text.strip(_AROUND))
    return unicodedata.normalize("NFC", (inner["word"] if inner else text).strip(_AROUND))


def _folded(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())
