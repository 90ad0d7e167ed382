"""Cities, Chinese people and their offices that stand in each other's place, across scripts."""

import pytest

from summarizer.checks.antonyms import restated
from summarizer.checks.contrasts import crossed, inverted
from summarizer.checks.holders import strange_office
from summarizer.checks.places import moved, unheard
from summarizer.checks.romanised import other_person, unread


@pytest.mark.parametrize(
    ("line", "code", "wrong", "right", "target"),
    [
        ("The fair opened in Xiamen.", "en", "La fiera si è aperta a Xi'an.", "La fiera si è aperta a Xiamen.", "it"),
        (
            "那不勒斯比萨学院参展。",
            "zh",
            "The Milan Pizza Academy took part.",
            "The Naples Pizza Academy took part.",
            "en",
        ),
        ("Accordo firmato a Roma.", "it", "协议在佛罗伦萨签署。", "协议在罗马签署。", "zh"),
    ],
)
def test_a_city_is_kept(line, code, wrong, right, target):
    assert moved(line, code, wrong, target, line)
    assert moved(line, code, right, target, line) is None


def test_a_city_may_be_told_by_another_word():
    line = "意大利驻沪总领事来访。"
    assert moved(line, "zh", "The Italian consul general in Shanghai came.", "en", line) is None


def test_a_city_of_a_statement_is_one_of_the_article():
    assert unheard("代表团访问了青岛。", "代表团访问了宁波。", "zh") == "青岛"
    assert unheard("代表团访问了宁波。", "代表团访问了宁波。", "zh") is None


def test_a_chinese_person_is_read_in_either_order():
    article = "商务部发言人束珏婷表示欢迎。大连高新区书记田兵致辞。"
    assert other_person("书记田兵致辞。", "Tian Bing spoke.", article) is None
    assert other_person("书记田兵致辞。", "Bing Tian spoke.", article) is None
    assert other_person("发言人表示欢迎。", "Tian Bing welcomed it.", article) == "Tian Bing"
    assert other_person("科长罗毅说。", "Luo Min said.", "科长罗毅说。") == "Luo Min"
    assert unread("Shu Jueting", "发言人何亚东表示")
    assert not unread("Shu Jueting", "发言人束珏婷表示")


def test_an_office_stays_with_its_holder():
    article = "副市长李关定、市外办主任叶荣钟参加会见。"
    assert strange_office("市外办主任李关定参加会见。", article) == ("主任", "李关定")
    assert strange_office("市长李关定参加会见。", article) == ("市长", "李关定")
    assert strange_office(article, article) is None


def test_a_denial_that_moves_to_the_other_half_is_found():
    said = "It is not to grab customers but to find partners."
    assert inverted("It is to grab customers and not to find partners.", [said], "en")
    assert inverted(said, [said], "en") is None
    assert crossed(said, "en", "目的是抢客户，而非找伙伴。", "zh")
    assert crossed(said, "en", "目的不是抢客户，而是找伙伴。", "zh") is None


def test_a_clause_may_not_be_told_as_its_contrary():
    every = ["Esposito ha ringraziato le autorità locali.", "Il volo è un'opportunità."]
    assert restated("Esposito ha criticato le autorità locali e parla di un'opportunità.", every, "it")
    assert restated("Esposito ha ringraziato le autorità locali.", every, "it") is None
