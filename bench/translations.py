"""What the checks object to in lines that professionals translated from or into one language, and its quotations.

``python -m bench.translations --language fr [--other en] [--half mend|read|all] [--data DIR] [-v]`` reads
``ntrex/more.jsonl`` in DATA (else ``../shared/data`` beside the checkout), which is not part of this project. Each
document is an article, its professional translation a brief: an objection is an alarm, the translators' own mistakes
among them. "Left out" is what a brief would not have. Then the marked quotations of eight words and more in the lines
of the language are counted by their fate, as `bench.real_text` does. ``-v`` lists the alarms and the quotations.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.aligned import Row, Translated
from bench.real_text import DATA, Document, Tally, fate, long_enough, quotations, read
from summarizer import Settings, Summarizer
from summarizer.article import from_text

__all__ = ["documents", "main"]


def documents(data: Path, half: str) -> dict[str, list[dict[str, str]]]:
    """Return document → its rows (language → line), of one half or all."""
    found: dict[str, list[dict[str, str]]] = {}
    for line in (data / "ntrex" / "more.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["doc"], []).append(row)
    return {key: rows for key, rows in found.items() if half in {"all", Document("", "", key, "").half}}


def alarms(rows: dict[str, list[dict[str, str]]], source: str, target: str) -> list[Row]:
    """Return every line with what the checks object to in its translation."""
    column = f"{source}-{target}"
    units = (
        Translated(
            key, (source, target), tuple(r[source] for r in own), tuple((column, r[source], r[target]) for r in own)
        )
        for key, own in rows.items()
    )
    return [row for unit in units for row in unit.rows()]


def told(rows: Sequence[Row], *, verbose: bool) -> Iterator[str]:
    """Yield the sums of one direction, and with `verbose` each alarm."""
    left_out = sum(any(f.proof for f in row.findings) for row in rows)
    errors = sum(any(f.severity == "error" for f in row.findings) for row in rows)
    flagged = [row for row in rows if row.codes]
    codes = dict(Counter(code for row in flagged for code in row.codes).most_common())
    yield (
        f"{rows[0].column}: of {len(rows)} lines {left_out} left out ({left_out / len(rows):.1%}), {errors} with an error "
        f"({errors / len(rows):.1%}), {len(flagged)} flagged ({len(flagged) / len(rows):.1%}): {codes}"
    )
    for row in flagged if verbose else ():
        said = "; ".join(f"{f.severity} {f.code}: {f.message[:160]}" for f in row.findings if f.severity != "info")
        yield f"  {said}\n    {row.source}\n    {row.text}"


def marked(rows: dict[str, list[dict[str, str]]], language: str, *, verbose: bool) -> Iterator[str]:
    """Yield what became of the quotations in marks of the lines of a language."""
    tally, notes = Tally(), []
    with Summarizer(Settings()) as summarizer:
        for key, own in rows.items():
            document = Document(language, "ntrex", key, "\n".join(row[language] for row in own))
            read(summarizer, document, tally)
            digest = summarizer.extract(from_text(document.text, language=language)) if verbose else None
            for start, end in quotations(digest.article.text) if digest else ():
                said = digest.article.text[start:end] if digest else ""
                if digest is None or not long_enough(said, language):
                    continue
                near = [q for q in digest.quotes if q.start < end and start < q.end]
                who = [(q.speaker.name, q.speaker.role, q.speaker.organisation) if q.speaker else None for q in near]
                context = digest.article.text[max(0, start - 110) : end + 110].replace("\n", " / ")
                notes.append(f"  {fate(digest, start, end)} {who}: {context}")
    yield f"quotations of eight words and more: {dict(tally.fates)}; reported stretches {tally.stretches}"
    yield from notes


def main() -> None:
    """Print the alarms in both directions and the quotations."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--language", required=True, help="one of more.jsonl: de, es, fr, pt …")
    parser.add_argument("--other", default="en", help="the language on the other side; default: en")
    parser.add_argument("--half", choices=("mend", "read", "all"), default="mend")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("-v", "--verbose", action="store_true", help="list alarms and quotations")
    asked = parser.parse_args()
    if not (asked.data / "ntrex" / "more.jsonl").is_file():
        sys.stdout.write(f"no outside data in {asked.data}; skipping it\n")
        return
    rows = documents(asked.data, asked.half)
    for source, target in ((asked.other, asked.language), (asked.language, asked.other)):
        for line in told(alarms(rows, source, target), verbose=asked.verbose):
            sys.stdout.write(f"{line}\n")
    for line in marked(rows, asked.language, verbose=asked.verbose):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
