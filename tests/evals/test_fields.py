"""Tasks of an office's own in the evals: gold with the same fields, scores, and a run on a real article."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from summarizer import Settings
from summarizer.errors import GoldError
from summarizer.evals import cases, report, runner, tables
from summarizer.evals.cases import gold_hash
from summarizer.evals.metrics import Gold, Tally, count
from summarizer.evals.outputs import Cost, Output
from summarizer.evals.scores import scored
from summarizer.tasks import files
from tests.support.endpoint import completion, serving
from tests.support.eval_case import case_in
from tests.support.model import extractive
from tests.test_pipeline import kind

GOLD = Path(__file__).parents[2] / "evals/gold/recorded/en-03-belt-and-road-changchun.json"
SIGNED = {
    "parties": ["CCPIT Jilin Sub-council", "Vietnam Chamber of Commerce and Industry"],
    "subject": ["contracts to build a Belt and Road cooperative platform"],
    "place": ["Changchun"],
}


def counted(wanted, found):
    case = case_in("en", sections={} if wanted is None else {"figures": wanted})
    output = Output("en", (), (), {}, (), Cost(), sections={"figures": found, "other": [{"a": ["b"]}]})
    return count(Gold.of(case), output).tallies


@pytest.mark.parametrize(
    ("found", "rows", "values"),
    [
        ([{"what": ["exports in 2023"], "value": ["69.66 billion yuan"]}], (1, 1, 1), (2, 2, 2)),
        ([{"what": ["Exports of 2023"], "value": ["CNY 69.66 billion"]}], (1, 1, 1), (2, 2, 2)),
        ([{"what": ["exports in 2023"], "value": ["69.66 billion euros"]}], (1, 1, 1), (1, 2, 2)),
        ([{"what": ["ports"], "value": ["7"]}], (0, 1, 1), (0, 2, 2)),
        ([], (0, 0, 1), (0, 0, 2)),
    ],
)
def test_rows_stand_for_those_of_the_gold_that_they_share_most_with(found, rows, values):
    tallies = counted([{"what": ["exports in 2023"], "value": ["69.66 billion yuan"]}], found)
    assert tallies["fields.rows"] == Tally(*rows)
    assert tallies["fields.values"] == Tally(*values)


LABELS = {
    "en": ["guests' countries", "British demand for blades a year", "projects signed during the fair"],
    "it": [
        "incontri d'affari",
        "aziende europee nel distretto",
        "aziende italiane nel distretto",
        "calo in nove mesi della domanda",
    ],
    "zh": ["双边贸易额", "全市前九个月对意出口", "预计出口整车"],
}


@pytest.mark.parametrize(
    ("language", "answer", "label"),
    [
        ("en", "Countries that guests of the fair came from.", 0),
        ("en", "British demand for blades, as analysts estimate it.", 1),
        ("en", "fair", None),
        ("en", "projects", None),
        ("it", "Incontri d'affari svolti in tre giorni.", 0),
        ("it", "Aziende italiane già ospitate dal distretto.", 2),
        ("it", "distretto", None),
        ("zh", "林州与拉文塔的双边贸易额。", 0),
        ("zh", "预计出口的整车数量。", 2),
        ("zh", "全市对意出口额。", 1),
        ("zh", "出口", None),
        ("zh", "贸易", None),
        ("it", "imprese del distretto in nove paesi", None),
        ("it", "crescita in nove mesi nel distretto", None),
    ],
)
def test_a_value_in_its_own_words_is_the_label_that_it_holds_or_that_holds_it_and_no_other(language, answer, label):
    case = case_in(language, sections={"figures": [{"what": [each]} for each in LABELS[language]]})
    output = Output(language, (), (), {}, (), Cost(), sections={"figures": [{"what": [answer]}]})
    counted = count(Gold.of(case), output)
    missed = [miss.what.split(": ", 2)[-1] for miss in counted.misses]
    assert [each for each in LABELS[language] if each not in missed] == (
        [] if label is None else [LABELS[language][label]]
    )


def test_a_task_without_labels_is_not_scored_and_one_with_none_counts_what_is_made_up():
    assert not any(name.startswith("fields.") for name in counted(None, [{"what": ["x"]}]))
    assert counted([], [{"what": ["made up"]}])["fields.rows"] == Tally(0, 1, 0)


def test_scores_of_own_tasks_are_told_only_where_the_gold_has_some():
    plain, own = counted(None, []), counted([{"what": ["exports"]}], [{"what": ["exports"]}])
    assert not any(score.name.startswith("fields.") for score in scored([plain]))
    assert {s.name: s.value for s in scored([plain, own]) if s.name.startswith("fields.")} == {
        "fields.rows.f1": 1,
        "fields.values.f1": 1,
        "fields.values.precision": 1,
        "fields.values.recall": 1,
    }


def test_gold_without_own_tasks_keeps_its_hash_and_labels_of_them_change_it():
    case = case_in("en")
    assert "sections" not in cases._labels(case)
    assert gold_hash([case]) != gold_hash([case_in("en", sections={"figures": []})])


def test_an_empty_value_is_no_label(tmp_path):
    body = json.loads(GOLD.read_text(encoding="utf-8")) | {"sections": {"agreements": [{"place": [""]}]}}
    path = tmp_path / GOLD.name
    path.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(GoldError, match="sections"):
        cases.read(path)


def test_a_run_with_a_task_is_scored_against_gold_with_the_same_fields(tmp_path):
    body = json.loads(GOLD.read_text(encoding="utf-8"))
    gold = cases.Case.model_validate({**body, "sections": {"agreements": [SIGNED]}})
    row = {
        "sentences": [1, 2, 3],
        "parties": [*SIGNED["parties"], "World Bank"],
        "subject": SIGNED["subject"][0],
        "place": "Changchun",
        "amount": "",
        "date": "",
    }

    def script(request):
        return completion(json.dumps({"rows": [row]})) if kind(request) == "SectionDraft" else extractive(request)

    with serving(script) as endpoint:
        settings = Settings(base_url=endpoint.base_url, model="test-model", review="none", task=[Path("agreements")])
        job = runner.Job("pipeline", "live", None, tmp_path / "run", "command")
        made = runner.run([gold], job, settings, lambda _: None)
    assert made.prompts["fields.agreements"].startswith("v2#")
    scores = {score.name: score.value for score in report.make([gold], tmp_path / "run").scores}
    assert (scores["fields.rows.f1"], scores["fields.values.f1"]) == (1, 1)
    assert "fields.rows.f1" in tables.markdown(report.make([gold], tmp_path / "run"))


LABELLED = [case for case in cases.load(GOLD.parents[1] / "unrecorded") if case.sections]
SHIPPED = {name: files.read(Path(name)) for name in files.shipped()}


def test_both_tasks_that_ship_have_gold_in_three_languages():
    assert Counter(case.language for case in LABELLED) >= Counter({"en": 2, "it": 2, "zh": 2})
    for name in SHIPPED:
        labelled = [case.sections[name] for case in LABELLED if name in case.sections]
        assert len(labelled) >= 6
    assert any(not rows for case in LABELLED for rows in case.sections.values())


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: case.id)
def test_labels_have_the_fields_of_their_task_and_the_articles_words(case):
    for name, rows in case.sections.items():
        known = {field.name: field for field in SHIPPED[name].fields}
        for row in rows:
            assert {field.name for field in known.values() if field.required} <= set(row) <= set(known)
            cut = [value for field, values in row.items() for value in values if known[field].proof != "text"]
            assert [value for value in cut if value not in case.text] == []


def careful(request):
    """Answer the questions for rows with what the gold has, as a model would that reads as its labellers do."""
    if kind(request) != "SectionDraft":
        return extractive(request)
    task = next(task for task in SHIPPED.values() if task.ask.splitlines()[0] in request.prompt)
    sentences = dict(re.findall(r"^\[(\d+)\] (.+)$", request.prompt, re.MULTILINE))
    case = max(LABELLED, key=lambda case: sum(text in case.text for text in sentences.values()))
    told = []
    for row in case.sections.get(task.name, ()):
        words = [value for values in row.values() for value in values]
        behind = [int(n) for n, text in sentences.items() if any(value in text for value in words)]
        fields = {field.name: row.get(field.name, ()) for field in task.fields}
        shown = {f.name: list(fields[f.name]) if f.many else "".join(fields[f.name]) for f in task.fields}
        told.append({"sentences": behind[:4], **shown})
    return completion(json.dumps({"rows": told}, ensure_ascii=False))


def test_the_gold_of_the_shipped_tasks_can_be_proved_from_its_articles(tmp_path):
    with serving(careful) as endpoint:
        tasks = [Path(name) for name in SHIPPED]
        settings = Settings(base_url=endpoint.base_url, model="test-model", review="none", task=tasks)
        job = runner.Job("pipeline", "live", None, tmp_path / "run", "command")
        assert not runner.run(LABELLED, job, settings, lambda _: None).failures
    made = report.make(LABELLED, tmp_path / "run")
    scores = {score.name: score.value for score in made.scores if score.name.startswith("fields.")}
    assert scores["fields.rows.f1"] == 1, [miss for each in made.cases for miss in each.misses]
    assert scores["fields.values.f1"] == 1
