"""A published digest, held against the article inside it: by the rules alone, whoever made or changed it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer import languages
from summarizer.article import Article, segment
from summarizer.article.findings import Finding
from summarizer.article.segment import Sentence
from summarizer.article.span import Span
from summarizer.checks import lines
from summarizer.digest import ArticleRecord, Brief, Digest, FieldRecord, FigureRecord, Offsets, Quote, Value, pointer
from summarizer.digest.abstract import sentences
from summarizer.digest.assemble import figure_record
from summarizer.digest.audit.quotations import check as check_quote
from summarizer.glossary.model import Glossary
from summarizer.ground.reading import Reading
from summarizer.tasks.prove import of_field, read, resolved, unread

__all__ = ["article_of", "audit"]

#: A translated line: its JSON pointer, the source line, the translation.
_Translated = tuple[str, str, str]


def audit(digest: Digest, glossary: Glossary | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a digest as it stands, whatever its own findings say.

    No model is asked and nothing is fetched. The article is taken as it is: what it says is not in question. A doubt
    that a person let go (`FindingRecord.accepted`) is ``cleared``; a proof is not for anybody to let go.

    Args:
        digest: as it stands.
        glossary: what its translations have to call things; None for nothing.

    Raises:
        ConfigurationError: the article's language is not supported.
    """
    languages.checked(digest.article.language)
    audited = _Audit(digest, Reading.of(article_of(digest.article)), glossary or Glossary())
    found = (*_identity(digest), *audited.summary(), *audited.quotes(), *audited.figures(), *audited.briefs())
    found = (*found, *audited.sections())
    accepted = {(f.code, pointer.line(f.where)) for f in digest.findings if f.accepted}
    return tuple(
        _let_go(f, digest) if (f.code, pointer.line(f.where)) in accepted else f for f in dict.fromkeys(found)
    )


def _let_go(finding: Finding, digest: Digest) -> Finding:
    """Return a finding as a person left it who looked at its line."""
    if finding.proof:
        return finding
    review = digest.review
    by = f" by {review.reviewer}" if review and review.reviewer else ""
    on = f" on {review.at:%Y-%m-%d}" if review else ""
    return replace(finding, message=f"{finding.message} (ticked off{by}{on})", standing="cleared")


@dataclass(frozen=True, slots=True)
class _Audit:
    """One digest and what it is held against."""

    digest: Digest
    reading: Reading
    glossary: Glossary

    @property
    def _text(self) -> str:
        return self.digest.article.text

    @property
    def _language(self) -> str:
        return self.digest.article.language

    def summary(self) -> Iterator[Finding]:
        summary = self.digest.summary
        if languages.base(summary.language) != languages.base(self._language):
            message = f"it says {summary.language!r}, the article is in {self._language!r}"
            yield Finding("summary.language", message, "/summary/language")
        yield from self._statement(summary.headline, (), "/summary/headline")
        for text, evidence in sentences(summary.abstract, self._evidence(), self._language):
            yield from self._statement(text, evidence, "/summary/abstract")
        for i, point in enumerate(summary.key_points):
            where = f"/summary/key_points/{i}"
            yield from self._statement(point.text, point.evidence, where)
            yield from _outside(point.evidence, self._text, f"{where}/evidence")

    def quotes(self) -> Iterator[Finding]:
        for i, quote in enumerate(self.digest.quotes):
            yield from check_quote(quote, self.reading, f"/quotes/{i}")
        for code in dict.fromkeys(code for quote in self.digest.quotes for code in quote.translations):
            yield from self._translations(_quoted(self.digest.quotes, code), code)

    def figures(self) -> Iterator[Finding]:
        known = {(f.start, f.end): figure_record(f) for f in self.reading.figures}
        for i, record in enumerate(self.digest.figures):
            if fault := _misread(record, known, self._text):
                yield Finding("figure.record", fault, f"/figures/{i}", _span(record.start, record.end, self._text))

    def briefs(self) -> Iterator[Finding]:
        known = self._evidence().keys() - {s.source for b in self.digest.briefs for s in b.segments}
        known |= {self.digest.summary.headline, *(p.text for p in self.digest.summary.key_points)}
        for i, brief in enumerate(self.digest.briefs):
            yield from self._brief(brief, f"/briefs/{i}", frozenset(known))

    def sections(self) -> Iterator[Finding]:
        for i, section in enumerate(self.digest.sections):
            known = {field.name: field for field in section.fields}
            for j, row in enumerate(section.rows):
                for k, value in enumerate(row.values):
                    where = f"/sections/{i}/rows/{j}/values/{k}"
                    yield from self._value(value, known.get(value.field), where)
                    yield from _outside(value.evidence, self._text, f"{where}/evidence")

    def _value(self, value: Value, field: FieldRecord | None, where: str) -> Iterator[Finding]:
        """Hold a value to what proves its field, once more."""
        if field is not None and field.proof == "text":
            yield from of_field(self._statement(value.text, value.evidence, where))
        elif field is not None and field.proof == "choice":
            if value.text not in field.choices:
                yield Finding("field.choice", f"{value.text!r} is none of: {', '.join(field.choices)}", where)
        elif fault := self._uncut(value, field):
            yield Finding("field.record", fault, where, _span(value.start or 0, value.end or 0, self._text))
        elif field is not None:
            span = Span(value.start or 0, value.end or 0)
            yield from (replace(found, where=where) for found in unread(field.proof, span, self.reading))

    def _uncut(self, value: Value, field: FieldRecord | None) -> str:
        """Return why a value is not what the article has at its place; empty where it is."""
        if field is None:
            return f"{value.text!r} is of no field of its section"
        there = self._text[value.start : value.end] if value.start is not None and value.end is not None else None
        if there is None or value.text != there:
            return f"{value.text!r} is not what the article has at its place: {there or 'no place is given'!r}"
        span = Span(value.start or 0, value.end or 0)
        is_read, told = read(field.proof, span, self.reading), (value.value, value.unit)
        if is_read == (None, None) and field.proof == "date" and value.value:  # a day may be left open
            is_read = (resolved(span, self.reading), None)
        return "" if told == is_read else f"{value.text!r} reads {is_read[0]} {is_read[1] or ''}, not {told[0]}"

    def _brief(self, brief: Brief, where: str, known: frozenset[str]) -> Iterator[Finding]:
        if languages.base(brief.source_language) != languages.base(self._language):
            message = f"it says {brief.source_language!r}, the article is in {self._language!r}"
            yield Finding("brief.language", message, f"{where}/source_language")
        if brief.headline.source not in known:
            yield from self._statement(brief.headline.source, (), f"{where}/headline/source")
        translated = [(f"{where}/headline/target", brief.headline.source, brief.headline.target)]
        for i, line in enumerate(brief.segments):
            place = f"{where}/segments/{i}"
            # what stands in the abstract was held against the article there
            if line.source not in known and line.source not in self.digest.summary.abstract:
                yield from self._statement(line.source, line.evidence, f"{place}/source")
            yield from _outside(line.evidence, self._text, f"{place}/evidence")
            translated.append((f"{place}/target", line.source, line.target))
        yield from self._translations(translated, brief.target_language)

    def _statement(self, text: str, evidence: tuple[Offsets, ...], where: str) -> tuple[Finding, ...]:
        cited = [
            i
            for i, sentence in enumerate(self.reading.article.sentences)
            if any(start < sentence.end and sentence.start < end for start, end in evidence)
        ]
        return lines.statement(self.reading, text, cited, where)

    def _translations(self, translated: Sequence[_Translated], code: str) -> Iterator[Finding]:
        if not languages.known(code):
            message = f"{code!r} is none of the languages that can be checked"
            yield from (Finding("brief.language", message, where) for where, _, _ in translated)
            return
        pairs = [(source, target) for _, source, target in translated]
        found = lines.translations(self.reading, pairs, code, self.glossary)
        for (where, _, _), own in zip(translated, found, strict=True):
            yield from (replace(finding, where=where) for finding in own)

    def _evidence(self) -> Mapping[str, tuple[Offsets, ...]]:
        """Return the lines of the briefs with their evidence: the abstract has no other."""
        return {line.source: line.evidence for brief in self.digest.briefs for line in brief.segments}


def _quoted(quotes: Sequence[Quote], code: str) -> list[_Translated]:
    """Return the quotes that have a translation into one language."""
    return [
        (pointer.pointer("quotes", i, "translations", code), " ".join(quote.text.split()), quote.translations[code])
        for i, quote in enumerate(quotes)
        if code in quote.translations
    ]


def article_of(record: ArticleRecord) -> Article:
    """Return the article of a digest; where its sentences cannot be, it is split anew."""
    sentences = tuple(Sentence(start, end, record.text[start:end]) for start, end in record.sentences)
    if not sentences or _disorder(record) is not None:
        sentences = segment.split(record.text, record.language)
    return Article(
        id=record.id,
        source=record.source,
        url=record.url,
        author=record.author,
        title=record.title,
        language=record.language,
        published=record.published,
        outlet=record.outlet,
        text=record.text,
        sentences=sentences,
        findings=(),
    )


def _identity(digest: Digest) -> Iterator[Finding]:
    record = digest.article
    made = hashlib.sha256(record.text.encode("utf-8", "surrogatepass")).hexdigest()
    if made != record.id:
        yield Finding("digest.identity", f"the text's SHA-256 is {made}: it was changed, or its id", "/article/id")
    wrong = _disorder(record)
    if wrong is not None:
        message = f"sentence {wrong} is empty, lies outside the text or begins before the last one ends"
        yield Finding("digest.offsets", message, f"/article/sentences/{wrong}")


def _disorder(record: ArticleRecord) -> int | None:
    """Return the position of the first sentence whose offsets cannot be, None when all can."""
    last = 0
    for i, (start, end) in enumerate(record.sentences):
        if not last <= start < end <= len(record.text):
            return i
        last = end
    return None


def _outside(evidence: tuple[Offsets, ...], text: str, where: str) -> Iterator[Finding]:
    for i, (start, end) in enumerate(evidence):
        if not start < end <= len(text):
            yield Finding("digest.offsets", f"{start} to {end} is no part of the article", f"{where}/{i}")


def _misread(record: FigureRecord, known: Mapping[tuple[int, int], FigureRecord], text: str) -> str | None:
    """Return why a record is not what the rules read at its place."""
    printed = text[record.start : record.end]
    if not record.start < record.end <= len(text) or printed != record.text:
        return f"the article has {printed!r} there, not {record.text!r}"
    read = known.get((record.start, record.end))
    if read is None:
        return f"{record.text!r} is no figure as it stands in the article"
    given, right = record.model_dump(), read.model_dump()
    wrong = [f"{name} {given[name]!r} instead of {right[name]!r}" for name in right if given[name] != right[name]]
    return f"{record.text!r} has the {', '.join(wrong)}" if wrong else None


def _span(start: int, end: int, text: str) -> Span | None:
    return Span(start, end) if start < end <= len(text) else None
