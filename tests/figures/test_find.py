from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.figures import find

LANGUAGES = ("en", "it", "zh")


def values(text, language):
    return [(figure.text, str(figure.value)) for figure in find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,234,567.89", "1234567.89"),
        ("en", "2.345,67", "2345.67"),
        ("en", "98,76,543.21", "9876543.21"),
        ("en", "35 000", "35000"),
        ("en", "25k", "25000"),
        ("en", "7 3/4", "7.75"),
        ("en", "4.5x10^-3", "0.0045"),
        ("en", "ninety-three", "93"),
        ("en", "four hundred and sixty two", "462"),
        ("en", "thirty-two trillion and four hundred", "32000000000400"),
        ("en", "two and a half million", "2500000"),
        ("en", "two billion and a quarter million", "2000250000"),
        ("en", "nought point nought seven", "0.07"),
        ("en", "half a million", "500000"),
        ("en", "one in five", "0.2"),
        ("en", "minus eight point two", "-8.2"),
        ("en", "twelve hundred", "1200"),
        ("it", "1.234.567,8", "1234567.8"),
        ("it", "magnitudo 7.5", "7.5"),
        ("it", "novantatré", "93"),
        ("it", "quattromilatrecentocinquantasei", "4356"),
        ("it", "trentunbilioniquattrocento", "31000000000400"),
        ("it", "trecento virgola ottantadue", "300.82"),
        ("it", "7 milioni e mezzo", "7500000"),
        ("it", "due miliardi e mezzo milione", "2000500000"),
        ("it", "due terzi", str(Decimal(2) / 3)),
        ("it", "un bambino su cinque", "0.2"),
        ("it", "47mila", "47000"),
        ("it", "settant'anni", "70"),
        ("zh", "九十三", "93"),
        ("zh", "三百二十六万", "3260000"),
        ("zh", "3亿2万5千7百", "300025700"),
        ("zh", "6.15万亿", "6150000000000"),
        ("zh", "三千六百七", "3670"),
        ("zh", "七億零八", "700000008"),
        ("zh", "两千多万", "20000000"),
        ("zh", "十二又十五分之二", str(Decimal(2) / 15 + 12)),
        ("zh", "负三十六亿零五百零五万", "-3605050000"),
        ("zh", "１，２３４．５", "1234.5"),
        ("zh", "贰仟分之叁", "0.0015"),
    ],
)
def test_numbers_in_digits_and_words(language, text, value):
    (figure,) = find(text, language)
    assert (figure.kind, str(figure.value)) == ("number", value)


@pytest.mark.parametrize(
    ("language", "text", "value", "currency"),
    [
        ("en", "US$ 3MM", "3000000", "USD"),
        ("en", "£2.8bn", "2800000000", "GBP"),
        ("en", "a 15-cent coupon", "0.15", None),
        ("en", "sixteen dollars and thirty-two cents", "16.32", "USD"),
        ("en", "45 MUSD", "45000000", "USD"),
        ("en", "100 billion-yuan level", "100000000000", "CNY"),
        ("en", "HK$ 1.95", "1.95", "HKD"),
        ("en", "350 pence", "3.5", "GBP"),
        ("it", "69,66 miliardi di yuan", "69660000000", "CNY"),
        ("it", "230 milioni di dollari americani", "230000000", "USD"),
        ("it", "€ 5,6 milioni", "5600000", "EUR"),
        ("it", "sedici euro e trentadue cent", "16.32", "EUR"),
        ("it", "310 milioni di marchi finlandesi", "310000000", "FIM"),
        ("zh", "186.3亿元", "18630000000", "CNY"),
        ("zh", "人民币500万元", "5000000", "CNY"),
        ("zh", "十八美元", "18", "USD"),
        ("zh", "五美元又六美分", "5.06", "USD"),
        ("zh", "2万亿日元", "2000000000000", "JPY"),
    ],
)
def test_money(language, text, value, currency):
    (figure,) = find(text, language)
    assert (figure.kind, str(figure.value), figure.currency) == ("money", value, currency)


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "17.1 percentage points", "17.1", "pp"),
        ("en", "25 basis points", "25", "bp"),
        ("it", "lo 0,4 per cento", "0.4", "%"),
        ("it", "il 3 per mille", "0.3", "%"),
        ("zh", "百分之四十四点六八", "44.68", "%"),
        ("zh", "千分之五", "0.5", "%"),
        ("zh", "四成半", "45", "%"),
        ("zh", "6个百分点", "6", "pp"),
    ],
)
def test_percentages(language, text, value, unit):
    (figure,) = find(text, language)
    assert (figure.kind, str(figure.value), figure.unit) == ("percent", value, unit)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "from October 13 to 17, 2025", ["2025-10-13", "2025-10-17"]),
        ("en", "the 1930s, the '90s, the 1800s", ["193X", "XX9X", "18XX"]),
        ("en", "Friday, 3 and 4 March 2019", ["-W-5", "2019-03-03", "2019-03-04"]),
        ("en", "at 7:30 p.m. on June 21st", ["T19:30", "--06-21"]),
        ("en", "Q3 and the fourth quarter of 2024", ["--Q3", "2024-Q4"]),
        ("en", "5/18/2019, 2018-06-26", ["2019-05-18", "2018-06-26"]),
        ("en", "the twenty-first century, 2021-25", ["20XX", "2021", "2025"]),
        ("it", "dal 13 al 17 ottobre", ["--10-13", "--10-17"]),
        ("it", "dal 5 all'8 maggio 2024", ["2024-05-05", "2024-05-08"]),
        ("it", "il primo maggio, l'8 marzo, il 1° ottobre", ["--05-01", "--03-08", "--10-01"]),
        ("it", "negli anni '30, nel XX secolo, nel Novecento", ["XX3X", "19XX", "19XX"]),
        ("it", "martedì alle ore 18.30", ["-W-2", "T18:30"]),
        ("it", "26/06/2018", ["2018-06-26"]),
        ("zh", "二〇二五年九月十四日", ["2025-09-14"]),
        ("zh", "１９８８年３月２５日", ["1988-03-25"]),
        ("zh", "20世纪30年代，上世纪90年代", ["193X", "199X"]),
        ("zh", "周五（9月29日）晚上7点30分", ["-W-5", "--09-29", "T19:30"]),
        ("zh", "今年1-8月，第二季度", ["--01", "--08", "--Q2"]),
        ("zh", "记者12日获悉", ["---12"]),
    ],
)
def test_dates(language, text, found):
    figures = find(text, language)
    assert [figure.value for figure in figures] == found
    assert {figure.kind for figure in figures} == {"date"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Which one do you prefer? A march may follow, says Sun."),
        ("it", "Secondo il ministro, tu sei libero prima di partire; un uomo e una donna."),
        ("zh", "四川的一些老百姓统一参加一带一路活动，十分放肆，陆地，大陆，队伍"),
        ("zh", "十几岁，几十年，数百家，二三十个，上千人"),
        ("en", "https://example.org/2024/05/17?page=20%25 or desk2024@example.org"),
        ("en", ""),
    ],
)
def test_words_that_count_nothing(language, text):
    assert find(text, language) == ()


def test_small_words_are_numbers_where_they_count():
    assert values("Prima hanno vinto la seconda gara con sei punti", "it") == [
        ("Prima", "1"),
        ("seconda", "2"),
        ("sei", "6"),
    ]
    assert values("an increase of one percent", "en") == [("one percent", "1")]
    assert values("三家公司，五个国家", "zh") == [("三", "3"), ("五", "5")]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "In 2024 exports rose", "date"),
        ("en", "the 2018 games", "date"),
        ("en", "in 1884", "date"),
        ("en", "it employs 2000 people", "number"),
        ("en", "more than 1998 firms", "number"),
        ("it", "fino al 2014", "date"),
        ("it", "ha 1500 dipendenti", "number"),
        ("zh", "1884年", "date"),
        ("zh", "1500名员工", "number"),
    ],
)
def test_four_digits_are_a_year_where_they_can_be_one(language, text, kind):
    assert [figure.kind for figure in find(text, language)] == [kind]


def test_the_first_of_a_range_takes_what_stands_behind_the_second():
    assert [(f.value, f.currency) for f in find("5 to 6 million dollars", "en")] == [
        (Decimal(5000000), "USD"),
        (Decimal(6000000), "USD"),
    ]
    assert [(f.value, f.currency) for f in find("$5-6 million", "en")] == [
        (Decimal(5000000), "USD"),
        (Decimal(6000000), "USD"),
    ]
    assert [(f.value, f.unit) for f in find("dal 5 al 10 per cento", "it")] == [
        (Decimal(5), "%"),
        (Decimal(10), "%"),
    ]
    assert [f.value for f in find("the first three quarters", "en")][-1] == 3


@pytest.mark.parametrize(
    ("language", "text", "direction"),
    [
        ("en", "a 7.6% year-on-year increase", "up"),
        ("en", "exports fell by about 3.1%", "down"),
        ("it", "in calo del 2,4%", "down"),
        ("it", "un aumento del 14%", "up"),
        ("zh", "同比增长7.6%", "up"),
        ("zh", "下降了3.1%", "down"),
        ("en", "up to 20 per cent", None),
    ],
)
def test_direction(language, text, direction):
    (figure,) = find(text, language)
    assert figure.direction == direction


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "nearly 180 billion yuan"),
        ("en", "500+ firms"),
        ("it", "oltre 15.000 visitatori"),
        ("it", "20 km circa"),
        ("zh", "约180家"),
        ("zh", "20%左右"),
        ("zh", "25000多人"),
    ],
)
def test_approximation(language, text):
    (figure,) = find(text, language)
    assert figure.approximate


def test_a_dateline_resolves_relative_dates():
    day = date(2025, 9, 14)  # a Sunday
    assert [f.value for f in find("Friday, Sunday, October 1", "en", dateline=day)] == [
        "2025-09-12",
        "2025-09-14",
        "2024-10-01",
    ]
    assert [f.value for f in find("12日，30日，9月14日", "zh", dateline=day)] == [
        "2025-09-12",
        "2025-08-30",
        "2025-09-14",
    ]


def test_offsets_count_code_points():
    text = "𝔸 İstanbul: 5 milioni di euro (7,6 %)"
    figures = find(text, "it")
    assert [text[f.start : f.end] for f in figures] == ["5 milioni di euro", "7,6 %"]


def test_a_language_without_a_folder_is_refused():
    with pytest.raises(ConfigurationError, match=r"the folder languages/xx"):
        find("5", "xx")


PIECES = (
    *"0123456789.,-+%$€£¥°'<>()/: \n年月日万亿千百十一二两三点分之又负成折第元零〇半多余",
    *("one", "hundred", "million", " and a ", "half", "third", "fifths", "st", "nd", " per cent", "May ", "Friday"),
    *(
        "un ",
        "milione",
        "cento",
        "mila",
        " e mezzo",
        "due",
        "tre",
        " su ",
        "dal ",
        "secondo",
        "百分之",
        "\ud800",
        "İ",
    ),
)


@settings(deadline=None, max_examples=300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_no_text_raises_and_every_span_is_exact(text):
    for language in LANGUAGES:
        last = 0
        for figure in find(text, language):
            assert text[figure.start : figure.end] == figure.text
            assert last <= figure.start < figure.end
            assert figure.suspect == (figure.value is None)
            last = figure.end
