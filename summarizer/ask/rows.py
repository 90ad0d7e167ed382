"""Sections of an office's own: asked for row by row, proved field by field, asked for again where they are not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.ask import chunks, drafts, prompts
from summarizer.ask.chunks import Section as Part
from summarizer.ask.gather import gather
from summarizer.ask.trust import Trust, harm, open_to
from summarizer.checks import StatementChecker
from summarizer.digest import FieldRecord, Row, Section
from summarizer.errors import ContextWindowError, ModelError, OutputSchemaError
from summarizer.llm.prompt import Prompt
from summarizer.llm.tokens import tokens
from summarizer.tasks import Task
from summarizer.tasks.field import SENTENCES, Field, Proof
from summarizer.tasks.prove import Proved, prove

if TYPE_CHECKING:
    from summarizer.ask.house import House
    from summarizer.llm.client import Session

__all__ = ["GroundedSection", "ask"]

#: Tokens of a value, by its proof, and of what stands around it.
_TOKENS: Mapping[Proof, int] = {"quote": 120, "name": 25, "figure": 20, "date": 20, "choice": 15, "text": 80}
_MOST_TOKENS, _USUAL_TOKENS = 4_000, 1_500


@dataclass(frozen=True, slots=True)
class GroundedSection:
    """A section as it is published.

    Attributes:
        section: the part of the digest.
        findings: each with its place inside the section, ``""`` for the whole of it.
    """

    section: Section
    findings: tuple[Finding, ...]

    def at(self, position: int) -> Iterator[Finding]:
        """Yield the findings as of section number `position` of the digest."""
        yield from (replace(f, where=f"/sections/{position}{f.where}") for f in self.findings)


@dataclass(frozen=True, slots=True)
class _Told:
    """One row of an answer: its values, each with what is objected to."""

    values: tuple[Proved, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for each in self.values for f in each.findings)

    @property
    def texts(self) -> frozenset[tuple[str, str]]:
        """What it says, for telling it from others."""
        return frozenset((v.field.name, (v.value.text if v.value else v.given).casefold()) for v in self.values)


async def ask(
    session: "Session", checker: StatementChecker, house: "House", trust: Trust
) -> tuple[GroundedSection, ...]:
    """Return the section of each task of a house; none where it has none, and no question is asked then.

    One that cannot be had is empty, with a finding: it does not take the digest away.

    Raises:
        ContextWindowError: the window turned out smaller; the article must be split.
    """
    questions = [_Question(session, checker, task, house, trust) for task in house.tasks]
    return tuple(await gather(each.section() for each in questions)) if questions else ()


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for one task about one article."""

    session: "Session"
    checker: StatementChecker
    task: Task
    house: "House"
    trust: Trust

    async def section(self) -> GroundedSection:
        """Ask for the rows, and once again where something is objected to."""
        try:
            answers = await gather(self._answered(part) for part in self._parts())
        except ContextWindowError:
            raise  # the article will be split
        except (ModelError, OutputSchemaError) as error:
            message = f"there are no “{self.task.title}”: {error}"
            return GroundedSection(self._made(()), (Finding("field.missing", message),))
        return self._published(list(chain.from_iterable(answers)))

    def _parts(self) -> tuple[Part, ...]:
        more = self.house.further_tokens + tokens(self.task.ask) + max(0, self._max_tokens - _USUAL_TOKENS)
        more += sum(tokens(field.says) for field in self.task.fields)
        return chunks.split(self.checker.reading.article, self.session.context_tokens, more)

    async def _answered(self, part: Part) -> Sequence[_Told]:
        draft = drafts.section(self.task, part.first + 1, part.last)
        answer = await self.session.ask(self._prompt(part, ()), draft, self._max_tokens)
        first = self._rows(answer.value)
        if not any(open_to(row.findings) for row in first):
            return first
        try:
            again = await self.session.ask(self._prompt(part, first), draft, self._max_tokens)
        except ContextWindowError:
            raise  # the article will be split
        except (ModelError, OutputSchemaError):
            return first  # the call is on record; the rows stay as they are, with their findings
        second = self._rows(again.value)
        return max((first, second), key=self._worth)

    def _worth(self, rows: Sequence[_Told]) -> tuple[int, tuple[int, ...]]:
        """Return how good an answer is: how much of it stands, then how little is objected to."""
        stands = sum(self._stands(each) for row in rows for each in row.values)
        return stands, tuple(-each for each in harm(f for row in rows for f in row.findings))

    @property
    def _max_tokens(self) -> int:
        row = 30 + sum(8 + field.most * _TOKENS[field.proof] for field in self.task.fields)
        return min(_MOST_TOKENS, 100 + self.task.most * row)

    def _prompt(self, part: Part, objected: Sequence[_Told]) -> Prompt:
        task = self.task
        fields = [
            {"name": f.name, "says": f.says, "proof": f.proof, "most": f.most if f.many else 0, "choices": f.choices}
            for f in task.fields
        ]
        rows = [self._shown(number, row) for number, row in enumerate(objected, 1)]
        values = {"title": task.title, "ask": task.ask, "most": task.most, "fields": fields, "rows": rows}
        made = self.house.templates.load("fields").render(part.values, values)
        return replace(made, task=f"fields.{task.name}", signature=f"{made.signature}+{task.hash[:8]}")

    def _shown(self, number: int, row: _Told) -> Mapping[str, Any]:
        told = [f"{each.field.name}: {prompts.as_data(each.given)}" for each in row.values]
        objections = [
            f"{each.field.name}: {prompts.as_data(f.message)}" for each in row.values for f in open_to(each.findings)
        ]
        return {"number": number, "text": "; ".join(told), "objections": objections}

    def _rows(self, answer: "drafts.SectionDraft") -> list[_Told]:
        """Return the rows of an answer that say something, no two alike."""
        rows: dict[frozenset[tuple[str, str]], _Told] = {}
        for given in answer.told():
            row = self._row(given)
            if row.values:
                rows.setdefault(row.texts, row)
        return list(rows.values())[: self.task.most]

    def _row(self, given: Mapping[str, Any]) -> _Told:
        """Prove what is written first: where that stands is where the figures beside it are looked for."""
        every = self.checker.reading.article.sentences
        cited = tuple(n - 1 for n in given[SENTENCES] if 0 < n <= len(every) and every[n - 1].text)
        written = {f: self._values(f, given, cited) for f in self.task.fields if f.proof == "text"}
        spans = {offsets for own in written.values() for p in own if p.value for offsets in p.value.evidence}
        home = tuple(i for i, s in enumerate(every) if (s.start, s.end) in spans)
        near = tuple(dict.fromkeys((*home, *cited)))
        cut = {f: self._values(f, given, near, home) for f in self.task.fields if f.proof != "text"}
        return _Told(tuple(each for f in self.task.fields for each in {**written, **cut}[f]))

    def _values(
        self, field: Field, given: Mapping[str, Any], near: Sequence[int], home: Sequence[int] = ()
    ) -> list[Proved]:
        lines = [line for line in map(one_line, given[field.name]) if any(map(str.isalnum, line))]
        once = list(dict.fromkeys(lines))[: field.most]
        return [prove(field, line, near, self.checker, home) for line in once]

    def _stands(self, each: Proved) -> bool:
        return each.value is not None and self.trust.against(each.findings) is None

    def _published(self, told: Sequence[_Told]) -> GroundedSection:
        """Return the rows with what stands, and say what does not."""
        rows: list[Row] = []
        findings: list[Finding] = []
        for row in {row.texts: row for row in told}.values():
            standing = [each for each in row.values if self._stands(each)]
            findings += self._gone(row)
            missing = [f.title for f in self.task.fields if f.required and all(e.field != f for e in standing)]
            if missing:
                message = f"a row was left out, for it has no {', '.join(missing)}: {self._shown(0, row)['text']}"
                findings.append(Finding("field.row", message))
            elif len(rows) < self.task.most:
                findings += _placed(standing, len(rows))
                rows.append(Row(values=tuple(each.value for each in standing if each.value)))
        return GroundedSection(self._made(rows), tuple(findings))

    def _gone(self, row: _Told) -> Iterator[Finding]:
        for each in row.values:
            against = self.trust.against(each.findings)
            if not self._stands(each):
                why = against.message if against else ""
                message = f"{each.field.title} {each.given!r} was left out: {why}"
                yield Finding("field.left_out", message, span=against.span if against else None)

    def _made(self, rows: Sequence[Row]) -> Section:
        known = tuple(
            FieldRecord(name=f.name, title=f.title, proof=f.proof, choices=f.choices) for f in self.task.fields
        )
        return Section(name=self.task.name, title=self.task.title, fields=known, rows=tuple(rows))


def _placed(standing: Sequence[Proved], row: int) -> Iterator[Finding]:
    for i, each in enumerate(standing):
        yield from (replace(f, where=f"/rows/{row}/values/{i}") for f in each.findings)
