"""The summary: asked for section by section, held against the article, asked for once more if need be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer import drafts, languages, prompts
from summarizer.digest import Statement, Summary
from summarizer.findings import Finding
from summarizer.ground.line import finished
from summarizer.ground.statements import Checker, Grounded
from summarizer.ground.support import terms
from summarizer.llm import Session
from summarizer.sections import Section
from summarizer.together import together

__all__ = ["GroundedSummary", "write"]

_OUTPUT_TOKENS_PER_STATEMENT = 180
#: A point that shares this much of its words with the abstract, or with another point, repeats it.
_REPEATED = 0.85


@dataclass(frozen=True, slots=True)
class GroundedSummary:
    """A summary held against its article.

    Attributes:
        headline: the headline, with the sentences that say it.
        abstract: its sentences.
        key_points: most important first, no two alike.
        findings: what the checks object to after the re-ask.
    """

    headline: Grounded
    abstract: tuple[Grounded, ...]
    key_points: tuple[Grounded, ...]
    findings: tuple[Finding, ...]

    def published(self, language: str) -> Summary:
        """Return the part of the digest."""
        joint = "" if languages.base(language) == "zh" else " "
        return Summary(
            language=language,
            headline=self.headline.text,
            abstract=joint.join(s.text for s in self.abstract),
            key_points=tuple(Statement(text=p.text, evidence=p.offsets) for p in self.key_points),
        )


@dataclass(frozen=True, slots=True)
class _Size:
    """How much there is to say: a two-sentence article gets one sentence and one point."""

    abstract: int
    key_points: int

    @classmethod
    def of(cls, sentences: int, most: int) -> "_Size":
        return cls(min(3, 1 + sentences // 10), max(1, min(most, (sentences + 1) // 2)))


async def write(session: Session, sections: Sequence[Section], max_key_points: int) -> GroundedSummary:
    """Return the checked summary of an article that was split into `sections`.

    Raises:
        ModelError: the model gave no usable answer.
        OutputSchemaError: the answer never fitted the schema.
    """
    checker = Checker.of(sections[0].article)
    parts = await together(_of_section(session, section, checker, max_key_points) for section in sections)
    if len(parts) == 1:
        return parts[0]
    return await _merged(session, parts, checker, max_key_points)


async def _of_section(session: Session, section: Section, checker: Checker, most: int) -> GroundedSummary:
    size = _Size.of(len(section.sentences), most)
    draft = drafts.summary(section.first + 1, section.last, size.abstract, size.key_points)
    cited = {number: (number - 1,) for number in range(section.first + 1, section.last + 1)}
    return await _asked(session, "summary", section.values, _Question(draft, size, cited, checker))


async def _merged(session: Session, parts: Sequence[GroundedSummary], checker: Checker, most: int) -> GroundedSummary:
    """Summarise the sections' points; each of them stands for the sentences that say it."""
    points = [s for part in parts for s in (*part.abstract, *part.key_points)]
    article = checker.article
    values = {
        "key": article.id[:8],
        "language": article.language,
        "sentences": [(number, prompts.as_data(point.text)) for number, point in enumerate(points, 1)],
    }
    size = _Size.of(len(article.sentences), most)
    draft = drafts.summary(1, len(points), size.abstract, size.key_points)
    cited = {number: point.sentences for number, point in enumerate(points, 1)}
    return await _asked(session, "merge", values, _Question(draft, size, cited, checker))


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for, and how the answer's numbers map to sentences of the article (0-based)."""

    draft: type[drafts.SummaryDraft]
    size: _Size
    cited: Mapping[int, tuple[int, ...]]
    checker: Checker

    @property
    def max_tokens(self) -> int:
        return 200 + _OUTPUT_TOKENS_PER_STATEMENT * (self.size.abstract + self.size.key_points)

    def grounded(self, draft: drafts.SummaryDraft) -> GroundedSummary:
        headline = self.checker.ground(draft.headline, (), "/summary/headline", drafts.MAX_HEADLINE_CHARS)
        abstract = tuple(self._one(s, "/summary/abstract") for s in draft.abstract)
        points = [self._one(p, f"/summary/key_points/{i}") for i, p in enumerate(self._fresh(draft))]
        every = (headline, *abstract, *points)
        return GroundedSummary(headline, abstract, tuple(points), tuple(f for s in every for f in s.findings))

    def _fresh(self, draft: drafts.SummaryDraft) -> list[drafts.StatementDraft]:
        """Return the key points that say something new; all different ones when the abstract has them all.

        What is left out stands in the abstract or in another point: nothing is lost.
        """
        language = self.checker.article.language
        told = frozenset[str]().union(*(terms(s.text, language) for s in draft.abstract))
        points = _different(draft.key_points, frozenset(), language)
        return _different(draft.key_points, told, language) or points

    def _one(self, statement: drafts.StatementDraft, where: str) -> Grounded:
        positions = [i for number in statement.sentences for i in self.cited.get(number, ())]
        return self.checker.ground(
            finished(statement.text.strip(), self.checker.article.language),
            positions,
            where,
            drafts.MAX_STATEMENT_CHARS,
        )


def _different(
    points: Sequence[drafts.StatementDraft], told: frozenset[str], language: str
) -> list[drafts.StatementDraft]:
    """Return the points of which enough words are neither in `told` nor in the points before."""
    fresh: list[drafts.StatementDraft] = []
    for point in points:
        wanted = terms(point.text, language)
        before = [told, *(terms(p.text, language) for p in fresh)]
        if not any(len(wanted & known) >= _REPEATED * len(wanted) for known in before):
            fresh.append(point)
    return fresh


async def _asked(session: Session, task: str, beginning: Mapping[str, Any], question: _Question) -> GroundedSummary:
    """Ask; ask once more with the reasons when a check fails; keep the better answer."""
    first = await _once(session, task, beginning, question, ())
    complaints = [f.message for f in first.findings if f.severity == "error"]
    if not complaints:
        return first
    second = await _once(session, task, beginning, question, complaints)
    return min(second, first, key=lambda s: sum(f.severity == "error" for f in s.findings))


async def _once(
    session: Session, task: str, beginning: Mapping[str, Any], question: _Question, complaints: Sequence[str]
) -> GroundedSummary:
    language = languages.name(question.checker.article.language)
    prompt = prompts.load(task).render(
        beginning,
        {
            "language": language,
            "abstract": question.size.abstract,
            "key_points": question.size.key_points,
            "complaints": list(dict.fromkeys(complaints)),
        },
    )
    answer = await session.ask(prompt, question.draft, question.max_tokens)
    return question.grounded(answer.value)
