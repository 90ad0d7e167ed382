"""Digests as a mail that programs open as a draft (.eml): plain text and a page of the same."""

from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from summarizer import languages
from summarizer.digest import Digest
from summarizer.render import evidence, marks, words
from summarizer.render.sections import NOTHING, Cell, tables
from summarizer.render.sections import Table as Rows
from summarizer.render.sheet import Line, Sheet, sheet
from summarizer.render.stories import Telling, tellings
from summarizer.render.text import review

__all__ = ["mail"]

#: Longer subjects are cut by programs for mail; RFC 5322 sets no limit.
_SUBJECT_CHARS = 200
_CELL = 'style="border-bottom:1px solid #ccc;padding:4px 8px 4px 0;vertical-align:top;text-align:left"'
_BEHIND = 'style="color:#666;font-size:85%"'
_TO_LOOK_AT = "color:#8a5a00"
_LOOKS = {"error": "color:#c00000;font-weight:bold", "warning": _TO_LOOK_AT, "info": "color:#555"}


def mail(digests: Sequence[Digest]) -> bytes:
    """Return a mail without sender, receivers and date (RFC 5322, MIME), in UTF-8, with ``X-Unsent: 1``: a draft.

    Args:
        digests: at least one; several make one mail.
    """
    made = EmailMessage(policy=SMTP)
    made["Subject"] = _subject(digests)
    made["X-Unsent"] = "1"
    made["X-Summarizer-Article"] = " ".join(words.short_id(digest) for digest in digests)
    made.set_content(review(digests), charset="utf-8", cte="quoted-printable")
    made.add_alternative(_page(digests), subtype="html", charset="utf-8", cte="quoted-printable")
    return made.as_bytes()


def _subject(digests: Sequence[Digest]) -> str:
    """Return the subject: on one line and without control characters, so that it can begin no other header."""
    told = sheet(digests[0]).headlines[0]
    if len(digests) > 1:
        return f"Press review: {len(digests)} articles"
    return " / ".join(part for part in (told.source, *told.targets) if part)[:_SUBJECT_CHARS]


def _page(digests: Sequence[Digest]) -> str:
    rule = '<hr style="margin:24px 0">'
    told = tellings(digests)
    front = ["".join(_front(told))] if len(told) > 1 else []
    body = rule.join([*front, *("".join(_brief(each)) for each in told)])
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{body}</body></html>\n'


def _front(told: Sequence[Telling]) -> Iterator[str]:
    """Yield what stands before several briefs: their headlines, as in the plain text."""
    yield "<h1>Press review</h1>"
    for number, each in enumerate(told, 1):
        head = sheet(each.digest)
        under = zip(head.targets, head.headlines[0].targets, strict=True)
        shown = "".join(_said("div", target, code) for code, target in under)
        first = f"<div>{number}. {_said('span', head.headlines[0].source, head.language)}</div>"
        yield f'<div style="margin:12px 0">{first}{shown}</div>'


def _brief(telling: Telling) -> Iterator[str]:
    digest, told = telling.digest, sheet(telling.digest)
    for i, line in enumerate(told.headlines):
        yield _said("h1" if i == 0 else "h2", line.source, told.language)
        yield from (_said("h2", t, code) for code, t in zip(told.targets, line.targets, strict=True) if t)
        yield _beside(digest, *line.places, *filter(None, line.target_places))
    yield _said("p", words.byline(digest), "en")
    yield _said("p", digest.article.url or "", "en")
    yield from (_said("p", line, "en") for line in telling.beside)
    yield from _table(digest, "Brief", told.abstract, told)
    yield _beside(digest, "/summary/abstract")
    yield from _table(digest, "Key points", told.points, told)
    yield from _quotes(digest)
    for own in tables(digest):
        yield from _rows(digest, own)
    yield from _elsewhere(digest, "To look at", notes=False)
    yield from _elsewhere(digest, "Notes", notes=True)
    yield from _cited(digest, told)
    yield _said("p", words.made(digest), "en")


def _table(digest: Digest, title: str, lines: Sequence[Line], told: Sheet) -> Iterator[str]:
    if not lines:
        return
    yield f"<h3>{escape(title)}</h3>"
    yield '<table style="border-collapse:collapse">'
    if told.targets:
        names = (words.language(code) for code in (told.language, *told.targets))
        yield f"<tr>{''.join(f'<th {_CELL}>{escape(name)}</th>' for name in names)}</tr>"
    for line in lines:
        source = f"{_said('span', line.source, told.language)}{_numbers(line.sentences)}"
        cells = [f"{source}{_beside(digest, *line.places)}"]
        for code, target, place in zip(told.targets, line.targets, line.target_places, strict=True):
            shown = _said("span", target, code) if target else "<i>left out</i>"
            cells.append(f"{shown}{_beside(digest, place) if place else ''}")
        yield f"<tr>{''.join(f'<td {_CELL}>{cell}</td>' for cell in cells)}</tr>"
    yield "</table>"


def _quotes(digest: Digest) -> Iterator[str]:
    if digest.quotes:
        yield "<h3>Quotes</h3>"
    for i, quote in enumerate(digest.quotes):
        language = digest.article.language
        said = _said("span", marks.original(quote, language), language)
        inner = [f"<p>{said}{_numbers(evidence.of_quote(digest, quote))}</p>"]
        translated = words.translations(i, quote)
        for code, place in translated.items():
            inner.append(f"{_said('p', marks.translated(quote, code), code)}{_beside(digest, place)}")
        inner.append(_said("p", f"— {words.speaker(quote.speaker, language)} ({words.kind(quote)})", language))
        doubts = _beside(digest, f"/quotes/{i}", but=tuple(translated.values()))
        yield f"<blockquote>{''.join(inner)}{doubts}</blockquote>"


def _rows(digest: Digest, own: Rows) -> Iterator[str]:
    """Yield a section of an office's own as a table."""
    yield f"<h3>{escape(own.title)}</h3>"
    if not own.rows:
        yield f"<p><i>{NOTHING}</i></p>"
        return
    if own.note:
        yield f"<p><i>{escape(own.note)}</i></p>"
    yield '<table style="border-collapse:collapse">'
    yield f"<tr>{''.join(f'<th {_CELL}>{escape(title)}</th>' for title in own.columns)}</tr>"
    for row in own.rows:
        yield f"<tr>{''.join(f'<td {_CELL}>{_cell(digest, cell)}</td>' for cell in row)}</tr>"
    yield "</table>"


def _elsewhere(digest: Digest, title: str, *, notes: bool) -> Iterator[str]:
    """Yield the findings that stand beside no line, under a title: notes, or what is to be looked at."""
    found = [each for each in words.elsewhere(digest) if (each.severity == "info") is notes]
    if found:
        yield f"<h3>{title}</h3>"
    for each in found:
        yield _finding(each.severity, f"{words.severity(each)}: {words.where(each, digest)}: {each.message}")


def _cell(digest: Digest, cell: Cell) -> str:
    shown = _said("span", cell.text, digest.article.language)
    return f"{shown}{_numbers(cell.sentences)}{_beside(digest, *cell.places)}"


def _cited(digest: Digest, told: Sheet) -> Iterator[str]:
    """Yield the sentences whose numbers stand beside lines."""
    behind = evidence.cited(digest, told)
    if behind:
        yield f"<h3>{evidence.TITLE}</h3>"
    for number, said in behind:
        yield f"<div>{evidence.numbers([number])} {_said('span', said, digest.article.language)}</div>"


def _numbers(sentences: Sequence[int]) -> str:
    return f" <span {_BEHIND}>{evidence.numbers(sentences)}</span>" if sentences else ""


def _beside(digest: Digest, *places: str, but: Sequence[str] = ()) -> str:
    found = words.beside(digest, *places, but=but)
    return "".join(_finding(each.severity, f"{words.severity(each)}: {each.message}") for each in found)


def _finding(severity: str, told: str) -> str:
    look = _LOOKS.get(severity, _TO_LOOK_AT)
    return f'<div style="{look}">{escape(words.text(told))}</div>'


def _said(tag: str, said: str, language: str) -> str:
    """Return a text in an element that names its language, and its direction; nothing where there is no text."""
    shown = words.text(said)
    way = ' dir="rtl"' if languages.right_to_left(language) else ""
    return f'<{tag} lang="{words.tag(language)}"{way}>{escape(shown)}</{tag}>' if shown else ""
