"""What a glossary of two hundred common terms falsely alarms on: lines that professionals translated without it.

Whoever translated the lines (NTREX) knew no glossary and was free to say things otherwise. What is counted is how
often the check takes a good translation for one that has none of the renderings that ``bench/glossary.txt`` allows.

Run: ``python -m bench.glossary --data ../shared/data --list``.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from summarizer.article import from_text
from summarizer.checks.claim import Claim
from summarizer.checks.glossary import in_translation
from summarizer.glossary.model import Entry, Glossary
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["Alarm", "alarms", "common", "main"]

HERE = Path(__file__).resolve().parent
_LANGUAGES = ("en", "it", "zh")


@dataclass(frozen=True, slots=True)
class Alarm:
    """A line that is objected to: its direction (``en-it``), source, translation and the message."""

    direction: str
    source: str
    text: str
    message: str


def common() -> Glossary:
    """Return the two hundred terms, each sought in each language by what stands first."""
    lines = (HERE / "glossary.txt").read_text(encoding="utf-8").splitlines()
    return Glossary(tuple(entry for line in lines if not line.startswith("#") for entry in _entries(line)))


def _entries(line: str) -> Iterator[Entry]:
    cells = (tuple(form.strip() for form in cell.split("|")) for cell in line.split(";"))
    forms = dict(zip(_LANGUAGES, cells, strict=True))
    for code, own in forms.items():
        others = {other: said for other, said in forms.items() if other != code}
        yield Entry("term", {code: own[:1]}, others)


def alarms(records: Iterable[dict[str, str]], glossary: Glossary) -> Iterator[tuple[str, int, list[Alarm]]]:
    """Yield for each line in each direction: the direction, how many terms it has, and what is objected to."""
    nothing = {code: Reading.of(from_text("Nothing is said here.", language=code)) for code in _LANGUAGES}
    for record in records:
        for source, target in permutations(_LANGUAGES, 2):
            line, text = record[source], record[target]
            claim = Claim(Text(text, target), (Text(line, source),), nothing[source], "", glossary=glossary)
            direction = f"{source}-{target}"
            found = [Alarm(direction, line, text, f.message) for f in in_translation(claim)]
            yield direction, len(claim.mentions), found


def _records(data: Path, half: int) -> list[dict[str, str]]:
    """Return the lines of the documents of a half, by the second byte of the SHA-256 of their keys: 0 even, 1 odd."""
    with (data / "ntrex/lines.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [r for r in records if hashlib.sha256(r["doc"].encode()).digest()[1] % 2 == half]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print for each direction the lines, those with a term, the terms, and the lines with an alarm."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", type=int, choices=(0, 1), default=0)
    parser.add_argument("--list", action="store_true", help="print each alarm")
    options = parser.parse_args(arguments)
    lines, having, terms, bad = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for direction, count, found in alarms(_records(options.data, options.half), common()):
        lines[direction] += 1
        having[direction] += count > 0
        terms[direction] += count
        bad[direction] += bool(found)
        for each in found if options.list else ():
            sys.stdout.write(f"{each.direction}\n  {each.source}\n  {each.text}\n  {each.message}\n")
    for direction in (*lines, "all"):
        told = [sum(c.values()) if direction == "all" else c[direction] for c in (lines, having, terms, bad)]
        sys.stdout.write(
            f"{direction}: {told[0]} lines, {told[1]} with a term, {told[2]} terms, {told[3]} with an alarm\n"
        )


if __name__ == "__main__":
    main()
