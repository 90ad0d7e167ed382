"""Tables for spreadsheets: the quotes of digests, their figures; a row each, and no cell a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from summarizer import languages
from summarizer.digest import Digest, Quote
from summarizer.render import words

__all__ = ["FIGURES", "about", "cell", "figures", "objections", "quote_columns", "quotes", "write"]

#: A digest with the name of its input.
_Named = Iterable[tuple[str, Digest]]
_Row = Mapping[str, object]
#: A spreadsheet takes a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_ARTICLE = ("name", "id", "outlet", "published", "author", "url", "language", "headline")
_QUOTE = ("quote", "rank", "kind", "speaker", "role", "organisation", "text")
_OTHER = "other"
#: Columns of the table of figures.
FIGURES = (*_ARTICLE, "figure", "kind", "value", "unit", "direction", "suspect", "sentence", "start", "end")


def write(rows: Iterable[_Row], columns: Sequence[str], file: IO[bytes]) -> int:
    """Write a table as spreadsheets read it, RFC 4180 in UTF-8 with its mark, and return how many rows it has.

    Args:
        rows: column → value; a column that a row lacks is empty.
        columns: in their order; they stand in the first line.
        file: open for writing; it stays open.
    """
    number = 0
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    try:
        table = csv.DictWriter(text, list(columns))
        table.writerow({column: cell(column) for column in columns})
        for row in rows:
            table.writerow({column: cell(value) for column, value in row.items()})
            number += 1
    finally:
        text.detach()
    return number


def cell(value: object) -> object:
    """Return a value that no spreadsheet runs: what begins like a formula, and is no number, gets an apostrophe."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def quote_columns() -> tuple[str, ...]:
    """Return the columns of the table of quotes: one more for each language with a folder, and one for all others."""
    translations = (f"translation_{code}" for code in (*languages.available(), _OTHER))
    return (*_ARTICLE, *_QUOTE, *translations, "look_at", "sentence", "start", "end")


def quotes(digests: _Named) -> Iterator[_Row]:
    """Yield a row for each quote, with who said it, its translations and what is doubted about it."""
    for name, digest in digests:
        for i, quote in enumerate(digest.quotes):
            yield {
                **about(name, digest),
                **_quote(quote),
                "sentence": _sentences(digest, quote.start, quote.end),
                "quote": i + 1,
                "look_at": objections(digest, f"/quotes/{i}"),
            }


def figures(digests: _Named) -> Iterator[_Row]:
    """Yield a row for each figure of the articles, with its value and the sentence where it stands."""
    for name, digest in digests:
        for figure in digest.figures:
            yield {
                **about(name, digest),
                "figure": words.text(figure.text),
                "suspect": "yes" if figure.suspect else "",
                "sentence": _sentences(digest, figure.start, figure.end),
                **{field: getattr(figure, field) for field in ("kind", "value", "unit", "direction", "start", "end")},
            }


def _sentences(digest: Digest, start: int, end: int) -> str:
    """Return the sentences that a passage stands in."""
    return " ".join(words.sentence(digest, number) for number in words.cited(digest, [(start, end)]))


def about(name: str, digest: Digest) -> dict[str, object]:
    """Return what is known of a digest's article, a column each, under the name of its input."""
    known: dict[str, Any] = digest.article.model_dump()
    facts = {column: words.text(str(known[column] or "")) for column in _ARTICLE if column in known}
    facts |= {"name": words.text(name), "headline": words.text(digest.summary.headline)}
    return {column: facts[column] for column in _ARTICLE}


def _quote(quote: Quote) -> dict[str, object]:
    who = quote.speaker
    translated = dict[str, str]()
    for code, text in quote.translations.items():  # both scripts of Chinese stand in one column
        own = languages.base(code) in languages.available()
        column, told = f"translation_{languages.base(code)}", words.text(text)
        column, told = (column, told) if own else (f"translation_{_OTHER}", f"{words.tag(code)}: {told}")
        translated[column] = " / ".join(filter(None, (translated.get(column), told)))
    return {
        **translated,
        "rank": quote.rank or "",
        "kind": words.kind(quote),
        "speaker": words.text(who.name) if who else "",
        "role": words.text(who.role or "") if who else "",
        "organisation": words.text(who.organisation or "") if who else "",
        "text": words.text(quote.text),
        "start": quote.start,
        "end": quote.end,
    }


def objections(digest: Digest, place: str) -> str:
    """Return what is objected to at a place, in words for one cell."""
    found = words.beside(digest, place)
    return "; ".join(f"{words.severity(each)}: {words.text(each.message)}" for each in found)
