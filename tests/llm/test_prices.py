from dataclasses import replace

import pytest

from summarizer.config import load
from summarizer.errors import ConfigurationError
from summarizer.llm.client import Call
from summarizer.llm.prices import cost_usd, price


def call(asked: str, sent: int = 1_000_000, cached: int = 0, written: int = 0) -> Call:
    return Call("summary", "v1", asked, 1, sent, cached, written, 1.0, None, asked=asked)


def settings(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return load({}, file)


def test_each_model_has_its_own_price(tmp_path):
    given = settings(
        tmp_path, '[prices."big"]\ninput = 2\ncached = 0.5\noutput = 8\n[prices."small"]\ninput = 1\noutput = 1\n'
    )
    assert cost_usd([call("big", cached=400_000, written=100_000)], given) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.8)
    assert cost_usd([call("big"), call("small", cached=500_000)], given) == pytest.approx(3)


def test_a_model_without_a_price_makes_the_cost_unknown(tmp_path):
    given = settings(tmp_path, "[prices.big]\ninput = 2\noutput = 8\n")
    assert cost_usd([call("big"), call("other")], given) is None
    assert price(given, "other") is None


def test_a_price_for_all_is_below_a_model_s_own(tmp_path):
    text = "input_usd_per_million = 1\noutput_usd_per_million = 1\n[prices.big]\ninput = 2\noutput = 8\n"
    given = settings(tmp_path, text)
    assert (cost_usd([call("big")], given), cost_usd([call("other")], given)) == (2, 1)


@pytest.mark.parametrize("wrong", ["input = -1\noutput = 1", "input = 1", "input = 1\noutput = 1\ncache = 2"])
def test_a_price_that_is_none_is_refused(tmp_path, wrong):
    with pytest.raises(ConfigurationError, match="big"):
        settings(tmp_path, f"[prices.big]\n{wrong}\n")


def test_a_batch_costs_its_share_where_the_settings_say_so_and_else_all(tmp_path):
    given = settings(
        tmp_path, "[prices.big]\ninput = 2\noutput = 8\nbatch = 0.5\n[prices.other]\ninput = 2\noutput = 8\n"
    )
    costs = [
        cost_usd([replace(call(model), batch=batch)], given) for model in ("big", "other") for batch in (True, False)
    ]
    assert costs == [1.0, 2.0, 2.0, 2.0]
