"""Reports as text."""

from xml.etree import ElementTree as ET

from summarizer.evals.compare import compare
from summarizer.evals.judge import JUDGED, Judgement
from summarizer.evals.metrics import Tally
from summarizer.evals.scores import scored
from summarizer.evals.tables import comparison_markdown, junit, markdown, terminal
from tests.support.eval_reports import case, report

HOSTILE = "<script>alert(1)</script> | `x` \x1b[31m"


def test_the_terminal_table_has_a_line_for_each_value_and_none_for_what_was_not_counted():
    text = terminal(report(case("a", facts__recall=(2, 3, 3))))
    assert "facts.recall" in text
    assert "0.667" in text
    assert "traps.avoided" not in text


def test_failed_articles_are_named_in_every_form():
    made = report(case("broken", failure="ModelRefusedError"))
    for text in (terminal(made), markdown(made), junit(made)):
        assert "broken" in text
        assert "ModelRefusedError" in text


def test_markdown_tells_the_gates_verdict_and_its_reasons():
    made = report(case("a", facts__recall=(2, 3, 3)))
    assert "**Gate: green**" in markdown(made, [])
    red = markdown(made, ["facts.recall is 0.667, its floor is 0.9"])
    assert "**Gate: red**" in red
    assert "- facts.recall is 0.667, its floor is 0.9" in red
    assert "Gate" not in markdown(made)


def test_markdown_shows_the_difference_to_a_baseline():
    made = report(case("a", facts__recall=(2, 4, 4)))
    assert "| -0.250 |" in markdown(made, baseline=report(case("a", facts__recall=(3, 4, 4))))


def test_a_difference_to_nothing_right_is_a_number_and_to_no_value_a_dash():
    before = report(case("a", facts__recall=(3, 4, 4)))
    assert "| -0.750 |" in markdown(report(case("a", facts__recall=(0, 4, 4))), baseline=before)
    text = markdown(report(case("a", traps__avoided=(4, 4, 4))), baseline=before)
    (row,) = (line for line in text.splitlines() if line.startswith("| traps.avoided | 1.000 |") and "–" in line)
    assert row.endswith("| – |")


def test_a_judge_that_never_answered_has_dashes():
    opinion = Judgement(model="a judge", prompt="v1#abc", scores=scored([{"judge.answered": Tally(0, 3, 3)}], JUDGED))
    made = report(case("a", facts__recall=(2, 3, 3))).model_copy(update={"judgement": opinion})
    for text in (terminal(made), markdown(made)):
        assert "judge.supported –, judge.fluency –, judge.answered 0.000" in text


def test_what_an_article_says_is_no_markup_in_markdown():
    text = markdown(report(case("a")), [HOSTILE])
    assert "<script>" not in text
    assert "\x1b" not in text
    assert "\\|" in text


def test_junit_is_xml_with_a_case_for_each_article_and_the_gate():
    made = report(
        case("a", cost__seconds=(1.5, 1, 1), misses=[("facts.recall", HOSTILE)]),
        case("b", failure="ModelTruncatedError"),
    )
    suite = ET.fromstring(junit(made, ["too low"])).find("testsuite")
    cases = {c.get("name"): c for c in suite.findall("testcase")}
    assert set(cases) == {"gate", "a", "b"}
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert cases["gate"].find("failure").get("message") == "too low"
    assert cases["a"].get("time") == "1.500"
    assert "<script>" in cases["a"].find("system-out").text
    assert cases["b"].find("failure").get("message") == "ModelTruncatedError"


def test_a_comparison_lists_what_moved():
    made = compare(
        report(case("a", facts__recall=(0, 1, 1))), report(case("a", facts__recall=(1, 1, 1)), version="2")
    )
    text = comparison_markdown(made)
    assert "- version: 1.0 → 2" in text
    assert "Articles that moved: 1" in text
    assert "- a: facts.recall 0.000 → 1.000" in text
