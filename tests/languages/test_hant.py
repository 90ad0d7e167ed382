"""Chinese in its two scripts: tags, characters, figures, speech."""

import re
from pathlib import Path

import pytest

from summarizer import figures, languages, speech
from summarizer.languages import hant

TAIWAN = (
    "嘉禾電子董事長林淑芬12日表示，「今年產值將達新台幣5兆3,000億元，成長12.4%。」"
    "香港貿易署署長羅永聰指出，去年出口額為4.8萬億港元。"
    "業者笑著說：「裏面的乾貨賣得很好，頭髮飾品也是。」"
)


@pytest.mark.parametrize(
    ("given", "tag", "name"),
    [
        ("zh", "zh", "Chinese"),
        ("zh-CN", "zh", "Chinese"),
        ("zh-Hans-HK", "zh", "Chinese"),
        ("zh-Hant", "zh-Hant", "Traditional Chinese"),
        ("ZH_hant_tw", "zh-TW", "Traditional Chinese (Taiwan)"),
        ("zh-hk", "zh-HK", "Traditional Chinese (Hong Kong)"),
        ("zh-MO", "zh-MO", "Traditional Chinese (Macao)"),
        ("en-HK", "en", "English"),
        ("it", "it", "Italian"),
    ],
)
def test_a_tag_keeps_the_script_that_it_asks_for(given: str, tag: str, name: str) -> None:
    assert languages.checked(given) == tag
    assert languages.name(tag) == name
    assert languages.checked(tag) == tag


def test_two_scripts_are_not_the_same_and_two_regions_of_one_are() -> None:
    assert languages.same("zh-Hant", "zh-TW")
    assert languages.same("en-US", "en")
    assert not languages.same("zh", "zh-TW")
    assert not languages.same("en", "it")


def test_both_scripts_are_named_where_one_is_turned_into_the_other() -> None:
    assert languages.names("zh", "zh-TW") == ("Simplified Chinese", "Traditional Chinese (Taiwan)")
    assert languages.names("zh-Hant", "zh") == ("Traditional Chinese", "Simplified Chinese")
    assert languages.names("zh-Hant", "it") == ("Chinese", "Italian")
    assert languages.names("en", "zh") == ("English", "Chinese")


@pytest.mark.parametrize("text", [TAIWAN, "後頭髮發皇后乾隆乾淨著名作家著書。", "mixed 臺灣 and café 🙂 𠮷野家"])
def test_simplified_characters_stand_one_for_one(text: str) -> None:
    folded = hant.simplified(text)
    assert len(folded) == len(text)
    assert [a for a, b in zip(text, folded, strict=True) if a != b and not re.match("[\u3400-\u9fff]", a)] == []
    assert hant.simplified(folded) == folded


def test_what_no_traditional_character_is_in_stays_as_it_is() -> None:
    text = "他说，后来头发干了；面条、里程、台风。Il presidente è arrivato."
    assert hant.simplified(text) is text


@pytest.mark.parametrize(
    ("text", "tag", "strange"),
    [
        ("台湾里长着手改革", "zh-TW", "湾长"),
        ("皇后與台北里長著手吃麵", "zh-TW", ""),
        ("香港嘅同事着手改革", "zh-HK", ""),
        ("經濟發展", "zh", "經濟發"),
        ("陶喆与朱镕基、方力鈞谈经济发展", "zh", ""),
        ("经济发展", "zh", ""),
    ],
)
def test_characters_of_the_other_script_are_told(text: str, tag: str, strange: str) -> None:
    assert hant.of_other_script(text, tag) == strange


def test_regions_have_words_of_their_own() -> None:
    assert hant.traditional("信息软件在台湾", "zh-TW") == "資訊軟體在台灣"
    assert hant.traditional("头发里面的信息", "zh-HK") == "頭髮裏面的信息"


def test_the_figures_of_a_text_in_traditional_characters() -> None:
    found = {f.text: (str(f.value), f.currency) for f in figures.find(TAIWAN, "zh-TW")}
    assert found["新台幣5兆3,000億元"] == ("5300000000000", "TWD")
    assert found["4.8萬億港元"] == ("4800000000000", "HKD")
    assert found["12.4%"] == ("12.4", None)


@pytest.mark.parametrize(
    ("tag", "plain"), [("zh", "CNY"), ("zh-TW", "TWD"), ("zh-HK", "HKD"), ("zh-MO", "MOP"), ("zh-Hant", None)]
)
def test_yuan_without_more_is_the_regions_own(tag: str, plain: str | None) -> None:
    found = figures.find("100億元、人民幣5000元、49億元人民幣、3億美元", tag)
    assert [f.currency for f in found] == [plain, "CNY", "CNY", "USD"]


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("zh", ["49亿元", "105亿新台币", "300万港元", "24亿欧元"]),
        ("zh-TW", ["49億人民幣", "105億新台幣", "300萬港幣", "24億歐元"]),
        ("zh-HK", ["49億人民幣", "105億新台幣", "300萬港元", "24億歐元"]),
    ],
)
def test_money_is_written_as_the_region_calls_it_and_read_back(tag: str, forms: list[str]) -> None:
    found = figures.find("4.9 billion yuan, NT$10.5 billion, HK$3 million and €2.4 billion", "en")
    written = [figures.write(figure, tag) for figure in found]
    assert written == forms
    back = [figures.find(form, tag)[0] for form in written]
    assert [(f.value, f.currency) for f in back] == [(f.value, f.currency) for f in found]


def test_who_says_what_in_traditional_characters() -> None:
    found = speech.find(TAIWAN, "zh-TW")
    assert [(s.kind, s.speaker.name if s.speaker else None) for s in found] == [
        ("direct", "林淑芬"),
        ("reported", "羅永聰"),
        ("direct", "業者"),
    ]
    assert all(s.speaker and TAIWAN[s.speaker.start : s.speaker.end] == s.speaker.name for s in found)
    assert TAIWAN[found[0].start : found[0].end] == "今年產值將達新台幣5兆3,000億元，成長12.4%。"


@pytest.mark.parametrize("tag", ["zh-TW", "zh-HK"])
@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("zh/articles/*.txt")), ids=lambda path: path.stem)
def test_an_article_turned_into_traditional_print_is_read_as_before(path: Path, tag: str) -> None:
    plain = path.read_text(encoding="utf-8")
    text = hant.traditional(plain, tag)
    before = [(plain[s.start : s.end], s.kind, s.speaker and s.speaker.name) for s in speech.find(plain, "zh")]
    after = [(text[s.start : s.end], s.kind, s.speaker and s.speaker.name) for s in speech.find(text, tag)]
    turned = [(hant.traditional(said, tag), kind, who and hant.traditional(who, tag)) for said, kind, who in before]
    assert after == turned
    values = [[(f.kind, f.value, f.unit) for f in figures.find(t, code)] for t, code in ((plain, "zh"), (text, tag))]
    assert values[0] == values[1]


def test_half_a_character_stays_as_it_is():
    assert hant.simplified("\ud800\u7db2\u8def") == "\ud800\u7f51\u8def"
    assert hant.traditional("\u7f51\ud800", "zh-Hant") == "\u7db2\ud800"
