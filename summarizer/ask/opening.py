"""What is asked first: summary and quotes, in one question where the article is one section, else at once."""

from collections.abc import Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from summarizer.ask import drafts, quotes, summary
from summarizer.ask.chunks import Section
from summarizer.ask.gather import both
from summarizer.ask.house import House
from summarizer.ask.quotes import GroundedQuotes, QuoteQuestion
from summarizer.ask.review import Reader
from summarizer.ask.rows import Answered
from summarizer.ask.summary import GroundedSummary, SummaryQuestion
from summarizer.checks import StatementChecker
from summarizer.ground.reading import Reading

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["Opened", "read", "written"]

#: What is asked for first: the summary, the quotes, and the rows of each task of the office's own.
Opened = tuple[GroundedSummary, GroundedQuotes, tuple[Answered, ...]]


async def written(
    session: "Session",
    sections: Sequence[Section],
    checker: StatementChecker,
    house: House,
    *,
    trusted: bool,
) -> tuple[GroundedSummary, GroundedQuotes]:
    """Return the summary of an article, with what the rules object to, and its quotes.

    A model that is trusted keeps two tasks apart; the article is then sent once. One that is not gets one task at a
    time.

    Raises:
        ModelError: the model gave no usable answer.
        OutputSchemaError: the answer never fitted the schema.
    """
    most = house.quotes
    if trusted and most and len(sections) == 1:
        asked = QuoteQuestion.about(sections[0], checker.reading, most, trusted=trusted)
        if asked.needed:
            told = SummaryQuestion.about(sections[0], checker, house)
            return await _at_once(session, told, asked)
    return await both(
        summary.write(session, sections, checker, house),
        quotes.choose(session, sections, checker.reading, house, trusted=trusted),
    )


async def read(reader: Reader, opened: Opened, reading: Reading) -> Opened:
    """Return the same with what a second reading says of the statements, doubted speakers and fields of one's own."""
    told, said, rows = opened
    pairs = [told.pairs(reading), said.pairs(reading), *(each.pairs() for each in rows)]
    sentences = {i: s.text for i, s in enumerate(reading.article.sentences, 1)}
    reviewed = await reader.statements(list(chain.from_iterable(pairs)), sentences)
    left = iter(reviewed.findings)
    stated, spoken, *written = [list(islice(left, len(own))) for own in pairs]
    judged = tuple(each.judged(found) for each, found in zip(rows, written, strict=True))
    return told.judged(stated, reviewed.missing), said.judged(spoken), judged


async def _at_once(
    session: "Session", told: SummaryQuestion, said: QuoteQuestion
) -> tuple[GroundedSummary, GroundedQuotes]:
    """Ask for both in one question."""
    prompt = told.house.templates.joined(
        "digest", told.beginning, [("summary", told.values), ("quotes", said.values)]
    )
    into = drafts.digest(told.draft, said.field)
    answer = await session.ask(prompt, into, told.max_tokens + said.max_tokens)
    return told.grounded(answer.value), said.grounded(answer.value.quotes)
