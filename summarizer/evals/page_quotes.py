"""The quotes of an output beside the labels, each with its fate, paired as the metrics pair them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.evals import matching
from summarizer.evals.cases import Case
from summarizer.evals.matching import Pair
from summarizer.evals.outputs import Said
from summarizer.evals.page_lines import Lost

__all__ = ["LabelView", "SaidView", "quotes"]

LabelFate = Literal["found", "part", "speaker", "missed"]
SaidFate = Literal["right", "no speaker", "wrong speaker", "no speech", "not in the article"]
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
class _Pairs:
    """All pairs of one article, by the three ways to pair."""

    within: Sequence[Pair]
    overlapping: Sequence[Pair]
    exact: Sequence[Pair]


def quotes(case: Case, said: Sequence[Said], lost: Lost) -> tuple[tuple[LabelView, ...], tuple[SaidView, ...]]:
    """Return the labelled quotes and the output's.

    Args:
        case: the gold.
        said: the output's quotes.
        lost: metric → what the report lists as missed.
    """
    labels = sorted(case.quotes, key=lambda label: label.start)
    pairs = _Pairs(
        matching.within(said, case.quotes),
        matching.overlapping(said, case.quotes),
        matching.exact(said, case.quotes, case.text),
    )
    views = tuple(_label(case, number, pairs) for number in range(1, len(labels) + 1))
    by_start = {view.start: view for view in views}
    return views, tuple(_said(case, i, quote, pairs, by_start, lost) for i, quote in enumerate(said, 1))


def _label(case: Case, number: int, pairs: _Pairs) -> LabelView:
    label = sorted(case.quotes, key=lambda each: each.start)[number - 1]
    near = [pair.said for pair in pairs.within if pair.label is label]
    right = any(matching.same_speaker(quote.speaker, label.speaker) for quote in near)
    whole = any(pair.label is label for pair in pairs.overlapping)
    speaker = label.speaker
    return LabelView(
        number=number,
        anchor=f"{case.id}-q{number}",
        start=label.start,
        end=label.end,
        text=label.text,
        kind=label.kind,
        speaker=speaker.name if speaker else None,
        role=", ".join(filter(None, (speaker.role, speaker.organisation))) if speaker else "",
        fate="missed" if not near else "speaker" if not right else "found" if whole else "part",
        exact=any(pair.label is label for pair in pairs.exact),
        given=() if right else tuple(dict.fromkeys(quote.speaker for quote in near if quote.speaker)),
    )


def _said(  # one quote and everything it is held against
    case: Case, number: int, quote: Said, pairs: _Pairs, labels: Mapping[int, LabelView], lost: Lost
) -> SaidView:
    pair = next((each for each in pairs.within if each.said is quote), None)
    fate = _fate(quote, pair, lost)
    wanted = None
    if pair is not None and fate in {"no speaker", "wrong speaker"}:
        wanted = pair.label.speaker.name if pair.label.speaker else "nobody"
    return SaidView(
        number=number,
        anchor=f"{case.id}-s{number}",
        start=quote.start,
        end=quote.end,
        text=quote.text,
        kind=quote.kind,
        speaker=quote.speaker,
        role=quote.role,
        fate=fate,
        label=labels[pair.label.start] if pair else None,
        wanted=wanted,
        notes=tuple(_notes(quote, pairs, lost)),
    )


def _fate(quote: Said, pair: Pair | None, lost: Lost) -> SaidFate:
    if quote.text in lost.get("quotes.verbatim", ()):
        return "not in the article"
    if pair is None:
        return "no speech"
    if matching.same_speaker(quote.speaker, pair.label.speaker):
        return "right"
    return "wrong speaker" if quote.speaker else "no speaker"


def _notes(quote: Said, pairs: _Pairs, lost: Lost) -> Iterator[str]:
    if f"{quote.speaker}: {quote.text}" in lost.get("quotes.not_speakers", ()):
        yield "this person says nothing in the article"
    close = next((pair for pair in pairs.overlapping if pair.said is quote), None)
    if close and quote.kind and not matching.same_kind(close):
        yield f"labelled as {close.label.kind} speech"
