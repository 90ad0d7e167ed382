"""Sections of an office's own: rows beside the gold's, and their values field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer import figures
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally
from summarizer.evals.outputs import Output, Rows
from summarizer.evals.wording import fold
from summarizer.ground.evidence import terms

__all__ = ["rows"]

_Row = Mapping[str, Sequence[str]]
#: Two values say the same when they share so much of the words that carry meaning (intersection over union) …
_ALIKE = 0.5
#: … or when the longer one has so much of the shorter, so many words at least, and little beside: a label may say
#: "bilateral trade" where an answer says "bilateral trade between the two cities".
_HELD, _FEWEST, _BESIDE = 0.6, 2, 1 / 3


def rows(gold: Gold, output: Output) -> Part:
    """Count the rows of the tasks that the gold has, and their values; a task that it does not have is not scored.

    A row of the output stands for the row of the gold with which it shares most values, each for one.
    """
    if not gold.case.sections:
        return {}, []
    paired, values, misses = Tally(), Tally(), list[Miss]()
    for name, wanted in gold.case.sections.items():
        found = output.sections.get(name, ())
        more, own, wrong = _Labels(name, wanted, gold.case.language).counted(found)
        paired, values, misses = _added(paired, more), _added(values, own), [*misses, *wrong]
    return {"fields.rows": paired, "fields.values": values}, misses


@dataclass(frozen=True, slots=True)
class _Labels:
    """The rows that the gold has for one task."""

    task: str
    wanted: Rows
    language: str

    def counted(self, found: Rows) -> tuple[Tally, Tally, list[Miss]]:
        """Count the rows of an output that stand for one of these, and their values."""
        pairs = dict(self._pairs(found))
        right = sum(self._shared(self.wanted[i], found[j]) for i, j in pairs.items())
        misses = [
            Miss("fields.rows", f"{self.task}: {_told(row)}") for i, row in enumerate(self.wanted) if i not in pairs
        ]
        misses += [
            Miss("fields.values", f"{self.task}, {field}: {value}")
            for i, j in pairs.items()
            for field, value in self._lost(self.wanted[i], found[j])
        ]
        counted = Tally(len(pairs), len(found), len(self.wanted)), Tally(right, _size(found), _size(self.wanted))
        return *counted, misses

    def _pairs(self, found: Rows) -> Iterator[tuple[int, int]]:
        """Yield which row of the output stands for which of the gold: half of its values at least, the most first."""
        shares = [(self._shared(w, f), i, j) for i, w in enumerate(self.wanted) for j, f in enumerate(found)]
        used: tuple[set[int], set[int]] = (set(), set())
        for share, i, j in sorted(shares, key=lambda each: (-each[0], each[1], each[2])):
            if share and 2 * share >= _size([self.wanted[i]]) and i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                yield i, j

    def _shared(self, wanted: _Row, found: _Row) -> int:
        return _size([wanted]) - len(list(self._lost(wanted, found)))

    def _lost(self, wanted: _Row, found: _Row) -> Iterator[tuple[str, str]]:
        """Yield the values of a row of the gold that a row of the output does not have, each of its own for one."""
        for field, values in wanted.items():
            left = list(found.get(field, ()))
            for value in values:
                same = next((one for one in left if self._same(one, value, field)), None)
                if same is None:
                    yield field, value
                else:
                    left.remove(same)

    def _same(self, one: str, label: str, field: str) -> bool:
        """Tell whether a value says what a label does: the same words, the same one figure, or most of the terms.

        A figure alone says it where there is little else in one of the two. By its terms a value is the label's that
        it is nearest to, and no other row's.
        """
        if fold(one) == fold(label):
            return True
        read = [figures.find(text, self.language) for text in (one, label)]
        if all(len(each) == 1 for each in read):
            (value,), (wanted,) = read
            bare = min(self._beside(one, value), self._beside(label, wanted)) < _FEWEST
            if bare or not figures.same(value, wanted):
                return figures.same(value, wanted)
        if not _alike(terms(one, self.language), terms(label, self.language)):
            return False
        others = (value for row in self.wanted for value in row.get(field, ()))
        return all(self._nearness(one, other) <= self._nearness(one, label) for other in others)

    def _beside(self, text: str, figure: figures.Figure) -> int:
        return len(terms(f"{text[: figure.start]} {text[figure.end :]}", self.language))

    def _nearness(self, one: str, other: str) -> float:
        words = terms(one, self.language), terms(other, self.language)
        return len(words[0] & words[1]) / max(1, len(words[0] | words[1]))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two values share most of their terms, or the longer one has most of the shorter's."""
    shared, shorter, longer = len(one & other), *sorted((len(one), len(other)))
    if shared >= max(1, _ALIKE * len(one | other)):
        return True
    return shared >= max(_FEWEST, _HELD * shorter, _BESIDE * longer)


def _size(given: Rows) -> int:
    return sum(len(values) for row in given for values in row.values())


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(one.right + other.right, one.found + other.found, one.wanted + other.wanted)


def _told(row: _Row) -> str:
    return "; ".join(f"{field}: {', '.join(values)}" for field, values in row.items())
