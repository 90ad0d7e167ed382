"""Chinese names in two scripts: 束珏婷 is *Shu Jueting*, and no 何亚东.

A name in Latin letters is held against the readings of the Han characters, family name first or last. Only two
capitalised words that can be syllables of Chinese are taken for such a name.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.ground.text import Text

__all__ = ["family", "in_translation", "people", "readings"]

_PAIR = re.compile(r"(?<![\w'’-])([A-Z][a-zü'’-]+) (?=([A-Z][a-zü'’-]+)(?![\w-]))")
_SYLLABLE = (
    "(?:er|(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|üan|ai|an|ao|ei|en|ia|ie|in|iu|ou|ua|ue|ui|un|uo|üe|a|e|i|o|u|ü))"
)
_FAMILY, _GIVEN = re.compile(rf"{_SYLLABLE}{{1,2}}"), re.compile(rf"{_SYLLABLE}(?:['’-]?{_SYLLABLE})?")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: A given name has at most so many characters.
_GIVEN_CHARS = 2


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find Chinese people put in each other's place between the scripts."""
    line, text = claim.source, claim.line
    if (
        line.han
        and not text.han
        and (name := _other_person(line, text, claim.reading.text))
        and not claim.fixed(name)
    ):
        yield Finding("brief.name", f"{text.text!r} names {name!r}, the source line does not", claim.where)
    elif text.han and not line.han:
        for name in (n for n in claim.reading.people if n in line.text and _unread(n, text) and not claim.fixed(n)):
            yield Finding("name.missing", f"{name!r} of the source line is not in {text.text!r}", claim.where)


def family(name: str, code: str = "zh") -> str:
    """Return the family name of a person of two words in Latin letters that may be Chinese; empty of any other."""
    words = next(_romanised(name, code), None)
    if words is None or " ".join(words) != name:
        return ""
    return next(word for word in words if word.lower() in _surnames(code))


def people(text: Text, code: str) -> frozenset[str]:
    """Return the people that a text in Latin letters may name as the Han language `code` has them.

    Each is one word, family name first.
    """
    return frozenset(_family_first(*words, code) for words in _romanised(text.text, code))


def readings(text: Text) -> frozenset[str]:
    """Return how every run of Han characters of a text that may be a name is read."""
    return text.once(_all)


def _family_first(one: str, other: str, code: str) -> str:
    return _plain(one + other) if one.lower() in _surnames(code) else _plain(other + one)


def _other_person(line: Text, text: Text, article: Text) -> str | None:
    """Return a person whom a Latin translation of a Chinese line names and the line does not; None without one.

    The article must know the name from another line, or the line the family name with another given name.
    """
    for words in _romanised(text.text, line.code):
        keys = _keys(*words)
        if keys & line.once(_all):
            continue
        family = {_plain(words[0]), _plain(words[1])} & line.once(_families)
        if keys & article.once(_names) or family:
            return " ".join(words)
    return None


def _unread(name: str, text: Text) -> bool:
    """Tell whether a Chinese text lacks a name of the line, by any reading; other peoples' names are not read."""
    words = next(_romanised(name, text.code), None)
    return words is not None and " ".join(words) == name and not _keys(*words) & text.once(_all)


def _romanised(text: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of words that can be a family name of a language with a given name, in either order."""
    for found in _PAIR.finditer(text):
        one, other = found[1].lower(), found[2].lower()
        orders = ((one, other), (other, one))
        # the readings of the family names come last: most names are no syllables of Chinese
        if any(_FAMILY.fullmatch(a) and _GIVEN.fullmatch(b) and a in _surnames(code) for a, b in orders):
            yield found[1], found[2]


def _keys(one: str, other: str) -> frozenset[str]:
    return frozenset({_plain(one) + _plain(other), _plain(other) + _plain(one)})


def _names(article: Text) -> frozenset[str]:
    """Return the readings of all characters that may be a name: a family name with one or two others."""
    text = article.said
    own = languages.get(article.code).han_speech().names
    one, two = frozenset(own.surnames), frozenset(own.surnames_two)
    found = set[str]()
    for i, char in enumerate(text):
        starts = [1] * (char in one) + [2] * (text[i : i + 2] in two)
        for given in range(1, _GIVEN_CHARS + 1):
            for family in starts:
                found |= _readings(text[i : i + family + given])
    return frozenset(found)


def _all(line: Text) -> frozenset[str]:
    """Return the readings of all runs of two to four characters: a family name may be a rare one."""
    text = line.text
    runs = (text[i : i + n] for i in range(len(text)) for n in (2, 3, 4) if i + n <= len(text))
    return frozenset[str]().union(*(_readings(run) for run in runs))


def _families(line: Text) -> frozenset[str]:
    """Return the readings of the family names that stand before another character of a name."""
    one = frozenset(languages.get(line.code).han_speech().names.surnames)
    return frozenset(key for char in set(line.said) & one for key in _readings(char))


@cache
def _surnames(code: str) -> frozenset[str]:
    own = languages.get(code).han_speech().names
    return frozenset(key for name in (*own.surnames, *own.surnames_two) for key in _readings(name))


@lru_cache(maxsize=8192)
def _readings(characters: str) -> frozenset[str]:
    if not all(_HAN.match(char) for char in characters):
        return frozenset()
    return frozenset("".join(keys) for keys in product(*(_reading(char) for char in characters)))


@cache
def _reading(char: str) -> tuple[str, ...]:
    # heavy: imported for the first Chinese name
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(_plain(one) for one in pinyin(char, style=Style.NORMAL, heteronym=True)[0]))


def _plain(name: str) -> str:
    """Return the letters of a family name or a given one; ü is printed u, v or yu."""
    letters = re.sub(r"[^a-zü]", "", name.lower())
    return re.sub(r"^([ln])yu", r"\1u", letters).replace("ü", "u").replace("v", "u")
