"""What the checks say of right translations between English and languages without a folder, and what they catch.

``python -m bench.any_language [--to ja …] [--data DIR] [--half mend|read|all] [-v]`` reads ``ntrex/more.jsonl`` in DATA
(else ``../shared/data`` beside the checkout), which is not part of this project: professional translations of news from
English, document by document, held against each other in both directions. An objection to a right line is an alarm; a
line with a proof against it would be left out. Then one digit of a line is changed: the line is caught where the
checks say something that they do not say of the right one. Where a digit of a name or of an address is changed
nothing can be found; such lines count all the same.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.aligned import with_another_digit
from bench.translations import documents
from summarizer.article import from_text
from summarizer.checks import lines
from summarizer.ground.reading import Reading

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LANGUAGES = ("ja", "ko", "ar", "pt", "ru", "vi")


@dataclass(slots=True)
class Score:
    """Counts of one direction: lines, alarms, left out; lines with a digit changed, caught, proved; codes of alarms."""

    lines: int = 0
    alarms: int = 0
    left_out: int = 0
    changed: int = 0
    caught: int = 0
    proved: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.lines} lines: alarms {self.alarms} ({self.alarms / max(self.lines, 1):.1%}), left out "
            f"{self.left_out} ({self.left_out / max(self.lines, 1):.1%}); of {self.changed} changed digits "
            f"{self.caught} caught ({self.caught / max(self.changed, 1):.0%}), {self.proved} proved; "
            + ", ".join(f"{code} {count}" for code, count in self.codes.most_common())
        )


def measure(rows: Sequence[dict[str, str]], source: str, target: str, score: Score, *, told: bool) -> None:
    """Hold the translations of one document against their lines, as they are and with a digit changed."""
    reading = Reading.of(from_text("\n".join(row[source] for row in rows), language=source))
    pairs = [(row[source], row[target]) for row in rows]
    for (line, text), findings in zip(pairs, lines.translations(reading, pairs, target), strict=True):
        objections = [f for f in findings if f.severity != "info"]
        score.lines += 1
        score.alarms += bool(objections)
        score.left_out += any(f.proof for f in objections)
        score.codes.update({f.code for f in objections})
        for finding in objections if told else ():
            _say(f"{source}-{target} {finding.code} {finding.message}\n    {line}\n    {text}")
        other = with_another_digit(text, f"{source} {target} {line}")
        if other is None:
            continue
        (after,) = lines.translations(reading, [(line, other)], target)
        said = {(f.code, f.message) for f in findings}
        new = [
            f
            for f in after
            if f.severity != "info" and f.code.startswith("figure") and (f.code, f.message) not in said
        ]
        score.changed += 1
        score.caught += bool(new)
        score.proved += any(f.proof for f in new)
        if told and not new:
            _say(f"{source}-{target} not caught\n    {line}\n    {other}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line of counts for each direction; 1 where the data is absent."""
    parser = argparse.ArgumentParser(description="checks of languages without a folder, on professional translations")
    parser.add_argument("--to", nargs="*", default=list(LANGUAGES))
    parser.add_argument("--half", choices=("mend", "read", "all"), default="mend")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args(arguments)
    path = given.data / "ntrex" / "more.jsonl"
    if not path.is_file():
        _say(f"{path} is absent; nothing is measured")
        return 1
    every = documents(given.data, given.half).values()
    for language in given.to:
        for source, target in (("en", language), (language, "en")):
            score = Score()
            for rows in every:
                measure(rows, source, target, score, told=given.verbose)
            _say(f"{source}-{target}: {score}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
