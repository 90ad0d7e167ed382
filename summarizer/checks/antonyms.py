"""Words that turn a report round without a negation: *approve* where the source has *reject*.

Each language has its words for the two sides of the same pairs, under one name: ``[contraries]`` of its file. The
word for the contrary stands where the other one stood: a long line may well tell of a win and of a loss. A word with
a capital inside a sentence is part of a name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.negation import objection, read
from summarizer.ground.evidence import terms
from summarizer.ground.text import Text
from summarizer.languages.wordlist import Entries, WordList

__all__ = ["in_statement", "in_translation", "restated"]

#: A clause repeats another when it has this much of its words, and so many.
_REPEATED, _FEW = 0.6, 3
#: A statement that repeats more clauses than this is no statement but a text.
_NEAR = 40
#: Between two languages a word keeps its place in a line, give or take this part of it …
_MOVED = 0.13
#: … unless the line is short, counted in characters of English.
_SHORT_CHARS = 120
#: What stands before a word that opens a sentence or a quotation.
_OPENS = re.compile(r"(?:^|[.!?:…][\"'”’»)]*\s|[\"“«(‘]\s?)$")

#: In one language the words around tell whether a word stands for another: so many on each side, or so much Chinese.
_WORDS, _CHARS = 4, 8

Sides = Mapping[str, frozenset[int]]
#: Tells of two texts and a pair of which each has a word whether the one stands for the other.
Placed = Callable[[Text, Text, str], bool]


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a translation that says the contrary of its line."""
    if reason := _contrary(claim.source, claim.line, _at_one_place):
        message = f"{claim.line.text!r} says the contrary of {claim.source.text!r}: {reason}"
        yield Finding("brief.negation", message, claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement that says the contrary of all its sentences and of nothing else that the article says."""
    every = (*claim.sources, *claim.alike)
    for pair, one in _sides(claim.line).items():
        if len(one) != 1 or any(one & _sides(text).get(pair, frozenset()) for text in every):
            continue
        turned = (_contrary(text, claim.line, _between_the_same) for text in claim.sources)
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
        turned = _contrary(clause, claim.line, _between_the_same)
        # what a neighbour says in the same words is no contrary
        if turned and not any(_agrees(other, claim.line, clause) for other in near):
            yield objection(claim, turned)
            return


def _contrary(source: Text, text: Text, placed: Placed) -> str | None:
    """Return how a text says the contrary of a line, None when it does not.

    One side must have a word of a pair and none of its contrary, the other side the contrary alone; where only one
    of them denies more than the other (*not in favour*), they may well agree. That the
    one word stands for the other is for `placed` to tell.
    """
    if len(read(source).negations) != len(read(text).negations):
        return None
    before, after = _sides(source), _sides(text)
    for pair, held in before.items():
        said = after.get(pair, frozenset())
        if len(held) == 1 and len(said) == 1 and held != said and placed(source, text, pair):
            return f"{_word(text, pair)[0]!r} for {_word(source, pair)[0]!r}"
    return None


def _at_one_place(source: Text, text: Text, pair: str) -> bool:
    """Tell whether two words stand at the same place of a line and its translation, as far as their length tells."""
    if all(languages.expected_chars(one.text, one.language, "en") < _SHORT_CHARS for one in (source, text)):
        return True
    places = [_word(one, pair).start() / len(one.plain) for one in (source, text)]
    return abs(places[0] - places[1]) <= _MOVED


def _between_the_same(source: Text, text: Text, pair: str) -> bool:
    """Tell whether two words of one language have a term beside them in common."""
    return bool(_beside(source, pair) & _beside(text, pair))


def _beside(text: Text, pair: str) -> frozenset[str]:
    found = _word(text, pair)
    before, after = text.plain[: found.start()], text.plain[found.end() :]
    near = [before[-_CHARS:], after[:_CHARS]] if text.han else [*before.split()[-_WORDS:], *after.split()[:_WORDS]]
    return frozenset[str]().union(*(terms(part, text.language) for part in near))


def _agrees(other: Text, statement: Text, clause: Text) -> bool:
    before, said, held = _sides(clause), _sides(statement), _sides(other)
    return any(held.get(pair) == one and before.get(pair) not in {None, one} for pair, one in said.items())


def _sides(text: Text) -> Sides:
    """Return the pairs of which a text has a word, each with the sides: 0, 1 or both."""
    return text.once(_read_sides)


def _read_sides(text: Text) -> Sides:
    found: dict[str, frozenset[int]] = {}
    for (pair, side), words in _pairs(text.code).near(text.openings):
        if _said(words, text):
            found[pair] = found.get(pair, frozenset()) | {side}
    return found


def _word(text: Text, pair: str) -> re.Match[str]:
    matches = (_said(_pairs(text.code).words[pair, side], text) for side in sorted(_sides(text)[pair]))
    return next(m for m in matches if m)


def _said(words: WordList, text: Text) -> re.Match[str] | None:
    """Return the first of some words that is no part of a name."""
    if not words.may_be_in(text.plain):
        return None
    printed = text.once(_printed)
    return next((m for m in words.pattern.finditer(text.plain) if not _in_name(printed, m.start())), None)


def _printed(text: Text) -> str:
    """Return the text as `Text.plain` has it, in its own letters; in small ones where most words have a capital."""
    words = text.text.split()
    capital = sum(word[:1].isupper() for word in words)
    return text.plain if 2 * capital > len(words) else " ".join(words)


def _in_name(printed: str, at: int) -> bool:
    """Tell whether a word has a capital that the beginning of a sentence does not give it."""
    return printed[at : at + 1].isupper() and not _OPENS.search(printed[:at])


@cache
def _pairs(code: str) -> Entries[tuple[str, int]]:
    pairs = languages.get(code).contraries.items()
    return Entries.of({(pair, side): WordList.of(words) for pair, both in pairs for side, words in enumerate(both)})
