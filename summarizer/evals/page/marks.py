"""An article with its labels shown in the text: overlapping marks cut into pieces that do not overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.evals import matching
from summarizer.evals.cases import Case, Mark
from summarizer.evals.matching import Span
from summarizer.evals.page.lines import Lost
from summarizer.evals.page.quotes import LabelView, SaidView

__all__ = ["Inked", "Label", "Piece", "flagged", "inked", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a mark, since colour alone tells nothing to many readers.

    Attributes:
        text: such as ``Q1 Anna Rossi``.
        kind: the mark's kind, for its colour.
        anchor: id of the place in the page that tells more; None for no link.
    """

    text: str
    kind: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Inked:
    """A marked stretch, half-open; `kinds` are class names of the style sheet."""

    start: int
    end: int
    kinds: tuple[str, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that one set of marks covers, with the labels of those that begin in it."""

    text: str
    kinds: tuple[str, ...]
    labels: tuple[Label, ...]


def paragraphs(text: str, marks: Sequence[Inked]) -> tuple[tuple[Piece, ...], ...]:
    """Cut `text` at its line breaks, and its lines at the ends of marks; empty lines are left out."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    lines: list[list[Piece]] = [[]]
    for start, end in pairwise(cuts):
        over = [m for m in marks if m.start <= start and end <= m.end]
        kinds = tuple(dict.fromkeys(kind for m in over for kind in m.kinds))
        labels = tuple(m.label for m in over if m.start == start and m.label)
        for i, part in enumerate(text[start:end].split("\n")):
            if i:
                lines.append([])
            if part or (labels and not i):
                lines[-1].append(Piece(part, kinds, () if i else labels))
    return tuple(tuple(line) for line in lines if line)


def inked(
    case: Case, quotes: tuple[Sequence[LabelView], Sequence[SaidView]], lost: Lost, suspects: Sequence[Span]
) -> list[Inked]:
    """Return the marks of an article: its labels with their fate, and what the output calls a quote and is none.

    Args:
        case: the gold.
        quotes: the labelled ones and the output's, paired.
        lost: what the report lists as missed.
        suspects: figures that the output flags.
    """
    labels, said = quotes
    return [*_quotes(labels), *_strays(said), *_facts(case, lost), *_figures(case, suspects), *_silent(case)]


def _quotes(gold: Sequence[LabelView]) -> Iterator[Inked]:
    for view in gold:
        found = view.fate == "found"
        told = f"Q{view.number} {view.speaker or 'nobody named'}{'' if found else f', {view.told}'}"
        label = Label(told, "quote" if found else "quote bad", view.anchor)
        yield Inked(view.start, view.end, ("quote",) if found else ("quote", "bad"), label)


def _strays(said: Sequence[SaidView]) -> Iterator[Inked]:
    for view in said:
        if view.fate == "no speech" and view.start is not None and view.end is not None:
            label = Label(f"output quote {view.number}: no speech", "stray", view.anchor)
            yield Inked(view.start, view.end, ("stray",), label)


def _facts(case: Case, lost: Lost) -> Iterator[Inked]:
    for number, fact in enumerate(case.key_facts, 1):
        missed = fact.fact in lost.get("facts.recall", ())
        told = f"F{number}, missed" if missed else f"F{number}"
        for mark in fact.evidence:
            label = Label(told, "fact bad" if missed else "fact", f"{case.id}-f{number}")
            yield Inked(mark.start, mark.end, ("fact", "lost") if missed else ("fact",), label)


def _figures(case: Case, suspects: Sequence[Span]) -> Iterator[Inked]:
    for mark in case.figures:
        yield Inked(mark.start, mark.end, ("figure",))
    for mark in case.garbled:
        told = "garbled, flagged" if flagged(mark, suspects) else "garbled, not flagged"
        yield Inked(mark.start, mark.end, ("garbled",), Label(told, "garbled"))


def flagged(mark: Mark, suspects: Sequence[Span]) -> bool:
    """Tell whether the output flags a garbled figure, as the metric counts it."""
    return any(matching.shared((mark.start, mark.end), span) for span in suspects)


def _silent(case: Case) -> Iterator[Inked]:
    for mark in case.not_speakers:
        yield Inked(mark.start, mark.end, ("silent",))
