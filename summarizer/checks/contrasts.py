"""A denial that stands at the wrong half: *is to grab customers and not to find partners*, for the reverse.

Counting negations says nothing of it. In one language the words after a negation tell what it denies; between two
languages only the order does: *not A but B* is seldom told as *A and not B*.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from summarizer import languages
from summarizer.checks.negation import clauses, matches, patterned
from summarizer.ground.evidence import terms

__all__ = ["crossed", "inverted"]

_HAN = re.compile(r"[\u3400-\u9fff]")
#: What a negation denies stands within so many words, or characters of Chinese, after it.
_WORDS, _CHARS = 5, 5


def crossed(source: str, language: str, text: str, target: str) -> str | None:
    """Return how a translation tells *not A but B* as *A and not B*; None when it does not."""
    first, last = _contrasts(languages.base(language)), _contrasts(languages.base(target))
    before, after = source.lower(), text.lower()
    if not first[0].search(before) or first[1].search(before) or last[0].search(after):
        return None
    turned = last[1].search(after)
    return f"{turned[0].strip(' ,，')!r} denies the other half" if turned else None


def inverted(statement: str, sentences: Iterable[str], language: str) -> str | None:
    """Return how a contrast denies what one of its sentences affirms, and the other way round; None otherwise."""
    held = [_halves(text, language) for text in sentences]
    denied, plain = _halves(statement, language)
    contrast = any(p.search(statement.lower()) for p in _contrasts(languages.base(language)))
    everywhere = frozenset[str]().union(*(own for own, _ in held))
    for own, affirmed in held if contrast else ():
        gained, lost = (denied & affirmed) - everywhere, (own & plain) - denied
        if gained and lost:
            return f"the negation denies {min(gained)!r}, the source {min(lost)!r}"
    return None


@lru_cache(maxsize=1024)
def _halves(text: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the terms that stand right behind a negation, and those that stand behind none."""
    denied = frozenset[str]()
    plain = " ".join(text.lower().replace("’", "'").split())
    for found in matches(plain, language):
        rest = next(iter(clauses(_before_turn(plain[found.end() :], language))), "")
        near = rest[:_CHARS] if _HAN.search(rest[:2]) else " ".join(rest.split()[:_WORDS])
        denied |= terms(near, language)
    return denied, terms(text, language) - denied


def _before_turn(rest: str, language: str) -> str:
    """Cut what follows the word that turns to the other half."""
    turns = patterned(languages.section(language, "contrasts")["turns"])
    found = turns.search(rest)
    return rest[: found.start()] if found else rest


@cache
def _contrasts(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = languages.section(code, "contrasts")
    return patterned(table["denied_first"]), patterned(table["denied_last"])
