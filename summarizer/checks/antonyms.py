"""Words that turn a report round without a negation: *approve* where the source has *reject*.

Each language has its words for the two sides of the same pairs, under one name: ``[contraries]`` of its file.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice

from summarizer import languages
from summarizer.checks.negation import clauses, patterned, read
from summarizer.ground.evidence import terms

__all__ = ["contrary", "restated", "reversal"]

#: A clause repeats another when it has this much of its words, and so many.
_REPEATED, _FEW = 0.6, 3
#: A statement that repeats more clauses than this is no statement but a text.
_NEAR = 40

Sides = Mapping[str, frozenset[int]]


def contrary(source: str, language: str, text: str, target: str) -> str | None:
    """Return how a text says the contrary of a line in another language or the same, None when it does not.

    One side must have a word of a pair and none of its contrary, the other side the contrary alone; where only one
    of them denies something (*not in favour*), they may well agree.
    """
    if bool(read(source, language).negations) != bool(read(text, target).negations):
        return None
    before, after = sides(source, language), sides(text, target)
    for pair, held in before.items():
        said = after.get(pair, frozenset())
        if len(held) == 1 and len(said) == 1 and held != said:
            return f"{_word(text, target, pair)!r} for {_word(source, language, pair)!r}"
    return None


def reversal(statement: str, sentences: Iterable[str], others: Iterable[str], language: str) -> str | None:
    """Return how a statement says the contrary of all its sentences and of nothing else that the article says."""
    held = list(sentences)
    said = sides(statement, language)
    for pair, one in said.items():
        if len(one) != 1 or any(one & sides(text, language).get(pair, frozenset()) for text in (*held, *others)):
            continue
        for text in held:
            if reason := contrary(text, language, statement, language):
                return reason
    return None


def restated(statement: str, sentences: Iterable[str], language: str) -> str | None:
    """Return how a statement says the contrary of a clause that it repeats but for that word."""
    wanted = terms(statement, language)
    known = dict.fromkeys(clause for text in sentences for clause in clauses(text))
    repeated = (
        c for c in known if len(own := terms(c, language)) >= _FEW and len(wanted & own) >= _REPEATED * len(own)
    )
    near = tuple(islice(repeated, _NEAR))  # each is held against each
    for clause in near:
        turned = contrary(clause, language, statement, language)
        # what a neighbour says in the same words is no contrary
        if turned and not any(_agrees(other, statement, clause, language) for other in near):
            return turned
    return None


def _agrees(other: str, statement: str, clause: str, language: str) -> bool:
    before, said, held = sides(clause, language), sides(statement, language), sides(other, language)
    return any(held.get(pair) == one and before.get(pair) not in {None, one} for pair, one in said.items())


@lru_cache(maxsize=2048)
def sides(text: str, language: str) -> Sides:
    """Return the pairs of which a text has a word, each with the sides: 0, 1 or both."""
    plain = " ".join(text.lower().replace("’", "'").split())
    found = {
        pair: frozenset(i for i, pattern in enumerate(both) if pattern.search(plain))
        for pair, both in _pairs(languages.base(language)).items()
    }
    return {pair: own for pair, own in found.items() if own}


def _word(text: str, language: str, pair: str) -> str:
    plain = " ".join(text.lower().replace("’", "'").split())
    matches = (pattern.search(plain) for pattern in _pairs(languages.base(language))[pair])
    return next(m[0] for m in matches if m)


@cache
def _pairs(code: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    table = languages.section(code, "contraries")
    return {pair: tuple(patterned(words) for words in both) for pair, both in table.items()}
