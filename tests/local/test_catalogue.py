"""Names, files and folders of the embedded models."""

from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError
from summarizer.local import catalogue
from summarizer.local.catalogue import DEFAULT, MODELS


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_an_entry_is_consistent(model: catalogue.Model) -> None:
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.url.startswith("https://")
    assert model.file.endswith(".gguf")
    if model.wheels is not None:
        parts = model.wheels
        assert (parts.count - 1) * parts.part_bytes < model.bytes <= parts.count * parts.part_bytes
        assert parts.member(3) == "/data/part03.bin"
        assert parts.requirement(3) == f"{parts.prefix}3=={parts.version}"


def test_names_are_unique() -> None:
    assert len({model.name for model in MODELS}) == len({model.file for model in MODELS}) == len(MODELS)


def test_the_folder_is_argument_then_environment_then_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMARIZER_MODELS_DIR", raising=False)
    assert catalogue.models_dir().parts[-2:] == ("summarizer", "models")
    monkeypatch.setenv("SUMMARIZER_MODELS_DIR", "/somewhere")
    assert catalogue.models_dir() == Path("/somewhere")
    assert catalogue.models_dir(Path("/else")) == Path("/else")


def test_a_known_name_has_its_place_in_the_folder(tmp_path: Path) -> None:
    assert catalogue.path_of(DEFAULT.name.upper(), tmp_path) == tmp_path / DEFAULT.file
    assert not catalogue.is_present(DEFAULT.name, tmp_path)
    (tmp_path / DEFAULT.file).write_bytes(b"GGUF too short")
    assert not catalogue.is_present(DEFAULT.name, tmp_path)


def test_any_gguf_works_by_path(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF\x03\x00")
    assert catalogue.find(str(own)) is None
    assert catalogue.path_of(str(own), tmp_path / "models") == own
    assert catalogue.is_present(str(own), tmp_path / "models")


def test_what_is_neither_name_nor_gguf_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "article.txt"
    other.write_text("Milano")
    with pytest.raises(ConfigurationError, match="not a GGUF"):
        catalogue.path_of(str(other), tmp_path)
    with pytest.raises(ConfigurationError, match=DEFAULT.name):
        catalogue.path_of("gpt-9", tmp_path)
    with pytest.raises(ConfigurationError, match="embedded model"):
        catalogue.path_of(str(tmp_path), tmp_path)
