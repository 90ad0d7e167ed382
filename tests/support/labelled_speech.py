"""The articles labelled by hand for speech, and the measures of issue 4 on them.

Most are the gold of the evals (part ``gold``); others, labelled for speech alone, are in
``tests/languages/<code>/articles``.
There a file holds a header, ``---`` and the article. In the header stand the part and a line for each speaker:
``key: name | role | organisation``. In the article ``{d key}…{/}`` marks direct and ``{r key}…{/}`` reported speech
(with the speaker's own words in it or not); the key ``-`` is a speaker the article does not name.
Marks and blanks at the ends of a label are not part of it, and the last stop or comma may be or not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.evals import cases
from summarizer.speech import Speech, find

__all__ = ["Counts", "Gold", "Labelled", "articles", "measure"]

LANGUAGES = Path(__file__).resolve().parents[1] / "languages"
GOLD = Path(__file__).resolve().parents[2] / "evals" / "gold"
_TAG = re.compile(r"\{([dr]) ([^{}]+)\}|\{/\}")
_MARKS = "\"'“”‘’«»「」『』"
_STOPS = " \n.,;:。，；：…"


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled stretch; `name`, `role` and `organisation` are empty where the article gives none."""

    start: int
    end: int
    direct: bool
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled article."""

    name: str
    language: str
    part: str
    text: str
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Counts:
    """Counts first, scores after: of gold labels, of what was found, of what agrees."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: int, found: int, right: int) -> None:
        self.gold += gold
        self.found += found
        self.right += right

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def articles(language: str, part: str | None = None) -> Iterator[Labelled]:
    """Yield the labelled articles of a language, those of the gold first, in order of their names."""
    files = (path for folder in ("recorded", "unrecorded") for path in (GOLD / folder).glob(f"{language}-*.json"))
    gold = (_of_case(path) for path in sorted(files, key=lambda path: path.name))
    own = (_read(path, language) for path in sorted((LANGUAGES / language / "articles").glob("*.txt")))
    for labelled in (*gold, *own):
        if part is None or labelled.part == part:
            yield labelled


def _of_case(path: Path) -> Labelled:
    case = cases.read(path)
    gold = [
        Gold(
            quote.start,
            quote.end,
            quote.kind == "direct",
            quote.speaker.name if quote.speaker else "",
            (quote.speaker.role or "") if quote.speaker else "",
            (quote.speaker.organisation or "") if quote.speaker else "",
        )
        for quote in case.quotes
    ]
    return Labelled(case.id, case.language, "gold", case.text, tuple(gold))


def _read(path: Path, language: str) -> Labelled:
    header, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    lines = dict(line.split(":", 1) for line in header.splitlines())
    speakers = {key: [field.strip() for field in value.split("|")] for key, value in lines.items()}
    speakers["-"] = [""]
    pieces: list[str] = []
    gold: list[Gold] = []
    opened: tuple[int, str, str] | None = None
    at = length = 0
    for tag in _TAG.finditer(body):
        pieces.append(body[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        if tag[1]:
            opened = length, tag[1], tag[2]
        else:
            start, kind, key = opened
            gold.append(_label("".join(pieces), start, length, kind, speakers[key]))
    pieces.append(body[at:])
    return Labelled(path.stem, language, speakers["part"][0], "".join(pieces), tuple(gold))


def _label(text: str, start: int, end: int, kind: str, speaker: Sequence[str]) -> Gold:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    if kind == "d" and text[start] in _MARKS:
        end -= text[end - 1] in _MARKS
        start += 1
    return Gold(start, end, kind == "d", *[*speaker, "", ""][:3])


def overlap(gold: Gold, found: Speech) -> float:
    """Return the shared code points over those of either."""
    shared = min(gold.end, found.end) - max(gold.start, found.start)
    return max(0, shared) / (max(gold.end, found.end) - min(gold.start, found.start))


def measure(article: Labelled) -> tuple[dict[str, Counts], list[str]]:
    """Count what the rules find in an article, and describe each disagreement."""
    found = find(article.text, article.language)
    counts = {name: Counts() for name in ("direct", "reported", "speaker", "named", "role")}
    notes: list[str] = []
    left = list(found)
    for gold in article.gold:
        kind = "direct" if gold.direct else "reported"
        counts[kind].gold += 1
        match = next(
            (s for s in left if (s.kind == "direct") == gold.direct and _agrees(article.text, gold, s)), None
        )
        if match is None:
            notes.append(f"missed {kind}: {article.text[gold.start : gold.end]!r}")
            continue
        left.remove(match)
        counts[kind].right += 1
        _count_speaker(gold, match, counts, notes)
    for kind in ("direct", "reported"):
        counts[kind].found = sum((s.kind == "direct") == (kind == "direct") for s in found)
    notes += [f"extra {s.kind}: {article.text[s.start : s.end]!r} ({s.speaker and s.speaker.name})" for s in left]
    return counts, notes


def _agrees(text: str, gold: Gold, found: Speech) -> bool:
    if not gold.direct:
        return overlap(gold, found) >= 0.8
    ends = [len(text[span.start : span.end].rstrip(_STOPS)) + span.start for span in (gold, found)]
    return found.start == gold.start and ends[0] == ends[1]


def _count_speaker(gold: Gold, found: Speech, counts: dict[str, Counts], notes: list[str]) -> None:
    name = found.speaker.name if found.speaker else ""
    role = (found.speaker.role or "") if found.speaker else ""
    counts["speaker"].add(1, int(bool(name)), int(name == gold.name))
    counts["named"].add(1, int(bool(name)), int(bool(name) or not gold.name))
    counts["role"].add(1, int(bool(role)), int(role == gold.role))
    if name != gold.name or role != gold.role:
        notes.append(f"speaker {name!r} {role!r} for {gold.name!r} {gold.role!r}")
