"""Compare the figures of a text with those of its source, in the same language or another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from summarizer.figures.equal import same, same_value
from summarizer.figures.figure import Figure
from summarizer.figures.find import find
from summarizer.figures.fold import fold
from summarizer.figures.iso import Parts, iso, parts
from summarizer.figures.lexicon import lexicon

__all__ = ["Comparison", "compare", "match"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the figures of a source in an output.

    Attributes:
        supported: (source figure, output figure) that say the same.
        unsupported: figures of the output that nothing in the source supports.
        contradicted: (source figure, output figure) about the same thing with another value, unit,
            currency or direction.
        missing: figures of the source that the output does not give. A summary may leave figures out;
            a translation may not.
    """

    supported: tuple[tuple[Figure, Figure], ...]
    unsupported: tuple[Figure, ...]
    contradicted: tuple[tuple[Figure, Figure], ...]
    missing: tuple[Figure, ...]

    @property
    def clean(self) -> bool:
        """Tell whether the output gives every figure of the source, and no other."""
        return not (self.unsupported or self.contradicted or self.missing)


def compare(source: str, source_language: str, output: str, output_language: str) -> Comparison:
    """Compare the figures of `output` with those of `source`.

    Words that say one or two ("a", "first", "both", 两) are not asked for and not objected to: languages use
    them as articles, pronouns and adverbs. What a word implies (a decade, half, entrambi) supports a figure.
    Numbers within names ("Four Corners", "Saturday Night Live", "WW1") may be missing.

    Args:
        source: the text that is right by definition.
        source_language: BCP 47 tag.
        output: a translation, summary or headline of it.
        output_language: BCP 47 tag.

    Raises:
        ConfigurationError: a language is not supported.
    """
    return _compared(_side(source, source_language), _side(output, output_language))


def match(source: Sequence[Figure], output: Sequence[Figure]) -> Comparison:
    """Compare figures already found; as `compare`, without a look at the words around them."""
    return _compared(_Side(source), _Side(output))


@dataclass(frozen=True, slots=True)
class _Side:
    """One text's figures, those of them that are parts of names, and what its words imply."""

    figures: Sequence[Figure]
    names: frozenset[Figure] = frozenset()
    implied: frozenset[Decimal] = frozenset()


_NAMED = re.compile(r"\s[A-Z][a-z]")


def _side(text: str, language: str) -> _Side:
    figures = find(text, language)
    lex = lexicon(language)
    names = frozenset(figure for figure in figures if _name(figure, text, spaced=lex.spaced))
    return _Side(figures, names, frozenset(value for _, _, value in lex.implied.all(fold(text))))


def _name(figure: Figure, text: str, *, spaced: bool) -> bool:
    """A figure glued to letters, or a number word or weekday written as part of a name."""
    before = text[max(0, figure.start - 2) : figure.start]
    if figure.kind == "number" and (before[-1:].isascii() and before[-1:].isalpha()):
        return True
    if re.fullmatch(r"[A-Za-z]-", before) or not spaced:
        return figure.kind == "number" and re.fullmatch(r"[A-Za-z]-", before) is not None
    capital = figure.text[0].isupper() and figure.text.isalpha()
    return capital and (figure.kind == "number" or _NAMED.match(text, figure.end) is not None)


def _compared(source: _Side, output: _Side) -> Comparison:
    supported: list[tuple[Figure, Figure]] = []
    alone: list[Figure] = []
    for figure in output.figures:
        found = _support(figure, source.figures)
        if found is not None:
            supported.append((found, figure))
        elif not _weak(figure) and figure.value not in source.implied:
            alone.append(figure)
    given = {known for known, _ in supported}
    missing = [figure for figure in source.figures if not _dropped(figure, given, output)]
    contradicted = _pairs(missing, alone)
    paired = {figure for pair in contradicted for figure in pair}
    return Comparison(
        tuple(supported),
        tuple(figure for figure in alone if figure not in paired),
        tuple(contradicted),
        tuple(figure for figure in missing if figure not in paired and figure not in source.names),
    )


def _weak(figure: Figure) -> bool:
    spelled = not any(map(str.isdigit, figure.text))
    return spelled and figure.value in {1, 2} and figure.kind in {"number", "ordinal"}


def _dropped(figure: Figure, given: set[Figure], output: _Side) -> bool:
    """Tell whether a figure of the source needs no more looking for: it is there, or nothing is lost."""
    if figure in given or _weak(figure) or figure.value in output.implied:
        return True
    return any(same(figure, candidate) for candidate in output.figures)


def _support(figure: Figure, source: Sequence[Figure]) -> Figure | None:
    known = next((candidate for candidate in source if same(candidate, figure)), None)
    return known or _combined(figure, source)


def _combined(figure: Figure, source: Sequence[Figure]) -> Figure | None:
    """A date whose day and year stand in two places of the source."""
    wanted = parts(figure.value) if isinstance(figure.value, str) else None
    if wanted is None or wanted.year is None or wanted.month is None:
        return None
    years = {known.year for known in _parts(source)}
    shorter = iso(None, wanted.month, wanted.day)
    if wanted.year not in years:
        return None
    return next((candidate for candidate in source if candidate.value == shorter), None)


def _parts(figures: Iterable[Figure]) -> Iterable[Parts]:
    return filter(None, (parts(figure.value) for figure in figures if isinstance(figure.value, str)))


def _pairs(missing: Sequence[Figure], alone: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pair what the source has and the output lacks with what the output has and the source lacks."""
    pairs: list[tuple[Figure, Figure]] = []
    left = list(missing)
    for likeness in (_turned, _scaled, _alike):
        for figure in alone:
            if any(figure == done for _, done in pairs):
                continue
            known = next((candidate for candidate in left if likeness(candidate, figure)), None)
            if known is not None:
                pairs.append((known, figure))
                left.remove(known)
    return sorted(pairs, key=lambda pair: pair[1].start)


def _turned(source: Figure, output: Figure) -> bool:
    """The same value, another direction, unit or currency."""
    if source.suspect or output.suspect:
        return False
    return same_value(source, output) or (source.value == output.value and isinstance(source.value, Decimal))


def _scaled(source: Figure, output: Figure) -> bool:
    """The same digits, another magnitude: 69.66 billion as 696.6 billion."""
    if not (isinstance(source.value, Decimal) and isinstance(output.value, Decimal)) or not source.value:
        return False
    ratio = (output.value / source.value).normalize()
    return source.kind == output.kind and ratio.as_tuple().digits == (1,)


def _alike(source: Figure, output: Figure) -> bool:
    """The same kind of thing."""
    return source.kind == output.kind and (source.unit == output.unit or source.kind == "number")
