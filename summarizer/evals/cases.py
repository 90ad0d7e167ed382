"""Gold: one file per article with what a careful reader marked in it (``schemas/gold.v1.schema.json``).

Offsets are half-open pairs of Unicode code points in ``text``, and every span repeats the words it covers, so that a
file that was edited in one place only is found out.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from summarizer import article, figures, languages
from summarizer.errors import ArticleError, ConfigurationError, GoldError
from summarizer.evals.files import fault

__all__ = [
    "PLACE",
    "Case",
    "KeyFact",
    "Mark",
    "Party",
    "QuoteLabel",
    "Reference",
    "Trap",
    "chosen",
    "gold_hash",
    "load",
    "read",
    "schema",
]

#: What editors check gold against; it may lie beside the gold files and is none.
SCHEMA_FILE = "gold.v1.schema.json"
#: Where a person has to write.
PLACE = "…"
#: What a case may be called: its name is a file's, an anchor's and part of reports.
ID = r"^[a-z0-9][a-z0-9._-]*$"
_WRITE_ONE = "write one with: summarizer eval label ARTICLE --out FILE"
SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"

Wordings = Annotated[
    dict[str, tuple[tuple[str, ...], ...]],
    Field(
        description="language → groups of alternatives, without regard to case; a statement says it when every group "
        "has at least one alternative in it"
    ),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mark(_Part):
    """A stretch of the article."""

    start: NonNegativeInt
    end: NonNegativeInt
    text: str = Field(min_length=1, description="text[start:end] of the article")


#: A row of a task of an office's own: field → values, names, figures and dates as printed.
GoldRow = Annotated[
    dict[str, tuple[Annotated[str, Field(min_length=1)], ...]],
    Field(description="field → its values; those that are cut out of the article as it prints them", min_length=1),
]


class Party(_Part):
    """Who speaks, in the article's words."""

    name: str = Field(min_length=1)
    role: str | None = None
    organisation: str | None = None


class QuoteLabel(Mark):
    """What somebody says: without the outer marks, without the reporting words."""

    kind: Literal["direct", "reported"]
    speaker: Party | None = Field(description="null where the article does not tell")


class KeyFact(_Part):
    """One checkable thing that a brief of this article must not miss."""

    fact: str = Field(min_length=1, description="in the article's language")
    evidence: tuple[Mark, ...] = Field(min_length=1)
    values: tuple[str, ...] = Field(description="figures, as printed, that a statement of it must carry")
    wordings: Wordings


class Trap(_Part):
    """A wrong statement that is tempting for this article."""

    wrong: str = Field(min_length=1)
    why: str = Field(min_length=1)
    values: tuple[str, ...] = Field(description="wrong figures, written in the article's language")
    wordings: Wordings


class ReferenceLine(_Part):
    """One sentence of a reference brief, in the article's language and in the brief's."""

    source: str = Field(min_length=1)
    target: str = Field(min_length=1)


class Reference(_Part):
    """A brief written with care by a person who knows both languages."""

    headline: ReferenceLine
    lines: tuple[ReferenceLine, ...] = Field(min_length=1)

    @property
    def target(self) -> str:
        """The whole of it in its language, a line a sentence."""
        return "\n".join((self.headline.target, *(line.target for line in self.lines)))


class Case(_Part):
    """One article with its labels."""

    schema_: str | None = Field(None, alias="$schema", description="where editors find the schema")
    gold_version: Literal["1"]
    id: str = Field(pattern=ID, description="the file's name without .json")
    part: Literal["development", "held"] = Field(description="held: not looked at while rules and prompts changed")
    origin: str = Field(min_length=1, description="where the article is from")
    labellers: NonNegativeInt = Field(description="how many labelled the quotes on their own; 0 is a draft by rule")
    language: str
    targets: tuple[str, ...] = Field(description="languages of the briefs")
    text: str = Field(min_length=1)
    key_facts: tuple[KeyFact, ...]
    quotes: tuple[QuoteLabel, ...]
    not_speakers: tuple[Mark, ...] = Field(description="named in the article, and said nothing")
    figures: tuple[Mark, ...] = Field(description="figures that a brief of it would carry")
    garbled: tuple[Mark, ...] = Field(description="figures that cannot be right as printed")
    traps: tuple[Trap, ...]
    briefs: dict[str, Reference] = Field(description="language → reference brief, one for each target")
    sections: dict[str, tuple[GoldRow, ...]] = Field(
        default={},
        description="task of an office's own → its rows; an empty list where the article has none, no name where the "
        "task is not labelled",
    )

    def faults(self) -> Iterator[str]:
        """Yield what contradicts the article or itself, as ``place: what is wrong``."""
        if not self.labellers:
            yield "labellers: 0, a draft that nobody has corrected: read the article, correct it, then write 1"
        yield from self._of_text()
        for place, mark in self._marks():
            if self.text[mark.start : mark.end] != mark.text:
                found = self.text[mark.start : mark.end]
                yield f"{place}: [{mark.start}, {mark.end}) of the text is {found!r}, not {mark.text!r}"
        for place, labels in (
            ("quotes", self.quotes),
            ("figures", self.figures),
            ("garbled", self.garbled),
            ("not_speakers", self.not_speakers),
        ):
            yield from _doubled(place, labels)
        for i, fact in enumerate(self.key_facts):
            yield from _doubled(f"key_facts/{i}/evidence", fact.evidence)
        facts = [fact.fact for fact in self.key_facts]
        yield from (f"key_facts/{i}: the same fact stands above" for i, f in enumerate(facts) if f in facts[:i])
        yield from _overlapping(self.quotes)
        if len(set(self.targets)) != len(self.targets):
            yield "targets: a language stands there twice"
        if set(self.briefs) != set(self.targets):
            yield f"briefs: {sorted(self.briefs)} do not match the targets {sorted(self.targets)}"
        yield from self._of_wordings()
        yield from self._of_sections()

    def _of_text(self) -> Iterator[str]:
        for code in (languages.base(self.language), *self.targets):
            if not languages.known(code) or code != languages.base(code):
                yield f"language: {code!r} is not one of {', '.join(languages.available())}, and not known otherwise"
                return
        try:
            clean = article.from_text(self.text, source=self.id, language=self.language).text
        except ArticleError as error:
            yield f"text: {error}"
            return
        if clean != self.text:
            at = next((i for i, (a, b) in enumerate(zip(clean, self.text, strict=False)) if a != b), len(clean))
            yield f"text: not clean from character {at} on; label the text that `summarizer eval label` writes"
        if languages.base(self.language) in self.targets:
            yield f"targets: {self.language!r} is the article's own language"

    def _marks(self) -> Iterator[tuple[str, Mark]]:
        for i, fact in enumerate(self.key_facts):
            yield from ((f"key_facts/{i}/evidence/{j}", mark) for j, mark in enumerate(fact.evidence))
        for name in ("quotes", "not_speakers", "figures", "garbled"):
            yield from ((f"{name}/{i}", mark) for i, mark in enumerate(getattr(self, name)))

    def _of_sections(self) -> Iterator[str]:
        for name, rows in self.sections.items():
            for i, row in enumerate(rows):
                if left := next((field for field, values in row.items() if PLACE in values), None):
                    yield f"sections/{name}/{i}/{left}: write what the article has, or take the field or row out"

    def _of_wordings(self) -> Iterator[str]:
        needed = (languages.base(self.language), *self.targets)
        labels: Sequence[tuple[str, KeyFact | Trap]] = [
            *((f"key_facts/{i}", fact) for i, fact in enumerate(self.key_facts)),
            *((f"traps/{i}", trap) for i, trap in enumerate(self.traps)),
        ]
        for place, label in labels:
            for value in label.values if languages.known(self.language) else ():
                if not figures.find(value, self.language):
                    yield f"{place}/values: {value!r} is no figure that can be read, and would match anything"
            for code in needed:
                groups = label.wordings.get(code, ())
                if not groups or not all(groups) or not all(word.strip() for group in groups for word in group):
                    yield f"{place}/wordings: a group of alternatives for {code!r} is missing or empty"


def read(path: Path) -> Case:
    """Return one gold file, linted.

    Raises:
        GoldError: it cannot be read, does not fit the schema, or contradicts its article.
    """
    try:
        case = Case.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        raise GoldError(f"{path}: {fault(error)}; see `summarizer schema gold`") from None
    if case.id != path.stem:
        raise GoldError(f"{path}: its id is {case.id!r}; the file must be called {case.id}.json")
    if faults := list(case.faults()):
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise GoldError(f"{path}: {faults[0]}{more}")
    return case


def load(folder: Path) -> tuple[Case, ...]:
    """Return the cases of a folder, by file name; folders inside it hold gold of their own and are not read.

    Raises:
        ConfigurationError: there is no such folder.
        GoldError: there is no gold in it, or a file is wrong.
    """
    if not folder.is_dir():
        what = f"{folder} is a file, no gold folder" if folder.exists() else f"there is no gold folder {folder}"
        raise ConfigurationError(f"{what}; name the folder with --gold, or set one up with: summarizer eval init NEW")
    cases = tuple(read(path) for path in sorted(folder.glob("*.json")) if path.name != SCHEMA_FILE)
    if not cases:
        raise GoldError(f"{folder} holds no gold files (*.json); {_elsewhere(folder)}")
    texts: dict[str, str] = {}
    for case in cases:
        if (other := texts.setdefault(case.text, case.id)) != case.id:
            raise GoldError(f"{folder}: {case.id} and {other} label the same article")
    return cases


def chosen(cases: Sequence[Case], ids: Sequence[str]) -> tuple[Case, ...]:
    """Return the cases with these ids, all of them when none is given.

    Raises:
        ConfigurationError: there is no such case.
    """
    known = {case.id: case for case in cases}
    if unknown := [name for name in ids if name not in known]:
        raise ConfigurationError(f"there is no case {unknown[0]!r}; known: {', '.join(sorted(known))}")
    return tuple(known[name] for name in dict.fromkeys(ids)) if ids else tuple(cases)


def gold_hash(cases: Sequence[Case]) -> str:
    """Return the SHA-256 of all labels, whatever the layout of their files; the first 12 hex digits."""
    whole = [_labels(case) for case in sorted(cases, key=lambda c: c.id)]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _labels(case: Case) -> dict[str, Any]:
    """Return the labels of a case; gold without a task of an office's own keeps the hash that it had."""
    return case.model_dump(mode="json", exclude={"schema_"} | ({"sections"} if not case.sections else set()))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a gold file; the committed file holds exactly this."""
    return {"$schema": SCHEMA_ID, **Case.model_json_schema()}


def _elsewhere(folder: Path) -> str:
    """Return what to do about a folder without gold: name one inside it that has some, or write a file."""
    inside = sorted({path.parent for path in folder.glob("*/*.json") if _looks_like_gold(path)})
    return f"name {' or '.join(map(str, inside))}" if inside else _WRITE_ONE


def _looks_like_gold(path: Path) -> bool:
    try:
        return path.name != SCHEMA_FILE and b'"gold_version"' in path.read_bytes()
    except OSError:  # a hint is not worth a failure
        return False


def _doubled(place: str, marks: Sequence[Mark]) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for i, mark in enumerate(marks):
        if (mark.start, mark.end) in seen:
            yield f"{place}/{i}: [{mark.start}, {mark.end}) is labelled twice"
        seen.add((mark.start, mark.end))


def _overlapping(quotes: Sequence[QuoteLabel]) -> Iterator[str]:
    ordered = sorted(quotes, key=lambda quote: quote.start)
    for one, other in pairwise(ordered):
        if other.start < one.end and (one.start, one.end) != (other.start, other.end):
            yield f"quotes: [{one.start}, {one.end}) and [{other.start}, {other.end}) overlap"
