import pytest

from summarizer.ground.scripts import foreign


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
