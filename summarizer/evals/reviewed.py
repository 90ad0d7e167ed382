"""A digest that a person corrected as the start of a gold case: what they let stand, and what they found wrong."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer import figures, languages, speech
from summarizer.digest import Change, Digest, Offsets
from summarizer.evals import outputs
from summarizer.evals.cases import SCHEMA_FILE, Case, KeyFact, Mark, Party, QuoteLabel, Reference, ReferenceLine, Trap
from summarizer.evals.outputs import fields
from summarizer.evals.starter import check_free, mark, quote_label, reference

__all__ = ["label"]

#: The lines in the article's language that may have been wrong.
_STATED = ("/summary/headline", "/summary/key_points/", "/briefs/")


def label(digest: Digest, out: Path, targets: Sequence[str] = ()) -> Path:
    """Write what a corrected digest holds as a draft gold file; return its path.

    Key points become key facts, the briefs reference briefs; quotes and speakers are the digest's, and the rules'
    where it has none. A line of the article's language that was wrong (its figures changed, or something had been
    found about it) becomes a trap. Its `labellers` is 0: a person has yet to read the article for what it lacks.

    Args:
        digest: corrected; its article is the case's.
        out: the file; its name without .json is the case's id.
        targets: languages of the reference briefs; empty for those of the digest's briefs.

    Raises:
        ConfigurationError: the file is there already, is not named as gold is or cannot be written, or a language
            is unknown. Nothing is overwritten.
    """
    check_free(out)
    own = languages.get(digest.article.language).code
    given = targets or [brief.target_language for brief in digest.briefs]
    codes = tuple(dict.fromkeys(code for each in given if (code := languages.get(each).code) != own))
    text = digest.article.text
    draft = Case(
        **{"$schema": f"../{SCHEMA_FILE}"},
        gold_version="1",
        id=out.stem,
        part="development",
        origin=Path(digest.article.source).name or "a digest",
        labellers=0,
        language=digest.article.language,
        targets=codes,
        text=text,
        key_facts=tuple(_facts(digest, codes)),
        quotes=tuple(_quotes(digest)),
        not_speakers=(),
        figures=_marks(text, _printed(digest, suspect=False)),
        garbled=_marks(text, _printed(digest, suspect=True)),
        traps=tuple(_traps(digest, codes)),
        briefs={code: _reference(digest, code) for code in codes},
        sections={section.name: tuple(map(fields, section.rows)) for section in digest.sections},
    )
    outputs.write(out, draft, by_alias=True)
    return out


def _facts(digest: Digest, codes: Sequence[str]) -> Iterator[KeyFact]:
    points = {point.text: point for point in digest.summary.key_points}
    for point in points.values():
        if evidence := _marks(digest.article.text, point.evidence):
            values = tuple(f.text for f in _figures(point.text, digest))
            yield KeyFact(fact=point.text, evidence=evidence, values=values, wordings=_wordings(digest, codes))


def _marks(text: str, spans: Sequence[Offsets]) -> tuple[Mark, ...]:
    """Return the places that a text has, each once."""
    return tuple(mark(text, start, end) for start, end in dict.fromkeys(spans) if start < end <= len(text))


def _figures(text: str, digest: Digest) -> list[figures.Figure]:
    return [f for f in figures.find(text, digest.article.language) if not f.suspect]


def _wordings(digest: Digest, codes: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the places where a person writes the words by which a fact is known."""
    return {languages.base(code): (("…",),) for code in (digest.article.language, *codes)}


def _printed(digest: Digest, *, suspect: bool) -> list[Offsets]:
    """Return the places of the garbled figures, or of the sound ones behind a line of the digest."""
    points = [span for point in digest.summary.key_points for span in point.evidence]
    told = [*points, *(span for brief in digest.briefs for line in brief.segments for span in line.evidence)]
    found = (f for f in digest.figures if f.suspect == suspect)
    return [(f.start, f.end) for f in found if suspect or any(start <= f.start < end for start, end in told)]


def _quotes(digest: Digest) -> Iterator[QuoteLabel]:
    """Yield the digest's quotes, and what else the rules hear; gold has all of them and no two that overlap."""
    text, taken = digest.article.text, list[tuple[int, int]]()
    for quote in digest.quotes:
        if text[quote.start : quote.end] == quote.text and _free(quote.start, quote.end, taken):
            taken.append((quote.start, quote.end))
            who = quote.speaker
            party = Party(name=who.name, role=who.role, organisation=who.organisation) if who else None
            kind = "direct" if quote.kind == "direct" else "reported"
            yield QuoteLabel(start=quote.start, end=quote.end, text=quote.text, kind=kind, speaker=party)
    for said in speech.find(text, digest.article.language):
        if _free(said.start, said.end, taken):
            taken.append((said.start, said.end))
            yield quote_label(said, text)


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < high and low < end for low, high in taken)


def _traps(digest: Digest, codes: Sequence[str]) -> Iterator[Trap]:
    """Yield the lines that a person found wrong; a change of style alone is none."""
    seen: set[str] = set()
    for change in digest.review.changes if digest.review else ():
        before = _stated(change)
        if not before or before in seen:
            continue
        seen.add(before)
        wrong = [f for f in _figures(before, digest) if not _has(change.after or "", f, digest)]
        if wrong or change.settled:
            why = f"a person wrote instead: {change.after}" if change.after else "a person took this line out"
            values = tuple(f.text for f in wrong)
            yield Trap(wrong=before, why=why, values=values, wordings=_wordings(digest, codes))


def _has(text: str, figure: figures.Figure, digest: Digest) -> bool:
    return any(figures.same(figure, other) for other in _figures(text, digest))


def _stated(change: Change) -> str | None:
    """Return what a changed line said in the article's language, None where it is none."""
    if change.kind == "accepted" or not change.where.startswith(_STATED) or change.where.endswith("/target"):
        return None
    if isinstance(change.before, str):
        return change.before
    return getattr(change.before, "text", None) or getattr(change.before, "source", None)


def _reference(digest: Digest, code: str) -> Reference:
    """Return the digest's brief as a reference, where it has one that is whole."""
    brief = next((b for b in digest.briefs if languages.base(b.target_language) == code), None)
    pairs = [(line.source, line.target) for line in (brief.headline, *brief.segments)] if brief else []
    if len(pairs) < 2 or not all(source.strip() and target.strip() for source, target in pairs):
        return reference(digest.summary.headline or digest.article.text[:80], code)
    headline, *lines = (ReferenceLine(source=source, target=target) for source, target in pairs)
    return Reference(headline=headline, lines=tuple(lines))
