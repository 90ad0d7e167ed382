"""A digest as plain text, for mails and messages: no marks but those of the language, a line for each paragraph."""

from collections.abc import Iterable, Iterator, Sequence

from summarizer.digest import Digest
from summarizer.render import evidence, marks, words
from summarizer.render.sections import NOTHING, Table, tables
from summarizer.render.sheet import Line, Sheet, sheet
from summarizer.render.stories import tellings

__all__ = ["review", "text"]

_BETWEEN = "\n\n" + "-" * 60 + "\n\n"


def text(digest: Digest, beside: Sequence[str] = ()) -> str:
    """Return the digest as plain text; a translation stands under its line. Programs for mail fold it themselves.

    Args:
        digest: what is told.
        beside: lines about other articles, as `Telling` has them.
    """
    told = sheet(digest)
    parts = (
        "\n".join(_headlines(digest, told)),
        "\n".join(part for part in (words.byline(digest), words.text(digest.article.url or ""), *beside) if part),
        _section("Brief", _lines(digest, told.abstract), _beside(digest, "/summary/abstract")),
        _section("Key points", _lines(digest, told.points)),
        _section("Quotes", (_quote(digest, i) for i in range(len(digest.quotes)))),
        *(_section(own.title, _rows(digest, own)) for own in tables(digest)),
        _section("To look at", _elsewhere(digest, notes=False)),
        _section("Notes", _elsewhere(digest, notes=True)),
        _section(evidence.TITLE, ["\n".join(_numbered(said, [n]) for n, said in evidence.cited(digest, told))]),
        words.made(digest),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def review(digests: Sequence[Digest]) -> str:
    """Return several digests as plain text: the headlines first, then one after the other, one story together."""
    if len(digests) == 1:
        return text(digests[0])
    told = tellings(digests)
    heads = (head for n, each in enumerate(told, 1) for head in _front(n, each.digest))
    front = "Press review\n\n" + "\n".join(heads) + "\n"
    briefs = (text(each.digest, [words.text(line) for line in each.beside]) for each in told)
    return _BETWEEN.join(each.rstrip("\n") for each in (front, *briefs)) + "\n"


def _front(number: int, digest: Digest) -> Iterator[str]:
    """Yield the headline of an article in a press review, under it its translations."""
    line = sheet(digest).headlines[0]
    yield f"{number}. {line.source}"
    yield from (f"   {target}" for target in line.targets if target)


def _section(title: str, blocks: Iterable[str], *more: str) -> str:
    shown = [block for block in (*blocks, *more) if block]
    return "\n\n".join((title.upper(), *shown)) if shown else ""


def _headlines(digest: Digest, told: Sheet) -> Iterator[str]:
    for line in told.headlines:
        yield from filter(None, (line.source, _beside(digest, *line.places)))
        for target, place in zip(line.targets, line.target_places, strict=True):
            yield from filter(None, (target, place and _beside(digest, place)))


def _lines(digest: Digest, lines: Iterable[Line]) -> Iterator[str]:
    """Yield each line with its translations under it."""
    for line in lines:
        told = [_numbered(line.source, line.sentences), _beside(digest, *line.places)]
        for target, place in zip(line.targets, line.target_places, strict=True):
            told += [target or "(left out)", place and _beside(digest, place)]
        yield "\n".join(filter(None, told))


def _quote(digest: Digest, position: int) -> str:
    quote = digest.quotes[position]
    code, translated = digest.article.language, words.translations(position, quote)
    lines = [_numbered(marks.original(quote, code), evidence.of_quote(digest, quote))]
    for other, place in translated.items():
        lines += [marks.translated(quote, other), _beside(digest, place)]
    lines.append(f"— {words.speaker(quote.speaker, code)} ({words.kind(quote)})")
    lines.append(_beside(digest, f"/quotes/{position}", but=tuple(translated.values())))
    return "\n".join(filter(None, lines))


def _numbered(text: str, sentences: Sequence[int]) -> str:
    """Return a line with the numbers of the sentences behind it."""
    return " ".join(filter(None, (text, evidence.numbers(sentences))))


def _rows(digest: Digest, own: Table) -> Iterator[str]:
    """Yield each row of a section, a line for each field."""
    yield own.note if own.rows else NOTHING
    for row in own.rows:
        filled = [(title, cell) for title, cell in zip(own.columns, row, strict=True) if cell.text]
        told = [_numbered(f"{title}: {cell.text}", cell.sentences) for title, cell in filled]
        places = [place for cell in row for place in cell.places]
        yield "\n".join(part for part in (*told, _beside(digest, *places)) if part)


def _beside(digest: Digest, *places: str, but: Sequence[str] = ()) -> str:
    found = words.beside(digest, *places, but=but)
    return "\n".join(f"[{words.severity(each)}: {words.text(each.message)}]" for each in found)


def _elsewhere(digest: Digest, *, notes: bool) -> Iterator[str]:
    for found in (each for each in words.elsewhere(digest) if (each.severity == "info") is notes):
        yield f"[{words.severity(found)}: {words.where(found, digest)}: {words.text(found.message)}]"
