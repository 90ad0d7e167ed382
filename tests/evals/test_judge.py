"""A model as a judge: what it says is counted, and what it does not say is not."""

import json

import pytest

from summarizer import Settings
from summarizer.evals.judge import judge
from summarizer.evals.outputs import Cost, Output, Statement
from tests.support.endpoint import completion, failure, serving
from tests.support.eval_case import case_in

CASE = case_in("en")
LINES = ("Exports reached 69.66 billion yuan.", "Gong Zheng spoke.")


def output(*lines, failed=False):
    statements = tuple(Statement(line, ()) for line in lines)
    return Output(CASE.id, statements, (), {}, (), Cost(), failed=failed)


def values(reply, *made):
    """What a judge that answers with `reply` makes of the outputs of one case after the other."""
    cases = tuple(CASE.model_copy(update={"id": f"case-{i}"}) for i in range(len(made)))
    outputs = {case.id: each for case, each in zip(cases, made, strict=True)}
    with serving(lambda _: reply) as endpoint:
        found = judge(cases, outputs, Settings(base_url=endpoint.base_url, model="judge")).scores
    return {score.name.removeprefix("judge."): score.value for score in found}, endpoint.requests


def verdicts(*supported, fluency=5):
    lines = [{"number": number, "supported": each} for number, each in supported]
    return completion(json.dumps({"lines": lines, "fluency": fluency}))


def test_verdicts_are_counted_by_the_line():
    found, _ = values(verdicts((1, True), (2, False), fluency=4), output(*LINES))
    assert found == {"supported": 0.5, "fluency": 0.8, "answered": 1.0}


@pytest.mark.parametrize("reply", [failure(401), completion("no JSON"), completion(None, message={"refusal": "no"})])
def test_a_judge_that_never_answered_has_no_value(reply):
    found, _ = values(reply, output(*LINES))
    assert found == {"supported": None, "fluency": None, "answered": 0.0}


def test_a_line_without_a_verdict_is_not_an_unsupported_one():
    found, _ = values(verdicts((2, True), (7, False)), output(*LINES))
    assert found == {"supported": 1.0, "fluency": 1.0, "answered": 0.5}
    found, _ = values(verdicts(), output(*LINES))
    assert (found["supported"], found["answered"]) == (None, 0.0)


def test_an_article_without_an_output_is_not_shown_and_says_nothing_of_the_judge():
    found, requests = values(verdicts((1, True)), output(failed=True), output())
    assert requests == []
    assert set(found.values()) == {None}
