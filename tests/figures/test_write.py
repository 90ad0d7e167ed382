from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, find, same, write

LANGUAGES = ("en", "it", "zh")
CURRENCIES = ("USD", "EUR", "CNY", "GBP", "JPY", "HKD", "CHF", "KRW", "INR", "RUB", "AUD", "CAD")

languages = st.sampled_from(LANGUAGES)
values = st.decimals(min_value=Decimal("0.001"), max_value=Decimal("1e15"), places=3)


def figure(kind, value, **more):
    return Figure(0, 1, "?", kind, value, **more)


@pytest.mark.parametrize(
    ("value", "more", "en", "it", "zh"),
    [
        ("69660000000", {"currency": "CNY"}, "69.66 billion yuan", "69,66 miliardi di yuan", "696.6亿元"),
        ("1234.5", {"currency": "USD"}, "1,234.5 dollars", "1.234,5 dollari", "1234.5美元"),
        ("1", {"currency": "GBP"}, "1 pound", "1 sterlina", "1英镑"),
        ("1000000", {"currency": "EUR"}, "1 million euros", "1 milione di euro", "100万欧元"),
        ("4780000000000", {"currency": "CNY"}, "4.78 trillion yuan", "4.780 miliardi di yuan", "4.78万亿元"),
        ("500", {}, "500", "500", "500"),
    ],
)
def test_amounts_take_each_languages_form(value, more, en, it, zh):
    amount = figure("money", Decimal(value), **more)
    assert [write(amount, language) for language in LANGUAGES] == [en, it, zh]


def test_percentages_ordinals_and_points():
    assert [write(figure("percent", Decimal("7.6"), unit="%"), each) for each in LANGUAGES] == [
        "7.6%",
        "7,6%",
        "7.6%",
    ]
    points = figure("percent", Decimal("17.1"), unit="pp")
    assert [write(points, each) for each in LANGUAGES] == [
        "17.1 percentage points",
        "17,1 punti percentuali",
        "17.1个百分点",
    ]
    assert [write(figure("ordinal", Decimal(45)), each) for each in LANGUAGES] == ["45th", "45°", "第45"]
    assert [write(figure("ordinal", Decimal(n)), "en") for n in (1, 2, 3, 11, 112, 23)] == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "112th",
        "23rd",
    ]


@pytest.mark.parametrize(
    ("value", "en", "it", "zh"),
    [
        ("2025-09-14", "September 14, 2025", "14 settembre 2025", "2025年9月14日"),
        ("2025-10", "October 2025", "ottobre 2025", "2025年10月"),
        ("--10-13", "October 13", "13 ottobre", "10月13日"),
        ("2018", "2018", "2018", "2018年"),
        ("-W-5", "Friday", "venerdì", "星期五"),
        ("193X", "1930s", "anni 1930", "1930年代"),
        ("19XX", "20th century", "XX secolo", "20世纪"),
        ("2018-Q2", "second quarter of 2018", "secondo trimestre del 2018", "2018年第二季度"),
        ("--Q3", "third quarter", "terzo trimestre", "第三季度"),
        ("T19:30", "19:30", "19:30", "19:30"),
    ],
)
def test_dates_take_each_languages_form(value, en, it, zh):
    assert [write(figure("date", value), language) for language in LANGUAGES] == [en, it, zh]


def test_a_suspect_figure_comes_back_as_printed():
    broken = Figure(3, 9, "515,15", "number", None, suspect=True)
    assert write(broken, "zh") == "515,15"


@settings(deadline=None)
@given(value=values, language=languages)
@example(value=Decimal("1000.5"), language="it")
@example(value=Decimal("2024"), language="en")
def test_a_number_read_back_is_the_number(value, language):
    written = write(figure("number", value), language)
    (found,) = find(f"({written})", language)
    assert found.text == written
    assert same(figure("number", value), found)


@settings(deadline=None)
@given(value=values, language=languages, currency=st.sampled_from(CURRENCIES))
def test_money_read_back_is_the_money(value, language, currency):
    amount = figure("money", value, currency=currency)
    (found,) = find(write(amount, language), language)
    assert (found.kind, found.value, found.currency) == ("money", value, currency)


@settings(deadline=None)
@given(value=values, language=languages, unit=st.sampled_from(("%", "pp", "bp")))
def test_a_percentage_read_back_is_the_percentage(value, language, unit):
    (found,) = find(write(figure("percent", value, unit=unit), language), language)
    assert (found.kind, found.value, found.unit) == ("percent", value, unit)


@settings(deadline=None)
@given(value=st.integers(min_value=3, max_value=99999), language=languages)
def test_an_ordinal_read_back_is_the_ordinal(value, language):
    (found,) = find(write(figure("ordinal", Decimal(value)), language), language)
    assert (found.kind, found.value) == ("ordinal", Decimal(value))


@settings(deadline=None)
@given(day=st.dates(min_value=date(1600, 1, 1)), language=languages, cut=st.integers(0, 2))
def test_a_date_read_back_is_the_date(day, language, cut):
    value = (day.isoformat(), f"--{day.month:02d}-{day.day:02d}", f"{day.year:04d}-{day.month:02d}")[cut]
    if cut != 1 and day.year >= 2200:
        value = f"--{day.month:02d}-{day.day:02d}"
    (found,) = find(write(figure("date", value), language), language)
    assert found.value == value


@settings(deadline=None)
@given(value=values, first=languages, second=languages)
def test_two_languages_forms_say_the_same(value, first, second):
    amount = figure("money", value, currency="CNY")
    (one,), (other,) = find(write(amount, first), first), find(write(amount, second), second)
    assert same(one, other)
