"""Answers that follow instructions found in the article, or speak of themselves instead of the article."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks import negation
from summarizer.checks.claim import Claim
from summarizer.ground.evidence import terms
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text
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
#: A statement made of at least this share of an instruction's words, and less of the article's, follows it.
_SHARE = 0.5


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
    if not reading.orders or not line.terms:
        return False
    orders = (terms(span.of(reading.article.text), line.language) for span in reading.orders)
    ordered = frozenset[str]().union(*orders) & line.terms
    rest = terms(_without(reading.orders, reading.article.text), line.language) & line.terms
    return len(ordered) >= _SHARE * len(line.terms) and len(rest) < len(ordered)


def _without(spans: Iterable[Span], text: str) -> str:
    kept, at = list[str](), 0
    for span in spans:
        kept.append(text[at : span.start])
        at = span.end
    return " ".join([*kept, text[at:]])


def _opening(line: Text, source: str, language: str) -> str | None:
    """Return the phrase by which a model speaks of its answer, or refuses one, where the source has no such word."""
    said, known = (text.lower().replace("’", "'") for text in (line.text, source))
    table = languages.get(line.language).refusal
    phrases = (*table.prefaces, *(() if _speaks(Text(source, language)) else table.phrases))
    return next((p for p in phrases if said.startswith(p) and not known.startswith(p)), None)


def _speaks(line: Text) -> bool:
    """Tell whether somebody may say "I cannot" in a line: it has a first person, or denies what its verb says."""
    return bool(_first_person(line.code).search(line.plain) or negation.read(line).negations)


@cache
def _first_person(code: str) -> WordList:
    return WordList.of(languages.get(code).speech.continuation.first_person)
