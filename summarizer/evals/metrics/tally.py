"""What is counted, and the gold of one article prepared for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from summarizer import figures
from summarizer.evals.cases import Case, KeyFact, Trap
from summarizer.evals.outputs import Output
from summarizer.evals.wording import Label

__all__ = ["Gold", "Miss", "Part", "Tally", "found_in", "share", "sides", "told"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one metric in one article; of a mean, `right` is the sum and `wanted` the number of values."""

    right: float = 0.0
    found: float = 0.0
    wanted: float = 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is wrong with an output, for the reader of a report.

    Attributes:
        metric: what it counts against.
        what: the label or the words concerned.
    """

    metric: str
    what: str


#: One family of metrics: the counts, and the misses behind them.
Part = tuple[Mapping[str, Tally], list[Miss]]


@dataclass(frozen=True, slots=True)
class Gold:
    """A case with its labels prepared for matching.

    Attributes:
        facts: each key fact with its wordings and values.
        traps: likewise.
        figures: the figures of the article, as they read in the whole of it.
    """

    case: Case
    facts: tuple[tuple[KeyFact, Label], ...]
    traps: tuple[tuple[Trap, Label], ...]
    figures: tuple[figures.Figure, ...]

    @classmethod
    def of(cls, case: Case) -> "Gold":
        """Prepare one case."""
        return cls(
            case,
            tuple((fact, Label(fact.wordings, fact.values, case.language)) for fact in case.key_facts),
            tuple((trap, Label(trap.wordings, trap.values, case.language, whole=True)) for trap in case.traps),
            tuple(figures.find(case.text, case.language)),
        )


def sides(gold: Gold, output: Output) -> list[tuple[str, list[str]]]:
    """Return everything that the output states, by language."""
    own = (gold.case.language, [statement.text for statement in output.statements])
    return [own, *((code, list(output.briefs.get(code, ()))) for code in gold.case.targets)]


def found_in(output: Output, number: int) -> int:
    """Return how many things an output holds; a failed or blank one counts as one wrong thing."""
    return 1 if output.nothing else number


def share(output: Output, right: float, number: int) -> Tally:
    """Return the tally of a share of what was written; a failed article wrote one thing, and it was wrong."""
    return Tally(0, 1, 1) if output.nothing else Tally(right, number, number)


def told(output: Output, right: float, number: int) -> Tally:
    """Return the tally of a share of what only a checked digest tells; the plain call has none, failed or not."""
    return share(output, right, number) if output.checked else Tally(right, number, number)
