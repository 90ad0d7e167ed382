"""Names that an article does not have, and Chinese people across the scripts."""

import pytest

from summarizer.checks import names, romanised
from tests.support.claims import messages, reading, statement, translation

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


_MAYOR = 'The mayor of Trieste, Anna Rossi, said: "Rail traffic grew last year, and it will grow again." It rained.'
_AMBASSADOR = "意大利驻华大使埃莱娜·吉里贝蒂表示，双方合作前景广阔。会议随后结束。"


@pytest.mark.parametrize(
    ("article", "code", "target", "pairs", "noted"),
    [
        (_MAYOR, "en", "zh", [("It rained.", "下雨了。"), ("Anna Rossi spoke.", "安娜·罗西发言。")], [1]),
        (_MAYOR, "en", "zh", [("Anna Rossi spoke.", "安娜·罗西发言。")] * 2, [0]),
        (_MAYOR, "en", "zh", [("Anna Rossi spoke.", "安娜·罗西发言。"), ("A", "安娜·罗西（Anna Rossi）发言。")], []),
        (_MAYOR, "en", "zh", [("Anna Rossi spoke.", "")], []),
        (_MAYOR, "en", "it", [("Anna Rossi spoke.", "Ha parlato.")], []),
        (_AMBASSADOR, "zh", "it", [("埃莱娜·吉里贝蒂表示。", "Ha parlato Elena Ghiribetti.")], [0]),
        (_AMBASSADOR, "zh", "it", [("埃莱娜·吉里贝蒂表示。", "Ha parlato Elena Ghiribetti (埃莱娜·吉里贝蒂).")], []),
    ],
)
def test_a_name_in_another_script_is_noted_once_where_no_line_has_its_original(article, code, target, pairs, noted):
    found = list(names.transliterated(pairs, reading(article, code), target))
    assert [i for i, _ in found] == noted
    assert all(finding.severity == "info" for _, finding in found)
