from pathlib import Path

import pytest

from summarizer import errors
from summarizer.evals import outputs, report
from summarizer.evals.cases import gold_hash
from summarizer.evals.outputs import Cost, Failure, Record, Run
from summarizer.evals.plain import PlainDigest, PlainQuote
from tests.support.eval_case import AMOUNT, GONG, LONG, MAYOR, SAYS, case_in

CASES = tuple(case_in(code) for code in ("en", "it", "zh"))


def plain(code: str) -> Record:
    """A plain answer with one fact and one quote, in any of the three languages."""
    line = SAYS[code].format(AMOUNT[code])
    quote = PlainQuote(text=LONG[code], speaker=GONG[code], role=MAYOR[code])
    digest = PlainDigest(headline=line, abstract="", key_points=[], quotes=[quote], briefs=[])
    return Record(case=code, system="plain", cost=Cost(requests=1, input_tokens=100), plain=digest)


def failed(code: str) -> Record:
    return Record(
        case=code, system="plain", cost=Cost(requests=4), failure=Failure(type="ModelRefusedError", message="no")
    )


def saved(folder: Path, *records: Record, cases: tuple[str, ...] = ("en", "it", "zh")) -> Path:
    """Write a run folder."""
    for record in records:
        outputs.write(folder / "outputs" / f"{record.case}.json", record)
    run = Run(
        version="0",
        system="plain",
        model="m",
        endpoint="e",
        prompts={"plain": "v1#0"},
        gold="g",
        mode="live",
        made="",
        cases=cases,
        failures={r.case: r.failure.type for r in records if r.failure},
    )
    outputs.write(folder / "run.json", run)
    return folder


def score(made: report.Report, name: str) -> tuple[float | None, float, float, float, int]:
    found = next(each for each in made.scores if each.name == name)
    return found.value, found.right, found.found, found.wanted, found.n


def test_three_languages_count_the_same(tmp_path):
    made = report.make(CASES, saved(tmp_path, *map(plain, ("en", "it", "zh"))))
    assert score(made, "facts.recall") == (1, 3, 3, 3, 3)
    # one of two quotes in each: 3 / ((3 + 6) / 2)
    assert score(made, "quotes.attributed.f1") == (pytest.approx(2 / 3, abs=1e-6), 3, 3, 6, 3)
    assert set(made.groups) == {"en", "it", "zh", "development"}
    values = {
        code: [s.value for s in made.groups[code] if s.name not in {"briefs.chrf", "summary.compression"}]
        for code in ("en", "it", "zh")
    }
    assert values["en"] == values["it"] == values["zh"]


def test_a_failed_article_is_in_every_mean(tmp_path):
    made = report.make(CASES, saved(tmp_path, plain("en"), plain("it"), failed("zh")))
    assert score(made, "schema.valid") == (pytest.approx(2 / 3, abs=1e-6), 2, 3, 3, 3)
    assert score(made, "facts.recall") == (pytest.approx(2 / 3, abs=1e-6), 2, 3, 3, 3)
    assert score(made, "quotes.attributed.f1") == (pytest.approx(2 / 4.5, abs=1e-6), 2, 3, 6, 3)
    assert score(made, "cost.requests") == (2, 6, 3, 3, 3)
    assert [case.failure.type if case.failure else None for case in made.cases] == [None, None, "ModelRefusedError"]


def test_an_output_that_is_missing_counts_as_failed(tmp_path):
    failing = report.make(CASES, saved(tmp_path / "a", plain("en"), plain("it"), failed("zh")))
    missing = report.make(CASES, saved(tmp_path / "b", plain("en"), plain("it")))
    assert missing.cases[2].failure.type == "OutputMissing"
    graded = [[s for s in each.scores if not s.name.startswith("cost.")] for each in (failing, missing)]
    assert graded[0] == graded[1]


def test_outputs_of_other_gold_are_an_error(tmp_path):
    folder = saved(tmp_path, *map(plain, ("en", "it", "zh")))
    with pytest.raises(errors.EvalError, match="does not have: zh"):
        report.make(CASES[:2], folder)


def test_a_report_is_the_same_bytes_twice_and_reads_back(tmp_path):
    folder = saved(tmp_path, plain("en"), plain("it"), failed("zh"))
    one, other = report.make(CASES, folder), report.make(CASES, folder)
    assert one.model_dump_json() == other.model_dump_json()
    outputs.write(tmp_path / "report.json", one)
    assert report.load(tmp_path / "report.json") == one


def test_the_signature_says_what_a_value_depends_on(tmp_path):
    made = report.make(CASES, saved(tmp_path, plain("en")))
    for part in ("model:m", "system:plain", "plain.v1#0", f"gold:{gold_hash(CASES)}", "n:3", "version:0"):
        assert part in made.signature


def test_the_gold_is_counted(tmp_path):
    gold = report.make(CASES, saved(tmp_path)).gold
    assert (gold.articles, gold.key_facts, gold.quotes, gold.figures) == (3, 3, 6, 3)
    assert (gold.garbled, gold.traps, gold.briefs) == (0, 3, 6)


@pytest.mark.parametrize("content", [None, "", "{}", "[]"])
def test_what_is_no_run_or_report_is_an_error(tmp_path, content):
    for name in ("run.json", "report.json"):
        if content is not None:
            (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(errors.EvalError):
        report.make(CASES, tmp_path)
    with pytest.raises(errors.EvalError):
        report.load(tmp_path / "report.json")


def test_a_damaged_output_is_an_error_that_names_it(tmp_path):
    folder = saved(tmp_path, plain("en"))
    (folder / "outputs" / "it.json").write_text("{", encoding="utf-8")
    with pytest.raises(errors.EvalError, match=r"it\.json"):
        report.make(CASES, folder)
