"""Key quotes: the rules find them, the model chooses by number, the program cuts them out of the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.span import Span
from summarizer.ask import drafts, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.gather import gather
from summarizer.digest import Quote, Speaker
from summarizer.errors import ContextWindowError, ModelError, OutputSchemaError
from summarizer.ground.locate import locate
from summarizer.ground.reading import Reading
from summarizer.speech import Speech

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["GroundedQuotes", "by_rule", "choose"]

#: A candidate is shown to the model with at most this many characters: it chooses, it does not copy.
_SHOWN_CHARS = 120
#: The model chooses among so many: more would not fit beside the article into a small context window.
_SHOWN_AT_ONCE = 60
#: A run of speech longer than this is no quote that anybody prints: it is offered in parts.
_QUOTE_CHARS = 700
_OUTPUT_TOKENS_PER_QUOTE = 60


@dataclass(frozen=True, slots=True)
class GroundedQuotes:
    """The chosen quotes in the order of the article, and what the checks object to."""

    quotes: tuple[Quote, ...]
    findings: tuple[Finding, ...]


async def choose(session: "Session", sections: Sequence[Section], reading: Reading, most: int) -> GroundedQuotes:
    """Return at most `most` of the quotes that the rules found; no question is asked where nobody is quoted.

    Raises:
        ModelError: the model gave no usable answer.
        OutputSchemaError: the answer never fitted the schema.
    """
    candidates = [part for said in reading.speeches for part in _parts(reading.article, said)]
    share = -(-most // len(sections))
    parted = [(section, _within(section, candidates)) for section in sections if most]
    answers = await gather(_chosen(session, section, own, min(share, len(own))) for section, own in parted if own)
    chosen = [pair for answer, _ in answers for pair in answer.items()]
    spoken = sorted(chosen, key=lambda pair: (pair[0].start, pair[0].end))[:most]
    grounded = _all_grounded(reading, spoken)
    return replace(grounded, findings=(*(f for _, found in answers for f in found), *grounded.findings))


def by_rule(reading: Reading) -> GroundedQuotes:
    """Return every quote that the rules found; nobody is asked which of them matter."""
    parts = (part for said in reading.speeches for part in _parts(reading.article, said))
    return _all_grounded(reading, [(part, "") for part in parts])


def _all_grounded(reading: Reading, spoken: Sequence[tuple[Speech, str]]) -> GroundedQuotes:
    """Ground each passage with the speaker that the model named, empty where it named none."""
    grounded = [_grounded(reading, said, named, f"/quotes/{i}") for i, (said, named) in enumerate(spoken)]
    return GroundedQuotes(tuple(q for q, _ in grounded), tuple(f for _, found in grounded for f in found))


def _parts(article: Article, said: Speech) -> Iterator[Speech]:
    """Yield a run of speech in parts of whole sentences, a paragraph each if that is short enough."""
    if said.end - said.start <= _QUOTE_CHARS:
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
        if broken or min(following.end, said.end) - start > _QUOTE_CHARS:
            yield replace(said, start=start, end=end)
            start = following.start


def _within(section: Section, candidates: Sequence[Speech]) -> tuple[Speech, ...]:
    start, end = section.sentences[0].start, section.sentences[-1].end
    return tuple(c for c in candidates if start <= c.start < end)


async def _chosen(
    session: "Session", section: Section, candidates: Sequence[Speech], most: int
) -> tuple[dict[Speech, str], tuple[Finding, ...]]:
    """Return the chosen candidates with the speaker that the model names (may be empty).

    Where the model chooses none that exists, the first ones are taken and a finding says so.
    """
    text = section.article.text
    shown = [
        {
            "number": number,
            "text": _clip(text[c.start : c.end]),
            "speaker": prompts.as_data(c.speaker.name) if c.speaker else "",
        }
        for number, c in enumerate(candidates[:_SHOWN_AT_ONCE], 1)
    ]
    prompt = prompts.load("quotes").render(section.values, {"quotes": shown, "most": most})
    into = drafts.choice(len(shown), most)
    try:
        answer = await session.ask(prompt, into, 100 + _OUTPUT_TOKENS_PER_QUOTE * most)
    except ContextWindowError:
        raise  # the article will be split
    except (ModelError, OutputSchemaError) as error:
        return dict.fromkeys(candidates[:most], ""), (_unchosen(f"no choice came ({error})"),)
    known = [q for q in answer.value.quotes if 1 <= q.number <= len(shown)]
    if not known:
        return dict.fromkeys(candidates[:most], ""), (_unchosen("the model chose no quote that exists"),)
    lost = len(answer.value.quotes) - len(known)
    findings = [Finding("quote.choice", f"{lost} of the chosen quotes do not exist", "/quotes")] if lost else []
    if unseen := len(candidates) - len(shown):
        findings.append(
            Finding("quote.choice", f"{unseen} quotes of the article were not offered to the model", "/quotes")
        )
    return {candidates[q.number - 1]: one_line(q.speaker) for q in known}, tuple(findings)


def _unchosen(why: str) -> Finding:
    return Finding("quote.choice", f"{why}; the first quotes of the article were taken", "/quotes")


def _grounded(reading: Reading, said: Speech, named: str, where: str) -> tuple[Quote, tuple[Finding, ...]]:
    speaker, findings = _speaker(reading, said, named, f"{where}/speaker")
    quote = Quote(
        text=reading.article.text[said.start : said.end],
        start=said.start,
        end=said.end,
        kind=said.kind,
        status="verified",
        speaker=speaker,
        translations={},
    )
    return quote, findings


def _speaker(reading: Reading, said: Speech, named: str, where: str) -> tuple[Speaker | None, tuple[Finding, ...]]:
    """Return the speaker: the rules' if they have one, else the model's if the article has the name."""
    known = said.speaker
    if known is not None:
        role = None if known.role == known.name else known.role
        speaker = Speaker(
            name=known.name, role=role, organisation=known.organisation, start=known.start, end=known.end
        )
        if named and not _same_name(named, known.name):
            message = f"the model names {named!r}, the article gives {known.name!r}; the article was followed"
            return speaker, (Finding("quote.speaker", message, where),)
        return speaker, ()
    found = _named_beside(reading, said, named) if named else None
    if found is not None:
        name = found.of(reading.article.text)
        message = f"{name!r} was named by the model; the article does not say so in a way that the rules can read"
        speaker = Speaker(name=name, role=None, organisation=None, start=found.start, end=found.end)
        return speaker, (Finding("quote.named", message, where),)
    reason = f"the model names {named!r}" if named else "the article does not say who"
    return None, (Finding("quote.unattributed", f"no certain speaker: {reason}", where),)


def _named_beside(reading: Reading, said: Speech, named: str) -> Span | None:
    """Return where the model's speaker stands beside the quote: a person that the rules know as a speaker.

    Any other string of the article is a guess: an office, a city, a person who was only present.
    """
    article = reading.article
    people = {s.speaker.name for s in reading.speeches if s.speaker}
    if not any(_same_name(named, person) for person in people):
        return None
    near = [s for s in article.sentences if s.start <= said.end and said.start <= s.end]
    start, end = (near[0].start, near[-1].end) if near else (said.start, said.end)
    beside = locate(article.text[start:end], named)
    return Span(start + beside[0].start, start + beside[0].end) if len(beside) == 1 else None


def _same_name(one: str, other: str) -> bool:
    """Tell whether one name is the other or a part of it (``Gong`` and ``Gong Zheng``, ``龚正`` and ``市长龚正``)."""
    a, b = ("".join(name.casefold().split()) for name in (one, other))
    return a in b or b in a


def _clip(text: str) -> str:
    line = prompts.as_data(text)
    return line if len(line) <= _SHOWN_CHARS else line[:_SHOWN_CHARS] + "…"
