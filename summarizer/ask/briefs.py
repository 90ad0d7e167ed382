"""Bilingual briefs: the summary and the quotes, line by line, in another language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from summarizer import languages
from summarizer.article import segment
from summarizer.article.findings import Finding
from summarizer.ask import translation
from summarizer.ask.gather import gather
from summarizer.ask.review import Reader
from summarizer.ask.summary import GroundedSummary
from summarizer.ask.translation import HEADLINE, Drafted, Source, Translated, Translator
from summarizer.digest import Brief, Line, Quote, Segment
from summarizer.errors import (
    ContextWindowError,
    ModelError,
    ModelUnavailableError,
    OutputSchemaError,
    SummarizerError,
)

__all__ = ["Briefing", "Missing", "Translation", "draft", "read"]

#: So many translations are asked for in one question: more of them are sooner written at the same time.
_TOGETHER = 40
#: A quote longer than this is translated sentence by sentence and put together again.
_LINE_CHARS = 320
_BRIEF = re.compile(r"^/briefs/\d+")
_WHERE = "/briefs/0"


@dataclass(frozen=True, slots=True)
class Translation:
    """Everything of one digest in one other language.

    Attributes:
        brief: the summary, both languages side by side.
        quotes: a translation for each quote, None where none passed the checks.
        findings: what the checks object to.
    """

    brief: Brief
    quotes: tuple[str | None, ...]
    findings: tuple[Finding, ...]

    def at(self, position: int) -> "Translation":
        """Return the same as brief number `position` of the digest."""
        moved = (replace(f, where=_BRIEF.sub(f"/briefs/{position}", f.where)) for f in self.findings)
        return replace(self, findings=tuple(moved))


@dataclass(frozen=True, slots=True)
class Missing:
    """A brief that could not be made.

    Attributes:
        language: its language.
        error: why.
    """

    language: str
    error: SummarizerError

    @property
    def finding(self) -> Finding:
        """What the digest says about it."""
        name = languages.name(self.language)
        return Finding("brief.missing", f"there is no brief in {name}: {self.error}", "/briefs")


@dataclass(frozen=True, slots=True)
class Briefing:
    """One brief under way: drafted, read a second time, finished.

    Summary and quotes are paid for: an endpoint that fails from here on does not take them away.

    Attributes:
        translator: who writes it.
        quoted: whether the quotes are translated, too.
        drafted: its lines so far, or why there are none.
    """

    translator: Translator
    quoted: bool = True
    drafted: "Drafted | Missing" = field(default_factory=Drafted)

    async def finish(self, summary: GroundedSummary, quotes: Sequence[Quote]) -> "Translation | Missing":
        """Return the brief of the summary as it is published, as the first brief of a digest.

        Raises:
            ContextWindowError: the window turned out smaller; the article must be split.
        """
        if isinstance(self.drafted, Missing):
            return self.drafted
        lines = self.lines(summary, quotes)
        done = await self.translator.finish(lines.all, self.drafted)
        made = self._made(summary, lines, done)
        return replace(made, findings=(*made.findings, *self.drafted.notes))

    def lines(self, summary: GroundedSummary, quotes: Sequence[Quote]) -> "_Lines":
        """Return what is to be translated."""
        statements = summary.told
        headline = Source(summary.headline.text, f"{_WHERE}/headline/target", HEADLINE)
        body = (Source(s.text, f"{_WHERE}/segments/{i}/target") for i, s in enumerate(statements))
        pieces = (self._pieces(quote, i) if self.quoted else () for i, quote in enumerate(quotes))
        return _Lines((headline, *body), tuple(map(tuple, pieces)))

    def _pieces(self, quote: Quote, number: int) -> Iterator[Source]:
        article = self.translator.section.article
        where = f"/quotes/{number}/translations/{self.translator.target}"
        text = " ".join(quote.text.split())
        whole = len(text) <= _LINE_CHARS
        for piece in [text] if whole else [s.text for s in segment.split(text, article.language)]:
            yield Source(piece, where, _role(quote))

    def _made(self, summary: GroundedSummary, lines: "_Lines", done: Sequence[Translated]) -> "Translation":
        """Put the brief together of its translated lines."""
        statements = summary.told
        headline, body, spoken = done[0], done[1 : len(lines.written)], list(done[len(lines.written) :])
        said = [_joined([spoken.pop(0) for _ in quote], self.translator.target) for quote in lines.quoted]
        kept = [(s, t) for s, t in zip(statements, body, strict=True) if t.text is not None]
        brief = Brief(
            source_language=self.translator.checker.source,
            target_language=self.translator.target,
            headline=Line(source=summary.headline.text, target=headline.text or ""),
            segments=tuple(Segment(source=s.text, target=t.text or "", evidence=s.offsets) for s, t in kept),
        )
        findings = (*headline.findings, *_moved(body, _WHERE), *(f for t in said for f in t.findings))
        return Translation(brief, tuple(t.text for t in said), findings)


async def draft(begun: Sequence[Briefing], summary: GroundedSummary, quotes: Sequence[Quote]) -> list[Briefing]:
    """Return briefs with a first translation of every line: in one question where the lines are few.

    Where an answer for all languages cannot be used, each is asked for alone.

    Raises:
        ContextWindowError: the window turned out smaller; the article must be split.
    """
    lines = begun[0].lines(summary, quotes).all if begun else ()
    if _at_once(begun, len(lines)):
        try:
            drafted = await translation.draft([each.translator for each in begun], lines)
            return [replace(each, drafted=own) for each, own in zip(begun, drafted, strict=True)]
        except ContextWindowError:
            raise  # the article will be split
        except ModelUnavailableError as error:
            return [replace(each, drafted=Missing(each.translator.target, error)) for each in begun]
        except (ModelError, OutputSchemaError):
            pass  # one language may be all that is wrong with it
    return await gather(_alone(each, lines) for each in begun)


def _at_once(begun: Sequence[Briefing], lines: int) -> bool:
    """Tell whether one question for all languages is sparing: the embedded model has the article in its cache."""
    several = len(begun) > 1 and len(begun) * lines <= _TOGETHER
    return several and not begun[0].translator.session.endpoint.embedded


async def _alone(begun: Briefing, lines: Sequence[Source]) -> Briefing:
    try:
        (drafted,) = await translation.draft([begun.translator], lines)
    except ContextWindowError:
        raise  # the article will be split
    except (ModelError, OutputSchemaError) as error:
        return replace(begun, drafted=Missing(begun.translator.target, error))
    return replace(begun, drafted=drafted)


async def read(reader: Reader, begun: Sequence[Briefing]) -> list[Briefing]:
    """Return briefs under way with what a second reading says of their lines: all languages in one question."""
    drafts = {i: each.drafted for i, each in enumerate(begun) if isinstance(each.drafted, Drafted)}
    pairs = {i: drafted.pairs(begun[i].translator.target) for i, drafted in drafts.items()}
    reviewed = await reader.translations([pair for own in pairs.values() for pair in own])
    found, notes, briefs = iter(reviewed.findings), reviewed.missing, list(begun)
    for i, drafted in drafts.items():
        briefs[i] = replace(begun[i], drafted=drafted.judged([*islice(found, len(pairs[i]))], notes))
        notes = ()
    return briefs


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a brief: headline, abstract and key points; and the pieces of each quote."""

    written: tuple[Source, ...]
    quoted: tuple[tuple[Source, ...], ...]

    @property
    def all(self) -> tuple[Source, ...]:
        return (*self.written, *(piece for quote in self.quoted for piece in quote))


def _role(quote: Quote) -> str:
    """Return what a model is told that a quote is."""
    kind = "reported speech" if quote.kind == "reported" else "own words"
    return f"{kind} of {quote.speaker.name}" if quote.speaker else kind


def _joined(pieces: Sequence[Translated], target: str) -> Translated:
    """Put a quote's sentences together; half a translation of a quote would be a wrong one, and none is none."""
    texts = [p.text for p in pieces if p.text is not None]
    text = languages.get(target).joint.join(texts) if 0 < len(texts) == len(pieces) else None
    return Translated(text, tuple(f for p in pieces for f in p.findings))


def _moved(body: Sequence[Translated], where: str) -> list[Finding]:
    """Point findings to where their line stands after untranslated ones were left out."""
    findings: list[Finding] = []
    position = 0
    for line in body:
        place = f"{where}/segments/{position}/target" if line.text is not None else f"{where}/segments"
        findings += [replace(f, where=place) for f in line.findings]
        position += line.text is not None
    return findings
