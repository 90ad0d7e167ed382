"""Article text → sentences with exact offsets, in one pass and linear time.

The rules are punctuation and grammar; the abbreviations, sentence starters and verbs of saying they need are
the ``[sentences]`` table of each language. yasbd-lib was tried first and left out: 32,000 opening brackets
took it six seconds, a quoted passage of any length was one sentence, ``。”他说`` was cut before its speaker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from summarizer import languages

__all__ = ["Sentence", "paragraphs", "split"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or list item; ``article[start:end] == text``, without white space at its ends."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Rules:
    """A language's ``[sentences]`` table; every entry is written without its final full stop."""

    titles: frozenset[str]  # never end a sentence: dott., Mr.
    numbered: frozenset[str]  # go on before a number: n. 7, art. 5
    months: frozenset[str]  # go on before a number or a dash: Sept. 14
    inline: frozenset[str]  # never end a sentence: e.g., vs.
    closing: frozenset[str]  # end one only before a word of `starters`: Inc., S.p.A.
    starters: frozenset[str]
    ordinals_stop: bool
    short_words: bool  # it has no list, and a short word may be an abbreviation: Sr., г.
    said: re.Pattern[str] | None  # what stands between a closed quotation and the end of its sentence
    listed: frozenset[str]  # all of the abbreviations above


_STOP = re.compile(
    r"(?P<stop>[.!?…。！？｡．‼⁇⁈⁉؟۔।॥։።။។]+)"
    r"(?P<close>(?:[”’\"'»›)）\]】」』》〉]|[“«](?=[\s,]|\Z)|[ \u00a0\u202f]»)*(?:\[\d{1,3}\])*)"
)
_WIDE = frozenset("。！？｡۔।॥።။។")
_OPENERS = frozenset("“‘\"'«‹「『(（[【《")
_QUOTE_PAIRS = {"”": "“", "“": "„", "«": "»", "’": "‘", "»": "«", "」": "「", "』": "『", '"': '"'}
_BRACKETED = re.compile(r"[(（][^()（）\n]{0,300}[)）]|《[^《》\n]{0,100}》")
_ROMAN = re.compile(r"[IVXLCDM]+\b")
_WORD = re.compile(r"[^\W\d_]+['’]?")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_DASHES = "-–—―"
_YEAR = 3  # digits; with more of them a number is hardly a place in a row
_TITLE = 3  # letters of a title that is shortened: Sr., Dra.
_WINDOW = 2000  # how far back a quotation's opening is looked for; keeps the pass linear


def split(text: str, language: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text` in order; every character that is not white space is in exactly one.

    Raises:
        ConfigurationError: nothing is known of `language`.
    """
    rules = _rules(languages.get(language).code)
    found: list[Sentence] = []
    for start, end in paragraphs(text):
        cut = start
        for stop in _ends(text, start, end, rules):
            found.extend(_trimmed(text, cut, stop))
            cut = stop
        found.extend(_trimmed(text, cut, end))
    return tuple(found)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of paragraphs: blank lines part them, and newlines that are not a wrap."""
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a block at its newlines, except where the newline only wraps a long line."""
    if "\n" not in text[start:end]:
        yield start, end
        return
    lines = text[start:end].split("\n")
    wrapped = _wrapped(lines)
    cut = at = start
    for line, soft in zip(lines, wrapped, strict=True):
        at += len(line) + 1
        if not soft:
            yield cut, min(at, end)
            cut = at


def _wrapped(lines: list[str]) -> list[bool]:
    """Tell for each line whether its newline is a wrap: the next word would not have fitted.

    A line wraps only in a block with a sign of wrapping: a next line that begins in lower case, or, in
    Chinese, three lines and more of one length. Headings, list items and verse have neither.
    """
    width = max(map(len, lines))
    wide = all(_is_han(line[-1:]) or line[-1:] in "，、；：" for line in lines[:-1])
    if wide:
        full = len(lines) >= 3 and 15 <= width <= 60 and all(len(line) >= width - 2 for line in lines[:-1])
        return [full] * (len(lines) - 1) + [False]
    signs = [_continues(line, following) for line, following in pairwise(lines)]
    fits = 40 <= width <= 100 and any(signs)
    return [
        sign or (fits and _greedy(line, following, width))
        for sign, line, following in zip(signs, lines, lines[1:], strict=False)
    ] + [False]


def _continues(line: str, following: str) -> bool:
    return len(line) >= 30 and not _closed(line) and following.lstrip()[:1].islower()


def _closed(line: str) -> bool:
    return line.rstrip(" ”’\"'»)）]")[-1:] in ".!?:;…。！？：；"


def _greedy(line: str, following: str, width: int) -> bool:
    first = following.split(maxsplit=1)[0] if following.strip() else ""
    return len(line) + 1 + len(first) > width


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield the range without the white space at its ends, or nothing."""
    piece = text[start:end]
    body = piece.strip()
    if body:
        first = start + len(piece) - len(piece.lstrip())
        yield Sentence(first, first + len(body), body)


def _ends(text: str, start: int, end: int, rules: _Rules) -> Iterator[int]:
    """Yield where sentences end inside one paragraph, its own end excluded."""
    brackets = [m.span() for m in _BRACKETED.finditer(text, start, end)]
    at = 0
    cut = start
    for stop in _STOP.finditer(text, start, end):
        while at < len(brackets) and brackets[at][1] <= stop.start():
            at += 1
        inside = at < len(brackets) and brackets[at][0] < stop.start()
        # a bracket that is itself the sentence may end it; a title, or one in the middle of a sentence, may not
        if inside:
            opening, closing = brackets[at]
            if stop.end() < closing or text[opening] == "《" or text[cut : min(opening, cut + 40)].strip():
                continue
        place = _close(text, stop, end)
        numbers_list = stop.start() - cut < 12 and text[cut : stop.start()].strip().isdigit()  # "1. The first"
        if place < end and not numbers_list and _is_end(text, stop, place, end, rules):
            cut = place
            yield place


def _close(text: str, stop: re.Match[str], end: int) -> int:
    """Return where the sentence's closing marks end; a straight quotation mark may belong to the next one."""
    place = stop.end()
    if stop["close"].endswith('"') and place < end and text[place].isalnum():
        line = text.rfind("\n", max(0, place - _WINDOW), place) + 1
        before = text[max(line, place - _WINDOW) : place - 1]
        if before.count('"') % 2 == 0:
            return place - 1
    return place


def _is_end(text: str, stop: re.Match[str], place: int, end: int, rules: _Rules) -> bool:
    """Decide about one run of stops whose closing marks end at `place`; `end` is the paragraph's."""
    following = text[place : min(end, place + 120)]
    ahead = following.lstrip()
    if not ahead:
        return False
    glued = len(ahead) == len(following)
    if stop["close"] and rules.said and rules.said.match(ahead) and _opens_sentence(text, stop, place):
        return False
    if not _WIDE.isdisjoint(stop["stop"]):
        if rules.short_words and glued and stop["close"] and _HIRAGANA.match(ahead):
            return False  # 「…。」と述べた
        return ahead[0] not in "，、；：,;:）)"
    if glued:
        return _glued_end(text, stop, ahead, rules)
    return _spaced_end(text, stop, ahead, rules)


def _glued_end(text: str, stop: re.Match[str], ahead: str, rules: _Rules) -> bool:
    """Decide about a Western stop with no space after it: ``3.5``, ``U.S.市场``, ``word.Another``."""
    before = text[stop.start() - 1 : stop.start()]
    if _is_han(before):
        return ahead[0].isalnum() and "…" not in stop["stop"]
    if _is_han(ahead[0]):
        return stop["stop"] in "!?" or bool(stop["close"])
    token = _token(text, stop.start())
    return (
        len(token) >= 3
        and token.isalpha()
        and token[1:].islower()
        and not _listed(token, rules.listed)
        and ahead[0].isupper()
        and ahead[1:2].islower()
    )


def _spaced_end(text: str, stop: re.Match[str], ahead: str, rules: _Rules) -> bool:
    """Decide about a Western stop before white space: what follows has to look like a beginning."""
    lead = ahead.lstrip("“‘\"'«‹([ \u00a0\u202f" + _DASHES)
    first = lead[:1]
    if not first or first.islower() or ahead[0] in ",;:)]»”’":
        return False
    if stop["stop"] != "." or not _QUOTE_PAIRS.keys().isdisjoint(stop["close"]):
        return True
    return not _abbreviated(text, stop.start(), ahead, lead, rules)


def _abbreviated(text: str, at: int, ahead: str, lead: str, rules: _Rules) -> bool:
    """Tell whether the full stop at `at` only shortens its word, given what follows."""
    token = _token(text, at)
    starter = _WORD.match(lead)
    starts = starter is not None and starter[0] in rules.starters
    if not any(map(str.isalpha, token)):
        return rules.ordinals_stop and token.isdigit() and len(token) < _YEAR and not starts
    if _listed(token, rules.months):
        day = at - len(token) - 2
        if ahead[0].isdigit() or ahead[0] in _DASHES:
            return True
        if day >= 0 and text[day].isdigit():
            return False
    if _listed(token, rules.numbered) and (lead[0].isdigit() or ahead[0] in "([" or _ROMAN.match(lead)):
        return True
    if _listed(token, rules.titles) or _listed(token, rules.inline) or (rules.short_words and _is_short(token)):
        return True
    initials = (len(token) == 1 and token.isupper()) or "." in token
    return (initials or _listed(token, rules.closing)) and not starts and ahead[0] not in _OPENERS


def _is_short(token: str) -> bool:
    """Tell whether a word looks like an abbreviation: one letter, or a title; without capitals nothing tells."""
    short = len(token) == 1 or (len(token) <= _TITLE and token.istitle())
    return short and token[0] != token[0].swapcase()


def _token(text: str, at: int) -> str:
    """Return the word that ends before `at`, with its inner full stops: ``S.p.A``."""
    start = at
    while start > 0 and at - start < 24 and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:at].lstrip(".")


def _listed(token: str, entries: frozenset[str]) -> bool:
    """Tell whether a word is in a list: as it stands, with a capital, or all in capitals."""
    if token in entries or (token[:1].lower() + token[1:]) in entries:
        return True
    return token.isupper() and len(token) > 1 and (token.lower() in entries or token.capitalize() in entries)


def _opens_sentence(text: str, stop: re.Match[str], place: int) -> bool:
    """Tell whether the quotation that closes before `place` began its sentence: no ``他说：`` before it."""
    closing = next((c for c in stop["close"] if c in _QUOTE_PAIRS), "")
    if not closing:
        return False
    low = max(0, place - _WINDOW)
    opening = text.rfind(_QUOTE_PAIRS[closing], low, stop.start())
    if opening < 0:
        return False
    before = text[low:opening].rstrip(" \u00a0\u202f\t")[-1:]
    return before in ("", "\n") or before in '。！？!?.…”’"»」』'


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


@cache
def _rules(language: str) -> _Rules:
    own = languages.get(language)
    table = own.sentences
    return _Rules(
        titles=frozenset(table.titles),
        numbered=frozenset(table.numbered),
        months=frozenset(table.months),
        inline=frozenset(table.inline),
        closing=frozenset(table.closing),
        starters=frozenset(table.starters),
        ordinals_stop=table.ordinals_stop,
        short_words=own.general,
        said=re.compile(table.said) if table.said else None,
        listed=frozenset((*table.titles, *table.numbered, *table.months, *table.inline, *table.closing)),
    )
