"""Markdown → the text a reader sees, and its front matter."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.article.marks import named, set_apart, settled

__all__ = ["Plain", "looks_like", "plain"]


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup, and the front matter's keys in lower case."""

    text: str
    front: Mapping[str, str] = field(default_factory=dict)


_FRONT = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\n(.{0,8000}?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"""^([\w-]+)\s*[:=]\s*(["']?)(.*?)\2\s*$""", re.MULTILINE)
_HEADING = re.compile(r"\A\s*#{1,6}[ \t]+\S")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|cite|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|small|span|strong|sub|sup|table"
    r"|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
#: Lines of a quotation, with what parts them from a colon that announces them.
_QUOTATION = re.compile(
    r"(?P<led>(?<=[:：])[ \t]{0,9}\n\s{0,9})?(?P<lines>(?:^[ \t]{0,3}>[^\n]*(?:\n|\Z))+)", re.MULTILINE
)
_ARROWS = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[-*+•][ \t]+")
_ELEMENT = re.compile(
    r"<blockquote\b[^<>]{0,300}>((?:[^<]|<(?!/?blockquote)){1,5000})</blockquote\s*>", re.IGNORECASE
)
_SIGNED = re.compile(r"<(?:cite|footer)\b[^<>]{0,300}>(?!\s*<cite)", re.IGNORECASE)
#: In this order: what a step leaves must not look like markup to the next one.
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), substitute)
    for pattern, substitute in (
        (r"<!--(?:[^-]|-(?!->)){0,5000}-->", ""),
        (r"^[ \t]{0,3}(?:```|~~~).*$", ""),
        (r"<q\b[^<>]{0,300}>", "“"),
        (r"</q\s*>", "”"),
        (r"^[ \t]{0,3}(?:=+|-{2,})[ \t]*$", ""),  # underlines of headings, and rules
        (r"^[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$", ""),
        (r"^[ \t]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\S+.*$", ""),  # link definitions
        (r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]{0,99}#{0,99}[ \t]{0,99}$", r"\n\1\n"),
        (r"^[ \t]*[-*+•][ \t]+(?=\S)", ""),
        (r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-{2,}:?[ \t]*)?$\n?", ""),  # under a table's head
        (r"^[ \t]*\|(.*)\|[ \t]*$", r"\1"),
        (r"!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,200}\])", ""),
        (r"\[([^\[\]\n]{1,500})\](?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,800}\)|\[[^\[\]\n]{0,200}\])", r"\1"),
        (r"\[\^[^\[\]\n]{1,40}\]", ""),
        (r"<((?:https?://|mailto:)[^<>\s]{1,500})>", r"\1"),
        (r"(?i:<br\s*/?>)", "\n"),
        (r"(?:\\|(?<! )[ ]{2,})$", ""),
        (r"(?<![\\`])`{1,3}([^`\n]{1,300})`{1,3}", r"\1"),
        (r"(?<!\\)~~(?=\S)[^\n~]{1,2000}~~", ""),  # struck out: not what the page says
        (r"(?<!\\)(\*\*\*|___|\*\*|__)(?=\S)([^\n*~]{1,2000}?)(?<=\S)\1", r"\2"),
        (r"(?<![\\\w*])\*(?=[^\s*])([^\n*]{1,2000}?)(?<=[^\s*])\*(?![\w*])", r"\1"),
        (r"(?<![\\\w])_(?=[^\s_])([^\n_]{1,2000}?)(?<=[^\s_])_(?!\w)", r"\1"),
        (r"\\([\\`*_{}\[\]()#+\-.!|>~])", r"\1"),
    )
)


def looks_like(text: str) -> bool:
    """Tell whether text of unknown kind begins as Markdown does: front matter or a heading."""
    return bool(_FRONT.match(text) or _HEADING.match(text))


def plain(text: str) -> Plain:
    """Return `text` as a reader sees it; links keep their words, pictures go, line breaks stay."""
    text = settled(text.replace("\r\n", "\n").replace("\r", "\n"))
    front: dict[str, str] = {}
    found = _FRONT.match(text)
    if found:
        front = {key.lower(): value.strip() for key, _, value in _ENTRY.findall(found[2]) if value.strip()}
        text = text[found.end() :]
    text = _QUOTATION.sub(_in_marks, _ELEMENT.sub(_lines, text))
    for pattern, substitute in _STEPS:
        text = pattern.sub(substitute, text)
    return Plain(html.unescape(_TAG.sub("", text)), front)


def _lines(element: re.Match[str]) -> str:
    """Return a quotation that is written as on a page in Markdown's own way."""
    lines = _SIGNED.sub("\n\n— ", element[1]).strip().split("\n")
    return "\n\n" + "".join(f"> {line.strip()}\n" for line in lines) + "\n"


def _in_marks(found: re.Match[str]) -> str:
    """Return the lines of a quotation in marks, on the line that announces it, behind whom its last one names."""
    lines = [_ARROWS.sub("", line).strip() for line in found["lines"].strip("\n").split("\n")]
    if any(map(_ITEM.match, lines[:-1])):
        lines = [_ITEM.sub("", line) for line in lines]
    who = named(lines[-1].replace("*", "").replace("_", "")) if any(lines[:-1]) else ""
    paragraphs = [part for part in "\n".join(lines[:-1] if who else lines).split("\n\n") if part.strip()]
    if not paragraphs:
        return "\n"
    around = set_apart("\n\n".join(paragraphs), who)
    text = "\n\n".join(around.opens + part.strip() for part in paragraphs)
    led = found["led"] or ""
    if led and not who:  # what a colon announces stands on its line
        led = " " if found.string[found.start() - 1] == ":" else ""
    end = "\n" if found["lines"].endswith("\n") else ""
    return f"{led}{around.label}{text}{around.closes}{around.aside}{end}"
