"""What a line denies: negations, words that may stand for one in another language, and idioms that only look so.

Languages put their negations in different words (*non ha potuto*, *was unable*, 难以), so that a count says little.
What is certain is the extreme: one side denies something, the other denies nothing and holds no word that may stand
for a negation. Of a question even that is not certain (*why not use them?*), nor of spoken words within the marks of
a long line, which translators recast as nobody would say them otherwise.

A denial may also stand at the wrong half (*is to grab customers and not to find partners*, for the reverse). In one
language the words after a negation tell what it denies; between two languages only the order does: *not A but B* is
seldom told as *A and not B*.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.ground.evidence import terms
from summarizer.ground.text import Text
from summarizer.languages.wordlist import WordList, either, in_han, open_word, opening, stem, whole_words

__all__ = ["Polarity", "crossed", "governed", "in_statement", "in_translation", "inverted", "objection", "read"]

_HAN = re.compile(r"[\u3400-\u9fff]")
#: A statement that has this much of a denied clause's words repeats it; a clause of fewer words says too little.
_REPEATED, _FEW = 0.8, 3
_QUESTION = re.compile(r"[?？][\s\"'”’»」』)）]*$")
#: A line is long from so many characters of English on.
_LONG_CHARS = 150
#: Words within marks, or from the beginning or to the end of a line that shows one of the two.
_QUOTED = re.compile(r"[“„«「『\"][^“”„«»「」『』\"]*(?:[”»」』\"]|$)|^[^“„«「『\"]*[”»」』]")
#: Beyond these a negation denies nothing more; a comma may only hold words apart (*no firm, he said, got more*).
_BEYOND = re.compile(r"[;:!?；：。！？—]")
#: What a negation denies stands within so many words, or characters of Chinese, after it.
_WORDS, _CHARS = 5, 5


@dataclass(frozen=True, slots=True)
class Polarity:
    """The negative words of a text, in its order and in small letters.

    Attributes:
        negations: they deny what a clause says.
        negative: they may stand for a negation: *fail*, *privo*, 缺乏.
    """

    negations: tuple[str, ...]
    negative: tuple[str, ...]


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a negation of the source line that its translation loses, or one that it adds."""
    if reason := _turned(claim.source, claim.line):
        message = f"{reason} in {claim.line.text!r}, the translation of {claim.source.text!r}"
        yield Finding("brief.negation", message, claim.where)


def crossed(claim: Claim) -> Iterator[Finding]:
    """Find *not A but B* that is translated as *A and not B*."""
    first, last = (_denied(claim.source, side) - _denied(claim.line, side) for side in (0, 1))
    if first > 0 > last:
        words = _contrasts(claim.line.code)[1].pattern.search(claim.line.said.lower())
        message = f"{words[0].strip(' ,，')!r} denies the other half in {claim.line.text!r}" if words else ""
        yield Finding("brief.negation", f"{message}, the translation of {claim.source.text!r}", claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a negation that a statement's sentences do not have, or that it leaves out of their words.

    What no sentence like it has, either, is added: others of the article may say the same.
    """
    said = read(claim.line)
    plainly = any(read(c).negations and not read(c).negative for c in claim.pieces)  # "hasn't missed" denies nothing
    if claim.sources and plainly and all(_lacks(said, read(one)) for one in (*claim.sources, *claim.alike)):
        yield objection(claim, f"the negation {said.negations[0]!r} is added")
        return
    lost = (_lost(piece, claim.sources) for piece in claim.pieces)
    if negation := next((one for one in lost if one), None):
        yield objection(claim, f"the negation {negation!r} is lost")


def inverted(claim: Claim) -> Iterator[Finding]:
    """Find a contrast of a statement that denies what one of its sentences affirms, and the other way round."""
    if not any(words.search(claim.line.said.lower()) for words in _contrasts(claim.line.code)):
        return
    held = [text.once(_halves) for text in (*claim.sources, *claim.alike)]
    denied, plain = claim.line.once(_halves)
    everywhere = frozenset[str]().union(*(own for own, _ in held))
    for own, affirmed in held:
        gained, lost = (denied & affirmed) - everywhere, (own & plain) - denied
        if gained and lost:
            yield objection(claim, f"the negation denies {min(gained)!r}, the source {min(lost)!r}")
            return


def objection(claim: Claim, reason: str) -> Finding:
    """Return the finding on a statement that turns round what the article says."""
    return Finding(
        "summary.negation", f"{reason}: {claim.line.text!r}", claim.where, next(iter(claim.evidence.spans), None)
    )


def governed(before: Text) -> bool:
    """Tell whether what follows the given beginning of a sentence may stand under a negation of it."""
    denying = (found for found in _found(before) if _denying(found, before.language))
    return any(not _BEYOND.search(before.plain, found.end()) for found in denying)


def read(text: Text) -> Polarity:
    """Return the negative words of a text."""
    return text.once(_read)


def _read(text: Text) -> Polarity:
    found = _found(text)
    return Polarity(
        tuple(m[0] for m in found if str(m.lastgroup).startswith("negators")),
        tuple(m[0] for m in found if str(m.lastgroup).startswith("negative")),
    )


def _found(text: Text) -> list[re.Match[str]]:
    words = _words(text.code)
    return list(words.pattern.finditer(text.plain)) if words.may_be_in(text.plain) else []


def _denying(found: re.Match[str], language: str) -> bool:
    """Tell whether found words are a negation, or begin with one where they may stand for it: *no single*."""
    kind, first = str(found.lastgroup), Text(found[0].split()[0], language)
    return kind.startswith("negators") or (kind.startswith("negative") and bool(read(first).negations))


def _turned(source: Text, text: Text) -> str | None:
    """Return which negation is lost or gained between two languages, None when that is not certain."""
    if any(_QUESTION.search(one.text) for one in (source, text)):
        return None
    before, after = read(source), read(text)
    if _denies(source, text) or (_counted(source, text) and _fewer(before, after)):
        return f"the negation {before.negations[0]!r} is lost"
    if _counted(text, source) and _fewer(after, before):
        return f"the negation {after.negations[-1]!r} is added"
    return f"the negation {after.negations[0]!r} is added" if _denies(text, source) else None


def _denies(text: Text, other: Text) -> bool:
    """Tell whether a text denies what nothing in `other` can stand for; in a long line only outside its marks."""
    long = max(languages.expected_chars(one.text, one.language, "en") for one in (text, other)) >= _LONG_CHARS
    return _lacks(read(text), read(other)) and not (long and not text.once(_unquoted).negations)


def _unquoted(text: Text) -> Polarity:
    return _read(Text(_QUOTED.sub(" ", text.text), text.language))


def _lost(piece: Text, sources: tuple[Text, ...]) -> str | None:
    """Return the negation of a clause that a piece without any repeats."""
    said = read(piece)
    if said.negations:
        return None
    for clause in (c for source in sources for c in source.clauses):
        own = read(clause)
        # in one language what may stand for a negation in its clause may do so in what repeats it
        kept = own.negations and len(said.negative) <= len(own.negative)
        words = clause.once(_undenied) if kept else frozenset[str]()
        if len(words) >= _FEW and len(words & piece.terms) >= _REPEATED * len(words):
            return own.negations[0]
    return None


def _undenied(clause: Text) -> frozenset[str]:
    """Leave out the negations themselves, and the pairs of characters that they make with their neighbours."""
    negations = read(clause).negations
    negative = "".join(negations)
    latin = frozenset(word[:5] for found in negations for word in re.findall(r"\w+", found))
    return frozenset(
        w for w in clause.terms if w not in latin and not (_HAN.match(w) and any(c in negative for c in w))
    )


def _counted(one: Text, other: Text) -> bool:
    """Tell whether two languages deny once what is denied once: *non … nessuno* is one denial."""
    return other.code in languages.get(one.language).negation.counted


def _fewer(one: Polarity, other: Polarity) -> bool:
    """Tell whether `other` has fewer negative words of any kind than `one` has negations.

    Where `other` has no negation at all, the words of `one` that may stand for one are counted, too.
    """
    wanted = len(one.negations) + (0 if other.negations or not one.negations else len(one.negative))
    return len(other.negations) + len(other.negative) < wanted


def _lacks(one: Polarity, other: Polarity) -> bool:
    """Tell whether `one` has a negation for which nothing in `other` can stand."""
    return bool(one.negations) and not other.negations and not other.negative


def _denied(text: Text, side: int) -> int:
    """Return how many contrasts of a text deny their first half (0), or their last (1)."""
    return len(_contrasts(text.code)[side].pattern.findall(text.said.lower()))


def _halves(text: Text) -> tuple[frozenset[str], frozenset[str]]:
    """Return the terms that stand right behind a negation, and those that stand behind none."""
    denied = frozenset[str]()
    for found in _denials(text):
        clauses = Text(_before_turn(text.plain[found.end() :], text.language), text.language).clauses
        rest = clauses[0].text if clauses else ""
        near = rest[:_CHARS] if _HAN.search(rest[:2]) else " ".join(rest.split()[:_WORDS])
        denied |= terms(near, text.language)
    return denied, text.terms - denied


def _denials(text: Text) -> Iterator[re.Match[str]]:
    """Yield the negations of a text, those of a contrast (而不是) with them."""
    rather = languages.get(text.language).contrasts.denials
    for found in _found(text):
        if str(found.lastgroup).startswith("negators") or found[0] in rather:
            yield found


def _before_turn(rest: str, language: str) -> str:
    """Cut what follows the word that turns to the other half."""
    found = _turns(languages.base(language)).search(rest)
    return rest[: found.start()] if found else rest


@cache
def _turns(code: str) -> WordList:
    return WordList.of(languages.get(code).contrasts.turns)


@cache
def _contrasts(code: str) -> tuple[WordList, WordList]:
    table = languages.get(code).contrasts
    return WordList.of(table.denied_first), WordList.of(table.denied_last)


@cache
def _words(code: str) -> WordList:
    """Return the words that deny or may, in one pattern with the idioms that only look so.

    At one place the longest word that fits is read.
    """
    table = languages.get(code).negation
    kinds = {"affirmative": table.affirmative, "negative": table.negative, "negators": table.negators}
    words = [(word, kind) for kind, own in kinds.items() for word in own]
    words.sort(key=lambda pair: -len(pair[0].replace("*", "")))
    runs = [
        (kind, han, either(open_word(word) for word, _ in run))
        for (kind, han), run in groupby(words, key=lambda pair: (pair[1], in_han(pair[0])))
    ]
    # a group's name must be its own, so each carries the number of its run
    source = whole_words((han, f"(?P<{kind}_{i}>{run})") for i, (kind, han, run) in enumerate(runs))
    # an idiom alone denies nothing: its letters are not looked for
    told = [word for word, kind in words if kind != "affirmative"]
    return WordList(tuple(map(opening, told)), tuple(map(stem, told)), source)
