"""The two scripts of Chinese: which one a tag asks for, which one a text is in, and how one becomes the other.

OpenCC turns them (its tables know words, not characters alone). It is loaded for the first text that needs it.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

__all__ = [
    "TAGS",
    "is_traditional",
    "locale",
    "name",
    "of_other_script",
    "plain_money",
    "region",
    "simplified",
    "traditional",
    "variant",
]

_WHOLE = re.compile("[^\ud800-\udfff]+")
_HAN = re.compile("[\u3400-\u9fff]")
#: The subtag of traditional characters, and of the regions that print them, with what a reader calls those.
_SCRIPT = "Hant"
_REGIONS = {"TW": "Taiwan", "HK": "Hong Kong", "MO": "Macao"}
#: The money that a region calls 元 without more.
_MONEY = {"TW": "TWD", "HK": "HKD", "MO": "MOP"}
#: The tags of traditional print, as `languages.checked` gives them.
TAGS = (f"zh-{_SCRIPT}", *(f"zh-{region}" for region in _REGIONS))
#: What OpenCC calls the ways of print, those of words and characters.
_TO_TRADITIONAL = {"": "s2t", "TW": "s2twp", "HK": "s2hk", "MO": "s2hk"}
_TO_SIMPLIFIED = "tw2s"
#: A text in simplified characters may have a name with a rare one; so many of them are another script.
_FEW = 2


def region(tag: str) -> str:
    """Return the region of a BCP 47 tag that prints traditional characters: ``TW``; empty where it names none."""
    return next((part for part in _subtags(tag) if part in _REGIONS), "")


def is_traditional(tag: str) -> bool:
    """Tell whether a BCP 47 tag asks for Chinese in traditional characters: ``zh-Hant``, ``zh-TW``, ``zh-HK``."""
    first, *rest = _subtags(tag)
    return first == "ZH" and "HANS" not in rest and (_SCRIPT.upper() in rest or bool(region(tag)))


def variant(tag: str) -> str:
    """Return what stands behind a language's code if print is traditional: ``-TW``, ``-Hant``; else nothing."""
    return f"-{region(tag) or _SCRIPT}" if is_traditional(tag) else ""


def name(tag: str, plain: str) -> str:
    """Return the English name `plain` with script and region where a tag's print is traditional; else nothing."""
    if not is_traditional(tag):
        return ""
    return f"Traditional {plain} ({_REGIONS[region(tag)]})" if region(tag) else f"Traditional {plain}"


def locale(tag: str) -> str:
    """Return CLDR's locale of a Chinese tag: ``zh_Hant_TW``."""
    if not is_traditional(tag):
        return "zh"
    return "_".join(filter(None, ("zh", _SCRIPT, region(tag))))


def plain_money(tag: str) -> str | None:
    """Return the ISO 4217 code of what a tag's region calls 元 without more; None where it names no region."""
    return _MONEY.get(region(tag))


def simplified(text: str) -> str:
    """Return a text in simplified characters, one for one, so that offsets stay true; others stay as they are.

    It is for matching: the word lists of Chinese are in simplified characters.
    """
    han = "".join(_HAN.findall(text))
    if len(han.encode("gb2312", "ignore")) == 2 * len(han):
        return text
    whole = _converted(text, _TO_SIMPLIFIED)
    return whole if len(whole) == len(text) else _HAN.sub(lambda char: _simple(char[0]), text)


def traditional(text: str, tag: str) -> str:
    """Return a text in the traditional characters of a tag's region, in Taiwan's words where that is Taiwan."""
    # OpenCC has the standard's 臺, newspapers and CLDR have 台
    return _converted(text, _TO_TRADITIONAL[region(tag)]).replace("臺", "台")


def of_other_script(text: str, tag: str) -> str:
    """Return the characters of a text, each once, that are not of the script which a Chinese tag asks for.

    Characters that both scripts use are none. Where simplified ones are asked for, a few traditional ones may be a
    name's and are none either, unless there are more of them than simplified ones.
    """
    han = list(dict.fromkeys(_HAN.findall(text)))
    simple = [char for char in han if _only(char, "gb2312", "big5") and _turned(char, "s2t")]
    if is_traditional(tag):
        return "".join(simple)
    strange = [char for char in han if _only(char, "big5", "gb2312") and _turned(char, _TO_SIMPLIFIED)]
    return "".join(strange) if len(strange) >= _FEW and len(strange) > len(simple) else ""


def _subtags(tag: str) -> list[str]:
    return tag.replace("_", "-").upper().split("-")


def _only(char: str, codec: str, other: str) -> bool:
    return bool(char.encode(codec, "ignore")) and not char.encode(other, "ignore")


def _turned(char: str, way: str) -> bool:
    return _converted(char, way) != char


def _converted(text: str, way: str) -> str:
    """Return a text as OpenCC converts it, which takes no halves of a character: they stay as they are."""
    return _WHOLE.sub(lambda part: str(_converter(way).convert(part[0])), text)


@cache
def _simple(char: str) -> str:
    found = _converted(char, _TO_SIMPLIFIED)
    return found if len(found) == 1 else char


@cache
def _converter(way: str) -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC(way)
