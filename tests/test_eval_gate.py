"""The gate: floors, pins and baseline by hand, and red for everything that it is there for."""

import json
import shutil
from pathlib import Path

import pytest

from summarizer import figures, prompts
from summarizer.config import Settings
from summarizer.errors import EvalError
from summarizer.evals import cases, gate, report, runner
from summarizer.evals.gate import Gate
from tests.eval_reports import GOLD, case
from tests.eval_reports import report as made_of

EVALS = Path(__file__).resolve().parent.parent / "evals"
#: Articles of three languages; in some the model wrote figures that a check refused.
SUBSET = ("en-05-port-deal", "en-10-expo-official", "it-03-comune", "it-09-nota", "zh-03-qiye", "zh-07-maocu")


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
            shutil.copy(EVALS / "gold" / f"{name}.json", self.gold)

    def replay(self):
        tapes = EVALS / "recordings" / "pipeline"
        job = runner.Job(
            "pipeline", "replay", tapes, self.out, "summarizer eval run --record evals/recordings/pipeline"
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
    worse = {"summary.v1.jinja": "\nBe careless with figures."}
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
    real = figures.compare
    monkeypatch.setattr(figures, "compare", lambda *_: nothing)
    bench.replay()
    monkeypatch.setattr(figures, "compare", real)
    made = bench.score()
    reasons = gate.check(known[1], made, known[0])
    assert any(r.startswith("figures.supported is") for r in reasons)


def test_red_for_a_missing_output(bench, known):
    bench.replay()
    (bench.out / "outputs" / f"{SUBSET[2]}.json").unlink()
    reasons = gate.check(known[1], bench.score(), known[0])
    assert any(SUBSET[2] in r and "no output" in r for r in reasons)


def test_the_committed_gate_is_green_and_nothing_recorded_is_unused(tmp_path):
    tapes = EVALS / "recordings" / "pipeline"
    job = runner.Job("pipeline", "replay", tapes, tmp_path, "summarizer eval run --record evals/recordings/pipeline")
    everything = cases.load(EVALS / "gold")
    run = runner.run(everything, job, Settings(), lambda _: None)
    assert run.unused == ()
    assert run.failures == {}
    pinned = gate.load(EVALS / "gate.toml")
    baseline = report.load(EVALS / pinned.baseline)
    assert gate.check(pinned, report.make(everything, tmp_path), baseline) == ()
