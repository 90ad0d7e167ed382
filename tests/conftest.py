import os

import pytest


@pytest.fixture(autouse=True)
def _clean_settings(monkeypatch):
    """Tests see no key, endpoint or model of whoever runs them; where models are kept stays known."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")) and name != "SUMMARIZER_MODELS_DIR":
            monkeypatch.delenv(name)
