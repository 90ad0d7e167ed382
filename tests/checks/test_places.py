"""Cities, countries and other places that stand in each other's place, across scripts."""

import pytest

from summarizer.checks import places
from summarizer.checks.places import unheard
from summarizer.ground.text import Text
from tests.support.claims import messages, translation


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
    assert messages(places.strange_city, translation(line, code, wrong, target))
    assert messages(places.strange_city, translation(line, code, right, target)) == []


def test_a_city_may_be_told_by_another_word():
    claim = translation("意大利驻沪总领事来访。", "zh", "The Italian consul general in Shanghai came.", "en")
    assert messages(places.strange_city, claim) == []


def test_a_city_of_a_statement_is_one_of_the_article():
    article = Text("代表团访问了宁波。", "zh")
    assert unheard(Text("代表团访问了青岛。", "zh"), article) == "青岛"
    assert unheard(article, article) is None


def test_a_country_of_a_chinese_statement_is_one_of_the_article():
    article = Text("代表团访问了德国。", "zh")
    assert unheard(Text("代表团访问了法国。", "zh"), article) == "法国"


def test_a_country_of_nobodys_is_found():
    line = "Arrivano ordini dalla Corea."
    japan = translation(line, "it", "Orders are coming in from Japan.", "en")
    assert "'Japan'" in messages(places.strange_country, japan)[0]
    assert messages(places.strange_country, translation(line, "it", "Orders are coming in from Korea.", "en")) == []


def test_a_place_is_not_put_for_another():
    line = "According to an importer from Verona, demand grows."
    claim = translation(line, "en", "Secondo un importatore di Vicenza, la domanda cresce.", "it")
    assert "names 'Vicenza'" in messages(places.swapped, claim)[0]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("A buyer from Barcelona.", "Un acquirente di Barcellona."),
        ("A buyer from Florence.", "Un acquirente di Firenze."),
    ],
)
def test_a_place_may_have_a_form_of_its_own(line, text):
    assert messages(places.swapped, translation(line, "en", text, "it")) == []
