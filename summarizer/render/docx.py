"""Digests as a Word file in the shape of a press brief; several as one press review with contents.

Headline in all languages, key points, quotes with speaker and role, the brief side by side, and where it comes from.
Doubts are comments of Word that an editor answers or deletes; what must be mended stands in red in the text.
Importing this needs python-docx (extra ``documents``).
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from summarizer.digest import Digest, FindingRecord
from summarizer.render import evidence, marks, ooxml, words
from summarizer.render.docx_styles import empty
from summarizer.render.sections import NOTHING, tables
from summarizer.render.sections import Table as Rows
from summarizer.render.sheet import Line, Sheet, sheet
from summarizer.render.stories import Telling, tellings

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.run import Run

__all__ = ["document"]

_RED, _GREY, _BEHIND_SIZE = RGBColor(0xC0, 0, 0), RGBColor(0x59, 0x59, 0x59), Pt(8)
_ENGLISH = "en"
_CONTENTS, _TRANSLATED, _BYLINE, _SAID_BY, _MEND = "Contents", "Translated headline", "Byline", "Said by", "To mend"
_CITED = "Cited"
#: Core properties of a file take so many characters (ECMA-376, part 2; python-docx refuses more).
_PROPERTY_CHARS = 255
_SHOWN_SENTENCES, _SHOWN_CHARS = 3, 240


def document(digests: Sequence[Digest]) -> bytes:
    """Return a Word file (.docx): one brief, or a press review with a list of contents and each brief on a new page.

    Args:
        digests: at least one, in the order of the pages; those that tell one story come together.
    """
    made, told = empty(), tellings(digests)
    _properties(made, digests)
    page = _Page(made)
    if len(told) > 1:
        page.front([each.digest for each in told])
    for number, each in enumerate(told, 1):
        page.brief(each, number, several=len(told) > 1)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _properties(made: "Document", digests: Sequence[Digest]) -> None:
    title = "Press review" if len(digests) > 1 else words.text(digests[0].summary.headline)
    properties = made.core_properties
    properties.title = title[:_PROPERTY_CHARS]
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.identifier = " ".join(words.short_id(digest) for digest in digests)[:_PROPERTY_CHARS]
    properties.created = properties.modified = max(d.provenance.created for d in digests).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class _Page:
    """Writes briefs into a document, one after the other."""

    made: "Document"

    def front(self, digests: Sequence[Digest]) -> None:
        """Write the title and the contents: a line for each article with the page, and one for each translation.

        A field for contents would be shown without pages by LibreOffice; numbers of pages alone it counts by itself.
        """
        self.made.add_paragraph("Press review", style="Title")
        self._say(self.made.add_paragraph(style=_BYLINE), _span(digests), _ENGLISH)
        self.made.add_paragraph("Contents", style=_CONTENTS)
        for number, digest in enumerate(digests, 1):
            told = sheet(digest)
            entry = self._entry("toc 1", told.headlines[0].source, told.language, number)
            entry.add_run("\t")
            ooxml.page_reference(entry, _mark(number))
            for language, target in zip(told.targets, told.headlines[0].targets, strict=True):
                if target:
                    self._entry("toc 2", target, language, number)

    def _entry(self, style: str, text: str, language: str, number: int) -> Paragraph:
        paragraph = self.made.add_paragraph(style=style)
        ooxml.link(self._say(paragraph, text, language), paragraph, to=_mark(number))
        return paragraph

    def brief(self, telling: Telling, number: int, *, several: bool) -> None:
        """Write the brief of one article."""
        digest, told = telling.digest, sheet(telling.digest)
        self._headlines(digest, told, number, several=several)
        self._byline(digest)
        for line in telling.beside:
            self._say(self.made.add_paragraph(style=_BYLINE), words.text(line), _ENGLISH)
        self._to_mend(digest)
        self._table(digest, "Key points", told.points, told)
        self._quotes(digest)
        for own in tables(digest):
            self._rows(digest, own)
        first = self._table(digest, "Brief", told.abstract, told)
        if first is not None:
            self._objections(digest, first, "/summary/abstract")
        self._cited(digest, told)
        self._origin(digest)

    def _headlines(self, digest: Digest, told: Sheet, number: int, *, several: bool) -> None:
        for i, line in enumerate(told.headlines):
            heading = self.made.add_paragraph(style="Heading 1" if i == 0 else _TRANSLATED)
            run = self._say(heading, line.source, told.language)
            self._objections(digest, run, *line.places)
            if i == 0:
                heading.paragraph_format.page_break_before = several
                ooxml.bookmark(heading, _mark(number), number)
                self._aside(digest, run)
            for language, target, place in zip(told.targets, line.targets, line.target_places, strict=True):
                if target:
                    run = self._say(self.made.add_paragraph(style=_TRANSLATED), target, language)
                    self._objections(digest, run, place)

    def _byline(self, digest: Digest) -> None:
        if told := words.byline(digest):
            self._say(self.made.add_paragraph(style=_BYLINE), told, _ENGLISH)

    def _to_mend(self, digest: Digest) -> None:
        """Say what must be mended and has no line of its own, what is wrong first; a comment has all of it."""
        for found in words.elsewhere(digest):
            if found.severity == "error":
                parts = (words.where(found, digest), words.meaning(found), words.text(found.message))
                told = ": ".join(filter(None, parts))
                paragraph = self.made.add_paragraph(style=_MEND)
                self._say(paragraph, f"{words.severity(found).capitalize()}: ", _ENGLISH).bold = True
                run = self._say(paragraph, _short(told), _ENGLISH)
                if run.text != told:
                    self._remark(run, [told])

    def _aside(self, digest: Digest, run: "Run") -> None:
        """Comment the headline with what is doubted and noted and has no line of its own."""
        told = [f for f in words.elsewhere(digest) if f.severity != "error"]
        if told:
            said = (f"{words.severity(f)}: {words.where(f, digest)}: {words.text(f.message)}" for f in told)
            self._remark(run, said)

    def _table(self, digest: Digest, title: str, lines: Sequence[Line], told: Sheet) -> "Run | None":
        """Write lines under a heading, side by side where there are translations; return the first line's run."""
        if not lines:
            return None
        self.made.add_paragraph(title, style="Heading 2")
        if not told.targets:
            style = "List Bullet" if title == "Key points" else "Normal"
            runs = [self._line(digest, self.made.add_paragraph(style=style), line, told.language) for line in lines]
            return runs[0]
        table = self._columns((told.language, *told.targets))
        runs = [self._row(digest, table, line, told) for line in lines]
        return runs[0]

    def _rows(self, digest: Digest, own: Rows) -> None:
        """Write a section of an office's own as a table under its title."""
        self.made.add_paragraph(own.title, style="Heading 2")
        if not own.rows:
            self._say(self.made.add_paragraph(), NOTHING, _ENGLISH).italic = True
            return
        if own.note:
            self._say(self.made.add_paragraph(), own.note, _ENGLISH).italic = True
        table = self._titled(own.columns)
        for told in own.rows:
            row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx types most
            ooxml.whole(row)
            for cell, value in zip(row.cells, told, strict=True):
                cell.paragraphs[0].style = "Cell"
                run = self._say(cell.paragraphs[0], value.text, digest.article.language)
                self._numbers(cell.paragraphs[0], value.sentences)
                self._objections(digest, run, *value.places)
        ooxml.shared(table, own.shares)

    def _columns(self, codes: Sequence[str]) -> "Table":
        return self._titled([words.language(code) for code in codes])

    def _titled(self, titles: Sequence[str]) -> "Table":
        table: Table = self.made.add_table(rows=1, cols=len(titles))
        table.autofit = False
        ooxml.lined(table)
        ooxml.repeated(table.rows[0])
        for cell, title in zip(table.rows[0].cells, titles, strict=True):
            self._say(cell.paragraphs[0], title, _ENGLISH).bold = True
        return table

    def _row(self, digest: Digest, table: "Table", line: Line, told: Sheet) -> "Run":
        row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx types most
        ooxml.whole(row)
        source, *targets = row.cells
        for cell in row.cells:
            cell.paragraphs[0].style = "Cell"
        first = self._line(digest, source.paragraphs[0], line, told.language)
        for cell, code, target, place in zip(targets, told.targets, line.targets, line.target_places, strict=True):
            run = self._say(cell.paragraphs[0], target or "left out", code if target else _ENGLISH)
            run.italic = not target
            if place:
                self._objections(digest, run, place)
        return first

    def _line(self, digest: Digest, paragraph: Paragraph, line: Line, language: str) -> "Run":
        run = self._say(paragraph, line.source, language)
        self._numbers(paragraph, line.sentences)
        self._objections(digest, run, *line.places)
        return run

    def _numbers(self, paragraph: Paragraph, sentences: Sequence[int]) -> None:
        """Write the numbers of the sentences behind a line, small and grey."""
        if sentences:
            run = self._say(paragraph, f" {evidence.numbers(sentences)}", _ENGLISH)
            run.font.size, run.font.color.rgb = _BEHIND_SIZE, _GREY

    def _cited(self, digest: Digest, told: Sheet) -> None:
        """Write the sentences whose numbers stand beside lines."""
        behind = evidence.cited(digest, told)
        if behind:
            self.made.add_paragraph(evidence.TITLE, style="Heading 2")
        for number, said in behind:
            paragraph = self.made.add_paragraph(style=_CITED)
            self._say(paragraph, said, digest.article.language)
            self._numbers(paragraph, [number])

    def _quotes(self, digest: Digest) -> None:
        if digest.quotes:
            self.made.add_paragraph("Quotes", style="Heading 2")
        for i, quote in enumerate(digest.quotes):
            paragraph, language = self.made.add_paragraph(style="Quote"), digest.article.language
            run = self._say(paragraph, marks.original(quote, language), language)
            self._numbers(paragraph, evidence.of_quote(digest, quote))
            translated = words.translations(i, quote)
            self._objections(digest, run, f"/quotes/{i}", but=tuple(translated.values()))
            for code, place in translated.items():
                run = self._say(self.made.add_paragraph(style="Quote"), marks.translated(quote, code), code)
                self._objections(digest, run, place)
            said = self.made.add_paragraph(style=_SAID_BY)
            self._say(said, f"— {words.speaker(quote.speaker, language)}", language)
            self._say(said, f" ({words.kind(quote)})", _ENGLISH)

    def _origin(self, digest: Digest) -> None:
        """Say where the article comes from: outlet, author, day, address; nothing where none is known."""
        article, address = digest.article, words.origin(digest)
        known = (words.text(article.outlet or ""), words.text(article.author or ""), words.date(article.published))
        told = ", ".join(part for part in known if part)
        if not told and not address:
            return
        paragraph = self.made.add_paragraph(style=_BYLINE)
        self._say(paragraph, "Source: ", _ENGLISH).bold = True
        if told:
            self._say(paragraph, f"{told}, " if address else told, article.language)
        if address:
            ooxml.link(self._say(paragraph, address, _ENGLISH), paragraph, address=address)

    def _say(self, paragraph: Paragraph, text: str, language: str) -> "Run":
        run = paragraph.add_run(text)
        ooxml.spoken(run, language)
        return run

    def _objections(self, digest: Digest, run: "Run", *places: str, but: Sequence[str] = ()) -> None:
        """Comment a line with what is doubted about it; what must be mended stands red behind it, too."""
        found = words.beside(digest, *places, but=but)
        for each in found:
            if each.severity == "error":
                self._red(run, each)
        if found:
            self._remark(run, (line for each in found for line in _explained(digest, each)))

    def _red(self, run: "Run", found: FindingRecord) -> None:
        run.font.color.rgb = _RED
        parent = run._parent  # noqa: SLF001 - a run's paragraph has no public name
        if isinstance(parent, Paragraph):
            told = self._say(parent, f" [{words.severity(found)}: {words.text(found.message)}]", _ENGLISH)
            told.bold, told.font.color.rgb = True, _RED

    def _remark(self, run: "Run", lines: Iterable[str]) -> None:
        self.made.add_comment(run, "\n".join(lines), author="Summarizer", initials="S")


def _explained(digest: Digest, found: FindingRecord) -> "Iterable[str]":
    """Yield what is objected to and what the source says there."""
    yield f"{words.severity(found).capitalize()}: {words.text(found.message)}"
    shown = words.shown(found, digest)
    for number in shown.sentences[:_SHOWN_SENTENCES]:
        yield f"The article, sentence {number}: {words.sentence(digest, number)}"


def _short(told: str) -> str:
    """Return the beginning of a long message; the whole goes into a comment."""
    return told if len(told) <= _SHOWN_CHARS else f"{told[:_SHOWN_CHARS].rstrip()}…"


def _mark(number: int) -> str:
    return f"article{number}"


def _span(digests: Sequence[Digest]) -> str:
    """Return what a press review covers: its articles and their days."""
    days = sorted(day[:10] for digest in digests if (day := digest.article.published))
    told = [words.date(day) for day in dict.fromkeys((days[0], days[-1]))] if days else []
    return " · ".join((f"{len(digests)} articles", " – ".join(told)) if told else (f"{len(digests)} articles",))
