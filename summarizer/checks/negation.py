"""What a clause denies: negations, words that may stand for one in another language, and idioms that only look so.

Languages put their negations in different words (*non ha potuto*, *was unable*, 难以), so that a count says little.
What is certain is the extreme: one side denies something, the other denies nothing and holds no more words that may
stand for a negation than the first does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from summarizer import languages
from summarizer.ground.evidence import terms

__all__ = ["Polarity", "clauses", "denied", "matches", "patterned", "pieces", "read", "turned"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE_END = re.compile(r"[,;:!?()，；：。！？（）—–]|\.(?!\d)")
#: A statement that has this much of a denied clause's words repeats it; a clause of fewer words says too little.
_REPEATED, _FEW = 0.8, 3
#: A statement with more clauses than this is a text; each is held against every clause of its sources.
_PIECES = 40
_KINDS = ("affirmative", "negative", "negators")
#: What an idiom may take in at its ``…``, always inside one clause.
_GAP = {True: r"[^\s，。；：！？、,.;:!?]{0,6}", False: r"(?:[^\s,.;:!?]{1,40} ){0,4}"}


@dataclass(frozen=True, slots=True)
class Polarity:
    """The negative words of a text, in its order and in small letters.

    Attributes:
        negations: they deny what a clause says.
        negative: they may stand for a negation: *fail*, *privo*, 缺乏.
    """

    negations: tuple[str, ...]
    negative: tuple[str, ...]


@lru_cache(maxsize=1024)
def read(text: str, language: str) -> Polarity:
    """Return the negative words of `text`."""
    found = list(_pattern(languages.base(language)).finditer(" ".join(text.lower().replace("’", "'").split())))
    return Polarity(
        tuple(m[0] for m in found if str(m.lastgroup).startswith("negators")),
        tuple(m[0] for m in found if str(m.lastgroup).startswith("negative")),
    )


def matches(plain: str, language: str) -> Iterator[re.Match[str]]:
    """Yield the negations of a text in small letters, those of a contrast (而不是) with them."""
    rather = languages.section(language, "contrasts")["denials"]
    for found in _pattern(languages.base(language)).finditer(plain):
        if str(found.lastgroup).startswith("negators") or found[0] in rather:
            yield found


def turned(source: str, language: str, text: str, target: str) -> str | None:
    """Return how `text` turns round what `source` says, None when that is not certain.

    Returns:
        A clause for a message: which negation is lost or gained.
    """
    before, after = read(source, language), read(text, target)
    if _lacks(before, after) or _fewer(before, language, after, target):
        return f"the negation {before.negations[0]!r} is lost"
    if _fewer(after, target, before, language):
        return f"the negation {after.negations[-1]!r} is added"
    return f"the negation {after.negations[0]!r} is added" if _lacks(after, before) else None


def denied(statement: str, sentences: Sequence[str], others: Sequence[str], language: str) -> str | None:
    """Return how a statement turns round what its own language's sentences say, None when that is not certain.

    Args:
        statement: what is said of an article.
        sentences: what it was drawn from.
        others: further sentences of the article that may say the same.
        language: of them all.
    """
    said = read(statement, language)
    held = [read(text, language) for text in (*sentences, *others)]
    if sentences and all(_lacks(said, one) for one in held):
        return f"the negation {said.negations[0]!r} is added"
    for piece in pieces(statement):
        if lost := _lost(piece, sentences, language):
            return lost
    return None


def _lost(piece: str, sentences: Sequence[str], language: str) -> str | None:
    """Return the negation of a clause that a piece without any repeats."""
    said, wanted = read(piece, language), terms(piece, language)
    if said.negations:
        return None
    for clause in (c for text in sentences for c in clauses(text)):
        own = read(clause, language)
        words = _without(terms(clause, language), own)
        known = len(words & wanted)
        if _lacks(own, said) and len(words) >= _FEW and known >= _REPEATED * len(words):
            return f"the negation {own.negations[0]!r} is lost"
    return None


def pieces(statement: str) -> tuple[str, ...]:
    """Return a statement and its first clauses, each of which may deny or repeat something by itself."""
    return (statement, *clauses(statement)[:_PIECES])


@lru_cache(maxsize=2048)  # each line of a digest is held against each sentence of its article
def clauses(text: str) -> tuple[str, ...]:
    """Return the parts of a text between its marks."""
    return tuple(clause for clause in _CLAUSE_END.split(text) if clause.strip())


def _without(words: frozenset[str], polarity: Polarity) -> frozenset[str]:
    """Leave out the negations themselves, and the pairs of characters that they make with their neighbours."""
    negative = "".join(polarity.negations)
    latin = frozenset(word[:5] for found in polarity.negations for word in re.findall(r"\w+", found))
    return frozenset(w for w in words if w not in latin and not (_HAN.match(w) and any(c in negative for c in w)))


def _fewer(one: Polarity, language: str, other: Polarity, target: str) -> bool:
    """Tell whether `other` has fewer negative words of any kind than `one` has negations.

    Where `other` has no negation at all, the words of `one` that may stand for one are counted, too. It says
    something only of languages that deny once what is denied once: *non … nessuno* is one denial.
    """
    counted = languages.base(target) in languages.section(language, "negation")["counted"]
    wanted = len(one.negations) + (0 if other.negations or not one.negations else len(one.negative))
    return counted and len(other.negations) + len(other.negative) < wanted


def _lacks(one: Polarity, other: Polarity) -> bool:
    """Tell whether `one` has a negation for which nothing in `other` can stand: its negative words have theirs."""
    return bool(one.negations) and not other.negations and len(other.negative) <= len(one.negative)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """Return one pattern for all words of a language; at one place the longest word that fits is read."""
    table = languages.section(code, "negation")
    words = [(word, kind) for kind in _KINDS for word in table[kind]]
    words.sort(key=lambda pair: -len(pair[0].replace("*", "")))
    runs = [(kind, "|".join(_one(word) for word, _ in run)) for kind, run in groupby(words, key=lambda pair: pair[1])]
    # a group's name must be its own, so each carries the number of its run
    return re.compile("|".join(f"(?P<{kind}_{i}>{run})" for i, (kind, run) in enumerate(runs)))


def patterned(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for words of a table, to be sought in small letters: ``*`` ends a stem, ``…`` is a gap."""
    return re.compile("|".join(_one(word) for word in words))


def _one(word: str) -> str:
    han = bool(_HAN.search(word))
    body = re.escape(word.replace("’", "'")).replace(r"\*", r"[^\W\d_]*").replace(r"\#", r"\d+")
    body = body.replace(r"…\ ", _GAP[False]).replace("…", _GAP[han])
    return body if han else rf"(?<![^\W_]){body}(?![^\W_])"
