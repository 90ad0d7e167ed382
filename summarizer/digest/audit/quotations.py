"""A published quote, held against the article: its words, its marks, its speaker and the speaker's office."""

import re
from collections.abc import Iterator

from summarizer import speech
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks.attribution import same_voice
from summarizer.digest import Quote, Speaker
from summarizer.ground.evidence import terms
from summarizer.ground.locate import locate
from summarizer.ground.reading import Reading
from summarizer.speech import Speech
from summarizer.speech.marks import passages

__all__ = ["check"]

#: An office stands within so many characters of its holder's name.
_BESIDE_CHARS = 120
#: A quote and a run of speech are the same words when they share this much of the shorter.
_SHARED = 0.5


def check(quote: Quote, reading: Reading, where: str) -> Iterator[Finding]:
    """Yield what is wrong with a quote; `where` is its JSON pointer."""
    text = reading.article.text
    span: Span | None = Span(quote.start, quote.end)
    if any(order.start < quote.end and quote.start < order.end for order in reading.orders):
        message = f"{quote.text!r} stands in text that the article addresses to a language model; leave it out"
        yield Finding("answer.suspicious", message, where, span)
        return
    if not quote.start < quote.end <= len(text) or text[quote.start : quote.end] != quote.text:
        found = locate(text, quote.text)
        span = Span(found[0].start, found[-1].end) if found else None
        told = f"it stands at {span.start} to {span.end}" if span else "it stands nowhere in it"
        yield Finding(
            "quote.unverified", f"the article does not have {quote.text!r} at its place; {told}", where, span
        )
    heard = _heard(span, reading.speeches) if span else []
    if span:
        yield from _voiced(quote, span, heard, text, where)
    if quote.speaker is not None:
        yield from _speaker(quote.speaker, heard, reading, f"{where}/speaker")


def _heard(span: Span, speeches: tuple[Speech, ...]) -> list[Speech]:
    """Return the speech that a quote is of, fullest first."""
    shared = [(min(span.end, s.end) - max(span.start, s.start), s) for s in speeches]
    enough = [(n, s) for n, s in shared if n > 0 and n >= _SHARED * min(span.end - span.start, s.end - s.start)]
    return [s for _, s in sorted(enough, key=lambda pair: -pair[0])]


def _voiced(quote: Quote, span: Span, heard: list[Speech], text: str, where: str) -> Iterator[Finding]:
    marked = any(p.outer_start <= span.start and span.end <= p.outer_end for p in passages(text))
    if not heard and not marked and not _named_near(quote, span, text):
        yield Finding("quote.speech", f"nobody is heard to say {quote.text!r}", where, span)
    # reported speech with a few words in marks may be called reported or mixed: no reader is misled
    if quote.kind == "direct" and not marked and not any(s.kind == "direct" for s in heard):
        yield Finding("quote.kind", f"{quote.text!r} is not direct speech: no marks hold it", f"{where}/kind", span)
    elif quote.kind == "reported" and marked and any(s.kind == "direct" for s in heard):
        yield Finding("quote.kind", f"{quote.text!r} is direct speech, not {quote.kind}", f"{where}/kind", span)


def _speaker(speaker: Speaker, heard: list[Speech], reading: Reading, where: str) -> Iterator[Finding]:
    text, known = reading.article.text, [s.speaker for s in reading.speeches if s.speaker]
    same = [k for k in known if same_voice(speaker.name, k)]
    if not locate(text, speaker.name) and not any(locate(speaker.name, k.name) for k in same):
        yield Finding("quote.stranger", f"the article does not name {speaker.name!r}", f"{where}/name")
    voices = [s.speaker for s in heard]
    given = next((v for v in voices if v), None)
    near = given and (_beside_quote(given, heard, reading) or not _within(speaker.name, heard, reading))
    sure = given and near and _proper(given)
    if given and sure and all(v and not same_voice(speaker.name, v) for v in voices):
        message = f"the article has {given.name} say it, not {speaker.name}"
        yield Finding("quote.misattributed", message, f"{where}/name", Span(given.start, given.end))
    if speaker.start is not None and not locate(text[speaker.start : speaker.end], speaker.name):
        message = f"the article does not have {speaker.name!r} at {speaker.start} to {speaker.end}"
        yield Finding("digest.offsets", message, where)
    yield from _office(speaker, same, known, reading, where)


def _office(
    speaker: Speaker, same: list[speech.Speaker], known: list[speech.Speaker], reading: Reading, where: str
) -> Iterator[Finding]:
    """Find an office or a body that does not stand beside the speaker's name, or is somebody else's."""
    beside = _beside(speaker.name, same, reading)
    for field in ("role", "organisation"):
        value = getattr(speaker, field)
        if not value or any(getattr(k, field) == value for k in same):
            continue
        others = [k.name for k in known if getattr(k, field) == value and k not in same]
        own = [getattr(k, field) for k in same if getattr(k, field)]
        held = beside | _unowned(value, speaker.name, known, reading)
        if (own and others and field == "role") or not _stem_terms(value, reading) <= held:
            message = f"the article does not call {speaker.name} {value!r}"
            yield Finding("name.office", message, f"{where}/{field}")


def _stem_terms(value: str, reading: Reading) -> frozenset[str]:
    return terms(value, reading.article.language)


def _unowned(value: str, name: str, known: list[speech.Speaker], reading: Reading) -> frozenset[str]:
    """Return the terms of the sentences that hold an office or a body and name nobody else who speaks.

    "Its chief executive said", and her name a paragraph later: who holds it is for the reader to tell.
    """
    others = {k.name for k in known if k.role and k.role not in {k.name, value} and not same_voice(name, k)} - {value}
    wanted = _stem_terms(value, reading)
    held = [
        own
        for sentence, own in zip(reading.index.sentences, reading.index.terms, strict=True)
        if wanted & own and not any(other in sentence.text for other in others)
    ]
    return frozenset[str]().union(*held)


def _named_near(quote: Quote, span: Span, text: str) -> bool:
    """Tell whether a quote's speaker is named beside it: the rules may not know the verb that says so."""
    name = quote.speaker.name.strip() if quote.speaker else ""
    around = text[max(0, span.start - _BESIDE_CHARS) : span.end + _BESIDE_CHARS]
    return any(part in around for part in (name, *name.split()[-1:]) if part)


def _proper(speaker: speech.Speaker) -> bool:
    """Tell a named speaker from a noun that the rules took for one: 客商, *the buyer*."""
    if speaker.role is not None:
        return speaker.role != speaker.name
    words = speaker.name.split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()


def _beside_quote(speaker: speech.Speaker, heard: list[Speech], reading: Reading) -> bool:
    """Tell whether a speaker is named in a sentence of what is said: a pronoun further on may be somebody else."""
    sentences = (s for s in reading.article.sentences if any(h.start < s.end and s.start < h.end for h in heard))
    words = {*speaker.name.split(), speaker.role or speaker.name}
    return any(word in sentence.text for sentence in sentences for word in words)


def _within(name: str, heard: list[Speech], reading: Reading) -> bool:
    """Tell whether a person is named where the speech stands, so that its frame may well be theirs."""
    text = reading.article.text
    around = (text[max(0, s.start - _BESIDE_CHARS) : s.end + _BESIDE_CHARS] for s in heard)
    parts = {name, *name.replace("·", " ").split()}
    return any(part in window for window in around for part in parts)


def _beside(name: str, same: list[speech.Speaker], reading: Reading) -> frozenset[str]:
    """Return the terms of the text around each mention of a person."""
    article = reading.article
    names = {n for n in (name, *(k.name for k in same)) if n.strip()}
    places = [(m.start(), m.end()) for n in names for m in re.finditer(re.escape(n), article.text)]
    windows = [article.text[max(0, low - _BESIDE_CHARS) : high + _BESIDE_CHARS] for low, high in places]
    return frozenset[str]().union(*(terms(window, article.language) for window in windows))
