"""Translations of another line: one that repeats another's, two in each other's place, a row that slipped.

What no line shows by itself, all lines together do. A translation repeats another where the two are much more alike
than their source lines. It stands in another's place where it fits that line far better than its own, and that line
far better than the translation that it has. A row has slipped where all of it together fits the next lines better
than its own, however little each of its lines shows. Fit is the logarithm of how much more probable the anchors that
two lines share, those that one of them lacks and their lengths are in a translation than in any other line (Gale,
Church, *A program for aligning sentences*, 1993).
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.anchors import Anchors, anchors
from summarizer.ground.text import Text

__all__ = ["objections"]

#: Lines that stand further apart than this are not compared: lists of any length take linear time.
_APART_LINES = 100
#: Two translations repeat each other where they share so much of their terms, …
_SAME = 0.6
#: … and so much more than their source lines do.
_MORE = 0.4
#: Below so many terms two lines may well have one translation: 赵小川说, 赵小川表示.
_TOLD_TERMS = 4
#: How much better (natural logarithm) a translation must fit another line than its own, and that line's own fit it, …
_ELSEWHERE = 5.0
#: … and how much better both lines must fare when they exchange translations.
_EXCHANGED = 9.0
#: How much better so many lines in a row and more must fit those beside them, all together.
_SLIPPED, _ROW = 12.0, 2
#: How much better one of two twins must fit the other's line to be the one that is wrong.
_BORROWED = 1.0
#: The least share of lines that an anchor is taken to stand in by chance.
_RARE = 0.01
#: Spread of the logarithm of lengths; how far a length may speak against a pair; what a short line is spared.
_SPREAD, _LENGTH_AT_MOST, _SHORT_CHARS = 0.3, 4.0, 4


def objections(
    pairs: Sequence[tuple[str, str]], source_language: str, target_language: str
) -> tuple[tuple[Finding, ...], ...]:
    """Return for each pair what is wrong with its translation beside the others: nothing, or one doubt.

    Args:
        pairs: source lines of one text with their translations; an empty translation is none.
        source_language: BCP 47 code of the lines.
        target_language: BCP 47 code of the translations.

    Returns:
        Findings ``brief.repeated`` or ``brief.swapped`` without a place, in the order of the pairs.

    Raises:
        ConfigurationError: a language is not supported.
    """
    unique = list(dict.fromkeys(pairs))
    table = _Table.of(unique, source_language, target_language)
    found = dict(_slipped(table)) | dict(_swapped(table)) | dict(_repeated(table))
    told = {pair: (found[i],) for i, pair in enumerate(unique) if i in found}
    return tuple(told.get(pair, ()) for pair in pairs)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what its anchors say of another: what each that it shares adds to what all missing ones take."""

    text: Text
    gains: Mapping[str, float]
    lost: float
    held: frozenset[str]

    def fit(self, other: "_Line") -> float:
        # the exact sum: the order of a set differs from run to run
        return self.lost + math.fsum(self.gains[anchor] for anchor in self.gains.keys() & other.held)


@dataclass(frozen=True, slots=True)
class _Table:
    """Source lines and their translations, by position."""

    sources: tuple[_Line, ...]
    targets: tuple[_Line, ...]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]], source: str, target: str) -> "_Table":
        lines, texts = [Text(line, source) for line, _ in pairs], [Text(text, target) for _, text in pairs]
        ours = [anchors(line, languages.base(target)) for line in lines]
        theirs = [anchors(text, languages.base(source)) for text in texts]
        return cls(tuple(_weighed(lines, ours, theirs)), tuple(_weighed(texts, theirs, ours)))

    def fit(self, i: int, j: int) -> float:
        """Return how well translation `j` fits line `i`, as the logarithm of a likelihood ratio."""
        source, target = self.sources[i], self.targets[j]
        return source.fit(target) + target.fit(source) - _length(source.text, target.text)

    def twins(self, i: int, j: int) -> bool:
        """Tell whether two translations are much more alike than their lines."""
        alike = _overlap(self.targets[i].text, self.targets[j].text)
        return alike >= _SAME and alike - _overlap(self.sources[i].text, self.sources[j].text) >= _MORE

    def near(self, i: int) -> Iterator[int]:
        """Yield the positions that are compared with one."""
        around = range(max(0, i - _APART_LINES), min(len(self.sources), i + _APART_LINES + 1))
        return (j for j in around if j != i)


def _weighed(texts: Sequence[Text], own: Sequence[Anchors], others: Sequence[Anchors]) -> Iterator[_Line]:
    """Yield the lines of one side; an anchor weighs more the fewer lines of the other side have it."""
    lines = Counter(anchor for each in others for anchor in each.held)
    for text, found in zip(texts, own, strict=True):
        gains, lost = dict[str, float](), 0.0
        for anchor, kept in sorted(found.sought.items()):  # one order, one sum
            chance = min(0.9 * kept, max(_RARE, (lines[anchor] + 0.5) / (len(texts) + 1)))
            missing = math.log((1 - kept) / (1 - chance))
            gains[anchor], lost = math.log(kept / chance) - missing, lost + missing
        yield _Line(text, gains, lost, found.held)


def _length(source: Text, target: Text) -> float:
    """Return what the length of a translation says against it."""
    expected = languages.expected_chars(source.text, source.language, target.language)
    off = math.log((len(target.text) + _SHORT_CHARS) / (expected + _SHORT_CHARS)) / _SPREAD
    return min(_LENGTH_AT_MOST, off * off / 2)


def _slipped(table: _Table) -> Iterator[tuple[int, Finding]]:
    """Yield the translations of each row that belongs to the lines before or behind it."""
    lines = range(len(table.sources))
    for step in (1, -1):
        gains = [table.fit(i + step, i) - table.fit(i, i) if i + step in lines else -math.inf for i in lines]
        for i in (i for row in _rows(gains) for i in row):
            yield i, _elsewhere(table, i, i + step)


def _rows(gains: Sequence[float]) -> Iterator[range]:
    """Yield the rows that gain enough, each from where its sum begins to rise to where it is highest."""
    begin, end, total, highest = 0, 0, 0.0, 0.0
    for i, gain in enumerate((*gains, -math.inf)):
        total += gain
        if total > highest:
            end, highest = i + 1, total
        if total <= 0:
            if highest >= _SLIPPED and end - begin >= _ROW:
                yield range(begin, end)
            begin, total, highest = i + 1, 0.0, 0.0


def _elsewhere(table: _Table, j: int, home: int) -> Finding:
    text, line = table.targets[j].text.text, table.sources[home].text.text
    return Finding("brief.swapped", f"{text!r} seems to be the translation of another line: {line!r}")


def _swapped(table: _Table) -> Iterator[tuple[int, Finding]]:
    """Yield each translation that is another line's, and each line whose translation stands elsewhere."""
    own = [table.fit(i, i) for i in range(len(table.sources))]
    for j in range(len(table.targets)):
        fits = ((table.fit(i, j), i) for i in table.near(j))
        best, home = max(fits, default=(own[j], j))
        better = best - max(own[j], own[home])
        if better >= _ELSEWHERE and best + table.fit(j, home) - own[j] - own[home] >= _EXCHANGED:
            line, text = table.sources[home].text.text, table.targets[j].text.text
            yield (
                home,
                Finding("brief.swapped", f"the translation of {line!r} seems to stand at another line: {text!r}"),
            )
            yield j, _elsewhere(table, j, home)


def _repeated(table: _Table) -> Iterator[tuple[int, Finding]]:
    """Yield the translations that repeat another: the one that fits the other's line better, both where none does."""
    for i in range(len(table.targets)):
        for j in (j for j in table.near(i) if table.twins(i, j) and _borrowed(table, i, j)):
            text, line = table.targets[i].text.text, table.sources[j].text.text
            yield i, Finding("brief.repeated", f"{text!r} is the translation of another line: {line!r}")


def _borrowed(table: _Table, i: int, j: int) -> bool:
    """Tell whether translation `i` may be that of line `j`: it fits it better, or nobody can tell of which it is."""
    ours, theirs = (table.fit(other, one) - table.fit(one, one) for one, other in ((i, j), (j, i)))
    if max(ours, theirs) >= _BORROWED:
        return ours >= _BORROWED
    return len(table.targets[i].text.terms) >= _TOLD_TERMS


def _overlap(one: Text, other: Text) -> float:
    """Return the share of terms that two lines have in common (Jaccard); 0 where neither has any."""
    a, b = one.terms, other.terms
    return len(a & b) / len(a | b) if a | b else 0.0
