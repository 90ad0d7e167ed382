"""What a figure is given for."""

import pytest

from summarizer.checks import figures
from tests.support.claims import messages, translation


@pytest.mark.parametrize(("text", "found"), [("180 euros a year", True), ("180 euros a month", False)])
def test_what_a_figure_is_given_for_is_kept(text, found):
    claim = translation("180 euro al mese", "it", text, "en")
    assert bool(messages(figures.rate_in_translation, claim)) is found
