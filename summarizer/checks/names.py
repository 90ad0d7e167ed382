"""Names that the article does not have, that a translation loses, or that belong to another line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import is_office
from summarizer.checks.places import same_country, unheard
from summarizer.glossary.mentions import mentions
from summarizer.glossary.model import Glossary, spoken
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text
from summarizer.languages import general

__all__ = ["added", "exchanged", "missing", "strange", "transliterated"]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: A line with so many words in small letters is no headline in title case, however many names it has.
_SENTENCE_WORDS = 4
#: An adjective has a name's letters but for its ending, and so many at least.
_ENDING, _STEM = 2, 5
#: Of fewer names the initials are like too much else.
_INITIALS = 3
#: A short form has so many letters.
_SHORT = (3, 4)
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][a-zA-Zà-þ]+")
#: A full name right behind an office; its first word may belong to the office.
_RUN = re.compile(r"[A-ZÀ-Þ][\w’-]{0,60}[a-zà-ÿ](?: [A-ZÀ-Þ][\w’-]{0,60}[a-zà-ÿ])+")
#: Two capitalised words or more.
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]{0,60}[a-zà-ÿ](?: [A-ZÀ-Þ][\w'’-]{0,60}[a-zà-ÿ])+")
#: A name in Chinese characters with its original in brackets behind it.
_GLOSSED = re.compile(
    r"(?P<han>[\u3400-\u9fff·]{2,20})[（(](?P<name>[A-ZÀ-Þ][\w'’-]{0,60}(?: [A-ZÀ-Þ][\w'’-]{0,60})+)[)）]"
)
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][a-zà-ÿ]{2,}(?![\w-])")


def strange(claim: Claim) -> Iterator[Finding]:
    """Find capitalised words inside a statement that the article does not have in any case, and strange places.

    Lines in which most words are capitalised (headlines in title case) say nothing by it.
    """
    line = claim.line.text
    found = _capitalised(line, claim.reading)
    if found is None and sum(word.islower() for word in _WORD.findall(line)) < _SENTENCE_WORDS:
        return
    other = None if found else _namesake(claim.line, claim.reading.text) or unheard(claim.line, claim.reading.text)
    if names := found or ([other] if other else []):
        yield Finding("name.unsupported", f"{', '.join(names)}: not in the article, in {line!r}", claim.where)


def missing(claim: Claim) -> Iterator[Finding]:
    """Find people of the source line whose names its translation into another Latin script does not have."""
    if _across_scripts(claim):
        return
    line, text = claim.source.text, claim.line.text
    for name in claim.reading.people:
        last = name.split()[-1].replace("’", "'")
        if name in line and last not in text.replace("’", "'") and not claim.fixed(name):
            yield Finding("name.missing", f"{name!r} of the source line is not in {text!r}", claim.where)


def added(claim: Claim) -> Iterator[Finding]:
    """Find people of the article in a translation whose line does not name them: it belongs to another line.

    People have an office and say something, or a Chinese article gives their names in both scripts, and calls them by
    the Chinese one afterwards.
    """
    line, text, people = claim.source.text, claim.line.text, claim.reading.people
    glossed = claim.reading.text.once(_glossed)
    for name in (n for n in dict.fromkeys((*people, *glossed)) if n in text and not claim.fixed(n)):
        called = (*name.split(), *glossed.get(name, ()), *_initials(name))
        if not any(part in line for part in called) or _for_another(name, line, people):
            yield Finding("brief.name", f"{text!r} names {name!r}, the source line does not", claim.where)


def exchanged(claim: Claim) -> Iterator[Finding]:
    """Find a person of the article by one name in a translation, in the place of another of the line's people."""
    if _across_scripts(claim):
        return
    line, text, known = claim.source, claim.line, claim.reading.text.once(_family_names)
    lost = [word for word in line.once(_capitals) if word in known and word not in text.text]
    gained = [word for word in text.once(_capitals) if word in known and word not in line.text]
    people = {name.split()[-1] for name in claim.reading.people}
    if lost and gained and people & {lost[0], gained[0]} and not claim.fixed(gained[0]):
        message = f"{text.text!r} names {gained[0]!r} where {line.text!r} has {lost[0]!r}"
        yield Finding("brief.name", message, claim.where)


def transliterated(
    pairs: Sequence[tuple[str, str]], reading: Reading, target: str, glossary: Glossary | None = None
) -> Iterator[tuple[int, Finding]]:
    """Find people whose names change their script, where no line gives the original: nobody can know the form.

    It is a note, for a good translation seldom prints originals: of professional ones 3 % of the lines name somebody
    so (NTREX, English and Italian into Chinese).

    Args:
        pairs: each line with its translation, empty where it has none.
        reading: the article of the lines.
        target: language of the translations.
        glossary: names that it has a form of are known; such as it has none of are people and bodies, too.

    Yields:
        The position of the first translated line that names somebody, and the note; one for each name.
    """
    if languages.get(target).script == languages.get(reading.language).script:
        return
    known, open_ = _of_glossary(reading, target, glossary or Glossary())
    every = dict.fromkeys((*reading.people, *_dotted(reading), *open_))
    for name in (n for n in every if not any(n in form or form in n for form in known)):
        first = next((i for i, (line, text) in enumerate(pairs) if text and name in line), None)
        if first is not None and not any(name.split()[-1] in text for _, text in pairs):
            message = f"{name!r} is written in another script without the original beside it: check the form"
            yield first, Finding("name.transliterated", message)


def _of_glossary(reading: Reading, target: str, glossary: Glossary) -> tuple[list[str], list[str]]:
    """Return the names of the article that a glossary has a form of, and those that it has and no form of."""
    if not glossary:
        return [], []
    found = [m for m in mentions(reading.article.text, reading.language, glossary) if m.entry.kind != "term"]
    known = [m.phrase for m in found if spoken(m.entry.renderings, target)]
    return known, [m.phrase for m in found if m.phrase not in known]


def _dotted(reading: Reading) -> tuple[str, ...]:
    """Return the foreign people who speak in a Chinese article, by their names with a middle dot."""
    names = (s.speaker.name for s in reading.speeches if s.speaker)
    return tuple(dict.fromkeys(name for name in names if "·" in name))


def _across_scripts(claim: Claim) -> bool:
    return languages.get(claim.source.language).script != languages.get(claim.line.language).script or claim.line.han


def _family_names(article: Text) -> frozenset[str]:
    """Return the last words of full names that an article has as no other word: no *Citizens* beside citizens."""
    last = (m[0].split()[-1] for m in _FULL_NAME.finditer(article.text))
    return frozenset(name for name in last if name.lower() not in article.once(_small))


def _glossed(article: Text) -> dict[str, tuple[str, ...]]:
    """Return the Latin names that follow a Chinese one in brackets, each with what ends the parts of that one."""
    found = _GLOSSED.finditer(article.text)
    return {m["name"]: tuple(part[-2:] for part in m["han"].split("·")) for m in found}


def _capitals(text: Text) -> tuple[str, ...]:
    return tuple(_CAPITAL.findall(text.text))


def _initials(name: str) -> tuple[str, ...]:
    """Return what headlines call a person of three names and more by: ``JFK``."""
    parts = name.split()
    return ("".join(part[0] for part in parts),) if len(parts) >= _INITIALS else ()


def _for_another(name: str, line: str, people: tuple[str, ...]) -> bool:
    """Tell whether a line names another person of the same family name, and not this one by any other word."""
    given, family = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
    others = (n for n in people if n != name and n in line and n.split()[-1] == family)
    return given not in line and any(others)


def _capitalised(line: str, reading: Reading) -> list[str] | None:
    """Return the capitalised words that the article does not have; None for a line that is full of them."""
    words = _WORD.findall(line)
    if languages.get(reading.language).nouns_capital:
        return [w for w in _together(line, reading.language) if not _known(w, reading)]
    capital = [w for w in words[1:] if _LATIN_NAME.fullmatch(w)]
    return [w for w in capital if not _known(w, reading)] if len(capital) * 2 <= len(words) else None


def _together(line: str, language: str) -> list[str]:
    """Return the words of names where every noun has a capital: behind another with one, and no office."""
    words = [found for found in _WORD.finditer(line) if found[0][0].isupper()]
    beside = (late[0] for early, late in pairwise(words) if line[early.end() : late.start()].isspace())
    return [word for word in beside if not is_office(word, language)]


def _known(word: str, reading: Reading) -> bool:
    folded = word.casefold()
    if folded in languages.get(reading.language).words.honoured or folded in _calendar(reading.text.code):
        return True
    parts = (part for part in re.split(r"['’\-]", folded) if len(part) > 2)
    if folded in reading.words or any(part in reading.words for part in parts):
        return True
    derived = same_country(word, reading.text) or _derived(folded, reading.text)
    return derived or _shortened(folded, reading.words)


def _derived(word: str, article: Text) -> bool:
    """Tell whether an article has a word's adjective, in small letters: *Campania*, *campano*."""
    stem = word[:-_ENDING]
    small = article.once(_small) if len(stem) >= _STEM else frozenset[str]()
    return any(other.startswith(stem) and len(other) <= len(word) + _ENDING for other in small)


def _small(article: Text) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(article.text) if word.islower())


def _shortened(word: str, known: frozenset[str]) -> bool:
    """Tell whether a word is a short form of one of the article's: *Utd*, *Man* of *Manchester United*."""
    if not _SHORT[0] <= len(word) <= _SHORT[1]:
        return False
    inside = re.compile(".*".join(map(re.escape, word)))
    return any(w.startswith(word) or (w[-1] == word[-1] and inside.match(w)) for w in known if len(w) > len(word) + 1)


@cache
def _calendar(code: str) -> frozenset[str]:
    """Return the names of days and months, which are the figures' matter."""
    locale = general.locale(code)
    names = (*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values())
    return frozenset(name.casefold() for name in names)


def _namesake(line: Text, article: Text) -> str | None:
    """Return a name of two words that stands right after an office and nowhere in the article; None without one.

    The article must know one of the two words: a name that is wholly new is found by its words.
    """
    for run in _RUN.finditer(line.text):
        words = [*line.text[: run.start()].split()[-1:], *run[0].split()]
        office = [is_office(word, line.code) for word in words]
        if len(words) < 3 or not any(office[:-2]) or office[-1] or office[-2]:
            continue
        name, plain = " ".join(words[-2:]), article.once(_spaced)
        if name.casefold() not in plain.casefold() and any(word in plain for word in words[-2:]):
            return name
    return None


def _spaced(text: Text) -> str:
    return " ".join(text.text.split())
