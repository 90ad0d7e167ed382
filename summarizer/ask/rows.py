"""Sections of an office's own: asked for row by row, proved field by field, read a second time, asked for again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.ask import chunks, drafts, prompts
from summarizer.ask.chunks import Section as Part
from summarizer.ask.gather import gather
from summarizer.ask.review import Pair
from summarizer.ask.trust import Trust, harm, open_to
from summarizer.checks import StatementChecker
from summarizer.digest import FieldRecord, Offsets, Row, Section
from summarizer.errors import ContextWindowError, ModelError, OutputSchemaError
from summarizer.llm.prompt import Prompt
from summarizer.llm.tokens import fewest, tokens
from summarizer.tasks import Task
from summarizer.tasks.field import SENTENCES, Field, Proof
from summarizer.tasks.prove import Proved, prove

if TYPE_CHECKING:
    from summarizer.ask.house import House
    from summarizer.llm.client import Session

__all__ = ["Answered", "GroundedSection", "ask", "mend", "reckoned"]

#: Tokens of a value, by its proof, and of what stands around it.
_TOKENS: Mapping[Proof, int] = {"quote": 120, "name": 25, "figure": 20, "date": 20, "choice": 15, "text": 80}
_MOST_TOKENS, _USUAL_TOKENS = 4_000, 1_500
_NO_ARTICLE: Mapping[str, Any] = {"key": "0" * 16, "language": "English", "sentences": ()}
_Key = tuple[str, str, tuple[Offsets, ...]]


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

    def judged(self, left: Mapping[_Key, tuple[Finding, ...]]) -> "_Told":
        """Return it with what a second reading left of the objections to what it has written."""
        return _Told(tuple(replace(v, findings=left.get(_key(v), v.findings)) for v in self.values))

    @property
    def texts(self) -> frozenset[tuple[str, str]]:
        """What it says, for telling it from others."""
        return frozenset((v.field.name, (v.value.text if v.value else v.given).casefold()) for v in self.values)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model answered for one task: the rows of each part of the article.

    Attributes:
        parts: of the article; `rows` are theirs, one list each.
        failed: why there are none; None where there are.
    """

    question: "_Question"
    parts: tuple[Part, ...] = ()
    rows: tuple[Sequence[_Told], ...] = ()
    failed: Finding | None = None

    def pairs(self) -> list[Pair]:
        """Return what the model wrote itself with the sentences behind it, for a second reading."""
        return [self.question.pair(each) for each in self._written()]

    def judged(self, findings: Sequence[tuple[Finding, ...]]) -> "Answered":
        """Return the same with what a second reading leaves of the objections to its `pairs`."""
        left = {_key(each): found for each, found in zip(self._written(), findings, strict=True)}
        return replace(self, rows=tuple([row.judged(left) for row in own] for own in self.rows))

    async def mended(self) -> "Answered":
        """Return the rows asked for once again where something is objected to, whichever are better.

        Raises:
            ContextWindowError: the window turned out smaller; the article must be split.
        """
        asked = zip(self.parts, self.rows, strict=True)
        return replace(self, rows=tuple(await gather(self.question.better(part, rows) for part, rows in asked)))

    def published(self) -> GroundedSection:
        """Return the section with what stands."""
        if self.failed:
            return GroundedSection(self.question.made(()), (self.failed,))
        return self.question.published(list(chain.from_iterable(self.rows)))

    def _written(self) -> list[Proved]:
        every = (each for rows in self.rows for row in rows for each in row.values if each.field.proof == "text")
        return list({_key(each): each for each in every}.values())


async def ask(session: "Session", checker: StatementChecker, house: "House", trust: Trust) -> tuple[Answered, ...]:
    """Return the rows of each task of a house; none where it has none, and no question is asked then.

    One that cannot be had is empty, with a finding: it does not take the digest away.

    Raises:
        ContextWindowError: the window turned out smaller; the article must be split.
    """
    questions = [_Question(session, checker, task, house, trust) for task in house.tasks]
    return tuple(await gather(each.answered() for each in questions)) if questions else ()


async def mend(answered: Sequence[Answered], *, asked: bool = False) -> tuple[Answered, ...]:
    """Return what was answered, asked for once again where something is objected to; not what was `asked` already.

    Raises:
        ContextWindowError: the window turned out smaller; the article must be split.
    """
    return tuple(answered) if asked else tuple(await gather(each.mended() for each in answered))


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for one task about one article."""

    session: "Session"
    checker: StatementChecker
    task: Task
    house: "House"
    trust: Trust

    async def answered(self) -> Answered:
        """Ask for the rows."""
        parts = self._parts()
        try:
            return Answered(self, parts, tuple(await gather(self._rows_of(part, ()) for part in parts)))
        except ContextWindowError:
            raise  # the article will be split
        except (ModelError, OutputSchemaError) as error:
            message = f"there are no “{self.task.title}”: {error}"
            return Answered(self, failed=Finding("field.missing", message))

    def _parts(self) -> tuple[Part, ...]:
        more = self.house.further_tokens + tokens(self.task.ask) + max(0, self._max_tokens - _USUAL_TOKENS)
        more += sum(tokens(field.says) for field in self.task.fields)
        return chunks.split(self.checker.reading.article, self.session.context_tokens, more)

    async def better(self, part: Part, first: Sequence[_Told]) -> Sequence[_Told]:
        """Ask for rows again where something is objected to; what is written as before was read already."""
        if not any(open_to(row.findings) for row in first):
            return first
        try:
            again = await self._rows_of(part, first)
        except ContextWindowError:
            raise  # the article will be split
        except (ModelError, OutputSchemaError):
            return first  # the call is on record; the rows stay as they are, with their findings
        known = {_key(v): v.findings for row in first for v in row.values if v.field.proof == "text"}
        return max((first, [row.judged(known) for row in again]), key=self._worth)

    async def _rows_of(self, part: Part, objected: Sequence[_Told]) -> Sequence[_Told]:
        draft = drafts.section(self.task, part.first + 1, part.last)
        answer = await self.session.ask(self._prompt(part, objected), draft, self._max_tokens)
        return self._rows(answer.value)

    def pair(self, written: Proved) -> Pair:
        """Return a value of the model's own words with the sentences behind it."""
        spans = written.value.evidence if written.value else ()
        behind = [i for i, s in enumerate(self.checker.reading.article.sentences) if (s.start, s.end) in spans]
        source = " ".join(self.checker.reading.article.sentences[i].text for i in behind)
        return Pair(source, written.given, written.findings, sentences=tuple(i + 1 for i in behind))

    def _worth(self, rows: Sequence[_Told]) -> tuple[int, tuple[int, ...]]:
        """Return how good an answer is: how much of it nobody objects to, then how little is objected to.

        What is doubted does not count: an answer that leaves it empty did as it was told. Nor does what stands in a
        row that is left out, so that no row is given away to be rid of a doubt.
        """
        whole = [row for row in rows if not self._missing(row)]
        sound = sum(self._stands(each) and not open_to(each.findings) for row in whole for each in row.values)
        return sound, tuple(-each for each in harm(f for row in rows for f in row.findings))

    @property
    def _max_tokens(self) -> int:
        row = 30 + sum(8 + field.most * _TOKENS[field.proof] for field in self.task.fields)
        return min(_MOST_TOKENS, 100 + self.task.most * row)

    def _prompt(self, part: Part, objected: Sequence[_Told]) -> Prompt:
        rows = [self._shown(number, row) for number, row in enumerate(objected, 1)]
        return _prompt(self.task, self.house, part.values, rows)

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

    def _missing(self, row: _Told) -> list[str]:
        """Return the titles of the fields that a row must have and of which nothing stands."""
        there = {each.field for each in row.values if self._stands(each)}
        return [field.title for field in self.task.fields if field.required and field not in there]

    def published(self, told: Sequence[_Told]) -> GroundedSection:
        """Return the rows with what stands, and say what does not."""
        rows: list[Row] = []
        findings: list[Finding] = []
        for row in {row.texts: row for row in told}.values():
            standing = [each for each in row.values if self._stands(each)]
            findings += self._gone(row)
            if missing := self._missing(row):
                needs = f"each needs {', '.join(missing)}, and none was given that the article bears out"
                message = f"a row was left out: {needs}: {self._shown(0, row)['text']}"
                findings.append(Finding("field.row", message))
            elif standing and len(rows) < self.task.most:
                findings += _placed(standing, len(rows))
                rows.append(Row(values=tuple(each.value for each in standing if each.value)))
        return GroundedSection(self.made(rows), tuple(findings))

    def _gone(self, row: _Told) -> Iterator[Finding]:
        for each in row.values:
            against = self.trust.against(each.findings)
            if not self._stands(each):
                why = against.message if against else ""
                message = f"{each.field.title} {each.given!r} was left out: {why}"
                yield Finding("field.left_out", message, span=against.span if against else None)

    def made(self, rows: Sequence[Row]) -> Section:
        """Return the part of the digest."""
        task = self.task
        known = tuple(
            FieldRecord(name=f.name, title=f.title, proof=f.proof, choices=f.choices, titles=task.titles(f.name))
            for f in task.fields
        )
        return Section(name=task.name, title=task.title, fields=known, rows=tuple(rows), titles=task.titles())


def _prompt(task: Task, house: "House", article: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Prompt:
    fields = [
        {
            "name": f.name,
            "says": f.says,
            "proof": f.proof,
            "most": f.most if f.many else 0,
            "choices": f.choices,
            "required": f.required,
        }
        for f in task.fields
    ]
    values = {"title": task.title, "ask": task.ask, "most": task.most, "fields": fields, "rows": rows}
    made = house.templates.load("fields").render(article, values)
    return replace(made, task=f"fields.{task.name}", signature=f"{made.signature}+{task.hash[:8]}")


def reckoned(task: Task, house: "House") -> tuple[float, float]:
    """Return about how many tokens a task's question has beside the article, its schema included, and its answer.

    Of its rows a third are there, as a rule, of a list a quarter, and a value has an eighth of its room: counted over
    the articles whose rows are labelled.
    """
    asked = _prompt(task, house, _NO_ARTICLE, ())
    schema = json.dumps(drafts.section(task, 1, 1).model_json_schema(), ensure_ascii=False)
    texts = [schema, *(message.content for message in asked.messages)]
    row = 6 + sum(3 + max(1, f.most / 4) * _TOKENS[f.proof] / 8 for f in task.fields)
    return sum(tokens(text) + fewest(text) for text in texts) / 2, 8 + task.most / 3 * row


def _placed(standing: Sequence[Proved], row: int) -> Iterator[Finding]:
    for i, each in enumerate(standing):
        yield from (replace(f, where=f"/rows/{row}/values/{i}") for f in each.findings)


def _key(written: Proved) -> _Key:
    """Return by what a value of the model's own words is known again: its field, its words, what says it."""
    return written.field.name, written.given, written.value.evidence if written.value else ()
