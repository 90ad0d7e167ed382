"""How well the rules read German news that others labelled.

``python -m bench.german [--half mend|read|all] [--data DIR] [-v]`` reads ``wikinews_de/quotes.jsonl`` in DATA (else
``../shared/data`` beside the checkout), which is not part of this project: quotations with their type and speaker as
spans of characters. A passage is found where it shares 0.8 of the characters of both together. What is found as direct
speech is held against the labels ``Direct``. Reported speech is wanted where the label is ``Indirect``; one found at
any label but ``Direct`` is right, and reported speech that runs on counts sentence by sentence, as they label it;
``as found`` counts it in one piece. A speaker is right where it stands at the label's place or one of the two names
holds the other; one that the text gives as a pronoun is not counted, for the label does not say whom it stands for.
Alarms on professional translations are counted by `bench.translations`.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from summarizer import speech
from summarizer.article import segment

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LEAST = 0.8
PRONOUNS = frozenset(
    {"er", "sie", "es", "ihm", "ihr", "dieser", "diese", "der", "die", "das", "ihnen", "wir", "ich", ""}
)
MARKS = "„“”\"»«›‹‚‘' \n\t,.:;!?"


@dataclass(frozen=True, slots=True)
class Label:
    """A quotation as others labelled it: its kind, its characters and where its speaker stands."""

    kind: str
    places: frozenset[int]
    speaker: str
    where: frozenset[int]


@dataclass(slots=True)
class Score:
    """Counts of one kind of speech."""

    wanted: int = 0
    reached: int = 0
    found: int = 0
    right: int = 0
    named: int = 0
    named_right: int = 0
    missed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        recall, precision = self.reached / max(self.wanted, 1), self.right / max(self.found, 1)
        both = 2 * recall * precision / max(recall + precision, 1e-9)
        return (
            f"recall {self.reached}/{self.wanted} ({recall:.2f}), precision {self.right}/{self.found} "
            f"({precision:.2f}), F1 {both:.3f}; speaker right {self.named_right}/{self.named} "
            f"({self.named_right / max(self.named, 1):.2f})"
        )


def documents(path: Path, half: str) -> Iterator[tuple[str, list[Label]]]:
    """Yield the articles of one half with their labels."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        odd = hashlib.sha256(row["document"].encode()).digest()[1] % 2
        if half == "all" or (half == "read") == bool(odd):
            text = row["text"]
            yield text, [_label(text, quote) for quote in row["quotes"]]


def _label(text: str, quote: dict[str, Any]) -> Label:
    spans, where = quote["quote"], quote["speaker"]
    places = frozenset(place for low, high in spans for place in _trimmed(text, low, high))
    held = frozenset(place for low, high in where for place in range(low, high))
    return Label(str(quote["type"]), places, str(quote["speaker_text"]), held)


def _trimmed(text: str, low: int, high: int) -> range:
    while low < high and text[low] in MARKS:
        low += 1
    while high > low and text[high - 1] in MARKS:
        high -= 1
    return range(low, high)


def _places(text: str, said: speech.Speech) -> frozenset[int]:
    """Return the characters that are said; a cue in the middle of them is none of them for the labels."""
    return frozenset(_trimmed(text, said.start, said.end)) - frozenset(range(*(said.cue or (0, 0))))


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two passages share enough of their characters."""
    return len(one & other) >= LEAST * len(one | other)


def score(text: str, labels: Sequence[Label], direct: Score, reported: Score, *, parted: bool = True) -> None:
    """Add one article to the counts; reported speech that runs on is `parted` into its sentences."""
    found = [(said, _places(text, said)) for said in (_parted(text) if parted else speech.find(text, "de"))]
    for own, wanted, kinds in (
        (direct, {"Direct"}, {"Direct"}),
        (reported, {"Indirect"}, {label.kind for label in labels} - {"Direct"}),
    ):
        said = [each for each in found if (each[0].kind == "direct") == (own is direct)]
        _count(text, own, said, [label for label in labels if label.kind in wanted])
        for one, places in said:
            label = next((label for label in labels if label.kind in kinds and alike(places, label.places)), None)
            own.right += label is not None
            _judge(text, own, one, label)


def _parted(text: str) -> Iterator[speech.Speech]:
    """Yield what is found, reported speech sentence by sentence."""
    for said in speech.find(text, "de"):
        whole = said.kind == "direct"
        for low, high in [(said.start, said.end)] if whole else _sentences(text, said.start, said.end):
            yield replace(said, start=low, end=high)


def _sentences(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    return ((low + each.start, low + each.end) for each in segment.split(text[low:high], "de"))


def _count(
    text: str, own: Score, found: Sequence[tuple[speech.Speech, frozenset[int]]], labels: Sequence[Label]
) -> None:
    own.found += len(found)
    own.wanted += len(labels)
    for label in labels:
        reached = any(alike(places, label.places) for _, places in found)
        own.reached += reached
        if not reached and label.places:
            low, high = min(label.places), max(label.places) + 1
            own.missed.append(text[max(0, low - 90) : low] + "[[" + text[low:high] + "]]" + text[high : high + 70])


def _judge(text: str, own: Score, said: speech.Speech, label: Label | None) -> None:
    if label is None or said.speaker is None or label.speaker.lower() in PRONOUNS:
        if label is None:
            own.missed.append(f"NOT A LABEL [[{text[said.start : said.end]}]] {said.speaker and said.speaker.name}")
        return
    right = _same(said.speaker, label)
    own.named += 1
    own.named_right += right
    if not right:
        own.missed.append(f"SPEAKER {said.speaker.name} / {said.speaker.role} for {label.speaker}")


def _same(speaker: speech.Speaker, label: Label) -> bool:
    given = [name.lower() for name in (speaker.name, speaker.role, speaker.organisation) if name]
    wanted = label.speaker.lower()
    if not label.where.isdisjoint(range(speaker.start, speaker.end)):
        return True
    return any(name in wanted or wanted in name or _last(name) == _last(wanted) for name in given)


def _last(name: str) -> str:
    return (re.findall(r"[\w-]+", name) or [name])[-1]


def main() -> None:
    """Print both scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=("mend", "read", "all"), default="mend")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("-v", "--verbose", action="store_true")
    asked = parser.parse_args()
    direct, reported, whole, articles = Score(), Score(), Score(), 0
    if not (asked.data / "wikinews_de").is_dir():
        sys.stdout.write(f"no outside data in {asked.data}; skipping it\n")
        return
    for text, labels in documents(asked.data / "wikinews_de" / "quotes.jsonl", asked.half):
        articles += 1
        score(text, labels, direct, reported)
        score(text, labels, Score(), whole, parted=False)
    sys.stdout.write(f"{articles} articles\ndirect:   {direct}\nreported: {reported}\nas found: {whole}\n")
    for name, own in (("direct", direct), ("reported", reported)) if asked.verbose else ():
        for line in own.missed:
            sys.stdout.write(f"{name}: {line!r}\n")


if __name__ == "__main__":
    main()
