import pytest

from summarizer.checks.script import foreign


@pytest.mark.parametrize(
    ("text", "language", "source", "found"),
    [
        ("le associazioni商业i", "it", "the business associations", "商业"),
        ("oltre ۶۰ imprese", "it", "over 60 companies", "۶۰"),
        ("la città di 上海, 45° e 1ª", "it", "the city of 上海", ""),
        ("Perché l'hôtel è in Österreich: 30 °C", "it", "why", ""),
        ("上海CIFTIS展会２０２５年", "zh", "the fair", ""),
        ("上海 выставка", "zh", "the fair", "выстак"),
        ("The mayor said 谢谢.", "en", "He said thanks.", "谢"),
    ],
)
def test_characters_of_scripts_that_nobody_brought(text, language, source, found):
    assert foreign(text, language, source) == found


def test_chinese_left_in_a_translation_is_foreign_and_a_name_in_brackets_is_not():
    source = "丝绸集团计划在米兰设立设计中心。"
    assert foreign("The丝绸 group plans a design centre in Milan.", "en", source) == "丝绸"
    assert foreign("Small firms 'go 抱团'.", "it", "中小企业更需要抱团出海。") == "抱团"
    assert foreign("The Silk Group (丝绸集团) plans a design centre.", "en", source) == ""
    assert foreign("The brand 恒丰 opened a shop.", "en", "The brand 恒丰 has opened a shop in Milan.") == ""
