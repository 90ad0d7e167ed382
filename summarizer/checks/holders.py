"""Whose office it is, in Chinese: 副市长李关定 is not 市外办主任李关定.

Chinese print puts the office right before the name. An office that the article never puts there, for a name before
which it puts others, was given to somebody else.
"""

import re
from functools import cache

from summarizer import languages

__all__ = ["strange_office"]

#: A person's name has two or three characters; the longer one is tried first.
_NAME_CHARS = (3, 2)
_BEHIND_CHARS = 12


def strange_office(line: str, article: str) -> tuple[str, str] | None:
    """Return an office and the name behind it that the article never has together, None without such."""
    for found in _offices().finditer(line):
        rest = line[found.end() : found.end() + max(_NAME_CHARS)]
        name = next((n for n in _names(rest) if n in article), None)
        if name is None or name[0] not in languages.section("zh", "speech")["surnames"]:
            continue
        held = _held(name, article)
        if held and found[0] not in held:
            return found[0], name
    return None


def _names(rest: str) -> list[str]:
    return [rest[:n] for n in _NAME_CHARS if len(rest) >= n and re.fullmatch(r"[\u3400-\u9fff]+", rest[:n])]


def _held(name: str, article: str) -> frozenset[str]:
    """Return the offices right before or soon behind each mention of a name; none when it mostly stands alone."""
    before = {m[0] for m in re.finditer(rf"(?:{_offices().pattern})(?={re.escape(name)})", article)}
    ends = (m.end() for m in re.finditer(re.escape(name), article))
    # behind a mark stands the next person's office
    behind = (re.split(r"[、，。；]", article[end : end + _BEHIND_CHARS])[0] for end in ends)
    return frozenset(before | {m[0] for text in behind for m in _offices().finditer(text)}) if before else frozenset()


@cache
def _offices() -> re.Pattern[str]:
    table = languages.section("zh", "offices")
    words = sorted({w for name, own in table.items() if name != "deputy" for w in own}, key=lambda w: -len(w))
    return re.compile(rf"副?(?:{'|'.join(map(re.escape, words))})长?")
