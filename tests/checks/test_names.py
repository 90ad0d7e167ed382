"""Names that an article does not have, and Chinese people across the scripts."""

import pytest

from summarizer.checks import names, romanised
from tests.support.claims import messages, statement, translation

ARTICLE = "商务部发言人束珏婷表示欢迎。大连高新区书记田兵致辞。"


@pytest.mark.parametrize("text", ["Tian Bing spoke.", "Bing Tian spoke."])
def test_a_chinese_person_is_read_in_either_order(text):
    assert messages(romanised.in_translation, translation("书记田兵致辞。", "zh", text, "en", ARTICLE)) == []


@pytest.mark.parametrize(
    ("line", "text", "name"),
    [
        ("发言人表示欢迎。", "Tian Bing welcomed it.", "Tian Bing"),
        ("科长罗毅说。", "Luo Min said.", "Luo Min"),
    ],
)
def test_a_chinese_person_of_another_line_is_found(line, text, name):
    claim = translation(line, "zh", text, "en", f"{ARTICLE}{line}")
    assert f"names {name!r}" in messages(romanised.in_translation, claim)[0]


@pytest.mark.parametrize(("text", "lost"), [("发言人何亚东表示欢迎。", True), ("发言人束珏婷表示欢迎。", False)])
def test_a_chinese_person_is_written_as_the_name_is_read(text, lost):
    line = 'Ministry spokesperson Shu Jueting said: "We welcome it."'
    claim = translation(line, "en", text, "zh")
    assert claim.reading.people == ("Shu Jueting",)
    assert bool(messages(romanised.in_translation, claim)) is lost


@pytest.mark.parametrize(
    ("line", "strange"),
    [
        ("Vice Mayor Zhang Min came to the fair.", ["Zhang Min: not in the article"]),
        ("Vice Mayor Zhang Wei came to the fair.", []),
        ("Mayor Zhang came to see the port of Suzhou.", ["Suzhou: not in the article"]),
    ],
)
def test_a_name_after_an_office_is_the_articles(line, strange):
    claim = statement(line, ["Vice Mayor Zhang Wei came to the fair.", "Min Li stayed."], "en")
    found = messages(names.strange, claim)
    assert [message.partition(", in ")[0] for message in found] == strange
