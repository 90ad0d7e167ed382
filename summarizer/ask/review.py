"""The second reading: a model compares lines in pairs, in a question of its own, and says which differ.

It sees neither the article nor the rules' objections, and leans to "no difference": what it objects to is a
doubt, a doubt of the rules that it does not share is let go, and what both have counts as proof.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarizer.article.findings import Finding, Standing
from summarizer.ask import drafts, prompts
from summarizer.ask.gather import gather
from summarizer.ask.trust import Trust
from summarizer.errors import ModelError, OutputSchemaError
from summarizer.ground.locate import locate
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["Pair", "Reader", "Reviewed"]

#: So many pairs stand in one question: more, and a reader passes over some.
_PAIRS_AT_ONCE = 40
_OUTPUT_TOKENS_PER_PAIR = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines to compare.

    Attributes:
        source: the source line of a translation, or the sentences behind a statement.
        line: the translation, or the statement.
        findings: what the rules object to.
    """

    source: str
    line: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is left of the objections to some lines.

    Attributes:
        findings: for each pair what is objected to, by rule or reader.
        missing: that a second reading could not be had.
    """

    findings: tuple[tuple[Finding, ...], ...]
    missing: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads lines a second time.

    Attributes:
        session: who is asked.
        trust: which lines are read.
    """

    session: "Session"
    trust: Trust

    async def translations(self, pairs: Sequence[Pair], language: str) -> Reviewed:
        """Return what is objected to in translations into `language`, a language's English name."""
        return await self._read(pairs, f"its translation into {language}", complete=True)

    async def statements(self, pairs: Sequence[Pair]) -> Reviewed:
        """Return what is objected to in statements made from sentences of an article."""
        return await self._read(pairs, "a statement made from it", complete=False)

    async def _read(self, pairs: Sequence[Pair], relation: str, *, complete: bool) -> Reviewed:
        wanted = [i for i, pair in enumerate(pairs) if self.trust.reads(pair.findings)]
        batches = list(_batches(pairs, wanted, self.session.context_tokens // 2))
        done = await gather(
            self._differences([pairs[i] for i in own], relation, complete=complete) for own in batches
        )
        found = [pair.findings for pair in pairs]
        for own, told in zip(batches, done, strict=True):
            if told is not None:
                found = _with(found, {i: _judged(found[i], each) for i, each in zip(own, told, strict=True)})
        return Reviewed(tuple(found), (_missing(done.count(None)),) if None in done else ())

    async def _differences(
        self, pairs: Sequence[Pair], relation: str, *, complete: bool
    ) -> "list[drafts.DifferenceDraft | None] | None":
        """Return the difference in each pair; None where no answer came: the lines stand as the rules left them."""
        shown = [
            {"number": number, "source": prompts.as_data(pair.source), "line": prompts.as_data(pair.line)}
            for number, pair in enumerate(pairs, 1)
        ]
        values = {"pairs": shown, "relation": relation, "complete": complete}
        prompt = prompts.load("review").render_alone(values)
        budget = 200 + _OUTPUT_TOKENS_PER_PAIR * len(pairs)
        try:
            answer = await self.session.ask(prompt, drafts.review(len(pairs)), budget)
        except (ModelError, OutputSchemaError):
            return None
        return [_difference(answer.value.differences, number, pair) for number, pair in enumerate(pairs, 1)]


def _with(found: list[tuple[Finding, ...]], judged: Mapping[int, tuple[Finding, ...]]) -> list[tuple[Finding, ...]]:
    return [judged.get(i, own) for i, own in enumerate(found)]


def _batches(pairs: Sequence[Pair], wanted: Iterable[int], budget: int) -> Iterator[list[int]]:
    """Yield runs of the wanted positions that fit into one question each."""
    batch, spent = list[int](), 0
    for i in wanted:
        cost = tokens(pairs[i].source) + tokens(pairs[i].line) + 12
        if batch and (len(batch) == _PAIRS_AT_ONCE or spent + cost > budget):
            yield batch
            batch, spent = [], 0
        batch.append(i)
        spent += cost
    if batch:
        yield batch


def _difference(told: Iterable[drafts.DifferenceDraft], number: int, pair: Pair) -> "drafts.DifferenceDraft | None":
    """Return the first difference told of a pair whose words stand in its lines: others are made up."""
    return next((d for d in told if d.number == number and _stands(d, pair)), None)


def _stands(difference: drafts.DifferenceDraft, pair: Pair) -> bool:
    both = ((pair.source, difference.first), (pair.line, difference.second))
    given = [(text, words) for text, words in both if any(c.isalnum() for c in words)]
    return bool(given) and all(locate(prompts.as_data(text), prompts.as_data(words)) for text, words in given)


def _judged(findings: tuple[Finding, ...], difference: "drafts.DifferenceDraft | None") -> tuple[Finding, ...]:
    """Return the rules' findings in the light of the reader's word, and that word."""
    standing: Standing = "confirmed" if difference else "cleared"
    settled = tuple(replace(f, standing=standing) if f.doubt else f for f in findings)
    return (*settled, Finding("review.difference", _told(difference))) if difference else settled


def _told(difference: drafts.DifferenceDraft) -> str:
    first, second = (" ".join(words.split()) for words in (difference.first, difference.second))
    words = f"{second!r} for {first!r}" if first and second else repr(second or first)
    return f"a second reading says that it differs from its source in {words}: {' '.join(difference.what.split())}"


def _missing(questions: int) -> Finding:
    message = f"{questions} of the questions of the second reading had no usable answer: those lines were read once"
    return Finding("review.missing", message, "")
