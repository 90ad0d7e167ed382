"""Which figure of a source an unsupported one was meant to be."""

from collections.abc import Sequence

from summarizer.figures.equal import same_value
from summarizer.figures.figure import Figure
from summarizer.figures.iso import parts

__all__ = ["pairs"]

_MANY = 12  # figures that a sentence may hold


def pairs(missing: Sequence[Figure], alone: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pair what the source has and the output lacks with what the output has and the source lacks.

    Where the output lacks many figures, as a headline does those of its article, only the same digits or the same
    value of the same kind tell which one was meant; all else is merely unsupported.
    """
    pairs: list[tuple[Figure, Figure]] = []
    left = list(missing)
    for likeness in (_turned, _scaled, _alike):
        for figure in alone:
            if any(figure == done for _, done in pairs):
                continue
            candidates = [candidate for candidate in left if likeness(candidate, figure)]
            if len(left) > _MANY:
                candidates = [known for known in candidates if known.kind == figure.kind and likeness is not _alike]
            if candidates:
                pairs.append((candidates[0], figure))
                left.remove(candidates[0])
    return sorted(pairs, key=lambda pair: pair[1].start)


def _turned(source: Figure, output: Figure) -> bool:
    """The same value, another direction, unit or currency."""
    if source.suspect or output.suspect:
        return False
    return same_value(source, output) or source.value == output.value


def _scaled(source: Figure, output: Figure) -> bool:
    """The same digits, another magnitude: 69.66 billion as 696.6 billion."""
    if source.kind != output.kind or not source.number:
        return False
    return (output.number / source.number).normalize().as_tuple().digits == (1,)


def _alike(source: Figure, output: Figure) -> bool:
    """The same kind of thing."""
    if source.kind == output.kind == "date":
        return _form(source.date) == _form(output.date)
    return source.kind == output.kind and (source.unit == output.unit or source.kind == "number")


def _form(value: str) -> str:
    """A day, a weekday, a time, a quarter or an era: one is not told for another."""
    return "day" if parts(value) else "".join(c for c in value if c.isalpha())
