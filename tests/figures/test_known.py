"""What no reading of a text gives: which figures are proof that a line is wrong."""

import pytest

from summarizer import figures


def one(text, language="en"):
    (figure,) = figures.find(text, language)
    return figure


def values(text, language="en"):
    return figures.known(text, figures.find(text, language))


@pytest.mark.parametrize(
    ("source", "printed", "found"),
    [
        ("It grew by 54 cases", "54", "43"),
        ("up 7.6%", "7.6%", "9.6%"),
        ("worth 62 million euros", "62 million euros", "26 million euros"),
        ("on 25 July at 14:40", "14:40", "14:20"),
        ("on 25 July", "25 July", "July 24, 2020"),
    ],
)
def test_another_value_from_nowhere_is_proof(source, printed, found):
    assert figures.changed(one(printed), one(found), values(source))


@pytest.mark.parametrize(
    ("source", "printed", "found"),
    [
        ("10 of 54 cases", "54", "10"),  # told of something else
        ("54 cases", "54", "forty-three"),  # in words
        ("5 inches of rain", "5 inches", "18 cm"),  # another measure
        ("26 degrees", "26 degrees", "80 degrees"),  # of which scale?
        ("5 euros", "5 euros", "6 dollars"),
        ("179.8 billion", "179.8 billion", "180 billion"),  # rounded
        ("1.500 people, or 1,500", "1.500", "1500"),  # by the other convention
        ("on 25 July", "25 July", "25 July 2020"),  # the dateline gives the year
        ("on 25 July at 14:40", "14:40", "July 24"),  # a time is no day
    ],
)
def test_what_some_reading_of_the_source_gives_is_none(source, printed, found):
    assert not figures.changed(one(printed), one(found), values(source))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("5,200 stands", True),
        ("£570m", True),
        ("3,600 stands", False),  # 300 fewer
        ("4,000 stands", False),  # rounded
        ("2019", False),  # years are reckoned
        ("6 years", False),  # from 2018 to 2024
        ("forty stands", False),
    ],
)
def test_a_figure_that_an_article_gives_in_no_reading_is_invented(found, expected):
    article = "In 2018 the fair had 3,900 stands, 300 more than before. It grew until 2024."
    assert figures.invented(one(found), figures.find(article, "en"), values(article)) is expected


@pytest.mark.parametrize(
    ("text", "language", "count", "expected"),
    [
        ("It signed with Acme, Beta Foods, Gamma and Delta.", "en", 4, True),
        ("It signed with Acme, Beta Foods, Gamma, and Delta.", "en", 4, True),
        ("It signed with Acme, Beta Foods, Gamma and Delta.", "en", 5, False),
        ("It signed with Acme and Beta Foods.", "en", 3, False),
        ("Ha firmato con Acme, Beta, Gamma e Delta.", "it", 4, True),
        ("公司与安达、贝塔、伽马和德尔塔签约。", "zh", 4, True),
        ("公司与安达、贝塔、伽马和德尔塔签约。", "zh", 6, False),
        ("公司与安达签约。", "zh", 3, False),
    ],
)
def test_the_things_of_a_list_are_counted(text, language, count, expected):
    assert (count in figures.enumerated(text, language)) is expected
