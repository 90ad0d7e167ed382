"""A digest as Markdown: what happened, who said what, both languages side by side, each doubt beside its line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarizer import languages
from summarizer.article.line import one_line
from summarizer.digest import Digest, FindingRecord, Offsets, Speaker

__all__ = ["markdown"]

#: Characters that Markdown or HTML would take for markup. Text of strangers stays text.
_MARKUP = re.compile(r"([\\`*_~\[\]<>|#])|^([-+=]|\d+(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown(digest: Digest) -> str:
    """Return the digest as Markdown; numbers in brackets are sentence numbers of the article."""
    parts = [
        f"# {_text(digest.summary.headline)}",
        _beside(digest, "/summary/headline"),
        _byline(digest),
        _text(digest.summary.abstract),
        _beside(digest, "/summary/abstract"),
        _section("Key points", _key_points(digest)),
        _section("Quotes", (_quote(digest, i) for i in range(len(digest.quotes)))),
        *(_brief(digest, i) for i in range(len(digest.briefs))),
        _section("Findings", _findings(digest.findings)),
        _provenance(digest),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(text: str) -> str:
    return _MARKUP.sub(_escaped, _ENTITY.sub("&amp;", one_line(text)))


def _bold(text: str) -> str:
    """Return a text in bold; marks around nothing would stand there as they are."""
    shown = _text(text)
    return f"**{shown}**" if shown else ""


def _joined(parts: Iterable[str | None], between: str) -> str:
    """Return the texts that hold something, with a mark between them."""
    return between.join(shown for part in parts if part and (shown := _text(part)))


def _escaped(found: re.Match[str]) -> str:
    """Escape a character; of a number that would begin a list, the mark behind it."""
    return f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _byline(digest: Digest) -> str:
    article = digest.article
    known = (article.outlet, article.published, article.source, languages.name(article.language))
    return f"*{_joined(known, ' · ')}*"


def _key_points(digest: Digest) -> Iterator[str]:
    for i, point in enumerate(digest.summary.key_points):
        yield f"- {_text(point.text)}{_sentences(digest, point.evidence)}"
        if doubts := _beside(digest, f"/summary/key_points/{i}"):
            yield f"  - {doubts}"


def _beside(digest: Digest, where: str) -> str:
    """Return what is doubted about the line at a JSON pointer, and about what is inside it.

    Not why a line is missing: that would quote there what was left out.
    """
    at = (f for f in digest.findings if f.where == where or f.where.startswith(f"{where}/"))
    told = [_text(f.message) for f in at if f.severity == "warning"]
    return f"*Check this: {'; '.join(told)}*" if told else ""


def _sentences(digest: Digest, evidence: Sequence[Offsets]) -> str:
    """Return the numbers of the sentences that a statement rests on, as ``[3, 4]``."""
    numbers = [
        str(number)
        for number, (start, end) in enumerate(digest.article.sentences, 1)
        if any(start < e and s < end for s, e in evidence)
    ]
    return rf" \[{', '.join(numbers)}\]" if numbers else ""


def _quote(digest: Digest, position: int) -> str:
    """Return a quote; only direct speech wears quotation marks."""
    quote = digest.quotes[position]
    marked = f"“{_text(quote.text)}”" if quote.kind == "direct" else _text(quote.text)
    lines = [f"- {marked}", f"  — {_speaker(quote.speaker)} ({quote.kind}, {quote.status})"]
    lines += [f"  - {languages.name(code)} translation: {_text(t)}" for code, t in quote.translations.items()]
    if doubts := _beside(digest, f"/quotes/{position}"):
        lines.append(f"  - {doubts}")
    return "\n".join(lines)


def _speaker(speaker: Speaker | None) -> str:
    if speaker is None:
        return "speaker not certain"
    return _joined((speaker.name, speaker.role, speaker.organisation), ", ") or "speaker without a name"


def _brief(digest: Digest, position: int) -> str:
    brief, where = digest.briefs[position], f"/briefs/{position}"
    source, target = languages.name(brief.source_language), languages.name(brief.target_language)
    rows = [
        f"| {source} | {target} |",
        "| --- | --- |",
        f"| {_bold(brief.headline.source)} | {_told(_bold(brief.headline.target), digest, f'{where}/headline')} |",
        *(
            f"| {_text(s.source)}{_sentences(digest, s.evidence)} "
            f"| {_told(_text(s.target), digest, f'{where}/segments/{i}')} |"
            for i, s in enumerate(brief.segments)
        ),
    ]
    return f"## Brief: {source} – {target}\n\n" + "\n".join(rows)


def _told(line: str, digest: Digest, where: str) -> str:
    """Return a line of a table with what is doubted about it."""
    return " ".join(part for part in (line, _beside(digest, where)) if part)


def _findings(findings: Sequence[FindingRecord]) -> Iterator[str]:
    order = {"error": 0, "warning": 1, "info": 2}
    for found in sorted(findings, key=lambda f: order[f.severity]):
        yield f"- **{found.severity}** `{found.code}`{_place(found)}: {_text(found.message)}"


def _place(found: FindingRecord) -> str:
    if found.span:
        return f" at {found.span[0]}–{found.span[1]}"
    return f" in {_text(found.where)}" if found.where else ""


def _provenance(digest: Digest) -> str:
    made = digest.provenance
    cost = "" if made.cost_usd is None else f", {made.cost_usd:.4f} USD"
    return (
        f"*{_text(made.model)} at {_text(made.endpoint)}, {made.requests} requests, {made.input_tokens} tokens in "
        f"({made.cached_tokens} cached), {made.output_tokens} out, {made.seconds:.0f} s{cost}, "
        f"{made.created:%Y-%m-%d %H:%M} UTC*"
    )
