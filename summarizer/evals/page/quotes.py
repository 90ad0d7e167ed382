"""The quotes of an output beside the labels, each with its fate.

Quotes stand for labels as `matching` pairs them; whether one is right is what the report's misses say, so that the
page never counts otherwise than the metrics.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.evals import matching
from summarizer.evals.cases import Case, QuoteLabel
from summarizer.evals.matching import Pair
from summarizer.evals.outputs import Said
from summarizer.evals.page.lines import Lost

__all__ = ["LabelView", "SaidView", "quotes"]

LabelFate = Literal["found", "part", "speaker", "missed"]
SaidFate = Literal["right", "given before", "no speaker", "wrong speaker", "no speech", "not in the article"]
_TOLD: Mapping[LabelFate, str] = {
    "found": "found",
    "part": "found in part",
    "speaker": "wrong speaker",
    "missed": "missed",
}


@dataclass(frozen=True, slots=True)
class LabelView:
    """A labelled quote and what became of it.

    Attributes:
        number: from 1, in the order of the article.
        fate: ``part``: an output quote lies in it, and none covers enough of it to count as the same.
        exact: found with exactly the labelled span.
        given: whom the output names instead; empty when the speaker is right.
    """

    number: int
    anchor: str
    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    role: str
    fate: LabelFate
    exact: bool
    given: tuple[str, ...]

    @property
    def told(self) -> str:
        """The fate in words."""
        return "no speaker given" if self.fate == "speaker" and not self.given else _TOLD[self.fate]


@dataclass(frozen=True, slots=True)
class SaidView:
    """A quote of the output and what is wrong with it.

    Attributes:
        label: number and anchor of the labelled quote that it stands for.
        wanted: the right speaker, where it is another.
        notes: what else is wrong.
    """

    number: int
    anchor: str
    start: int | None
    end: int | None
    text: str
    kind: str | None
    speaker: str | None
    role: str | None
    fate: SaidFate
    label: LabelView | None
    wanted: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A quote of the output, its fate, and the label that it stands for."""

    quote: Said
    fate: SaidFate
    label: QuoteLabel | None


def quotes(case: Case, said: Sequence[Said], lost: Lost) -> tuple[tuple[LabelView, ...], tuple[SaidView, ...]]:
    """Return the labelled quotes and the output's.

    Args:
        case: the gold.
        said: the output's quotes.
        lost: metric → what the report lists as missed.
    """
    judged = _judged(case, said, lost)
    whole, exact = (
        {id(pair.label) for pair in pairs}
        for pairs in (matching.overlapping(said, case.quotes), matching.exact(said, case.quotes, case.text))
    )
    labels = sorted(case.quotes, key=lambda label: label.start)
    views = {
        id(label): _label(f"{case.id}-q{n}", n, label, judged, (id(label) in whole, id(label) in exact))
        for n, label in enumerate(labels, 1)
    }
    kinds = {id(pair.said): pair for pair in matching.overlapping(said, case.quotes) if not matching.same_kind(pair)}
    shown = (
        _said(f"{case.id}-s{n}", n, each, views, tuple(_notes(each.quote, kinds.get(id(each.quote)), lost)))
        for n, each in enumerate(judged, 1)
    )
    return tuple(views.values()), tuple(shown)


def _judged(case: Case, said: Sequence[Said], lost: Lost) -> list[_Judged]:
    """Return each quote with its fate; of the same words given twice, the later one is the one too many."""
    labels = {id(pair.said): pair.label for pair in matching.within(said, case.quotes)}
    again = Counter(lost.get("quotes.attributed", ()))
    judged: list[_Judged] = []
    for quote in reversed(said):
        label = labels.get(id(quote))
        fate = _fate(quote, label, lost)
        if fate == "right" and again[told := f"given before: {quote.text}"]:
            again[told] -= 1
            fate = "given before"
        spoken = fate not in {"no speech", "not in the article"}
        judged.append(_Judged(quote, fate, label if spoken else None))
    return judged[::-1]


def _fate(quote: Said, label: QuoteLabel | None, lost: Lost) -> SaidFate:
    if quote.text in lost.get("quotes.verbatim", ()):
        return "not in the article"
    if label is None or f"no speech: {quote.text}" in lost.get("quotes.attributed", ()):
        return "no speech"
    wanted = label.speaker.name if label.speaker else "nobody"
    if f"{quote.speaker or 'nobody'} for {wanted}: {quote.text}" in lost.get("quotes.speaker", ()):
        return "wrong speaker" if quote.speaker else "no speaker"
    return "right"


def _label(
    anchor: str, number: int, label: QuoteLabel, judged: Sequence[_Judged], found: tuple[bool, bool]
) -> LabelView:
    near = [each for each in judged if each.label is label]
    right = any(each.fate == "right" for each in near)
    whole, exact = found
    speaker = label.speaker
    return LabelView(
        number=number,
        anchor=anchor,
        start=label.start,
        end=label.end,
        text=label.text,
        kind=label.kind,
        speaker=speaker.name if speaker else None,
        role=", ".join(filter(None, (speaker.role, speaker.organisation))) if speaker else "",
        fate="missed" if not near else "speaker" if not right else "found" if whole else "part",
        exact=exact,
        given=() if right else tuple(dict.fromkeys(each.quote.speaker for each in near if each.quote.speaker)),
    )


def _said(
    anchor: str, number: int, judged: _Judged, labels: Mapping[int, LabelView], notes: tuple[str, ...]
) -> SaidView:
    quote = judged.quote
    label = labels[id(judged.label)] if judged.label else None
    wrong = label is not None and judged.fate in {"no speaker", "wrong speaker"}
    return SaidView(
        number=number,
        anchor=anchor,
        start=quote.start,
        end=quote.end,
        text=quote.text,
        kind=quote.kind,
        speaker=quote.speaker,
        role=quote.role,
        fate=judged.fate,
        label=label,
        wanted=(label.speaker or "nobody") if label and wrong else None,
        notes=notes,
    )


def _notes(quote: Said, other_kind: Pair | None, lost: Lost) -> Iterator[str]:
    if f"{quote.speaker}: {quote.text}" in lost.get("quotes.not_speakers", ()):
        yield "this person says nothing in the article"
    if other_kind and quote.kind:
        yield f"labelled as {other_kind.label.kind} speech"
