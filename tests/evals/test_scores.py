import pytest

from summarizer.evals.metrics import Tally
from summarizer.evals.scores import METRICS, Metric, Score, draws, scored, value

COUNTS = Tally(right=3, found=4, wanted=6)


def score(name: str, *tallies: Tally | None) -> Score:
    counts = next(metric.counts for metric in METRICS if metric.name == name)
    cases = [{counts: tally} if tally else {} for tally in tallies]
    return next(each for each in scored(cases) if each.name == name)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("precision", 3 / 4),
        ("recall", 3 / 6),
        # 2 · (3/4 · 1/2) / (3/4 + 1/2) = 0.75 / 1.25
        ("f1", 0.6),
        ("ratio", 3 / 6),
        ("mean", 3 / 6),
    ],
)
def test_formulae(formula, expected):
    assert value(Metric("m", "m", formula, ""), COUNTS) == pytest.approx(expected)


@pytest.mark.parametrize("formula", ["precision", "recall", "f1", "ratio", "mean"])
def test_nothing_counted_is_no_value(formula):
    assert value(Metric("m", "m", formula, ""), Tally()) is None


@pytest.mark.parametrize("formula", ["precision", "recall", "f1", "ratio"])
def test_nothing_right_is_zero_and_not_no_value(formula):
    assert value(Metric("m", "m", formula, ""), Tally(0, 2, 2)) == 0


def test_f1_of_things_found_where_none_is_wanted_is_zero():
    assert value(Metric("m", "m", "f1", ""), Tally(0, 3, 0)) == 0


def test_a_value_is_of_the_summed_counts():
    # 1 of 1 and 1 of 9: 2 of 10, not the mean of 1 and 1/9
    assert score("facts.recall", Tally(1, 1, 1), Tally(1, 9, 9)).value == 0.2


def test_an_article_that_failed_pulls_the_value_down():
    done = Tally(2, 2, 2)
    assert score("quotes.attributed.f1", done, done).value == 1
    # a failed article with two labels adds one found and two wanted: 4 / ((5 + 6) / 2)
    assert score("quotes.attributed.f1", done, done, Tally(0, 1, 2)).value == pytest.approx(4 / 5.5, abs=1e-6)


def test_every_count_stands_beside_its_value():
    found = score("quotes.exact.f1", Tally(1, 2, 3), Tally(2, 2, 3))
    assert (found.right, found.found, found.wanted, found.n) == (3, 4, 6, 2)
    assert found.value == 0.6


def test_n_is_the_articles_that_the_value_is_made_of():
    silent = Tally(0, 0, 4)
    assert score("quotes.overlap.precision", silent, Tally(1, 1, 1), None).n == 1
    assert score("quotes.overlap.recall", silent, Tally(1, 1, 1), None).n == 2
    assert score("quotes.overlap.f1", silent, Tally(1, 1, 1), Tally()).n == 2


def test_the_interval_holds_the_value_and_is_not_a_point():
    tallies = [Tally(right, 10, 10) for right in range(11)]
    found = score("facts.recall", *tallies)
    assert found.value == 0.5
    assert 0.2 < found.low < 0.45
    assert 0.55 < found.high < 0.8


def test_the_interval_of_a_mean_is_that_of_the_normal_law():
    # 200 articles, half right: standard error of the mean is sqrt(0.25 / 200) = 0.0354, 1.96 of it 0.0693
    found = score("schema.valid", *[Tally(i % 2, 1, 1) for i in range(200)])
    assert found.low == pytest.approx(0.5 - 0.0693, abs=0.01)
    assert found.high == pytest.approx(0.5 + 0.0693, abs=0.01)


@pytest.mark.parametrize("articles", [1, 2, 30])
def test_equal_articles_leave_nothing_to_chance(articles):
    found = score("facts.recall", *[Tally(1, 4, 4)] * articles)
    assert (found.low, found.value, found.high) == (0.25, 0.25, 0.25)


def test_more_articles_make_a_narrower_interval():
    few, many = ([Tally(i % 2, 1, 1) for i in range(n)] for n in (10, 160))
    wide, narrow = score("schema.valid", *few), score("schema.valid", *many)
    # a sixteenth of the variance: a quarter of the width
    assert narrow.high - narrow.low == pytest.approx((wide.high - wide.low) / 4, rel=0.35)


def test_scores_are_the_same_each_time():
    cases = [{"facts.recall": Tally(i % 3, 3, 3)} for i in range(7)]
    assert scored(cases) == scored(cases)


def test_nothing_counted_has_neither_value_nor_interval():
    for found in (score("facts.recall"), score("facts.recall", None), score("facts.recall", Tally())):
        assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)


def test_draws_without_a_counted_article_are_left_out():
    # one article in five counts anything: in a third of the draws it is absent
    found = score("garbled.recall", Tally(1, 1, 1), *[Tally()] * 4)
    assert (found.low, found.value, found.high, found.n) == (1, 1, 1, 1)


def test_every_draw_takes_as_many_articles_as_there_are():
    table = draws(7)
    assert table.shape == (2000, 7)
    assert set(table.sum(axis=1)) == {7}
    assert table.mean() == pytest.approx(1)


def test_names_of_metrics_are_unique_and_costs_are_not_graded():
    names = [metric.name for metric in METRICS]
    assert len(set(names)) == len(names)
    assert all(not m.graded for m in METRICS if m.name.startswith(("cost.", "summary.")))
