import pytest

from summarizer.figures import find


def suspects(text, language="en"):
    return [figure.text for figure in find(text, language) if figure.suspect]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("visitors reached 515,15, including more than 8,<> buyers", ["515,15", "8,<>"]),
        ("the area is 10,5 square meters", ["10,5"]),
        ("with more than 15000,23 people", ["15000,23"]),
        ("from 121 million to 225 US dollars million", ["225 US dollars million"]),
        ("an amount of more than <> billion yuan", ["<> billion yuan"]),
        ("held from November 2023 to December 11, 28.", ["December 11, 28"]),
        ("From November 11th to December 28nd, the expo", ["December 28nd"]),
        ("the 28nd and the 11st, but the 22nd and the 11th", ["28nd", "11st"]),
        ("on February 30, 2024", ["February 30, 2024"]),
        ("from 14 May 2024 to 3 May 2024", ["14 May 2024", "3 May 2024"]),
        ("from May 14 to May 3", ["May 14", "May 3"]),
    ],
)
def test_what_cannot_be_right_is_flagged_as_printed(text, found):
    assert suspects(text) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "90,500 visitors, 1,234,567.89 euros, 40 000 people, pages 12,15,19,23 and 7,8"),
        ("en", "10.20.0.1, version 2.0.1, 24/7, 3-1, 2+4+4, 7:3, a <b> tag"),
        ("en", "from December 2023 to January 2024, from November to February, 31 May"),
        ("it", "10,5 metri quadrati, 515,15 euro, 15000,23, 1.234,5, 7.5, il 28º e il 45°"),
        ("it", "dal 30 novembre al 2 dicembre 2024; da novembre a febbraio"),
        ("zh", "1,234家，9.5折，7、8月，2024年12月至2025年1月，10.5平方米"),
    ],
)
def test_sound_figures_are_not_flagged(language, text):
    assert suspects(text, language) == []


def test_chinese_garbled_figures():
    assert suspects("面积10,5平方米，<>亿元，21月35日", "zh")[:2] == ["10,5", "<>亿元"]


def test_a_garbled_figure_has_no_value():
    (figure,) = find("515,15", "en")
    assert (figure.value, figure.suspect) == (None, True)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "more than billion yuan", ["billion"]),
        ("it", "circa milioni di euro", ["milioni"]),
        ("en", "more than a billion yuan, about million-dollar homes", []),
    ],
)
def test_a_magnitude_without_its_number_is_flagged(language, text, found):
    assert suspects(text, language) == found


def test_a_comma_before_a_magnitude_can_only_be_a_decimal_comma():
    assert [(f.text, str(f.value), f.suspect) for f in find("3,5 million and 2,4%", "en")] == [
        ("3,5 million", "3500000", False),
        ("2,4%", "2.4", False),
    ]
