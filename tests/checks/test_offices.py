"""Offices that stand in each other's place, and offices of somebody else."""

import pytest

from summarizer.checks import offices
from tests.support.claims import messages, statement, translation


def test_an_office_is_kept():
    claim = translation("La portavoce ha parlato.", "it", "The ambassador spoke.", "en")
    assert (
        "has 'ambassador' where 'La portavoce ha parlato.' has 'portavoce'"
        in messages(offices.in_translation, claim)[0]
    )


@pytest.mark.parametrize(
    ("line", "code", "text", "target", "reason"),
    [
        ("北京市副市长出席。", "zh", "Era presente la sindaca di Pechino.", "it", "'副' is lost"),
        ("The mayor came.", "en", "È venuto il vicesindaco.", "it", "'vicesindaco' is added"),
    ],
)
def test_a_deputy_stays_a_deputy(line, code, text, target, reason):
    assert reason in messages(offices.in_translation, translation(line, code, text, target))[0]


def test_a_deputy_may_be_one_word():
    claim = translation("The deputy mayor came.", "en", "È venuto il vicesindaco.", "it")
    assert messages(offices.in_translation, claim) == []


ARTICLE = "副市长李关定、市外办主任叶荣钟参加会见。"


@pytest.mark.parametrize(
    ("line", "office"), [("市外办主任李关定参加会见。", "主任"), ("市长李关定参加会见。", "市长")]
)
def test_an_office_stays_with_its_holder(line, office):
    message = f"the article does not call 李关定 {office!r}"
    assert message in messages(offices.in_statement, statement(line, [ARTICLE], "zh"))[0]


def test_an_office_of_the_articles_is_no_strange_one():
    assert messages(offices.in_statement, statement(ARTICLE, [ARTICLE], "zh")) == []
