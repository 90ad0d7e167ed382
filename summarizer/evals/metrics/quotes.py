"""Quotes: found, verbatim, and whose they are."""

from summarizer.evals import matching
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally, found_in, share
from summarizer.evals.outputs import Output, Said
from summarizer.evals.wording import fold
from summarizer.ground import locate

__all__ = ["quotes", "voices"]


def quotes(gold: Gold, output: Output) -> Part:
    """Count quotes found, exactly and by overlap, their kinds, and how many are the article's own words."""
    said, labels = output.quotes, gold.case.quotes
    found = found_in(output, len(said))
    same = matching.exact(said, labels, gold.case.text)
    close = matching.overlapping(said, labels)
    verbatim = [quote for quote in said if _verbatim(quote, gold.case.text)]
    kinds = [pair for pair in close if pair.said.kind]
    tallies = {
        "quotes.exact": Tally(len(same), found, len(labels)),
        "quotes.overlap": Tally(len(close), found, len(labels)),
        "quotes.verbatim": share(output, len(verbatim), len(said)),
        "quotes.kind": Tally(sum(matching.same_kind(p) for p in kinds), len(kinds), len(kinds)),
    }
    invented = [Miss("quotes.verbatim", quote.text) for quote in said if quote not in verbatim]
    return tallies, invented


def _verbatim(quote: Said, text: str) -> bool:
    if quote.start is not None and quote.end is not None and text[quote.start : quote.end] == quote.text:
        return True
    return bool(quote.text.strip()) and bool(locate(text, quote.text))


def voices(gold: Gold, output: Output) -> Part:
    """Who is said to have said it, over quotes that are speech at all, and over everything."""
    pairs = matching.within(output.quotes, gold.case.quotes)
    right = [p for p in pairs if _right(p)]
    named = [p for p in right if p.label.speaker is not None]
    roles = [p for p in named if p.label.speaker is not None and matching.same_role(p.said.role, p.label.speaker)]
    silent = [q for q in output.quotes if q.speaker and _silent(q.speaker, gold)]
    # parts of one long speech are each found and each wanted, so that the F1 stays one
    extra = len(right) - len({(p.label.start, p.label.end) for p in right})
    given = [p for p in pairs if p.said.speaker]
    tallies = {
        "quotes.attributed": Tally(len(right), found_in(output, len(output.quotes)), len(gold.case.quotes) + extra),
        "quotes.speaker": Tally(len(right), len(pairs), len(pairs)),
        "quotes.speaker_given": Tally(sum(_right(p) for p in given), len(given), len(given)),
        "quotes.speaker_coverage": Tally(len(given), len(pairs), len(pairs)),
        "quotes.role": Tally(len(roles), len(named), len(named)),
        "quotes.not_speakers": share(output, len(output.quotes) - len(silent), len(output.quotes)),
    }
    wrong = [p for p in pairs if p not in right]
    misses = [Miss("quotes.speaker", f"{p.said.speaker or 'nobody'} for {_name(p)}: {p.said.text}") for p in wrong]
    held = {id(pair.said) for pair in pairs}
    misses += [Miss("quotes.attributed", f"no speech: {q.text}") for q in output.quotes if id(q) not in held]
    return tallies, misses + [Miss("quotes.not_speakers", f"{q.speaker}: {q.text}") for q in silent]


def _right(pair: matching.Pair) -> bool:
    return matching.same_speaker(pair.said.speaker, pair.label.speaker)


def _name(pair: matching.Pair) -> str:
    return pair.label.speaker.name if pair.label.speaker else "nobody"


def _silent(speaker: str, gold: Gold) -> bool:
    """Tell whether somebody who said nothing is named as a speaker; a label of theirs elsewhere clears them."""
    name = fold(speaker)
    speakers = [fold(quote.speaker.name) for quote in gold.case.quotes if quote.speaker]
    return any(fold(m.text) in name for m in gold.case.not_speakers) and not any(s in name for s in speakers)
