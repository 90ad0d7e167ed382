import json
import re
import traceback

import pytest
from pydantic import SecretStr, ValidationError

from summarizer import config
from summarizer.config import Settings
from summarizer.errors import ConfigurationError
from summarizer.llm import connect


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_flags_win_over_environment_and_environment_over_file(tmp_path, monkeypatch):
    file = tmp_path / "s.toml"
    file.write_text("max_quotes = 1\nmax_key_points = 1\ntimeout_s = 1.5\n", encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_MAX_QUOTES", "2")
    monkeypatch.setenv("SUMMARIZER_MAX_KEY_POINTS", "2")
    settings = config.load({"max_quotes": 3, "model": None}, file)
    assert (settings.max_quotes, settings.max_key_points, settings.timeout_s) == (3, 2, 1.5)


def test_the_file_in_the_working_directory_is_found(tmp_path):
    (tmp_path / "summarizer.toml").write_text("max_quotes = 4\n", encoding="utf-8")
    assert config.load().max_quotes == 4


def test_openai_names_are_read_and_ours_win(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-theirs")
    assert config.load().api_key == SecretStr("sk-theirs")
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-ours")
    assert config.load().api_key == SecretStr("sk-ours")


def test_a_key_is_never_shown(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    settings = config.load()
    assert "sk-secret" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_a_wrong_value_is_named_and_not_shown(monkeypatch):
    monkeypatch.setenv("SUMMARIZER_TIMEOUT_S", "sk-secret")
    with pytest.raises(ConfigurationError, match="timeout_s") as caught:
        config.load()
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize("text", ["broken =", "unknown_name = 1", "max_quotes = 'many'", "max_quotes = -1"])
def test_a_wrong_file_is_an_error(tmp_path, text):
    file = tmp_path / "s.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        config.load(file=file)


@pytest.mark.parametrize(
    ("values", "embedded"),
    [
        ({}, True),
        ({"model": "qwen2.5-coder-1.5b", "api_key": "k"}, True),
        ({"model": "some/file.gguf"}, True),
        ({"api_key": "k"}, False),
        ({"base_url": "http://127.0.0.1:1/v1"}, False),
        ({"model": "gpt-5"}, False),
    ],
)
def test_who_answers(values, embedded):
    assert connect.uses_embedded(Settings(**values)) is embedded


def test_a_key_without_a_model_gets_the_default_at_openai():
    backend = connect.backend(Settings(api_key=SecretStr("k")), lambda *_: None)
    assert backend.endpoint.base_url == "https://api.openai.com/v1"
    assert backend.endpoint.model == config.DEFAULT_MODEL
    assert backend.endpoint.label == "https://api.openai.com"


def test_the_label_of_an_endpoint_is_its_host_and_port():
    backend = connect.backend(Settings(base_url="http://127.0.0.1:8000/v1/chat/completions"), print)
    assert backend.endpoint.label == "http://127.0.0.1:8000"
    assert backend.endpoint.base_url.endswith("/v1")


def test_a_file_in_the_working_directory_cannot_have_texts_sent_to_where_traces_are_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "summarizer.toml").write_text("telemetry_text = true")
    with pytest.raises(ConfigurationError, match=r"has texts of articles sent.*--config"):
        config.load()
    assert config.load(file=tmp_path / "summarizer.toml").telemetry_text


def test_a_file_in_the_working_directory_cannot_redirect_the_key(tmp_path):
    (tmp_path / "summarizer.toml").write_text('base_url = "http://127.0.0.1:9/v1"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="--config"):
        config.load()
    assert config.load(file=tmp_path / "summarizer.toml").base_url == "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/v1",
        "http://[bad/v1",
        "http://host:99999/v1",
        "host",
        "http://h/v1?api-key=SECRET",
        "http://h/v1?",
        "http://h/v1#SECRET",
        "http://me:SECRET@h/v1",
        "http://SECRET@h/v1",
    ],
)
def test_a_base_url_that_is_none_or_holds_a_secret_is_refused_and_not_repeated(url, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    for made in (config.load, Settings, lambda: Settings(base_url=url)):
        with pytest.raises(ConfigurationError, match="https://host/v1") as caught:
            made()
        assert "SECRET" not in repr(caught.value)


KEY = "sk-test-0123456789abcdef"


@pytest.mark.parametrize(
    "around",
    [
        "{}\n",
        "{}\r\n",
        "\ufeff{}",
        " \t{}\u00a0",
        "\u200b{}\u200d",
        '"{}"',
        "'{}'",
        "“{}”",
        "«{}»",
        "„{}“",
        "「{}」",
        "`{}`",
        "Bearer {}",
        "bearer\u00a0{}",
        "Authorization: Bearer {}",
        "'Authorization: Bearer {}'",
        '"Bearer “{}”"\n',
        "Bearer Bearer {}",
    ],
)
@pytest.mark.parametrize("source", ["environment", "flag", "file"])
def test_what_was_copied_around_a_key_is_taken_off(around, source, monkeypatch, tmp_path):
    given = around.format(KEY)
    flags, file = {}, None
    if source == "environment":
        monkeypatch.setenv("OPENAI_API_KEY", given)
    elif source == "flag":
        flags = {"api_key": given}
    else:
        file = tmp_path / "s.toml"
        file.write_text(f"api_key = {json.dumps(given)}\n", encoding="utf-8")
    assert config.load(flags, file).api_key == SecretStr(KEY)


@pytest.mark.parametrize("key", ["Bearertoken-0123456789", 'sk-a"b\\c/d+e%f=', "bearer-key", "k"])
def test_a_key_of_visible_ascii_stays_as_it_is(key):
    assert Settings(api_key=SecretStr(key)).api_key == SecretStr(key)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("sk–test-0123456789", "“–”, EN DASH, position 3"),
        ("sk-te\nst-0123456789", "a line end, position 6"),
        ("sk-te st-0123456789", "a space, position 6"),
        ("sk-te\u00a0st-0123456789", "a space, position 6"),
        ("sk-te\u200bst-0123456789", "ZERO WIDTH SPACE, position 6"),
        ("sk-te\x00st-0123456789", "U+0000, position 6"),
        ("sk-tеst-0123456789", "CYRILLIC SMALL LETTER IE, position 5"),
        ("Bearer sk-te “st”", "a space, position 6"),
        ('""', "the key is empty"),
        ("“”", "the key is empty"),
        (" \n", "the key is empty"),
        ("Bearer ", "the key is empty"),
    ],
)
def test_a_key_that_cannot_be_sent_is_refused_and_not_shown(given, says, capsys):
    with pytest.raises(ConfigurationError, match=re.escape(says)) as caught:
        config.load({"api_key": given})
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + capsys.readouterr().err
    assert "copy it again" in told
    assert not any(piece in told for piece in ("sk-t", "sk–t", "0123"))


def test_an_empty_key_is_none():
    assert Settings(api_key=SecretStr("")).api_key is None


def test_a_key_under_a_wrong_name_is_not_shown():
    with pytest.raises(ValidationError) as caught:
        Settings(apikey=KEY)
    assert KEY not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("setting", ["model", "base_url"])
def test_a_key_pasted_into_another_setting_is_refused_and_not_shown(setting):
    given = {"base_url": "http://127.0.0.1:9/v1", setting: f"http://127.0.0.1:9/{KEY}/v1"}
    with pytest.raises(ConfigurationError, match=f"the setting {setting}") as caught:
        connect.backend(Settings(api_key=SecretStr(KEY), **given), print)
    assert KEY not in str(caught.value)
