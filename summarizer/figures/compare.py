"""Compare the figures of a text with those of its source, in the same language or another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.figures import by_value
from summarizer.figures.equal import same
from summarizer.figures.figure import Direction, Figure
from summarizer.figures.find import find
from summarizer.figures.iso import iso, parts
from summarizer.figures.loose import dated, day_after, fuller, loosely, says_less
from summarizer.figures.measure import converted
from summarizer.figures.pairing import pairs
from summarizer.figures.side import Side, side

__all__ = ["Comparison", "compare", "compared"]

_ELIDED = 1000  # smaller amounts keep their money
_WAYS: tuple[Direction, Direction] = ("up", "down")
_TWELVE = {"T12:00": 12, "T00:00": 0, "T24:00": 0}  # noon, midnight
_BRACKET = 12  # characters of a unit between a measure and the bracket that says it in another
_COARSE = Decimal("0.1")


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
    found = find(source, source_language), find(output, output_language)
    return compared(side(source, source_language, found[0]), side(output, output_language, found[1]))


def compared(source: Side, output: Side) -> Comparison:
    """Compare two texts; see `compare`. One whose language has no folder is compared by values alone."""
    if source.digits or output.digits:
        lone, others, left = by_value.unlike(source, output)
        return Comparison((), tuple(lone), tuple(others), tuple(left))
    supported, alone = _supported(source, output)
    given = {known for known, _ in supported}
    missing = [figure for figure in source.figures if not _dropped(figure, given, source, output)]
    contradicted = [
        *pairs(missing, alone),
        *_shifted(source, output, supported),
        *_turned_over(source, output, supported),
    ]
    paired = {figure for pair in contradicted for figure in pair}
    # parts of names may be missing, and weekdays: "on the 12th" for Friday, or what the dateline says
    lacked = (figure for figure in missing if figure not in source.names and not figure.date.startswith("-W-"))
    places = {figure.start for _, figure in contradicted}  # what has turned over is told with its other direction
    return Comparison(
        tuple(pair for pair in supported if pair[1].start not in places),
        tuple(figure for figure in alone if figure not in paired),
        tuple(sorted(contradicted, key=lambda pair: pair[1].start)),
        tuple(figure for figure in lacked if figure not in paired),
    )


def _supported(source: Side, output: Side) -> tuple[list[tuple[Figure, Figure]], list[Figure]]:
    """The output's figures with what supports them, and those that nothing supports."""
    supported: list[tuple[Figure, Figure]] = []
    alone: list[Figure] = []
    exact = {known for figure in output.figures if (known := _exact(figure, source.figures)) is not None}
    for figure in output.figures:
        left = [known for known in source.figures if known not in exact]
        found = _exact(figure, source.figures) or next((known for known in left if same(known, figure)), None)
        found = found or _combined(figure, left) or _elided(figure, source, output) or loosely(figure, source)
        if found is not None:
            supported.append((found, figure))
        elif not (_converted(figure, output) or _weak(figure) or _aside(figure, source, output)):
            alone += [] if _implies(source, figure) else [figure]
    return supported, alone


def _converted(figure: Figure, output: Side) -> bool:
    """Tell whether a measure in brackets only says that before it in another unit: 800 km/h (497 mph)."""
    unit = figure.unit or ""
    near = (f for f in output.figures if f.unit and f.unit != unit and 0 < figure.start - f.end <= _BRACKET)
    told = (converted(known.number, known.unit or "", unit) for known in near)
    return any(value is not None and abs(value - figure.number) <= _COARSE * abs(value) for value in told)


def _elided(figure: Figure, source: Side, output: Side) -> Figure | None:
    """An amount may leave its money to another beside it: a loss of 12 million euros, after a profit of 3 million."""
    if figure.number < _ELIDED or figure.unit:
        return None
    for known in source.figures:
        if known.value == figure.value and {known.kind, figure.kind} == {"money", "number"}:
            bare, currency = (output if figure.kind == "number" else source), known.currency or figure.currency
            if any(other.currency == currency for other in bare.figures):
                return known
    return None


def _exact(figure: Figure, source: Sequence[Figure]) -> Figure | None:
    """What says the same in the same measure."""
    kept = (known for known in source if not known.unit or not figure.unit or known.unit == figure.unit)
    return next((known for known in kept if same(known, figure)), None)


def _implies(side: Side, figure: Figure) -> bool:
    """Tell whether a word of the text says the value: both, a decade, half (50 %)."""
    value = figure.value
    if value in side.guessed:
        return True
    if figure.kind == "percent":
        return figure.unit == "%" and figure.number < 100 and (figure.number / 100, None) in side.implied
    if figure.date in _TWELVE:
        return any(number == _TWELVE[figure.date] for number, _ in side.implied)
    if figure.kind not in {"number", "ordinal", "date"}:
        return False
    return any(number == value and figure.unit in {None, unit} for number, unit in side.implied)


def _weak(figure: Figure) -> bool:
    """A spelled one, or a two of nothing in particular."""
    if figure.kind not in {"number", "ordinal"} or any(map(str.isdigit, figure.text)):
        return False
    return figure.value == 1 or (figure.value == 2 and not figure.unit)


def _aside(figure: Figure, source: Side, output: Side) -> bool:
    """A number that is part of a name of the output's own: Covid-19 for 新冠, but not G30 for G20."""
    name = output.names.get(figure)
    return name is not None and (not name or name not in source.names.values())


def _dropped(figure: Figure, given: set[Figure], source: Side, output: Side) -> bool:
    """Tell whether a figure of the source needs no more looking for: it is there, or nothing is lost."""
    single = figure.kind == "number" and figure.value == 1  # it may stand for *a*, *per* or *double*: 1亩苹果
    if figure in given or single or _weak(replace(figure, unit=None)) or _implies(output, figure):
        return True
    if figure.value in source.guessed and not source.guessed.isdisjoint(other.value for other in output.figures):
        return True  # of 五六百米 either may be told
    if any(same(figure, told) or says_less(figure, told, source) for told in output.figures):
        return True
    return day_after(figure, source.figures, output)


def _shifted(source: Side, output: Side, supported: Sequence[tuple[Figure, Figure]]) -> list[tuple[Figure, Figure]]:
    """A figure written once more than in the source, where another one is written once less: 3-1 as 3-3."""
    before, after = (Counter(figure.value for figure in side.figures) for side in (source, output))
    more = [pair for pair in supported if after[pair[1].value] > before[pair[1].value] > 0]
    found: list[tuple[Figure, Figure]] = []
    for figure in source.figures if more else ():
        if _weak(figure) or before[figure.value] <= after[figure.value]:
            continue
        pair = next((p for p in more if p[1].kind == figure.kind and p[1].unit == figure.unit), None)
        if pair is not None and not fuller(figure, pair[1], source):
            found.append((figure, pair[1]))
            more.remove(pair)
    return found


def _turned_over(
    source: Side, output: Side, supported: Sequence[tuple[Figure, Figure]]
) -> list[tuple[Figure, Figure]]:
    """Where a text says up once less and down once more than its source, its nearest figure has turned over."""
    before, after = (Counter(way for _, way in side.turns) for side in (source, output))
    up, down = (after[way] - before[way] for way in ("up", "down"))
    if up * down >= 0 or not supported:
        return []
    now, then = _WAYS if up > 0 else reversed(_WAYS)
    places = [place for place, sense in output.turns if sense == now]
    known, figure = min(supported, key=lambda pair: min(abs(pair[1].start - place) for place in places))
    return [(replace(known, direction=then), replace(figure, direction=now))]


def _combined(figure: Figure, source: Sequence[Figure]) -> Figure | None:
    """A date whose day and year stand in two places of the source."""
    wanted = parts(figure.date)
    if wanted is None or wanted.year is None or wanted.month is None:
        return None
    if wanted.year not in {known.year for known in dated(source)}:
        return None
    shorter = iso(None, wanted.month, wanted.day)
    return next((candidate for candidate in source if candidate.value == shorter), None)
