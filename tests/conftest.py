import os

import pytest


@pytest.fixture(autouse=True)
def _clean_settings(monkeypatch, tmp_path):
    """Tests see no key, endpoint or model of whoever runs them; where models are kept stays known."""
    # so that no run finds what another test kept
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")) and name != "SUMMARIZER_MODELS_DIR":
            monkeypatch.delenv(name)
