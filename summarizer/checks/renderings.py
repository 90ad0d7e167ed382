"""One name, two forms: what all translated lines together show, and no line by itself.

Nobody can know which form is right. So it is said only where both are certain to be of one name: an original stands
in brackets behind them, they are foreign names with a middle dot, or words that all but agree in lines that name the
same person.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.glossary.forms import folded
from summarizer.glossary.mentions import mentions
from summarizer.glossary.model import Glossary, spoken
from summarizer.ground.reading import Reading

__all__ = ["unlike"]

#: Two forms of one name share so much of their letters (Ratcliff, Obershelp); of two names in Chinese characters, …
_ALIKE = 0.75
#: … where every character counts for a syllable, so much.
_ALIKE_HAN = 0.5
#: A shorter word is like too many others.
_LETTERS = 5
_WORD = re.compile(r"(?<![\w'-])[A-ZÀ-Þ][a-zà-ÿ]{4,}(?![\w-])")
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・‧][\u3400-\u9fff]{1,8})+")
_GLOSSED = re.compile(r"([\u3400-\u9fff·•・‧]{2,12})[（(]([A-ZÀ-Þ][^（()）]{1,60})[)）]")


def unlike(
    pairs: Sequence[tuple[str, str]], reading: Reading, target: str, glossary: Glossary
) -> Iterator[tuple[int, Finding]]:
    """Find people who are called otherwise in a later translation than in the first that names them.

    Args:
        pairs: lines of one article with their translations, empty where there is none.
        reading: the article.
        target: language of the translations.
        glossary: names that it has a form of are held to that elsewhere.

    Yields:
        The position of the later line, and the doubt.
    """
    if languages.get(target).script == languages.get(reading.language).script:
        return
    for name in _people(reading, target, glossary):
        last = name.rpartition("·")[2].split()[-1]
        lines = [i for i, (line, text) in enumerate(pairs) if text and last in line]
        others = " ".join(text for i, (_, text) in enumerate(pairs) if i not in lines)
        forms = [(i, _forms(last, pairs[i][1], others)) for i in lines]
        yield from _differing(name, [(i, found) for i, found in forms if found], pairs)


def _people(reading: Reading, target: str, glossary: Glossary) -> Iterable[str]:
    """Return the people of an article for whom the glossary has no form."""
    speakers = (s.speaker.name for s in reading.speeches if s.speaker)
    dotted = (name for name in speakers if "·" in name)
    text = folded(reading.article.text)
    known = [m for m in mentions(text, reading.language, glossary) if spoken(m.entry.renderings, target)]
    every = dict.fromkeys((*reading.people, *dotted))
    return [name for name in every if not any(name in m.phrase or m.phrase in name for m in known)]


def _forms(name: str, text: str, others: str) -> frozenset[str]:
    """Return the words of a translation that may be a name: in no line that does not have it."""
    if not re.search("[\u3400-\u9fff]", text):
        return frozenset(word for word in _WORD.findall(text) if len(word) >= _LETTERS and word not in others)
    glossed = [found[1] for found in _GLOSSED.finditer(text) if name in found[2]]
    found = glossed or _DOTTED.findall(text)
    return frozenset(re.split("[·•・‧]", form)[-1] for form in found if form not in others)


def _differing(
    name: str, forms: Sequence[tuple[int, frozenset[str]]], pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, Finding]]:
    """Yield the first line that has another form than the first, where no form stands in both."""
    if not forms:
        return
    first, known = forms[0]
    for at, found in forms[1:]:
        both = next(((old, new) for old in sorted(known) for new in sorted(found) if _alike(old, new)), None)
        if both and not any(_same(old, new) for old in known for new in found):
            message = (
                f"{name!r} is {both[1]!r} in {pairs[at][1]!r} and {both[0]!r} in {pairs[first][1]!r}: write one form"
            )
            yield at, Finding("name.rendering", message)
            return


def _same(one: str, other: str) -> bool:
    """Tell whether two forms are one; of Chinese ones, whose end nobody can tell, by their first characters."""
    return one[:2] == other[:2] if one[0] > "\u3400" else one == other


def _alike(one: str, other: str) -> bool:
    """Tell whether two words may be one name, in other letters."""
    least = _ALIKE_HAN if one[0] > "\u3400" else _ALIKE
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= least
