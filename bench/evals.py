"""Time the scoring of 1,000 outputs: ``python -m bench.evals RUN``; a run's outputs, over and over."""

# ruff: noqa: T201  (a script that prints its measures)
import itertools
import sys
import time
from pathlib import Path

from summarizer.evals import cases, metrics, outputs, scores
from summarizer.evals.metrics import Gold
from summarizer.evals.outputs import Output

GOLD = Path(__file__).resolve().parents[1] / "evals" / "gold" / "recorded"


def main(folder: Path, number: int = 1_000) -> None:
    """Print the processor seconds that scoring so many outputs takes, reading and intervals included."""
    started = time.process_time()
    known = {case.id: case for case in cases.load(GOLD)}
    _, records = outputs.read(folder)
    counted = []
    for record in itertools.islice(itertools.cycle(records.values()), number):
        case = known[record.case]
        counted.append(metrics.count(Gold.of(case), Output.of(record, case.text, case.language)).tallies)
    scores.scored(counted)
    print(f"{number} outputs of {len(records)} articles: {time.process_time() - started:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
