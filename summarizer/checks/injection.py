"""Answers that follow instructions found in the article, or speak of themselves instead of the article."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from summarizer import figures, languages
from summarizer.article.findings import Finding
from summarizer.checks import negation
from summarizer.checks.claim import Claim
from summarizer.ground.evidence import terms
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text
from summarizer.languages.hant import simplified
from summarizer.languages.wordlist import WordList

__all__ = ["in_statement", "in_translation"]

#: Where a translation has a bare host, its line may have the name of the paper that lives there; a statement may not.
_HOST = re.compile(r"(?<![\w./@-])www\.[\w.-]+")
#: A host's labels have 63 characters at most (RFC 1035), a mail address begins where its characters do: without
#: either bound a run of full stops would be read once for each of them.
_ADDRESS = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]++@[\w-]++\.\w+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,9}\.[a-z]{2,63}/\S*",
    re.ASCII,
)
#: Tags, entities, Markdown and markers of ours: what no line of a digest is made of.
_MARKUP = re.compile(
    r"<\s{0,9}/?\s{0,9}[a-zA-Z][^>]{0,300}>|&#?\w+;|javascript:|```|~~~|\*\*|\[\d+\]|^#+ |^[-*+>] "
    r"|\[(?:number|money|percent|date|ordinal) \d"
)
#: The same few characters seven times and more: a small model that is stuck.
_STUTTER = re.compile(r"(\S.{0,11}?)\1{6,}")
#: A line made of at least this share of an order's words, and so many, and less of the article's, follows it.
_SHARE, _FEW = 0.5, 2
#: From here on two equal figures are no chance.
_COUNT = 10
#: A Latin word with a capital; the same where no sentence begins.
_NAME = re.compile(r"(?<![a-zA-ZÀ-ÿ])[A-ZÀ-Þ][a-zA-ZÀ-ÿ'’-]+")
_NAME_INSIDE = re.compile(r"(?:(?<=[\w,;] )|(?<=[\u3400-\u9fff]))[A-ZÀ-Þ][a-zA-ZÀ-ÿ'’-]+")


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a translation that no translator of its line would write."""
    yield from _suspicious(claim, claim.source.text)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement that does not report the article."""
    yield from _suspicious(claim, "")


def _suspicious(claim: Claim, source: str) -> Iterator[Finding]:
    if reason := _reason(claim.line, claim.reading, source):
        yield Finding("answer.suspicious", f"{claim.line.text!r}: {reason}", claim.where)


def _reason(line: Text, reading: Reading, source: str) -> str | None:
    """Return why a line is suspicious; None when it is not.

    What the article holds, or the `source` line of a translation, is nobody's invention.
    """
    output, article = line.text, reading.article.text
    if opening := _opening(line, source, reading.language):
        return f"it begins like an answer about itself: {opening!r}"
    for address in [*_ADDRESS.findall(output), *([] if source else _HOST.findall(output))]:
        if address.rstrip(".,;:)") not in article:
            return f"it gives the address {address!r}, which is not in the article"
    if (markup := _MARKUP.search(output)) and markup[0] not in article + source:
        return f"it holds the markup {markup[0]!r}"
    if (stuck := _STUTTER.search(output)) and stuck[0] not in article + source:
        return f"it repeats {stuck[1]!r} over and over"
    if _follows(line, reading):
        return "it repeats text that the article addresses to a language model"
    return None


def _follows(line: Text, reading: Reading) -> bool:
    """Tell whether a line, or a clause of it, says what only the orders of the article say."""
    if not reading.orders:
        return False
    return (
        any(_worded(piece, reading) for piece in (line, *line.clauses))
        or _counted(line, reading)
        or _named(line, reading)
    )


def _worded(piece: Text, reading: Reading) -> bool:
    """Tell whether a line is made of the words of an order more than of the article's."""
    ordered = _ordered(piece.code, reading) & piece.terms
    rest = terms(reading.article.text, piece.language) & piece.terms
    enough = max(_FEW, _SHARE * len(piece.terms))
    return len(ordered) >= enough and len(rest) < len(ordered)


def _ordered(code: str, reading: Reading) -> frozenset[str]:
    return frozenset[str]().union(*(order.terms for order in reading.ordered if order.language == code))


def _counted(line: Text, reading: Reading) -> bool:
    """Tell whether a line has a figure that only an order gives; a count of a few things is anybody's."""
    told = [f for f in line.figures if isinstance(f.value, Decimal) and abs(f.value) >= _COUNT]
    ordered = [own for order in reading.ordered for own in order.figures]
    return any(
        any(figures.same(own, f) for own in ordered) and not any(figures.same(own, f) for own in reading.figures)
        for f in told
    )


def _named(line: Text, reading: Reading) -> bool:
    """Tell whether a line has a name that only an order gives."""
    ordered = frozenset(name for order in reading.ordered for name in _NAME_INSIDE.findall(order.text))
    return any(name in ordered and name.lower() not in reading.text.plain for name in _NAME.findall(line.text))


def _opening(line: Text, source: str, language: str) -> str | None:
    """Return the phrase by which a model speaks of its answer, or refuses one, where the source has no such word."""
    said, known = (text.lower().replace("’", "'") for text in (line.said, simplified(source)))
    table = languages.get(line.language).refusal
    phrases = (*table.prefaces, *(() if _speaks(Text(source, language)) else table.phrases))
    return next((p for p in phrases if said.startswith(p) and not known.startswith(p)), None)


def _speaks(line: Text) -> bool:
    """Tell whether somebody may say "I cannot" in a line: it has a first person, or denies what its verb says."""
    return bool(_first_person(line.code).search(line.plain) or negation.read(line).negations)


@cache
def _first_person(code: str) -> WordList:
    return WordList.of(languages.get(code).speech.continuation.first_person)
