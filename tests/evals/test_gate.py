"""The gate: floors, pins and baseline by hand, and red for everything that it is there for."""

import json
import math
import shutil
from pathlib import Path

import pytest

from summarizer import figures
from summarizer.ask import prompts
from summarizer.config import Settings
from summarizer.errors import EvalError
from summarizer.evals import cases, gate, report, runner
from summarizer.evals.gate import Gate
from tests.support.eval_reports import GOLD, case
from tests.support.eval_reports import report as made_of

EVALS = Path(__file__).resolve().parents[2] / "evals"
#: Articles of three languages; in some the model wrote figures that a check refused.
SUBSET = ("en-05-port-deal", "en-06-mayor-visit", "it-03-comune", "it-09-nota", "zh-03-qiye", "zh-09-nongye")


def rules(**over):
    return Gate(**{"gold": GOLD, "model": "small", "tolerance": 0.05, "floors": {"facts.recall": 0.5}, **over})


def good(**over):
    return made_of(case("a", facts__recall=(6, 9, 9)), **over)


def test_a_report_at_its_floor_passes():
    assert gate.check(rules(floors={"facts.recall": 0.5}), made_of(case("a", facts__recall=(1, 2, 2))), None) == ()


def test_below_a_floor_it_says_by_how_much():
    (reason,) = gate.check(rules(floors={"facts.recall": 0.7}), good(), None)
    assert reason == "facts.recall is 0.667 (6 of 9), its floor is 0.700"


def test_a_metric_that_nothing_was_counted_for_is_below_its_floor():
    (reason,) = gate.check(rules(floors={"traps.avoided": 0.1}), good(), None)
    assert "has no value" in reason


def test_within_the_tolerance_of_the_baseline_it_passes_and_beyond_it_does_not():
    baseline = made_of(case("a", facts__recall=(7, 10, 10)))
    assert gate.check(rules(), good(), baseline) == ()
    (reason,) = gate.check(rules(tolerance=0.01), good(), baseline)
    assert reason == "facts.recall is 0.667, the baseline has 0.700 (tolerance 0.01)"


def test_costs_have_no_floor_and_no_baseline(tmp_path):
    slow = made_of(case("a", facts__recall=(6, 9, 9), cost__seconds=(900, 1, 1)))
    assert gate.check(rules(), slow, made_of(case("a", facts__recall=(6, 9, 9), cost__seconds=(1, 1, 1)))) == ()
    path = tmp_path / "gate.toml"
    path.write_text(_toml(rules()).replace("facts.recall", "cost.seconds"))
    with pytest.raises(EvalError, match=r"no metric 'cost\.seconds'"):
        gate.load(path)


def test_another_model_and_unused_recordings_are_red():
    assert any("the gate is for small" in r for r in gate.check(rules(), good(model="large"), None))
    assert any("not used any more" in r for r in gate.check(rules(), good(unused=("a/0123",)), None))


def test_a_baseline_on_other_gold_is_red():
    other = made_of(case("a", facts__recall=(6, 9, 9)), gold=GOLD.model_copy(update={"hash": "ffffffffffff"}))
    assert any("score it again" in r for r in gate.check(rules(), good(), other))


@pytest.mark.parametrize("text", ["floors = 3", "unknown = 1", "not toml at all ["])
def test_a_file_that_is_no_gate_is_refused(tmp_path, text):
    path = tmp_path / "gate.toml"
    path.write_text(text)
    with pytest.raises(EvalError, match="is no gate"):
        gate.load(path)


def changed(made, name="facts.recall", **over):
    """The report with one score edited, as a program with a mistake or a person could write it."""
    scores = [s.model_copy(update=over) if s.name == name else s for s in made.scores]
    return made.model_copy(update={"scores": tuple(scores)})


NOT_FINITE = pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf], ids=["nan", "inf", "-inf"])


@NOT_FINITE
@pytest.mark.parametrize("field", ["value", "low", "high", "right", "found", "wanted"])
def test_what_is_no_number_is_red_wherever_it_stands(field, number):
    reasons = gate.check(rules(), changed(good(), **{field: number}), None)
    assert any(f"facts.recall: its {field} is {number}, which is no number" in r for r in reasons)


@NOT_FINITE
def test_what_is_no_number_is_red_in_a_cost_a_group_an_article_and_a_baseline(number):
    made = made_of(case("a", facts__recall=(6, 9, 9), cost__seconds=(4, 1, 1)))
    costs = changed(made, "cost.seconds", value=number)
    groups = made.model_copy(update={"groups": {"en": changed(made, value=number).scores}})
    article = made.cases[0].model_copy(update={"counts": {"facts.recall": (number, 9.0, 9.0)}})
    articles = made.model_copy(update={"cases": (article,)})
    for wrong, where in ((costs, "cost.seconds"), (groups, "en: facts.recall"), (articles, "a: facts.recall")):
        assert any(where in r and "no number" in r for r in gate.check(rules(), wrong, None))
    assert any(
        "the baseline: facts.recall" in r and "no number" in r
        for r in gate.check(rules(), made, changed(made, value=number))
    )


def test_a_report_from_a_file_with_nan_in_it_is_red(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(good().model_dump_json().replace('"value":0.666667', '"value":NaN'))
    assert any("no number" in r for r in gate.check(rules(), report.load(path), None))


def test_a_metric_of_the_gate_that_the_report_lacks_is_red():
    made = good()
    without = made.model_copy(update={"scores": tuple(s for s in made.scores if s.name != "facts.recall")})
    (reason,) = gate.check(rules(), without, None)
    assert reason == "facts.recall is not in the report; its floor is 0.500: score the run again"
    # without a floor it still is in the baseline
    assert any("facts.recall is nothing" in r for r in gate.check(rules(floors={"schema.valid": 0}), without, made))


def test_a_metric_that_stands_twice_is_red():
    made = good()
    twice = made.model_copy(update={"scores": (*made.scores, *changed(made, value=1.0).scores[:1], made.scores[0])})
    assert any("stands there more than once" in r for r in gate.check(rules(), twice, None))


@pytest.mark.parametrize(
    "over",
    [
        {"right": 0.0, "found": 0.0, "wanted": 0.0},
        {"value": 0.9},
        {"value": 7.0, "right": 63.0},
        {"wanted": 0.0},
        {"n": 0},
    ],
)
def test_a_value_that_its_counts_do_not_give_is_red(over):
    reasons = gate.check(rules(), changed(good(), **over), None)
    assert any(r.startswith("facts.recall") for r in reasons)


@pytest.mark.parametrize("end", ["low", "high"])
def test_a_value_without_an_interval_is_red(end):
    reasons = gate.check(rules(), changed(good(), **{end: None}), None)
    assert any("facts.recall has a value and no interval" in r for r in reasons)


def test_a_gate_without_floors_is_none(tmp_path):
    path = tmp_path / "gate.toml"
    path.write_text(_toml(rules(floors={})))
    with pytest.raises(EvalError, match="no floor"):
        gate.load(path)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "2"])
def test_a_floor_or_a_tolerance_that_holds_nothing_back_is_refused(tmp_path, number):
    path = tmp_path / "gate.toml"
    for name in ("0.5", "0.05"):
        path.write_text(_toml(rules()).replace(f"= {name}\n", f"= {number}\n"))
        with pytest.raises(EvalError, match="is no gate"):
            gate.load(path)


def _toml(made):
    gold = "\n".join(f"{k} = {json.dumps(v)}" for k, v in made.gold.model_dump().items())
    floors = "\n".join(f'"{k}" = {v}' for k, v in made.floors.items())
    return f'model = "{made.model}"\ntolerance = {made.tolerance}\n[floors]\n{floors}\n[gold]\n{gold}\n'


class Bench:
    """A copy of some gold and its recordings, replayed, scored and held against its own scores."""

    def __init__(self, folder):
        self.gold, self.out = folder / "gold", folder / "run"
        self.gold.mkdir()
        for name in SUBSET:
            shutil.copy(EVALS / "gold" / "recorded" / f"{name}.json", self.gold)

    def replay(self):
        recordings = EVALS / "recordings" / "pipeline"
        job = runner.Job(
            "pipeline", "replay", recordings, self.out, "summarizer eval run --record evals/recordings/pipeline"
        )
        runner.run(cases.load(self.gold), job, Settings(), lambda _: None)
        return self

    def score(self):
        return report.make(cases.load(self.gold), self.out)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """The report of a sound replay, and the gate pinned to it."""
    made = Bench(tmp_path_factory.mktemp("sound")).replay().score()
    floors = {s.name: s.value for s in made.scores if s.value is not None and s.name in gate._GRADED}
    return made, Gate(gold=made.gold, model=made.run.model, tolerance=0.0, floors=floors)


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def test_the_same_again_is_green(bench, known):
    made, pinned = known
    again = bench.replay().score()
    assert gate.check(pinned, again, made) == ()
    assert again.model_dump_json() == made.model_dump_json()


def test_red_for_a_worse_prompt(bench, known, monkeypatch):
    source = prompts._source
    worse = {"summary.v2.jinja": "\nBe careless with figures."}
    monkeypatch.setattr(prompts, "_source", lambda name: source(name) + worse.get(name, ""))
    reasons = gate.check(known[1], bench.replay().score(), known[0])
    assert any("the prompt changed" in r and "--record" in r for r in reasons)
    assert any(r.startswith("facts.recall is 0.000") for r in reasons)


def test_red_for_a_dropped_gold_file(bench, known):
    (bench.gold / f"{SUBSET[0]}.json").unlink()
    reasons = gate.check(known[1], bench.replay().score(), known[0])
    assert any(r.startswith(f"gold.articles is {len(SUBSET) - 1}, pinned is {len(SUBSET)}") for r in reasons)


def test_red_for_an_edited_label(bench, known):
    path = bench.gold / f"{SUBSET[0]}.json"
    label = json.loads(path.read_text(encoding="utf-8"))
    label["quotes"][0]["speaker"]["name"] = "Somebody Else"
    path.write_text(json.dumps(label), encoding="utf-8")
    reasons = gate.check(known[1], bench.replay().score(), known[0])
    assert any(r.startswith("gold.hash") and "a label was edited" in r for r in reasons)


def test_red_for_a_disabled_figure_check(bench, known, monkeypatch):
    nothing = figures.Comparison((), (), (), ())
    real = figures.compared
    monkeypatch.setattr(figures, "compared", lambda *_: nothing)
    bench.replay()
    monkeypatch.setattr(figures, "compared", real)
    made = bench.score()
    reasons = gate.check(known[1], made, known[0])
    assert any(r.startswith("figures.supported is") for r in reasons)


def test_red_for_a_missing_output(bench, known):
    bench.replay()
    (bench.out / "outputs" / f"{SUBSET[2]}.json").unlink()
    reasons = gate.check(known[1], bench.score(), known[0])
    assert any(SUBSET[2] in r and "no output" in r for r in reasons)


def test_the_committed_gate_is_green_and_nothing_recorded_is_unused(tmp_path):
    recordings = EVALS / "recordings" / "pipeline"
    job = runner.Job(
        "pipeline", "replay", recordings, tmp_path, "summarizer eval run --record evals/recordings/pipeline"
    )
    everything = cases.load(EVALS / "gold" / "recorded")
    run = runner.run(everything, job, Settings(), lambda _: None)
    assert run.unused == ()
    assert run.failures == {}
    pinned = gate.load(EVALS / "gate.toml")
    baseline = report.load(EVALS / pinned.baseline)
    assert gate.check(pinned, report.make(everything, tmp_path), baseline) == ()
