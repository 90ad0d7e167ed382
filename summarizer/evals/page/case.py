"""One article of an eval's page: what the gold has of it beside what the output says."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer import languages
from summarizer.digest import FindingRecord
from summarizer.evals.cases import Case
from summarizer.evals.outputs import Cost, Failure, Output, Record
from summarizer.evals.page import lines as lined
from summarizer.evals.page import marks as marking
from summarizer.evals.page import quotes as quoting
from summarizer.evals.page.lines import BriefView, Lost, SummaryView
from summarizer.evals.page.marks import Piece
from summarizer.evals.page.quotes import LabelView, SaidView
from summarizer.evals.report import CaseReport
from summarizer.evals.scores import METRICS

__all__ = ["CaseView", "FactView", "GarbledView", "KeyCount", "MissGroup", "TrapView", "view"]

#: What the list of articles shows of each, with the words for it.
_KEY = (
    ("quotes.attributed", "Quotes"),
    ("facts.recall", "Facts"),
    ("figures.supported", "Figures"),
    ("traps.avoided", "Traps"),
)
_MEANINGS = {metric.counts: metric.meaning for metric in reversed(METRICS)}


@dataclass(frozen=True, slots=True)
class KeyCount:
    """Right of wanted in one article; both zero where there was nothing to count.

    Attributes:
        grade: ``full``, ``short`` or, below a half, ``low``; for the colour, which tells nothing new.
    """

    title: str
    right: str
    wanted: str
    grade: str


@dataclass(frozen=True, slots=True)
class FactView:
    """A key fact, and whether the summary says it."""

    number: int
    anchor: str
    text: str
    values: tuple[str, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class TrapView:
    """A tempting wrong statement, and whether the output makes it: ``avoided``, ``fallen for``, ``nothing said``."""

    wrong: str
    why: str
    fate: str


@dataclass(frozen=True, slots=True)
class GarbledView:
    """A figure that cannot be right as printed, and whether the output flags it."""

    text: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class MissGroup:
    """The misses of one metric."""

    metric: str
    meaning: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that the page shows of one article.

    Attributes:
        id: of the case; its anchors begin with it.
        change: misses more (positive) or fewer than in the baseline; None without one.
        group: number of the article's language among those of the page.
    """

    id: str
    language: str
    language_name: str
    group: int
    part: str
    origin: str
    failure: Failure | None
    misses: int
    change: int | None
    counts: tuple[KeyCount, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    facts: tuple[FactView, ...]
    labels: tuple[LabelView, ...]
    said: tuple[SaidView, ...]
    traps: tuple[TrapView, ...]
    garbled: tuple[GarbledView, ...]
    summary: SummaryView
    briefs: tuple[BriefView, ...]
    findings: tuple[FindingRecord, ...]
    missed: tuple[MissGroup, ...]
    cost: Cost


def view(case: Case, record: Record, report: CaseReport, baseline: CaseReport | None, group: int) -> CaseView:
    """Return the view of one article.

    Args:
        case: the gold.
        record: the output file; of a missing one, a failure.
        report: the counts and misses: what is marked as wrong is what they count.
        baseline: the same article in the baseline.
        group: number of its language.
    """
    output = Output.of(record, case.text, case.language)
    lost = _lost(report)
    labels, said = quoting.quotes(case, output.quotes, lost)
    summary, briefs = lined.lines(case, record, output, lost)
    marks = marking.inked(case, (labels, said), lost, output.suspects)
    return CaseView(
        id=case.id,
        language=case.language,
        language_name=languages.name(case.language),
        group=group,
        part=case.part,
        origin=case.origin,
        failure=report.failure,
        misses=len(report.misses),
        change=None if baseline is None else len(report.misses) - len(baseline.misses),
        counts=tuple(_counts(report)),
        paragraphs=marking.paragraphs(case.text, marks),
        facts=tuple(_facts(case, lost)),
        labels=labels,
        said=said,
        traps=tuple(_traps(case, lost)),
        garbled=tuple(GarbledView(m.text, marking.flagged(m, output.suspects)) for m in case.garbled),
        summary=summary,
        briefs=briefs,
        findings=_findings(record),
        missed=tuple(MissGroup(name, _MEANINGS.get(name, ""), tuple(what)) for name, what in lost.items()),
        cost=record.cost,
    )


def _lost(report: CaseReport) -> Lost:
    lost: dict[str, list[str]] = defaultdict(list)
    for miss in report.misses:
        lost[miss.metric].append(miss.what)
    return dict(lost)


def _counts(report: CaseReport) -> Iterator[KeyCount]:
    for name, title in _KEY:
        right, _, wanted = report.counts.get(name, (0.0, 0.0, 0.0))
        grade = "full" if right >= wanted else "low" if right < wanted / 2 else "short"
        yield KeyCount(title, f"{right:g}", f"{wanted:g}", grade)


def _facts(case: Case, lost: Lost) -> Iterator[FactView]:
    for i, fact in enumerate(case.key_facts, 1):
        said = fact.fact not in lost.get("facts.recall", ())
        yield FactView(i, f"{case.id}-f{i}", fact.fact, fact.values, said)


def _traps(case: Case, lost: Lost) -> Iterator[TrapView]:
    misses = lost.get("traps.avoided", ())
    silent = "nothing is said" in misses
    for trap in case.traps:
        fate = "nothing said" if silent else "fallen for" if trap.wrong in misses else "avoided"
        yield TrapView(trap.wrong, trap.why, fate)


def _findings(record: Record) -> tuple[FindingRecord, ...]:
    order = {"error": 0, "warning": 1, "info": 2}
    found = record.digest.findings if record.digest else ()
    return tuple(sorted(found, key=lambda each: order[each.severity]))
