"""Quotes of an output beside those of the gold: which stand for which, and whether the speaker is right."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer import languages
from summarizer.evals.cases import Party, QuoteLabel
from summarizer.evals.outputs import Said
from summarizer.evals.wording import fold

__all__ = [
    "OVERLAP",
    "Pair",
    "Span",
    "exact",
    "holds",
    "overlapping",
    "same_kind",
    "same_role",
    "same_speaker",
    "shared",
    "within",
]

#: Two spans are the same quote when they share this much of what either covers (intersection over union).
OVERLAP = 0.8
#: What may stand at the end of a quote or not.
_STOPS = " \n\t.,;:!?…。，；：！？、"
#: Letters of a word that must not go on where a name ends; Han has no such border.
_LATIN = "[a-z0-9à-öø-ɏ]"
_HAN = re.compile("[\u3400-\u9fff]+")
_DOTS = re.compile("[·・•]")  # between the parts of a foreign name in Han
#: What makes an office another office, in folded text: the mayor is not the vice mayor.
_RANKS = {
    "second": re.compile(r"\bvice(?!nz)|\bdeputy\b|副"),
    "former": re.compile(r"\bformer\b|\bex\b|^前|^原"),
    "acting": re.compile(r"\bacting\b|\binterim\b|\bad interim\b|代理"),
    "assistant": re.compile(r"\bassistant\b|\bassociate\b|助理"),
    "honorary": re.compile(r"\bhonorary\b|\bonorari[oa]\b|\bemerit|名誉"),
}
_ARTICLES = frozenset({"the", "il", "lo", "la", "l", "i", "gli", "le"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A quote and the label it stands for."""

    said: Said
    label: QuoteLabel


def exact(said: Sequence[Said], labels: Sequence[QuoteLabel], text: str) -> list[Pair]:
    """Pair quotes with labels of the same span; a last stop or comma may be part of either or not."""
    wanted = {_trimmed((label.start, label.end), text): label for label in labels}
    pairs = []
    for quote in said:
        label = wanted.pop(_trimmed(span, text), None) if (span := _span(quote)) else None
        if label is not None:
            pairs.append(Pair(quote, label))
    return pairs


def overlapping(said: Sequence[Said], labels: Sequence[QuoteLabel]) -> list[Pair]:
    """Pair quotes with labels that they share at least `OVERLAP` with, the closest first, each once."""
    shares = [
        (shared(span, (label.start, label.end)) / union(span, (label.start, label.end)), i, j)
        for i, quote in enumerate(said)
        for j, label in enumerate(labels)
        if (span := _span(quote))
    ]
    pairs, used = [], (set[int](), set[int]())
    for share, i, j in sorted(shares, key=lambda each: (-each[0], each[1], each[2])):
        if share >= OVERLAP and i not in used[0] and j not in used[1]:
            pairs.append(Pair(said[i], labels[j]))
            used[0].add(i)
            used[1].add(j)
    return pairs


def within(said: Sequence[Said], labels: Sequence[QuoteLabel]) -> list[Pair]:
    """Pair each quote with the label that holds at least `OVERLAP` of it: a sentence of a long speech is right."""
    pairs = []
    for quote in said:
        if (span := _span(quote)) is None:
            continue
        label = max(labels, key=lambda each: shared(span, (each.start, each.end)), default=None)
        if label and shared(span, (label.start, label.end)) >= OVERLAP * (span[1] - span[0]):
            pairs.append(Pair(quote, label))
    return pairs


def same_kind(pair: Pair) -> bool:
    """Tell whether direct speech is told apart from what is only reported; mixed speech counts as reported."""
    return ("direct" if pair.said.kind == "direct" else "reported") == pair.label.kind


def same_speaker(found: str | None, wanted: Party | None, others: Iterable[str] = ()) -> bool:
    """Tell whether a speaker is the right one: the full name, with a title or without, or its first or last part.

    *Gong Zheng*, *Mayor Gong Zheng*, *Mr Gong* and *Gong* all stand for Gong Zheng, and so do 龚正, 市长龚正 and
    龚市长; no speaker is right where the gold has none. What stands for one of the `others` too (*Rossi* where both
    Anna and Marco Rossi are named, *Anna Rossi and Marco Rossi*) is nobody's name.

    Args:
        found: as the output names the speaker.
        wanted: the label.
        others: names of people and bodies of the article; forms of the wanted name among them do no harm.
    """
    if not found or wanted is None:
        return not found and wanted is None
    full = fold(wanted.name)
    about = fold(f"{wanted.role or ''} {wanted.organisation or ''}")
    names = {name: fold(name) for name in others}
    rivals = (n for n, name in names.items() if not (holds(full, name) or holds(name, full) or name in about))
    return _stands_for(found, wanted) and not any(_stands_for(found, Party(name=name)) for name in rivals)


def _stands_for(found: str, party: Party) -> bool:
    name, full = fold(found), fold(party.name)
    if _HAN.fullmatch(full):
        parts = [fold(part) for part in _DOTS.split(party.name)]
        office = (*_offices(), *([fold(party.role)] if party.role else []))
        partly = any(_is_han_part(name, part, office) for part in (parts[0], parts[-1]) if len(parts) > 1)
        return partly or _stands_for_han(name, full, office)
    if holds(name, full):
        return True
    known = _titles() | _ARTICLES | set(fold(f"{party.role or ''} {party.organisation or ''}").split())
    words = [(word, word[0].isupper()) for word in found.replace("'", " ").split()]
    while words and fold(words[0][0]).rstrip(".") in known:
        words.pop(0)
    part = fold(" ".join(word for word, _ in words))
    return bool(words) and words[0][1] and f" {full} ".startswith(f" {part} ") | f" {full} ".endswith(f" {part} ")


def _stands_for_han(name: str, full: str, office: tuple[str, ...]) -> bool:
    """Tell whether a name in Han is `full`, with an office before or behind it, or the family name with an office."""
    before, found, after = name.partition(full)
    if found:
        return not _HAN.match(after) or after.startswith(office)
    return len(before) > 1 and before[0] == full[0] and before[1:] in office


def _is_han_part(name: str, part: str, office: tuple[str, ...]) -> bool:
    """Tell whether a name is a part of a foreign name in Han, with an office before or behind it."""
    before, found, after = name.partition(part)
    return bool(found) and (not before or before.endswith(office)) and (not after or after in office)


@cache
def _offices() -> tuple[str, ...]:
    return tuple(sorted(_titles()))


@cache
def _titles() -> frozenset[str]:
    """Return the words that stand before or behind a name and are none, of all languages."""
    tables = [languages.get(code).speech for code in languages.available()]
    return frozenset(fold(word) for own in tables for word in (*own.names.honorifics, *own.offices.roles))


def same_role(found: str | None, wanted: Party) -> bool:
    """Tell whether an office is the right one; one may name it with its place or body and the other without.

    A deputy, a former or an acting one is another office.
    """
    if wanted.role is None:
        return not found
    one, other = fold(found or ""), fold(wanted.role)
    if not one or _ranks(one) != _ranks(other):
        return False
    one, other = _unranked(one), _unranked(other)
    words, office = set(one.split()), set(other.split())
    whole = office | set(fold(wanted.organisation or "").split())
    return holds(one, other) or (len(one) > 1 and holds(other, one)) or (bool(words & office) and words <= whole)


def _ranks(office: str) -> set[str]:
    return {rank for rank, words in _RANKS.items() if words.search(office)}


def _unranked(office: str) -> str:
    """Return the office without its rank, which two languages and one may write in several words."""
    for words in _RANKS.values():
        office = words.sub(" ", office)
    return " ".join(office.split())


def holds(whole: str, part: str) -> bool:
    """Tell whether `part` stands in `whole`, not within a word of Latin letters; both folded."""
    if not part:
        return False
    before = f"(?<!{_LATIN})" if re.match(_LATIN, part[0]) else ""
    after = f"(?!{_LATIN})" if re.match(_LATIN, part[-1]) else ""
    return re.search(f"{before}{re.escape(part)}{after}", whole) is not None


def shared(one: Span, other: Span) -> int:
    """Return how many code points two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def union(one: Span, other: Span) -> int:
    """Return how many code points two spans cover together, the gap between them not counted."""
    return (one[1] - one[0]) + (other[1] - other[0]) - shared(one, other)


def _span(quote: Said) -> Span | None:
    return None if quote.start is None or quote.end is None else (quote.start, quote.end)


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    return start, start + len(text[start:end].rstrip(_STOPS))
