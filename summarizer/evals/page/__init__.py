"""An eval as one HTML page that needs nothing else: the scores, the articles, what the gold has and what was said.

Everything in it is data of strangers: it is escaped everywhere, the page holds no script, and its policy lets the
browser load nothing and run nothing, whatever an article says.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from summarizer import languages
from summarizer.errors import EvalError
from summarizer.evals.cases import Case
from summarizer.evals.outputs import Cost, Failure, Record
from summarizer.evals.page import case as drill
from summarizer.evals.page import scores as tables
from summarizer.evals.page.case import CaseView
from summarizer.evals.report import CaseReport, Report

__all__ = ["render"]

_TEMPLATE = "page.html.jinja"
#: What the product promises, then what it is for: the first thing a reader sees.
_GLANCE = (
    "quotes.verbatim",
    "figures.supported",
    "language.briefs",
    "quotes.attributed.f1",
    "facts.recall",
    "traps.avoided",
)
#: Controls do not print, and bidirectional marks print other text than there is: both are shown as U+FFFD.
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROL = (*(code for code in range(0x20) if chr(code) not in "\t\n\r"), *range(0x7F, 0xA0))
_UNSEEN = dict.fromkeys((*_CONTROL, *_BIDI), "\ufffd")


@dataclass(frozen=True, slots=True)
class _Language:
    """A language that articles are in, with its number in the style sheet."""

    group: int
    name: str
    articles: int


def render(
    report: Report, cases: Sequence[Case], records: Mapping[str, Record], baseline: Report | None = None
) -> str:
    """Return the page of a report.

    Args:
        report: the scores.
        cases: the gold that they were counted against.
        records: the outputs by case; a case without one is shown as the failure that the report has.
        baseline: another report, to compare with.

    Raises:
        EvalError: the report has an article that is not among the cases.
    """
    spoken = sorted({case.language for case in report.cases})
    page, style = _template()
    families = tables.families(report, baseline)
    rows = {row.name: row for family in families for row in family.rows}
    return page.render(
        style_hash=style,
        report=report,
        baseline=baseline,
        other_gold=baseline is not None and baseline.gold.hash != report.gold.hash,
        made=_moment(report.run.made),
        glance=[rows[name] for name in _GLANCE if name in rows],
        families=families,
        judged=tables.judged(report),
        columns=tables.columns(report),
        languages=[
            _Language(i, languages.name(code), sum(case.language == code for case in report.cases))
            for i, code in enumerate(spoken)
        ],
        cases=_worst_first(report, cases, records, baseline),
    ).lstrip()


def _worst_first(
    report: Report, cases: Sequence[Case], records: Mapping[str, Record], baseline: Report | None
) -> list[CaseView]:
    known = {case.id: case for case in cases}
    before = {case.id: case for case in baseline.cases} if baseline else {}
    spoken = sorted({case.language for case in report.cases})
    views = []
    for counted in report.cases:
        if counted.id not in known:
            raise EvalError(f"the gold has no case {counted.id!r} of the report; score the run again")
        record = records.get(counted.id) or _missing(report, counted)
        group = spoken.index(counted.language)
        views.append(drill.view(known[counted.id], record, counted, before.get(counted.id), group))
    return sorted(views, key=lambda view: (view.failure is None, -view.misses, view.id))


def _moment(made: str) -> str:
    """Return a time for a reader; what is no time stays as it is."""
    try:
        return f"{datetime.fromisoformat(made).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return made or "not known"


def _missing(report: Report, counted: CaseReport) -> Record:
    failure = counted.failure or Failure(type="OutputMissing", message="the run has no output for this article")
    return Record(case=counted.id, system=report.run.system, cost=Cost(), failure=failure)


@cache
def _template() -> tuple[jinja2.Template, str]:
    """Return the template and the hash of its style sheet, as a content security policy names it."""
    source = resources.files(__package__).joinpath(_TEMPLATE).read_text(encoding="utf-8")
    style = source.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_seen
    )
    return environment.from_string(source), f"sha256-{digest}"


def _seen(value: Any) -> Any:
    return value.translate(_UNSEEN) if isinstance(value, str) else value
