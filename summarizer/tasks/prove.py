"""How a value of a field is proved: cut out of the article, chosen from a list, or held against its sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from summarizer import figures
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.span import Span
from summarizer.checks import StatementChecker, negation
from summarizer.checks.lexicon import is_body
from summarizer.digest import Value
from summarizer.digest.assemble import figure_record
from summarizer.figures import Figure
from summarizer.ground.locate import locate
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text
from summarizer.tasks.field import Field

__all__ = ["Proved", "of_field", "prove", "read", "resolved", "unread"]

#: A figure or passage so many sentences away from what its row tells belongs to something else, perhaps.
_NEAR = 1
#: What a statement owes its reader and a label does not: who says so.
_SAYS = "summary.attribution"
#: So far behind a figure stands what says that it is about so much, or more.
_QUALIFIER_CHARS = 24
#: What English hangs on a name.
_OWNER = "'s"


@dataclass(frozen=True, slots=True)
class Proved:
    """One value as the model gave it, and what it is held to be.

    Attributes:
        field: what it is a value of.
        given: as the model wrote it, on one line.
        value: as it is published; None where it is disproved.
        findings: what is objected to; their place is set when the value has one.
    """

    field: Field
    given: str
    value: Value | None
    findings: tuple[Finding, ...] = ()


def prove(
    field: Field, given: str, near: Sequence[int], checker: StatementChecker, home: Sequence[int] = ()
) -> Proved:
    """Return what a value is held to be.

    Args:
        field: what it is a value of.
        given: as the model wrote it.
        near: positions (0-based) of the sentences that say its row: where it is looked for first.
        checker: of the article.
        home: those of them where the row's own text was found: a figure from elsewhere is doubted.
    """
    line = one_line(given)
    if field.proof == "text":
        return _written(field, line, near, checker)
    if field.proof == "choice":
        return _chosen(field, line, near, checker.reading)
    made = _Cut(field, line, checker.reading, tuple(near))
    span = made.span
    if span is None:
        return Proved(field, line, None, (made.objection,))
    value = made.value(span)
    fault = _misread(field, value, span, checker.reading)
    if fault:
        return Proved(field, line, None, (Finding("field.kind", fault, span=span),))
    return Proved(field, line, value, (*made.elsewhere(span, home), *unread(field.proof, span, checker.reading)))


def unread(proof: str, span: Span, reading: Reading) -> Iterator[Finding]:
    """Yield the note on words that stand for a date and that no rule reads as one: yesterday, this spring."""
    if proof == "date" and not _read(proof, span, reading) and resolved(span, reading) is None:
        message = f"{span.of(reading.article.text)!r} is given as printed: no rule reads a date in it"
        yield Finding("field.unread", message, span=span)


def read(proof: str, span: Span, reading: Reading) -> tuple[str | None, str | None]:
    """Return value and unit of the one figure or date in a part of the article, None where there is none or two."""
    found = _read(proof, span, reading)
    record = figure_record(found[0]) if len(found) == 1 else None
    return (record.value, record.unit) if record else (None, None)


def resolved(span: Span, reading: Reading) -> str | None:
    """Return what *yesterday* or *last year* is by the day on which an article was published, if that is known.

    Within quotation marks such words count from the day on which they were spoken, which nobody knows.
    """
    if any(passage.start <= span.start < passage.end for passage in reading.marked):
        return None
    try:
        published = datetime.fromisoformat(reading.article.published or "").date()
        return figures.relative(reading.article.text, span.start, span.end, reading.language, published)
    except (ValueError, OverflowError):  # no such day, or none that a calendar has
        return None


def _read(proof: str, span: Span, reading: Reading) -> list[Figure]:
    inside = [f for f in reading.figures if f.start < span.end and span.start < f.end]
    wanted = {"figure": False, "date": True}
    return [f for f in inside if proof in wanted and (f.kind == "date") == wanted[proof]]


def _written(field: Field, line: str, near: Sequence[int], checker: StatementChecker) -> Proved:
    stated = checker.ground(line, near, "", field.room)
    value = Value(field=field.name, text=stated.text, evidence=stated.offsets)
    return Proved(field, line, value, tuple(of_field(stated.findings)))


def of_field(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what the findings about a statement say of a field's own words, which stand in a table."""
    yield from (finding for finding in findings if finding.code != _SAYS)


def _chosen(field: Field, line: str, near: Sequence[int], reading: Reading) -> Proved:
    known = next((choice for choice in field.choices if one_line(choice).casefold() == line.casefold()), None)
    if known is None:
        message = f"{line!r} is none of: {', '.join(field.choices)}"
        return Proved(field, line, None, (Finding("field.choice", message),))
    every = reading.article.sentences
    evidence = tuple((every[i].start, every[i].end) for i in near)
    return Proved(field, line, Value(field=field.name, text=known, evidence=evidence))


@dataclass(frozen=True, slots=True)
class _Cut:
    """Cuts a value out of the article: where its row stands first, then anywhere."""

    field: Field
    given: str
    reading: Reading
    near: tuple[int, ...]

    @property
    def span(self) -> Span | None:
        """Where it stands; a figure or date also where it is printed in another form."""
        found = next((span for place in self._places() for span in self._in(place)), None)
        if found is None:
            found = next(self._same(), None)
        return found and self._whole(found)

    @property
    def objection(self) -> Finding:
        """Why it is nowhere."""
        if self.field.proof == "figure" and not figures.find(self.given, self.reading.language):
            return Finding("field.kind", f"{self.given!r} is no figure that can be read")
        return Finding("field.absent", f"{self.given!r} is not in the article in these words")

    def value(self, span: Span) -> Value:
        """Return it as it is published."""
        read_as, unit = read(self.field.proof, span, self.reading)
        if self.field.proof == "date" and not _read("date", span, self.reading):
            read_as = resolved(span, self.reading)
        every = self.reading.article.sentences
        return Value(
            field=self.field.name,
            text=span.of(self.reading.article.text),
            start=span.start,
            end=span.end,
            evidence=tuple((every[i].start, every[i].end) for i in self._touched(span)),
            value=read_as,
            unit=unit,
        )

    def elsewhere(self, span: Span, home: Sequence[int]) -> Iterator[Finding]:
        """Doubt a figure or passage far from what its row tells; who and when may be told once, at the top."""
        own = self._touched(span)
        if self.field.proof not in ("figure", "quote") or not own or not home:
            return
        if min(abs(i - j) for i in own for j in home) > _NEAR:
            message = f"{self.given!r} stands in sentence {own[0] + 1}, the rest of its row in {home[0] + 1}"
            yield Finding("field.elsewhere", message, span=span)

    def _places(self) -> Iterator[Span]:
        every = self.reading.article.sentences
        yield from (Span(every[i].start, every[i].end) for i in self.near)
        if self.near:
            first, last = max(0, min(self.near) - _NEAR), min(len(every) - 1, max(self.near) + _NEAR)
            yield Span(every[first].start, every[last].end)
        yield Span(0, len(self.reading.article.text))

    def _in(self, place: Span) -> Iterator[Span]:
        text = place.of(self.reading.article.text)
        found, more = locate(text, self.given), 0
        if not found and self.field.proof == "name":
            found, more = locate(text, f"{self.given}{_OWNER}"), len(_OWNER)
        if found and found[-1].end - more - found[0].start <= self.field.room:
            yield Span(place.start + found[0].start, place.start + found[-1].end - more)

    def _same(self) -> Iterator[Span]:
        """Yield the figures of the article that say the same, those of the row's sentences first."""
        if self.field.proof not in ("figure", "date"):
            return
        given = figures.find(self.given, self.reading.language)
        if len(given) != 1:
            return
        alike = [Span(f.start, f.end) for f in self.reading.figures if figures.same(f, given[0])]
        yield from sorted(alike, key=lambda span: (not set(self._touched(span)) & set(self.near), span.start))

    def _whole(self, span: Span) -> Span:
        """Return a place with the whole of the figures that it begins or ends in: never half a number."""
        inside = _read(self.field.proof, span, self.reading)
        whole = Span(min([span.start, *(f.start for f in inside)]), max([span.end, *(f.end for f in inside)]))
        rough = self.field.proof == "figure" and len(inside) == 1 and inside[0].approximate
        return self._qualified(whole, inside[0].start) if rough else whole

    def _qualified(self, span: Span, start: int) -> Span:
        """Return a place with what says that its figure, which begins at `start`, is about or over so much.

        Under a negation (*no project gets more than 5*) these words by themselves say the contrary: they stay out.
        """
        at = figures.qualifier(self.reading.article.text, start, self.reading.language)
        if at is None:
            wider = next(filter(self._is_rough, self._behind(span)), span)
        else:
            wider = Span(min(at, span.start), span.end)
        return span if wider != span and negation.governed(self._before(wider)) else wider

    def _before(self, span: Span) -> Text:
        """Return what stands in its sentence before a place."""
        begun = (s.start for s in self.reading.article.sentences if s.start <= span.start < s.end)
        return self.reading.line(self.reading.article.text[next(begun, span.start) : span.start])

    def _behind(self, span: Span) -> Iterator[Span]:
        """Yield a place itself, then with more and more words behind it, in its sentence."""
        text, every = self.reading.article.text, self.reading.article.sentences
        end = next((s.end for s in every if s.start <= span.start < s.end), span.end)
        yield span
        behind = range(span.end + 1, min(end, span.end + _QUALIFIER_CHARS) + 1)
        yield from (Span(span.start, at) for at in behind if at == len(text) or _ends(text, at))

    def _is_rough(self, span: Span) -> bool:
        """Tell whether the one figure of a place is read as about or over so much by what stands there."""
        found = figures.find(span.of(self.reading.article.text), self.reading.language)
        return len(found) == 1 and found[0].approximate

    def _touched(self, span: Span) -> list[int]:
        every = self.reading.article.sentences
        return [i for i, s in enumerate(every) if s.start < span.end and span.start < s.end]


def _ends(text: str, at: int) -> bool:
    """Tell whether a word ends before a place; in Chinese each character is one."""
    last, following = text[at - 1], text[at]
    return last.isalnum() and not (following.isalnum() and last.isascii() and following.isascii())


def _misread(field: Field, value: Value, span: Span, reading: Reading) -> str:
    """Return why a part of the article cannot be a value of its field; empty where it can."""
    if field.proof == "name":
        named = any(map(_names, value.text)) or is_body(value.text, reading.language)
        return "" if named else f"{value.text!r} is no name, and no body"
    if field.proof in ("figure", "date"):
        found = _read(field.proof, span, reading)
        if any(f.suspect for f in found):
            return f"{value.text!r} cannot be right as printed: leave it out"
        return "" if found or field.proof == "date" else f"{value.text!r} is no figure that can be read"
    return ""


def _names(char: str) -> bool:
    """Tell whether a character can begin a name: a capital, or a letter of a script that has none."""
    return char.isalpha() and (char.isupper() or char.lower() == char.upper())
