"""Digits that count nothing: of telephone numbers, addresses and the heads of lists."""

import re
from functools import cache

from summarizer.figures.fold import fold
from summarizer.figures.lexicon import lexicon
from summarizer.languages.wordlist import any_of

__all__ = ["blanked", "telephones"]

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"，。）]+|[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}\.[a-z0-9.-]{1,64}|(?<!\w)[@#][^\W\d]\w*"
    r"|(?<![a-z0-9.-])(?:[a-z0-9-]{2,63}\.){1,4}[a-z]{2,10}/[^\s<>\"，。）]*"
    r"|(?<![a-z0-9.-])(?:[a-z-]{1,63}\.){0,3}[a-z][a-z-]*\d[a-z0-9-]*(?:\.[a-z]{2,10}){1,3}\b"
)
_ADDRESSED = re.compile(r"[@#]|://|www\.|[a-z]/|\d[a-z-]*\.[a-z]")
#: By their shape alone: a country's code, an area's in brackets or with a nought, three groups with hyphens.
_PHONE = re.compile(
    r"\+(?!\d{1,3}(?: \d{3})+(?![ \d]|-\d))\d{1,3}(?:[ ()/-]{0,2}\d){7,14}|\(\d{2,5}\) ?\d{3,4}[ -]?\d{3,4}"
    r"|(?<![\d.,+-])(?:0\d{1,4}[ -]\d{3,4}[ -]?\d{3,4}(?:[ -]?\d{4})?|(?:1-)?\d{3,4}-\d{3,4}-\d{4})(?![\d.,-]\d)"
)
#: What opens a line or stands between two sentences; a single one may be the end of a sentence over two lines.
_PLACE = r"(?:^[^\S\n]*|(?<=[.!:;][^\S\n])|(?<=[。；！])|(?<=[\u4e00-\u9fff]:))"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_HEAD = re.compile(rf"{_PLACE}(?:[(（]{_NUMBER}[)）]|{_NUMBER}[.．、)）])(?=[^\S\n]+\S|[^\W\d])", re.MULTILINE)


def telephones(text: str, language: str) -> tuple[str, ...]:
    """Return the telephone numbers of a text, as printed, in their order.

    Raises:
        ConfigurationError: the language is not supported.
    """
    folded = _ADDRESS.sub(_spaces, fold(text))
    shaped = [match.span() for match in _PHONE.finditer(folded)]
    called = [match.span("number") for match in _called(language).finditer(_PHONE.sub(_spaces, folded))]
    return tuple(text[start:end] for start, end in sorted(shaped + called))


def blanked(folded: str, language: str) -> str:
    """Return a folded text with spaces for the numbers that count nothing."""
    if _ADDRESSED.search(folded):
        folded = _ADDRESS.sub(_spaces, folded)
    folded = _called(language).sub(_spaces, _PHONE.sub(_spaces, folded))
    heads = list(_HEAD.finditer(folded))
    return _HEAD.sub(_spaces, folded) if len(heads) > 1 or (heads and not heads[0].start()) else folded


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


@cache
def _called(language: str) -> re.Pattern[str]:
    """What stands behind a word for a telephone."""
    words = any_of(lexicon(language).table.phones)
    return re.compile(rf"{words}[.:：]?[^\S\n]{{0,2}}(?P<number>\+?\(?\d(?:[ ()/-]{{0,2}}\d){{4,15}})")
