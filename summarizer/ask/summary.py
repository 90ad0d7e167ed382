"""The summary: asked for section by section, and held against the article."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.article.line import finished
from summarizer.article.span import Span
from summarizer.ask import drafts, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.gather import gather
from summarizer.ask.review import Pair
from summarizer.ask.shape import Size
from summarizer.checks import StatementChecker
from summarizer.digest import Statement, Summary
from summarizer.ground.evidence import terms
from summarizer.ground.reading import Reading
from summarizer.ground.statement import Grounded
from summarizer.llm.prompt import Prompt
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.ask.house import House
    from summarizer.llm.client import Session

__all__ = ["GroundedSummary", "SummaryQuestion", "write"]

_OUTPUT_TOKENS_PER_STATEMENT = 180
#: A point that shares this much of its words with another repeats it.
_REPEATED = 0.85
#: What makes two like sentences different ones: names and figures; in Chinese every word counts as one.
_NAMED = re.compile(r"[A-ZÀ-Þ][\w'’-]*|\d+|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class GroundedSummary:
    """A summary held against its article.

    Attributes:
        headline: the headline, with the sentences that say it.
        abstract: its sentences.
        key_points: most important first, no two alike.
        notes: what was left out of it, and why.
    """

    headline: Grounded
    abstract: tuple[Grounded, ...]
    key_points: tuple[Grounded, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def statements(self) -> tuple[Grounded, ...]:
        """The headline, the sentences of the abstract and the key points."""
        return (self.headline, *self.abstract, *self.key_points)

    @property
    def told(self) -> tuple[Grounded, ...]:
        """The sentences of the abstract and the key points, the same words once: the lines of a brief."""
        return tuple({s.text: s for s in reversed((*self.abstract, *self.key_points))}.values())[::-1]

    @property
    def places(self) -> tuple[str, ...]:
        """The JSON pointer of each of the `statements`."""
        points = (f"/summary/key_points/{i}" for i in range(len(self.key_points)))
        return ("/summary/headline", *("/summary/abstract" for _ in self.abstract), *points)

    def findings(self, language: str) -> tuple[Finding, ...]:
        """Return what is objected to, each where it stands, and what was left out; `language` is the article's."""
        stated = zip(self.statements, self.places, self._starts(language), strict=True)
        placed = (replace(f, where=place, within=_from(f.within, at)) for s, place, at in stated for f in s.findings)
        return (*placed, *self.notes)

    def _starts(self, language: str) -> Iterator[int]:
        """Yield where each statement begins in its line of the digest: the abstract is one line."""
        yield 0
        at, joint = 0, languages.get(language).joint
        for sentence in self.abstract:
            yield at
            at += len(sentence.text) + len(joint)
        yield from (0 for _ in self.key_points)

    def replaced(self, statements: Sequence[Grounded], notes: Iterable[Finding] = ()) -> "GroundedSummary":
        """Return the same with other `statements`, as many as it has, and further notes."""
        body = 1 + len(self.abstract)
        return GroundedSummary(
            statements[0], tuple(statements[1:body]), tuple(statements[body:]), (*self.notes, *notes)
        )

    def pairs(self, reading: Reading) -> list[Pair]:
        """Return its statements with the sentences behind them, for a second reading."""
        return [Pair(_behind(s, reading), s.text, s.findings, sentences=_numbers(s)) for s in self.statements]

    def judged(self, findings: Sequence[tuple[Finding, ...]], notes: Iterable[Finding]) -> "GroundedSummary":
        """Return the same with what a second reading leaves of the objections to its `pairs`."""
        told = zip(self.statements, findings, strict=True)
        return self.replaced([replace(s, findings=found) for s, found in told], notes)

    def published(self, language: str) -> Summary:
        """Return the part of the digest."""
        joint = languages.get(language).joint
        return Summary(
            language=language,
            headline=self.headline.text,
            abstract=joint.join(s.text for s in self.abstract),
            key_points=tuple(Statement(text=p.text, evidence=p.offsets) for p in self.key_points),
        )


def _from(within: Span | None, start: int) -> Span | None:
    return within and Span(within.start + start, within.end + start)


def _behind(statement: Grounded, reading: Reading) -> str:
    return " ".join(text.text for text in reading.within(statement.spans))


def _numbers(statement: Grounded) -> tuple[int, ...]:
    return tuple(position + 1 for position in statement.sentences)


async def write(
    session: "Session", sections: Sequence[Section], checker: StatementChecker, house: "House"
) -> GroundedSummary:
    """Return the summary of an article that was split into `sections`, with what the rules object to.

    Raises:
        ModelError: the model gave no usable answer.
        OutputSchemaError: the answer never fitted the schema.
    """
    further = session.endpoint.embedded
    asked = (SummaryQuestion.about(section, checker, house) for section in sections)
    questions = [replace(each, further=further) for each in asked]
    parts = await gather(_answered(session, question) for question in questions)
    while len(parts) > 1:
        groups = _groups(parts, session.context_tokens)
        questions = [SummaryQuestion.merging(group, checker, house) for group in groups]
        parts = await gather(_answered(session, question) for question in questions)
    return parts[0]


async def _answered(session: "Session", question: "SummaryQuestion") -> GroundedSummary:
    answer = await session.ask(question.prompt, question.draft, question.max_tokens)
    return question.grounded(answer.value)


@dataclass(frozen=True, slots=True)
class SummaryQuestion:
    """What is asked for, about which lines, and how the answer is held against the article.

    Attributes:
        task: the template.
        beginning: what ``article.v1.jinja`` is rendered with.
        size: how much is asked for.
        house: what is asked with, and how long a headline may be.
        cited: number of a line → the sentences of the article (0-based positions) that it stands for.
        checker: what the answer is held against.
        further: whether the points shall tell further facts than the abstract: a small model repeats itself.
    """

    task: str
    beginning: Mapping[str, Any]
    size: Size
    house: "House"
    cited: Mapping[int, tuple[int, ...]]
    checker: StatementChecker
    further: bool = False

    @classmethod
    def about(cls, section: Section, checker: StatementChecker, house: "House") -> "SummaryQuestion":
        """Ask about sentences of the article; each stands for itself."""
        cited = {number: (number - 1,) for number in range(section.first + 1, section.last + 1)}
        return cls("summary", section.values, house.shape.size(len(section.sentences)), house, cited, checker)

    @classmethod
    def merging(
        cls, parts: Sequence[GroundedSummary], checker: StatementChecker, house: "House"
    ) -> "SummaryQuestion":
        """Ask about the sections' statements; each stands for the sentences that say it."""
        points = [s for part in parts for s in (*part.abstract, *part.key_points)]
        lines = [(number, prompts.as_data(point.text)) for number, point in enumerate(points, 1)]
        article = checker.reading.article
        beginning = {"key": article.id[:16], "language": article.language, "sentences": lines}
        cited = {number: point.sentences for number, point in enumerate(points, 1)}
        return cls("merge", beginning, house.shape.size(len(article.sentences)), house, cited, checker)

    @property
    def draft(self) -> type[drafts.SummaryDraft]:
        """The shape of the answer."""
        size, script = self.size, self.checker.reading.script
        first, last = min(self.cited), max(self.cited)
        return drafts.summary(first, last, size.abstract, size.key_points, script)

    @property
    def max_tokens(self) -> int:
        """Bound on the tokens of the answer."""
        return 200 + _OUTPUT_TOKENS_PER_STATEMENT * (self.size.abstract + self.size.key_points)

    @property
    def values(self) -> Mapping[str, Any]:
        """What the template is rendered with."""
        return {
            "language": languages.name(self.checker.reading.article.language),
            "headline": self.house.shape.headline(self.checker.reading.script),
            "abstract": self.size.abstract,
            "key_points": self.size.key_points,
            "further": self.further,
        }

    @property
    def prompt(self) -> Prompt:
        """The question, where nothing else is asked."""
        return self.house.templates.load(self.task).render(self.beginning, self.values)

    def grounded(self, draft: drafts.SummaryDraft) -> GroundedSummary:
        """Hold the answer against the article."""
        headline = self.checker.ground(
            draft.headline, (), "/summary/headline", drafts.MAX_HEADLINE_CHARS[self.checker.reading.script]
        )
        abstract = tuple(self._one(s, "/summary/abstract") for s in draft.abstract)
        fresh = _different(draft.key_points, self.checker.reading.language)
        points = tuple(self._one(p, f"/summary/key_points/{i}") for i, p in enumerate(fresh))
        return GroundedSummary(headline, abstract, points)

    def _one(self, statement: drafts.StatementDraft, where: str) -> Grounded:
        positions = [i for number in statement.sentences for i in self.cited.get(number, ())]
        text = finished(statement.text.strip(), self.checker.reading.article.language)
        return self.checker.ground(text, positions, where, drafts.MAX_STATEMENT_CHARS)


def _groups(parts: Sequence[GroundedSummary], context_tokens: int) -> list[list[GroundedSummary]]:
    """Return runs of neighbouring parts, two at least, whose statements fit into half a context window."""
    groups: list[list[GroundedSummary]] = [[]]
    spent = 0
    for part in parts:
        cost = sum(tokens(s.text) + 4 for s in (*part.abstract, *part.key_points))
        if len(groups[-1]) >= 2 and spent + cost > context_tokens // 2:
            groups.append([])
            spent = 0
        groups[-1].append(part)
        spent += cost
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2].extend(groups.pop())
    return groups


def _different(points: Sequence[drafts.StatementDraft], language: str) -> list[drafts.StatementDraft]:
    """Return the points that repeat none before them: what is left out stands in another point, nothing is lost.

    A point with a name or a figure of its own is never a repetition, however alike the rest is.
    """
    fresh: list[drafts.StatementDraft] = []
    for point in points:
        wanted = terms(point.text, language)
        named = frozenset[str]().union(*(terms(name, language) for name in _NAMED.findall(point.text)))
        before = [terms(p.text, language) for p in fresh]
        if not any(named <= known and len(wanted & known) >= _REPEATED * len(wanted) > 0 for known in before):
            fresh.append(point)
    return fresh
