"""The second reading: a model compares lines in pairs, in a question of its own, and says which differ.

It sees neither the article nor the rules' objections, and leans to "no difference": what it objects to is a
doubt, a doubt of the rules that it does not share is let go, and what both have counts as proof.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from summarizer.article.findings import WORDING, Finding, Standing
from summarizer.ask import drafts, prompts
from summarizer.ask.gather import gather
from summarizer.ask.trust import Trust
from summarizer.errors import ModelError, OutputSchemaError
from summarizer.ground.locate import locate
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["Pair", "Reader", "Reviewed"]

#: So many lines stand in one question: more, and a reader passes over some.
_LINES_AT_ONCE = 60
_OUTPUT_TOKENS_PER_LINE = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """A line and what it is held against.

    Attributes:
        source: the source line of a translation, or the sentences behind a statement.
        line: the translation, or the statement.
        findings: what the rules object to.
        language: the English name of a translation's language; empty for a statement.
        sentences: the numbers of the sentences behind a statement (1-based).
    """

    source: str
    line: str
    findings: tuple[Finding, ...]
    language: str = ""
    sentences: tuple[int, ...] = ()

    @property
    def about(self) -> str:
        """What stands beside the line in the question."""
        return self.language or "".join(f"[{number}]" for number in self.sentences)


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
        templates: what is asked with.
    """

    session: "Session"
    trust: Trust
    templates: prompts.Templates = field(default_factory=prompts.Templates)

    async def translations(self, pairs: Sequence[Pair]) -> Reviewed:
        """Return what is objected to in translations, in any number of languages; each source line is shown once."""
        return await self._read(pairs, {})

    async def statements(self, pairs: Sequence[Pair], sentences: Mapping[int, str]) -> Reviewed:
        """Return what is objected to in statements made from the numbered sentences of an article."""
        return await self._read(pairs, sentences)

    async def _read(self, pairs: Sequence[Pair], sentences: Mapping[int, str]) -> Reviewed:
        order = {source: i for i, source in reversed(list(enumerate(pair.source for pair in pairs)))}
        wanted = [i for i, pair in enumerate(pairs) if self._reads(pair)]
        wanted.sort(key=lambda i: order[pairs[i].source])
        batches = list(_batches(pairs, wanted, self.session.context_tokens // 2))
        done = await gather(self._differences([pairs[i] for i in own], sentences) for own in batches)
        judged: dict[int, tuple[Finding, ...]] = {}
        for own, told in zip(batches, done, strict=True):
            if told is not None:
                judged |= {i: _judged(pairs[i].findings, each) for i, each in zip(own, told, strict=True)}
        found = tuple(judged.get(i, pair.findings) for i, pair in enumerate(pairs))
        return Reviewed(found, (_missing(done.count(None)),) if None in done else ())

    def _reads(self, pair: Pair) -> bool:
        """Tell whether a pair is read: not what stands word for word in its source, unless it is doubted."""
        doubted = any(f.doubt for f in pair.findings)
        copied = not pair.language and bool(locate(pair.source, pair.line))
        return self.trust.reads(pair.findings) and (doubted or not copied)

    async def _differences(
        self, pairs: Sequence[Pair], sentences: Mapping[int, str]
    ) -> "list[drafts.DifferenceDraft | None] | None":
        """Return the difference in each pair; None where no answer came: the lines stand as the rules left them."""
        behind = sorted({number for pair in pairs for number in pair.sentences})
        values = {
            "sentences": [(number, prompts.as_data(sentences[number])) for number in behind],
            "lines": list(_shown(pairs)),
        }
        prompt = self.templates.load("review", alone=True).render_alone(values)
        budget = 200 + _OUTPUT_TOKENS_PER_LINE * len(pairs)
        try:
            answer = await self.session.ask(prompt, drafts.review(len(pairs)), budget)
        except (ModelError, OutputSchemaError):
            return None
        return [_difference(answer.value.differences, number, pair) for number, pair in enumerate(pairs, 1)]


def _shown(pairs: Sequence[Pair]) -> Iterator[Mapping[str, Any]]:
    """Yield the lines as the template shows them; a source line stands above the first of its translations."""
    above = ""
    for number, pair in enumerate(pairs, 1):
        source = "" if pair.source == above else prompts.as_data(pair.source)
        yield {"number": number, "text": prompts.as_data(pair.line), "about": pair.about, "source": source}
        above = pair.source


def _batches(pairs: Sequence[Pair], wanted: Iterable[int], budget: int) -> Iterator[list[int]]:
    """Yield runs of the wanted positions that fit into one question each."""
    batch, spent = list[int](), 0
    for i in wanted:
        cost = tokens(pairs[i].source) + tokens(pairs[i].line) + 12
        if batch and (len(batch) == _LINES_AT_ONCE or spent + cost > budget):
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
    settled = tuple(replace(f, standing=standing) if f.doubt and f.code not in WORDING else f for f in findings)
    return (*settled, Finding("review.difference", _told(difference))) if difference else settled


def _told(difference: drafts.DifferenceDraft) -> str:
    first, second = (" ".join(words.split()) for words in (difference.first, difference.second))
    words = f"{second!r} for {first!r}" if first and second else repr(second or first)
    return f"a second reading says that it differs from its source in {words}: {' '.join(difference.what.split())}"


def _missing(questions: int) -> Finding:
    message = f"{questions} of the questions of the second reading had no usable answer: those lines were read once"
    return Finding("review.missing", message, "")
