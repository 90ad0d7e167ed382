"""The lines that an output writes, each with what the report holds against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer import languages
from summarizer.digest import Offsets
from summarizer.evals.cases import Case
from summarizer.evals.outputs import Output, Record
from summarizer.evals.wording import Label

__all__ = ["BriefView", "LineView", "Lost", "SummaryView", "lines"]

#: Of each metric, what the report lists as missed.
Lost = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class LineView:
    """One line.

    Attributes:
        pieces: its text, cut so that each figure without support is a piece of its own; True marks those.
        language: BCP 47; empty when the line is not in the language it should be in.
        notes: what is wrong with it.
        sources: the sentences of the article that are given as its source.
        facts: numbers of the key facts that it says, from 1.
    """

    pieces: tuple[tuple[str, bool], ...]
    language: str
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The summary in its three parts; all empty for a failed article."""

    headline: tuple[LineView, ...]
    abstract: tuple[LineView, ...]
    points: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class BriefView:
    """A brief beside its reference; the first line of each is the headline.

    Attributes:
        missed: key facts that it does not say.
    """

    language: str
    name: str
    reference: tuple[str, ...]
    lines: tuple[LineView, ...]
    facts: int
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every line of one article is held against."""

    case: Case
    lost: Lost
    traps: Sequence[tuple[str, Label]]
    facts: Sequence[Label]

    @classmethod
    def of(cls, case: Case, lost: Lost) -> "_Reader":
        fallen = [trap for trap in case.traps if trap.wrong in lost.get("traps.avoided", ())]
        labels = [(trap.wrong, Label(trap.wordings, trap.values, case.language, whole=True)) for trap in fallen]
        return cls(case, lost, labels, [Label(f.wordings, f.values, case.language) for f in case.key_facts])

    def line(self, text: str, language: str, metric: str, evidence: Sequence[Offsets] = ()) -> LineView:
        """Return a line; `metric` is the one that lists lines in a wrong language."""
        figures = list(dict.fromkeys(self._unsupported(text)))
        strange = text in self.lost.get(metric, ())
        return LineView(
            pieces=tuple(_cut(text, figures)),
            language="" if strange else language,
            notes=tuple(self._notes(text, language, figures, strange=strange)),
            sources=tuple(self.case.text[start:end] for start, end in evidence),
            facts=tuple(n for n, label in enumerate(self.facts, 1) if label.said_by(text, language)),
        )

    def _unsupported(self, text: str) -> Iterator[str]:
        """Yield the figures of a line that the report objects to: it lists them as ``figure: line``."""
        for what in self.lost.get("figures.supported", ()):
            figure = what.removesuffix(f": {text}")
            if figure != what and figure in text:
                yield figure

    def _notes(self, text: str, language: str, figures: Sequence[str], *, strange: bool) -> Iterator[str]:
        if strange:
            yield f"not in {languages.name(language)}"
        if figures:
            yield f"not as the article has it: {'; '.join(figures)}"
        if text in self.lost.get("evidence.precision", ()):
            yield "its source is not where the fact stands"
        for wrong, label in self.traps:
            if label.said_by(text, language):
                yield f"trap: {wrong}"


def lines(case: Case, record: Record, output: Output, lost: Lost) -> tuple[SummaryView, tuple[BriefView, ...]]:
    """Return the lines of the summary and of the briefs, held against the same labels."""
    reader = _Reader.of(case, lost)
    return _summary(reader, record, output), tuple(_briefs(reader, output))


def _summary(reader: _Reader, record: Record, output: Output) -> SummaryView:
    case = reader.case
    told = [reader.line(s.text, case.language, "language.summary", s.evidence) for s in output.statements]
    head, points = _parts(record)
    end = len(told) - points
    return SummaryView(tuple(told[:head]), tuple(told[head:end]), tuple(told[end:]))


def _parts(record: Record) -> tuple[int, int]:
    """Return how many of the statements are headline, and how many are key points; empty ones are none."""
    if record.digest is not None:
        summary = record.digest.summary
        return bool(summary.headline.strip()), sum(bool(point.text.strip()) for point in summary.key_points)
    if record.plain is not None:
        return bool(record.plain.headline.strip()), sum(bool(p.strip()) for p in record.plain.key_points)
    return 0, 0


def _briefs(reader: _Reader, output: Output) -> Iterator[BriefView]:
    """Yield a brief for each target of the case, empty where the output has none."""
    case, lost = reader.case, reader.lost
    for code in case.targets:
        gone = [
            what.removeprefix(f"{code}: ") for what in lost.get("briefs.completeness", ()) if what.startswith(code)
        ]
        yield BriefView(
            language=code,
            name=languages.name(code),
            reference=tuple(case.briefs[code].target.split("\n")),
            lines=tuple(reader.line(line, code, "language.briefs") for line in output.briefs.get(code, ())),
            facts=len(case.key_facts),
            missed=tuple(what.removeprefix(f"{code}: ") for what in gone),
        )


def _cut(text: str, figures: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Cut a line at its figures, the leftmost first, the longer of two that begin together."""
    at = 0
    while found := [(text.find(figure, at), -len(figure)) for figure in figures if figure in text[at:]]:
        start, length = min(found)
        if start > at:
            yield text[at:start], False
        at = start - length
        yield text[start:at], True
    if at < len(text):
        yield text[at:], False
