"""What the rules read in news that nobody here wrote: quotations, reported speech, time.

``python -m bench.real_text [--half mend|read|all] [--data DIR] [--lines N] [-v] [LANGUAGE...]`` reads the outside data in
DATA (else ``../shared/data`` beside the checkout): Wikinews in Italian, NTREX in three languages, WMT21 in Chinese and
English. Each document belongs to one half: rules are mended with the one and judged by the other. NTREX and WMT21 have
lost their paragraphs: each sentence is one, or, with ``--lines``, so many of them after the title.

For each language and source the table has the documents; their marked quotations of eight words or more, in Chinese of
15 characters or more; how many of these a digest without a model has as a quote with a speaker (``attributed``), as a
quote without one whose finding says so, or not as a quote, with a finding that says why (``explained``), as a quote
without either (``no speaker``), or not at all (``passed over``); the stretches of reported speech, and those that hold
several sentences. Quotations are paired here by their marks alone, by no rule of the product, within a paragraph. ``-v``
lists what was passed over, and the stretches of several sentences with their speaker.
"""

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer import Settings, Summarizer, speech
from summarizer.article import from_text
from summarizer.digest import Digest, FindingRecord

LANGUAGES = ("en", "it", "zh")
HALVES = ("mend", "read", "all")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FATES = ("attributed", "explained", "no speaker", "passed over")
LEAST_WORDS, LEAST_CHARACTERS = 8, 15
SPEED_CHARACTERS, RUNS = 20_000, 9
#: Opening mark → what may close it: typists mix curly and straight double marks.
CLOSING = {
    "“": '”"', '"': '"”', "„": '“”"', "«": "»", "「": "」", "『": "』", "‘": "’", "'": "'", "”": "”",
}  # fmt: skip
#: Marks that are apostrophes as well, or that mostly close: they open behind a gap and before a letter.
UNSURE = "‘'”"
APOSTROPHES = "’'"
STOPS = ".,!?…"


@dataclass(frozen=True, slots=True)
class Document:
    """One article of a set."""

    language: str
    source: str
    key: str
    text: str

    @property
    def half(self) -> str:
        """Which half it belongs to, by the second byte of its key's SHA-256."""
        return "read" if hashlib.sha256(self.key.encode()).digest()[1] % 2 else "mend"


@dataclass(slots=True)
class Tally:
    """What was counted in one source, and the lines for ``-v``."""

    documents: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    stretches: int = 0
    several: int = 0
    notes: list[str] = field(default_factory=list)


def documents(folder: Path, lines_each: int = 1) -> Iterator[Document]:
    """Yield the documents of the sets that are there; of single lines so many are put together to a paragraph."""
    for path in sorted(folder.glob("wikinews_it/*.txt")):
        yield Document("it", "wikinews", path.name, path.read_text("utf-8"))
    for name, key, codes in (("ntrex", "doc", LANGUAGES), ("wmt21_zh_en", "block", ("en", "zh"))):
        path = folder / name / "lines.jsonl"
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []
        for code in codes:
            lines: dict[str, list[str]] = {}
            for row in rows:
                lines.setdefault(str(row[key]), []).append(row[code])
            yield from (Document(code, name, own, _article(code, each, lines_each)) for own, each in lines.items())


def _article(language: str, lines: Sequence[str], lines_each: int) -> str:
    title, body, gap = lines[:1], lines[1:], "" if language == "zh" else " "
    return "\n".join([*title, *(gap.join(body[i : i + lines_each]) for i in range(0, len(body), lines_each))])


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words in outermost quotation marks, within a paragraph, half-open; a mark without its like is none."""
    at = 0
    for paragraph in text.splitlines(keepends=True):
        end, i = at + len(paragraph), at
        while i < end:
            closing = _closed(text, i, end) if _opens(text, i) else None
            if closing is not None:
                yield i + 1, closing
            i = i + 1 if closing is None else closing + 1
        at = end


def _opens(text: str, at: int) -> bool:
    if text[at] not in CLOSING:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in UNSURE:
        return not before.isalnum() and before not in tuple(STOPS) and after.isalnum()
    return bool(after.strip()) or (text[at] == "«" and after in {"\u00a0", "\u202f", " "})  # « French »


def _closed(text: str, opening: int, end: int) -> int | None:
    """Return where a quotation closes; a new one that opens before shows that this one never does."""
    closing = CLOSING[text[opening]]
    depth = 0
    for i in range(opening + 1, end):
        if text[i] in closing and _closes(text, i):
            if depth == 0:
                return i
            depth -= 1
        elif text[i] == text[opening]:
            depth += 1
    return None


def _closes(text: str, at: int) -> bool:
    if text[at] not in APOSTROPHES:
        return True
    return text[at - 1] in STOPS and not text[at + 1 : at + 2].isalnum()


def long_enough(said: str, language: str) -> bool:
    """Tell whether a quotation has eight words or 15 characters, marks and spaces not counted."""
    if language == "zh":
        return sum(c.isalnum() for c in said) >= LEAST_CHARACTERS
    return sum(any(c.isalnum() for c in word) for word in said.split()) >= LEAST_WORDS


def fate(digest: Digest, start: int, end: int) -> str:
    """Return what became of a quotation: one of `FATES`. It is a quote when half of it or more stands in quotes."""
    shares = [max(0, min(end, quote.end) - max(start, quote.start)) for quote in digest.quotes]
    quoted = [i for i, share in enumerate(shares) if share] if 2 * sum(shares) >= end - start else []
    if any(digest.quotes[i].speaker for i in quoted):
        return "attributed"
    places = {place for i in quoted for place in (f"/quotes/{i}", f"/quotes/{i}/speaker")}
    if any(_explains(finding, places, start, end) for finding in digest.findings):
        return "explained"
    return "no speaker" if quoted else "passed over"


def _explains(finding: FindingRecord, places: Collection[str], start: int, end: int) -> bool:
    if finding.where in places:
        return True
    span = finding.span if finding.code.startswith("quote.") else None
    return span is not None and span[0] < end and start < span[1]


def several(digest: Digest, start: int, end: int) -> bool:
    """Tell whether a stretch holds words of more than one sentence."""
    text = digest.article.text
    pieces = (text[max(start, first) : min(end, last)] for first, last in digest.article.sentences)
    return sum(any(c.isalnum() for c in piece) for piece in pieces) > 1


def read(summarizer: Summarizer, document: Document, tally: Tally) -> None:
    """Count one document."""
    digest = summarizer.extract(from_text(document.text, language=document.language))
    text = digest.article.text
    tally.documents += 1
    for start, end in quotations(text):
        if long_enough(text[start:end], document.language):
            became = fate(digest, start, end)
            tally.fates[became] += 1
            if became == "passed over":
                tally.notes.append(f"passed over: {document.key}: {text[max(0, start - 60) : end + 60]!r}")
    for said in speech.find(text, document.language):
        if said.kind != "direct":
            tally.stretches += 1
            if several(digest, said.start, said.end):
                tally.several += 1
                name = said.speaker.name if said.speaker else "nobody"
                tally.notes.append(f"several sentences: {document.key}: {name}: {text[said.start : said.end]!r}")


def milliseconds(texts: Iterable[str], language: str) -> float:
    """Return the median processor time of finding the speech of 20,000 characters."""
    whole = "\n\n".join(texts)
    text = (whole * (SPEED_CHARACTERS // max(1, len(whole)) + 1))[:SPEED_CHARACTERS]
    speech.find(text, language)
    return 1e3 * statistics.median(_seconds(text, language) for _ in range(RUNS))


def _seconds(text: str, language: str) -> float:
    start = time.process_time()
    speech.find(text, language)
    return time.process_time() - start


def line(language: str, source: str, tally: Tally) -> str:
    """Return one row of the table."""
    total = tally.fates.total()
    counts = [tally.documents, total, *(tally.fates[name] for name in FATES)]
    reach = f"{(tally.fates['attributed'] + tally.fates['explained']) / total:.0%}" if total else "–"
    row = " | ".join(map(str, [language, source, *counts, reach, tally.stretches, tally.several]))
    return f"| {row} |"


def report(chosen: Sequence[Document], *, verbose: bool) -> Iterator[str]:
    """Yield the table by language and source, the time by language, and what ``-v`` lists."""
    tallies: dict[tuple[str, str], Tally] = {}
    with Summarizer(Settings()) as summarizer:
        for document in chosen:
            read(summarizer, document, tallies.setdefault((document.language, document.source), Tally()))
    head = ["language", "source", "documents", "quotations", *FATES, "reach", "reported", "several sentences"]
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for (language, source), tally in tallies.items():
        yield line(language, source, tally)
    for language in dict.fromkeys(document.language for document in chosen):
        spent = milliseconds([d.text for d in chosen if d.language == language], language)
        yield f"{language}: {spent:.1f} ms for {SPEED_CHARACTERS:,} characters"
    for (language, source), tally in tallies.items() if verbose else ():
        yield from (f"{language} {source}: {note}" for note in tally.notes)


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.real_text", description=__doc__.partition("\n")[0])
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="en, it or zh; default: all")
    parser.add_argument("--half", choices=HALVES, default="all", help="which documents to read")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the data sets")
    parser.add_argument("--lines", type=int, default=1, metavar="N", help="of a paragraph; default: 1")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was passed over")
    arguments = parser.parse_args(given)
    if strange := set(arguments.languages) - set(LANGUAGES):
        parser.error(f"no rules for {', '.join(sorted(strange))}: choose from {', '.join(LANGUAGES)}")
    return arguments


def main(given: Sequence[str]) -> int:
    """Print the report; return 0, where there is no data too."""
    arguments = _arguments(given)
    chosen = [
        document
        for code in arguments.languages or LANGUAGES
        for document in documents(arguments.data, arguments.lines)
        if document.language == code and arguments.half in {"all", document.half}
    ]
    if not chosen:
        sys.stdout.write(f"no outside data in {arguments.data}; skipping it\n")
        return 0
    for row in report(chosen, verbose=arguments.verbose):
        sys.stdout.write(f"{row}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
