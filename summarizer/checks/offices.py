"""Whose office it is, and which: *mayor* for *vice mayor*, *District Mayor* for somebody who is none, 市长 for 主任.

Each language has its words for the same offices under the same names: ``[offices]`` of its file.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import DEPUTY, offices
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text
from summarizer.languages.inflection import forms
from summarizer.languages.wordlist import any_of

__all__ = ["in_statement", "in_translation"]

#: Who is at the head of something: each country and each body has its own word for it.
_HEADS = frozenset({"minister", "president", "secretary", "director", "governor"})
#: An office stands within so many characters of its holder's name …
_BESIDE_CHARS = 80
#: … and in Chinese, where it stands right before it, within so many behind.
_BEHIND_CHARS = 12
#: A Chinese name has two or three characters; the longer one is tried first.
_NAME_CHARS = (3, 2)


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find an office in the place of another, a deputy who is promoted, a chief who is demoted.

    Titles are told with each country's own words, so one office stands in another's place only where each side
    names a single one, and they are of two kinds: a spokesman is no president, a mayor no secretary.
    """
    line, text = claim.source.text, claim.line.text
    before, after = offices(claim.source), offices(claim.line)
    if swap := _exchanged(before, after):
        yield Finding("name.office", f"{text!r} has {swap[0]!r} where {line!r} has {swap[1]!r}", claim.where)
    elif reason := _demoted(before, after):
        yield Finding("name.office", f"{reason} in {text!r}, the translation of {line!r}", claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a person given an office that the article gives to somebody else: *District Mayor Sima Hong*."""
    line = claim.line.text
    if claim.line.han and (pair := _strange_office(claim.line, claim.reading.text.said)):
        message = f"{line!r}: the article does not call {pair[1]} {pair[0]!r}"
        yield Finding("name.office", message, claim.where)
    elif strange := _titled(line, claim.reading):
        titled, name, words = strange
        message = f"{titled!r}: the article does not call {name} {words!r}"
        yield Finding("name.office", message, claim.where)


def _exchanged(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the one office of a text and the one of its source, where they are of two kinds; None otherwise."""
    lost, gained = (frozenset(own) - {DEPUTY} for own in (before, after))
    words = [{own[name] for name in names} for own, names in ((after, gained), (before, lost))]
    if lost & gained or lost | gained <= _HEADS or any(len(said) != 1 for said in words):
        return None
    return words[0].pop(), words[1].pop()


def _demoted(before: Mapping[str, str], after: Mapping[str, str]) -> str | None:
    """Return how a text promotes a deputy or demotes a chief: *vicesindaco* as *mayor*; None when it does not.

    Both sides must name an office that they share, and only one may have any word for a deputy.
    """
    if not (before.keys() & after.keys()) - {DEPUTY} or (DEPUTY in before) == (DEPUTY in after):
        return None
    return f"{before[DEPUTY]!r} is lost" if DEPUTY in before else f"{after[DEPUTY]!r} is added"


def _titled(line: str, reading: Reading) -> tuple[str, str, str] | None:
    """Return a name with its title as the line has them, the name, and the title's words that are not its own.

    The capitalised words right before a name must stand beside that name in the article, too.
    """
    people = {s.speaker.name for s in reading.speeches if s.speaker and " " in s.speaker.name}
    for name in sorted(people):
        titled = re.search(rf"((?:[A-ZÀ-Þ][\w'’-]* ){{1,6}}){re.escape(name)}", line)
        if titled and not offices(Text(titled[1], reading.language)):
            continue  # other capitals are of a place or a body: "The Florida Air Force"
        beside = _beside(name, reading.article.text) if titled else ""
        words = _words(titled, reading) if titled else []
        strange = [word for word in words if not _stands(word, beside, reading.language)]
        if titled and strange:
            return titled[0], name, " ".join(strange)
    return None


def _stands(word: str, beside: str, language: str) -> bool:
    """Tell whether a word stands beside a name in any of its forms: ``des Hafenchefs``, ``Hafenchef``."""
    every = forms(word.casefold(), languages.base(language), ("nouns",))
    return any(form in beside for form in (word.casefold(), *every))


def _words(titled: re.Match[str], reading: Reading) -> list[str]:
    """Return the words of a title; a small word with a capital because the line begins with it is none of them."""
    words, small = titled[1].split(), languages.get(reading.language).words.function_words
    return words[1:] if not titled.start() and words[0].lower() in small else words


def _beside(name: str, article: str) -> str:
    mentions = re.finditer(re.escape(name), article)
    around = (article[max(0, m.start() - _BESIDE_CHARS) : m.end() + _BESIDE_CHARS] for m in mentions)
    return " ".join(around).casefold()


def _strange_office(line: Text, article: str) -> tuple[str, str] | None:
    """Return an office and the name behind it that the article never has together, None without such.

    Chinese print puts the office right before the name. An office that the article never puts there, for a name
    before which it puts others, was given to somebody else.
    """
    families, titles = languages.get(line.code).han_speech().names.surnames, _titles(line.code)
    for found in titles.finditer(line.said):
        rest = line.said[found.end() : found.end() + max(_NAME_CHARS)]
        name = next((n for n in _names(rest) if n in article), None)
        if name is None or name[0] not in families:
            continue
        held = _held(name, article, titles)
        if held and found[0] not in held:
            return found[0], name
    return None


def _names(rest: str) -> list[str]:
    return [rest[:n] for n in _NAME_CHARS if len(rest) >= n and re.fullmatch(r"[\u3400-\u9fff]+", rest[:n])]


def _held(name: str, article: str, titles: re.Pattern[str]) -> frozenset[str]:
    """Return the offices right before or soon behind each mention of a name; none when it mostly stands alone."""
    before = {m[0] for m in re.finditer(rf"(?:{titles.pattern})(?={re.escape(name)})", article)}
    ends = (m.end() for m in re.finditer(re.escape(name), article))
    # behind a mark stands the next person's office
    behind = (re.split(r"[、，。；]", article[end : end + _BEHIND_CHARS])[0] for end in ends)
    return frozenset(before | {m[0] for text in behind for m in titles.finditer(text)}) if before else frozenset()


@cache
def _titles(code: str) -> re.Pattern[str]:
    own = languages.get(code)
    around = own.han_speech().office_patterns
    words = any_of(word for name, words in own.offices.items() if name != DEPUTY for word in words)
    return re.compile(rf"{around.deputy}?{words}{around.chief}?")
