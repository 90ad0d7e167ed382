"""Two reports side by side; p-values counted by hand where every swap can be listed."""

import pytest

from summarizer.errors import EvalError
from summarizer.evals import compare as comparing
from summarizer.evals.compare import PERMUTATIONS, compare
from tests.support.eval_reports import GOLD, case, report


def change(made, name="facts.recall"):
    return next(c for c in made.changes if c.name == name)


def test_a_report_against_itself_shows_no_change_and_p_of_one():
    one = report(case("a", facts__recall=(2, 3, 3)), case("b", facts__recall=(1, 3, 3)))
    made = compare(one, one)
    assert change(made).difference == 0.0
    assert change(made).p == 1.0
    assert made.moved == ()
    assert made.differs == ()


def test_values_are_those_of_the_summed_counts():
    before = report(case("a", facts__recall=(1, 4, 4)), case("b", facts__recall=(0, 1, 1)))
    after = report(case("a", facts__recall=(3, 4, 4)), case("b", facts__recall=(1, 1, 1)), version="2.0")
    made = compare(before, after)
    # 1 of 5 before, 4 of 5 after
    assert (change(made).before, change(made).after, change(made).difference) == (0.2, 0.8, 0.6)
    assert made.differs == ("version: 1.0 → 2.0",)
    assert [(m.case, m.before, m.after) for m in made.moved] == [("a", 0.25, 0.75), ("b", 0.0, 1.0)]


def test_p_is_the_share_of_swaps_with_as_large_a_difference():
    # ten articles, each one fact better: of 1,024 swaps only the two with all on one side differ as much
    before = report(*(case(f"c{i}", facts__recall=(0, 1, 1)) for i in range(10)))
    after = report(*(case(f"c{i}", facts__recall=(1, 1, 1)) for i in range(10)))
    exact = 2 / 1024
    assert change(compare(before, after)).p == pytest.approx(exact, abs=4 * (exact / PERMUTATIONS) ** 0.5 + 1e-3)


def test_one_article_can_never_be_significant():
    made = compare(report(case("a", facts__recall=(0, 1, 1))), report(case("a", facts__recall=(1, 1, 1))))
    assert change(made).p == 1.0


def test_two_comparisons_give_the_same_bytes():
    before = report(*(case(f"c{i}", facts__recall=(i % 2, 1, 1)) for i in range(9)))
    after = report(*(case(f"c{i}", facts__recall=(i % 3 > 0, 1, 1)) for i in range(9)))
    assert compare(before, after).model_dump_json() == compare(before, after).model_dump_json()


def test_articles_in_one_report_only_are_named_and_left_out():
    before = report(case("a", facts__recall=(1, 1, 1)), case("b", facts__recall=(0, 1, 1)))
    after = report(case("a", facts__recall=(1, 1, 1)), case("c", facts__recall=(0, 1, 1)))
    made = compare(before, after)
    assert (made.only_before, made.only_after) == (("b",), ("c",))
    assert change(made).n == 1


def test_different_gold_is_refused():
    other = GOLD.model_copy(update={"hash": "ffffffffffff"})
    with pytest.raises(EvalError, match="different gold"):
        compare(report(case("a")), report(case("a"), gold=other))


def test_reports_without_a_common_article_are_refused():
    with pytest.raises(EvalError, match="no article in common"):
        compare(report(case("a")), report(case("b")))


def test_costs_are_told_but_never_moved():
    made = compare(report(case("a", cost__seconds=(9, 1, 1))), report(case("a", cost__seconds=(5, 1, 1))))
    assert change(made, "cost.seconds").difference == -4.0
    assert made.moved == ()
    assert comparing.SEED
