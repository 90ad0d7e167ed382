"""Digests through a Word template of one's own: docxtpl, with Jinja in a sandbox that escapes every value.

Importing this needs docxtpl (extra ``documents``). What a template may use stands in ``docs/documents.md``.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from summarizer.article.line import one_line
from summarizer.digest import Digest
from summarizer.errors import TemplateError
from summarizer.render import evidence, marks, words
from summarizer.render.sections import Cell, tables
from summarizer.render.sheet import Line, Sheet, sheet

__all__ = ["filled", "values"]

_PLACE_CHARS = 120


def filled(template: Path, digests: Sequence[Digest]) -> bytes:
    """Return a Word file made of a template (.docx) and digests.

    Args:
        template: a Word file with Jinja tags; see `values`.
        digests: at least one; the variables of the first stand by themselves, too.

    Raises:
        TemplateError: it cannot be read, has an unknown variable, or a tag that is wrong or not allowed; the message
            names the place.
    """
    shown = one_line(str(template))
    made = _opened(template, shown)
    articles = [values(digest) for digest in digests]
    environment = _environment()
    try:
        made.render({**articles[0], "articles": articles}, environment)
        file = io.BytesIO()
        made.save(file)
    except jinja2.TemplateError as error:
        raise TemplateError(f"{shown}: {_said(error)}", _ADVICE) from None
    except (XMLSyntaxError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateError(f"{shown}: it cannot be filled in: {one_line(str(error))}", _ADVICE) from None
    return file.getvalue()


_ADVICE = "mend the template in Word; docs/documents.md lists what it may use"


def _opened(template: Path, shown: str) -> DocxTemplate:
    try:
        made = DocxTemplate(str(template))
        made.init_docx()
    except (OpcError, OSError, ValueError, KeyError, zipfile.BadZipFile, XMLSyntaxError):
        told = "there is no such file" if not template.exists() else "this is no Word file (.docx)"
        raise TemplateError(f"{shown}: {told}", "name a template that Word saved as .docx") from None
    return made


def _environment() -> jinja2.Environment:
    """Return where templates run: every value escaped, what they misspell an error, no way to write raw XML."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    for name in ("safe", "forceescape", "xmlattr"):
        environment.filters.pop(name, None)
    return environment


def _said(error: jinja2.TemplateError) -> str:
    """Return what is wrong with a template, and in which of its lines."""
    what = one_line(error.message or type(error).__name__)
    if isinstance(error, SecurityError):
        what = f"a tag does what no template may do: {what}"
    around = [line for each in getattr(error, "docx_context", ()) if (line := one_line(each))]
    tagged = [line for line in around if "{" in line] or around
    place = f" near “{' … '.join(tagged)[:_PLACE_CHARS]}”" if tagged else ""
    return f"{what}{place}"


def values(digest: Digest) -> dict[str, Any]:
    """Return what a template may use of one digest: texts on one line, lists of texts, and lists of such values.

    ``headline`` and ``headlines`` [{language, text}]; ``outlet``, ``author``, ``published``, ``url``, ``source``,
    ``language``, ``byline``; ``languages``; ``brief`` and ``key_points`` [{text, sentences, translations
    [{language, text}], doubts}]; ``quotes`` [{text, marked, sentences, kind, speaker, name, role, organisation,
    translations [{language, text, marked}], doubts}]; ``cited`` [{number, text}]; ``figures`` [{text, kind, value,
    unit}]; ``sections`` [{title, columns, note, rows [[{text, sentences, doubts}]]}]; ``findings`` [{severity, where,
    message}]; ``model`` and ``created``.
    """
    told, article = sheet(digest), digest.article
    return {
        "headline": told.headlines[0].source,
        "headlines": [
            {"language": words.language(told.language), "text": told.headlines[0].source},
            *_translations(told, told.headlines[0]),
        ],
        **{name: words.text(getattr(article, name) or "") for name in ("outlet", "author", "url", "source")},
        "published": words.date(article.published),
        "language": words.language(article.language),
        "languages": [words.language(code) for code in (told.language, *told.targets)],
        "byline": words.byline(digest),
        "brief": [_line(digest, told, line) for line in told.abstract],
        "key_points": [_line(digest, told, line) for line in told.points],
        "quotes": [_quote(digest, i) for i in range(len(digest.quotes))],
        "cited": [{"number": number, "text": said} for number, said in evidence.cited(digest, told)],
        "figures": [
            {name: words.text(getattr(figure, name) or "") for name in ("text", "kind", "value", "unit")}
            for figure in digest.figures
        ],
        "sections": [
            {
                "title": own.title,
                "columns": list(own.columns),
                "note": own.note,
                "rows": [_cells(digest, row) for row in own.rows],
            }
            for own in tables(digest)
        ],
        "findings": [
            {"severity": words.severity(f), "where": words.where(f, digest), "message": words.text(f.message)}
            for f in words.sorted_findings(digest)
        ],
        "model": words.text(digest.provenance.model),
        "created": f"{digest.provenance.created:%Y-%m-%d}",
    }


def _line(digest: Digest, told: Sheet, line: Line) -> dict[str, Any]:
    return {
        "text": line.source,
        "sentences": list(line.sentences),
        "translations": list(_translations(told, line)),
        "doubts": _doubts(digest, *line.places, *filter(None, line.target_places)),
    }


def _cells(digest: Digest, row: Sequence[Cell]) -> list[dict[str, Any]]:
    return [
        {"text": c.text, "sentences": list(c.sentences), "doubts": _doubts(digest, *c.places) if c.places else []}
        for c in row
    ]


def _translations(told: Sheet, line: Line) -> Iterator[dict[str, str]]:
    for code, target in zip(told.targets, line.targets, strict=True):
        yield {"language": words.language(code), "text": target}


def _quote(digest: Digest, position: int) -> dict[str, Any]:
    quote = digest.quotes[position]
    who = quote.speaker
    return {
        "text": words.text(quote.text),
        "marked": marks.original(quote, digest.article.language),
        "sentences": list(evidence.of_quote(digest, quote)),
        "kind": words.kind(quote),
        "speaker": words.speaker(who, digest.article.language),
        **{name: words.text(getattr(who, name, None) or "") for name in ("name", "role", "organisation")},
        "translations": [
            {"language": words.language(code), "text": words.text(text), "marked": marks.translated(quote, code)}
            for code, text in quote.translations.items()
        ],
        "doubts": _doubts(digest, f"/quotes/{position}"),
    }


def _doubts(digest: Digest, *places: str) -> list[str]:
    found = words.beside(digest, *places)
    return [f"{words.severity(each)}: {words.text(each.message)}" for each in found]
