"""Figures that the source does not give, that a translation leaves out, or that are given for something else."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from summarizer import figures
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks.claim import Claim
from summarizer.checks.lexicon import rates, replaced
from summarizer.figures import Figure
from summarizer.ground.text import Text

__all__ = ["counted", "elsewhere", "in_statement", "in_translation", "rate_in_statement", "rate_in_translation"]

#: Numbers up to this are parts of other words in every language: 四球 is a fourball, a *trio* three.
_SMALL = 12
#: How far, in code points, the words beside a figure reach.
_BESIDE = 40
#: The same of what a number counts, which stands behind it.
_COUNTED, _COUNTED_HAN = 24, 6


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find figures of a translation that its line does not have, and figures of the line that it lacks."""
    line, text, where = claim.source, claim.line, claim.where
    compared = figures.compared(line.side, text.side)
    for printed, found in compared.contradicted:
        proven = _proven(printed, found, claim)
        code = "figure.changed" if proven else "figure.contradicted"
        yield Finding(code, f"the translation has {_told(found)} where the source has {_told(printed)}", where)
    for figure in filter(_counts, compared.unsupported):
        yield Finding("figure.unsupported", f"the source does not give the figure {_told(figure)}", where)
    for figure in (f for f in compared.missing if _counts(f) and not _listed(f, [text])):
        form = figures.write(figure, text.language)
        message = f"the translation leaves out the figure {_told(figure)} of the source; write {form!r}"
        yield Finding("figure.missing", message, where)


def _proven(printed: Figure, found: Figure, claim: Claim) -> bool:
    if claim.source.side.digits or claim.line.side.digits:
        return figures.changed_value(printed, found)
    return figures.changed(printed, found, claim.source.once(_known))


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find figures of a statement that its article does not give."""
    compared = figures.compared(claim.reading.text.side, claim.line.side)
    for printed, found in compared.contradicted:
        if not _listed(found, claim.sources):
            yield _contradicted(printed, found, claim)
    for figure in compared.unsupported:
        if not _listed(figure, claim.sources):
            yield _unsupported(figure, claim)


def _listed(figure: Figure, texts: Iterable[Text]) -> bool:
    """Tell whether a number counts a list of some sentences: four partners, who are named there."""
    if figure.kind != "number" or figure.unit or figure.value is None:
        return False
    return any(figure.value in text.once(_lists) for text in texts)


def _lists(text: Text) -> frozenset[int]:
    return figures.enumerated(text.text, text.language)


def _contradicted(printed: Figure, found: Figure, claim: Claim) -> Finding:
    """Tell two figures together only where they are about one thing: one measure, beside a word that both have."""
    article = claim.reading.text
    alike = (printed.kind, printed.unit, printed.currency) == (found.kind, found.unit, found.currency)
    if not alike or not (_dated(printed, claim) or _beside(printed, article) & _beside(found, claim.line)):
        return _unsupported(found, claim)
    code = "figure.changed" if _invented(found, claim) else "figure.contradicted"
    message = f"the statement has {_told(found)} where the article has {_told(printed)}"
    return Finding(code, message, claim.where, Span(printed.start, printed.end))


def _dated(printed: Figure, claim: Claim) -> bool:
    """Tell whether a figure is a date of the sentences behind a statement."""
    return printed.kind == "date" and any(s.start <= printed.start < s.end for s in claim.evidence.spans)


def _unsupported(figure: Figure, claim: Claim) -> Finding:
    code = "figure.invented" if _invented(figure, claim) else "figure.unsupported"
    return Finding(code, f"the article does not give the figure {_told(figure)}", claim.where)


def _invented(figure: Figure, claim: Claim) -> bool:
    article, title = claim.reading.text, claim.reading.article.title
    values = article.once(_known) | (figures.known(title, ()) if title else frozenset())
    return figures.invented(figure, article.figures, values)


def elsewhere(claim: Claim) -> Iterator[Finding]:
    """Find figures of other sentences than those whose words the statement shares, put in the place of theirs.

    A headline draws on the whole article.
    """
    cited = claim.evidence.worded
    if not cited or claim.where.endswith("headline"):
        return
    held = [f for span in cited for f in claim.reading.homes.get(span, ())]
    lost = [f for f in held if not any(figures.same(f, own) for own in claim.line.figures)]
    for figure in claim.line.figures:
        replaced_one = next((f for f in lost if _measure(f) == _measure(figure)), None)
        if replaced_one is None or any(figures.same(h, figure) for h in held) or not _homes(figure, claim):
            continue
        if not _beside_words(figure, claim):
            message = f"the statement has {_told(figure)} where the sentence behind it has {_told(replaced_one)}"
            yield Finding("figure.elsewhere", message, claim.where)


def rate_in_translation(claim: Claim) -> Iterator[Finding]:
    """Find what a figure is given for, put in the place of another: *a year* for *a month*."""
    if swap := replaced(rates(claim.source), rates(claim.line)):
        message = f"the translation has {swap[0]!r} where the source has {swap[1]!r}"
        yield Finding("figure.contradicted", message, claim.where)


def rate_in_statement(claim: Claim) -> Iterator[Finding]:
    """Find what a figure is given for, put in the place of another, where the article never says it."""
    line, spans = claim.line, claim.evidence.spans
    if not spans or not line.figures:
        return
    cited = Text(" ".join(text.text for text in claim.sources), line.language)
    swap = replaced(rates(cited), rates(line))
    # a longer source has more of them than a statement repeats: only what the article never says is strange
    if swap and swap[0] not in claim.reading.article.text.casefold():
        message = f"the statement has {swap[0]!r} where the article has {swap[1]!r}"
        yield Finding("figure.contradicted", message, claim.where, spans[0])


def _known(text: Text) -> frozenset[Decimal]:
    return figures.known(text.text, text.figures)


def _counts(figure: Figure) -> bool:
    """Tell whether a figure that a translation adds or lacks is worth a word: digits, measures, large numbers.

    Small numbers and days in words are parts of other words and of names: *Sunday Times*, 四球, 三元, *this century*.
    """
    if any(map(str.isdigit, figure.text)) or figure.unit:
        return True
    return isinstance(figure.value, Decimal) and figure.value > _SMALL


def _measure(figure: Figure) -> tuple[str, str | None, str | None]:
    return figure.kind, figure.unit, figure.currency


def _homes(figure: Figure, claim: Claim) -> list[Span]:
    """Return the sentences that hold a figure."""
    return [span for span, own in claim.reading.homes.items() if any(figures.same(f, figure) for f in own)]


def _beside_words(figure: Figure, claim: Claim) -> bool:
    """Tell whether a sentence that holds a figure gives the statement words that its source lacks.

    One that brings the figure alone (*exports to Japan*, in a statement about China) does not report the same.
    """
    cited = claim.reading.within(claim.evidence.worded)
    wanted = claim.line.once(_plain_terms) - frozenset[str]().union(*(text.once(_plain_terms) for text in cited))
    homes = claim.reading.within(_homes(figure, claim))
    return any(wanted & text.once(_plain_terms) for text in homes)


def _plain_terms(text: Text) -> frozenset[str]:
    """Return the terms of a text without its figures."""
    return _terms_outside(text.text, text.figures, text.language)


def _beside(figure: Figure, text: Text) -> frozenset[str]:
    """Return the terms beside a figure: what a bare number counts, the words on both sides of another."""
    if figure.kind == "number" and not figure.unit:
        return counted(figure.end, text)
    beside = text.text[max(0, figure.start - _BESIDE) : figure.end + _BESIDE]
    return Text(beside, text.language).once(_plain_terms)


def counted(end: int, text: Text) -> frozenset[str]:
    """Return the terms of what the number counts that ends at a place of a text."""
    reach = _COUNTED_HAN if text.han else _COUNTED
    return Text(text.text[end : end + reach], text.language).once(_plain_terms)


def _terms_outside(text: str, own: Iterable[Figure], language: str) -> frozenset[str]:
    kept, at = list[str](), 0
    for figure in own:
        kept.append(text[at : figure.start])
        at = figure.end
    rest = Text(" ".join([*kept, text[at:]]), language)
    return frozenset(term for term in rest.terms if not term.isdigit())


def _told(figure: Figure) -> str:
    """Return a figure for a message: as printed, with the unit, currency and direction that it was read with."""
    read = [part for part in (figure.unit, figure.currency, figure.direction) if part and part not in figure.text]
    return f"{figure.text!r} ({', '.join(read)})" if read else f"{figure.text!r}"
