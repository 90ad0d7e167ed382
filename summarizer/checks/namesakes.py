"""A full name right after an office, in a statement whose article has no such name: *Vice Mayor Zhang Min*."""

import re

from summarizer import languages
from summarizer.checks.negation import patterned

__all__ = ["strange_person"]

_RUN = re.compile(r"[A-ZÀ-Þ][\w’-]{0,60}[a-zà-ÿ](?: [A-ZÀ-Þ][\w’-]{0,60}[a-zà-ÿ])+")


def strange_person(line: str, article: str, language: str) -> str | None:
    """Return a name of two words that stands right after an office and nowhere in the article; None without one.

    The article must know one of the two words: a name that is wholly new is found by its words.
    """
    table = languages.section(language, "offices").values()
    offices = [patterned(words) for words in table]

    def office(word: str) -> bool:
        return any(pattern.fullmatch(word.lower()) for pattern in offices)

    plain = " ".join(article.split())
    for run in _RUN.finditer(line):
        before = line[: run.start()].split()[-1:]
        words = [*before, *run[0].split()]
        titled = any(office(word) for word in words[:-2])
        if len(words) < 3 or not titled or office(words[-1]) or office(words[-2]):
            continue
        name = " ".join(words[-2:])
        if name.casefold() not in plain.casefold() and any(word in plain for word in words[-2:]):
            return name
    return None
