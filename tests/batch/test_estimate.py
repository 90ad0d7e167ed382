from dataclasses import replace

import pytest

from summarizer.article import from_text
from summarizer.batch.estimate import Forecast
from summarizer.config import Settings
from summarizer.llm.endpoint import Endpoint

TEXT = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."
ENDPOINT = Endpoint("http://127.0.0.1:9/v1", "m", None)


def forecast(to=("it",), endpoint=ENDPOINT, **settings):
    return Forecast(Settings(**settings), endpoint, to).of(from_text(TEXT, language="en"))


def test_more_languages_and_a_second_reading_take_more_and_the_article_s_own_language_nothing():
    assert forecast(("it", "zh")).output_tokens > forecast(("it",)).output_tokens > forecast(()).output_tokens
    assert forecast(("en",)) == forecast(())
    assert forecast(review="all").requests > forecast(review="none").requests


def test_a_long_article_takes_several_openings():
    small = replace(ENDPOINT, context_tokens=2_048)
    long = from_text(f"{TEXT}\n\n" * 80, language="en")
    assert Forecast(Settings(review="none"), small, ()).of(long).requests > 2


def test_a_cost_needs_a_price():
    settings = Settings(prices={"m": {"input": 1.0, "output": 10.0}})
    made = forecast()
    known = Forecast(settings, ENDPOINT, ("it",)).usd(made)
    assert known == pytest.approx((made.input_tokens + 10 * made.output_tokens) / 1e6, rel=0.01)
    assert Forecast(Settings(), ENDPOINT, ("it",)).usd(made) is None
