"""What each finding code falsely alarms on, and what it catches: the measure by which a check is kept or goes.

Alarms are objections to right lines: professional translations (NTREX in six directions, each document being the
article; WMT21 in blocks), machine translations in which no professional marked an error of accuracy (MQM), faithful
summaries (BUMP) and the right digests of the adversarial set. Catches are objections to wrong ones: marked lines
(MQM), summaries with an error put in (BUMP; under "words" a finding in other words counts as new, even where the
faithful summary has its like), altered digests, and NTREX lines in which one digit was changed (``digit``) or that got
the translation of another line (``moved``; held against the other lines of their document alone).

A line counts once for a code. "Left out" is what `summarizer.ask.translation` does with a line after its last
answer. A
code with a star alarms on no more than two of a thousand right lines of any kind (rounded): only such a one may be
called proof. The translators' own mistakes are among the alarms; who reads them (``--list``) may take them off.

Run: ``make bench-checks``, or ``python -m bench.checks --data ../shared/data --list brief.name``.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from operator import methodcaller
from pathlib import Path

from bench.aligned import DIRECTIONS, SETS, Row, Unit, load

__all__ = ["ALARMS", "CATCHES", "Column", "listing", "main", "table", "tallied"]

ROOT = Path(__file__).resolve().parent.parent
ALARMS = (*DIRECTIONS, "wmt21", "mqm", "bump", "adv")
CATCHES = ("mqm wrong", "bump edited", "bump worded", "adversarial", "digit", "moved")
#: What is called proof alarms on no more of a thousand right lines.
_PROOF = 2


@dataclass(slots=True)
class Column:
    """What was seen of one kind of line.

    Attributes:
        lines: how many there are.
        codes: code of an error or warning → lines with it.
        left_out: lines that a brief would not have.
        errors: lines with an error.
        flagged: lines with an error or a warning.
        kinds: kind of error → flagged, all; empty where no kind is named.
    """

    lines: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    errors: int = 0
    flagged: int = 0
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Count a line."""
        self.lines += 1
        self.codes.update(row.codes)
        self.left_out += any(f.proof for f in row.findings)
        self.errors += any(f.severity == "error" for f in row.findings)
        self.flagged += bool(row.codes)
        if row.kind:
            caught, every = self.kinds.get(row.kind, (0, 0))
            self.kinds[row.kind] = (caught + bool(row.codes), every + 1)

    def share(self, lines: int) -> float:
        """Return a part of the lines as a ratio."""
        return lines / self.lines if self.lines else 0.0


def checked(units: Iterable[Unit], jobs: int) -> Iterator[Row]:
    """Yield what the checks say of every line, in the order of the units."""
    if jobs == 1:
        yield from (row for unit in units for row in unit.rows())
        return
    with ProcessPoolExecutor(jobs) as pool:
        for rows in pool.map(methodcaller("rows"), units, chunksize=4):
            yield from rows


def tallied(rows: Iterable[Row]) -> dict[str, Column]:
    """Return column → what was counted in it; columns without lines are left out."""
    columns: dict[str, Column] = {}
    for row in rows:
        columns.setdefault(row.column, Column()).add(row)
    return {name: columns[name] for name in (*ALARMS, *CATCHES) if name in columns}


def proves(code: str, columns: dict[str, Column]) -> bool:
    """Tell whether a code alarms on so few right lines of each kind that it may be called proof."""
    own = [columns[name] for name in ALARMS if name in columns]
    return bool(own) and all(round(1_000 * column.share(column.codes[code])) <= _PROOF for column in own)


def table(columns: dict[str, Column]) -> Iterator[str]:
    """Yield the lines of the report: codes, sums, kinds of error; nothing where nothing was measured."""
    if not columns:
        return
    alarms, catches = ([name for name in group if name in columns] for group in (ALARMS, CATCHES))
    yield f"{'':22}{'alarms on 1,000 right lines':<{6 * len(alarms)}}   {'wrong lines with it'}"
    yield _line("", (_head(name) for name in alarms), (_head(name) for name in catches))
    yield _line("lines", (str(columns[n].lines) for n in alarms), (str(columns[n].lines) for n in catches))
    for code in sorted(frozenset[str]().union(*(column.codes for column in columns.values()))):
        per = [1_000 * columns[name].share(columns[name].codes[code]) for name in alarms]
        counts = [columns[name].codes[code] for name in catches]
        star = "*" if proves(code, columns) else " "
        yield _line(f"{star}{code}", (f"{p:.1f}" if p else "." for p in per), (str(c or ".") for c in counts))
    for title, count in _SUMS:
        cells = [[_percent(columns[n].share(count(columns[n]))) for n in group] for group in (alarms, catches)]
        yield _line(title, *cells)
    for name in (*alarms, *catches):
        yield from _kinds(name, columns[name])


_SUMS: tuple[tuple[str, Callable[[Column], int]], ...] = (
    ("left out", lambda column: column.left_out),
    ("error", lambda column: column.errors),
    ("error or warning", lambda column: column.flagged),
)


def _head(name: str) -> str:
    return {"mqm wrong": "mqm", "bump edited": "bump", "bump worded": "words", "adversarial": "adv"}.get(name, name)


def _line(title: str, alarms: Iterable[str], catches: Iterable[str]) -> str:
    left, right = ("".join(f" {cell:>5}" for cell in cells) for cells in (alarms, catches))
    return f"{title:<21}{left} | {right}".rstrip(" |")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _kinds(name: str, column: Column) -> Iterator[str]:
    for kind, (caught, every) in sorted(column.kinds.items()):
        yield f"{name}, {kind}: {caught} of {every} ({_percent(caught / every)})"


def listing(rows: Iterable[Row], code: str) -> Iterator[str]:
    """Yield every line with a code: where it is from, source, line and message."""
    for row in rows:
        for finding in row.findings:
            if finding.code == code:
                yield f"[{row.column}] {row.key} {row.kind}".rstrip()
                yield from (f"    {text}" for text in (row.source, row.text, f"-> {finding.message}") if text)


def _document(columns: dict[str, Column], rows: Iterable[Row]) -> str:
    """Return everything as JSON: the counts, and every line with a finding."""
    flagged = [{**asdict(row), "codes": sorted(row.codes)} for row in rows if row.codes]
    counts = {name: {f: getattr(column, f) for f in column.__slots__} for name, column in columns.items()}
    proof = sorted(c for c in frozenset[str]().union(*(o.codes for o in columns.values())) if proves(c, columns))
    return json.dumps({"columns": counts, "proof": proof, "flagged": flagged}, ensure_ascii=False, indent=1)


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.checks", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data sets")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS, help="only these; default: all")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--list", metavar="CODE", help="print every line with this code instead of the table")
    parser.add_argument("--json", action="store_true", help="print counts and all flagged lines as JSON")
    parser.add_argument("--out", type=Path, help="write there instead of to standard output")
    return parser.parse_args(given)


def main(given: Sequence[str]) -> None:
    """Print the table, a list of lines, or both as JSON."""
    arguments = _arguments(given)
    rows = list(checked(load(arguments.data, ROOT / "evals", arguments.sets), arguments.jobs))
    columns = tallied(rows)
    missing = [name for name in (*ALARMS, *CATCHES) if name not in columns]
    if missing:
        sys.stderr.write(f"nothing to measure, or not asked for: {', '.join(missing)}\n")
    if arguments.json:
        report = _document(columns, rows)
    else:
        report = "\n".join(listing(rows, arguments.list) if arguments.list else table(columns))
    if arguments.out:
        arguments.out.write_text(f"{report}\n", encoding="utf-8")
    else:
        sys.stdout.write(f"{report}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
