"""Names of a statement that its article does not have."""

import pytest

from summarizer.checks import StatementChecker
from tests.support.claims import reading

ARTICLE = "Ferraro arrived in Trieste the day after the fair."


@pytest.mark.parametrize(
    ("statement", "strange"),
    [
        ("Ferraro arrived in Trieste on a Monday of June.", False),  # days and months are the figures' matter
        ("Ferraro arrived in the port of Gorizia.", True),
    ],
)
def test_a_day_is_no_name(statement: str, strange: bool) -> None:
    found = StatementChecker(reading(ARTICLE, "en")).ground(statement, (), "/summary/abstract", 1000).findings
    assert ("name.unsupported" in {finding.code for finding in found}) is strange
