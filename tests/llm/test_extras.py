"""What the user adds to every request: read, put together, and refused without showing a value."""

import json

import pytest

from summarizer import config
from summarizer.config import Settings
from summarizer.errors import ConfigurationError
from summarizer.llm import Extras, connect
from summarizer.llm.extras import merged, parse


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_names_find_their_places():
    extras = Extras.of(
        {
            "enable_thinking": False,
            "body": {"service_tier": "flex"},
            "api-version": "2024-10-21",
            "x-title": "Press",
            "headers": {"X-Retries": 3},
            "query": {"deployment": True},
        }
    )
    assert extras.body == {"enable_thinking": False, "service_tier": "flex"}
    assert extras.headers == {"x-title": "Press", "X-Retries": "3"}
    assert extras.query == {"api-version": "2024-10-21", "deployment": "true"}


def test_nothing_is_nothing():
    assert Extras.of({}) == Extras()
    assert parse([]) == {}


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        *[
            ({name: "SECRET"}, f"{name} is written by the program")
            for name in ("messages", "model", "stream", "tools")
        ],
        ({"body": {"response_format": "SECRET"}}, "response_format is written by the program"),
        ({"n": 2, "functions": ["SECRET"]}, "functions, n is written"),
        *[
            ({"headers": {n: "SECRET"}}, f"the header {n} is written")
            for n in ("Host", "content-length", "Content-Type")
        ],
        ({"headers": "SECRET"}, "request.headers must be a table"),
        ({"query": ["SECRET"]}, "request.query must be a table"),
        ({"body": 7}, "request.body must be a table"),
        ({"x-key": "SECRET\n"}, "the header 'x-key' has a value that cannot be sent"),
        ({"headers": {"X-Key": "SECRÈT"}}, "the header 'X-Key' has a value that cannot be sent"),
        ({"headers": {"X Key": "SECRET"}}, "the header 'X Key' has a value that cannot be sent"),
    ],
)
def test_what_cannot_be_added_is_refused_and_not_shown(request_, says):
    with pytest.raises(ConfigurationError) as caught:
        Extras.of(request_)
    assert says in str(caught.value)
    assert "SECR" not in repr(caught.value)


def test_pairs_are_read_as_json_where_they_can_be():
    pairs = [
        "a=true",
        "b=1.5",
        "c=word",
        'd={"e": [1]}',
        "f= spaced out ",
        "g=",
        "h=k=v",
        'i="7"',
        'provider.order=["x"]',
    ]
    assert parse(pairs) == {
        "a": True,
        "b": 1.5,
        "c": "word",
        "d": {"e": [1]},
        "f": "spaced out",
        "g": "",
        "h": "k=v",
        "i": "7",
        "provider": {"order": ["x"]},
    }


def test_pairs_of_one_table_are_put_together_and_the_last_word_counts():
    assert parse(["headers.X-A=1", "headers.X-B=2", "headers.X-A=3", "a=1", "a.b=2"]) == {
        "headers": {"X-A": 3, "X-B": 2},
        "a": {"b": 2},
    }


@pytest.mark.parametrize("pair", ["SECRET", "=SECRET", " = SECRET", ".a=SECRET", "a..b=SECRET", "a.=SECRET", ""])
def test_a_pair_without_a_name_or_sign_is_refused_and_not_shown(pair):
    with pytest.raises(ConfigurationError, match="NAME=VALUE") as caught:
        parse([pair])
    assert "SECRET" not in repr(caught.value)


def test_merging_changes_neither_side():
    below, above = {"a": {"b": 1}}, {"a": {"c": 2}}
    assert merged(below, above) == {"a": {"b": 1, "c": 2}}
    assert (below, above) == ({"a": {"b": 1}}, {"a": {"c": 2}})


def test_file_environment_and_flags_are_put_together_name_by_name(tmp_path, monkeypatch):
    file = tmp_path / "s.toml"
    file.write_text(
        '[request]\na = "file"\nb = "file"\nc = "file"\nprovider = { order = ["x"], sort = "price" }\n'
        '[request.headers]\nX-Title = "file"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv(
        "SUMMARIZER_REQUEST", json.dumps({"b": "environment", "c": "environment", "provider": {"sort": "y"}})
    )
    flags = {"request": parse(["c=flag", "headers.X-Other=1"])}
    assert config.load(flags, file).request == {
        "a": "file",
        "b": "environment",
        "c": "flag",
        "provider": {"order": ["x"], "sort": "y"},
        "headers": {"X-Title": "file", "X-Other": 1},
    }


@pytest.mark.parametrize("given", ["SECRET", "[1]", '"SECRET"', '{"a": SECRET}'])
def test_an_environment_that_is_no_object_is_refused_and_not_shown(given, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_REQUEST", given)
    with pytest.raises(ConfigurationError, match=r"(?i)request") as caught:
        config.load()
    assert "SECRET" not in repr(caught.value)


def test_what_is_set_reaches_the_endpoint_and_shows_no_secret():
    settings = Settings(base_url="http://127.0.0.1:9/v1", request={"headers": {"api-key": "SECRET-0123"}, "seed": 7})
    endpoint = connect.backend(settings, print).endpoint
    assert endpoint.extras == Extras({"seed": 7}, {"api-key": "SECRET-0123"})
    assert "SECRET-0123" in endpoint.secrets
    assert "SECRET" not in repr(settings) + repr(endpoint)
