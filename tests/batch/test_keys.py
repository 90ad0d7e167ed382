import dataclasses

import pytest
from pydantic import SecretStr

from summarizer.article import from_text
from summarizer.article.model import Known
from summarizer.ask.house import House
from summarizer.batch.keys import key
from summarizer.config import Settings
from summarizer.errors import ConfigurationError
from summarizer.llm import Endpoint, Extras

TEXT = "The mayor opened the new bridge on Monday. Ten thousand people came to see it."
ARTICLE = from_text(TEXT, source="a.txt")
ENDPOINT = Endpoint("https://h.example/v1", "m", SecretStr("sk-one"), extras=Extras.of({"seed": 1, "api-key": "k1"}))
SETTINGS = Settings()
KEY = key(ARTICLE, ["it", "zh"], SETTINGS, ENDPOINT)


def changed(**fields):
    return dataclasses.replace(ENDPOINT, **fields)


@pytest.mark.parametrize(
    ("article", "to", "settings", "endpoint"),
    [
        (from_text(TEXT, source="elsewhere/b.txt"), ["it", "zh"], SETTINGS, ENDPOINT),
        (ARTICLE, ["zh", "it", "it-IT"], SETTINGS, ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(timeout_s=5, concurrency=64, output_usd_per_million=3), ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(trust="high", review="all"), ENDPOINT),  # what the defaults are
        (ARTICLE, ["it", "zh"], SETTINGS, changed(api_key=SecretStr("sk-two"), concurrency=64)),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(extras=Extras.of({"seed": 1, "api-key": "k2"}))),
    ],
)
def test_what_does_not_decide_the_answer_changes_nothing(article, to, settings, endpoint):
    assert key(article, to, settings, endpoint) == KEY


@pytest.mark.parametrize(
    ("article", "to", "settings", "endpoint"),
    [
        (from_text(TEXT + " It rained."), ["it", "zh"], SETTINGS, ENDPOINT),
        (from_text(TEXT, known=Known(title="Bridge")), ["it", "zh"], SETTINGS, ENDPOINT),
        (from_text(TEXT, known=Known(published="2024-05-06")), ["it", "zh"], SETTINGS, ENDPOINT),
        (from_text(TEXT, known=Known(outlet="The Times")), ["it", "zh"], SETTINGS, ENDPOINT),
        (from_text(TEXT, language="it"), ["it", "zh"], SETTINGS, ENDPOINT),
        (ARTICLE, ["it"], SETTINGS, ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(trust="low"), ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(review="none"), ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(review_model="other"), ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(max_quotes=3), ENDPOINT),
        (ARTICLE, ["it", "zh"], Settings(max_key_points=3), ENDPOINT),
        (ARTICLE, ["it", "zh"], SETTINGS, None),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(base_url="https://h.example/other/v1")),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(model="n")),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(context_tokens=8_192)),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(reasoning_effort="high")),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(extras=Extras.of({"seed": 2, "api-key": "k1"}))),
        (
            ARTICLE,
            ["it", "zh"],
            SETTINGS,
            changed(extras=Extras.of({"seed": 1, "api-key": "k1", "api-version": "3"})),
        ),
        (ARTICLE, ["it", "zh"], SETTINGS, changed(extras=Extras.of({"seed": 1, "api-key": "k1", "x-route": "big"}))),
    ],
)
def test_what_decides_the_answer_makes_another_key(article, to, settings, endpoint):
    assert key(article, to, settings, endpoint) != KEY


def test_the_embedded_model_has_one_key_on_every_port():
    one = Endpoint("http://127.0.0.1:1111/v1", "m", SecretStr("a"), embedded=True)
    two = dataclasses.replace(one, base_url="http://127.0.0.1:2222/v1", api_key=SecretStr("b"))
    assert key(ARTICLE, [], SETTINGS, one) == key(ARTICLE, [], SETTINGS, two)


def test_a_changed_prompt_or_version_makes_another_key(monkeypatch):
    from summarizer import resources
    from summarizer.batch import keys

    read = resources.read
    keys._program.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr(resources, "read", lambda folder, name: read(folder, name) + " " * (folder == "prompts"))
        assert key(ARTICLE, ["it", "zh"], SETTINGS, ENDPOINT) != KEY
    keys._program.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr(keys, "version", lambda _: "9.9.9")
        assert key(ARTICLE, ["it", "zh"], SETTINGS, ENDPOINT) != KEY
    keys._program.cache_clear()
    assert key(ARTICLE, ["it", "zh"], SETTINGS, ENDPOINT) == KEY


def test_an_unknown_target_is_a_wrong_setting():
    with pytest.raises(ConfigurationError):
        key(ARTICLE, ["xx"], SETTINGS, ENDPOINT)


def test_a_key_tells_of_the_glossary_that_was_read_and_not_of_the_file_as_it_is_by_now(tmp_path):
    file = tmp_path / "office.csv"
    file.write_text("term,language,it\nchamber,en,camera\n", encoding="utf-8")
    settings = SETTINGS.model_copy(update={"glossary": [file]})
    house = House.of(settings)
    known = key(ARTICLE, ["it"], settings, ENDPOINT, house)
    assert known != key(ARTICLE, ["it"], SETTINGS, ENDPOINT)
    file.unlink()
    assert key(ARTICLE, ["it"], settings, ENDPOINT, house) == known
