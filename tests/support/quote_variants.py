"""Altered and harmless copies of real passages: what grounding must refuse and what it must bring home.

Every passage is a labelled stretch of speech of the articles in ``tests/languages/<code>/articles``; every variant is deterministic.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.support.labelled_speech import articles

__all__ = ["Variant", "altered", "harmless"]

_NEGATIONS = {
    "en": [(r"\b(is|are|was|were|will|would|can|could|has|have|should)\b(?! not)", r"\1 not"), (r"\bnot ", "")],
    "it": [(r"\b(è|sono|ha|hanno|sarà|saranno|possono|può)\b", r"non \1"), (r"\b[Nn]on ", "")],
    "zh": [(r"(是|能|会|要|愿|有)", r"不\1"), ("不", "")],
}
_WORDS = {
    "units": [
        ("billion", "million"), ("million", "billion"), ("yuan", "euros"), ("euros", "dollars"), ("percent", "percentage points"),
        ("km", "miles"), ("milioni", "miliardi"), ("miliardi", "milioni"), ("euro", "dollari"), ("亿", "万"), ("万", "亿"),
        ("元", "美元"), ("亩", "公顷"), ("tonnes", "tons"), ("公里", "米"), ("%", "‰"), ("mesi", "anni"), ("anni", "mesi"),
    ],
    "cities": [
        ("Shanghai", "Beijing"), ("Suzhou", "Hangzhou"), ("Milano", "Torino"), ("Pechino", "Shanghai"), ("Bari", "Brindisi"),
        ("Chengdu", "Chongqing"), ("Shijingshan", "Haidian"), ("Beijing", "Tianjin"), ("Italy", "Spain"), ("Cina", "Corea"),
        ("中国", "日本"), ("宁波", "温州"), ("石景山", "海淀"), ("意大利", "西班牙"), ("China", "Japan"), ("上海", "北京"),
        ("Aarhus", "Odense"), ("Zhongguancun", "Wangfujing"), ("米兰", "都灵"), ("Lione", "Parigi"), ("澳大利亚", "新西兰"),
    ],
    "names": [("Puccini", "Verdi"), ("Shougang", "Baosteel"), ("CIFTIS", "CIIE"), ("Asti", "Alba"), ("Jilin", "Hebei"), ("Xinhua", "Reuters")],
    "offices": [
        ("Ministry", "Bureau"), ("Chamber", "Council"), ("chamber", "council"), ("Mayor", "Vice Mayor"), ("ministry", "bureau"),
        ("商会", "协会"), ("集团", "公司"), ("商务部", "外交部"), ("governo", "comune"), ("municipalità", "regione"), ("district", "county"),
    ],
}  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Variant:
    """A copy of ``text[start:end]``; `spans` is where a harmless one stands, empty for an altered one."""

    what: str
    text: str
    quoted: str
    spans: tuple[tuple[int, int], ...]


def _passages() -> Iterator[tuple[str, str, int, int]]:
    for language in ("en", "it", "zh"):
        for article in articles(language):
            for gold in article.gold:
                yield language, article.text, gold.start, gold.end


def altered() -> Iterator[Variant]:
    """Yield copies in which a negation, figure, unit, city, name, office or Chinese character is another."""
    for language, text, start, end in _passages():
        quoted = text[start:end]
        for what, changed in _changes(quoted, language):
            if changed != quoted and changed not in text:
                yield Variant(what, text, changed, ())


def _changes(quoted: str, language: str) -> Iterator[tuple[str, str]]:
    for pattern, replacement in _NEGATIONS[language]:
        yield "negation", re.sub(pattern, replacement, quoted, count=1)
    for match in list(re.finditer(r"\d+", quoted))[:3]:
        digits = match[0]
        for other in (f"{int(digits) + 1}", f"{digits}0", f"{digits[:-1] or '7'}"):
            yield "figure", quoted[: match.start()] + other + quoted[match.end() :]
    for what, pairs in _WORDS.items():
        for old, new in pairs:
            if old in quoted:
                yield what, quoted.replace(old, new, 1)
    han = list(_HAN.finditer(quoted))
    for match in han[len(han) // 3 :: 11]:
        yield "character", quoted[: match.start()] + ("乙" if match[0] != "乙" else "甲") + quoted[match.end() :]


def harmless() -> Iterator[Variant]:
    """Yield copies that differ in marks, spaces, wraps, hyphens, composition or the case of a first letter."""
    for _, text, start, end in _passages():
        for what, change in _COPIES.items():
            copied = change(text[start:end])
            if copied != text[start:end]:
                yield Variant(what, text, copied, ((start, end),))
        yield from _shortened(text, start, end)
        yield from _rewrapped(text, start, end)


def _shortened(text: str, start: int, end: int) -> Iterator[Variant]:
    """Leave the middle out behind an ellipsis and begin the second piece with the other case."""
    commas = [m.end() for m in re.finditer(r"[,，](?!\d) ?", text[start:end])]
    if len(commas) < 2:
        return
    first, second = start + commas[0], start + commas[-1]
    head = text[start:first].rstrip(" ,，")
    tail = text[second:end]
    once = text.count(head) == 1 and text.count(tail) == 1
    if once and len(head) > 3 and len(tail) > 3 and not tail[0].isdigit():
        spans = ((start, start + len(head)), (second, end))
        other = tail[0].swapcase() + tail[1:] if tail[:2].islower() else tail
        for mark in ("…", "...", " [...] ", "……"):
            yield Variant("ellipsis", text, f"{head}{mark}{other}", spans)


def _rewrapped(text: str, start: int, end: int) -> Iterator[Variant]:
    """Change the article instead: wrapped lines, hyphens at their ends, NBSP, decomposed letters."""
    quoted = text[start:end]
    for what in ("line wraps", "line-end hyphens", "no-break spaces", "decomposed", "soft hyphens"):
        changed = _COPIES[what](quoted)
        if changed != quoted:
            yield Variant(
                f"article: {what}", text[:start] + changed + text[end:], quoted, ((start, start + len(changed)),)
            )


def _wrap(quoted: str) -> str:
    return re.sub(r"((?:\S+ ){4}\S+) ", r"\1\n", quoted)


def _hyphenate(quoted: str) -> str:
    return re.sub(r"\b([^\W\d_]{4})([^\W\d_]{4,})\b", r"\1-\n\2", quoted, count=2) if quoted[0].isascii() else quoted


def _soften(quoted: str) -> str:
    return re.sub(r"\b([^\W\d_]{3})([^\W\d_]{3,})\b", "\\1\u00ad\\2", quoted)


def _space_han(quoted: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", quoted)


def _widen(quoted: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c in ",;:!?()%0123456789" else c for c in quoted)


def _table(changes: dict[str, str]) -> Callable[[str], str]:
    return lambda quoted: quoted.translate(str.maketrans(changes))


_COPIES: dict[str, Callable[[str], str]] = {
    "no-break spaces": _table({" ": "\u00a0"}),
    "thin spaces": _table({" ": "\u2009"}),
    "line wraps": _wrap,
    "line-end hyphens": _hyphenate,
    "soft hyphens": _soften,
    "straight marks": _table({"“": '"', "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "「": '"', "」": '"'}),
    "curly marks": _table({"'": "’", '"': "”"}),
    "full-width marks": _widen,
    "half-width marks": _table(
        {"，": ",", "。": ".", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"}
    ),
    "other dashes": _table({"—": "–", "–": "—", "-": "‑"}),
    "decomposed": lambda quoted: unicodedata.normalize("NFD", quoted),
    "spaces beside Han": _space_han,
    "no spaces beside Han": lambda quoted: re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", quoted),
    "zero width": lambda quoted: quoted.replace(" ", " \u200b", 2),
    "in marks": lambda quoted: (
        f"“{quoted}”" if quoted[0] not in "\"'“‘«「" and quoted[-1] not in "\"'”’»」" else quoted
    ),
    "first letter": lambda quoted: quoted[0].swapcase() + quoted[1:] if quoted[1:2].islower() else quoted,
}
