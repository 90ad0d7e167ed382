"""Key quotes: the rules find candidates, the model chooses or points, the program cuts them out of the article."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from summarizer.article import Article
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.span import Span
from summarizer.ask import drafts, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.gather import gather
from summarizer.ask.review import Pair
from summarizer.ask.speakers import Spoken, attributed
from summarizer.digest import Quote
from summarizer.errors import ContextWindowError, ModelError, OutputSchemaError
from summarizer.ground import quotation
from summarizer.ground.reading import Reading
from summarizer.speech import Speech

if TYPE_CHECKING:
    from summarizer.ask.house import House
    from summarizer.llm.client import Session

__all__ = ["Choice", "GroundedQuotes", "QuoteQuestion", "by_rule", "choose", "grounded"]

#: A model that may only choose is shown so many characters of a candidate; one that may cut it sees it whole.
_SHOWN_CHARS = 120
#: Of a longer passage its two ends are shown: so many characters, by script.
_END_CHARS = {"latin": 36, "han": 12}
#: The model chooses among so many: more would not fit beside the article into a small context window.
_SHOWN_AT_ONCE = 60
#: Whether a speaker is right is looked for in so many sentences before the quote.
_AROUND = 3
_NAMED = "quote.named"
_PASSED = "is given to nobody: it reads as a title, a slogan or words in the writer's own sentence; check who says it"
_TOKENS_PER_CHOICE, _TOKENS_PER_PROPOSAL = 60, 160


@dataclass(frozen=True, slots=True)
class GroundedQuotes:
    """The chosen quotes in the order of the article, and what the checks object to."""

    quotes: tuple[Quote, ...]
    findings: tuple[Finding, ...]

    @property
    def doubted(self) -> tuple[int, ...]:
        """The positions of the findings that doubt who said a quote."""
        return tuple(i for i, f in enumerate(self.findings) if f.code == _NAMED and f.doubt)

    def pairs(self, reading: Reading) -> list[Pair]:
        """Return the quotes whose speaker is doubted, with the sentences around them, for a second reading."""
        return [self._pair(self.findings[i], reading) for i in self.doubted]

    def judged(self, findings: Sequence[tuple[Finding, ...]]) -> "GroundedQuotes":
        """Return the same with what a second reading leaves of the doubts; a speaker that it doubts, too, is none."""
        quotes, found = list(self.quotes), list(self.findings)
        for i, left in zip(self.doubted, findings, strict=True):
            found[i] = left[0]
            if left[0].proof:
                at = _position(left[0])
                quotes[at] = quotes[at].model_copy(update={"speaker": None})
                found[i] = Finding("quote.unattributed", f"no certain speaker: {left[-1].message}", left[0].where)
        return GroundedQuotes(tuple(quotes), tuple(found))

    def _pair(self, doubt: Finding, reading: Reading) -> Pair:
        quote = self.quotes[_position(doubt)]
        every = reading.article.sentences
        own = [i for i, s in enumerate(every) if s.start < quote.end and quote.start < s.end]
        around = {*range(max(0, own[0] - _AROUND), min(len(every), own[-1] + 2))}
        speaker = quote.speaker
        if speaker is not None and speaker.start is not None:  # an interview says at its head who answers
            around |= {next(i for i, s in enumerate(every) if speaker.start < s.end)}
        source = " ".join(every[i].text for i in sorted(around))
        name = speaker.name if speaker is not None else ""
        return Pair(source, f"{name}: “{quote.text}”", (doubt,), sentences=tuple(i + 1 for i in sorted(around)))


def _position(finding: Finding) -> int:
    """Return which quote a finding is about: its place is ``/quotes/3/speaker``."""
    return int(finding.where.split("/")[2])


@dataclass(frozen=True, slots=True)
class Choice:
    """The quotes of one answer, most important first, none cut out of the article yet."""

    spoken: tuple[Spoken, ...]
    findings: tuple[Finding, ...] = ()


async def choose(
    session: "Session", sections: Sequence[Section], reading: Reading, house: "House", *, trusted: bool
) -> GroundedQuotes:
    """Return the quotes of a house: the rules' candidates, or passages of the model's own where it is trusted.

    There are as many as the house wants at most. No question is asked where there is nothing to choose.

    Raises:
        ModelError: the model gave no usable answer.
        OutputSchemaError: the answer never fitted the schema.
    """
    most = house.quotes
    share = -(-most // len(sections))
    about = partial(QuoteQuestion.about, trusted=trusted, templates=house.templates)
    questions = [about(section, reading, share) for section in sections if most]
    return _with_passed_over(
        grounded(await gather(_chosen(session, question) for question in questions), most), reading
    )


def by_rule(reading: Reading) -> GroundedQuotes:
    """Return every quote that the rules found; nobody is asked which of them matter."""
    parts = [part for said in reading.speeches for part in _parts(reading.article, said)]
    return _with_passed_over(grounded([Choice(tuple(_by_rule(reading, parts)))], len(parts)), reading)


def _with_passed_over(found: GroundedQuotes, reading: Reading) -> GroundedQuotes:
    """List the long quotations that neither the rules hear nor the model chose: none goes in silence."""
    heard = [*((s.start, s.end) for s in reading.speeches), *((q.start, q.end) for q in found.quotes)]
    text = reading.article.text
    left = [
        Finding("quote.passed", f"“{_ends(p.of(text), _END_CHARS[reading.script])}” {_PASSED}", "/quotes", p)
        for p in quotation.long_ones(reading)
        if not any(start < p.end and p.start < end for start, end in heard)
    ]
    return replace(found, findings=(*found.findings, *left))


def grounded(choices: Sequence[Choice], most: int) -> GroundedQuotes:
    """Return the quotes of all sections' answers, at most `most`, ranked, in the order of the article.

    Of two that overlap the more important one is kept. The first of every section come before the second of any.
    """
    ranked = [spoken for row in zip_longest(*(c.spoken for c in choices)) for spoken in row if spoken is not None]
    kept = _apart(ranked, most)
    ordered = sorted(enumerate(kept, 1), key=lambda pair: pair[1].span)
    published = [_published(spoken, rank, f"/quotes/{i}") for i, (rank, spoken) in enumerate(ordered)]
    findings = (*(f for c in choices for f in c.findings), *(f for _, found in published for f in found))
    return GroundedQuotes(tuple(quote for quote, _ in published), findings)


@dataclass(frozen=True, slots=True)
class QuoteQuestion:
    """Which quotes of a section matter: asked alone, or as one part of a larger question.

    Attributes:
        section: the sentences that the model sees.
        reading: the article.
        candidates: what the rules heard in the section, in parts that can be printed.
        most: how many quotes are asked for.
        trusted: whether the model may cut candidates, propose passages and outweigh what the rules infer.
        templates: what is asked with.
    """

    section: Section
    reading: Reading
    candidates: tuple[Speech, ...]
    most: int
    trusted: bool
    templates: prompts.Templates = field(default_factory=prompts.Templates)

    @classmethod
    def about(
        cls,
        section: Section,
        reading: Reading,
        most: int,
        *,
        trusted: bool,
        templates: prompts.Templates | None = None,
    ) -> "QuoteQuestion":
        """Ask about what is said in a section."""
        start, end = section.sentences[0].start, section.sentences[-1].end
        said = [s for s in reading.speeches if start < s.end and s.start < end]
        parts = (part for one in said for part in _parts(reading.article, one))
        within = tuple(part for part in parts if start <= part.start < end)
        return cls(section, reading, within, most, trusted, templates or prompts.Templates())

    @property
    def needed(self) -> bool:
        """Whether there is something to choose, or speech that the rules may not have heard."""
        if not self.trusted:
            return len(self.candidates) > self.most
        start, end = self.section.sentences[0].start, self.section.sentences[-1].end
        return bool(self.candidates) or any(start < p.end and p.start < end for p in self.reading.marked)

    @property
    def values(self) -> Mapping[str, Any]:
        """What the template ``quotes`` is rendered with, or ``choice`` for a model that may only choose."""
        shown = enumerate(self.candidates[:_SHOWN_AT_ONCE], 1)
        quotes = [{"number": number, "text": self._shown(c), "speaker": _named(c)} for number, c in shown]
        return {"quotes": quotes, "most": self.most}

    @property
    def template(self) -> prompts.Template:
        """The template: one for a model that may propose, one for a model that may only choose."""
        return self.templates.load("quotes" if self.trusted else "choice")

    @property
    def field(self) -> Any:
        """The field ``quotes`` of the answer, type and default, for `pydantic.create_model`."""
        return drafts.quotes(self._numbered, self.most, self._sentences)

    @property
    def draft(self) -> type[drafts.ChoiceDraft]:
        """The shape of the answer where nothing else is asked for."""
        return drafts.choice(self._numbered, self.most, self._sentences)

    @property
    def max_tokens(self) -> int:
        """Bound on the tokens of the answer."""
        return 100 + self.most * (_TOKENS_PER_PROPOSAL if self.trusted else _TOKENS_PER_CHOICE)

    def chosen(self, answer: Sequence[drafts.ChosenQuoteDraft]) -> Choice:
        """Look up in the article what the model chose; what is not there is left out, with a finding.

        Where nothing is left of what it chose, and the rules heard somebody, their first candidates are taken.
        """
        looked_up = [self._looked_up(quote) for quote in answer]
        spoken = [each for found, _ in looked_up for each in found]
        findings = tuple(finding for _, found in looked_up for finding in found)
        if not spoken and self.candidates:
            why = "the model chose no quote that exists" if answer else "the model chose no quote"
            return replace(self.unanswered(why), findings=(*findings, _unchosen(why)))
        return Choice(tuple(spoken), (*findings, *self._unseen()))

    def unanswered(self, why: str) -> Choice:
        """Return the first candidates, for want of a choice."""
        return Choice(tuple(_by_rule(self.reading, self.candidates[: self.most])), (_unchosen(why),))

    def grounded(self, answer: Sequence[drafts.ChosenQuoteDraft]) -> GroundedQuotes:
        """Return the quotes of an article that is one section."""
        return grounded([self.chosen(answer)], self.most)

    @property
    def _numbered(self) -> int:
        return min(len(self.candidates), _SHOWN_AT_ONCE)

    @property
    def _sentences(self) -> tuple[int, int] | None:
        return (self.section.first + 1, self.section.last) if self.trusted else None

    def _shown(self, candidate: Speech) -> str:
        line = prompts.as_data(self.reading.article.text[candidate.start : candidate.end])
        if not self.trusted:
            return line if len(line) <= _SHOWN_CHARS else line[:_SHOWN_CHARS] + "…"
        # it has read the sentence: where the passage begins and ends in it is enough
        starts = [sentence.start for sentence in self.reading.article.sentences]
        return f"[{bisect_right(starts, candidate.start)}] {_ends(line, _END_CHARS[self.reading.script])}"

    def _unseen(self) -> Iterator[Finding]:
        if unseen := len(self.candidates) - self._numbered:
            yield Finding("quote.choice", f"{unseen} quotes of the article were not offered to the model", "/quotes")

    def _looked_up(self, quote: drafts.ChosenQuoteDraft) -> tuple[tuple[Spoken, ...], tuple[Finding, ...]]:
        """Return the quotes that one entry of an answer stands for: two for the halves of a divided quotation."""
        candidate = self.candidates[quote.candidate - 1] if 1 <= quote.candidate <= self._numbered else None
        words, place = "", Span(candidate.start, candidate.end) if candidate else None
        findings: tuple[Finding, ...] = ()
        if isinstance(quote, drafts.ProposedQuoteDraft):
            words = quote.words.strip()
            found = self._found(quote, place)
            findings = (_missing(words, "the whole passage was taken"),) if place and found is None else ()
            place = found or place
        spoken = tuple(self._spoken(place, one_line(quote.speaker))) if place else ()
        if not spoken:
            return (), (_missing(words or f"number {quote.candidate}", "this quote was left out"),)
        return spoken, findings

    def _found(self, quote: drafts.ProposedQuoteDraft, candidate: Span | None) -> Span | None:
        """Return where the words of a proposal stand: in its candidate or sentence, beside it, or nowhere else."""
        known = self.reading.article.sentences
        at = quote.sentence - 1
        sentence = Span(known[at].start, known[at].end) if 0 <= at < len(known) else None
        if not quote.words.strip():
            return candidate or sentence
        near = [part for place in (candidate, sentence) if place for part in quotation.around(self.reading, place)]
        return quotation.find(self.reading, quote.words, near)

    def _spoken(self, place: Span, named: str) -> Iterator[Spoken]:
        """Yield what one person says at a place: where another goes on, those words are not the chosen quote."""
        first: Spoken | None = None
        for part in quotation.cut(self.reading, place):
            span = quotation.bounded(self.reading, part) if self.trusted else part
            spoken = Spoken(self.reading, span, quotation.heard(self.reading, span), named, self.trusted)
            first = first or spoken
            if spoken.known == first.known:
                yield spoken


async def _chosen(session: "Session", question: QuoteQuestion) -> Choice:
    """Ask; where no usable answer comes the first candidates are taken and a finding says so."""
    if not question.needed:
        return Choice(tuple(_by_rule(question.reading, question.candidates)))
    prompt = question.template.render(question.section.values, question.values)
    try:
        answer = await session.ask(prompt, question.draft, question.max_tokens)
    except ContextWindowError:
        raise  # the article will be split
    except (ModelError, OutputSchemaError) as error:
        return question.unanswered(f"no choice came ({error})")
    return question.chosen(answer.value.quotes)


def _ends(line: str, chars: int) -> str:
    """Return the first and the last words of a line with … between them; the line where that is hardly shorter."""
    head, tail = line[:chars], line[-chars:]
    if " " in head and " " in tail:
        head, tail = head.rpartition(" ")[0], tail.partition(" ")[2]
    return f"{head} … {tail}" if len(line) > 3 * chars else line


def _by_rule(reading: Reading, parts: Sequence[Speech]) -> Iterator[Spoken]:
    """Yield candidates that nobody was asked about."""
    for part in parts:
        for span in quotation.cut(reading, Span(part.start, part.end)):
            yield Spoken(reading, span, part, "", trusted=False)


def _apart(ranked: Sequence[Spoken], most: int) -> list[Spoken]:
    """Return the first `most` that do not overlap one before."""
    kept: list[Spoken] = []
    for spoken in ranked:
        if len(kept) < most and not any(spoken.span.overlaps(other.span) for other in kept):
            kept.append(spoken)
    return kept


def _parts(article: Article, said: Speech) -> Iterator[Speech]:
    """Yield a run of speech in parts of whole sentences, a paragraph each if that is short enough."""
    if said.end - said.start <= quotation.QUOTE_CHARS:
        yield said
        return
    start = said.start
    inside = [s for s in article.sentences if said.start < s.end and s.start < said.end]
    for sentence, following in zip(inside, [*inside[1:], None], strict=True):
        end = min(sentence.end, said.end)
        if following is None:
            yield replace(said, start=start, end=end)
            continue
        broken = "\n" in article.text[end : following.start]
        if broken or min(following.end, said.end) - start > quotation.QUOTE_CHARS:
            yield replace(said, start=start, end=end)
            start = following.start


def _published(spoken: Spoken, rank: int, where: str) -> tuple[Quote, tuple[Finding, ...]]:
    """Cut a quote out of the article."""
    reading, span = spoken.reading, spoken.span
    kind = quotation.kind(reading, span)
    speaker, findings = attributed(spoken, f"{where}/speaker")
    quote = Quote(
        text=span.of(reading.article.text),
        start=span.start,
        end=span.end,
        kind=kind,
        status="verified",
        rank=rank,
        speaker=speaker,
        translations={},
    )
    if spoken.said is None and kind != "direct":
        message = f"the model takes {quote.text!r} for what somebody said; the rules hear nobody there"
        findings = (Finding("quote.speech", message, where, span), *findings)
    return quote, findings


def _named(candidate: Speech) -> str:
    return prompts.as_data(candidate.speaker.name) if candidate.speaker else ""


def _missing(what: str, done: str) -> Finding:
    return Finding(
        "quote.choice", f"the model chose {what!r}, which is nothing that the article quotes; {done}", "/quotes"
    )


def _unchosen(why: str) -> Finding:
    return Finding("quote.choice", f"{why}; the first quotes of the article were taken", "/quotes")
