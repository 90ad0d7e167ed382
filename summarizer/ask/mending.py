"""Statements that are objected to: asked for again with the objection in words, and left out if it stays proved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.article.line import finished, one_line
from summarizer.ask import drafts, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.summary import GroundedSummary
from summarizer.ask.trust import Trust, defended, harm, open_to
from summarizer.checks import StatementChecker
from summarizer.errors import ContextWindowError, ModelError, OutputSchemaError
from summarizer.ground.statement import Grounded, own_words
from summarizer.llm.prompt import Prompt

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["Mender"]

_OUTPUT_TOKENS_PER_STATEMENT = 240


@dataclass(frozen=True, slots=True)
class Mender:
    """Puts the statements of a summary right, one by one.

    Attributes:
        session: who is asked.
        sections: the article, as the model sees it.
        checker: what each statement is held against.
        trust: what leaves a statement out.
        templates: what is asked with.
    """

    session: "Session"
    sections: Sequence[Section]
    checker: StatementChecker
    trust: Trust
    templates: prompts.Templates = field(default_factory=prompts.Templates)

    async def mend(self, summary: GroundedSummary, *, asked: bool = False) -> GroundedSummary:
        """Return the summary without objections that the model could answer, and without what is disproved.

        One question for all statements concerned; none where nothing is objected to. A statement that stands
        is kept with its doubts, and with the model's reason beside them. What was `asked` already and not read
        is not asked again.
        """
        objected = [] if asked else [i for i, s in enumerate(summary.statements) if open_to(s.findings)]
        answers = await self._answers(summary, objected) if objected else {}
        statements = [self._better(s, answers.get(i), i) for i, s in enumerate(summary.statements)]
        return self._settled(summary.replaced(statements))

    async def _answers(self, summary: GroundedSummary, objected: Sequence[int]) -> Mapping[int, drafts.MendedDraft]:
        """Return the model's answer for each of the objected positions; none where no usable one came."""
        last = self.sections[-1].last
        into = drafts.mend(self.sections[0].first + 1, last, len(objected))
        budget = 100 + _OUTPUT_TOKENS_PER_STATEMENT * len(objected)
        prompt = self._prompt([summary.statements[i] for i in objected])
        try:
            answer = await self.session.ask(prompt, into, budget)
        except ContextWindowError:
            raise  # the article will be split
        except (ModelError, OutputSchemaError):
            return {}  # the call is on record; the statements stay as they are, with their findings
        given = {draft.number: draft for draft in answer.value.statements}
        return {i: given[n] for n, i in enumerate(objected, 1) if n in given}

    def _prompt(self, objected: Sequence[Grounded]) -> Prompt:
        shown = [
            {
                "number": number,
                "text": prompts.as_data(s.text),
                "objections": [prompts.as_data(f.message) for f in open_to(s.findings)],
            }
            for number, s in enumerate(objected, 1)
        ]
        values = {"language": languages.name(self.checker.reading.language), "statements": shown}
        return self.templates.load("mend").render(self._shown(objected), values)

    def _shown(self, objected: Sequence[Grounded]) -> Mapping[str, object]:
        """Return the article where it fits, else the sentences behind the statements and those around them."""
        if len(self.sections) == 1:
            return self.sections[0].values
        behind = {i + step for s in objected for i in s.sentences for step in (-1, 0, 1)}
        return self.sections[0].excerpt(behind)

    def _better(self, statement: Grounded, answer: "drafts.MendedDraft | None", place: int) -> Grounded:
        """Return the statement or its successor, whichever is objected to less."""
        if answer is None:
            return statement
        text = one_line(answer.text)
        if text == statement.text:
            return replace(statement, findings=defended(statement.findings, one_line(answer.reason)))
        if not any(c.isalnum() for c in text):
            return replace(statement, findings=tuple(_withdrawn(statement.findings)))
        mended = self._ground(text, answer.sentences, headline=place == 0)
        return mended if harm(mended.findings) <= harm(statement.findings) else statement

    def _ground(self, text: str, numbers: Sequence[int], *, headline: bool) -> Grounded:
        if headline:
            return self.checker.ground(
                text, (), "/summary/headline", drafts.MAX_HEADLINE_CHARS[self.checker.reading.script]
            )
        whole = finished(text, self.checker.reading.language)
        return self.checker.ground(whole, [n - 1 for n in numbers], "/summary", drafts.MAX_STATEMENT_CHARS)

    def _settled(self, summary: GroundedSummary) -> GroundedSummary:
        """Leave out each statement that a finding stands against; a digest keeps a headline and an abstract."""
        abstract, points = self._standing(summary.abstract), self._standing(summary.key_points)
        headline = self._headline(summary.headline, abstract)
        abstract = abstract or points[:1] or (own_words(self.checker.reading),)
        gone = (s for s in summary.statements if self.trust.against(s.findings))
        notes = tuple(Finding("summary.left_out", self._why(s), "/summary") for s in gone)
        return GroundedSummary(headline, abstract, points, (*summary.notes, *notes))

    def _standing(self, statements: Sequence[Grounded]) -> tuple[Grounded, ...]:
        return tuple(s for s in statements if not self.trust.against(s.findings))

    def _headline(self, written: Grounded, abstract: Sequence[Grounded]) -> Grounded:
        """Return the headline if it stands, else the article's title, else the first sentence that stands."""
        if not self.trust.against(written.findings):
            return written
        title = self.checker.reading.article.title
        if title:
            return Grounded(one_line(title), (), (), ())
        return abstract[0] if abstract else own_words(self.checker.reading)

    def _why(self, statement: Grounded) -> str:
        against = self.trust.against(statement.findings)
        return f"{statement.text!r} was left out: {against.message if against else ''}"


def _withdrawn(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the objections to a statement that the model took back: there they count as proof."""
    yield from (replace(f, standing="confirmed") if f.doubt else f for f in findings)
