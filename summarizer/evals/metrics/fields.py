"""Sections of an office's own: rows beside the gold's, and their values field by field."""

from collections.abc import Iterator, Mapping, Sequence

from summarizer import figures
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally
from summarizer.evals.outputs import Output, Rows
from summarizer.evals.wording import fold
from summarizer.ground.evidence import terms

__all__ = ["rows"]

_Row = Mapping[str, Sequence[str]]
#: Two values are the same when they share so much of the words that carry meaning (intersection over union).
_ALIKE = 0.5


def rows(gold: Gold, output: Output) -> Part:
    """Count the rows of the tasks that the gold has, and their values; a task that it does not have is not scored.

    A row of the output stands for the row of the gold with which it shares most values, each for one.
    """
    if not gold.case.sections:
        return {}, []
    paired, values, misses = Tally(), Tally(), list[Miss]()
    for name, wanted in gold.case.sections.items():
        more, own, wrong = _section(name, wanted, output.sections.get(name, ()), gold.case.language)
        paired, values, misses = _added(paired, more), _added(values, own), [*misses, *wrong]
    return {"fields.rows": paired, "fields.values": values}, misses


def _section(name: str, wanted: Rows, found: Rows, language: str) -> tuple[Tally, Tally, list[Miss]]:
    pairs = dict(_pairs(wanted, found, language))
    right = sum(_shared(wanted[i], found[j], language) for i, j in pairs.items())
    misses = [Miss("fields.rows", f"{name}: {_told(row)}") for i, row in enumerate(wanted) if i not in pairs]
    misses += [
        Miss("fields.values", f"{name}, {field}: {value}")
        for i, j in pairs.items()
        for field, value in _lost(wanted[i], found[j], language)
    ]
    counted = Tally(len(pairs), len(found), len(wanted)), Tally(right, _size(found), _size(wanted))
    return *counted, misses


def _pairs(wanted: Rows, found: Rows, language: str) -> Iterator[tuple[int, int]]:
    """Yield which row of the output stands for which of the gold: half of its values at least, the most first."""
    shares = [(_shared(w, f, language), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found)]
    used: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in sorted(shares, key=lambda each: (-each[0], each[1], each[2])):
        if share and 2 * share >= _size([wanted[i]]) and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield i, j


def _shared(wanted: _Row, found: _Row, language: str) -> int:
    return _size([wanted]) - len(list(_lost(wanted, found, language)))


def _lost(wanted: _Row, found: _Row, language: str) -> Iterator[tuple[str, str]]:
    """Yield the values of a row of the gold that a row of the output does not have, each of its own for one."""
    for field, values in wanted.items():
        left = list(found.get(field, ()))
        for value in values:
            same = next((one for one in left if _same(one, value, language)), None)
            if same is None:
                yield field, value
            else:
                left.remove(same)


def _same(one: str, other: str, language: str) -> bool:
    """Tell whether two values say the same: the same words, the same one figure, or most of the terms."""
    if fold(one) == fold(other):
        return True
    read = [figures.find(text, language) for text in (one, other)]
    if all(len(each) == 1 for each in read):
        return figures.same(read[0][0], read[1][0])
    words = terms(one, language), terms(other, language)
    return bool(words[0] & words[1]) and len(words[0] & words[1]) >= _ALIKE * len(words[0] | words[1])


def _size(given: Rows) -> int:
    return sum(len(values) for row in given for values in row.values())


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(one.right + other.right, one.found + other.found, one.wanted + other.wanted)


def _told(row: _Row) -> str:
    return "; ".join(f"{field}: {', '.join(values)}" for field, values in row.items())
