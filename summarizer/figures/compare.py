"""Compare the figures of a text with those of its source, in the same language or another."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from summarizer.figures.equal import same
from summarizer.figures.figure import Direction, Figure
from summarizer.figures.find import find
from summarizer.figures.fold import fold
from summarizer.figures.han import guessed, masked
from summarizer.figures.iso import Parts, iso, parts
from summarizer.figures.lexicon import Lexicon, lexicon
from summarizer.figures.pairing import pairs

__all__ = ["Comparison", "Side", "compare", "compared", "match", "side"]


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


def match(source: Sequence[Figure], output: Sequence[Figure]) -> Comparison:
    """Compare figures already found; as `compare`, without a look at the words around them."""
    return compared(Side(source), Side(output))


@dataclass(frozen=True, slots=True)
class Side:
    """One text's figures, those of them that are parts of names, and what its words imply.

    Attributes:
        turns: place and sense of the words for up and down.
        line: it is a line or a few, in which a translator may leave a unit or the month to the words around.
        guessed: values that the text gives roughly, of whatever unit (五六百, 十几).
        members: share in words → the two numbers that say it (three out of four).
        next_day: it speaks of the day after another.
    """

    figures: Sequence[Figure]
    names: Mapping[Figure, str] = field(default_factory=dict)
    implied: frozenset[tuple[Decimal, str | None]] = frozenset()
    turns: Sequence[tuple[int, Direction]] = ()
    line: bool = True
    guessed: frozenset[Decimal] = frozenset()
    members: Mapping[Figure, frozenset[Decimal]] = field(default_factory=dict)
    next_day: bool = False


_LINE = 600  # code points: in a whole article some word implies every small number, and none supports one
_DAYS = range(1, 32)
_ELIDED = 1000  # smaller amounts keep their money
_WAYS: Mapping[str, Direction] = {"up": "up", "down": "down"}
_NAMED = re.compile(r"\s[A-Z][a-z]")
_LOWER = re.compile(r"[a-zà-ÿ][,]?\s$")
_WORD = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]+|[A-Z][A-Za-z]*-)$")


def side(text: str, language: str, figures: Sequence[Figure]) -> Side:
    """Return one text of a comparison, whose figures have been found.

    Args:
        text: the text.
        language: its BCP 47 tag.
        figures: all figures of the text.

    Raises:
        ConfigurationError: the language is not supported.
    """
    lex = lexicon(language)
    folded = fold(text)
    named = {figure: _name(figure, text, spaced=lex.spaced) for figure in figures}
    names = {figure: name for figure, name in named.items() if name is not None}
    words = lex.implied.all(folded if lex.spaced else masked(folded, lex)) if len(text) <= _LINE else ()
    implied = frozenset(value for _, _, value in words)
    senses = lex.direction.all(folded) if len(text) <= _LINE else ()
    turns = tuple((start, _WAYS[sense]) for start, _, sense in senses if sense in _WAYS)
    guesses = frozenset[Decimal]() if lex.spaced else guessed(folded, lex)
    members = {figure: held for figure in figures if (held := _members(figure, language))}
    return Side(figures, names, implied, turns, len(text) <= _LINE, guesses, members, _next_day(folded, lex))


def _next_day(folded: str, lex: Lexicon) -> bool:
    return len(folded) <= _LINE and lex.next_day.search(folded) is not None


def _members(figure: Figure, language: str) -> frozenset[Decimal]:
    """The two numbers of a share in words: languages say three out of four, or three of the four."""
    words = _WORD.findall(figure.text)
    if not isinstance(figure.value, Decimal) or not 0 < figure.value < 1 or len(words) < 3:
        return frozenset()
    values = (own.value for word in words for own in find(word, language))
    held = frozenset(value for value in values if isinstance(value, Decimal))
    return held if len(held) == 2 else frozenset()


def _name(figure: Figure, text: str, *, spaced: bool) -> str | None:
    """The name that a figure is part of: Covid-19, G20, Four Corners, Saturday Night Live; None for most figures."""
    glued = _GLUED.search(text, max(0, figure.start - 16), figure.start)
    if figure.kind == "number" and glued:
        return glued.group()
    if not spaced or not figure.text[0].isupper() or not figure.text.isalpha():
        return None
    within = _LOWER.search(text, max(0, figure.start - 16), figure.start) and _NAMED.match(text, figure.end)
    return "" if within and figure.kind in {"number", "date"} else None


def compared(source: Side, output: Side) -> Comparison:
    """Compare two texts; see `compare`."""
    supported, alone = _supported(source, output)
    given = {known for known, _ in supported}
    missing = [figure for figure in source.figures if not _dropped(figure, given, source, output)]
    contradicted = [
        *pairs(missing, alone),
        *_shifted(source, output, supported),
        *_turned_over(source, output, supported),
    ]
    paired = {figure for pair in contradicted for figure in pair}
    return Comparison(
        tuple(pair for pair in supported if pair[1] not in paired and not _at(pair[1], contradicted)),
        tuple(figure for figure in alone if figure not in paired),
        tuple(sorted(contradicted, key=lambda pair: pair[1].start)),
        tuple(figure for figure in missing if figure not in paired and not _optional(figure, source)),
    )


def _at(figure: Figure, pairs: Sequence[tuple[Figure, Figure]]) -> bool:
    return any(output.start == figure.start for _, output in pairs)


def _supported(source: Side, output: Side) -> tuple[list[tuple[Figure, Figure]], list[Figure]]:
    """The output's figures with what supports them, and those that nothing supports."""
    supported: list[tuple[Figure, Figure]] = []
    alone: list[Figure] = []
    exact = {known for figure in output.figures if (known := _exact(figure, source.figures)) is not None}
    for figure in output.figures:
        found = _exact(figure, source.figures) or _support(figure, [f for f in source.figures if f not in exact])
        found = found or _elided(figure, source, output) or _loose(figure, source) or _told_apart(figure, source, output)
        if found is not None:
            supported.append((found, figure))
        elif _day_after(figure, source.figures, source):
            continue
        elif not _weak(figure) and not _aside(figure, source, output) and not _implies(source, figure):
            alone.append(figure)
    return supported, alone


def _elided(figure: Figure, source: Side, output: Side) -> Figure | None:
    """An amount may leave its money to another beside it: a loss of 12 million euros, after a profit of 3 million."""
    if not isinstance(figure.value, Decimal) or figure.value < _ELIDED or figure.unit:
        return None
    for known in source.figures:
        if known.value == figure.value and {known.kind, figure.kind} == {"money", "number"} and not known.unit:
            bare, currency = (output if figure.kind == "number" else source), known.currency or figure.currency
            if any(other.currency == currency for other in bare.figures):
                return known
    return None


def _loose(figure: Figure, source: Side) -> Figure | None:
    """What says the same with less: 25日 for July 25th, 27.25亿 for 2.725 billion yuan."""
    return next((known for known in source.figures if _fuller(known, figure, source) or _bare(known, figure, source)), None)


def _fuller(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether a date has what its source has, and more that the source leaves open: the dateline gives it."""
    wanted = parts(figure.value) if isinstance(figure.value, str) else None
    own = _day(known)
    if wanted is None or own is None or not source.line:
        return False
    slots = [(getattr(own, name), getattr(wanted, name), name) for name in ("year", "month", "day")]
    if not any(a == b is not None for a, b, _ in slots):
        return False
    dated = list(_parts(source.figures))
    return all(a == b or (a is None and _open(name, b, dated)) for a, b, name in slots if b is not None)


def _day_after(figure: Figure, held: Sequence[Figure], side: Side) -> bool:
    """Tell whether words for the next day stand for a date, of which the figures have the day before."""
    own = _day(figure) if side.next_day else None
    days = {known.day for each in held if (known := _day(each)) is not None}
    return own is not None and own.day is not None and own.day - 1 in days


def _is_day(figure: Figure) -> bool:
    return isinstance(figure.value, str) and figure.value.startswith("---")


def _weekday(side: Side) -> bool:
    return any(isinstance(figure.value, str) and figure.value.startswith("-W-") for figure in side.figures)


def _day(figure: Figure) -> Parts | None:
    """The parts of a date; a bare number may be a day of a month (24日至25日)."""
    if isinstance(figure.value, str):
        return parts(figure.value)
    bare = figure.kind == "number" and figure.unit is None and figure.value in _DAYS
    return Parts(None, None, int(figure.value)) if bare and figure.value is not None else None


def _open(name: str, value: int, dated: Sequence[Parts]) -> bool:
    """Tell whether a part of a date is one that the source gives elsewhere, or gives nowhere."""
    given = {part for each in dated if (part := getattr(each, name)) is not None}
    return not given or value in given


def _bare(known: Figure, figure: Figure, source: Side) -> bool:
    """Tell whether two figures have one value, and only one of them its unit."""
    if not source.line or known.value != figure.value or not isinstance(known.value, Decimal):
        return False
    return known.kind == figure.kind == "number" and bool(known.unit) != bool(figure.unit)


def _told_apart(figure: Figure, source: Side, output: Side) -> Figure | None:
    """A share of which the source gives the two numbers apart."""
    held = output.members.get(figure)
    if not held:
        return None
    given = [known for known in source.figures if known.value in held]
    return given[0] if {known.value for known in given} == held else None


def _exact(figure: Figure, source: Sequence[Figure]) -> Figure | None:
    """What says the same in the same measure."""
    return next((known for known in source if same(known, figure) and not _foreign(known, figure)), None)


def _foreign(source: Figure, output: Figure) -> bool:
    return bool(source.unit and output.unit and source.unit != output.unit)


def _implies(side: Side, figure: Figure) -> bool:
    """Tell whether a word of the text says the value: both, a decade, half (50 %)."""
    value = figure.value
    if value in side.guessed or any(value in held for held in side.members.values()):
        return True
    if figure.kind == "percent" and isinstance(value, Decimal):
        return figure.unit == "%" and value < 100 and (value / 100, None) in side.implied
    if isinstance(value, str) and value.startswith("T") and value.endswith(":00"):
        return any(number == int(value[1:3]) % 24 and number in {0, 12} for number, _ in side.implied)  # noon
    if figure.kind not in {"number", "ordinal", "date"}:
        return False
    return any(number == value and figure.unit in {None, unit} for number, unit in side.implied)


def _weak(figure: Figure) -> bool:
    """A spelled one, or a two of nothing in particular."""
    if figure.kind not in {"number", "ordinal"} or any(map(str.isdigit, figure.text)):
        return False
    return figure.value == 1 or (figure.value == 2 and not figure.unit)


def _single(figure: Figure) -> bool:
    """A one that may stand for *a*, *per* or *double*: 1亩苹果, 增长1倍."""
    return figure.kind == "number" and figure.value == 1


def _aside(figure: Figure, source: Side, output: Side) -> bool:
    """A number that is part of a name of the output's own: Covid-19 for 新冠, but not G30 for G20."""
    name = output.names.get(figure)
    return name is not None and (not name or name not in source.names.values())


def _optional(figure: Figure, source: Side) -> bool:
    """Parts of names, and weekdays: a translation may say "on the 12th" for Friday, or leave it to the dateline."""
    return figure in source.names or (isinstance(figure.value, str) and figure.value.startswith("-W-"))


def _dropped(figure: Figure, given: set[Figure], source: Side, output: Side) -> bool:
    """Tell whether a figure of the source needs no more looking for: it is there, or nothing is lost."""
    if figure in given or _single(figure) or _weak(replace(figure, unit=None)) or _implies(output, figure):
        return True
    if _day_after(figure, source.figures, output) or (_is_day(figure) and _weekday(output) and not _weekday(source)):
        return True
    exact = any(_exact(candidate, [figure]) for candidate in output.figures)
    if _told_apart(figure, output, source) or any(
        _fuller(figure, candidate, source) or _bare(figure, candidate, source) for candidate in output.figures
    ):
        return True
    return exact or any(same(figure, candidate) and _foreign(figure, candidate) for candidate in output.figures)


def _shifted(source: Side, output: Side, supported: Sequence[tuple[Figure, Figure]]) -> list[tuple[Figure, Figure]]:
    """A figure written once more than in the source, where another one is written once less: 3-1 as 3-3."""
    before, after = (Counter(figure.value for figure in side.figures) for side in (source, output))
    more = [pair for pair in supported if after[pair[1].value] > before[pair[1].value] > 0]
    found: list[tuple[Figure, Figure]] = []
    for figure in source.figures if more else ():
        if _weak(figure) or before[figure.value] <= after[figure.value]:
            continue
        pair = next((p for p in more if p[1].kind == figure.kind and p[1].unit == figure.unit), None)
        if pair is not None and not same(figure, pair[1]) and not _fuller(figure, pair[1], source):
            found.append((figure, pair[1]))
            more.remove(pair)
    return found


def _turned_over(
    source: Side, output: Side, supported: Sequence[tuple[Figure, Figure]]
) -> list[tuple[Figure, Figure]]:
    """Where a text says up once less and down once more than its source, its nearest figure has turned over."""
    change = {way: _turns(output, way) - _turns(source, way) for way in ("up", "down")}
    if change["up"] * change["down"] >= 0 or not supported:
        return []
    now: Direction = "up" if change["up"] > 0 else "down"
    then: Direction = "down" if now == "up" else "up"
    places = [place for place, sense in output.turns if sense == now]
    known, figure = min(supported, key=lambda pair: min(abs(pair[1].start - place) for place in places))
    return [(replace(known, direction=then), replace(figure, direction=now))]


def _turns(side: Side, way: str) -> int:
    return sum(sense == way for _, sense in side.turns)


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
