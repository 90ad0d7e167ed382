"""An endpoint that gives no answers: asked a few times, left alone, asked again."""

import math

import pytest

from summarizer.errors import ModelRejectedError, ModelUnavailableError
from summarizer.llm.circuit import Circuit
from summarizer.llm.endpoint import Limits

LIMITS = Limits(timeouts=2, pause_s=4, long_pause_s=30)
DOWN = ModelUnavailableError("no connection to http://h", "check the network")
WRONG = ModelRejectedError("wrong key", "check OPENAI_API_KEY")


@pytest.fixture
def circuit():
    return Circuit(LIMITS)


def test_it_is_closed_at_first(circuit):
    assert circuit.wait(1, 5, 0.0) == 0
    assert circuit.refusal(0.0) is None
    assert not circuit.doubts


def test_a_question_without_an_answer_opens_it_and_one_tries_again_after_a_pause(circuit):
    circuit.failed(1, DOWN, 0.0, 10.0)
    assert circuit.wait(2, 0, 11.0) == 3
    assert circuit.wait(2, 0, 14.0) == 0
    assert circuit.wait(2, 1, 14.0) == math.inf
    circuit.answered(15.0)
    assert circuit.wait(2, 1, 15.0) == 0


def test_the_article_itself_goes_on_at_once(circuit):
    circuit.failed(1, DOWN, 0.0, 10.0)
    assert circuit.wait(1, 0, 11.0) == 0


def test_the_third_article_in_a_row_ends_it(circuit):
    for article in (1, 2):
        circuit.failed(article, DOWN, 0.0, 10.0 * article)
        circuit.failed(article, DOWN, 0.0, 10.0 * article)
    assert circuit.stopped is None
    circuit.failed(3, DOWN, 0.0, 30.0)
    assert circuit.refusal(31.0) is circuit.stopped
    assert str(circuit.stopped).startswith("no connection to http://h, for one article after the other: nothing more")
    assert circuit.stopped.advice == "check the network, then start again"


def test_one_article_alone_never_ends_it(circuit):
    for at in range(9):
        circuit.failed(1, DOWN, 0.0, float(at))
    assert circuit.stopped is None


def test_answers_to_others_meanwhile_show_that_it_is_the_question(circuit):
    circuit.answered(5.0)
    circuit.failed(1, DOWN, 4.0, 10.0)
    assert circuit.wait(2, 3, 10.0) == 0


def test_the_third_timeout_in_a_row_ends_it_and_those_at_once_are_one(circuit):
    for sent_at in (0.0, 0.1, 0.2):
        circuit.timed_out(sent_at, DOWN, 2.0)
    assert circuit.wait(2, 1, 2.0) == math.inf
    assert circuit.wait(2, 0, 2.0) == 0
    circuit.timed_out(2.0, DOWN, 4.0)
    assert circuit.stopped is None
    circuit.timed_out(4.0, DOWN, 6.0)
    assert "3 times in a row" in str(circuit.stopped)


def test_a_word_of_any_kind_shows_that_it_does_not_hang(circuit):
    for at in (2.0, 4.0, 6.0, 8.0):
        circuit.timed_out(at, DOWN, at + 1)
        circuit.heard()
    assert circuit.stopped is None


def test_one_that_answered_before_is_given_more_time(circuit):
    circuit.answered(1.0)
    circuit.failed(1, DOWN, 2.0, 10.0)
    assert circuit.wait(2, 0, 11.0) == 29


def test_one_that_was_given_up_is_tried_again_by_one_request_and_comes_back(circuit):
    circuit.stop(WRONG, 0.0)
    assert circuit.refusal(29.0) is WRONG
    assert circuit.refusal(30.0) is None
    assert (circuit.wait(7, 0, 30.0), circuit.wait(7, 1, 30.0)) == (0, math.inf)
    circuit.failed(7, DOWN, 30.0, 31.0)
    assert circuit.refusal(32.0) is circuit.stopped
    circuit.answered(70.0)
    assert (circuit.stopped, circuit.refusal(70.0), circuit.wait(8, 9, 70.0)) == (None, None, 0)


def test_rejections_in_a_row_end_it_without_a_pause(circuit):
    circuit.answered(1.0)
    for article in (1, 2):
        circuit.rejected(article, WRONG, 2.0)
        assert circuit.wait(9, 0, 2.0) == 0
    circuit.rejected(3, WRONG, 2.0)
    assert circuit.refusal(2.0) is WRONG
