"""A digest as Markdown: what happened, who said what, all languages side by side, each doubt beside its line.

Nothing stands there twice: a brief's lines are the abstract's sentences and the key points, with their translations.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarizer.digest import Digest, FindingRecord
from summarizer.render import evidence, marks, words
from summarizer.render.sections import NOTHING, Cell, Table, tables
from summarizer.render.sheet import Line, Sheet, sheet

__all__ = ["markdown"]

#: Characters that Markdown or HTML would take for markup. Text of strangers stays text.
_MARKUP = re.compile(r"([\\`*_~\[\]<>|#])|^([-+=]|\d+(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEFT_OUT = "*left out*"


def markdown(digest: Digest) -> str:
    """Return the digest as Markdown; numbers in brackets are of the sentences that stand at its end."""
    told = sheet(digest)
    parts = [
        *_headlines(digest, told),
        _byline(digest),
        _todo(digest),
        *_lines(digest, "Brief", told.abstract, told),
        _beside(digest, "/summary/abstract"),
        *_lines(digest, "Key points", told.points, told),
        _section("Quotes", (_quote(digest, i) for i in range(len(digest.quotes)))),
        *(_section(_text(own.title), _rows(digest, own)) for own in tables(digest)),
        _section("Findings", (_finding(digest, found) for found in words.elsewhere(digest))),
        _section(evidence.TITLE, _cited(digest, told)),
        _provenance(digest),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(text: str) -> str:
    return _MARKUP.sub(_escaped, _ENTITY.sub("&amp;", words.text(text)))


def _escaped(found: re.Match[str]) -> str:
    """Escape a character; of a number that would begin a list, the mark behind it."""
    return f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}"


def _marked(text: str, mark: str) -> str:
    """Return a text between marks; around nothing they would stand there as they are."""
    shown = _text(text)
    return f"{mark}{shown}{mark}" if shown else ""


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _headlines(digest: Digest, told: Sheet) -> Iterator[str]:
    """Yield the headline, and its translations as a list."""
    for i, line in enumerate(told.headlines):
        yield f"# {_text(line.source)}" if i == 0 else _marked(line.source, "**")
        yield _beside(digest, *line.places)
        yield "\n".join(_translated_headline(digest, told, line))


def _translated_headline(digest: Digest, told: Sheet, line: Line) -> Iterator[str]:
    for language, target, place in zip(told.targets, line.targets, line.target_places, strict=True):
        if place:
            yield f"- {_text(words.language(language))}: {_marked(target, '**') or _LEFT_OUT}"
            if doubts := _beside(digest, place):
                yield f"  - {doubts}"


def _byline(digest: Digest) -> str:
    """Return where the article comes from; its file only where nothing says where it was published."""
    known = (words.byline(digest), words.origin(digest))
    return _marked(" · ".join(part for part in known if part), "*")


def _todo(digest: Digest) -> str:
    counted = words.counted(digest)
    return f"**{counted}**" if counted else ""


def _lines(digest: Digest, title: str, lines: Iterable[Line], told: Sheet) -> Iterator[str]:
    """Yield lines under a title: side by side where there are translations, else as text and as points."""
    shown = [line for line in lines if line.source or any(line.targets)]
    if told.targets:
        yield _section(title, _table(digest, shown, told) if shown else ())
    elif title == "Brief":
        yield from (f"{_text(line.source)}{_numbers(line.sentences)}" for line in shown)
    else:
        yield _section(title, (each for line in shown for each in _point(digest, line)))


def _point(digest: Digest, line: Line) -> Iterator[str]:
    yield f"- {_text(line.source)}{_numbers(line.sentences)}"
    if doubts := _beside(digest, *line.places):
        yield f"  - {doubts}"


def _table(digest: Digest, lines: Iterable[Line], told: Sheet) -> Iterator[str]:
    names = [_text(words.language(code)) for code in (told.language, *told.targets)]
    yield f"| {' | '.join(names)} |"
    yield f"|{' --- |' * len(names)}"
    for line in lines:
        source = _spaced(f"{_text(line.source)}{_numbers(line.sentences)}", _beside(digest, *line.places))
        yield f"| {' | '.join((source, *_targets(digest, line)))} |"


def _targets(digest: Digest, line: Line) -> Iterator[str]:
    for target, place in zip(line.targets, line.target_places, strict=True):
        yield _spaced(_text(target), _beside(digest, place) if place else "") or _LEFT_OUT


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _numbers(sentences: Sequence[int]) -> str:
    """Return the numbers of the sentences that a line rests on, as ``[3, 4]``, behind a space."""
    return f" {_text(evidence.numbers(sentences))}" if sentences else ""


def _beside(digest: Digest, *places: str, but: Sequence[str] = ()) -> str:
    """Return what is objected to in lines at JSON pointers, and in what is inside them but at others."""
    return " ".join(map(_objection, words.beside(digest, *places, but=but)))


def _objection(found: FindingRecord) -> str:
    mark = "**" if found.severity == "error" else "*"
    return f"{mark}{words.severity(found).capitalize()}: {_text(found.message)}{mark}"


def _quote(digest: Digest, position: int) -> str:
    """Return a quote; only direct speech wears quotation marks."""
    quote = digest.quotes[position]
    said = _text(marks.original(quote, digest.article.language))
    lines = [
        f"- {said}{_numbers(evidence.of_quote(digest, quote))}",
        f"  — {_text(words.speaker(quote.speaker, digest.article.language))} ({words.kind(quote)})",
    ]
    translated = words.translations(position, quote)
    if doubts := _beside(digest, f"/quotes/{position}", but=tuple(translated.values())):
        lines.append(f"  - {doubts}")
    for code, place in translated.items():
        lines.append(f"  - {_text(words.language(code))}: {_text(marks.translated(quote, code))}")
        if doubts := _beside(digest, place):
            lines.append(f"    - {doubts}")
    return "\n".join(lines)


def _finding(digest: Digest, found: FindingRecord) -> str:
    place = _text(words.where(found, digest))
    return f"- **{words.severity(found)}**: {place}: {_text(found.message)}"


def _rows(digest: Digest, own: Table) -> Iterator[str]:
    """Yield a section of an office's own as a table, each doubt in the cell that it is about."""
    if not own.rows:
        yield f"*{NOTHING}*"
        return
    if own.note:
        yield f"*{_text(own.note)}*\n"
    yield f"| {' | '.join(map(_text, own.columns))} |"
    yield f"|{' --- |' * len(own.columns)}"
    for row in own.rows:
        yield f"| {' | '.join(_cell(digest, cell) for cell in row)} |"


def _cell(digest: Digest, cell: Cell) -> str:
    return _spaced(
        f"{_text(cell.text)}{_numbers(cell.sentences)}", _beside(digest, *cell.places) if cell.places else ""
    )


def _cited(digest: Digest, told: Sheet) -> Iterator[str]:
    return (f"- {_text(evidence.numbers([n]))} {_text(said)}" for n, said in evidence.cited(digest, told))


def _provenance(digest: Digest) -> str:
    made = digest.provenance
    if not made.requests:
        return f"*{_text(words.made(digest))}*"
    cost = "" if made.cost_usd is None else f", {made.cost_usd:.4f} USD"
    return (
        f"*{_text(made.model)} at {_text(made.endpoint)}, {made.requests} requests, {made.input_tokens} tokens in "
        f"({made.cached_tokens} cached), {made.output_tokens} out, {made.seconds:.0f} s{cost}, "
        f"{made.created:%Y-%m-%d %H:%M} UTC, article {_text(words.short_id(digest))}*"
    )
