import pytest
from pydantic import SecretStr

from summarizer import config, connect
from summarizer.config import Settings
from summarizer.errors import ConfigurationError


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


def test_the_label_of_an_endpoint_holds_no_credentials():
    backend = connect.backend(Settings(base_url="http://me:secret@127.0.0.1:8000/v1/chat/completions"), print)
    assert backend.endpoint.label == "http://127.0.0.1:8000"
    assert backend.endpoint.base_url.endswith("/v1")


def test_a_file_in_the_working_directory_cannot_redirect_the_key(tmp_path):
    (tmp_path / "summarizer.toml").write_text('base_url = "http://127.0.0.1:9/v1"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="--config"):
        config.load()
    assert config.load(file=tmp_path / "summarizer.toml").base_url == "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    "url", ["ftp://x/v1", "http://[bad/v1", "http://host:99999/v1", "http://h/v1?api-key=SECRET", "host"]
)
def test_a_base_url_that_is_none_is_refused_and_not_repeated(url):
    with pytest.raises(ConfigurationError, match="https://host/v1") as caught:
        connect.backend(Settings(base_url=url), print)
    assert "SECRET" not in str(caught.value)
