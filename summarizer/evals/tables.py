"""Reports as text: a table for the terminal, Markdown for a pull request, JUnit XML for a CI's own page."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from summarizer.article.line import one_line
from summarizer.evals.compare import Change, Comparison
from summarizer.evals.report import CaseReport, Report
from summarizer.evals.scores import METRICS, Score

__all__ = ["comparison_markdown", "junit", "markdown", "number", "terminal"]

_METRICS = {metric.name: metric for metric in METRICS}
#: XML 1.0 has no place for these, escaped or not.
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def number(score: Score) -> str:
    """Return a value as reports print it: a share to three places, a cost as it is, a dash for none."""
    return _value(score.name, score.value)


def terminal(report: Report) -> str:
    """Return the table for a terminal, in plain text, a line a metric."""
    rows = [("metric", "value", "95 % interval", "right", "found", "wanted", "n")]
    rows += [(s.name, number(s), _interval(s), *_counts(s), str(s.n)) for s in report.scores if s.value is not None]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([*lines, "", *_judgement(report), *_failed(report), report.signature, ""])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if i == 0 else cell.rjust(width)


def _judgement(report: Report) -> Iterator[str]:
    if report.judgement is not None:
        told = ", ".join(f"{s.name} {'–' if s.value is None else f'{s.value:.3f}'}" for s in report.judgement.scores)
        yield f"{report.judgement.model} as a judge, no part of the gate: {told}"


def _failed(report: Report) -> Iterator[str]:
    for case in report.cases:
        if case.failure is not None:
            yield f"failed: {case.id}: {case.failure.type}: {one_line(case.failure.message)}"


def markdown(report: Report, reasons: Sequence[str] | None = None, baseline: Report | None = None) -> str:
    """Return the summary for a pull request.

    Args:
        report: what to tell.
        reasons: of a gate that is red; empty for a green one, None when no gate was asked.
        baseline: adds a column with the difference.
    """
    lines = [f"## Evals: {report.run.system}, {report.run.model}", ""]
    if reasons is not None:
        lines += ["**Gate: red**" if reasons else "**Gate: green**", "", *(f"- {_cell(r)}" for r in reasons), ""]
    known = {score.name: score for score in baseline.scores} if baseline else {}
    titles = ["metric", "value", "95 % interval", "right / wanted", "n", *(["against baseline"] if known else [])]
    lines += [f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}"]
    for score in report.scores:
        if score.value is not None:
            lines.append(f"| {' | '.join(_row(score, known))} |")
    lines += ["", *_judgement(report), "", *_by_language(report), *(f"- {_cell(line)}" for line in _failed(report))]
    return "\n".join([*lines, "", f"`{report.signature}`", ""])


def _row(score: Score, known: Mapping[str, Score]) -> Iterator[str]:
    right, _, wanted = _counts(score)
    yield from (score.name, number(score), _interval(score), f"{right} / {wanted}", str(score.n))
    if known:
        old = known[score.name].value if score.name in known else None
        yield "–" if old is None or score.value is None else f"{score.value - old:+.3f}"


def _by_language(report: Report) -> Iterator[str]:
    """Yield a table of the graded metrics by language and part."""
    names = list(report.groups)
    yield f"| metric | {' | '.join(names)} |"
    yield f"|{' --- |' * (len(names) + 1)}"
    told = [{score.name: score for score in report.groups[name]} for name in names]
    for metric in METRICS:
        if metric.graded and any(metric.name in group for group in told):
            values = (number(group[metric.name]) if metric.name in group else "–" for group in told)
            yield f"| {metric.name} | {' | '.join(values)} |"
    yield ""


def comparison_markdown(comparison: Comparison) -> str:
    """Return what changed from one report to another, and the articles that moved."""
    lines = ["## Evals compared", "", *(f"- {_cell(part)}" for part in comparison.differs), ""]
    lines += ["| metric | before | after | difference | p | n |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(_changed(change))} |" for change in comparison.changes if change.difference is not None]
    lines += ["", f"Articles that moved: {len({m.case for m in comparison.moved})}", ""]
    lines += [
        f"- {m.case}: {m.name} {_value(m.name, m.before)} → {_value(m.name, m.after)}" for m in comparison.moved
    ]
    alone = ((comparison.only_before, "before"), (comparison.only_after, "after"))
    lines += [f"- only in the report {which}: {', '.join(names)}" for names, which in alone if names]
    return "\n".join([*lines, ""])


def _changed(change: Change) -> Iterator[str]:
    yield from (change.name, _value(change.name, change.before), _value(change.name, change.after))
    yield f"{change.difference:+.3f}" if change.difference is not None else "–"
    yield f"{change.p:.3f}" if change.p is not None else "–"
    yield str(change.n)


def junit(report: Report, reasons: Sequence[str] = ()) -> str:
    """Return JUnit XML: a test case for each article, failed where it has no output, and one for the gate."""
    broken = sum(case.failure is not None for case in report.cases) + bool(reasons)
    counts = {"tests": str(len(report.cases) + 1), "failures": str(broken)}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "evals", **counts})
    gate = ET.SubElement(suite, "testcase", {"classname": "evals", "name": "gate"})
    if reasons:
        ET.SubElement(gate, "failure", {"message": _xml(reasons[0])}).text = _xml("\n".join(reasons))
    for case in report.cases:
        _junit_case(suite, case)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _junit_case(suite: ET.Element, case: CaseReport) -> None:
    seconds = case.counts.get("cost.seconds", (0.0, 0.0, 0.0))[0]
    of = {"classname": f"evals.{case.language}", "name": case.id, "time": f"{seconds:.3f}"}
    element = ET.SubElement(suite, "testcase", of)
    if case.failure is not None:
        ET.SubElement(element, "failure", {"message": _xml(case.failure.type)}).text = _xml(case.failure.message)
    if case.misses:
        told = "\n".join(f"{miss.metric}: {miss.what}" for miss in case.misses)
        ET.SubElement(element, "system-out").text = _xml(told)


def _xml(text: str) -> str:
    return text.translate(_CONTROL).replace("\ufffe", "").replace("\uffff", "")


def _cell(text: str) -> str:
    """Return text as it may stand in a list or a table: one line, no markup of its own."""
    return one_line(text).replace("|", "\\|").replace("<", "&lt;").replace("`", "'")


def _value(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if _METRICS[name].graded or value < 10 else f"{value:,.0f}"


def _interval(score: Score) -> str:
    if score.low is None or score.high is None:
        return "–"
    return f"{_value(score.name, score.low)}–{_value(score.name, score.high)}"


def _counts(score: Score) -> tuple[str, str, str]:
    return f"{score.right:.6g}", f"{score.found:.6g}", f"{score.wanted:.6g}"
