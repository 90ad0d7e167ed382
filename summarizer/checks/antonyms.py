"""Words that turn a report round without a negation: *approve* where the source has *reject*.

Each language has its words for the two sides of the same pairs, under one name: ``[contraries]`` of its file.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.negation import objection, read
from summarizer.ground.text import Text
from summarizer.languages.wordlist import Entries, WordList

__all__ = ["in_statement", "in_translation", "restated"]

#: A clause repeats another when it has this much of its words, and so many.
_REPEATED, _FEW = 0.6, 3
#: A statement that repeats more clauses than this is no statement but a text.
_NEAR = 40

Sides = Mapping[str, frozenset[int]]


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a translation that says the contrary of its line."""
    if reason := _contrary(claim.source, claim.line):
        message = f"{claim.line.text!r} says the contrary of {claim.source.text!r}: {reason}"
        yield Finding("brief.negation", message, claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement that says the contrary of all its sentences and of nothing else that the article says."""
    every = (*claim.sources, *claim.alike)
    for pair, one in _sides(claim.line).items():
        if len(one) != 1 or any(one & _sides(text).get(pair, frozenset()) for text in every):
            continue
        turned = (_contrary(text, claim.line) for text in claim.sources)
        if reason := next((found for found in turned if found), None):
            yield objection(claim, f"the contrary is said, {reason}")
            return


def restated(claim: Claim) -> Iterator[Finding]:
    """Find a statement that says the contrary of a clause of the article that it repeats but for that word."""
    wanted = claim.line.terms
    repeated = (
        c for c in claim.reading.clauses if len(c.terms) >= _FEW and len(wanted & c.terms) >= _REPEATED * len(c.terms)
    )
    near = tuple(islice(repeated, _NEAR))  # each is held against each
    for clause in near:
        turned = _contrary(clause, claim.line)
        # what a neighbour says in the same words is no contrary
        if turned and not any(_agrees(other, claim.line, clause) for other in near):
            yield objection(claim, turned)
            return


def _contrary(source: Text, text: Text) -> str | None:
    """Return how a text says the contrary of a line in another language or the same, None when it does not.

    One side must have a word of a pair and none of its contrary, the other side the contrary alone; where only one
    of them denies something (*not in favour*), they may well agree.
    """
    if bool(read(source).negations) != bool(read(text).negations):
        return None
    before, after = _sides(source), _sides(text)
    for pair, held in before.items():
        said = after.get(pair, frozenset())
        if len(held) == 1 and len(said) == 1 and held != said:
            return f"{_word(text, pair)!r} for {_word(source, pair)!r}"
    return None


def _agrees(other: Text, statement: Text, clause: Text) -> bool:
    before, said, held = _sides(clause), _sides(statement), _sides(other)
    return any(held.get(pair) == one and before.get(pair) not in {None, one} for pair, one in said.items())


def _sides(text: Text) -> Sides:
    """Return the pairs of which a text has a word, each with the sides: 0, 1 or both."""
    return text.once(_read_sides)


def _read_sides(text: Text) -> Sides:
    found: dict[str, frozenset[int]] = {}
    for (pair, side), words in _pairs(text.code).near(text.openings):
        if words.search(text.plain):
            found[pair] = found.get(pair, frozenset()) | {side}
    return found


def _word(text: Text, pair: str) -> str:
    matches = (_pairs(text.code).words[pair, side].search(text.plain) for side in sorted(_sides(text)[pair]))
    return next(m[0] for m in matches if m)


@cache
def _pairs(code: str) -> Entries[tuple[str, int]]:
    pairs = languages.get(code).contraries.items()
    return Entries.of({(pair, side): WordList.of(words) for pair, both in pairs for side, words in enumerate(both)})
