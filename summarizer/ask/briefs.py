"""Bilingual briefs: the summary and the quotes, line by line, in another language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer import languages
from summarizer.article import segment
from summarizer.article.findings import Finding
from summarizer.ask.summary import GroundedSummary
from summarizer.ask.translation import Source, Translated, Translator
from summarizer.digest import Brief, Line, Quote, Segment
from summarizer.errors import ContextWindowError, ModelError, OutputSchemaError, SummarizerError

__all__ = ["Missing", "Translation", "translate"]

#: A quote longer than this is translated sentence by sentence and put together again.
_LINE_CHARS = 320
_BRIEF = re.compile(r"^/briefs/\d+")


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


async def translate(
    translator: Translator, summary: GroundedSummary, quotes: Sequence[Quote]
) -> Translation | Missing:
    """Return the first brief of a digest, and the translations of its quotes; what is missing where none came.

    Summary and quotes are paid for: an endpoint that fails from here on does not take them away.
    """
    try:
        return await _translated(translator, summary, quotes)
    except ContextWindowError:
        raise  # the article will be split
    except (ModelError, OutputSchemaError) as error:
        return Missing(translator.target, error)


async def _translated(translator: Translator, summary: GroundedSummary, quotes: Sequence[Quote]) -> Translation:
    where = "/briefs/0"
    statements = (*summary.abstract, *summary.key_points)
    lines = [Source(summary.headline.text, f"{where}/headline/target")]
    lines += [Source(s.text, f"{where}/segments/{i}/target") for i, s in enumerate(statements)]
    pieces = [_pieces(q, i, translator) for i, q in enumerate(quotes)]
    done = await translator.translate([*lines, *(p for quote in pieces for p in quote)])
    headline, body, spoken = done[0], done[1 : len(lines)], list(done[len(lines) :])
    said = [_joined([spoken.pop(0) for _ in quote], translator.target) for quote in pieces]
    kept = [(s, t) for s, t in zip(statements, body, strict=True) if t.text is not None]
    segments = tuple(Segment(source=s.text, target=t.text or "", evidence=s.offsets) for s, t in kept)
    source_language = translator.section.article.language
    brief = Brief(
        source_language=source_language,
        target_language=translator.target,
        headline=Line(source=summary.headline.text, target=headline.text or ""),
        segments=segments,
    )
    findings = (*headline.findings, *_moved(body, where), *(f for t in said for f in t.findings))
    return Translation(brief, tuple(t.text for t in said), findings)


def _pieces(quote: Quote, number: int, translator: Translator) -> list[Source]:
    where = f"/quotes/{number}/translations/{translator.target}"
    text = " ".join(quote.text.split())
    if len(text) <= _LINE_CHARS:
        return [Source(text, where)]
    language = translator.section.article.language
    return [Source(s.text, where) for s in segment.split(text, language)]


def _joined(pieces: Sequence[Translated], target: str) -> Translated:
    """Put a quote's sentences together; half a translation of a quote would be a wrong one."""
    texts = [p.text for p in pieces if p.text is not None]
    text = languages.get(target).joint.join(texts) if len(texts) == len(pieces) else None
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
