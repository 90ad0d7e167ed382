"""Altered digests: one fault each, and whether the checks see it."""

import json
from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError, GoldError
from summarizer.evals import adversarial, cases, reference
from summarizer.evals.adversarial import Alteration

EVALS = Path(__file__).resolve().parents[2] / "evals"
EVERY = (*cases.load(EVALS / "gold" / "recorded"), *cases.load(EVALS / "gold" / "unrecorded"))
CASE = next(case for case in EVERY if case.id == "zh-02-fabuhui")


def alteration(**over):
    return Alteration(**{"id": "a", "type": "figure", "where": "/briefs/0/headline/target", "old": "x", "new": "y", "why": "z", **over})  # fmt: skip


def written(folder, **over):
    body = {"adversarial_version": "1", "case": CASE.id, "alterations": [], **over}
    folder.mkdir(exist_ok=True)
    (folder / f"{CASE.id}.json").write_text(json.dumps(body), encoding="utf-8")
    return folder


def test_the_right_digest_of_a_case_meets_no_objection():
    assert adversarial.trial([CASE], {}).alarms == ()


def test_a_changed_figure_is_caught_where_it_stands():
    line = CASE.briefs["it"].lines[0].target
    figure = next(word for word in line.split() if word.isdigit())
    wrong = alteration(where="/briefs/0/segments/0/target", old=figure, new=str(int(figure) + 7))
    (caught,) = adversarial.trial([CASE], {CASE.id: [wrong]}).altered
    assert caught.caught
    assert set(caught.codes) & {"figure.changed", "figure.contradicted", "figure.unsupported"}


def test_a_harmless_change_is_not_counted_as_caught():
    line = CASE.briefs["it"].headline.target
    same = alteration(old=line, new=f"{line} ")
    (caught,) = adversarial.trial([CASE], {CASE.id: [same]}).altered
    assert not caught.caught


@pytest.mark.parametrize(
    ("over", "says"),
    [({"where": "/briefs/7/headline"}, "nothing at"), ({"old": "not there"}, "exactly once")],
)
def test_an_alteration_that_does_not_fit_is_an_error(over, says):
    with pytest.raises(GoldError, match=says):
        alteration(**over).altered(reference.digest(CASE))


def test_files_are_checked(tmp_path):
    with pytest.raises(ConfigurationError, match="no folder"):
        adversarial.load(tmp_path / "nowhere", EVERY)
    with pytest.raises(GoldError, match="no case of the gold"):
        adversarial.load(written(tmp_path / "a", case="somebody"), EVERY)
    two = [alteration().model_dump(), alteration().model_dump()]
    with pytest.raises(GoldError, match="one id"):
        adversarial.load(written(tmp_path / "b", alterations=two), EVERY)


def test_of_all_alterations_most_are_caught_and_few_right_lines_meet_an_objection():
    made = adversarial.trial(EVERY, adversarial.load(EVALS / "adversarial", EVERY))
    caught = sum(each.caught for each in made.altered) / len(made.altered)
    assert caught >= 0.90
    assert len(made.alarms) <= 0.02 * made.lines
    shares = {name: right / every for name, (right, every) in made.by_type().items()}
    assert min(shares[name] for name in ("figure", "unit", "language")) >= 0.95
