"""Quotes: found, verbatim, and whose they are."""

from collections.abc import Sequence

from summarizer.article import segment
from summarizer.evals import matching
from summarizer.evals.cases import Party
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally, found_in, share, told
from summarizer.evals.outputs import Output, Said
from summarizer.evals.wording import fold
from summarizer.ground import locate

__all__ = ["quotes", "voices"]

#: A part of a speech stands for it from half of one of its sentences on; a word or two of it do not.
_PART = 0.5


def quotes(gold: Gold, output: Output) -> Part:
    """Count quotes found, exactly and by overlap, their kinds, and how many are the article's own words."""
    said, labels = output.quotes, gold.case.quotes
    found = found_in(output, len(said))
    same = matching.exact(said, labels, gold.case.text)
    close = matching.overlapping(said, labels)
    distinct = _distinct(said)
    verbatim = [quote for quote in distinct if _verbatim(quote, gold.case.text)]
    kinds = [pair for pair in close if pair.said.kind]
    tallies = {
        "quotes.exact": Tally(len(same), found, len(labels)),
        "quotes.overlap": Tally(len(close), found, len(labels)),
        "quotes.verbatim": share(output, len(verbatim), len(distinct)),
        "quotes.kind": told(output, sum(matching.same_kind(p) for p in kinds), len(kinds)),
    }
    invented = [Miss("quotes.verbatim", quote.text) for quote in distinct if quote not in verbatim]
    return tallies, invented


def _verbatim(quote: Said, text: str) -> bool:
    if quote.start is not None and quote.end is not None and text[quote.start : quote.end] == quote.text:
        return True
    return bool(quote.text.strip()) and bool(locate(text, quote.text))


def voices(gold: Gold, output: Output) -> Part:
    """Who is said to have said it, over quotes that are speech at all, and over everything."""
    pairs = _spoken(output.quotes, gold)
    right = [p for p in pairs if _right(p, gold)]
    met, parts, repeated = _met(right)
    # parts of one long speech are found once, so that the F1 stays one; the same words again are found and wrong
    found = found_in(output, len(output.quotes)) - parts
    single = _spoken(_distinct(output.quotes), gold)
    counted = _of_speakers(gold, output, single)
    silent = [q for q in _distinct(output.quotes) if q.speaker and _silent(q.speaker, gold)]
    distinct = len(_distinct(output.quotes))
    tallies = {
        "quotes.attributed": Tally(met, found, len(gold.case.quotes)),
        **counted,
        "quotes.not_speakers": share(output, distinct - len(silent), distinct),
    }
    wrong = [p for p in pairs if p not in right]
    misses = [Miss("quotes.speaker", f"{p.said.speaker or 'nobody'} for {_name(p)}: {p.said.text}") for p in wrong]
    held = {id(pair.said) for pair in pairs}
    misses += [Miss("quotes.attributed", f"no speech: {q.text}") for q in output.quotes if id(q) not in held]
    misses += [Miss("quotes.attributed", f"given before: {pair.said.text}") for pair in repeated]
    return tallies, misses + [Miss("quotes.not_speakers", f"{q.speaker}: {q.text}") for q in silent]


def _of_speakers(gold: Gold, output: Output, pairs: Sequence[matching.Pair]) -> dict[str, Tally]:
    """Count speakers and their offices over quotes that are speech, each once."""
    right = [p for p in pairs if _right(p, gold)]
    given = [p for p in pairs if p.said.speaker]
    parties = [(p.said.role, p.label.speaker) for p in right if p.label.speaker is not None]
    roles = sum(matching.same_role(role, party) for role, party in parties)
    return {
        "quotes.speaker": share(output, len(right), len(pairs)),
        "quotes.speaker_given": share(output, sum(_right(p, gold) for p in given), len(given)),
        "quotes.speaker_coverage": share(output, len(given), len(pairs)),
        "quotes.role": share(output, roles, len(parties)),
    }


def _spoken(said: Sequence[Said], gold: Gold) -> list[matching.Pair]:
    """Pair quotes with the speech that they are a good part of."""
    return [pair for pair in matching.within(said, gold.case.quotes) if _is_part(pair, gold.case.language)]


def _is_part(pair: matching.Pair, language: str) -> bool:
    label, span = pair.label, (pair.said.start or 0, pair.said.end or 0)
    sentences = [(label.start + s.start, label.start + s.end) for s in segment.split(label.text, language)]
    return any(matching.shared(span, s) >= _PART * (s[1] - s[0]) for s in sentences)


def _met(right: Sequence[matching.Pair]) -> tuple[int, int, list[matching.Pair]]:
    """Return how many labels are met, how many quotes are further parts of them, and the quotes given before."""
    taken: dict[matching.Span, list[matching.Span]] = {}
    parts, repeated = 0, []
    for pair in right:
        spans = taken.setdefault((pair.label.start, pair.label.end), [])
        span = (pair.said.start or 0, pair.said.end or 0)
        if any(matching.shared(span, other) for other in spans):
            repeated.append(pair)
            continue
        parts += bool(spans)
        spans.append(span)
    return len(taken), parts, repeated


def _distinct(said: Sequence[Said]) -> list[Said]:
    """Return each quote once: the same words in the same mouth again say nothing more about a system."""
    once: dict[tuple[object, str], Said] = {}
    for quote in said:
        place = fold(quote.text) if quote.start is None else (quote.start, quote.end)
        once.setdefault((place, fold(quote.speaker or "")), quote)
    return list(once.values())


def _right(pair: matching.Pair, gold: Gold) -> bool:
    speakers = [label.speaker.name for label in gold.case.quotes if label.speaker]
    others = dict.fromkeys((*speakers, *(mark.text for mark in gold.case.not_speakers)))
    return matching.same_speaker(pair.said.speaker, pair.label.speaker, others)


def _name(pair: matching.Pair) -> str:
    return pair.label.speaker.name if pair.label.speaker else "nobody"


def _silent(speaker: str, gold: Gold) -> bool:
    """Tell whether somebody who said nothing is named as a speaker; a label of theirs elsewhere clears them."""
    speakers = [quote.speaker for quote in gold.case.quotes if quote.speaker]
    silent = any(matching.same_speaker(speaker, Party(name=mark.text)) for mark in gold.case.not_speakers)
    return silent and not any(matching.same_speaker(speaker, party) for party in speakers)
